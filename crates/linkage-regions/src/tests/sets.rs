//! Axes without an order, wide enough for alphabets of several words: lists cut by arbitrary sets, trees by
//! subtrees with exceptions, beside numbers cut by ranges.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use proptest::collection::vec;
use proptest::prelude::*;

use super::super::alphabet::Alphabet;
use super::super::{
    Branch, Cover, Cuboid, Dimension, Kind, Measure, Point, Region, Side, Space, Survey, Tree, cover,
    gaps_within, minimal, overlaps_within,
};
use super::points;

const TOWNS: u32 = 4;
const STREETS: u32 = 6;

/// A tree of towns with streets, a list of this many values, a few numbers.
fn wide(values: u32) -> Space {
    let street = |town, at| Branch::leaf(ecow::eco_format!("t{town}s{at}"));
    let streets = |town| (0..STREETS).map(|at| street(town, at)).collect();
    let towns: Vec<_> =
        (0..TOWNS).map(|town| Branch::new(ecow::eco_format!("t{town}"), streets(town))).collect();
    let names = (0..values).map(|at| ecow::eco_format!("v{at}")).collect();
    Space::new(vec![
        Dimension::new("area", Kind::Tree(Tree::new(&towns))),
        Dimension::new("list", Kind::List(names)),
        Dimension::new("number", Kind::Integer { lowest: 0, highest: 4 }),
    ])
}

/// Some towns less some streets, or all.
fn area() -> impl Strategy<Value = Side> {
    let street = |at: u32| Side::value(at);
    let town = |at: u32| Side::interval(at * STREETS, (at + 1) * STREETS);
    let of = move |(towns, less): (Vec<u32>, Vec<u32>)| {
        let all = towns.into_iter().fold(Side::empty(), |all, at| all.union(&town(at)));
        less.into_iter().fold(all, |left, at| left.minus(&street(at)))
    };
    let some = (vec(0..TOWNS, 1..4), vec(0..TOWNS * STREETS, 0..3)).prop_map(of);
    prop_oneof![1 => Just(Side::interval(0, TOWNS * STREETS)), 4 => some]
}

/// Any of the values, those of a half, one, or all.
fn values(size: u32) -> impl Strategy<Value = Side> {
    let any = vec(any::<bool>(), size as usize)
        .prop_map(|taken| Side::from_values((0..).zip(taken).filter(|(_, taken)| *taken).map(|(at, _)| at)));
    let half = (2..7u32, 0..7u32)
        .prop_map(move |(step, from)| Side::from_values((from..size).step_by(step as usize)));
    prop_oneof![4 => any, 2 => half, 1 => (0..size).prop_map(Side::value), 1 => Just(Side::interval(0, size))]
}

fn scene() -> impl Strategy<Value = (Space, Vec<Region>)> {
    prop_oneof![3u32..9, 60u32..70, 100u32..140].prop_flat_map(|size| {
        let number = (0u32..5, 0u32..5).prop_map(|(a, b)| Side::interval(a.min(b), a.max(b) + 1));
        let cuboid = (area(), values(size), number).prop_map(|(a, b, c)| [a, b, c]);
        vec(vec(cuboid, 1..4), 7).prop_map(move |regions| {
            let space = wide(size);
            let of = |boxes: &Vec<[Side; 3]>| {
                Region::from_cuboids(&space, boxes.iter().map(|sides| Cuboid::new(&space, sides.clone())))
            };
            let regions = regions.iter().map(of).collect();
            (space, regions)
        })
    })
}

/// The points of the scope by the set of regions that hold them.
fn by_set(space: &Space, scope: &Region, regions: &[&Region]) -> BTreeMap<Vec<usize>, Vec<Point>> {
    let mut sets: BTreeMap<Vec<usize>, Vec<Point>> = BTreeMap::new();
    for point in points(space).into_iter().filter(|point| scope.contains(point)) {
        let set = (0..regions.len()).filter(|at| regions[*at].contains(&point)).collect();
        sets.entry(set).or_default().push(point);
    }
    sets
}

/// A region has these points, each in one box.
fn has(region: &Region, expected: &[Point]) -> Result<(), TestCaseError> {
    prop_assert_eq!(region.count(), BigUint::from(expected.len()));
    prop_assert_eq!(region.witness(), expected.first().cloned());
    for point in expected {
        prop_assert_eq!(region.cuboids().iter().filter(|cuboid| cuboid.contains(point)).count(), 1);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn gaps_and_groups_are_those_of_all_points((space, regions) in scene()) {
        let (scope, regions) = (&regions[0], regions[1..].iter().collect::<Vec<_>>());
        let mut expected = by_set(&space, scope, &regions);
        let Cover { gaps, overlaps } = cover(scope, &regions, |_| true, usize::MAX);
        let free = expected.remove(&Vec::new()).unwrap_or_default();
        has(&gaps.found, &free)?;
        prop_assert_eq!(gaps.witness(), free.first().cloned());
        prop_assert_eq!(&gaps.measure, &Measure::Exact(free.len().into()));
        expected.retain(|set, _| set.len() > 1);
        prop_assert!(overlaps.groups.iter().map(|(set, _)| set).eq(expected.keys()));
        for ((_, region), points) in overlaps.groups.iter().zip(expected.values()) {
            has(region, points)?;
        }
        let met: usize = expected.values().map(Vec::len).sum();
        prop_assert_eq!(overlaps.measure, Measure::Exact(met.into()));
        prop_assert!(Region::from_cuboids(&space, minimal(&gaps.found).cuboids).same_as(&gaps.found));
    }

    #[test]
    fn answers_do_not_depend_on_the_order_of_regions((_, regions) in scene()) {
        let (scope, rest) = regions.split_first().expect("seven regions");
        let (forward, backward): (Vec<_>, Vec<_>) = (rest.iter().collect(), rest.iter().rev().collect());
        let one = cover(scope, &forward, |_| true, usize::MAX);
        let other = cover(scope, &backward, |_| true, usize::MAX);
        prop_assert_eq!(one.gaps.found.cuboids(), other.gaps.found.cuboids());
        let last = rest.len() - 1;
        let renamed = other.overlaps.groups.iter().map(|(set, region)| {
            (set.iter().rev().map(|at| last - at).collect::<Vec<_>>(), region.cuboids())
        });
        let renamed: BTreeMap<_, _> = renamed.collect();
        prop_assert_eq!(renamed.len(), one.overlaps.groups.len());
        for (set, region) in &one.overlaps.groups {
            prop_assert_eq!(Some(region.cuboids()), renamed.get(set).copied());
        }
    }

    #[test]
    fn budgets_leave_true_bounds((space, regions) in scene(), budget in 0usize..12) {
        let (scope, regions) = (&regions[0], regions[1..].iter().collect::<Vec<_>>());
        let mut sets = by_set(&space, scope, &regions);
        let within = |measure: &Measure, count: usize| match measure {
            Measure::Exact(exact) => *exact == count.into(),
            Measure::Between(least, most) => *least <= count.into() && *most >= count.into(),
        };
        let free = sets.remove(&Vec::new()).unwrap_or_default();
        let gaps = gaps_within(scope, &regions, budget);
        prop_assert!(within(&gaps.measure, free.len()));
        prop_assert!(free.iter().all(|point| gaps.found.contains(point) || gaps.undecided.contains(point)));
        let met = sets.iter().filter(|(set, _)| set.len() > 1).map(|(_, points)| points.len()).sum();
        prop_assert!(within(&overlaps_within(scope, &regions, |_| true, budget).measure, met));
    }

    #[test]
    fn a_survey_follows_changes((_, regions) in scene(), at in 0usize..5) {
        let scope = &regions[0];
        let mut survey = Survey::new(scope, regions[1..6].to_vec(), |_| true);
        survey.replace(at, regions[6].clone());
        let now: Vec<&Region> = survey.regions().iter().collect();
        let anew = cover(scope, &now, |_| true, usize::MAX);
        prop_assert!(survey.gaps().same_as(&anew.gaps.found));
        let counts: Vec<_> = survey.overlap_counts().map(|(set, count)| (set.to_vec(), count.clone())).collect();
        let expected: Vec<_> =
            anew.overlaps.groups.iter().map(|(set, region)| (set.clone(), region.count())).collect();
        prop_assert_eq!(counts, expected);
    }

    #[test]
    fn letters_are_read_as_they_were_written(sides in vec(values(140), 1..12)) {
        let Some(alphabet) = Alphabet::of(sides.iter()) else {
            prop_assert!(sides.iter().all(|side| side.runs().len() < 2));
            return Ok(());
        };
        let write = |side: &Side| {
            let mut words = vec![0; alphabet.words];
            alphabet.write(side, &mut words);
            words
        };
        for side in &sides {
            prop_assert_eq!(&alphabet.read(&write(side)), side);
        }
        // Values with one letter are in the same sides; where letters are few enough for one word, each
        // stretch keeps its own.
        for value in 0..139 {
            let [one, other] = [value, value + 1].map(|value| write(&Side::value(value)));
            let alike = sides.iter().all(|side| side.contains(value) == side.contains(value + 1));
            prop_assert!(one != other || alike);
        }
    }
}
