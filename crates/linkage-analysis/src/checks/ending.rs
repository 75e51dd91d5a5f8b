//! The runs by which cases of a procedure come to their end, asked in every situation in which they begin.

use super::Context;
use super::courses::{courses, ends};
use linkage_flow::{Asked, Ending, Run, Situated};
use linkage_model::ProcedureId;
use linkage_regions::{Point, Region};

/// The shortest run to an end that is wanted, and the least situation that takes it.
pub(super) fn shortest_ending(
    context: &Context<'_>,
    id: ProcedureId,
    asked: Asked<'_>,
    wanted: impl Fn(&Ending) -> bool,
) -> Option<(Run, Point)> {
    let classes = &courses(context)[id.index()].classes;
    let points = (0..classes.count()).filter_map(|class| classes.one(class).and_then(Region::witness));
    let found = points.filter_map(|point| {
        let situated = Situated {
            procedures: &context.institution().procedures,
            flows: &context.flows,
            ends: ends(context),
            point: &point,
        };
        let ending = situated.endings(id, asked).into_iter().find(&wanted)?;
        Some((ending.run, point))
    });
    found.min_by_key(|(run, _)| run.len())
}
