//! Clocks that jump a day either way or change for the summer, holidays that are announced late, laws that end
//! while a case is open: through the engine, on the disk.

use linkage::case::{CaseId, Cited, Event, Fact, Happening, Order, RuleName};
use linkage::engine::{Dossier, Engine};
use linkage::store::{Journal, Memory, Sqlite, verify};
use linkage::time::Calendar;
use linkage::workspace::Package;

use super::{at, order};

const RULES: &str = "
area town { n1 n2 }
matter hazard { fire noise }
scope { over hazard fallback centre forum { first_receiver } }
law old_rules { rank statute issuer npc from 2009-05-01 until 2026-12-31 article 1 }
law new_rules { rank statute issuer npc from 2027-01-01 replaces old_rules article 1 }
body government { kind government serves town }
body centre { kind platform under government serves town }
body police { kind police under government serves town }
mandate earlier_lead { lead police over hazard basis old_rules art 1 }
mandate later_lead { lead centre over hazard basis new_rules art 1 }
procedure care {
  trigger report of hazard
  lead by mandate
  within 20 workdays
  step register { by centre within 6 workdays outcome ok -> handle }
  step handle { by lead within 24 hours outcome ok -> close solved }
  escalate { after 75% to government on timeout to government within 1 workday }
  owe feedback reply from centre to police within 5 workdays upon open
}
";

const BEFORE: &str = "zone: Asia/Shanghai
week:
  monday-friday: [08:30-12:00, 13:30-17:30]
announced_until: 2026
yearly:
  - { day: 01-01, name: New Year }
";

/// The same when the notice of the next year is there.
const ANNOUNCED: &str = "zone: Asia/Shanghai
week:
  monday-friday: [08:30-12:00, 13:30-17:30]
announced_until: 2027
notices:
  2027: { source: a notice, version: 2026-12-20 }
holidays:
  - { date: 2027-01-01..2027-01-05, name: New Year }
workdays:
  - { date: 2026-12-26, name: New Year, source: a notice }
";

fn text(calendar: &str) -> String {
    let mut package = Package::of_text("care.linkage", RULES);
    package.calendar = Calendar::from_yaml(calendar).expect("is right");
    package.calendar_text = Some(calendar.into());
    package.written()
}

fn open() -> Order {
    let facts =
        [("matter".into(), Fact::Text("noise".into())), ("area".into(), Fact::Text("n1".into()))].into();
    Order::Open { procedure: Some("care".into()), facts, reporter: None }
}

fn done(case: u64) -> Order {
    Order::Done { case: CaseId(case), step: None, outcome: "ok".into() }
}

fn due<J: Journal>(engine: &Engine<J>, case: u64) -> [String; 2] {
    let dossier = Dossier::load(engine.journal(), CaseId(case)).expect("reads");
    let case = dossier.world.case(CaseId(case)).expect("is there");
    let open = case.open_assignments().next().expect("is open");
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").expect("a zone");
    [&case.due, &open.due].map(|due| {
        let due = due.as_ref().expect("is due");
        let doubt = if due.provisional { " ?" } else { "" };
        format!("{}{doubt}", zone.to_datetime(due.at).strftime("%m-%d %H:%M"))
    })
}

#[test]
fn what_was_due_provisionally_is_counted_anew_when_the_holidays_are_announced() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Sqlite::open_or_make(&folder.path().join("j")).expect("a journal");
    let mut engine = Engine::new(store).expect("an engine");
    engine.keep(&text(BEFORE), at("2026-12-24T09:00")).expect("kept");
    order(&mut engine, "centre", open(), at("2026-12-24T09:00")).expect("opens");
    order(&mut engine, "centre", open(), at("2026-12-22T09:00")).expect("opens");
    order(&mut engine, "centre", done(2), at("2026-12-22T10:00")).expect("is done");
    assert_eq!(due(&engine, 1), ["01-22 17:30 ?", "01-04 17:30 ?"]);
    assert_eq!(due(&engine, 2)[1], "12-23 10:00");
    let told = due(&engine, 2)[0].clone();
    let kept = engine.keep(&text(ANNOUNCED), at("2026-12-25T09:00")).expect("kept");
    engine.migrate(&kept.hash, &"centre".into(), at("2026-12-25T09:00")).expect("moves");
    // 26 December is worked, 1 to 5 January are not.
    assert_eq!(due(&engine, 1), ["01-25 17:30", "12-31 17:30"]);
    assert_ne!(due(&engine, 2)[0], told);
    assert_eq!(due(&engine, 2)[1], "12-23 10:00", "what was told without a doubt stands");
    let dossier = engine.journal().dossier(CaseId(1)).expect("reads");
    let last = linkage::store::decode(CaseId(1), 3, &dossier.last().expect("a record").body).expect("reads");
    assert!(format!("{:?}", last.what).contains("Recounted"), "{last:?}");
    // What is owed was due before the year ends: nothing moves.
    let owed = engine.journal().owed().expect("reads");
    assert_eq!(owed[0].due, Some(at("2026-12-31T17:30")));
    let fired = engine.tick(at("2026-12-31T17:29"), usize::MAX).expect("ticks");
    let late = |event: &&Event| event.case == CaseId(1) && matches!(event.what, Happening::TimedOut { .. });
    assert_eq!(fired.events.iter().filter(late).count(), 0);
    let fired = engine.tick(at("2026-12-31T17:30"), usize::MAX).expect("ticks");
    assert_eq!(fired.events.iter().filter(late).count(), 1);
    assert_eq!(verify(engine.journal(), None).expect("reads").flaws, []);
}

#[test]
fn a_law_that_leaves_force_while_a_case_is_open_raises_an_event_on_it() {
    let mut engine = Engine::new(Memory::default()).expect("an engine");
    engine.keep(&text(BEFORE), at("2026-12-24T09:00")).expect("kept");
    order(&mut engine, "centre", open(), at("2026-12-24T09:00")).expect("opens");
    order(&mut engine, "centre", done(1), at("2026-12-31T23:00")).expect("is done");
    let fired = engine.tick(at("2027-01-01T00:00"), usize::MAX).expect("ticks").events;
    let ended = Happening::RuleEnded { rule: RuleName::Law("old_rules".into()) };
    let event = fired.iter().find(|event| event.what == ended).expect("is raised");
    assert_eq!(event.at, at("2027-01-01T00:00"));
    assert!(fired.iter().any(|event| matches!(event.what, Happening::RuleBegan { .. })));
    let led = fired.iter().find_map(|event| match &event.what {
        Happening::Led { to, .. } => Some(to[0].body.clone()),
        _ => None,
    });
    assert_eq!(led.as_deref(), Some("centre"));
    // Whoever led before can't end it any more; on a law that has ended no clock is stopped.
    assert!(order(&mut engine, "police", done(1), at("2027-01-01T08:00")).is_err());
    let basis = vec![Cited::read("old_rules art 1")];
    let stop = Order::Suspend { case: CaseId(1), reason: "x".into(), basis };
    assert!(order(&mut engine, "centre", stop, at("2027-01-01T08:00")).is_err());
    order(&mut engine, "centre", done(1), at("2027-01-01T08:00")).expect("is done");
}

#[test]
fn a_clock_that_jumps_a_day_touches_no_other_case_and_fires_nothing_twice() {
    let mut engine = Engine::new(Memory::default()).expect("an engine");
    engine.keep(&text(BEFORE), at("2026-11-23T09:00")).expect("kept");
    for _ in 0..2 {
        order(&mut engine, "centre", open(), at("2026-11-23T09:00")).expect("opens");
        let last = engine.journal().head().expect("reads").opened;
        order(&mut engine, "centre", done(last), at("2026-11-23T10:00")).expect("is done");
    }
    // A day ahead for a moment: case 1 is late before its time.
    let note = Order::Note { case: CaseId(1), text: "x".into() };
    let ahead =
        order(&mut engine, "police", note.clone(), at("2026-11-24T10:30")).expect("is written").events;
    let late = |events: &[Event]| {
        events.iter().filter(|event| matches!(event.what, Happening::TimedOut { .. })).count()
    };
    assert_eq!(late(&ahead), 1);
    // The right time again: case 2 is in time; case 1 stands still at the hour that was shown.
    order(&mut engine, "police", done(2), at("2026-11-23T11:00")).expect("is done");
    let back = order(&mut engine, "police", note.clone(), at("2026-11-23T11:00")).expect("is written").events;
    assert_eq!(back[0].at, at("2026-11-24T10:30"));
    // A day behind: nothing fires, and what is done counts from when the case was last moved.
    order(&mut engine, "centre", open(), at("2026-11-23T12:00")).expect("opens");
    let behind = order(&mut engine, "centre", done(3), at("2026-11-22T12:00")).expect("is done").events;
    assert_eq!(behind[0].at, at("2026-11-23T12:00"));
    assert!(engine.tick(at("2026-11-22T12:00"), usize::MAX).expect("ticks").events.is_empty());
    // When the time has really come, what fired is not fired again.
    let fired = engine.tick(at("2026-11-24T11:00"), usize::MAX).expect("ticks").events;
    assert!(fired.iter().all(|event| event.case != CaseId(1)), "{fired:?}");
    assert_eq!(verify(engine.journal(), None).expect("reads").flaws, []);
}

/// In the night of 25 October 2026 the clocks of Europe go back: 24 hours end an hour earlier by the clock.
#[test]
fn hours_are_hours_when_the_clocks_change() {
    let calendar = "zone: Europe/London\nweek:\n  monday-sunday: [09:00-17:00]\n";
    let mut engine = Engine::new(Memory::default()).expect("an engine");
    let london = jiff::tz::TimeZone::get("Europe/London").expect("a zone");
    let now = london.to_timestamp(jiff::civil::date(2026, 10, 24).at(12, 0, 0, 0)).expect("in range");
    engine.keep(&text(calendar), now).expect("kept");
    order(&mut engine, "centre", open(), now).expect("opens");
    order(&mut engine, "centre", done(1), now).expect("is done");
    let dossier = Dossier::load(engine.journal(), CaseId(1)).expect("reads");
    let case = dossier.world.case(CaseId(1)).expect("is there");
    let shown = |due: &Option<linkage::case::Due>| {
        london.to_datetime(due.as_ref().expect("is due").at).strftime("%m-%d %H:%M").to_string()
    };
    assert_eq!(shown(&case.open_assignments().next().expect("is open").due), "10-25 11:00");
    assert_eq!(shown(&case.due), "11-13 17:00");
}
