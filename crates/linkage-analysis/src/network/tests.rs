//! Each measure against what counting everything says.

use num_bigint::BigUint;
use proptest::prelude::*;

use super::*;

/// All shortest ways of a pair, one by one.
fn shortest_ways(size: usize, ties: &[(usize, usize)], from: usize, to: usize) -> Vec<Vec<usize>> {
    let tied = |a: usize, b: usize| ties.contains(&(a, b)) || ties.contains(&(b, a));
    let mut ways = vec![vec![from]];
    for _ in 0..size {
        let ended: Vec<Vec<usize>> = ways.iter().filter(|way| way.last() == Some(&to)).cloned().collect();
        if !ended.is_empty() {
            return ended;
        }
        let longer = |way: &Vec<usize>| {
            let last = way[way.len() - 1];
            let way = way.clone();
            (0..size).filter(move |next| tied(last, *next) && !way.contains(next)).collect::<Vec<_>>()
        };
        ways = ways
            .iter()
            .flat_map(|way| longer(way).into_iter().map(|next| [way.as_slice(), &[next]].concat()))
            .collect();
    }
    Vec::new()
}

fn share_by_hand(size: usize, ties: &[(usize, usize)], node: usize) -> Fraction {
    let (mut sum, mut pairs) = (Fraction::new(0_u8, 1_u8), 0_usize);
    for from in (0..size).filter(|from| *from != node) {
        for to in (from + 1..size).filter(|to| *to != node) {
            let ways = shortest_ways(size, ties, from, to);
            let through = ways.iter().filter(|way| way.contains(&node)).count();
            pairs += usize::from(!ways.is_empty());
            sum = sum.plus(&Fraction::new(through, ways.len()));
        }
    }
    sum.divided_by(pairs)
}

fn leads_to(size: usize, arcs: &[(usize, usize)], from: usize, to: usize, without: Option<usize>) -> bool {
    let mut reached = vec![false; size];
    reached[from] = true;
    for _ in 0..size {
        for (tail, head) in arcs {
            if reached[*tail] && Some(*head) != without {
                reached[*head] = true;
            }
        }
    }
    reached[to]
}

fn arcs() -> impl Strategy<Value = (usize, Vec<(usize, usize)>)> {
    (2_usize..8)
        .prop_flat_map(|size| (Just(size), proptest::collection::vec((0..size, 0..size), 0..size * 2)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn betweenness_is_what_counting_ways_says((size, ties) in arcs(), parts in 0_u32..12) {
        let least = Fraction::new(parts, 12_u8);
        let told = busiest(&Network::new(size, ties.iter().copied()), &least);
        for node in 0..size {
            let by_hand = share_by_hand(size, &ties, node);
            let own = told.iter().find(|(own, _)| *own == node).map(|(_, share)| share.clone());
            // Where the others make no pair there is no share to speak of.
            let any = (0..size).any(|from| (from + 1..size).any(|to| {
                from != node && to != node && !shortest_ways(size, &ties, from, to).is_empty()
            }));
            prop_assert_eq!(own, (any && by_hand >= least).then_some(by_hand));
        }
    }

    #[test]
    fn points_of_failure_are_those_whose_loss_cuts((size, arcs) in arcs()) {
        let (from, to) = (0, size - 1);
        let mut told = points_of_failure(size, &arcs, from, to);
        told.sort_unstable();
        let whole = leads_to(size, &arcs, from, to, None);
        let cuts = |node: &usize| whole && !leads_to(size, &arcs, from, to, Some(*node));
        let by_hand: Vec<usize> = (0..size).filter(|node| *node != from && *node != to).filter(cuts).collect();
        prop_assert_eq!(told, by_hand);
    }

    #[test]
    fn circles_are_circles_and_none_is_shorter((size, arcs) in arcs()) {
        // A closed walk of so many arcs, whatever it passes: the shortest is a circle.
        let walk = |length: usize| (0..size).any(|start| {
            let mut at = vec![start];
            for _ in 0..length {
                at = arcs.iter().filter(|(tail, _)| at.contains(tail)).map(|(_, head)| *head).collect();
            }
            at.contains(&start)
        });
        let by_hand = (1..=size).find(|length| walk(*length));
        let told = shortest_circle(size, &arcs);
        prop_assert_eq!(told.as_ref().map(Vec::len), by_hand);
        for (at, node) in told.iter().flatten().enumerate() {
            let round = told.as_ref().map_or(0, Vec::len);
            let next = told.iter().flatten().nth((at + 1) % round).copied().unwrap_or_default();
            prop_assert!(arcs.contains(&(*node, next)));
        }
    }

    #[test]
    fn gini_is_the_mean_difference(amounts in proptest::collection::vec(0_u32..50, 1..9)) {
        let big: Vec<BigUint> = amounts.iter().map(|amount| BigUint::from(*amount)).collect();
        let sum: u32 = amounts.iter().sum();
        let apart: u32 = amounts.iter().flat_map(|a| amounts.iter().map(|b| a.abs_diff(*b))).sum();
        let count = u32::try_from(amounts.len()).expect("few");
        let by_hand = (sum > 0).then(|| Fraction::new(apart, 2 * count * sum));
        prop_assert_eq!(gini(&big), by_hand);
    }
}

#[test]
fn fractions_are_rounded_only_when_told() {
    assert_eq!(Fraction::new(2_u8, 3_u8).in_parts(1000), BigUint::from(667_u32));
    assert_eq!(Fraction::new(1_u8, 2_u8).in_parts(1), BigUint::from(1_u32));
    assert_eq!(Fraction::new(7_u8, 0_u8), Fraction::new(0_u8, 5_u8));
    assert!(Fraction::new(1_u8, 3_u8) < Fraction::new(34_u8, 100_u8));
}

/// Ways double with every diamond: their count outgrows machine numbers, the share stays exact.
#[test]
fn shortest_ways_beyond_machine_numbers() {
    let diamonds = 140;
    let diamond = |at: usize| {
        let first = 3 * at;
        [(first, first + 1), (first, first + 2), (first + 1, first + 3), (first + 2, first + 3)]
    };
    let network = Network::new(3 * diamonds + 1, (0..diamonds).flat_map(diamond));
    let middle = 3 * diamonds / 2;
    let least = Fraction::new(499_u32, 1000_u32);
    let told = busiest(&network, &least);
    assert!(told.iter().any(|(node, share)| *node == middle && *share > least), "{}", told.len());
}
