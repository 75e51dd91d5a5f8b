//! Time that is stopped, added and set anew; what was used stays used.

use ecow::EcoString;

use super::{C1, Play, SCOPE, calendar, text, town};
use crate::tests::short::line;
use crate::{Cited, Command, Event, Happening, Order, Refusal};
use linkage_calendar::Calendar;
use linkage_model::Institution;

const RULES: &str = "
  procedure t {
    trigger report of hazard
    lead centre
    within 10 workdays
    step a { by market within 5 workdays outcome ok -> b }
    all b { within 2 workdays step b1 { by police within 3 hours outcome ok -> join } then c }
    step c { by market outcome ok -> close solved }
    escalate { after 75% to centre on timeout to government within 1 workday on timeout to district }
    owe report r from market to centre within 8 workdays upon open
  }";

fn rules() -> (Institution, Calendar) {
    (town(&format!("{SCOPE}{RULES}")), calendar())
}

fn begun<'i>(town: &'i Institution, calendar: &'i Calendar) -> Play<'i> {
    let mut play = Play::new(town, calendar, "2026-11-27T09:00");
    play.open("t", &[("matter", text("water"))]).expect("opens");
    play
}

impl Play<'_> {
    fn at(&mut self, wall: &str) -> &mut Self {
        let wall: jiff::civil::DateTime = wall.parse().expect("a time");
        self.now = self.rules.calendar.zone().to_timestamp(wall).expect("in range");
        self
    }

    fn suspend(&mut self, by: &str) -> Result<Vec<Event>, Refusal> {
        let basis = vec![Cited::read("fire_law art 53")];
        self.order(by, Order::Suspend { case: C1, reason: "appraisal".into(), basis })
    }

    fn extend(&mut self, by: &str, step: Option<&str>, more: Option<&str>) -> Result<Vec<Event>, Refusal> {
        let (step, more) = (step.map(Into::into), more.map(Into::into));
        self.order(by, Order::Extend { case: C1, step, more, reason: "complex".into(), basis: Vec::new() })
    }

    fn supersede(&mut self, by: &str, step: Option<&str>, within: &str) -> Result<Vec<Event>, Refusal> {
        let (step, within) = (step.map(Into::into), within.into());
        self.order(
            by,
            Order::Supersede { case: C1, step, within, reason: "urgent".into(), basis: Vec::new() },
        )
    }

    fn shown(&self, at: Option<jiff::Timestamp>) -> String {
        let zone = self.rules.calendar.zone();
        at.map_or("-".into(), |at| zone.to_datetime(at).strftime("%m-%d %H:%M").to_string())
    }

    /// When the case is due, the open step and its first alarm.
    fn due(&self) -> [String; 3] {
        let case = self.world.case(C1).expect("is there");
        let open = case.open_assignments().next().expect("is open");
        let at = |due: &Option<crate::Due>| self.shown(due.as_ref().map(|due| due.at));
        [at(&case.due), at(&open.due), self.shown(open.alarms.first().map(|alarm| alarm.at))]
    }
}

#[test]
fn what_was_used_before_the_clock_stood_stays_used() {
    let (town, calendar) = rules();
    let mut play = begun(&town, &calendar);
    assert_eq!(play.due(), ["12-11 17:00", "12-04 17:00", "12-03 13:00"]);
    play.at("2026-12-01T10:00").suspend("government").expect("stands");
    // Nothing in it falls due while it stands; what is owed to others does.
    let fired = play.at("2026-12-20T10:00").command(&Command::tick()).expect("ticks");
    let told: Vec<String> = fired.iter().map(|event| line(event, calendar.zone())).collect();
    assert!(
        told.iter()
            .all(|line| line.contains("breach") || line.contains("escalated") || line.contains("told")),
        "{told:?}"
    );
    assert!(fired.iter().any(|event| matches!(event.what, Happening::ObligationBreached { .. })));
    let mut play = begun(&town, &calendar);
    play.at("2026-12-01T10:00").suspend("government").expect("stands");
    play.at("2026-12-03T10:00").order("centre", Order::Resume { case: C1 }).expect("runs");
    // Monday was used; Tuesday to Thursday are not counted, for the clock stood on a part of each.
    assert_eq!(play.due(), ["12-16 17:00", "12-09 17:00", "12-08 11:00"]);
    // It stands a second time: nothing is counted twice.
    play.at("2026-12-07T09:00").suspend("government").expect("stands");
    play.at("2026-12-08T09:30").order("government", Order::Resume { case: C1 }).expect("runs");
    assert_eq!(play.due(), ["12-18 17:00", "12-11 17:00", "12-10 09:07"]);
}

#[test]
fn what_begins_while_the_clock_stands_has_its_whole_time_from_when_it_runs() {
    let (town, calendar) = rules();
    let mut play = begun(&town, &calendar);
    play.at("2026-12-01T10:00").suspend("government").expect("stands");
    play.at("2026-12-02T10:00").done("market", "a", "ok").expect("is done");
    play.at("2026-12-09T10:00").command(&Command::tick()).expect("ticks");
    let continued = play.at("2026-12-09T11:00").order("centre", Order::Resume { case: C1 }).expect("runs");
    assert_eq!(play.due()[1], "12-09 14:00");
    let Happening::Continued { clocks } = &continued.last().expect("an event").what else {
        panic!("{continued:?}")
    };
    assert_eq!(play.shown(Some(clocks.blocks[0].due.at)), "12-11 17:00");
}

#[test]
fn who_stands_above_gives_time_once_before_it_is_over() {
    let (town, calendar) = rules();
    let mut play = begun(&town, &calendar);
    play.at("2026-12-02T10:00");
    let mut said: Vec<String> = Vec::new();
    let mut refused = |answer: Result<Vec<Event>, Refusal>| {
        said.push(serde_json::to_string(&answer.expect_err("is refused")).expect("writes"));
    };
    refused(play.extend("government", Some("a"), None));
    refused(play.extend("police", Some("a"), Some("1 workday")));
    refused(play.extend("market", Some("a"), Some("2 hours")));
    refused(play.extend("market", Some("a"), Some("6 workdays")));
    refused(play.extend("market", Some("a"), Some("soon")));
    refused(play.supersede("market", Some("a"), "3 workdays"));
    refused(play.supersede("government", Some("a"), "0 days"));
    refused(play.suspend("market"));
    refused(play.order("centre", Order::Resume { case: C1 }));
    let unknown = vec![Cited::read("fire_lew")];
    refused(play.order("government", Order::Suspend { case: C1, reason: "x".into(), basis: unknown }));
    let absent = vec![Cited::read("fire_law第五十四条第一款")];
    refused(play.order("government", Order::Suspend { case: C1, reason: "x".into(), basis: absent }));
    let ended = vec![Cited::read("old_law")];
    refused(play.order("government", Order::Suspend { case: C1, reason: "x".into(), basis: ended }));
    play.extend("market", Some("a"), Some("2 workdays")).expect("is asked");
    refused(play.extend("market", Some("a"), Some("2 workdays")));
    play.extend("government", Some("a"), None).expect("is given");
    assert_eq!(play.due(), ["12-11 17:00", "12-08 17:00", "12-04 17:00"]);
    refused(play.extend("government", Some("a"), Some("1 workday")));
    play.suspend("government").expect("stands");
    refused(play.suspend("government"));
    refused(play.extend("centre", None, Some("1 workday")));
    play.order("centre", Order::Resume { case: C1 }).expect("runs");
    refused(play.at("2026-12-20T09:00").extend("government", Some("a"), Some("1 workday")));
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_superior_sets_another_deadline_even_when_the_time_is_over() {
    let (town, calendar) = rules();
    let mut play = begun(&town, &calendar);
    play.at("2026-12-07T10:00").supersede("government", Some("a"), "1 workday").expect("is set");
    assert_eq!(play.due()[1], "12-08 17:00");
    let case = play.world.case(C1).expect("is there");
    let open = case.open_assignments().next().expect("is open");
    assert!(!open.overdue && open.rungs.is_empty());
    assert_eq!(open.budget.replaced.len(), 1);
    // Before, it was late, and the ladder was gone up; now it goes on from there.
    let late = play.at("2026-12-09T09:00").command(&Command::tick()).expect("ticks");
    let told: Vec<String> = late.iter().map(|event| line(event, calendar.zone())).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_request_that_nobody_decides_lapses_with_the_deadline() {
    let (town, calendar) = rules();
    let mut play = begun(&town, &calendar);
    play.at("2026-12-04T10:00").extend("market", Some("a"), Some("2 workdays")).expect("is asked");
    let refusal = play.at("2026-12-04T17:00").extend("government", Some("a"), None).expect_err("too late");
    assert!(matches!(refusal, Refusal::Expired { .. }), "{refusal:?}");
    let mut play = begun(&town, &calendar);
    play.at("2026-12-04T10:00").extend("market", Some("a"), Some("2 workdays")).expect("is asked");
    let no = Order::Deny { case: C1, step: Some("a".into()), reason: EcoString::new() };
    play.order("government", no.clone()).expect("says no");
    assert!(matches!(play.order("government", no), Err(Refusal::NothingAsked { .. })));
    play.extend("market", Some("a"), Some("1 workday")).expect("may ask again");
}

#[test]
fn a_basis_is_read_as_people_write_it() {
    for (text, law, article) in [
        ("fire_law", "fire_law", None),
        (" fire_law art 53 ", "fire_law", Some("53")),
        ("fire_law art 60（3）", "fire_law", Some("60(3)")),
        ("消防法第53条", "消防法", Some("53")),
        ("消防法 第五十三条之一第二款", "消防法", Some("53-1(2)")),
        ("第九届会议的决定", "第九届会议的决定", None),
        ("fire_law art ", "fire_law art", None),
    ] {
        let read = Cited::read(text);
        assert_eq!((read.law.as_str(), read.article.as_deref()), (law, article), "{text}");
    }
}

/// On one ground the clock may stand: five days each, twice, eight in all.
#[test]
fn a_clock_stands_on_declared_grounds_within_their_bounds() {
    let grounds = "lead centre
    suspend on \"appraisal\" up_to 5 days 2 times total 8 days by government basis fire_law art 53";
    let (town, calendar) = (town(&format!("{SCOPE}{}", RULES.replace("lead centre", grounds))), calendar());
    let mut play = begun(&town, &calendar);
    let stop = |play: &mut Play<'_>, by: &str, reason: &str| {
        // Without a basis of its own the act rests on that of the clause.
        let order = Order::Suspend { case: C1, reason: reason.into(), basis: Vec::new() };
        let events = play.order(by, order)?;
        let until = events.iter().find_map(|event| match &event.what {
            Happening::Suspended { until, basis, .. } => {
                assert_eq!(basis, &[Cited::read("fire_law art 53")]);
                until.as_ref().map(|until| until.at)
            }
            _ => None,
        });
        Ok(play.shown(until))
    };
    let refused = stop(play.at("2026-11-30T09:00"), "government", "holiday");
    assert!(matches!(refused, Err(Refusal::NoGround { .. })), "{refused:?}");
    let refused = stop(&mut play, "centre", "appraisal");
    assert!(matches!(refused, Err(Refusal::MayNotStop { .. })), "{refused:?}");
    assert_eq!(stop(&mut play, "government", "appraisal").expect("stops"), "12-06 00:00");
    // Nobody lets it run again: it does so by itself.
    let events = play.at("2026-12-07T09:00").order("-", Order::Tick).expect("ticks");
    assert!(matches!(&events[0].what, Happening::Continued { .. }), "{events:?}");
    assert_eq!(play.shown(Some(events[0].at)), "12-06 00:00");
    // Of eight days in all five are used: three are left, not five.
    assert_eq!(stop(&mut play, "government", "appraisal").expect("stops"), "12-11 00:00");
    play.order("government", Order::Resume { case: C1 }).expect("runs");
    let refused = stop(play.at("2026-12-08T09:00"), "government", "appraisal");
    assert!(matches!(refused, Err(Refusal::GroundSpent { times: Some(2), .. })), "{refused:?}");
}
