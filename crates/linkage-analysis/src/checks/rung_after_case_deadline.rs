//! E006: a rung that can only be stepped on when the whole case is late already.

use super::courses::{almanac, at};
use super::graph::with_run;
use super::ladder::{any_minute, ladders};
use super::{Check, Context, Finding};
use linkage_model::Condition;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "E006",
    name: "rung-after-case-deadline",
    severity: Severity::Warning,
    page: include_str!("rung_after_case_deadline.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ladder in ladders(context) {
        let Some((whole, span)) = ladder.procedure.within else { continue };
        for rung in ladder.rungs {
            let Condition::After(after) = rung.condition else { continue };
            // No step is assigned before the case is opened, so the rung comes no earlier than this.
            let fires = any_minute(context).then(after, almanac(context));
            let due = any_minute(context).then(whole, almanac(context));
            let Some((_, before)) = due.zip(fires).and_then(|(due, fires)| due.furthest_behind(&fires))
            else {
                continue;
            };
            if before > 0 {
                continue;
            }
            let Some((node, _)) = ladder.steps.first() else { continue };
            let finding =
                at(Finding::new(&CHECK), ladder.id, *node).place(rung.span, "rung").place(span, "deadline");
            findings.push(with_run(context, finding, ladder.id, *node));
        }
    }
    findings
}
