//! D020: what is said of how bodies share the lead contradicts itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Context, Fact, Finding};
use linkage_model::{MandateId, Open};
use linkage_regions::{Cuboid, Region};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D020",
    name: "contradicting-sharing",
    severity: Severity::Error,
    page: include_str!("contradicting_sharing.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, mandate) in institution.mandates() {
        if mandate.own_sharing.len() > 1 && mandate.sharing().is_none() {
            let finding = Finding::new(&CHECK).fact("mandate", Fact::Mandate(id));
            let clauses = mandate.own_sharing.iter();
            let finding = clauses.fold(finding, |finding, (_, span)| finding.place(*span, "clause"));
            findings.push(finding.on(mandate.region.clone()));
        }
        let mut others: Vec<MandateId> = mandate.shares_with.iter().map(|(_, other, _)| *other).collect();
        others.sort_unstable();
        others.dedup();
        for other in others.into_iter().filter(|other| *other != id) {
            let back = institution[other].shares_with.iter().any(|(_, to, _)| *to == id);
            // Where each speaks of the other, the first in the text tells it.
            if (back && other < id) || institution.sharing_between(id, other).len() < 2 {
                continue;
            }
            let finding = Finding::new(&CHECK)
                .told_by("between")
                .fact("mandate", Fact::Mandate(id))
                .fact("other", Fact::Mandate(other));
            let own = mandate.shares_with.iter().filter(|(_, to, _)| *to == other);
            let theirs = institution[other].shares_with.iter().filter(|(_, to, _)| *to == id);
            let clauses = own.chain(theirs);
            let finding = clauses.fold(finding, |finding, (.., span)| finding.place(*span, "clause"));
            findings.push(finding);
        }
    }
    findings.extend(among_several(context));
    findings
}

/// Finds mandates whose sharing clauses agree pair by pair but contradict each other taken together: of the bodies in
/// one turn some must act and others may, or each stands in for the next in a circle.
fn among_several(context: &Context<'_>) -> Vec<Finding> {
    let (division, institution) = (context.division, context.institution());
    let mut found: BTreeMap<BTreeSet<MandateId>, Vec<Cuboid>> = BTreeMap::new();
    for (leadership, region) in &context.meetings {
        if !leadership.open.contains(&Open::Sharing) {
            continue;
        }
        let claims = &leadership.effective;
        // Two that speak of each other in two ways are told above.
        let mandate = |claim: usize| division.claims()[claim].mandate;
        let two_words = claims.iter().enumerate().any(|(index, a)| {
            claims[..index].iter().any(|b| institution.sharing_between(mandate(*b), mandate(*a)).len() > 1)
        });
        if !two_words {
            let mandates = claims.iter().map(|claim| mandate(*claim)).collect();
            found.entry(mandates).or_default().extend_from_slice(region.cuboids());
        }
    }
    let told = found.into_iter().map(|(mandates, cuboids)| {
        let mut finding = Finding::new(&CHECK)
            .told_by("among")
            .fact("mandates", Fact::Mandates(mandates.iter().copied().collect()));
        for id in &mandates {
            let mandate = &institution[*id];
            let with = mandate.shares_with.iter().filter(|(_, other, _)| mandates.contains(other));
            let spans = with.map(|(.., span)| *span).chain(mandate.own_sharing.iter().map(|(_, span)| *span));
            finding = spans.fold(finding, |finding, span| finding.place(span, "clause"));
        }
        finding.on(Region::from_cuboids(&institution.space, cuboids))
    });
    told.collect()
}
