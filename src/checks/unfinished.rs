//! Procedures in which some nodes are never finished, and the runs that come to the end all the same.

use super::Context;
use super::graph::starting;
use crate::flow::{Flow, Run, Spot};
use crate::model::{NodeId, NodeKind, Procedure};
use crate::space::Region;

/// The procedure with no way out of these nodes that finishes them. A step that runs out of time or is refused is
/// not finished: its other ways stay.
pub(super) fn unfinished(procedure: &Procedure, nodes: &[NodeId]) -> Procedure {
    let mut without = procedure.clone();
    for node in nodes {
        let Some(node) = without.nodes.get_mut(node.index()) else { continue };
        match &mut node.kind {
            NodeKind::Step(step) => step.outcomes.clear(),
            NodeKind::Choose(choice) => {
                choice.arms.clear();
                choice.otherwise = None;
            }
            NodeKind::Block(block) => block.then = None,
            NodeKind::Call(call) => (call.solved, call.unsolved) = (None, None),
        }
    }
    without
}

/// The shortest run to the end of a procedure that another was made into, and the situations that take it.
pub(super) fn run_to_end(
    context: &Context<'_>,
    whole: &Procedure,
    made: &Procedure,
) -> Option<(Run, Region)> {
    let flow = Flow::as_in(whole, made, &Region::full(&context.institution().space));
    let started = starting(context, whole);
    let ends = [None, Some(true), Some(false)].map(Spot::Closed);
    ends.into_iter().filter_map(|end| flow.run_to(end, &started)).min_by_key(|(run, _)| run.len())
}
