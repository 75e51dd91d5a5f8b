//! D004: a mandate that never leads: outside the scope, or overridden everywhere.

use super::{Check, Context, Fact, Finding};
use crate::model::Order;
use crate::space::{Region, gaps};
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
    let scope = &context.institution().scope.region;
    let mut findings = Vec::new();
    for (index, claim) in division.claims().iter().enumerate() {
        let mandate = division.mandate(index);
        let own = mandate.region.intersect(scope);
        let finding = Finding::new(&CHECK)
            .fact("mandate", Fact::Mandate(claim.mandate))
            .fact("bodies", Fact::Bodies(claim.bodies.clone()))
            .place(mandate.head.span, "mandate")
            .place(mandate.region_span, "region");
        if mandate.region.is_empty() {
            // An empty region has a warning of its own.
            continue;
        }
        if own.is_empty() {
            let outside = finding.told_by("outside");
            let scope = context.institution().scope.span;
            let outside = scope.into_iter().fold(outside, |finding, span| finding.place(span, "scope"));
            findings.push(outside.on(mandate.region.clone()));
            continue;
        }
        let over: Vec<usize> = (0..division.claims().len())
            .filter(|other| !division.mandate(*other).region.is_disjoint(&own))
            .filter(|other| *other != index && matches!(division.order(*other, index), Order::Prevails(_)))
            .collect();
        let regions: Vec<&Region> = over.iter().map(|other| &division.mandate(*other).region).collect();
        if !over.is_empty() && gaps(&own, &regions).is_empty() {
            let by = over.iter().map(|other| division.claims()[*other].mandate).collect();
            let mut finding = finding.fact("by", Fact::Mandates(by));
            for other in over {
                let by = division.claims()[other].mandate;
                finding = finding.place_of(division.mandate(other).head.span, "by", "by", Fact::Mandate(by));
            }
            findings.push(finding.on(own));
        }
    }
    findings
}
