//! G004: a rule that follows people or puts together what is known of them.

use std::collections::BTreeSet;

use super::duty::Acts;
use super::graph::with_run_within;
use super::reach::named;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, BodyKind, ChannelMode, ResourceId, Trigger};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "G004",
    name: "people-tracked",
    severity: Severity::Error,
    page: include_str!("people_tracked.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    in_channels(context, &mut findings);
    in_steps(context, &mut findings);
    kept(context, &mut findings);
    findings
}

/// Personal data that is bought, handed to or by those who are no public body, or put together on the way.
fn in_channels(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let institution = context.institution();
    for (id, channel) in institution.channels() {
        let personal = channel.carries.iter().filter(|(resource, _)| is_personal(context, *resource));
        let personal: Vec<_> = personal.copied().collect();
        let Some((_, span)) = personal.first() else { continue };
        let resources: Vec<ResourceId> = personal.iter().map(|(resource, _)| *resource).collect();
        let finding = |sentence| {
            Finding::new(&CHECK)
                .told_by(sentence)
                .fact("channel", Fact::Channel(id))
                .fact("resources", Fact::Resources(resources.clone()))
                .place(*span, "used")
        };
        if channel.mode == Some(ChannelMode::Purchase) {
            findings.push(finding("bought"));
        }
        let ends = named(context, &channel.givers).into_iter().chain(named(context, &channel.receivers));
        let private: BTreeSet<BodyId> = ends.filter(|body| is_private(context, *body)).collect();
        if !private.is_empty() {
            let private = Fact::Bodies(private.into_iter().collect());
            findings.push(finding("handed").fact("bodies", private));
        }
        if apart(context, &resources) {
            findings.push(finding("joined"));
        }
    }
}

/// Steps that join registers, that begin by the clock, or that are done by those who are no public body.
fn in_steps(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (id, procedure) in context.institution().procedures() {
        let clock = procedure.triggers.iter().any(|(trigger, _)| matches!(trigger, Trigger::Schedule(_)));
        let acts = Acts::new(context, id, |step| step.uses.iter().any(|(own, _)| is_personal(context, *own)));
        for act in acts.all() {
            let personal = act.step.uses.iter().filter(|(resource, _)| is_personal(context, *resource));
            let personal: Vec<_> = personal.copied().collect();
            let resources: Vec<ResourceId> = personal.iter().map(|(resource, _)| *resource).collect();
            let taken = act.groups.iter().filter(|(_, region, _)| !region.is_empty());
            let private: BTreeSet<BodyId> = taken
                .flat_map(|(bodies, ..)| bodies.iter().copied())
                .filter(|body| is_private(context, *body))
                .collect();
            let mut told: Vec<&'static str> = Vec::new();
            told.extend(clock.then_some("clock"));
            told.extend(apart(context, &resources).then_some("linked"));
            told.extend((!private.is_empty()).then_some("private"));
            for sentence in told {
                let mut finding = super::courses::at(Finding::new(&CHECK).told_by(sentence), id, act.node)
                    .fact("resources", Fact::Resources(resources.clone()))
                    .fact("bodies", Fact::Bodies(private.iter().copied().collect()));
                for (_, span) in &personal {
                    finding = finding.place(*span, "used");
                }
                findings.push(with_run_within(context, finding, id, act.node, None, None));
            }
        }
    }
}

/// Registers that nothing asks for, and what those keep who are no public body.
fn kept(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let institution = context.institution();
    let steps = institution.procedures.iter().flat_map(|procedure| &procedure.nodes);
    let used: BTreeSet<ResourceId> = steps
        .filter_map(|node| match &node.kind {
            linkage_model::NodeKind::Step(step) => Some(step.uses.iter().map(|(resource, _)| *resource)),
            _ => None,
        })
        .flatten()
        .collect();
    let carried = institution.channels.iter().flat_map(|channel| &channel.carries);
    let carried: BTreeSet<ResourceId> = carried.map(|(resource, _)| *resource).collect();
    for (id, resource) in institution.resources().filter(|(id, _)| is_personal(context, *id)) {
        let finding = |sentence| {
            Finding::new(&CHECK)
                .told_by(sentence)
                .fact("resources", Fact::Resources(vec![id]))
                .place(resource.head.span, "kept")
        };
        if !used.contains(&id) && !carried.contains(&id) {
            findings.push(finding("idle"));
        }
        let private: Vec<BodyId> =
            named(context, &resource.holders).into_iter().filter(|body| is_private(context, *body)).collect();
        if resource.personal == Some(true) && !private.is_empty() {
            findings.push(finding("held").fact("bodies", Fact::Bodies(private)));
        }
    }
}

fn is_personal(context: &Context<'_>, resource: ResourceId) -> bool {
    context.institution()[resource].personal.is_some()
}

/// Whether a body is neither an organ of the state nor a committee that the law charges with keeping files.
fn is_private(context: &Context<'_>, body: BodyId) -> bool {
    matches!(
        context.institution()[body].kind,
        Some(
            BodyKind::Enterprise
                | BodyKind::SocialOrganisation
                | BodyKind::Volunteer
                | BodyKind::Auxiliary
                | BodyKind::Resident
        )
    )
}

/// Whether two of these registers are kept for no purpose in common; who names none says nothing (R004).
fn apart(context: &Context<'_>, resources: &[ResourceId]) -> bool {
    let purposes = |resource: &ResourceId| &context.institution()[*resource].purposes;
    resources.iter().enumerate().any(|(at, one)| {
        resources[at + 1..].iter().any(|other| {
            let (own, others) = (purposes(one), purposes(other));
            one != other
                && !own.is_empty()
                && !others.is_empty()
                && !own.iter().any(|purpose| others.contains(purpose))
        })
    })
}
