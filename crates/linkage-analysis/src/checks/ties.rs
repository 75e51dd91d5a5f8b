//! Who works together with whom: what the rules bring two bodies together by.
//!
//! ```text
//!   mandate      lead ── supporters, supervisors, co-leads; supporters named alone ── who leads there
//!   procedure    lead ── chair, supporters, supervisors     performer ── performer of the step that follows
//!                performer ── who takes part                performer ── target of a rung
//!                debtor ── creditor                         lead ── who is told at the close
//!   channel      giver ── receiver                          passing      giver ── receiver
//!   resolution   coordinator ── leads of the mandates that it is between
//! ```
//!
//! Standing above another is no tie: a superior works with those below it only where a rule says so. Where both
//! steps are the lead's the case stays where it is.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::visit::EdgeRef;

use super::Context;
use super::duty::Acts;
use super::ladder::ladders;
use super::owing::clauses;
use super::reach::named;
use crate::network::Network;
use linkage_flow::Spot;
use linkage_model::{
    BodyId, Forum, Holder, MandateId, NodeId, Owe, Performer, Procedure, ProcedureId, Standing, Trigger,
};
use linkage_regions::Region;

/// What two bodies are brought together by.
#[derive(Debug, Clone, Default)]
pub(super) struct Tie {
    pub procedures: BTreeSet<ProcedureId>,
    /// Whether also by a mandate, a channel, a passing, a resolution.
    pub otherwise: bool,
}

/// Who works together with whom on the day.
#[derive(Debug, Clone, Default)]
pub(super) struct Ties {
    /// By pairs, the lesser body first.
    pub pairs: BTreeMap<(BodyId, BodyId), Tie>,
    /// All bodies that do something, alone or with others.
    pub acting: BTreeSet<BodyId>,
    /// These, and who is only there in case: a fallback, a forum, the bodies of what is not in force.
    pub taking_part: BTreeSet<BodyId>,
}

/// The ties, computed once.
pub(super) fn ties<'c>(context: &'c Context<'_>) -> &'c Ties {
    context.ties.get_or_init(|| {
        let mut ties = Ties::default();
        mandates(context, &mut ties);
        supporters_beside(context, &mut ties);
        declarations(context, &mut ties);
        for (id, procedure) in context.institution().procedures() {
            of_procedure(context, id, procedure, &mut ties);
        }
        rungs(context, &mut ties);
        ties.taking_part.extend(&ties.acting);
        ties
    })
}

impl Ties {
    /// All bodies as a network.
    pub(super) fn network(&self, context: &Context<'_>) -> Network {
        let pairs = self.pairs.keys().map(|(one, other)| (one.index(), other.index()));
        Network::new(context.institution().bodies.len(), pairs)
    }

    /// The bodies that work together with another.
    pub(super) fn tied(&self) -> BTreeSet<BodyId> {
        self.pairs.keys().flat_map(|(one, other)| [*one, *other]).collect()
    }

    fn tie(&mut self, ones: &[BodyId], others: &[BodyId], by: Option<ProcedureId>) {
        self.acting.extend(ones.iter().chain(others));
        for one in ones {
            for other in others.iter().filter(|other| *other != one) {
                let tie = self.pairs.entry((*one.min(other), *one.max(other))).or_default();
                tie.procedures.extend(by);
                tie.otherwise |= by.is_none();
            }
        }
    }
}

/// Whether a body is there to act on the day: no slot, and no old name.
pub(super) fn acts_itself(context: &Context<'_>, body: BodyId) -> bool {
    context.competence().standing_in(body) == [body]
}

fn mandates(context: &Context<'_>, ties: &mut Ties) {
    for (id, mandate) in context.institution().mandates() {
        let leads = leads(context, id);
        let supports: Vec<Holder> = mandate.supports.iter().map(|(holder, _)| *holder).collect();
        let mut others = context.competence().of_holders(&supports);
        others.extend(named(context, &mandate.supervisors));
        match context.division.standing(id) {
            Standing::Claims | Standing::NoLead => {
                ties.tie(&leads, &others, None);
                ties.tie(&leads, &leads, None);
            }
            // What is not in force names them all the same.
            _ => ties.taking_part.extend(leads.into_iter().chain(others)),
        }
    }
}

/// Who supports by a mandate that names nobody to lead works with those who lead there by others.
fn supporters_beside(context: &Context<'_>, ties: &mut Ties) {
    let (division, institution) = (context.division, context.institution());
    for (id, mandate) in institution.mandates() {
        if *division.standing(id) != Standing::NoLead || mandate.supports.is_empty() {
            continue;
        }
        let supports: Vec<Holder> = mandate.supports.iter().map(|(holder, _)| *holder).collect();
        let supporters = context.competence().of_holders(&supports);
        for claim in division.claims().iter().filter(|claim| !claim.region.is_disjoint(&mandate.region)) {
            ties.tie(&claim.bodies, &supporters, None);
        }
    }
}

/// Those who lead a mandate on the day.
fn leads(context: &Context<'_>, id: MandateId) -> Vec<BodyId> {
    named(context, &context.institution()[id].leads).into_iter().collect()
}

fn declarations(context: &Context<'_>, ties: &mut Ties) {
    let institution = context.institution();
    let all = |bodies: BTreeSet<BodyId>| bodies.into_iter().collect::<Vec<_>>();
    for channel in &institution.channels {
        ties.tie(&all(named(context, &channel.givers)), &all(named(context, &channel.receivers)), None);
    }
    for passing in &institution.passings {
        ties.tie(&all(named(context, &passing.givers)), &all(named(context, &passing.receivers)), None);
    }
    let deciding = |forum: &Forum| match forum {
        Forum::Coordinator(body) => context.competence().standing_in(*body).to_vec(),
        _ => Vec::new(),
    };
    for resolution in &institution.resolutions {
        let between: Vec<BodyId> =
            resolution.between.iter().flat_map(|(mandate, _)| leads(context, *mandate)).collect();
        for (forum, _) in &resolution.forums {
            ties.tie(&deciding(forum), &between, None);
        }
    }
    let fallback: Vec<_> = institution.scope.fallback.into_iter().collect();
    let forums = institution.scope.forums.iter().flat_map(|(forum, _)| deciding(forum));
    ties.taking_part.extend(named(context, &fallback).into_iter().chain(forums));
    for clause in institution.governance.iter().flat_map(|it| [&it.adopt, &it.migrate, &it.purge]) {
        ties.taking_part.extend(named(context, clause));
    }
}

fn of_procedure(context: &Context<'_>, id: ProcedureId, procedure: &Procedure, ties: &mut Ties) {
    let acts = Acts::new(context, id, |_| true);
    let everywhere = super::beginnings::starting(context, id);
    let who = |performer: &Performer, region: &Region| meant(&acts, performer, region);
    let lead = who(&Performer::Lead, everywhere);
    ties.acting.extend(&lead);
    let holders: Vec<Holder> = procedure.supports.iter().map(|(holder, _)| *holder).collect();
    let chair =
        procedure.chair.into_iter().flat_map(|chair| context.competence().standing_in(chair.body).to_vec());
    let mut others: Vec<BodyId> = context.competence().of_holders(&holders);
    others.extend(chair.chain(named(context, &procedure.supervisors)));
    ties.tie(&lead, &others, Some(id));
    for (trigger, _) in &procedure.triggers {
        if let Trigger::Request(holders, _) = trigger {
            ties.taking_part.extend(context.competence().of_holders(holders));
        }
    }
    for (node, step, region) in acts.steps() {
        let own: Vec<BodyId> = step.by.iter().flat_map(|(performer, _)| who(performer, region)).collect();
        let with: Vec<BodyId> = step.with.iter().flat_map(|(performer, _)| who(performer, region)).collect();
        ties.tie(&own, &with, Some(id));
        if step.joint.is_some() {
            ties.tie(&own, &own, Some(id));
        }
        following(context, id, &acts, *node, &mut |next, behind| {
            for (performer, _) in &step.by {
                for (then, _) in &next.by {
                    if (performer, then) == (&Performer::Lead, &Performer::Lead) {
                        continue;
                    }
                    // Only who performs both in one situation hands over.
                    for (givers, part) in acts.who(performer, region) {
                        let common = part.intersect(behind);
                        if !common.is_empty() {
                            ties.tie(&givers, &who(then, &common), Some(id));
                        }
                    }
                }
            }
        });
    }
    for Owe { debtor, creditors, .. } in clauses(procedure) {
        for creditor in creditors {
            ties.tie(&who(debtor, everywhere), &who(creditor, everywhere), Some(id));
        }
    }
    for (told, ..) in procedure.closing.iter().flat_map(|closing| &closing.tell) {
        ties.tie(&lead, &who(told, everywhere), Some(id));
    }
}

/// The steps that follow a step, whatever stands between that is no step, with the situations that come there.
fn following<'c>(
    context: &Context<'_>,
    id: ProcedureId,
    acts: &Acts<'c>,
    node: NodeId,
    tell: &mut impl FnMut(&'c linkage_model::Step, &Region),
) {
    let flow = &context.flows[id.index()];
    let (mut seen, mut open) = (BTreeSet::new(), vec![flow.at(node)]);
    while let Some(at) = open.pop() {
        for edge in flow.graph.edges(at) {
            let to = edge.target();
            if !seen.insert(to) {
                continue;
            }
            let step = |own: &&(NodeId, &'c linkage_model::Step, Region)| flow.graph[to] == Spot::Node(own.0);
            match acts.steps().iter().find(step) {
                Some((_, step, region)) => tell(step, region),
                None => open.push(to),
            }
        }
    }
}

/// All who are meant somewhere in a region.
pub(super) fn meant(acts: &Acts<'_>, performer: &Performer, region: &Region) -> Vec<BodyId> {
    let parts = acts.who(performer, region);
    let mut bodies: Vec<BodyId> = parts.into_iter().flat_map(|(bodies, _)| bodies).collect();
    bodies.sort_unstable();
    bodies.dedup();
    bodies
}

fn rungs(context: &Context<'_>, ties: &mut Ties) {
    for (id, _) in context.institution().procedures() {
        let acts = Acts::new(context, id, |_| true);
        for ladder in ladders(context).iter().filter(|ladder| ladder.id == id) {
            for (node, step) in &ladder.steps {
                let Some((.., region)) = acts.steps().iter().find(|(own, ..)| own == node) else { continue };
                let who = |performer: &Performer| meant(&acts, performer, region);
                let by: Vec<BodyId> = step.by.iter().flat_map(|(performer, _)| who(performer)).collect();
                for rung in ladder.rungs {
                    ties.tie(&by, &who(&rung.to), Some(id));
                }
            }
        }
    }
}
