//! Q007: somebody uses a resource and does not owe what a property asks of whoever uses it.

use std::collections::BTreeSet;

use super::courses::{courses, region as of_classes};
use super::duty::Acts;
use super::graph::with_run_within;
use super::ladder::never_longer;
use super::owing::clauses;
use super::property::{demands, refuted};
use super::reach::named;
use super::ties::meant;
use super::{Check, Context, Fact, Finding};
use linkage_calendar::Duration;
use linkage_flow::Way;
use linkage_model::{BodyId, Content, Demand, NodeId, NodeKind, ProcedureId, PropertyId, ResourceId, Upon};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "Q007",
    name: "use-without-return",
    severity: Severity::Error,
    page: include_str!("use_without_return.md"),
    run,
};

/// What is to be owed for which resource, and within what time.
struct Return {
    resource: ResourceId,
    content: Content,
    within: Option<Duration>,
}

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (property, demand) in demands(context) {
        let Demand::Owes(resource, content, within) = demand else { continue };
        let wanted = Return { resource: *resource, content: *content, within: *within };
        findings.extend(told(context, property, &wanted));
    }
    findings
}

/// Whether some step uses a resource.
pub(super) fn is_used(context: &Context<'_>, resource: ResourceId) -> bool {
    let nodes = context.institution().procedures.iter().flat_map(|procedure| &procedure.nodes);
    nodes.into_iter().any(|node| match &node.kind {
        NodeKind::Step(step) => step.uses.iter().any(|(own, _)| *own == resource),
        NodeKind::Block(_) | NodeKind::Call(_) | NodeKind::Choose(_) => false,
    })
}

/// One finding, however many steps use the resource so.
fn told(context: &Context<'_>, property: PropertyId, wanted: &Return) -> Option<Finding> {
    let mut finding = refuted(&CHECK, context, property).fact("resource", Fact::Resource(wanted.resource));
    let (mut users, mut all) = (BTreeSet::new(), Region::empty(&context.institution().space));
    let mut first = None;
    for (id, procedure) in context.institution().procedures() {
        let acts = Acts::new(context, id, |step| step.uses.iter().any(|(own, _)| *own == wanted.resource));
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Step(step) = &it.kind else { continue };
            let Some((_, used)) = step.uses.iter().find(|(own, _)| *own == wanted.resource) else { continue };
            let Some((bodies, region)) = without_return(context, id, node, &acts, wanted) else { continue };
            finding = finding.place_of(*used, "used", "step", Fact::Node(id, node));
            users.extend(bodies);
            all = all.union(&region);
            first.get_or_insert((id, node, region));
        }
    }
    let (id, node, region) = first?;
    let finding = finding.fact("bodies", Fact::Bodies(users.into_iter().collect())).on(all);
    Some(with_run_within(context, finding, id, node, Some(Way::Outcome(0)), Some(&region)))
}

/// Those who use the resource at a step and owe nothing such for it, and where.
fn without_return(
    context: &Context<'_>,
    id: ProcedureId,
    node: NodeId,
    acts: &Acts<'_>,
    wanted: &Return,
) -> Option<(Vec<BodyId>, Region)> {
    let institution = context.institution();
    let procedure = &institution[id];
    let NodeKind::Step(step) = &procedure.nodes[node.index()].kind else { return None };
    let course = &courses(context)[id.index()];
    let here = of_classes(context, course, &(course.reach_node(node) & &course.applies(node)));
    // Who holds it uses what is its own.
    let holders = named(context, &institution[wanted.resource].holders);
    let owing = by_channels(context, wanted);
    let mut bodies = BTreeSet::new();
    let mut left = Region::empty(&institution.space);
    for (performer, _) in &step.by {
        for (users, part) in acts.who(performer, &here) {
            for user in users.into_iter().filter(|user| !holders.contains(user) && !owing.contains(user)) {
                let owed = by_clauses(context, id, node, acts, user, &part, wanted);
                let without = part.minus(&owed);
                if !without.is_empty() {
                    bodies.insert(user);
                    left = left.union(&without);
                }
            }
        }
    }
    (!bodies.is_empty()).then(|| (bodies.into_iter().collect(), left))
}

/// The receivers of channels of the resource that owe such a thing in return.
fn by_channels(context: &Context<'_>, wanted: &Return) -> BTreeSet<BodyId> {
    let carries = |channel: &&linkage_model::Channel| {
        channel.carries.iter().any(|(resource, _)| *resource == wanted.resource)
    };
    let owes = |channel: &&linkage_model::Channel| {
        channel.owes.iter().any(|(content, _, within)| {
            *content == wanted.content && in_time(context, *within, wanted.within)
        })
    };
    let channels = context.institution().channels.iter().filter(carries).filter(owes);
    channels.flat_map(|channel| named(context, &channel.receivers)).collect()
}

/// Where a clause of the procedure makes a body owe such a thing whenever it uses the resource at the step: from
/// the opening, from the close, or from the step itself.
fn by_clauses(
    context: &Context<'_>,
    id: ProcedureId,
    node: NodeId,
    acts: &Acts<'_>,
    user: BodyId,
    part: &Region,
    wanted: &Return,
) -> Region {
    let procedure = &context.institution()[id];
    let mut owed = Region::empty(&context.institution().space);
    for owe in clauses(procedure) {
        let arises = matches!(owe.upon, Upon::Open | Upon::Close) || owe.upon == Upon::Node(node);
        if owe.content != wanted.content || !arises || !in_time(context, Some(owe.within), wanted.within) {
            continue;
        }
        let back = owe.creditors.iter().any(|creditor| {
            let creditors = meant(acts, creditor, part);
            creditors.iter().any(|creditor| *creditor != user)
        });
        if !back {
            continue;
        }
        for (debtors, where_) in acts.who(&owe.debtor, part) {
            if debtors.contains(&user) {
                owed = owed.union(&where_);
            }
        }
    }
    owed
}

/// Whether a time is never longer than another, whenever it begins; without a limit anything is in time.
fn in_time(context: &Context<'_>, own: Option<Duration>, limit: Option<Duration>) -> bool {
    limit.is_none_or(|limit| own.is_some_and(|own| never_longer(context, own, limit)))
}
