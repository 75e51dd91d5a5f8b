//! E005: a rung that is stepped on before one that stands before it.

use super::courses::{almanac, at};
use super::deadline_cannot_hold::moment;
use super::graph::with_run;
use super::ladder::{Ladder, fires, ladders, share_against};
use super::{Check, Context, Fact, Finding};
use linkage_calendar::{Duration, Minute};
use linkage_model::Condition;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "E005",
    name: "rungs-out-of-order",
    severity: Severity::Warning,
    page: include_str!("rungs_out_of_order.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ladder in ladders(context) {
        let mut told: Vec<(usize, usize)> = Vec::new();
        let mut asked: Vec<Option<Duration>> = Vec::new();
        for (node, step) in &ladder.steps {
            let within = step.within.map(|(within, _)| within);
            if asked.contains(&within) {
                continue;
            }
            asked.push(within);
            for later in 1..ladder.rungs.len() {
                for earlier in 0..later {
                    if told.contains(&(earlier, later)) {
                        continue;
                    }
                    let Some(start) = overtakes(context, &ladder, earlier, later, within) else { continue };
                    told.push((earlier, later));
                    let finding = at(Finding::new(&CHECK), ladder.id, *node)
                        .fact("first", Fact::Performer(ladder.rungs[earlier].to.clone()))
                        .fact("second", Fact::Performer(ladder.rungs[later].to.clone()))
                        .fact("start", Fact::Moment(moment(context, almanac(context), start)))
                        .place(ladder.rungs[later].span, "later")
                        .place(ladder.rungs[earlier].span, "earlier");
                    findings.push(with_run(context, finding, ladder.id, *node));
                }
            }
        }
    }
    findings
}

/// The first minute of an assignment for which a rung comes before one that stands before it.
fn overtakes(
    context: &Context<'_>,
    ladder: &Ladder<'_>,
    earlier: usize,
    later: usize,
    within: Option<Duration>,
) -> Option<Minute> {
    let (one, other) = (&ladder.rungs[earlier].condition, &ladder.rungs[later].condition);
    match (one, other) {
        (Condition::Share(one), Condition::Share(other)) => (other < one && within.is_some()).then_some(0),
        // A share of the deadline is never used up after the deadline.
        (Condition::Share(_), Condition::Timeout) => None,
        (Condition::Timeout, Condition::Share(share)) => (*share < 100 && within.is_some()).then_some(0),
        (Condition::Share(share), _) => {
            share_against(context, *share, within?, &fires(context, ladder.rungs, later, within)?, false)
        }
        (_, Condition::Share(share)) => {
            share_against(context, *share, within?, &fires(context, ladder.rungs, earlier, within)?, true)
        }
        _ => {
            let one = fires(context, ladder.rungs, earlier, within)?;
            let other = fires(context, ladder.rungs, later, within)?;
            one.furthest_behind(&other).filter(|(_, behind)| *behind > 0).map(|(start, _)| start)
        }
    }
}
