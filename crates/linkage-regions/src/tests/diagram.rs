//! Diagrams against the plain enumeration of all points.

use num_bigint::BigUint;
use proptest::prelude::*;

use super::super::boxes::Boxes;
use super::super::cover::owned;
use super::super::{Cuboid, Region, Side, bdd_fallback};
use super::{scene, those};

proptest! {
    #[test]
    fn diagrams_count_list_and_find((space, regions) in scene(1..5, 5, 6)) {
        let (scope, regions) = (regions[0].disjoint(), regions[1..].iter().collect::<Vec<_>>());
        let boxes = Boxes::new(space.dimensions.len(), owned(&regions));
        let gaps = those(&space, |p| scope.contains(p) && !regions.iter().any(|r| r.contains(p)));
        let open = bdd_fallback::open(scope.cuboids(), &boxes).ok().expect("small");
        prop_assert_eq!(open.count, BigUint::from(gaps.len()));
        prop_assert_eq!(open.least, gaps.first().cloned());
        let all = open.all.expect("few");
        for point in super::points(&space) {
            let homes = all.iter().filter(|cuboid| cuboid.contains(&point)).count();
            prop_assert_eq!(homes, usize::from(gaps.contains(&point)));
        }
        prop_assert!(gaps.is_empty() || !open.largest.is_empty());
        for cuboid in &open.largest {
            let own = those(&space, |p| cuboid.contains(p));
            prop_assert!(own.iter().all(|p| gaps.contains(p)));
            let part = scope.cuboids().iter().find(|part| cuboid.is_subset(part)).expect("in the scope");
            for (axis, side) in cuboid.sides().iter().enumerate() {
                for value in part.sides()[axis].minus(side).values() {
                    let line = cuboid.with(axis, Side::value(value));
                    prop_assert!(those(&space, |p| line.contains(p)).iter().any(|p| !gaps.contains(p)));
                }
            }
        }
        prop_assert!(open.largest.is_sorted_by(|a: &Cuboid, b: &Cuboid| a.count() >= b.count()));
    }

    #[test]
    fn diagrams_count_who_meets((space, regions) in scene(1..4, 5, 6), with in 0usize..5) {
        let (scope, regions) = (regions[0].disjoint(), regions[1..].iter().collect::<Vec<&Region>>());
        let boxes = Boxes::new(space.dimensions.len(), owned(&regions));
        let matters = |set: &[usize]| set.len() > 1 && set.contains(&with);
        let met = those(&space, |p| {
            let set: Vec<usize> = (0..5).filter(|at| regions[*at].contains(p)).collect();
            scope.contains(p) && matters(&set)
        });
        let count = bdd_fallback::met(scope.cuboids(), &boxes, &matters).ok().expect("small");
        prop_assert_eq!(count, BigUint::from(met.len()));
    }
}
