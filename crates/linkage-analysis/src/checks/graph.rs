//! What the checks of procedures share: where a case can stand, and the run that brings it there.

use super::beginnings::starting;
use super::{Context, Finding, Witness};
use linkage_flow::{Spot, Way};
use linkage_model::{NodeId, ProcedureId};
use linkage_regions::{Point, Region};

/// The least situation in which a case of a procedure begins.
pub(super) fn first_case(context: &Context<'_>, procedure: ProcedureId) -> Option<Point> {
    starting(context, procedure).witness()
}

/// The nodes that a case can come to.
pub(super) fn reachable(context: &Context<'_>, procedure: ProcedureId) -> Vec<NodeId> {
    let spots = context.flows[procedure.index()].reachable();
    spots.into_iter().filter_map(|spot| if let Spot::Node(node) = spot { Some(node) } else { None }).collect()
}

/// Adds the shortest run to a node as the witness.
pub(super) fn with_run(
    context: &Context<'_>,
    finding: Finding,
    procedure: ProcedureId,
    node: NodeId,
) -> Finding {
    with_run_and(context, finding, procedure, node, None)
}

/// Adds the shortest run to a node, and what happens there, as the witness.
pub(super) fn with_run_and(
    context: &Context<'_>,
    finding: Finding,
    procedure: ProcedureId,
    node: NodeId,
    then: Option<Way>,
) -> Finding {
    with_run_within(context, finding, procedure, node, then, None)
}

/// The same, for situations of a region only.
pub(super) fn with_run_within(
    context: &Context<'_>,
    finding: Finding,
    procedure: ProcedureId,
    node: NodeId,
    then: Option<Way>,
    region: Option<&Region>,
) -> Finding {
    let started = starting(context, procedure);
    let started = region.map_or_else(|| started.clone(), |region| started.intersect(region));
    match shortest_run(context, procedure, Spot::Node(node), &started) {
        Some(Witness::Run(procedure, mut run, case)) => {
            if let Some(last) = run.last_mut() {
                last.way = then;
            }
            finding.shown_by(Witness::Run(procedure, run, case))
        }
        _ => finding,
    }
}

/// The shortest run of a procedure to a spot, in the least situation of a region that takes it.
pub(super) fn shortest_run(
    context: &Context<'_>,
    procedure: ProcedureId,
    spot: Spot,
    from: &Region,
) -> Option<Witness> {
    let (run, region) = context.flows[procedure.index()].run_to(spot, from)?;
    Some(Witness::Run(procedure, run, region.witness()?))
}
