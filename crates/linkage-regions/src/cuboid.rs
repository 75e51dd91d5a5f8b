//! A box with set-valued sides: one side per axis, and every combination of their values.

use ecow::EcoVec;
use num_bigint::BigUint;

use super::{Point, Side, Space};

/// The product of one side per axis. If one side were empty all are, and the box has no point.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cuboid {
    sides: EcoVec<Side>,
}

impl Cuboid {
    /// The whole space.
    pub fn full(space: &Space) -> Self {
        Self::of_sides(space.sizes().map(|size| Side::interval(0, size)))
    }

    /// The box with these sides, each cut to its axis; an axis without a side is taken whole.
    pub fn new(space: &Space, sides: impl IntoIterator<Item = Side>) -> Self {
        let mut given = sides.into_iter();
        Self::of_sides(space.sizes().map(|size| {
            let whole = Side::interval(0, size);
            given.next().map_or_else(|| whole.clone(), |side| side.intersect(&whole))
        }))
    }

    pub(super) fn of_sides(sides: impl IntoIterator<Item = Side>) -> Self {
        let mut sides: EcoVec<Side> = sides.into_iter().collect();
        if sides.iter().any(Side::is_empty) {
            sides.make_mut().fill(Side::empty());
        }
        Self { sides }
    }

    /// The same box with another side on one axis.
    #[must_use]
    pub fn with(&self, axis: usize, side: Side) -> Self {
        let mut it = self.clone();
        it.set(axis, side);
        it
    }

    /// Gives it another side on one axis.
    pub fn set(&mut self, axis: usize, side: Side) {
        if side.is_empty() {
            self.sides = self.sides.iter().map(|_| Side::empty()).collect();
        } else if let Some(place) = self.sides.make_mut().get_mut(axis) {
            *place = side;
        }
    }

    /// The part of the box that lies within a side on one axis.
    #[must_use]
    pub fn narrowed(&self, axis: usize, side: &Side) -> Self {
        self.sides.get(axis).map_or_else(|| self.clone(), |own| self.with(axis, own.intersect(side)))
    }

    /// The sides, one per axis.
    pub fn sides(&self) -> &[Side] {
        &self.sides
    }

    /// Whether it has no point. A box over no axes has one: the empty combination.
    pub fn is_empty(&self) -> bool {
        self.sides.first().is_some_and(Side::is_empty)
    }

    /// Whether it has the point.
    pub fn contains(&self, point: &Point) -> bool {
        point.0.len() == self.sides.len()
            && self.sides.iter().zip(&point.0).all(|(side, v)| side.contains(*v))
    }

    /// Whether every point is also one of `other`.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.sides.iter().zip(&other.sides).all(|(a, b)| a.is_subset(b))
    }

    /// Whether no point is also one of `other`.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.is_empty()
            || other.is_empty()
            || self.sides.iter().zip(&other.sides).any(|(a, b)| a.is_disjoint(b))
    }

    /// The points of both.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        Self::of_sides(self.sides.iter().zip(&other.sides).map(|(a, b)| a.intersect(b)))
    }

    /// The points that `other` has not, as disjoint boxes, at most one per axis.
    pub fn minus(&self, other: &Self) -> Vec<Self> {
        if self.is_empty() {
            return Vec::new();
        }
        if self.is_disjoint(other) {
            return vec![self.clone()];
        }
        let mut rest = self.clone();
        let mut left = Vec::new();
        for (axis, (own, cut)) in self.sides.iter().zip(&other.sides).enumerate() {
            let outside = own.minus(cut);
            if !outside.is_empty() {
                left.push(rest.with(axis, outside));
                rest = rest.with(axis, own.intersect(cut));
            }
        }
        left
    }

    /// How many points it has.
    pub fn count(&self) -> BigUint {
        self.sides.iter().fold(BigUint::from(1u32), |product, side| product * side.len())
    }

    /// The least point.
    pub fn first(&self) -> Option<Point> {
        self.sides.iter().map(Side::first).collect::<Option<_>>().map(Point)
    }
}
