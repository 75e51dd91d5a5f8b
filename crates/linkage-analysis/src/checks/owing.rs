//! What is owed by the clauses of procedures: where it arises, and who then owes whom.

use super::Context;
use super::beginnings::starting;
use super::duty::Acts;
use super::graph::with_run_within;
use super::{Finding, Witness};
use linkage_flow::Way;
use linkage_model::{BodyId, NodeId, NodeKind, Owe, Performer, Procedure, ProcedureId, Upon};
use linkage_regions::Region;

/// A clause, with the situations in which it can arise.
pub(super) struct Owing<'c> {
    pub id: ProcedureId,
    pub procedure: &'c Procedure,
    pub owe: &'c Owe,
    pub region: Region,
}

/// Every clause of a procedure that says what is owed.
pub(super) fn clauses(procedure: &Procedure) -> impl Iterator<Item = &Owe> {
    let steps = procedure.nodes.iter().flat_map(|node| match &node.kind {
        NodeKind::Step(step) => step.owes.as_slice(),
        _ => &[],
    });
    procedure.owes.iter().chain(steps)
}

/// All clauses that can arise, each told with the acts of its procedure.
pub(super) fn owing<'c>(context: &'c Context<'c>, mut tell: impl FnMut(&Owing<'c>, &Acts<'c>)) {
    for (id, procedure) in context.institution().procedures() {
        if clauses(procedure).next().is_none() {
            continue;
        }
        let acts = Acts::new(context, id, |_| true);
        let started = starting(context, id);
        for owe in clauses(procedure) {
            let at = |node: NodeId| {
                let step = acts.steps().iter().find(|(own, ..)| *own == node);
                step.map_or_else(|| started.clone(), |(.., region)| region.clone())
            };
            let region = if let Upon::Node(node) = owe.upon { at(node) } else { started.clone() };
            if !region.is_empty() {
                tell(&Owing { id, procedure, owe, region }, &acts);
            }
        }
    }
}

impl<'c> Owing<'c> {
    /// Who is meant by a party of the clause, in which part of where it arises.
    pub(super) fn parties(&self, acts: &Acts<'c>, party: &Performer) -> Vec<(Vec<BodyId>, Region)> {
        acts.who(party, &self.region)
    }

    /// Adds the run to where it arises, within a region, as the witness.
    pub(super) fn witnessed(&self, context: &Context<'_>, mut finding: Finding, region: &Region) -> Finding {
        match self.owe.upon {
            Upon::Node(node) => {
                // It arises when the node is finished.
                let step = matches!(self.procedure.nodes[node.index()].kind, NodeKind::Step(_));
                let then = step.then_some(Way::Outcome(0));
                with_run_within(context, finding, self.id, node, then, Some(region))
            }
            Upon::Open | Upon::Close => {
                finding.witness = region.witness().map(Witness::Situation);
                finding
            }
        }
    }
}
