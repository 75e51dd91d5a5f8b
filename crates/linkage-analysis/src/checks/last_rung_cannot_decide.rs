//! E007: the last rung stands neither above those who act nor leads, nor holds the powers that are needed.

use super::duty::Acts;
use super::graph::with_run_within;
use super::ladder::{by_time, ladders, named};
use super::{Check, Context, Fact, Finding};
use linkage_flow::Way;
use linkage_model::{BodyId, Forum, LeadershipKind, NodeId, Step};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "E007",
    name: "last-rung-cannot-decide",
    severity: Severity::Warning,
    page: include_str!("last_rung_cannot_decide.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ladder in ladders(context) {
        let Some(last) = ladder.rungs.iter().rfind(|rung| by_time(rung)) else { continue };
        let bodies = named(context, &last.to);
        if bodies.is_empty() || bodies.iter().any(|body| decides_all(context, *body)) {
            continue;
        }
        let acts = Acts::new(context, ladder.id, |step| {
            ladder.steps.iter().any(|(_, own)| std::ptr::eq(*own, step))
        });
        let mut failing: Vec<(NodeId, Vec<BodyId>, Region)> = Vec::new();
        for act in acts.all() {
            for (performers, region, _) in &act.groups {
                // Where several may act, whoever it is must be under the last rung.
                let left = bodies.iter().fold(region.clone(), |left, body| {
                    left.minus(&decided(context, *body, performers, act.step, &left, acts.led()))
                });
                if !left.is_empty() {
                    failing.push((act.node, performers.clone(), left));
                }
            }
        }
        let Some((node, _, region)) = failing.first().cloned() else { continue };
        let mut nodes: Vec<NodeId> = failing.iter().map(|(node, ..)| *node).collect();
        nodes.dedup();
        let mut over: Vec<BodyId> =
            failing.iter().flat_map(|(_, performers, _)| performers.clone()).collect();
        over.sort_unstable();
        over.dedup();
        let mut finding = Finding::new(&CHECK)
            .fact("bodies", Fact::Bodies(bodies))
            .fact("steps", Fact::Nodes(ladder.id, nodes.clone()))
            .fact("performers", Fact::Bodies(over))
            .fact("procedure", Fact::Procedure(ladder.id))
            .place(last.span, "last");
        for node in nodes {
            finding = finding.place(ladder.procedure.nodes[node.index()].head.span, "step");
        }
        let cuboids = failing.iter().flat_map(|(.., region)| region.cuboids().iter().cloned());
        let whole = Region::from_cuboids(&context.institution().space, cuboids);
        findings.push(with_run_within(
            context,
            finding.on(whole),
            ladder.id,
            node,
            Some(Way::Timeout),
            Some(&region),
        ));
    }
    findings
}

/// Whether the rules name a body to decide what nobody else does.
fn decides_all(context: &Context<'_>, body: BodyId) -> bool {
    let scope = &context.institution().scope;
    scope.forums.iter().any(|(forum, _)| matches!(forum, Forum::Coordinator(own) if *own == body))
}

/// Where a body can decide a step: it acts there itself, stands above all who may, leads, or holds all powers
/// that the step needs.
fn decided(
    context: &Context<'_>,
    body: BodyId,
    performers: &[BodyId],
    step: &Step,
    region: &Region,
    led: &[(linkage_model::Leadership, Region)],
) -> Region {
    let over =
        |own: &BodyId| *own == body || context.hierarchy.above(*own).iter().any(|(above, _)| *above == body);
    if performers.iter().all(over) {
        return region.clone();
    }
    let nothing = Region::empty(&context.institution().space);
    let leads = led.iter().filter(|(leadership, _)| {
        !matches!(leadership.kind, LeadershipKind::Nobody | LeadershipKind::Outside)
            && leadership.bodies.contains(&body)
    });
    let mut decided = leads.fold(nothing, |all, (_, part)| all.union(&part.intersect(region)));
    if !step.needs.is_empty() {
        let held = step.needs.iter().fold(region.clone(), |held, (power, _)| {
            held.intersect(&context.competence().held(body, *power))
        });
        decided = decided.union(&held);
    }
    decided
}
