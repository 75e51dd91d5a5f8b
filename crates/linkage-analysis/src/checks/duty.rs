//! Where bodies are to use powers: mandates with a `power` clause where they are effective, and steps with
//! `needs` in the situations that come to them.

use std::collections::BTreeMap;

use super::beginnings::starting;
use super::finding::DutyBy;
use super::{Context, Finding};
use linkage_flow::{Spot, Way};
use linkage_model::{
    Bearer, BodyId, BodyKind, Holder, Lead, Leadership, LeadershipKind, NodeId, NodeKind, Performer, PowerId,
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
    /// Whether they have the step as the fallback body: nobody leads there, or answers to what the rules name.
    pub fallback: bool,
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
                        fallback: false,
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
        let acts = Acts::new(context, id, |step| step.all_needs().next().is_some());
        for act in acts.all() {
            let left = acts.left_to_fallback(&act);
            let everywhere = act.step.needs.iter().map(|own| (*own, None, false));
            let of_ends = act
                .step
                .outcomes
                .iter()
                .flat_map(|end| end.needs.iter().map(|own| (*own, end.when.as_ref(), true)));
            for ((power, power_span), when, of_outcome) in everywhere.chain(of_ends) {
                let part =
                    |region: &Region| when.map_or_else(|| region.clone(), |when| region.intersect(when));
                for (bodies, region, performer_span) in &act.groups {
                    all.push(Duty {
                        power,
                        bodies: bodies.clone(),
                        all: act.step.joint.is_some(),
                        region: part(region),
                        fallback: false,
                        by: DutyBy::Step(id, act.node),
                        power_span,
                        performer_span: *performer_span,
                    });
                }
                // The fallback body can still send a case on by an outcome that takes no power.
                let free = of_outcome && act.step.outcomes.iter().any(|end| end.needs.is_empty());
                for (bodies, region) in left.iter().filter(|_| !free) {
                    let performer_span = act.step.by.first().map_or(power_span, |(_, span)| *span);
                    all.push(Duty {
                        power,
                        bodies: bodies.clone(),
                        all: false,
                        region: part(region),
                        fallback: true,
                        by: DutyBy::Step(id, act.node),
                        power_span,
                        performer_span,
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

    /// The part of an act that the fallback body has, since nobody else answers to what the rules name, with the
    /// bodies that are it there. What who reported is to do is nobody else's.
    fn left_to_fallback(&self, act: &Act<'_>) -> Vec<(Vec<BodyId>, Region)> {
        let fallback = self.context.institution().scope.fallback;
        let Some((fallback, _)) = fallback.filter(|_| !act.step.by.is_empty()) else { return Vec::new() };
        if act.step.by.iter().any(|(performer, _)| is_reporter(performer)) {
            return Vec::new();
        }
        let Some((.., region)) = self.steps.iter().find(|(node, ..)| *node == act.node) else {
            return Vec::new();
        };
        let answered: Vec<&Region> = act.groups.iter().map(|(_, part, _)| part).collect();
        standing_parts(self.context, &[fallback], &linkage_regions::gaps(region, &answered))
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

fn is_reporter(performer: &Performer) -> bool {
    match performer {
        Performer::Reporter => true,
        Performer::Superior(of) => is_reporter(of),
        Performer::Lead
        | Performer::Support(_)
        | Performer::Body(_)
        | Performer::Serving(_)
        | Performer::Kind(_)
        | Performer::KindServing(_) => false,
    }
}

/// A region parted by the bodies for which names stand there on the day; where they stand for nobody is left out.
pub(super) fn standing_parts(
    context: &Context<'_>,
    names: &[BodyId],
    region: &Region,
) -> Vec<(Vec<BodyId>, Region)> {
    let (institution, day) = (context.institution(), context.division.day);
    let bearers: Vec<Bearer> = names.iter().flat_map(|name| institution.bearers(*name, day)).collect();
    let mut everywhere: Vec<BodyId> =
        bearers.iter().filter(|it| it.region.is_none()).map(|it| it.body).collect();
    let placed: Vec<&Bearer> = bearers.iter().filter(|it| it.region.is_some()).collect();
    everywhere.sort_unstable();
    everywhere.dedup();
    if placed.is_empty() {
        let there = !everywhere.is_empty() && !region.is_empty();
        return there.then(|| (everywhere, region.clone())).into_iter().collect();
    }
    let regions: Vec<&Region> = placed.iter().filter_map(|it| it.region.as_ref()).collect();
    let parts = linkage_regions::partition(region, &regions, |_| true, usize::MAX).groups;
    let here = |(set, part): (Vec<usize>, Region)| {
        let own = set.into_iter().map(|at| placed[at].body);
        let mut bodies: Vec<BodyId> = everywhere.iter().copied().chain(own).collect();
        bodies.sort_unstable();
        bodies.dedup();
        (!bodies.is_empty()).then_some((bodies, part))
    };
    parts.into_iter().filter_map(here).collect()
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
    let of_kind = |kind| context.competence().of_holders(&[Holder::Kind(kind)]);
    let bodies = match performer {
        Performer::Body(body) => return standing_parts(context, &[*body], region),
        Performer::Serving(body) => {
            let near = |(above, part): (Vec<BodyId>, Region)| {
                let kind = above.first().and_then(|body| institution[*body].kind);
                let near = kind.map(of_kind).unwrap_or_default();
                (above.into_iter().chain(near).collect(), part)
            };
            return standing_parts(context, &[*body], region).into_iter().map(near).collect();
        }
        Performer::Kind(kind) | Performer::KindServing(kind) => of_kind(*kind),
        Performer::Superior(of) => {
            let below = performers(context, procedure, of, led, region);
            let lifted = |(bodies, part): (Vec<BodyId>, Region)| {
                let above = bodies.iter().flat_map(|body| &institution[*body].under).map(|(above, _)| *above);
                standing_parts(context, &above.collect::<Vec<_>>(), &part)
            };
            return below.into_iter().flat_map(lifted).collect();
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
    let nowhere = Span::default();
    let parts = |supports: &[(Holder, Span)], region: &Region| -> Vec<(Vec<BodyId>, Region, Span)> {
        let meant = |(holder, _): &(Holder, Span)| match holder {
            Holder::Body(body) => standing_parts(context, &[*body], region),
            Holder::Kind(_) => vec![(context.competence().of_holders(&[*holder]), region.clone())],
        };
        let of_kind = |(mut bodies, part): (Vec<BodyId>, Region)| {
            bodies.retain(|body| kind.is_none() || context.institution()[*body].kind == kind);
            (bodies, part, nowhere)
        };
        supports.iter().flat_map(meant).map(of_kind).collect()
    };
    let mut groups = parts(&procedure.supports, region);
    for (id, mandate) in context.institution().mandates().filter(|(_, mandate)| !mandate.supports.is_empty())
    {
        if !mandate.region.is_disjoint(region) {
            groups.extend(parts(&mandate.supports, &context.supporting(id).intersect(region)));
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
