//! U006: a power, a resource, an attribute or a law that nothing uses, a chair of nothing. Bodies are told by N001.

use std::collections::BTreeSet;

use super::cited::all_citations;
use super::{Check, Context, Fact, Finding};
use linkage_model::{
    Condition, Institution, LawId, LeadershipKind, Node, NodeKind, PowerId, Procedure, ResolutionId,
    ResourceId, Rung,
};
use linkage_regions::{Cuboid, Region};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "U006",
    name: "unused-declaration",
    severity: Severity::Note,
    page: include_str!("unused_declaration.md"),
    run,
};

/// One finding for each of the four.
fn run(context: &Context<'_>) -> Vec<Finding> {
    let found = [powers(context), resources(context), laws(context)].into_iter().flatten();
    let found = found.chain(attributes(context.institution())).chain(chairs(context.institution()));
    found.chain(resolutions(context)).collect()
}

/// Resolutions that no overlap calls for. Those that contradict each other are told with the overlap.
fn resolutions<'c>(context: &'c Context<'_>) -> impl Iterator<Item = Finding> + 'c {
    let institution = context.institution();
    let speaks = |id: ResolutionId| {
        context.meetings.iter().any(|(leadership, region)| match leadership.kind {
            LeadershipKind::Resolved(by) => by == id,
            LeadershipKind::Overlap => context.division.speaking(&leadership.effective, region).contains(&id),
            _ => false,
        })
    };
    let all = (0..).map(ResolutionId).zip(&institution.resolutions);
    all.filter(move |(id, _)| !speaks(*id)).map(|(id, own)| {
        let finding = Finding::new(&CHECK).told_by("resolution").fact("resolution", Fact::Resolution(id));
        finding.place(own.head.span, "unused")
    })
}

/// Chairs of procedures in which nothing is decided together.
fn chairs(institution: &Institution) -> impl Iterator<Item = Finding> {
    institution.procedures().filter_map(|(id, procedure)| {
        let chair = procedure.chair?;
        let joint = |node: &Node| matches!(&node.kind, NodeKind::Step(step) if step.joint.is_some() && step.chair.is_none());
        if procedure.nodes.iter().any(joint) {
            return None;
        }
        let finding = Finding::new(&CHECK).told_by("chair").fact("procedure", Fact::Procedure(id));
        Some(finding.place(chair.span, "unused"))
    })
}

fn powers(context: &Context<'_>) -> Option<Finding> {
    let institution = context.institution();
    let mut used: BTreeSet<PowerId> = BTreeSet::new();
    used.extend(institution.mandates.iter().flat_map(|it| &it.powers).map(|(power, _)| power));
    used.extend(institution.passings.iter().flat_map(|it| &it.powers).map(|(power, _)| power));
    used.extend(institution.exclusions.iter().flat_map(|it| &it.powers).map(|(power, _)| power));
    used.extend(norms_of_laws(institution).flat_map(|norm| &norm.powers));
    for node in nodes(institution) {
        if let NodeKind::Step(step) = &node.kind {
            used.extend(step.all_needs().map(|(power, _)| power));
        }
    }
    let unused: Vec<PowerId> =
        institution.powers().map(|(id, _)| id).filter(|power| !used.contains(power)).collect();
    let spans = unused.iter().map(|power| institution[*power].head.span);
    let finding = Finding::new(&CHECK).told_by("powers").fact("powers", Fact::Powers(unused.clone()));
    (!unused.is_empty()).then(|| spans.fold(finding, |finding, span| finding.place(span, "unused")))
}

fn resources(context: &Context<'_>) -> Option<Finding> {
    let institution = context.institution();
    let mut used: BTreeSet<ResourceId> = BTreeSet::new();
    used.extend(institution.channels.iter().flat_map(|it| &it.carries).map(|(resource, _)| resource));
    for node in nodes(institution) {
        if let NodeKind::Step(step) = &node.kind {
            used.extend(step.uses.iter().map(|(resource, _)| resource));
        }
    }
    // Personal data that nothing uses is graver, and told by G004.
    let idle = institution.resources().filter(|(id, it)| !used.contains(id) && it.personal.is_none());
    let unused: Vec<ResourceId> = idle.map(|(id, _)| id).collect();
    let spans = unused.iter().map(|resource| institution[*resource].head.span);
    let finding =
        Finding::new(&CHECK).told_by("resources").fact("resources", Fact::Resources(unused.clone()));
    (!unused.is_empty()).then(|| spans.fold(finding, |finding, span| finding.place(span, "unused")))
}

/// Laws that nothing cites, that grant, forbid and reserve nothing, fill no slot and replace nothing.
fn laws(context: &Context<'_>) -> Option<Finding> {
    let institution = context.institution();
    let mut used: BTreeSet<LawId> =
        all_citations(context).into_iter().filter_map(|cited| cited.citation.law).collect();
    used.extend(institution.bodies.iter().flat_map(|body| &body.filled_by).map(|filling| filling.law));
    let mut unused: Vec<LawId> = Vec::new();
    for (id, law) in (0..).map(LawId).zip(&institution.laws) {
        let says_nothing = law.articles.iter().all(|article| article.norms.is_empty());
        if says_nothing && law.replaces.is_empty() && !used.contains(&id) {
            unused.push(id);
        }
    }
    let spans = unused.iter().map(|law| institution[*law].head.span);
    let cited = unused.iter().map(|law| (*law, Vec::new())).collect();
    let finding = Finding::new(&CHECK).told_by("laws").fact("laws", Fact::Cited(cited));
    (!unused.is_empty()).then(|| spans.fold(finding, |finding, span| finding.place(span, "unused")))
}

/// Attributes on which no region depends.
fn attributes(institution: &Institution) -> Vec<Finding> {
    let regions = regions(institution);
    let whole = |axis: usize| !regions.iter().any(|region| depends(institution, region, axis));
    let all = institution.attributes.iter().enumerate();
    let unused = all.filter(|(at, it)| !it.judged && whole(institution.attribute_axis(*at)));
    let finding = |(_, attribute): (usize, &linkage_model::Attribute)| {
        Finding::new(&CHECK)
            .told_by("attribute")
            .fact("attribute", Fact::Text(attribute.head.name.clone()))
            .place(attribute.head.span, "unused")
    };
    unused.map(finding).collect()
}

/// Whether the answer of a region changes with an axis: it is not what it is spread out along it.
fn depends(institution: &Institution, region: &Region, axis: usize) -> bool {
    let size = institution.space.dimensions[axis].size();
    if region.cuboids().iter().all(|cuboid| cuboid.sides()[axis].len() == size) {
        return false;
    }
    let full = || Cuboid::full(&institution.space).sides()[axis].clone();
    let spread = region.cuboids().iter().map(|cuboid| cuboid.clone().with(axis, full()));
    !Region::from_cuboids(&institution.space, spread).is_subset(region)
}

fn norms_of_laws(institution: &Institution) -> impl Iterator<Item = &linkage_model::Norm> {
    institution.laws.iter().flat_map(|law| &law.articles).flat_map(|article| &article.norms)
}

fn nodes(institution: &Institution) -> impl Iterator<Item = &Node> {
    institution.procedures.iter().flat_map(|procedure| &procedure.nodes)
}

/// Every region that the rules name.
fn regions(institution: &Institution) -> Vec<&Region> {
    let mut all: Vec<&Region> = vec![&institution.scope.region];
    all.extend(institution.mandates.iter().map(|it| &it.region));
    all.extend(institution.passings.iter().map(|it| &it.region));
    all.extend(institution.exclusions.iter().map(|it| &it.region));
    all.extend(institution.resolutions.iter().map(|it| &it.region));
    all.extend(norms_of_laws(institution).map(|it| &it.region));
    for procedure in &institution.procedures {
        of_procedure(procedure, &mut all);
    }
    all
}

fn of_procedure<'i>(procedure: &'i Procedure, all: &mut Vec<&'i Region>) {
    all.extend(procedure.triggers.iter().filter_map(|(trigger, _)| trigger.region()));
    let of_rung =
        |rung: &'i Rung| if let Condition::When(region) = &rung.condition { Some(region) } else { None };
    all.extend(procedure.escalation.iter().filter_map(of_rung));
    for node in &procedure.nodes {
        match &node.kind {
            NodeKind::Step(step) => {
                all.extend(step.when.iter().map(|(when, _)| when));
                all.extend(step.outcomes.iter().filter_map(|outcome| outcome.when.as_ref()));
                all.extend(step.escalation.iter().filter_map(of_rung));
            }
            NodeKind::Choose(choice) => all.extend(choice.arms.iter().map(|arm| &arm.guard)),
            NodeKind::Block(_) | NodeKind::Call(_) => {}
        }
    }
}
