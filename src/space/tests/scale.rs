//! Texts as people write them, in sizes as provinces have them. Nothing is asserted about time: run
//! `cargo test --release --lib space::tests::scale -- --ignored --nocapture` to see it.

use super::super::{Cuboid, Region, Side, Space, gaps, minimal, overlaps};
use super::space;

/// A small generator of numbers that every machine repeats.
struct Lots(u64);

impl Lots {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(bound.max(1))).expect("below a u32")
    }
}

/// The whole space cut at random into disjoint boxes; a tenth of them then shrunk or widened.
fn text(space: &Space, boxes: usize, noise: u32) -> Vec<Region> {
    let mut lots = Lots(7);
    let mut whole = vec![Cuboid::full(space)];
    while whole.len() < boxes {
        let at = lots.below(u32::try_from(whole.len()).expect("few")) as usize;
        let axis = lots.below(u32::try_from(space.dimensions.len()).expect("few")) as usize;
        let run = whole[at].sides()[axis].hull().expect("not empty");
        if run.len() < 2 {
            continue;
        }
        let edge = run.start + 1 + lots.below(run.len() - 1);
        let upper = whole[at].with(axis, Side::interval(edge, run.end));
        whole[at] = whole[at].with(axis, Side::interval(run.start, edge));
        whole.push(upper);
    }
    let disturb = |cuboid: Cuboid, lots: &mut Lots| {
        if lots.below(100) >= noise {
            return cuboid;
        }
        let axis = lots.below(u32::try_from(space.dimensions.len()).expect("few")) as usize;
        let run = cuboid.sides()[axis].hull().expect("not empty");
        let values = space.dimensions[axis].size();
        let shift = 1 + lots.below(3);
        let side = if lots.below(2) == 0 && run.len() > shift {
            Side::interval(run.start, run.end - shift)
        } else {
            Side::interval(run.start.saturating_sub(shift), (run.end + shift).min(values))
        };
        cuboid.with(axis, side)
    };
    whole.into_iter().map(|cuboid| Region::from_cuboid(space, disturb(cuboid, &mut lots))).collect()
}

#[expect(clippy::disallowed_methods, reason = "a figure for the reader, nothing is decided by it")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

fn run(boxes: usize, axes: usize) {
    let space = space(&vec![1000; axes]);
    let regions = text(&space, boxes, 10);
    let regions: Vec<&Region> = regions.iter().collect();
    let begin = now();
    let free = gaps(&Region::full(&space), &regions);
    let gaps_took = begin.elapsed();
    let begin = now();
    let shared = overlaps(&Region::full(&space), &regions, |_| true);
    let overlaps_took = begin.elapsed();
    let begin = now();
    let few = minimal(&free);
    let minimal_took = begin.elapsed();
    println!(
        "{boxes} x {axes}: gaps {gaps_took:?} ({} boxes), overlaps {overlaps_took:?} ({} groups), minimal {minimal_took:?} ({}, exact {})",
        free.cuboids().len(),
        shared.len(),
        few.cuboids.len(),
        few.exact
    );
    let held: num_bigint::BigUint = regions.iter().map(|region| region.count()).sum();
    let twice: num_bigint::BigUint =
        shared.iter().map(|(set, region)| region.count() * (set.len() - 1)).sum();
    assert_eq!(held + free.count(), Region::full(&space).count() + twice);
    let union = Region::from_cuboids(&space, few.cuboids);
    assert!(boxes > 3000 || union.same_as(&free));
}

#[test]
fn two_thousand_mandates_are_counted_right() {
    run(2000, 7);
}

#[test]
#[ignore = "for figures, in release"]
fn larger_texts() {
    for (boxes, axes) in [(1500, 3), (1500, 7), (1500, 15), (10_000, 12), (100_000, 7)] {
        run(boxes, axes);
    }
}
