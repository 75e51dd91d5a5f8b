//! D004: a mandate that never leads: outside the scope, or overridden everywhere.

use std::collections::BTreeSet;

use super::{Check, Context, Fact, Finding};
use crate::text::Severity;

pub static CHECK: Check = Check {
    code: "D004",
    name: "never-effective",
    severity: Severity::Warning,
    page: include_str!("never_effective.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let division = context.division;
    let scope = &context.institution().scope;
    let mut findings = Vec::new();
    for (at, claim) in division.claims().iter().enumerate() {
        // An empty region has a warning of its own.
        if claim.region.is_empty() {
            continue;
        }
        let mandate = division.mandate(at);
        let told = |sentence| {
            Finding::new(&CHECK)
                .told_by(sentence)
                .fact("mandate", Fact::Mandate(claim.mandate))
                .fact("bodies", Fact::Bodies(claim.bodies.clone()))
                .place(mandate.head.span, "mandate")
                .place(mandate.region_span, "region")
        };
        if claim.region.is_disjoint(&scope.region) {
            let finding = scope.span.into_iter().fold(told("outside"), |it, span| it.place(span, "scope"));
            findings.push(finding.on(claim.region.clone().into_owned()));
            continue;
        }
        let lost = context.meetings_of(at).filter(|(leadership, _)| !leadership.effective.contains(&at));
        let over = lost.flat_map(|(leadership, _)| &leadership.overridden);
        let over: BTreeSet<usize> =
            over.filter(|(loser, ..)| *loser == at).map(|(_, winner, _)| *winner).collect();
        if over.is_empty() || !context.led(at).is_empty() {
            continue;
        }
        let by = over.iter().map(|other| division.claims()[*other].mandate).collect();
        let mut finding = told("main").fact("by", Fact::Mandates(by));
        for other in over {
            let by = division.claims()[other].mandate;
            finding = finding.place_of(division.mandate(other).head.span, "by", "by", Fact::Mandate(by));
        }
        findings.push(finding.on(claim.region.intersect(&scope.region)));
    }
    findings
}
