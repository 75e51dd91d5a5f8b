//! Orders that are refused, keys, and clocks that jump back.

use super::{C1, Fact, Play, SCOPE, calendar, text, town};
use crate::{Command, Happening, Order, Refusal};

const RULES: &str = "
  procedure p {
    trigger report of hazard
    step a { by police within 2 hours outcome ok -> b outcome big when severity > 3 -> b }
    step b { by police, market outcome ok -> close solved }
  }";

#[test]
fn only_those_charged_may_act_and_every_refusal_says_why() {
    let (town, calendar) = (town(&format!("{SCOPE}{RULES}")), calendar());
    let mut play = Play::new(&town, &calendar, "2026-11-23T09:00");
    play.open("p", &[("matter", text("water")), ("severity", Fact::Number(2))]).expect("opens");
    let mut said: Vec<String> = Vec::new();
    let step = |name: &str| Some(name.into());
    for (by, order) in [
        ("polise", Order::Ack { case: C1, step: None }),
        ("market", Order::Ack { case: C1, step: None }),
        ("market", Order::Ack { case: C1, step: step("a") }),
        ("market", Order::Ack { case: C1, step: step("c") }),
        ("police", Order::Ack { case: C1, step: step("b") }),
        ("police", Order::Done { case: C1, step: step("a"), outcome: "okay".into() }),
        ("police", Order::Done { case: C1, step: step("a"), outcome: "big".into() }),
        ("police", Order::HandOver { case: C1, step: None, to: "police".into(), reason: "".into() }),
        ("police", Order::HandOver { case: C1, step: None, to: "nobody".into(), reason: "".into() }),
        ("police", Order::Take { case: C1, step: None }),
        ("market", Order::Designate { case: C1, step: step("a"), to: "market".into() }),
        ("police", Order::Reopen { case: C1, step: None }),
        ("police", Order::Ack { case: super::CaseId(7), step: None }),
        ("police", Order::Fact { case: C1, facts: super::stated_facts(&[("severity", Fact::Number(2))]) }),
        ("police", Order::Open { procedure: step("q"), facts: super::stated_facts(&[]), reporter: None }),
    ] {
        let refusal = play.order(by, order).expect_err("is refused");
        said.push(format!("{by}: {}", serde_json::to_string(&refusal).expect("writes")));
    }
    insta::assert_snapshot!(said.join("\n"), @r#"
    polise: {"refusal":"unknown_body","name":"polise","near":"police"}
    market: {"refusal":"nothing_to_do","case":"C1","by":"market","stands_at":["a"]}
    market: {"refusal":"not_yours","step":"a","by":"market","holders":["police"]}
    market: {"refusal":"unknown_step","step":"c","near":null}
    police: {"refusal":"not_there","step":"b","stands_at":["a"]}
    police: {"refusal":"unknown_outcome","step":"a","outcome":"okay","possible":["ok","big"],"near":null}
    police: {"refusal":"outcome_not_possible","step":"a","outcome":"big"}
    police: {"refusal":"already_has","to":"police"}
    police: {"refusal":"unknown_body","name":"nobody","near":null}
    police: {"refusal":"nothing_to_take","by":"police"}
    market: {"refusal":"may_not_designate","by":"market","may":["government","district"]}
    police: {"refusal":"not_closed","case":"C1"}
    police: {"refusal":"unknown_case","case":"C7"}
    police: {"refusal":"nothing_changes"}
    police: {"refusal":"unknown_procedure","name":"q","near":null}
    "#);
}

#[test]
fn the_same_key_twice_is_one_command() {
    let (town, calendar) = (town(&format!("{SCOPE}{RULES}")), calendar());
    let mut play = Play::new(&town, &calendar, "2026-11-23T09:00");
    play.open("p", &[("matter", text("water"))]).expect("opens");
    let mut command = Command::new("police", Order::Ack { case: C1, step: None });
    command.key = Some("k1".into());
    assert_eq!(play.command(&command).expect("counts").len(), 1);
    assert_eq!(play.command(&command), Ok(Vec::new()));
    command.key = None;
    assert!(matches!(play.command(&command), Err(Refusal::AlreadyAcknowledged { .. })));
}

#[test]
fn what_comes_at_the_deadline_is_late_and_a_clock_that_jumps_back_stands_still() {
    let (town, calendar) = (town(&format!("{SCOPE}{RULES}")), calendar());
    let mut play = Play::new(&town, &calendar, "2026-11-23T09:00");
    play.open("p", &[("matter", text("water"))]).expect("opens");
    let opened = play.now;
    play.now = opened.checked_add(jiff::SignedDuration::from_hours(2)).expect("in range");
    let events = play.done("police", "a", "ok").expect("counts");
    assert!(matches!(events[0].what, Happening::TimedOut { .. }));
    assert!(events.iter().any(|event| matches!(event.what, Happening::Completed { late: true, .. })));
    let due = play.now;
    play.now = opened;
    let events = play.done("police", "b", "ok").expect("counts");
    assert!(events.iter().all(|event| event.at == due));
}
