use num_bigint::BigUint;
use proptest::prelude::*;

use super::super::{Cuboid, Region, Run, Side, Space};
use super::{points, scene, side_of_bits, space, those};

fn bits(side: &Side) -> u32 {
    side.values().fold(0, |bits, v| bits | 1 << v)
}

/// Sorted, disjoint, non-adjacent, none empty.
fn is_normal(side: &Side) -> bool {
    side.runs().iter().all(|run| !run.is_empty())
        && side.runs().windows(2).all(|two| two[0].end < two[1].start)
}

proptest! {
    #[test]
    fn sides_are_sets(a in 0u32..4096, b in 0u32..4096, from in 0u32..13, to in 0u32..13) {
        let (x, y, run) = (side_of_bits(a), side_of_bits(b), Run::new(from, to));
        for (side, expected) in [
            (x.union(&y), a | b),
            (x.intersect(&y), a & b),
            (x.minus(&y), a & !b),
            (x.complement(12), !a & 4095),
        ] {
            prop_assert!(is_normal(&side));
            prop_assert_eq!(bits(&side), expected);
        }
        prop_assert_eq!(x.is_subset(&y), a & !b == 0);
        prop_assert_eq!(x.is_disjoint(&y), a & b == 0);
        prop_assert_eq!(x.len(), a.count_ones());
        prop_assert_eq!(x.first(), (a != 0).then(|| a.trailing_zeros()));
        prop_assert_eq!(x.touches(run), (from..to).any(|v| a >> v & 1 == 1));
        prop_assert_eq!(x.covers(run), (from..to).all(|v| a >> v & 1 == 1));
        prop_assert_eq!(x.contains(from), a >> from & 1 == 1);
        prop_assert_eq!(x == y, a == b);
    }

    #[test]
    fn regions_are_sets((space, regions) in scene(0..4, 4, 2)) {
        let (a, b) = (&regions[0], &regions[1]);
        let all = points(&space);
        for point in &all {
            let (in_a, in_b) = (a.contains(point), b.contains(point));
            prop_assert_eq!(in_a, a.cuboids().iter().any(|c| c.contains(point)));
            prop_assert_eq!(a.union(b).contains(point), in_a || in_b);
            prop_assert_eq!(a.intersect(b).contains(point), in_a && in_b);
            prop_assert_eq!(a.minus(b).contains(point), in_a && !in_b);
            prop_assert_eq!(a.complement().contains(point), !in_a);
            let homes = a.disjoint().cuboids().iter().filter(|c| c.contains(point)).count();
            prop_assert_eq!(homes, usize::from(in_a));
        }
        let own = those(&space, |p| a.contains(p));
        prop_assert_eq!(a.count(), BigUint::from(own.len()));
        prop_assert_eq!(a.witness(), own.first().cloned());
        prop_assert_eq!(a.is_empty(), own.is_empty());
        prop_assert_eq!(a.is_subset(b), own.iter().all(|p| b.contains(p)));
        prop_assert_eq!(a.is_disjoint(b), !own.iter().any(|p| b.contains(p)));
        prop_assert_eq!(a.same_as(b), all.iter().all(|p| a.contains(p) == b.contains(p)));
        prop_assert!(a.same_as(&a.disjoint()));
    }

    #[test]
    fn boxes_are_subtracted_in_disjoint_boxes((space, regions) in scene(1..4, 4, 2)) {
        let pick = |region: &Region| region.cuboids().first().cloned().unwrap_or_else(|| Cuboid::full(&space));
        let (a, b) = (pick(&regions[0]), pick(&regions[1]));
        for point in points(&space) {
            let homes = a.minus(&b).iter().filter(|c| c.contains(&point)).count();
            prop_assert_eq!(homes, usize::from(a.contains(&point) && !b.contains(&point)));
        }
        prop_assert_eq!(a.is_subset(&b), a.minus(&b).is_empty());
    }
}

#[test]
fn a_space_without_axes_has_one_point_and_one_with_an_empty_axis_none() {
    let nothing = Space::default();
    assert_eq!(Region::full(&nothing).count(), BigUint::from(1u32));
    assert!(Region::full(&nothing).complement().is_empty());
    assert!(Region::full(&space(&[3, 0, 2])).is_empty());
    assert!(Region::empty(&space(&[0])).complement().is_empty());
    assert_eq!(Region::full(&space(&[0])).witness(), None);
}

#[test]
fn counts_are_exact_beyond_machine_numbers() {
    let wide = space(&[u32::MAX; 4]);
    let corner = Region::from_cuboid(&wide, Cuboid::new(&wide, (0..4).map(|_| Side::value(0))));
    let size = BigUint::from(u32::MAX);
    assert_eq!(corner.complement().count(), &size * &size * &size * &size - 1u32);
}
