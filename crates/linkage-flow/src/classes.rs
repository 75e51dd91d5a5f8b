//! The situations of a procedure, parted into classes that none of its conditions tells apart.
//!
//! The facts of a case stay as they are, so a case of one class goes the ways that any other of it can go:
//! what is asked of a procedure is asked of each class, by plain sets, and told as a region again.

use fixedbitset::FixedBitSet;

use linkage_model::{NodeKind, Procedure};
use linkage_regions::{Point, Region, Space, partition};

/// A set of classes, by their numbers.
pub type Set = FixedBitSet;

/// So many parts of the space are looked at, and so many classes are kept, before the rest is left.
const CELLS: usize = 200_000;
const CLASSES: usize = 2_000;

/// The classes of the situations that start a procedure.
#[derive(Debug, Clone)]
pub struct Classes {
    regions: Vec<Region>,
    points: Vec<Point>,
    /// What was not parted: too many conditions cross there.
    pub left: Region,
}

impl Classes {
    /// Parts the situations by all conditions of the procedure, and by further regions.
    pub fn new(procedure: &Procedure, space: &Space, start: &Region, further: &[Region]) -> Self {
        let mut conditions: Vec<&Region> = Vec::new();
        for condition in conditions_of(procedure).chain(further) {
            if !conditions.iter().any(|known| known.cuboids() == condition.cuboids()) {
                conditions.push(condition);
            }
        }
        let mut it = Self { regions: Vec::new(), points: Vec::new(), left: Region::empty(space) };
        let groups = if conditions.is_empty() {
            vec![start.clone()]
        } else {
            let parts = partition(start, &conditions, |_| true, CELLS);
            it.left = parts.undecided;
            parts.groups.into_iter().map(|(_, region)| region).collect()
        };
        for region in groups {
            match region.witness() {
                Some(point) if it.points.len() < CLASSES => {
                    it.points.push(point);
                    it.regions.push(region);
                }
                Some(_) => it.left = it.left.union(&region),
                None => {}
            }
        }
        it
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.points.len()
    }

    /// All classes.
    pub fn all(&self) -> Set {
        let mut all = self.none();
        all.insert_range(..);
        all
    }

    /// No class.
    pub fn none(&self) -> Set {
        Set::with_capacity(self.points.len())
    }

    /// The classes inside a region that the conditions make up.
    pub fn inside(&self, region: &Region) -> Set {
        let held = self.points.iter().enumerate().filter(|(_, point)| region.contains(point));
        let mut set = self.none();
        held.for_each(|(class, _)| set.insert(class));
        set
    }

    /// The situations of one class.
    pub fn one(&self, class: usize) -> Option<&Region> {
        self.regions.get(class)
    }

    /// The situations of some classes.
    pub fn region(&self, space: &Space, set: &Set) -> Region {
        let of = |class: usize| {
            self.regions.get(class).into_iter().flat_map(|region| region.cuboids().iter().cloned())
        };
        Region::from_cuboids(space, set.ones().flat_map(of))
    }
}

/// The conditions that are written in a procedure.
fn conditions_of(procedure: &Procedure) -> impl Iterator<Item = &Region> {
    procedure.nodes.iter().flat_map(|node| {
        let mut own: Vec<&Region> = Vec::new();
        match &node.kind {
            NodeKind::Step(step) => {
                own.extend(step.when.as_ref().map(|(when, _)| when));
                own.extend(step.outcomes.iter().filter_map(|outcome| outcome.when.as_ref()));
            }
            NodeKind::Choose(choice) => own.extend(choice.arms.iter().map(|arm| &arm.guard)),
            NodeKind::Block(_) | NodeKind::Call(_) => {}
        }
        own
    })
}
