//! Where bodies are to use powers: mandates with a `power` clause where they are effective, and steps with
//! `needs` in the situations that come to them.

use std::collections::BTreeMap;

use super::beginnings::starting;
use super::finding::DutyBy;
use super::{Context, Finding};
use linkage_flow::{Spot, Way};
use linkage_model::{
    BodyId, BodyKind, Holder, Lead, Leadership, LeadershipKind, NodeId, NodeKind, Performer, PowerId,
    Procedure, ProcedureId, Step,
};
use linkage_regions::Region;
use linkage_text::Span;

/// A power that is to be used.
#[derive(Debug, Clone)]
pub(super) struct Duty {
    pub power: PowerId,
    /// By all of these, or by any of these.
    pub bodies: Vec<BodyId>,
    pub all: bool,
    /// In these situations.
    pub region: Region,
    pub by: DutyBy,
    /// Where the power is named, and where the performer is.
    pub power_span: Span,
    pub performer_span: Span,
}

/// All duties, in the order of mandates, then of procedures.
pub(super) fn duties<'c>(context: &'c Context<'_>) -> &'c [Duty] {
    context.duties.get_or_init(|| {
        let mut all = Vec::new();
        by_mandates(context, &mut all);
        by_steps(context, &mut all);
        all
    })
}

fn by_mandates(context: &Context<'_>, all: &mut Vec<Duty>) {
    let (institution, division) = (context.institution(), context.division);
    for (index, claim) in division.claims().iter().enumerate() {
        let mandate = &institution[claim.mandate];
        if mandate.powers.is_empty() {
            continue;
        }
        // Where others prevail over it, it asks for nothing.
        let region = context.led(index);
        if region.is_empty() {
            continue;
        }
        for (lead, performer_span) in &mandate.leads {
            let named = context.competence().standing_in(*lead).iter();
            for body in named.filter(|body| claim.bodies.contains(body)) {
                for (power, power_span) in &mandate.powers {
                    all.push(Duty {
                        power: *power,
                        bodies: vec![*body],
                        all: true,
                        region: region.clone(),
                        by: DutyBy::Mandate(claim.mandate),
                        power_span: *power_span,
                        performer_span: *performer_span,
                    });
                }
            }
        }
    }
}

fn by_steps(context: &Context<'_>, all: &mut Vec<Duty>) {
    let institution = context.institution();
    for (id, _) in institution.procedures() {
        let acts = Acts::new(context, id, |step| !step.needs.is_empty());
        for act in acts.all() {
            for (power, power_span) in &act.step.needs {
                for (bodies, region, performer_span) in &act.groups {
                    all.push(Duty {
                        power: *power,
                        bodies: bodies.clone(),
                        all: act.step.joint.is_some(),
                        region: region.clone(),
                        by: DutyBy::Step(id, act.node),
                        power_span: *power_span,
                        performer_span: *performer_span,
                    });
                }
            }
        }
    }
}

/// The acts of a procedure: its steps with the situations that come to them, and who performs them there.
pub(super) struct Acts<'c> {
    context: &'c Context<'c>,
    procedure: &'c Procedure,
    led: Vec<(Leadership, Region)>,
    steps: Vec<(NodeId, &'c Step, Region)>,
}

/// One of them.
pub(super) struct Act<'c> {
    pub node: NodeId,
    pub step: &'c Step,
    /// Who performs it in which part, and where that is said.
    pub groups: Vec<(Vec<BodyId>, Region, Span)>,
}

impl<'c> Acts<'c> {
    /// Those of the steps that are asked for.
    pub(super) fn new(context: &'c Context<'c>, id: ProcedureId, wanted: impl Fn(&Step) -> bool) -> Self {
        Self::among(context, id, starting(context, id), wanted)
    }

    /// Those of the cases that begin in a region.
    pub(super) fn over(context: &'c Context<'c>, id: ProcedureId, begins: &Region) -> Self {
        Self::among(context, id, begins, |_| true)
    }

    fn among(
        context: &'c Context<'c>,
        id: ProcedureId,
        started: &Region,
        wanted: impl Fn(&Step) -> bool,
    ) -> Self {
        let procedure = &context.institution()[id];
        let mut acts = Self { context, procedure, led: Vec::new(), steps: Vec::new() };
        let nodes = (0..).map(NodeId).zip(&procedure.nodes);
        let steps: Vec<(NodeId, &Step)> = nodes
            .filter_map(|(node, it)| match &it.kind {
                NodeKind::Step(step) if wanted(step) => Some((node, &**step)),
                _ => None,
            })
            .collect();
        if steps.is_empty() {
            return acts;
        }
        let reached: BTreeMap<Spot, Region> = context.flows[id.index()].regions(started);
        acts.led = context.division.within(started);
        for (node, step) in steps {
            let Some(region) = reached.get(&Spot::Node(node)) else { continue };
            let region = match &step.when {
                Some((when, _)) => region.intersect(when),
                None => region.clone(),
            };
            acts.steps.push((node, step, region));
        }
        acts
    }

    /// The acts, in the order of the text.
    pub(super) fn all(&self) -> impl Iterator<Item = Act<'c>> + '_ {
        self.steps.iter().map(|(node, step, region)| {
            let mut groups: Vec<(Vec<BodyId>, Region, Span)> = Vec::new();
            for (performer, span) in &step.by {
                for (bodies, part) in self.who(performer, region) {
                    groups.push((bodies, part, *span));
                }
            }
            // Where several are named and one suffices, any of them may have the power.
            if step.joint.is_none() && step.by.len() > 1 {
                groups = any_of(&groups, region);
            }
            Act { node: *node, step, groups }
        })
    }

    /// The steps with the situations that come to them, in the order of the text.
    pub(super) fn steps(&self) -> &[(NodeId, &'c Step, Region)] {
        &self.steps
    }

    /// The procedure.
    pub(super) fn procedure(&self) -> &'c Procedure {
        self.procedure
    }

    /// Who leads in which part of the situations that start the procedure.
    pub(super) fn led(&self) -> &[(Leadership, Region)] {
        &self.led
    }

    /// Who is meant in which part of a region.
    pub(super) fn who(&self, performer: &Performer, region: &Region) -> Vec<(Vec<BodyId>, Region)> {
        performers(self.context, self.procedure, performer, &self.led, region)
    }
}

/// Parts a region so that in each part the same performers are named, and puts these together.
fn any_of(groups: &[(Vec<BodyId>, Region, Span)], region: &Region) -> Vec<(Vec<BodyId>, Region, Span)> {
    let regions: Vec<&Region> = groups.iter().map(|(_, region, _)| region).collect();
    let parts = linkage_regions::partition(region, &regions, |set| !set.is_empty(), usize::MAX).groups;
    let put = |(set, part): (Vec<usize>, Region)| {
        let first = *set.first()?;
        let mut bodies: Vec<BodyId> = set.iter().flat_map(|at| groups[*at].0.clone()).collect();
        bodies.sort_unstable();
        bodies.dedup();
        Some((bodies, part, groups[first].2))
    };
    parts.into_iter().filter_map(put).collect()
}

/// Who is meant in which part of a region. Where nobody leads a gap tells it; who reported is no body.
fn performers(
    context: &Context<'_>,
    procedure: &Procedure,
    performer: &Performer,
    led: &[(Leadership, Region)],
    region: &Region,
) -> Vec<(Vec<BodyId>, Region)> {
    let institution = context.institution();
    let named = |body: BodyId| context.competence().standing_in(body).to_vec();
    let of_kind = |kind| context.competence().of_holders(&[Holder::Kind(kind)]);
    let bodies = match performer {
        Performer::Body(body) => named(*body),
        Performer::Serving(body) => {
            let above = named(*body);
            let kind = above.first().and_then(|body| institution[*body].kind);
            let near = kind.map(of_kind).unwrap_or_default();
            above.into_iter().chain(near).collect()
        }
        Performer::Kind(kind) | Performer::KindServing(kind) => of_kind(*kind),
        Performer::Superior(of) => {
            let below = performers(context, procedure, of, led, region);
            let above = |body: BodyId| -> Vec<BodyId> {
                institution[body].under.iter().flat_map(|(above, _)| named(*above)).collect()
            };
            let lifted = below
                .into_iter()
                .map(|(bodies, part)| (bodies.into_iter().flat_map(above).collect::<Vec<_>>(), part));
            return lifted.filter(|(bodies, _)| !bodies.is_empty()).collect();
        }
        Performer::Lead => {
            if let Some((Lead::Performer(lead), _)) = &procedure.lead
                && *lead != Performer::Lead
            {
                return performers(context, procedure, lead, led, region);
            }
            let mut parts: Vec<(Vec<BodyId>, Region)> = Vec::new();
            for (leadership, part) in led {
                let part = part.intersect(region);
                if part.is_empty()
                    || matches!(leadership.kind, LeadershipKind::Nobody | LeadershipKind::Outside)
                {
                    continue;
                }
                // Whoever of several will have the case must hold the power.
                for body in &leadership.bodies {
                    match parts.iter_mut().find(|(bodies, _)| bodies.as_slice() == [*body]) {
                        Some((_, whole)) => *whole = whole.union(&part),
                        None => parts.push((vec![*body], part.clone())),
                    }
                }
            }
            return parts;
        }
        Performer::Support(kind) => return supporters(context, procedure, *kind, region),
        Performer::Reporter => Vec::new(),
    };
    if bodies.is_empty() { Vec::new() } else { vec![(bodies, region.clone())] }
}

/// Those who support in which part of a region: by the procedure, and by the mandates that count there.
fn supporters(
    context: &Context<'_>,
    procedure: &Procedure,
    kind: Option<BodyKind>,
    region: &Region,
) -> Vec<(Vec<BodyId>, Region)> {
    let bodies = |supports: &[(Holder, Span)]| {
        let holders: Vec<Holder> = supports.iter().map(|(holder, _)| *holder).collect();
        let mut bodies = context.competence().of_holders(&holders);
        bodies.retain(|body| kind.is_none() || context.institution()[*body].kind == kind);
        bodies
    };
    let nowhere = Span::default();
    let mut groups = vec![(bodies(&procedure.supports), region.clone(), nowhere)];
    for (id, mandate) in context.institution().mandates().filter(|(_, mandate)| !mandate.supports.is_empty())
    {
        let own = bodies(&mandate.supports);
        if !own.is_empty() && !mandate.region.is_disjoint(region) {
            groups.push((own, context.supporting(id).intersect(region), nowhere));
        }
    }
    groups.retain(|(bodies, part, _)| !bodies.is_empty() && !part.is_empty());
    any_of(&groups, region).into_iter().map(|(bodies, part, _)| (bodies, part)).collect()
}

/// Adds a case of a duty as the witness: a situation, or the run to the step and its first outcome.
pub(super) fn witnessed(context: &Context<'_>, finding: Finding, by: DutyBy, region: &Region) -> Finding {
    let finding = finding.on(region.clone());
    match by {
        DutyBy::Mandate(_) => finding,
        DutyBy::Step(procedure, node) => {
            let then = Some(Way::Outcome(0));
            super::graph::with_run_within(context, finding, procedure, node, then, Some(region))
        }
    }
}
