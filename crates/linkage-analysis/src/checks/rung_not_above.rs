//! E003: a rung that does not stand above the one before it.

use std::collections::BTreeMap;

use super::graph::with_run_and;
use super::ladder::{by_time, ladders, named};
use super::{Check, Context, Fact, Finding};
use linkage_flow::Way;
use linkage_model::{BodyId, Rung};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "E003",
    name: "rung-not-above",
    severity: Severity::Warning,
    page: include_str!("rung_not_above.md"),
    run,
};

/// One finding for each two bodies, however many ladders lead from one to the other.
fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut found: BTreeMap<(Vec<BodyId>, Vec<BodyId>), Finding> = BTreeMap::new();
    for ladder in ladders(context) {
        let in_time: Vec<&Rung> = ladder.rungs.iter().filter(|rung| by_time(rung)).collect();
        for pair in in_time.windows(2) {
            let [before, after] = pair else { continue };
            let (lower, upper) = (named(context, &before.to), named(context, &after.to));
            let above = |one: BodyId, other: BodyId| {
                context.hierarchy.above(other).iter().any(|(over, _)| *over == one)
            };
            let rises = upper.iter().any(|one| lower.iter().any(|other| above(*one, *other)));
            if lower.is_empty() || upper.is_empty() || lower == upper || rises {
                continue;
            }
            let falls = lower.iter().any(|one| upper.iter().any(|other| above(*one, *other)));
            let new = || {
                let finding = Finding::new(&CHECK)
                    .told_by(if falls { "below" } else { "main" })
                    .fact("upper", Fact::Bodies(upper.clone()))
                    .fact("lower", Fact::Bodies(lower.clone()));
                let first = ladder.steps.first().map(|(node, _)| *node);
                first.map_or_else(
                    || finding.clone(),
                    |node| with_run_and(context, finding.clone(), ladder.id, node, Some(Way::Timeout)),
                )
            };
            let finding = found.remove(&(lower.clone(), upper.clone())).unwrap_or_else(new);
            let finding = finding.place(after.span, "rung").place(before.span, "before");
            found.insert((lower, upper), finding);
        }
    }
    found.into_values().collect()
}
