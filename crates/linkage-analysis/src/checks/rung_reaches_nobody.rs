//! E009: a rung, a telling or a breach that reaches nobody: no body answers to what the rules name.

use super::courses::{at, courses, region as of_classes};
use super::duty::{Acts, standing_parts};
use super::ladder::ladders;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Institution, Performer, ProcedureId};
use linkage_regions::{Cuboid, Region, Side};
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "E009",
    name: "rung-reaches-nobody",
    severity: Severity::Warning,
    page: include_str!("rung_reaches_nobody.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ladder in ladders(context) {
        let acts = Acts::new(context, ladder.id, |_| true);
        let course = &courses(context)[ladder.id.index()];
        for rung in ladder.rungs {
            let lost = ladder.steps.iter().find_map(|(node, _)| {
                let here = of_classes(context, course, course.reach_node(*node));
                let lost = reaching_nobody(context, &acts, &rung.to, &here);
                (!lost.is_empty()).then_some((*node, lost))
            });
            if let Some((node, lost)) = lost {
                let finding = at(Finding::new(&CHECK), ladder.id, node)
                    .fact("who", Fact::Performer(rung.to.clone()))
                    .place(rung.span, "rung");
                findings.push(finding.on(lost));
            }
        }
    }
    for (id, procedure) in context.institution().procedures() {
        let acts = Acts::new(context, id, |_| true);
        let closing = procedure.closing.iter().flat_map(|closing| &closing.tell);
        for (performer, _, span) in closing {
            findings.extend(told(context, id, &acts, performer, (*span, "telling")));
        }
        for owe in procedure.all_owes() {
            if let Some(performer) = &owe.breach {
                findings.extend(told(context, id, &acts, performer, (owe.head.span, "breach")));
            }
        }
    }
    findings
}

fn told(
    context: &Context<'_>,
    id: ProcedureId,
    acts: &Acts<'_>,
    performer: &Performer,
    (span, sentence): (Span, &'static str),
) -> Option<Finding> {
    let lost = reaching_nobody(context, acts, performer, super::beginnings::starting(context, id));
    let finding = Finding::new(&CHECK)
        .told_by(sentence)
        .fact("who", Fact::Performer(performer.clone()))
        .fact("procedure", Fact::Procedure(id))
        .place(span, "rung");
    (!lost.is_empty()).then(|| finding.on(lost))
}

/// The part of a region in which nobody answers to what the rules name. Where nobody leads a gap tells it; who
/// reported is no body.
pub(super) fn reaching_nobody(
    context: &Context<'_>,
    acts: &Acts<'_>,
    performer: &Performer,
    region: &Region,
) -> Region {
    let institution = context.institution();
    match performer {
        Performer::Lead | Performer::Reporter => Region::empty(&institution.space),
        Performer::Superior(below) => {
            let mut lost = reaching_nobody(context, acts, below, region);
            for (bodies, part) in acts.who(below, region) {
                let above = bodies.iter().flat_map(|body| &institution[*body].under).map(|(above, _)| *above);
                let found = standing_parts(context, &above.collect::<Vec<_>>(), &part);
                let found: Vec<&Region> = found.iter().map(|(_, part)| part).collect();
                lost = lost.union(&linkage_regions::gaps(&part, &found));
            }
            lost
        }
        Performer::KindServing(kind) => {
            unserved(context, &institution.of_kind(*kind, context.division.day), region)
        }
        Performer::Serving(body) => {
            let day = context.division.day;
            let found = standing_parts(context, &[*body], region);
            let nobody =
                linkage_regions::gaps(region, &found.iter().map(|(_, part)| part).collect::<Vec<_>>());
            let branches = |bodies: &[BodyId]| -> Vec<BodyId> {
                let all =
                    bodies.iter().flat_map(|own| institution.with_branches(*own, &context.hierarchy, day));
                all.collect()
            };
            found
                .iter()
                .fold(nobody, |lost, (bodies, part)| lost.union(&unserved(context, &branches(bodies), part)))
        }
        Performer::Body(_) | Performer::Kind(_) | Performer::Support(_) => {
            let found = acts.who(performer, region);
            linkage_regions::gaps(region, &found.iter().map(|(_, part)| part).collect::<Vec<_>>())
        }
    }
}

/// The part of a region that lies where none of these bodies serves.
fn unserved(context: &Context<'_>, bodies: &[BodyId], region: &Region) -> Region {
    let institution = context.institution();
    let everywhere = Side::interval(0, institution.areas.tree.leaves());
    let parts = institution.serving(bodies, &everywhere).into_iter();
    let unserved = parts.filter(|(bodies, _)| bodies.is_empty());
    let unserved = unserved.fold(Side::empty(), |all, (_, side)| all.union(&side));
    let cuboid = Cuboid::full(&institution.space).with(Institution::AREA, unserved);
    Region::from_cuboid(&institution.space, cuboid).intersect(region)
}
