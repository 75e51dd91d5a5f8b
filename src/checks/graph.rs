//! What the checks of procedures share: where a case can stand, and the run that brings it there.

use super::{Context, Finding, Witness};
use crate::flow::Spot;
use crate::model::{NodeId, Procedure, ProcedureId, Trigger};
use crate::space::{Point, Region};

/// The situations that start a procedure: those of its report triggers, else the whole scope.
pub(super) fn starting(context: &Context<'_>, procedure: &Procedure) -> Region {
    let institution = context.institution();
    let reported = procedure.triggers.iter().filter_map(|(trigger, _)| match trigger {
        Trigger::Report(region) | Trigger::Count(_, _, region) => Some(region),
        _ => None,
    });
    let empty = Region::empty(&institution.space);
    let started = reported.fold(empty, |all, region| all.union(region));
    if started.is_empty() { institution.scope.region.clone() } else { started }
}

/// The least situation that starts a procedure.
pub(super) fn first_case(context: &Context<'_>, procedure: &Procedure) -> Option<Point> {
    starting(context, procedure).witness()
}

/// The nodes that a case can come to.
pub(super) fn reachable(context: &Context<'_>, procedure: ProcedureId) -> Vec<NodeId> {
    let spots = context.flows[procedure.index()].reachable();
    spots.into_iter().filter_map(|spot| if let Spot::Node(node) = spot { Some(node) } else { None }).collect()
}

/// Adds the shortest run to a node as the witness.
pub(super) fn with_run(context: &Context<'_>, finding: Finding, procedure: ProcedureId, node: NodeId) -> Finding {
    let run = context.flows[procedure.index()].run_to(Spot::Node(node));
    let case = first_case(context, &context.institution()[procedure]);
    match (run, case) {
        (Some(run), Some(case)) => Finding { witness: Some(Witness::Run(procedure, run, case)), ..finding },
        _ => finding,
    }
}
