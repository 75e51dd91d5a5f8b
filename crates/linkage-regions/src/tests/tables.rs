//! Tables with a known answer: everything exact, and no more gap boxes than slabs were cut out.

use std::collections::BTreeSet;

use num_bigint::BigUint;
use proptest::prelude::*;

use super::super::tables::{Change, Faults, Table, constraints, mixed, numeric, random, shuffled, split};
use super::super::{Cover, Region, cover, minimal};
use super::points;

fn is_known(table: &Table) -> Result<(), TestCaseError> {
    let scope = Region::full(&table.space);
    let Cover { gaps, overlaps } = cover(&scope, &table.regions(), |_| true, usize::MAX);
    prop_assert_eq!(Some(gaps.found.count()), table.known.gaps.clone());
    let slabs = Region::from_cuboids(&table.space, table.known.slabs.iter().cloned());
    prop_assert!(gaps.found.same_as(&slabs));
    let found: Vec<_> = overlaps.groups.iter().map(|(set, region)| (set.clone(), region.count())).collect();
    let known: Vec<_> =
        table.known.overlaps.iter().map(|(set, count)| (set.to_vec(), count.clone())).collect();
    prop_assert_eq!(found, known);
    let few = minimal(&gaps.found);
    prop_assert!(few.cuboids.len() <= table.known.slabs.len());
    prop_assert!(Region::from_cuboids(&table.space, few.cuboids).same_as(&slabs));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn split_tables_are_answered_exactly(axes in 3usize..=15, boxes in 500usize..=1500, seed: u64) {
        is_known(&split(numeric(axes), boxes, Faults::tenth(boxes), seed))?;
    }

    #[test]
    fn mixed_tables_are_answered_exactly(axes in 3usize..=15, boxes in 500usize..=1500, seed: u64) {
        is_known(&split(mixed(axes), boxes, Faults::tenth(boxes), seed))?;
    }

    #[test]
    fn what_a_split_table_knows_is_true(boxes in 2usize..30, seed: u64) {
        let table = split(super::space(&[9, 8, 7]), boxes, Faults { shrunk: boxes / 3, widened: boxes / 3 }, seed);
        let mut gaps = 0u32;
        let mut pairs = std::collections::BTreeMap::new();
        for point in points(&table.space) {
            let set: Vec<usize> =
                (0..table.regions.len()).filter(|at| table.regions[*at].contains(&point)).collect();
            prop_assert!(set.len() <= 2, "three meet");
            gaps += u32::from(set.is_empty());
            prop_assert_eq!(set.is_empty(), table.known.slabs.iter().any(|slab| slab.contains(&point)));
            if let [a, b] = set[..] {
                *pairs.entry([a, b]).or_insert_with(BigUint::default) += 1u32;
            }
        }
        prop_assert_eq!(table.known.gaps, Some(gaps.into()));
        prop_assert_eq!(table.known.overlaps, pairs.into_iter().collect::<Vec<_>>());
    }
}

/// Enumerations cut into arbitrary sets: the gap is the slabs, and the pairs are those that meet.
#[test]
fn shuffled_tables_are_answered_exactly() {
    for (boxes, seed) in [(300, 5), (1000, 2), (1500, 1)] {
        let table = shuffled(boxes, 5, 10, Change::Shrunk, seed);
        is_known(&table).expect("known");
    }
    for (boxes, seed) in [(300, 5), (1500, 1)] {
        let table = shuffled(boxes, 5, 10, Change::Widened, seed);
        let scope = Region::full(&table.space);
        let Cover { gaps, overlaps } = cover(&scope, &table.regions(), |_| true, usize::MAX);
        assert!(gaps.found.is_empty() && overlaps.undecided.is_empty());
        let mut pairs = BTreeSet::new();
        let mut more = BigUint::ZERO;
        for (set, region) in &overlaps.groups {
            pairs.extend(set.iter().enumerate().flat_map(|(nth, b)| set[..nth].iter().map(|a| [*a, *b])));
            more += region.count() * (set.len() - 1);
        }
        assert!(pairs.into_iter().eq(table.known.pairs), "the pairs that meet");
        // Each point is in one box at least, and the sizes of all boxes count it once for each that has it.
        let all: BigUint = table.regions.iter().map(Region::count).sum();
        assert_eq!(more, all - scope.count());
    }
}

#[test]
fn large_tables_are_answered_exactly() {
    for (boxes, axes) in [(4000, 7), (9000, 4)] {
        is_known(&split(numeric(axes), boxes, Faults::tenth(boxes), 1)).expect("known");
    }
}

#[test]
fn constraints_are_complete() {
    let table = constraints(5, 4, 300, 3);
    assert!(points(&table.space).iter().all(|p| table.regions.iter().any(|region| region.contains(p))));
    assert!(
        cover(&Region::full(&table.space), &table.regions(), |_| false, usize::MAX).gaps.found.is_empty()
    );
    assert_eq!(random(6, 40, 1).regions.len(), 40);
}
