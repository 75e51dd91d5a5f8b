//! Q001: somewhere in the region of a property nobody leads, nobody supports, or a lead has no basis.

use super::property::{demands, in_scope, refuted};
use super::{Check, Context, Fact, Finding};
use linkage_model::{Demand, Having, Mandate, MandateId, PropertyId};
use linkage_regions::{Region, gaps};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "Q001",
    name: "coverage-refuted",
    severity: Severity::Error,
    page: include_str!("coverage_refuted.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, demand) in demands(context) {
        let Demand::Has(region, having) = demand else { continue };
        let region = in_scope(context, region);
        findings.extend(match having {
            Having::Lead => unled(context, id, &region),
            Having::Support => unsupported(context, id, &region),
            Having::Basis => unfounded(context, id, &region),
        });
    }
    findings
}

fn unled(context: &Context<'_>, id: PropertyId, region: &Region) -> Option<Finding> {
    let left = region.intersect(&context.gaps.found);
    (!left.is_empty()).then(|| refuted(&CHECK, context, id).on(left))
}

/// Where no mandate that counts names a supporter who is there on the day.
fn unsupported(context: &Context<'_>, id: PropertyId, region: &Region) -> Option<Finding> {
    let supports = |mandate: &Mandate| {
        let holders: Vec<_> = mandate.supports.iter().map(|(holder, _)| *holder).collect();
        !context.competence().of_holders(&holders).is_empty()
    };
    let supporting = context.institution().mandates().filter(|(_, mandate)| supports(mandate));
    let supported: Vec<Region> = supporting.map(|(id, _)| context.supporting(id)).collect();
    let left = gaps(region, &supported.iter().collect::<Vec<_>>());
    (!left.is_empty()).then(|| refuted(&CHECK, context, id).told_by("support").on(left))
}

/// Where nobody leads, or somebody who does rests on no law in force.
fn unfounded(context: &Context<'_>, id: PropertyId, region: &Region) -> Option<Finding> {
    let mut left = region.intersect(&context.gaps.found);
    let mut without: Vec<MandateId> = Vec::new();
    for (index, claim) in context.division.claims().iter().enumerate() {
        if claim.law.is_some() {
            continue;
        }
        let part = context.led(index).intersect(region);
        if !part.is_empty() {
            left = left.union(&part);
            without.push(claim.mandate);
        }
    }
    if left.is_empty() {
        return None;
    }
    without.dedup();
    let mut finding = refuted(&CHECK, context, id).told_by("basis");
    for mandate in &without {
        let span = context.institution()[*mandate].head.span;
        finding = finding.place_of(span, "without", "mandate", Fact::Mandate(*mandate));
    }
    Some(finding.on(left))
}
