//! The state after a live run is the state after a replay of its events, whatever is ordered; one late
//! tick and many timely ones come to the same; events survive being written down.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::{C1, Fact, Play, calendar, stated_facts, text, town};
use crate::{
    Case, CaseId, Cited, Command, Event, Happening, Order, World, apply, decide, decision, illegal, replay,
};
use linkage_model::Institution;

/// Procedures in which everything occurs.
const RULES: &str = "
  resource map { kind data holder market }
  channel maps { carries map from market to police, brigade mode agreement owes feedback within 1 workday }
  procedure p {
    trigger report of hazard
    trigger event alarm
    lead by mandate
    within 3 workdays
    step a {
      by lead uses map within 2 hours
      outcome ok -> route outcome up -> escalate outcome bad -> close unsolved outcome round -> a
      emit alarm on bad
    }
    choose route { when severity > 3 -> meeting when indoors -> both otherwise -> talk }
    all both {
      within 1 workday
      step b1 { by village serving area within 1 hour outcome ok -> join on timeout -> join }
      any inner {
        step b2 { by police outcome ok -> join outcome out -> meeting }
        step b3 { by reporter when severity > 2 outcome ok -> join }
        then join
      }
      then meeting
    }
    consult meeting {
      by lead, market, housing quorum majority silence refusal within 3 hours
      outcome ok -> close solved outcome bad -> close on refusal -> talk
    }
    call talk { runs q within 1 workday outcome solved -> close solved outcome unsolved -> a on timeout -> a }
    escalate {
      after 1 hour to centre
      after 75% to superior of lead within 1 hour
      on timeout to government within 2 hours
      on refusal to housing within 1 hour
      on timeout to district
      when severity > 3 to brigade within 1 hour
      on breach to government
    }
    owe feedback reply from lead to reporter within 2 hours upon close on breach to centre
    owe report minutes from police to government within 1 hour upon a
    closing { tell reporter needs a }
  }
  procedure q {
    trigger event quarrel
    step meet { by village, lead outcome ok -> close solved outcome bad -> close unsolved emit alarm on bad }
  }";

fn more() -> String {
    let scope = "scope { over hazard, dispute fallback centre forum { first_receiver agree within 2 hours superior } }";
    format!("{scope}{RULES}")
}

/// The whole text of the rules.
pub fn text_of_rules() -> String {
    format!("{}\n{}", super::TOWN, more())
}

pub fn rules() -> Institution {
    town(&more())
}

const BODIES: [&str; 9] =
    ["police", "brigade", "market", "housing", "centre", "government", "village", "reporter", "village_n1"];
const STEPS: [&str; 7] = ["a", "b1", "b2", "b3", "meeting", "meet", "talk"];
const OUTCOMES: [&str; 5] = ["ok", "bad", "up", "round", "out"];
const MATTERS: [&str; 6] = ["stairwell", "shop", "water", "noise", "hazard.fire", "hazard"];

pub fn facts() -> impl Strategy<Value = super::Facts> {
    let matter = prop::option::weighted(0.8, prop::sample::select(MATTERS.to_vec()));
    let area = prop::option::weighted(0.9, prop::sample::select(vec!["n1", "n2", "north", "s1", "town"]));
    let severity = prop::option::weighted(0.8, 1..=5i64);
    (matter, area, severity, prop::option::weighted(0.8, any::<bool>())).prop_map(
        |(matter, area, severity, indoors)| {
            let mut stated = Vec::new();
            stated.extend(matter.map(|matter| ("matter", text(matter))));
            stated.extend(area.map(|area| ("area", text(area))));
            stated.extend(severity.map(|severity| ("severity", Fact::Number(severity))));
            stated.extend(indoors.map(|indoors| ("indoors", Fact::Truth(indoors))));
            stated_facts(&stated)
        },
    )
}

fn order() -> impl Strategy<Value = Order> {
    let case = || (1..4u64).prop_map(CaseId);
    let step = || prop::option::of(prop::sample::select(STEPS.to_vec()).prop_map(Into::into));
    let body = || prop::sample::select(BODIES.to_vec()).prop_map(Into::into);
    let outcome = || prop::sample::select(OUTCOMES.to_vec()).prop_map(Into::into);
    let owed = prop::sample::select(vec!["reply", "minutes", "maps"]).prop_map(Into::into);
    let time = || {
        prop::option::of(
            prop::sample::select(vec!["30 minutes", "1 workday", "2 hours"]).prop_map(Into::into),
        )
    };
    let cited =
        prop::sample::select(vec!["fire_law art 53", "old_law"]).prop_map(|text| vec![Cited::read(text)]);
    prop_oneof![
        1 => facts().prop_map(|facts| Order::Open { procedure: Some("p".into()), facts, reporter: Some("r".into()) }),
        1 => (case(), step()).prop_map(|(case, step)| Order::Ack { case, step }),
        8 => (case(), step(), outcome()).prop_map(|(case, step, outcome)| Order::Done { case, step, outcome }),
        2 => (case(), step()).prop_map(|(case, step)| Order::Refuse { case, step, reason: "no".into() }),
        1 => (case(), step(), body()).prop_map(|(case, step, to)| Order::HandOver { case, step, to, reason: "x".into() }),
        2 => (case(), facts()).prop_map(|(case, facts)| Order::Fact { case, facts }),
        1 => (case(), owed).prop_map(|(case, obligation)| Order::Discharge { case, obligation }),
        1 => (case(), step()).prop_map(|(case, step)| Order::Take { case, step }),
        1 => (case(), step(), body()).prop_map(|(case, step, to)| Order::Designate { case, step, to }),
        1 => (case(), step()).prop_map(|(case, step)| Order::Reopen { case, step }),
        1 => (case(), facts()).prop_map(|(case, facts)| Order::Raise { event: "alarm".into(), case: Some(case), facts }),
        2 => Just(Order::Tick),
        2 => (case(), cited.clone()).prop_map(|(case, basis)| Order::Suspend { case, reason: "x".into(), basis }),
        3 => case().prop_map(|case| Order::Resume { case }),
        3 => (case(), step(), time(), cited.clone()).prop_map(|(case, step, more, basis)| Order::Extend {
            case, step, more, reason: "x".into(), basis,
        }),
        1 => (case(), step()).prop_map(|(case, step)| Order::Deny { case, step, reason: "x".into() }),
        2 => (case(), step(), time(), cited).prop_map(|(case, step, within, basis)| Order::Supersede {
            case, step, within: within.unwrap_or_else(|| "1 hour".into()), reason: "x".into(), basis,
        }),
    ]
}

/// Opens a case with these facts; if they leave too much open, with all of them.
pub fn start(play: &mut Play<'_>, stated: super::Facts) {
    let open = |facts| Order::Open { procedure: Some("p".into()), facts, reporter: Some("r".into()) };
    let full = [
        ("area", text("n1")),
        ("matter", text("shop")),
        ("severity", Fact::Number(2)),
        ("indoors", Fact::Truth(true)),
    ];
    if play.order("centre", open(stated)).is_err() {
        play.order("centre", open(stated_facts(&full))).expect("nothing is missing");
    }
}

pub fn commands() -> impl Strategy<Value = Vec<(i64, usize, &'static str, Order)>> {
    let command = (-10..120i64, any::<prop::sample::Index>(), prop::sample::select(BODIES.to_vec()), order());
    let seeded = command.prop_map(|(minutes, seed, by, order)| (minutes, seed.index(1000), by, order));
    prop::collection::vec(seeded, 1..50)
}

/// Mostly what can be done, so that random orders get somewhere: a case that there is, a step at which
/// it stands, a body that has it. One order in six stays as it came.
pub fn able(play: &Play<'_>, seed: usize, by: &str, mut order: Order) -> (String, Order) {
    let mut by = by.to_owned();
    let count = play.world.cases().count();
    if seed.is_multiple_of(6) || count == 0 {
        return (by, order);
    }
    let id = CaseId((seed % count + 1) as u64);
    let Some(own) = play.world.case(id) else { return (by, order) };
    let open: Vec<_> = own.open_assignments().collect();
    let meant = (!open.is_empty()).then(|| open[seed % open.len()]);
    match &mut order {
        Order::Done { case, step, .. }
        | Order::Refuse { case, step, .. }
        | Order::Ack { case, step }
        | Order::HandOver { case, step, .. } => {
            *case = id;
            if let Some(meant) = meant {
                *step = Some(meant.step.clone());
                let holder = meant.to.get(seed % meant.to.len().max(1));
                by = holder.map_or(by, |charged| charged.body.to_string());
            }
        }
        Order::Take { case, step } | Order::Designate { case, step, .. } | Order::Reopen { case, step } => {
            (*case, *step) = (id, None);
        }
        Order::Fact { case, .. } => {
            *case = id;
            by = "centre".into();
        }
        Order::Suspend { case, .. } | Order::Resume { case } => {
            *case = id;
            by = "government".into();
        }
        Order::Extend { case, step, .. }
        | Order::Deny { case, step, .. }
        | Order::Supersede { case, step, .. } => {
            *case = id;
            *step = meant.filter(|_| !seed.is_multiple_of(5)).map(|meant| meant.step.clone());
            let holder = meant.and_then(|meant| meant.to.first()).filter(|_| seed.is_multiple_of(2));
            by = holder.map_or_else(|| "government".into(), |charged| charged.body.to_string());
        }
        Order::Discharge { case, obligation } => {
            *case = id;
            if let Some(owed) = own.obligations.get(seed % own.obligations.len().max(1)) {
                *obligation = owed.name.clone();
                by = owed.debtors[0].to_string();
            }
        }
        _ => {}
    }
    (by, order)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_replay_gives_the_state_of_the_live_run(stated in facts(), commands in commands()) {
        let (town, calendar) = (rules(), calendar());
        let mut play = Play::new(&town, &calendar, "2026-11-27T09:00");
        start(&mut play, stated);
        for (minutes, seed, by, order) in commands {
            play.now = play.now.checked_add(SignedDuration::from_mins(minutes)).expect("in range");
            let (by, order) = able(&play, seed, by, order);
            drop(play.order(&by, order));
        }
        prop_assert_eq!(&replay(&play.events), &play.world);
        let mut world = World::default();
        for event in &play.events {
            prop_assert_eq!(illegal(&world, event), None, "{:?}", event);
            apply(&mut world, event);
        }
        let happened: Vec<&Happening> = play.events.iter().map(|event| &event.what).collect();
        let written = serde_json::to_string(&happened).expect("writes");
        let read: Vec<Happening> = serde_json::from_str(&written).expect("reads");
        prop_assert_eq!(read.iter().collect::<Vec<_>>(), happened);
        let ordered = play.events.windows(2).all(|pair| pair[0].at <= pair[1].at);
        prop_assert!(ordered);
        for case in play.world.cases() {
            prop_assert_eq!(case.next_timer().map(|(at, _)| at), case.next, "{}", case.id);
            // Nothing is lost in silence: an open case stands somewhere.
            prop_assert!(!case.is_open() || !case.stands_at().is_empty(), "{} stands nowhere", case.id);
        }
    }

    #[test]
    fn one_late_tick_comes_to_the_same_as_many_timely_ones(stated in facts(), steps in 0..3usize) {
        let (town, calendar) = (rules(), calendar());
        let mut play = Play::new(&town, &calendar, "2026-11-27T09:00");
        start(&mut play, stated);
        for _ in 0..steps {
            let order = Order::Done { case: C1, step: None, outcome: "ok".into() };
            let (by, order) = able(&play, 1, "police", order);
            drop(play.order(&by, order));
        }
        let end = play.now.checked_add(SignedDuration::from_hours(24 * 9)).expect("in range");
        let late = decide(&play.rules, &play.world, &Command::tick(), end).expect("ticks");
        let mut timely = Vec::new();
        let mut world = play.world.clone();
        while let Some(due) = world.next_due().filter(|due| *due <= end) {
            let events = decide(&play.rules, &world, &Command::tick(), due).expect("ticks");
            prop_assert!(!events.is_empty());
            for event in &events {
                apply(&mut world, event);
            }
            timely.extend(events);
        }
        prop_assert_eq!(late, timely);
    }
}

/// A few cases are looked through for what falls due next, of many an agenda is kept: nobody can tell which.
#[test]
fn what_falls_due_next_is_the_first_of_all_cases() {
    let (town, calendar) = (rules(), calendar());
    let mut play = Play::new(&town, &calendar, "2026-11-27T09:00");
    let mut taken_in = World::default();
    let mut orders = Vec::new();
    for number in 1..=20 {
        let stated = [("matter", text("noise")), ("area", text("n1")), ("severity", Fact::Number(2))];
        let facts = stated_facts(&stated);
        orders
            .push(("centre", Order::Open { procedure: Some("p".into()), facts, reporter: Some("r".into()) }));
        orders.push(("market", Order::Ack { case: CaseId(number), step: None }));
        let outcome = if number % 3 == 0 { "bad" } else { "up" };
        let done = Order::Done { case: CaseId(number), step: None, outcome: outcome.into() };
        orders.extend((number % 2 == 0).then_some(("market", done)));
        orders.extend((number % 7 == 0).then_some(("centre", Order::Tick)));
    }
    for (by, order) in orders {
        play.now = play.now.checked_add(SignedDuration::from_mins(17)).expect("in range");
        let command = if order == Order::Tick { Command::tick() } else { Command::new(by, order) };
        if let Ok(decision) = decision(&play.rules, &taken_in, &command, play.now) {
            taken_in.take_in(decision.after);
        }
        drop(play.command(&command));
        for world in [&play.world, &taken_in, &replay(&play.events)] {
            assert_eq!(world.next_due(), world.cases().filter_map(Case::next_due).min());
        }
        assert_eq!(taken_in, play.world);
    }
    assert!(play.world.cases().filter(|case| case.next_due().is_some()).count() > 8);
}

#[test]
fn an_event_about_a_case_that_never_was_changes_nothing() {
    let event = Event {
        at: jiff::Timestamp::UNIX_EPOCH,
        case: C1,
        by: None,
        key: None,
        what: Happening::GapMet { because: Vec::new() },
    };
    assert_eq!(replay([&event]).cases().count(), 0);
}
