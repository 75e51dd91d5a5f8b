//! A run told by its ends: `inspect=done`, `order=timeout`. Whoever is charged with a step ends it so.
//!
//! This is how the witness of a finding is played: the run that `check` names goes through the same
//! [`decide`](crate::case::decide) as any case.

use ecow::EcoString;
use jiff::SignedDuration;
use jiff::Timestamp;

use super::run::Play;
use super::story::{Story, Unmet};
use crate::case::{CaseId, Command, Facts, Order, REPORTER, Rules};

/// How a step of a probe ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The step.
    pub step: EcoString,
    /// `timeout`, `refusal`, or the name of an outcome.
    pub end: EcoString,
}

/// Opens a case and ends its steps one after the other.
pub fn probe(
    rules: &Rules<'_>,
    procedure: Option<EcoString>,
    facts: &Facts,
    start: Timestamp,
    ends: &[End],
) -> Story {
    let mut play = Play::new(rules, start);
    let case = CaseId(1);
    play.order(
        None,
        Command::new(REPORTER, Order::Open { procedure, facts: facts.clone(), reporter: None }),
        false,
    );
    for (line, end) in ends.iter().enumerate() {
        play.pass(SignedDuration::from_mins(1));
        let open = play.world.case(case).into_iter().flat_map(crate::case::Case::open_assignments);
        let Some(assignment) = open.into_iter().find(|assignment| assignment.step == end.step) else {
            let at = play.world.case(case).map(|case| case.stands_at().join(", ")).unwrap_or_default();
            let expected = format!("the case stands at {}", end.step);
            play.unmet.push(Unmet { path: format!("then[{line}]"), expected, actual: at });
            break;
        };
        if end.end == "timeout" {
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
        // In a joint step each of those charged says the same.
        for holder in assignment.holders() {
            let step = Some(end.step.clone());
            let order = if end.end == "refusal" {
                Order::Refuse { case, step, reason: "-".into() }
            } else {
                Order::Done { case, step, outcome: end.end.clone() }
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
