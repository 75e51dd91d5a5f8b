//! Gaps and overlaps kept up to date while single regions change.
//!
//! What a change can touch lies in the old region and in the new one. Only there is anything asked anew,
//! with only those regions that an [index](super::index) finds to reach there; everything kept elsewhere
//! stays as it is, to the box.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::index::{Index, hulls};
use super::{Cover, Cuboid, Gaps, Measure, Overlaps, Region, Spent, cover};

/// After so many changes the index is made anew.
const LATE: usize = 256;

/// Regions over a scope, with their gaps and overlaps.
pub struct Survey<M> {
    scope: Region,
    regions: Vec<Region>,
    matters: M,
    gaps: Kept,
    overlaps: BTreeMap<Vec<usize>, Kept>,
    index: Index,
    /// The owner of each box in the index.
    owners: Vec<u32>,
    /// Regions that have changed since the index was made.
    late: Vec<usize>,
}

/// Disjoint boxes and how many points they have.
#[derive(Default)]
struct Kept {
    boxes: Vec<Cuboid>,
    count: BigUint,
}

impl<M: Fn(&[usize]) -> bool + Sync> Survey<M> {
    /// Looks at everything once. `matters` is asked as by [`overlaps`](super::overlaps()).
    pub fn new(scope: &Region, regions: Vec<Region>, matters: M) -> Self {
        let found = {
            let all: Vec<&Region> = regions.iter().collect();
            cover(scope, &all, &matters, usize::MAX)
        };
        Self::told(scope, regions, &found, matters)
    }

    /// Takes over what was found of these regions already; nothing where some of it is undecided.
    pub fn of(scope: &Region, regions: Vec<Region>, found: &Cover, matters: M) -> Option<Self> {
        let decided = found.gaps.undecided.is_empty() && found.overlaps.undecided.is_empty();
        decided.then(|| Self::told(scope, regions, found, matters))
    }

    fn told(scope: &Region, regions: Vec<Region>, found: &Cover, matters: M) -> Self {
        let overlaps = found.overlaps.groups.iter().map(|(set, region)| (set.clone(), Kept::of(region)));
        let overlaps = overlaps.collect();
        let (index, owners) = index(scope.axes(), &regions);
        Self {
            scope: scope.disjoint(),
            gaps: Kept::of(&found.gaps.found),
            overlaps,
            regions,
            matters,
            index,
            owners,
            late: Vec::new(),
        }
    }

    /// Puts another region in the place of one; costs what the two of them touch.
    pub fn replace(&mut self, at: usize, region: Region) {
        // Without a budget everything is decided.
        let _ = self.replace_within(at, region, usize::MAX);
    }

    /// The same, looking at no more than `budget` cells. Where that does not suffice the answer is no, and what is
    /// kept is of no more use.
    #[must_use]
    pub fn replace_within(&mut self, at: usize, region: Region, budget: usize) -> bool {
        let Some(own) = self.regions.get_mut(at) else { return true };
        let old = std::mem::replace(own, region);
        let touched = old.union(&self.regions[at]).intersect(&self.scope).disjoint();
        if let Err(place) = self.late.binary_search(&at) {
            self.late.insert(place, at);
        }
        if self.late.len() > LATE {
            (self.index, self.owners) = index(self.scope.axes(), &self.regions);
            self.late.clear();
        }
        let near = self.near(&touched);
        let regions: Vec<&Region> = near.iter().map(|at| &self.regions[*at]).collect();
        let named = |set: &[usize]| -> Vec<usize> { set.iter().map(|place| near[*place]).collect() };
        let matters = &self.matters;
        let found = cover(&touched, &regions, |set| matters(&named(set)), budget);
        if !found.gaps.undecided.is_empty() || !found.overlaps.undecided.is_empty() {
            return false;
        }
        self.gaps.put(&touched, Some(&found.gaps.found));
        for kept in self.overlaps.values_mut() {
            kept.put(&touched, None);
        }
        for (set, region) in &found.overlaps.groups {
            self.overlaps.entry(named(set)).or_default().add(region);
        }
        self.overlaps.retain(|_, kept| !kept.boxes.is_empty());
        true
    }

    /// Makes room for another region, which is empty so far, and tells its index.
    pub fn make_room(&mut self) -> usize {
        self.regions.push(self.scope.of_apart(Vec::new()));
        self.regions.len() - 1
    }

    /// Asks otherwise from now on. Each region in whose sets the answer is another is then to be replaced, if only by
    /// itself.
    pub fn minding(&mut self, matters: M) {
        self.matters = matters;
    }

    /// All of it as [`cover`](super::cover()) answers it, though perhaps in other boxes.
    pub fn cover(&self) -> Cover {
        let join = |kept: &Kept| self.scope.joining(kept.boxes.clone());
        let nothing = || self.scope.of_apart(Vec::new());
        let gaps = Gaps {
            found: join(&self.gaps),
            undecided: nothing(),
            measure: Measure::Exact(self.gaps.count.clone()),
            largest: Vec::new(),
            least: None,
            spent: Spent::default(),
        };
        let overlaps = Overlaps {
            groups: self.overlaps.iter().map(|(set, kept)| (set.clone(), join(kept))).collect(),
            undecided: nothing(),
            measure: Measure::Exact(self.overlaps.values().map(|kept| &kept.count).sum()),
            spent: Spent::default(),
        };
        Cover { gaps, overlaps }
    }

    /// The regions that reach into another, sorted.
    fn near(&self, touched: &Region) -> Vec<usize> {
        let mut near = self.late.clone();
        for cuboid in touched.cuboids() {
            self.index.near(&hulls(cuboid), 0, |place| near.push(self.owners[place as usize] as usize));
        }
        near.sort_unstable();
        near.dedup();
        near.retain(|at| !self.regions[*at].is_disjoint(touched));
        near
    }

    /// The regions as they are now.
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// The points of the scope that are in no region.
    pub fn gaps(&self) -> Region {
        self.scope.of_apart(self.gaps.boxes.clone())
    }

    /// How many they are.
    pub fn gap_count(&self) -> &BigUint {
        &self.gaps.count
    }

    /// The points in several regions, parted by the set of regions; in the order of the sets.
    pub fn overlaps(&self) -> impl Iterator<Item = (&[usize], Region)> {
        self.overlaps.iter().map(|(set, kept)| (set.as_slice(), self.scope.of_apart(kept.boxes.clone())))
    }

    /// How many points are in each set of regions.
    pub fn overlap_counts(&self) -> impl Iterator<Item = (&[usize], &BigUint)> {
        self.overlaps.iter().map(|(set, kept)| (set.as_slice(), &kept.count))
    }
}

impl Kept {
    fn of(region: &Region) -> Self {
        Self { boxes: region.cuboids().to_vec(), count: region.count() }
    }

    fn add(&mut self, region: &Region) {
        self.count += region.count();
        self.boxes.extend(region.cuboids().iter().cloned());
    }

    /// Forgets what lies in a region, and takes what lies there now.
    fn put(&mut self, touched: &Region, now: Option<&Region>) {
        let mut rest = Vec::new();
        self.boxes.retain(|own| {
            let cuts: Vec<&Cuboid> = touched.cuboids().iter().filter(|cut| !cut.is_disjoint(own)).collect();
            if cuts.is_empty() {
                return true;
            }
            let without =
                |left: Vec<Cuboid>, cut: &&Cuboid| left.iter().flat_map(|part| part.minus(cut)).collect();
            let left: Vec<Cuboid> = cuts.iter().fold(vec![own.clone()], without);
            self.count -= own.count();
            self.count += left.iter().map(Cuboid::count).sum::<BigUint>();
            rest.extend(left);
            false
        });
        self.boxes.extend(rest);
        if let Some(now) = now {
            self.add(now);
        }
    }
}

fn index(axes: usize, regions: &[Region]) -> (Index, Vec<u32>) {
    let boxes = || {
        regions.iter().zip(0u32..).flat_map(|(region, at)| region.cuboids().iter().map(move |own| (own, at)))
    };
    (Index::new(axes, boxes().map(|(own, _)| own)), boxes().map(|(_, at)| at).collect())
}
