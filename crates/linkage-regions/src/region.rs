//! A finite union of boxes, and the algebra of such unions.
//!
//! Boxes may overlap inside a region: union is then concatenation, intersection is pairwise, and the
//! work of pulling boxes apart is done only by the questions that need it ([`Region::count`],
//! [`Region::minus`]), all by the one engine in [`cells`](super::cells). Two regions with the same
//! points may hold different boxes, so regions have no `==`; ask [`Region::same_as`].

use ecow::EcoVec;
use num_bigint::BigUint;

use super::{Cuboid, Point, Run, Side, Space, cells, cover};

/// Past this many boxes a union no longer looks for boxes that lie inside others.
const ABSORB_UP_TO: usize = 64;

/// A set of points of one space. Operations on regions of different spaces have no meaning.
#[derive(Debug, Clone)]
pub struct Region {
    sizes: EcoVec<u32>,
    cuboids: Vec<Cuboid>,
    /// Whether it is known that no two boxes share a point.
    apart: bool,
}

impl Region {
    /// No point.
    pub fn empty(space: &Space) -> Self {
        Self { sizes: space.sizes().collect(), cuboids: Vec::new(), apart: true }
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
        let apart = cuboids.len() < 2;
        Self { sizes: self.sizes.clone(), cuboids, apart }
    }

    /// These disjoint boxes, in the same space.
    pub(super) fn of_apart(&self, mut cuboids: Vec<Cuboid>) -> Self {
        cuboids.retain(|cuboid| !cuboid.is_empty());
        cuboids.sort_unstable();
        Self { sizes: self.sizes.clone(), cuboids, apart: true }
    }

    /// These disjoint boxes, joined where two differ on one axis only; the same boxes give the same
    /// answer whatever order they were found in.
    pub(super) fn joining(&self, mut cuboids: Vec<Cuboid>) -> Self {
        coalesce(&mut cuboids, self.sizes.len());
        self.of_apart(cuboids)
    }

    /// How many axes the space has.
    pub(super) fn axes(&self) -> usize {
        self.sizes.len()
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
        if self.is_apart() {
            return self.clone();
        }
        let Some(hull) = cells::hull(&self.cuboids) else { return self.clone() };
        let around = self.holding([Cuboid::of_sides(hull.into_iter().map(Side::from))]);
        let mut groups = cover::partition(&around, &[self], |set| !set.is_empty(), usize::MAX).groups;
        groups.pop().map_or_else(|| self.clone(), |(_, apart)| apart)
    }

    /// Whether no two boxes share a point, as far as that is cheap to see.
    fn is_apart(&self) -> bool {
        let few = &self.cuboids;
        self.apart
            || few.len() <= ABSORB_UP_TO
                && (1..few.len()).all(|i| few[..i].iter().all(|a| a.is_disjoint(&few[i])))
    }
}

/// Drops boxes that lie inside another.
fn absorb(cuboids: &mut Vec<Cuboid>) {
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
///
/// Boxes that are alike but for one axis are brought together by a sum over their sides, less that of
/// the axis; what stands side by side is then compared side by side.
fn coalesce(cuboids: &mut Vec<Cuboid>, axes: usize) {
    let mut quiet = 0;
    for axis in (0..axes).cycle() {
        if quiet == axes || cuboids.len() < 2 {
            break;
        }
        let before = cuboids.len();
        let mut keyed: Vec<(u64, Cuboid)> =
            cuboids.drain(..).map(|cuboid| (likeness(&cuboid, axis), cuboid)).collect();
        keyed.sort_unstable();
        keyed.dedup_by(|(key, next), (kept_key, kept)| {
            let alike = |(at, (a, b)): (usize, (&Side, &Side))| at == axis || a == b;
            let joins = key == kept_key && kept.sides().iter().zip(next.sides()).enumerate().all(alike);
            if joins {
                *kept = kept.with(axis, kept.sides()[axis].union(&next.sides()[axis]));
            }
            joins
        });
        cuboids.extend(keyed.into_iter().map(|(_, cuboid)| cuboid));
        quiet = if cuboids.len() < before { 1 } else { quiet + 1 };
    }
}

/// A number that two boxes share if they differ on this axis only (and hardly ever otherwise).
fn likeness(cuboid: &Cuboid, axis: usize) -> u64 {
    let runs = |side: &Side| {
        let mix = |sum: u64, run: &Run| {
            (sum ^ u64::from(run.start) ^ u64::from(run.end) << 32)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(29)
        };
        side.runs().iter().fold(0, mix)
    };
    let sides = cuboid.sides().iter().enumerate().filter(|(at, _)| *at != axis);
    sides.fold(0, |sum: u64, (_, side)| sum.wrapping_mul(0xD6E8_FEB8_6659_FD93).wrapping_add(runs(side)))
}
