//! L007: a power given or passed on to those who can't hold it.

use std::collections::BTreeMap;

use super::passings::{article, finding, norm_span, void};
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Ground, Negative, NormId, Order, Void};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "L007",
    name: "outside-reserve",
    severity: Severity::Error,
    page: include_str!("outside_reserve.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (power, declared) in context.institution().powers() {
        let held = context.competence().of(power);
        let mut misplaced: BTreeMap<NormId, Vec<BodyId>> = BTreeMap::new();
        for (norm, body) in &held.misplaced {
            misplaced.entry(*norm).or_default().push(*body);
        }
        for (norm, bodies) in misplaced {
            let finding = Finding::new(&CHECK)
                .told_by("kind")
                .fact("power", Fact::Power(power))
                .fact("bodies", Fact::Bodies(bodies))
                .fact("article", article(context, norm))
                .place(norm_span(context, norm), "grant")
                .place(declared.head.span, "power");
            findings.push(finding.on(context.institution().norm(norm).region.clone()));
        }
        for conflict in held.conflicts.iter().filter(|conflict| conflict.reserved) {
            let (Ground::Norm(grant), Negative::Norm(reserve)) = (conflict.ground, conflict.against) else {
                continue;
            };
            let sentence = match conflict.order {
                Order::Yields(_) => "main",
                Order::Open(_) => "undecided",
                _ => continue,
            };
            let mut finding = Finding::new(&CHECK)
                .told_by(sentence)
                .fact("power", Fact::Power(power))
                .fact("bodies", Fact::Bodies(conflict.bodies.clone()))
                .fact("article", article(context, grant))
                .fact("reserve", article(context, reserve))
                .place(norm_span(context, grant), "grant")
                .place(norm_span(context, reserve), "reserve");
            if let Order::Open(open) = conflict.order {
                finding = finding.fact("why", Fact::Open(open));
            }
            findings.push(finding.on(conflict.region.clone()));
        }
    }
    for nothing in void(context, |why| matches!(why, Void::WrongKind | Void::Reserved(_))) {
        let mut finding = finding(context, &CHECK, &nothing).told_by("passed");
        if let Void::Reserved(reserve) = nothing.why {
            finding = finding
                .told_by("passed_reserve")
                .fact("reserve", article(context, reserve))
                .place(norm_span(context, reserve), "reserve");
        }
        for power in &nothing.powers {
            let head = &context.institution()[*power].head;
            finding = finding.place_of(head.span, "power", "power", Fact::Power(*power));
        }
        findings.push(finding.on(nothing.region.clone()));
    }
    findings
}
