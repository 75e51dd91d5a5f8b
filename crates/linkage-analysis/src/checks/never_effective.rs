//! D004: a mandate that never leads: outside the scope, or overridden everywhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, MandateId};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D004",
    name: "never-effective",
    severity: Severity::Warning,
    page: include_str!("never_effective.md"),
    run,
};

/// A mandate of which a part is excluded makes several claims: it is idle if all of them are.
fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut by_mandate: BTreeMap<MandateId, Vec<usize>> = BTreeMap::new();
    for (at, claim) in context.division.claims().iter().enumerate() {
        // An empty region has a warning of its own.
        if !claim.region.is_empty() {
            by_mandate.entry(claim.mandate).or_default().push(at);
        }
    }
    by_mandate.values().filter_map(|claims| idle(context, claims)).collect()
}

/// The finding on a mandate by its claims, if none of them leads anywhere.
fn idle(context: &Context<'_>, claims: &[usize]) -> Option<Finding> {
    let division = context.division;
    let scope = &context.institution().scope;
    let all = claims.iter().map(|at| division.claims()[*at].region.as_ref());
    let region = Region::from_cuboids(
        &context.institution().space,
        all.flat_map(|region| region.cuboids().iter().cloned()),
    );
    let mandate = division.mandate(*claims.first()?);
    let bodies: BTreeSet<BodyId> =
        claims.iter().flat_map(|at| division.claims()[*at].bodies.iter().copied()).collect();
    let told = |sentence| {
        Finding::new(&CHECK)
            .told_by(sentence)
            .fact("mandate", Fact::Mandate(division.claims()[claims[0]].mandate))
            .fact("bodies", Fact::Bodies(bodies.into_iter().collect()))
            .place(mandate.head.span, "mandate")
            .place(mandate.region_span, "region")
    };
    if region.is_disjoint(&scope.region) {
        let finding = scope.parts.iter().fold(told("outside"), |it, (_, span)| it.place(*span, "scope"));
        return Some(finding.on(region));
    }
    let over: BTreeSet<usize> = claims.iter().flat_map(|at| prevail_over(context, *at)).collect();
    if over.is_empty() || claims.iter().any(|at| !context.led(*at).is_empty()) {
        return None;
    }
    let by = over.iter().map(|other| division.claims()[*other].mandate).collect();
    let mut finding = told("main").fact("by", Fact::Mandates(by));
    for other in over {
        let by = division.claims()[other].mandate;
        finding = finding.place_of(division.mandate(other).head.span, "by", "by", Fact::Mandate(by));
    }
    Some(finding.on(region.intersect(&scope.region)))
}

/// Who leads where a claim does not: those who prevail over it, or else over those who do.
fn prevail_over(context: &Context<'_>, claim: usize) -> BTreeSet<usize> {
    let lost = context.meetings_of(claim).filter(|(leadership, _)| !leadership.effective.contains(&claim));
    let over = lost.flat_map(|(leadership, _)| {
        let directly = leadership.overridden.iter().filter(|(loser, ..)| *loser == claim);
        let winners: Vec<usize> = directly.map(|(_, winner, _)| *winner).collect();
        if winners.is_empty() { leadership.effective.clone() } else { winners }
    });
    over.collect()
}
