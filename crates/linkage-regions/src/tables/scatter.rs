//! Boxes without a plan: the families on which cutting the space into cells is slow.

use num_bigint::BigUint;

use super::super::{Cuboid, Dimension, Kind, Region, Run, Side, Space};
use super::lcg::Lcg;
use super::{Known, Table, numeric};

/// Boxes that fix three axes to one value each and leave the others open, as constraints do.
///
/// Complete by construction: hidden among them stand the leaves of a tree of choices, which asks for the
/// value of one axis, then of another that depends on the answer, then of a third. All others are drawn.
pub fn constraints(axes: usize, values: u32, boxes: usize, seed: u64) -> Table {
    let mut lots = Lcg::new(seed);
    let axis = |at| {
        Dimension::new(ecow::eco_format!("n{at}"), Kind::Integer { lowest: 1, highest: i64::from(values) })
    };
    let space = Space::new((0..axes).map(axis).collect());
    let mut fixed: Vec<Vec<(usize, u32)>> = vec![Vec::new()];
    for _ in 0..3.min(axes) {
        fixed = fixed
            .into_iter()
            .flat_map(|path| {
                let axis = other_axis(axes, &path, &mut lots);
                (0..values).map(move |value| [path.as_slice(), &[(axis, value)]].concat())
            })
            .collect();
    }
    while fixed.len() < boxes {
        let mut path = Vec::new();
        for _ in 0..3.min(axes) {
            path.push((other_axis(axes, &path, &mut lots), lots.below(values)));
        }
        let place = lots.place(fixed.len());
        fixed.push(path);
        let last = fixed.len() - 1;
        fixed.swap(place, last);
    }
    let full = Cuboid::full(&space);
    let region = |path: &Vec<(usize, u32)>| {
        let cuboid =
            path.iter().fold(full.clone(), |all, (axis, value)| all.with(*axis, Side::value(*value)));
        Region::from_cuboid(&space, cuboid)
    };
    let regions = fixed.iter().map(region).collect();
    Table { space, regions, known: Known { gaps: Some(BigUint::default()), ..Known::default() } }
}

fn other_axis(axes: usize, path: &[(usize, u32)], lots: &mut Lcg) -> usize {
    loop {
        let axis = lots.place(axes);
        if path.iter().all(|(taken, _)| *taken != axis) {
            return axis;
        }
    }
}

/// Boxes over axes of 1000 values, both ends of every side drawn uniformly.
pub fn random(axes: usize, boxes: usize, seed: u64) -> Table {
    let mut lots = Lcg::new(seed);
    let space = numeric(axes);
    let mut side = || {
        let (a, b) = (lots.below(1000), lots.below(1000));
        Side::from(Run::new(a.min(b), a.max(b) + 1))
    };
    let cuboids: Vec<Cuboid> = (0..boxes).map(|_| Cuboid::new(&space, (0..axes).map(|_| side()))).collect();
    let regions = cuboids.into_iter().map(|cuboid| Region::from_cuboid(&space, cuboid)).collect();
    Table { space, regions, known: Known::default() }
}
