//! D018: a lower text claims to prevail over a higher one by its own word.

use std::collections::BTreeMap;

use super::dispute::cited;
use super::{Check, Context, Fact, Finding};
use linkage_model::MandateId;
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
    told.collect()
}
