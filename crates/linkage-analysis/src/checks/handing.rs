//! Who comes to a step by an act of a body: the counterpart of `authority` in the executor, for all cases at once.
//!
//! ```text
//!   hand over, designate    whom `hand over to` names; without that clause, who leads by mandate
//!                           — where they hold the powers that the step needs
//!   the lead follows        whoever was handed a step that is the lead's alone has every later step of the lead
//!   nobody leads, or all    the fallback body leads
//!   claimants decline
//! ```

use std::collections::BTreeMap;

use super::Context;
use super::duty::Acts;
use linkage_model::{BodyId, LeadershipKind, NodeId, NodeKind, Performer, PowerId, Procedure, Step};
use linkage_regions::{Region, gaps};
use linkage_text::Span;

/// Bodies, each with the part of the situations where that holds and where the rules say so.
pub(super) type Found = BTreeMap<BodyId, (Region, Span)>;

/// Adds a body on a part.
pub(super) fn add(found: &mut Found, body: BodyId, part: &Region, span: Span) {
    if part.is_empty() {
        return;
    }
    match found.get_mut(&body) {
        Some((region, _)) => *region = region.union(part),
        None => drop(found.insert(body, (part.clone(), span))),
    }
}

/// Who may come to lead a case of a procedure beside those whom its `lead` clause names.
#[derive(Default)]
pub(super) struct Handing {
    leads: Found,
    /// Those of them to whom a step of the lead is handed.
    handed: Found,
}

impl Handing {
    /// Follows the lead from hand to hand until nobody new comes to it.
    pub(super) fn of(context: &Context<'_>, acts: &Acts<'_>) -> Self {
        let mut it = Self::default();
        for (leadership, part) in acts.led() {
            let unsettled = matches!(
                leadership.kind,
                LeadershipKind::Nobody | LeadershipKind::Overlap | LeadershipKind::Resolved(_)
            );
            if let Some((fallback, span)) = context.institution().scope.fallback.filter(|_| unsettled) {
                for body in context.competence().standing_in(fallback) {
                    add(&mut it.leads, *body, part, span);
                }
            }
        }
        loop {
            let before: Vec<Region> = it.leads.values().map(|(region, _)| region.clone()).collect();
            for (node, step, region) in acts.steps() {
                let lead_alone = step.joint.is_none()
                    && !step.by.is_empty()
                    && step.by.iter().all(|(by, _)| *by == Performer::Lead);
                if lead_alone {
                    let given = it.given(context, acts, (*node, step), region);
                    for (body, (part, span)) in given {
                        add(&mut it.leads, body, &part, span);
                        add(&mut it.handed, body, &part, span);
                    }
                }
            }
            let after = it.leads.values().map(|(region, _)| region);
            let same = before.len() == it.leads.len()
                && before.iter().zip(after).all(|(before, after)| after.is_subset(before));
            if same {
                return it;
            }
        }
    }

    /// Those who may come to lead because a step of the lead is handed to them.
    pub(super) fn handed(&self) -> &Found {
        &self.handed
    }

    /// Who is meant by a performer in a region, whoever leads by then; with the parts where nobody is.
    pub(super) fn who(
        &self,
        context: &Context<'_>,
        acts: &Acts<'_>,
        (performer, span): (&Performer, Span),
        region: &Region,
    ) -> Found {
        let mut found = Found::new();
        for (bodies, part) in acts.who(performer, region) {
            for body in bodies {
                add(&mut found, body, &part, span);
            }
        }
        match performer {
            Performer::Lead => {
                for (body, (part, span)) in &self.leads {
                    add(&mut found, *body, &part.intersect(region), *span);
                }
            }
            Performer::Superior(of) => {
                let institution = context.institution();
                for (body, (part, _)) in self.who(context, acts, (of, span), region) {
                    for (above, _) in &institution[body].under {
                        for above in context.competence().standing_in(*above) {
                            add(&mut found, *above, &part, span);
                        }
                    }
                }
            }
            _ => {}
        }
        found
    }

    /// The part of a region where a performer may name nobody, whoever leads by then: the superior of a lead that has
    /// none above it is nobody.
    pub(super) fn nobody(
        &self,
        context: &Context<'_>,
        acts: &Acts<'_>,
        performer: &Performer,
        region: &Region,
    ) -> Region {
        let named = acts.who(performer, region);
        let named: Vec<&Region> =
            named.iter().filter(|(bodies, _)| !bodies.is_empty()).map(|(_, part)| part).collect();
        let mut nobody = gaps(region, &named);
        if let Performer::Superior(of) = performer {
            nobody = nobody.union(&self.nobody(context, acts, of, region));
            let institution = context.institution();
            for (body, (part, _)) in self.who(context, acts, (of, Span::default()), region) {
                let above = &institution[body].under;
                if above.iter().all(|(above, _)| context.competence().standing_in(*above).is_empty()) {
                    nobody = nobody.union(&part);
                }
            }
        }
        nobody
    }

    /// Who may be handed a step, or designated for it, beside those who perform it.
    pub(super) fn given(
        &self,
        context: &Context<'_>,
        acts: &Acts<'_>,
        (node, step): (NodeId, &Step),
        region: &Region,
    ) -> Found {
        let mut given = Found::new();
        for (performer, span) in &step.hand_over {
            for (body, (part, span)) in self.who(context, acts, (performer, *span), region) {
                add(&mut given, body, &part, span);
            }
        }
        if step.hand_over.is_empty() {
            let span = step_span(acts.procedure(), node);
            for (leadership, part) in acts.led() {
                if matches!(leadership.kind, LeadershipKind::Nobody | LeadershipKind::Outside) {
                    continue;
                }
                for body in &leadership.bodies {
                    add(&mut given, *body, &part.intersect(region), span);
                }
            }
        }
        for (body, (part, _)) in &mut given {
            *part = with_powers(context, step, *body, part);
        }
        given.retain(|_, (part, _)| !part.is_empty());
        given
    }
}

/// The part of a region where a body holds the powers that it takes to end a step in some way.
pub(super) fn with_powers(context: &Context<'_>, step: &Step, body: BodyId, region: &Region) -> Region {
    let held = |needs: &[(PowerId, Span)], within: Region| {
        needs.iter().fold(within, |left, (power, _)| {
            let held = context.competence().holdings(body, *power);
            let held = held.map(|holding| holding.region.intersect(&left)).reduce(|one, two| one.union(&two));
            held.unwrap_or_else(|| Region::empty(&context.institution().space))
        })
    };
    let here = held(&step.needs, region.clone());
    if step.outcomes.iter().any(|outcome| outcome.needs.is_empty()) {
        return here;
    }
    let ends = step.outcomes.iter().map(|outcome| held(&outcome.needs, here.clone()));
    ends.reduce(|one, two| one.union(&two)).unwrap_or(here)
}

fn step_span(procedure: &Procedure, node: NodeId) -> Span {
    let it = &procedure.nodes[node.index()];
    match &it.kind {
        NodeKind::Step(step) => step.by.first().map_or(it.head.span, |(_, span)| *span),
        _ => it.head.span,
    }
}
