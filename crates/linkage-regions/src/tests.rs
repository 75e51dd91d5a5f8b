//! Every operation against the plain enumeration of all points of small random spaces.

mod algebra;
mod cover;
mod describe;
mod diagram;
mod minimal;
mod sets;
mod survey;
mod tables;

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Cuboid, Dimension, Kind, Point, Region, Side, Space};

/// A space of integer axes of these sizes.
fn space(sizes: &[u32]) -> Space {
    let axis = |size: &u32| Dimension::new("n", Kind::Integer { lowest: 0, highest: i64::from(*size) - 1 });
    Space::new(sizes.iter().map(axis).collect())
}

/// Every point of the space, in order.
fn points(space: &Space) -> Vec<Point> {
    space.sizes().fold(vec![Point(Vec::new())], |points, size| {
        let longer = |p: &Point, v: u32| Point(p.0.iter().copied().chain([v]).collect());
        points.iter().flat_map(|p| (0..size).map(move |v| longer(p, v))).collect()
    })
}

/// The points for which `holds`.
fn those(space: &Space, holds: impl Fn(&Point) -> bool) -> Vec<Point> {
    points(space).into_iter().filter(holds).collect()
}

fn side_of_bits(bits: u32) -> Side {
    Side::from_values((0..32).filter(|v| bits >> v & 1 == 1))
}

fn cuboid_of(space: &Space, bits: &[u32]) -> Cuboid {
    Cuboid::new(space, bits.iter().map(|bits| side_of_bits(*bits)))
}

/// A space with some regions in it, each a few boxes.
fn scene(
    axes: std::ops::Range<usize>,
    size: u32,
    regions: usize,
) -> impl Strategy<Value = (Space, Vec<Region>)> {
    let bits = (0u32..1 << size).prop_map(|bits| if bits == 0 { u32::MAX } else { bits });
    let region = vec(vec(bits, axes.end), 0..5);
    let sizes = vec(prop_oneof![9 => 1..=size, 1 => Just(0)], axes);
    (sizes, vec(region, regions)).prop_map(|(sizes, regions)| {
        let space = space(&sizes);
        let of =
            |boxes: &Vec<Vec<u32>>| Region::from_cuboids(&space, boxes.iter().map(|b| cuboid_of(&space, b)));
        let regions = regions.iter().map(of).collect();
        (space, regions)
    })
}
