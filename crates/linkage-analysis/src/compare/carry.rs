//! Situations of one space set beside those of another, axis by axis, by the names of the values.
//!
//! ```text
//!   earlier   fire                  drowning
//!   later     fire.ebike fire.gas   drowning   flood
//!   stands    fire       fire       drowning   nothing: a new situation
//! ```

use std::collections::HashMap;

use linkage_model::{Institution, Taxonomy};
use linkage_regions::{Cuboid, Dimension, Kind, NodeRef, Region, Side, Space, Tree};

/// Carries regions from one space into another.
#[derive(Debug)]
pub struct Carry {
    to: Space,
    from: Space,
    /// For each axis of the target.
    axes: Vec<Axis>,
    /// Whether both spaces are the same.
    same: bool,
}

#[derive(Debug)]
enum Axis {
    /// The axis of this index, with the same values.
    Same(usize),
    /// The axis of this index; for each value of the target the values that it stands for.
    Named(usize, Vec<Side>),
    /// The other space has no such axis: every value stands for anything.
    New,
}

impl Carry {
    /// From the space of one institution into that of another.
    pub fn new(from: &Institution, to: &Institution) -> Self {
        let axes: Vec<Axis> = (0..to.space.dimensions.len()).map(|at| axis(from, to, at)).collect();
        let in_place = |(at, axis): (usize, &Axis)| matches!(axis, Axis::Same(of) if *of == at);
        let same = axes.iter().enumerate().all(in_place) && axes.len() == from.space.dimensions.len();
        Self { to: to.space.clone(), from: from.space.clone(), axes, same }
    }

    /// Where the situations of the target stand for one of these. A region that depends on an axis which the
    /// target lacks is carried to wherever it can hold.
    pub fn region(&self, region: &Region) -> Region {
        if self.same {
            return region.clone();
        }
        let carried = region.cuboids().iter().map(|cuboid| {
            let sides = self.axes.iter().zip(&self.to.dimensions).map(|(axis, dimension)| match axis {
                Axis::Same(of) => cuboid.sides()[*of].clone(),
                Axis::New => Side::interval(0, dimension.size()),
                Axis::Named(of, values) => {
                    let own = &cuboid.sides()[*of];
                    let stands = (0..).zip(values).filter(|(_, side)| !side.is_disjoint(own));
                    Side::from_values(stands.map(|(value, _)| value))
                }
            });
            Cuboid::new(&self.to, sides)
        });
        Region::from_cuboids(&self.to, carried)
    }

    /// Where the situations of the target stand for any at all.
    pub fn known(&self) -> Region {
        self.region(&Region::full(&self.from))
    }
}

fn axis(from: &Institution, to: &Institution, at: usize) -> Axis {
    let dimension = &to.space.dimensions[at];
    let Some(of) = from.space.find(&dimension.name) else { return Axis::New };
    let trees = match at {
        Institution::MATTER => Some((&from.matters, &to.matters)),
        Institution::AREA => Some((&from.areas, &to.areas)),
        _ => None,
    };
    let values = match trees {
        Some((earlier, later)) => leaves(earlier, later),
        None => values(&from.space.dimensions[of], dimension),
    };
    let size = from.space.dimensions[of].size();
    let identical = size == dimension.size()
        && (0..).zip(&values).all(|(value, side)| side.len() == 1 && side.first() == Some(value));
    if identical { Axis::Same(of) } else { Axis::Named(of, values) }
}

/// For each value of the later axis the value of the same name.
fn values(earlier: &Dimension, later: &Dimension) -> Vec<Side> {
    let position = |value: u32| match (&earlier.kind, &later.kind) {
        (Kind::Integer { .. }, Kind::Integer { lowest, .. }) => earlier.position(lowest + i64::from(value)),
        (Kind::List(old), Kind::List(new)) => {
            let at = old.iter().position(|name| Some(name) == new.get(value as usize))?;
            u32::try_from(at).ok()
        }
        (one, other) if one == other => Some(value),
        _ => None,
    };
    (0..later.size()).map(|value| position(value).map_or_else(Side::empty, Side::value)).collect()
}

/// For each leaf of the later tree: the node of the same path, or the leaf above it that has since been divided.
fn leaves(earlier: &Taxonomy, later: &Taxonomy) -> Vec<Side> {
    let known: HashMap<String, NodeRef> =
        earlier.tree.nodes().map(|(node, _)| (earlier.path(node), node)).collect();
    let stands = |leaf: u32| {
        let mut at = later.tree.leaf(leaf)?;
        let first = at;
        loop {
            if let Some(node) = known.get(&later.path(at)) {
                let side = earlier.tree.side(*node);
                let divided = earlier.tree.leaf(side.first()?) == Some(*node);
                return (at == first || divided).then_some(side);
            }
            at = later.tree.get(at)?.parent.filter(|parent| *parent != Tree::ROOT)?;
        }
    };
    (0..later.tree.leaves()).map(|leaf| stands(leaf).unwrap_or_else(Side::empty)).collect()
}
