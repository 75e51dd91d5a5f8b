//! Counts the points on which labelled boxes stand in some way to each other, by halving.
//!
//! A cell that is decided by the labels of the boxes that hold it, or that reach into it, is counted or
//! dropped; any other is cut at the median of the edges of the axis that has most. Divide and conquer
//! after Overmars and Yap (1991), kept simple.

use num_bigint::BigUint;

use super::Sides;

/// A box with a label.
#[derive(Clone, Copy)]
pub(super) struct Labelled<'a> {
    pub(super) label: usize,
    pub(super) sides: &'a Sides,
}

/// What labels say of a cell: those of boxes that hold it whole, and those of all boxes in it.
pub(super) type Judge<'j> = dyn Fn(&[usize], &[usize]) -> Option<bool> + 'j;

/// How many points of an axis box are judged to count.
pub(super) fn count(sizes: &[u32], boxes: &[Labelled<'_>], judge: &Judge<'_>) -> BigUint {
    let whole: Vec<[u32; 2]> = sizes.iter().map(|size| [0, *size]).collect();
    let mut sum = BigUint::default();
    let mut waiting = vec![(whole, boxes.to_vec(), Vec::new())];
    while let Some((cell, boxes, mut holding)) = waiting.pop() {
        let mut crossing = Vec::new();
        for own in boxes {
            let mut sides = own.sides.iter().zip(&cell);
            if sides.any(|(side, run)| !touches(side, *run)) {
                continue;
            }
            if own.sides.iter().zip(&cell).all(|(side, run)| covers(side, *run)) {
                holding.push(own.label);
            } else {
                crossing.push(own);
            }
        }
        holding.sort_unstable();
        holding.dedup();
        let mut all: Vec<usize> =
            crossing.iter().map(|own| own.label).chain(holding.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        match (judge(&holding, &all), middle(&cell, &crossing)) {
            (Some(true), _) => sum += volume(&cell),
            (None, Some((axis, edge))) => {
                for half in [[cell[axis][0], edge], [edge, cell[axis][1]]] {
                    let mut part = cell.clone();
                    part[axis] = half;
                    waiting.push((part, crossing.clone(), holding.clone()));
                }
            }
            _ => {}
        }
    }
    sum
}

/// The median of the edges inside the cell, on the axis that has most.
fn middle(cell: &[[u32; 2]], crossing: &[Labelled<'_>]) -> Option<(usize, u32)> {
    let inside = |axis: usize| -> Vec<u32> {
        let runs = crossing.iter().flat_map(|own| own.sides[axis].iter().flatten().copied());
        runs.filter(|edge| cell[axis][0] < *edge && *edge < cell[axis][1]).collect()
    };
    let axis = (0..cell.len()).max_by_key(|axis| (inside(*axis).len(), std::cmp::Reverse(*axis)))?;
    let mut edges = inside(axis);
    edges.sort_unstable();
    edges.get(edges.len() / 2).map(|edge| (axis, *edge))
}

fn volume(cell: &[[u32; 2]]) -> BigUint {
    cell.iter().map(|run| BigUint::from(run[1] - run[0])).product()
}

/// How many points a box has.
pub(super) fn size(sides: &Sides) -> BigUint {
    sides.iter().map(|side| side.iter().map(|run| BigUint::from(run[1] - run[0])).sum::<BigUint>()).product()
}

fn touches(side: &[[u32; 2]], run: [u32; 2]) -> bool {
    side.iter().any(|own| own[0] < run[1] && run[0] < own[1])
}

/// Runs don't touch each other, so one alone must cover.
fn covers(side: &[[u32; 2]], run: [u32; 2]) -> bool {
    side.iter().any(|own| own[0] <= run[0] && run[1] <= own[1])
}

/// Whether two boxes share a point.
pub(super) fn meet(one: &Sides, other: &Sides) -> bool {
    one.iter().zip(other).all(|(side, own)| side.iter().any(|run| touches(own, *run)))
}
