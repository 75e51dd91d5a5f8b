//! A run told by its ends: `inspect=done`, `order=timeout`. Whoever is charged with a step ends it so.
//!
//! This is how the witness of a finding is played: the run that `check` names goes through the same
//! [`decide`](linkage_case::decide) as any case.

use ecow::EcoString;
use jiff::SignedDuration;
use jiff::Timestamp;

use super::run::Play;
use super::story::{Story, Unmet};
use linkage_case::{CaseId, Command, Fact, Facts, Order, REPORTER, Rules};

/// How a step of a probe ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The step.
    pub step: EcoString,
    /// `timeout`, `refusal`, `wait`, or the name of an outcome; with `@last` in the last minute of the deadline.
    /// `wait` lets all pass that the clock brings while nobody does anything: the whole ladder.
    pub end: EcoString,
}

/// So many times the clock may bring something while a step waits.
const WAITS: usize = 200;

/// Opens a case and ends its steps one after the other.
pub fn probe(
    rules: &Rules<'_>,
    procedure: Option<EcoString>,
    facts: &Facts,
    start: Timestamp,
    ends: &[End],
) -> Story {
    let start = at_stated_time(rules, facts, start);
    let mut play = Play::new(rules, start);
    let case = CaseId(1);
    let open = Order::Open { procedure, facts: facts.clone(), reporter: None };
    let by = play.opener(REPORTER.into(), &open);
    play.order(None, Command::new(by, open), false);
    for (line, end) in ends.iter().enumerate() {
        let (ends_by, last) = match end.end.strip_suffix("@last") {
            Some(end) => (end, true),
            None => (end.end.as_str(), false),
        };
        // What is done at the last minute waits for it, and for nothing else.
        if !ends.iter().any(|end| end.end.ends_with("@last")) {
            play.pass(SignedDuration::from_mins(1));
        }
        let open = play.world.case(case).into_iter().flat_map(linkage_case::Case::open_assignments);
        let Some(assignment) = open.into_iter().find(|assignment| assignment.step == end.step).cloned()
        else {
            let at = play.world.case(case).map(|case| case.stands_at().join(", ")).unwrap_or_default();
            let expected = format!("the case stands at {}", end.step);
            play.unmet.push(Unmet { path: format!("then[{line}]"), expected, actual: at });
            break;
        };
        if last && let Some(due) = &assignment.due {
            play.wait(due.at.checked_sub(SignedDuration::from_mins(1)).unwrap_or(start));
        }
        if ends_by == "timeout" {
            match assignment.due.as_ref().map(|due| due.at) {
                Some(due) => play.wait(due),
                None => play.unmet.push(Unmet {
                    path: format!("then[{line}]"),
                    expected: format!("{} has a deadline", end.step),
                    actual: "none".into(),
                }),
            }
            continue;
        }
        if ends_by == "wait" {
            let still = |play: &Play<'_>| {
                let case = play.world.case(case);
                case.is_some_and(|case| case.open_assignments().any(|open| open.number == assignment.number))
            };
            for _ in 0..WAITS {
                let Some(due) = play.world.next_due().filter(|_| still(&play)) else { break };
                play.wait(due);
            }
            continue;
        }
        // In a joint step each of those charged says the same.
        for holder in assignment.holders() {
            let step = Some(end.step.clone());
            let order = if ends_by == "refusal" {
                Order::Refuse { case, step, reason: "-".into() }
            } else {
                Order::Done { case, step, outcome: ends_by.into() }
            };
            let still = play.world.case(case).is_some_and(|case| {
                case.open_assignments().any(|open| open.step == end.step && open.is_held_by(&holder))
            });
            if still {
                play.order(Some(line), Command::new(holder, order), false);
            }
        }
    }
    play.story(None, start)
}

/// The start at the time of day that the facts state.
fn at_stated_time(rules: &Rules<'_>, facts: &Facts, start: Timestamp) -> Timestamp {
    let Some(Fact::Text(time)) = facts.get("time") else { return start };
    let zone = rules.calendar.zone();
    let time = time.parse::<jiff::civil::Time>();
    time.ok()
        .and_then(|time| zone.to_timestamp(zone.to_datetime(start).date().to_datetime(time)).ok())
        .unwrap_or(start)
}
