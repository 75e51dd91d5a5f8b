use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::{Region, first_gap, gaps, gaps_within, overlaps, overlaps_within};
use super::{points, scene};

proptest! {
    #[test]
    fn gaps_are_what_nobody_holds((space, regions) in scene(0..4, 4, 6)) {
        let (scope, regions) = (&regions[0], regions[1..].iter().collect::<Vec<_>>());
        let found = gaps(scope, &regions);
        prop_assert_eq!(first_gap(scope, &regions), found.witness());
        for point in points(&space) {
            let free = scope.contains(&point) && !regions.iter().any(|r| r.contains(&point));
            let homes = found.cuboids().iter().filter(|c| c.contains(&point)).count();
            prop_assert_eq!(homes, usize::from(free));
        }
    }

    #[test]
    fn overlaps_part_the_space_by_who_holds_it((space, regions) in scene(0..4, 4, 6)) {
        let (scope, regions) = (&regions[0], regions[1..].iter().collect::<Vec<_>>());
        let with_2 = |set: &[usize]| set.contains(&2);
        let mut expected = BTreeMap::new();
        for point in points(&space) {
            let set: Vec<usize> = (0..5).filter(|r| regions[*r].contains(&point)).collect();
            if scope.contains(&point) && set.len() > 1 && with_2(&set) {
                expected.entry(set).or_insert_with(Vec::new).push(point);
            }
        }
        let found = overlaps(scope, &regions, with_2);
        prop_assert_eq!(found.iter().map(|(set, _)| set).collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for ((_, region), held) in found.iter().zip(expected.values()) {
            for point in points(&space) {
                let homes = region.cuboids().iter().filter(|c| c.contains(&point)).count();
                prop_assert_eq!(homes, usize::from(held.contains(&point)));
            }
        }
    }

    #[test]
    fn answers_do_not_depend_on_order((_, regions) in scene(1..4, 5, 6)) {
        let (scope, rest) = regions.split_first().expect("six regions");
        let forward: Vec<&Region> = rest.iter().collect();
        let backward: Vec<&Region> = rest.iter().rev().collect();
        prop_assert_eq!(gaps(scope, &forward).cuboids().to_vec(), gaps(scope, &backward).cuboids().to_vec());
        let named = |set: &[usize]| -> Vec<usize> { set.iter().rev().map(|at| 4 - at).collect() };
        let one: BTreeMap<_, _> = overlaps(scope, &forward, |_| true)
            .into_iter().map(|(set, region)| (set, region.cuboids().to_vec())).collect();
        let other: BTreeMap<_, _> = overlaps(scope, &backward, |_| true)
            .into_iter().map(|(set, region)| (named(&set), region.cuboids().to_vec())).collect();
        prop_assert_eq!(one, other);
    }

    #[test]
    fn a_budget_is_honest((space, regions) in scene(1..4, 5, 6), budget in 0usize..6) {
        let (scope, regions) = (&regions[0], regions[1..].iter().collect::<Vec<_>>());
        let (all, part) = (gaps(scope, &regions), gaps_within(scope, &regions, budget));
        prop_assert!(part.found.is_subset(&all));
        prop_assert!(all.minus(&part.found).is_subset(&part.undecided));
        let exact: BTreeMap<_, _> = overlaps(scope, &regions, |_| true).into_iter().collect();
        let cut = overlaps_within(scope, &regions, |_| true, budget);
        for (set, region) in &cut.groups {
            prop_assert!(exact.get(set).is_some_and(|all| region.is_subset(all)));
        }
        for (set, region) in &exact {
            let known = cut.groups.iter().find(|(own, _)| own == set).map(|(_, r)| r.clone());
            let known = known.unwrap_or_else(|| Region::empty(&space));
            prop_assert!(region.minus(&known).is_subset(&cut.undecided));
        }
    }
}
