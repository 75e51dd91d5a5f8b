//! P024: several bodies serve a place equally near: a step there comes to all of them, and none has it alone.

use std::collections::BTreeMap;

use super::courses::at;
use super::duty::Acts;
use super::graph::with_run_within;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Institution, Performer};
use linkage_regions::{Cuboid, Region, Side};
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "P024",
    name: "served-by-several",
    severity: Severity::Warning,
    page: include_str!("served_by_several.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, _) in institution.procedures() {
        let serving =
            |performer: &Performer| matches!(performer, Performer::Serving(_) | Performer::KindServing(_));
        let acts = Acts::new(context, id, |step| step.by.iter().any(|(by, _)| serving(by)));
        for (node, step, region) in acts.steps() {
            for (performer, span) in &step.by {
                for (bodies, part) in shared(context, performer, region) {
                    let finding = at(Finding::new(&CHECK), id, *node)
                        .fact("bodies", Fact::Bodies(bodies.clone()))
                        .place(*span, "by");
                    let finding = bodies.iter().fold(finding, |finding, body| {
                        finding.place(serves_span(institution, *body), "serves")
                    });
                    let finding = finding.on(part.clone());
                    findings.push(with_run_within(context, finding, id, *node, None, Some(&part)));
                }
            }
        }
    }
    findings
}

fn serves_span(institution: &Institution, body: BodyId) -> Span {
    institution[body].head.span
}

/// The bodies that serve parts of a region as near as each other, with these parts.
fn shared(context: &Context<'_>, performer: &Performer, region: &Region) -> Vec<(Vec<BodyId>, Region)> {
    let (institution, day) = (context.institution(), context.division.day);
    let candidates = match performer {
        Performer::KindServing(kind) => institution.of_kind(*kind, day),
        Performer::Serving(named) => {
            let standing = context.competence().standing_in(*named).iter();
            standing.flat_map(|body| institution.with_branches(*body, &context.hierarchy, day)).collect()
        }
        _ => return Vec::new(),
    };
    let mut found: BTreeMap<Vec<BodyId>, Region> = BTreeMap::new();
    for (bodies, side) in
        institution.serving(&candidates, &Side::interval(0, institution.areas.tree.leaves()))
    {
        if bodies.len() < 2 {
            continue;
        }
        let place = Cuboid::full(&institution.space).with(Institution::AREA, side);
        let part = region.intersect(&Region::from_cuboid(&institution.space, place));
        if !part.is_empty() {
            match found.get_mut(&bodies) {
                Some(known) => *known = known.union(&part),
                None => drop(found.insert(bodies, part)),
            }
        }
    }
    found.into_iter().collect()
}
