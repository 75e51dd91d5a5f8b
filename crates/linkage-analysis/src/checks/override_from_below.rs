//! D018: a lower text claims to prevail over a higher one by its own word.

use std::collections::BTreeMap;

use super::dispute::cited;
use super::{Check, Context, Fact, Finding};
use linkage_model::{ExclusionId, MandateId};
use linkage_regions::{Cuboid, Region};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D018",
    name: "override-from-below",
    severity: Severity::Warning,
    page: include_str!("override_from_below.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let (division, institution) = (context.division, context.institution());
    let mut pairs: BTreeMap<(MandateId, MandateId), Vec<Cuboid>> = BTreeMap::new();
    for (leadership, region) in &context.meetings {
        for lower in &leadership.present {
            if division.mandate(*lower).prevails_over.is_empty() {
                continue;
            }
            for higher in leadership.present.iter().filter(|other| *other != lower) {
                if division.overrides_from_below(*lower, *higher) {
                    let of = |claim: usize| division.claims()[claim].mandate;
                    let known = pairs.entry((of(*lower), of(*higher))).or_default();
                    known.extend_from_slice(region.cuboids());
                }
            }
        }
    }
    let told = pairs.into_iter().map(|((lower, higher), cuboids)| {
        let (low, high) = (&institution[lower], &institution[higher]);
        let clause = low.prevails_over.iter().find(|(over, _)| *over == higher).map(|(_, span)| *span);
        Finding::new(&CHECK)
            .fact("lower", Fact::Mandate(lower))
            .fact("higher", Fact::Mandate(higher))
            .place_of(
                clause.unwrap_or(low.head.span),
                "clause",
                "basis",
                Fact::Cited(cited(context, &low.basis)),
            )
            .place_of(high.head.span, "higher", "basis", Fact::Cited(cited(context, &high.basis)))
            .on(Region::from_cuboids(&institution.space, cuboids))
    });
    told.chain(over_exclusions(context)).collect()
}

/// Finds mandates that claim to prevail over an exclusion and fail: the exclusion ranks higher, or the mandate cites no
/// law.
fn over_exclusions(context: &Context<'_>) -> Vec<Finding> {
    let (division, institution) = (context.division, context.institution());
    let scope = &institution.scope.region;
    let mut bound: BTreeMap<(MandateId, ExclusionId), Vec<Cuboid>> = BTreeMap::new();
    for barred in division.barred() {
        if institution[barred.mandate].overrides.iter().any(|(id, _)| *id == barred.exclusion) {
            let known = bound.entry((barred.mandate, barred.exclusion)).or_default();
            known.extend_from_slice(barred.region.intersect(scope).cuboids());
        }
    }
    bound.retain(|_, cuboids| !cuboids.is_empty());
    let told = bound.into_iter().map(|((lower, higher), cuboids)| {
        let (low, high) = (&institution[lower], &institution[higher]);
        let clause = low.overrides.iter().find(|(over, _)| *over == higher).map(|(_, span)| *span);
        let basis = cited(context, &low.basis);
        let sentence = if basis.is_empty() { "unfounded" } else { "exclusion" };
        let label = if basis.is_empty() { "bare" } else { "clause" };
        Finding::new(&CHECK)
            .told_by(sentence)
            .fact("lower", Fact::Mandate(lower))
            .fact("exclusion", Fact::Exclusion(higher))
            .place_of(clause.unwrap_or(low.head.span), label, "basis", Fact::Cited(basis))
            .place_of(high.head.span, "excludes", "basis", Fact::Cited(cited(context, &high.basis)))
            .on(Region::from_cuboids(&institution.space, cuboids))
    });
    told.collect()
}
