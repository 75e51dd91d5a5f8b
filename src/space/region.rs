//! A finite union of boxes, and the algebra of such unions.
//!
//! Boxes may overlap inside a region: union is then concatenation, intersection is pairwise, and the
//! work of pulling boxes apart is done only by the questions that need it ([`Region::count`],
//! [`Region::minus`]), all by the one engine in [`split`](super::split). Two regions with the same
//! points may hold different boxes, so regions have no `==`; ask [`Region::same_as`].

use ecow::EcoVec;
use num_bigint::BigUint;

use super::{Cuboid, Point, Side, Space, cover, split};

/// Past this many boxes a union no longer looks for boxes that lie inside others.
const ABSORB_UP_TO: usize = 64;

/// A set of points of one space. Operations on regions of different spaces have no meaning.
#[derive(Debug, Clone)]
pub struct Region {
    sizes: EcoVec<u32>,
    cuboids: Vec<Cuboid>,
}

impl Region {
    /// No point.
    pub fn empty(space: &Space) -> Self {
        Self { sizes: space.sizes().collect(), cuboids: Vec::new() }
    }

    /// Every point.
    pub fn full(space: &Space) -> Self {
        Self::from_cuboids(space, [Cuboid::full(space)])
    }

    /// The points of one box.
    pub fn from_cuboid(space: &Space, cuboid: Cuboid) -> Self {
        Self::from_cuboids(space, [cuboid])
    }

    /// The points of all these boxes, which may overlap.
    pub fn from_cuboids(space: &Space, cuboids: impl IntoIterator<Item = Cuboid>) -> Self {
        Self::empty(space).holding(cuboids)
    }

    /// These boxes, in the same space.
    pub(super) fn holding(&self, cuboids: impl IntoIterator<Item = Cuboid>) -> Self {
        let mut cuboids: Vec<Cuboid> = cuboids.into_iter().filter(|cuboid| !cuboid.is_empty()).collect();
        cuboids.sort();
        cuboids.dedup();
        if cuboids.len() <= ABSORB_UP_TO {
            absorb(&mut cuboids);
        }
        Self { sizes: self.sizes.clone(), cuboids }
    }

    /// These boxes, joined where two differ on one axis only; the same points give the same boxes
    /// whatever order they were found in.
    pub(super) fn joining(&self, mut cuboids: Vec<Cuboid>) -> Self {
        coalesce(&mut cuboids, self.sizes.len());
        self.holding(cuboids)
    }

    /// The region of one box of the same space.
    #[must_use]
    pub fn of(&self, cuboid: Cuboid) -> Self {
        self.holding([cuboid])
    }

    /// The boxes, in a fixed order; they may overlap.
    pub fn cuboids(&self) -> &[Cuboid] {
        &self.cuboids
    }

    /// Whether it has no point.
    pub fn is_empty(&self) -> bool {
        self.cuboids.is_empty()
    }

    /// Whether it has the point.
    pub fn contains(&self, point: &Point) -> bool {
        self.cuboids.iter().any(|cuboid| cuboid.contains(point))
    }

    /// The least point: lowest on the first axis, among those lowest on the second, and so on.
    pub fn witness(&self) -> Option<Point> {
        self.cuboids.iter().filter_map(Cuboid::first).min()
    }

    /// The points of either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.holding(self.cuboids.iter().chain(&other.cuboids).cloned())
    }

    /// The points of both.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        let pairs = self.cuboids.iter().flat_map(|a| other.cuboids.iter().map(move |b| a.intersect(b)));
        self.holding(pairs)
    }

    /// The points that `other` has not.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        cover::gaps(self, &[other])
    }

    /// Every point of the space that it has not.
    #[must_use]
    pub fn complement(&self) -> Self {
        let whole = Cuboid::of_sides(self.sizes.iter().map(|size| Side::interval(0, *size)));
        self.holding([whole]).minus(self)
    }

    /// Whether every point is also one of `other`.
    pub fn is_subset(&self, other: &Self) -> bool {
        let by_one = |cuboid: &Cuboid| other.cuboids.iter().any(|own| cuboid.is_subset(own));
        self.cuboids.iter().all(by_one) || cover::covered(self, &[other])
    }

    /// Whether no point is also one of `other`.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.cuboids.iter().all(|a| other.cuboids.iter().all(|b| a.is_disjoint(b)))
    }

    /// Whether both have the same points.
    pub fn same_as(&self, other: &Self) -> bool {
        self.is_subset(other) && other.is_subset(self)
    }

    /// How many points it has, exactly.
    pub fn count(&self) -> BigUint {
        self.disjoint().cuboids.iter().map(Cuboid::count).sum()
    }

    /// The same points in boxes no two of which share a point.
    #[must_use]
    pub fn disjoint(&self) -> Self {
        if self.apart() {
            return self.clone();
        }
        let Some(hull) = split::hull(&self.cuboids) else { return self.clone() };
        let around = self.holding([Cuboid::of_sides(hull.into_iter().map(Side::from))]);
        let mut groups = cover::partition(&around, &[self], |set| !set.is_empty(), usize::MAX).groups;
        groups.pop().map_or_else(|| self.clone(), |(_, apart)| apart)
    }

    /// Whether no two boxes share a point, as far as that is cheap to see.
    fn apart(&self) -> bool {
        let few = &self.cuboids;
        few.len() <= ABSORB_UP_TO && (1..few.len()).all(|i| few[..i].iter().all(|a| a.is_disjoint(&few[i])))
    }
}

/// Drops boxes that lie inside another.
pub(super) fn absorb(cuboids: &mut Vec<Cuboid>) {
    let mut at = 0;
    while at < cuboids.len() {
        let inside = (0..cuboids.len()).any(|other| other != at && cuboids[at].is_subset(&cuboids[other]));
        if inside {
            cuboids.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Joins boxes that differ on one axis only, until no two do. Points stay the same, and boxes that
/// were disjoint stay disjoint.
fn coalesce(cuboids: &mut Vec<Cuboid>, axes: usize) {
    let mut quiet = 0;
    for axis in (0..axes).cycle() {
        if quiet == axes || cuboids.len() < 2 {
            break;
        }
        let before = cuboids.len();
        let others = |cuboid: &Cuboid| -> Vec<Side> {
            let sides = cuboid.sides().iter().enumerate();
            sides.filter(|(at, _)| *at != axis).map(|(_, side)| side.clone()).collect()
        };
        cuboids.sort_by_cached_key(|cuboid| (others(cuboid), cuboid.sides()[axis].clone()));
        cuboids.dedup_by(|next, kept| {
            let mut pairs = kept.sides().iter().zip(next.sides()).enumerate();
            let joins = pairs.all(|(at, (a, b))| at == axis || a == b);
            if joins {
                *kept = kept.with(axis, kept.sides()[axis].union(&next.sides()[axis]));
            }
            joins
        });
        quiet = if cuboids.len() < before { 1 } else { quiet + 1 };
    }
}
