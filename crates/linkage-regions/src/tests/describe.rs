use proptest::prelude::*;

use super::super::{Branch, ClockRange, Dimension, Kind, NodeRef, Side, SideName, Tree, describe_side};
use super::side_of_bits;

fn england() -> Tree {
    let york = Branch::new("York", vec![Branch::leaf("Inner"), Branch::leaf("Outer")]);
    let north = Branch::new("North", vec![Branch::leaf("Leeds"), york, Branch::leaf("Hull")]);
    Tree::new(&[north, Branch::leaf("South")])
}

/// What the leaves with these names are called.
fn called(tree: &Tree, leaves: &[&str]) -> (Vec<String>, Vec<String>) {
    let dimension = Dimension::new("area", Kind::Tree(tree.clone()));
    let wanted = |leaf: &u32| dimension.show(*leaf).is_some_and(|name| leaves.contains(&name.as_str()));
    let side = Side::from_values((0..tree.leaves()).filter(wanted));
    let SideName::Nodes(named) = describe_side(&dimension, &side) else { panic!("a tree has nodes") };
    let name = |node: &NodeRef| tree.get(*node).expect("own node").name.to_string();
    (named.all_of.iter().map(name).collect(), named.except.iter().map(name).collect())
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

#[test]
fn subtrees_are_named_with_exceptions_where_that_is_shorter() {
    let tree = england();
    assert_eq!(called(&tree, &["Leeds", "Inner", "Outer", "Hull"]), (words(&["North"]), words(&[])));
    assert_eq!(called(&tree, &["Inner", "Outer", "Hull"]), (words(&["York", "Hull"]), words(&[])));
    assert_eq!(called(&tree, &["Leeds", "Inner", "Hull"]), (words(&["North"]), words(&["Outer"])));
    assert_eq!(called(&tree, &["Leeds", "Outer", "Hull", "South"]), (words(&[""]), words(&["Inner"])));
    assert_eq!(called(&tree, &["South"]), (words(&["South"]), words(&[])));
    assert_eq!(called(&tree, &[]), (words(&[]), words(&[])));
}

#[test]
fn a_tree_knows_its_paths() {
    let tree = england();
    let inner = tree.find(&["North", "York", "Inner"]).expect("is there");
    assert_eq!(tree.leaf(1), Some(inner));
    assert_eq!(tree.path(inner).len(), 3);
    assert_eq!(tree.find(&["York"]), None);
    assert_eq!(tree.leaf(5), None);
    let none = Tree::new(&[]);
    assert_eq!((none.leaves(), none.leaf(0), none.side(Tree::ROOT)), (0, None, Side::empty()));
}

#[test]
fn numbers_times_and_lists() {
    let number = Dimension::new("severity", Kind::Integer { lowest: -2, highest: 7 });
    let side = Side::from_values([0, 1, 2, 9]);
    assert_eq!(describe_side(&number, &side), SideName::Integers(vec![(-2, 0), (7, 7)]));
    let clock = Dimension::new("time", Kind::Minutes);
    let night = Side::interval(0, 360).union(&Side::interval(1320, 1440));
    let SideName::Clock(ranges) = describe_side(&clock, &night) else { panic!("a clock has times") };
    assert_eq!(ranges, [ClockRange { from: 1320, to: 360 }]);
    assert_eq!(ranges[0].to_string(), "22:00-06:00");
    assert_eq!(describe_side(&clock, &Side::interval(0, 1440)), SideName::Whole);
    let days = Dimension::new("day", Kind::List(["workday", "rest day", "holiday"].map(Into::into).to_vec()));
    assert_eq!(describe_side(&days, &Side::interval(0, 2)), SideName::AllBut(vec!["holiday".into()]));
    assert_eq!(describe_side(&days, &Side::value(1)), SideName::Names(vec!["rest day".into()]));
    for size in [0, 3] {
        let list = Dimension::new("l", Kind::List(vec!["x".into(); size]));
        assert_eq!(describe_side(&list, &Side::empty()), SideName::Names(Vec::new()));
    }
    let top = Dimension::new("n", Kind::Integer { lowest: i64::MAX - 1, highest: i64::MAX });
    assert_eq!(describe_side(&top, &Side::value(1)), SideName::Integers(vec![(i64::MAX, i64::MAX)]));
    assert_eq!(top.show(1).as_deref(), Some("9223372036854775807"));
    assert!(!Dimension::new("n", Kind::Integer { lowest: i64::MIN, highest: i64::MAX }).fits());
    assert_eq!(Dimension::new("n", Kind::Integer { lowest: 1, highest: 0 }).size(), 0);
}

/// A random tree: each node hangs below an earlier one or is a root.
fn tree() -> impl Strategy<Value = Tree> {
    fn below(parent: Option<usize>, parents: &[Option<usize>]) -> Vec<Branch> {
        let own = (0..parents.len()).filter(|at| parents[*at] == parent);
        own.map(|at| Branch::new(at.to_string(), below(Some(at), parents))).collect()
    }
    proptest::collection::vec(0usize..9, 0..9).prop_map(|picks| {
        let parents: Vec<Option<usize>> =
            picks.iter().enumerate().map(|(at, pick)| (pick % (at + 1)).checked_sub(1)).collect();
        Tree::new(&below(None, &parents))
    })
}

/// The fewest nodes that name the side, by trying all pairs of sets of nodes.
fn fewest(tree: &Tree, side: &Side) -> usize {
    let nodes: Vec<NodeRef> = tree.nodes().map(|(at, _)| at).collect();
    let union = |bits: u32| {
        let picked = nodes.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
        picked.fold(Side::empty(), |side, (_, node)| side.union(&tree.side(*node)))
    };
    let unions: Vec<(u32, Side)> =
        (0..1 << nodes.len()).map(|bits: u32| (bits.count_ones(), union(bits))).collect();
    let mut best: std::collections::BTreeMap<&Side, u32> = std::collections::BTreeMap::new();
    for (count, union) in &unions {
        let least = best.entry(union).or_insert(*count);
        *least = (*least).min(*count);
    }
    let pairs = best.iter().flat_map(|(all, a)| best.iter().map(move |(not, b)| (all.minus(not), a + b)));
    pairs.filter(|(named, _)| named == side).map(|(_, count)| count as usize).min().expect("leaves are nodes")
}

proptest! {
    #[test]
    fn names_say_the_side_and_none_are_fewer(tree in tree(), bits in 0u32..512) {
        let whole = Side::interval(0, tree.leaves());
        let side = side_of_bits(bits).intersect(&whole);
        let dimension = Dimension::new("tree", Kind::Tree(tree.clone()));
        let name = describe_side(&dimension, &side);
        prop_assert_eq!(name.side(&dimension), side.clone());
        if let SideName::Nodes(named) = name {
            prop_assert_eq!(named.all_of.len() + named.except.len(), fewest(&tree, &side));
        }
    }

    #[test]
    fn every_kind_goes_there_and_back(bits in 0u32..1024, scale in 1u32..144) {
        let clock = Side::from_runs(side_of_bits(bits).runs().iter()
            .map(|run| super::super::Run::new(run.start * scale, run.end * scale)));
        let names = (0..10).map(|at| ecow::eco_format!("v{at}")).collect();
        for (kind, side) in [
            (Kind::Minutes, clock),
            (Kind::Integer { lowest: -5, highest: 4 }, side_of_bits(bits)),
            (Kind::List(names), side_of_bits(bits)),
        ] {
            let dimension = Dimension::new("d", kind);
            prop_assert_eq!(describe_side(&dimension, &side).side(&dimension), side);
        }
    }
}
