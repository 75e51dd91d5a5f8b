//! What the shortest ways pass through: betweenness, after Brandes (2001).
//!
//! Brandes' sums are fractions with large denominators, so they are taken twice: in floating point for all nodes,
//! which tells the few that come near what is asked for, then exactly for those, from counts of shortest ways.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use num_bigint::BigUint;

use super::Fraction;

/// Sums of positive numbers are wrong by far less.
const MARGIN: f64 = 1e-6;

/// Nodes, and which of them are tied to each other.
#[derive(Debug, Clone)]
pub struct Network {
    neighbours: Vec<Vec<usize>>,
}

/// The shortest ways from one node.
struct Ways {
    /// How far each node is, if there is a way.
    far: Vec<Option<usize>>,
    /// How many shortest ways there are to each.
    count: Vec<BigUint>,
}

impl Network {
    /// A network of so many nodes; a tie has no direction, and of one node with itself it says nothing.
    pub fn new(size: usize, ties: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut sets: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); size];
        for (one, other) in ties {
            if one != other && one < size && other < size {
                sets[one].insert(other);
                sets[other].insert(one);
            }
        }
        Self { neighbours: sets.into_iter().map(|set| set.into_iter().collect()).collect() }
    }

    /// The parts that hang together, each sorted, by their least node.
    pub fn parts(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.neighbours.len()];
        let mut parts = Vec::new();
        for start in 0..self.neighbours.len() {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            let (mut part, mut open) = (Vec::new(), vec![start]);
            while let Some(at) = open.pop() {
                part.push(at);
                for next in &self.neighbours[at] {
                    if !std::mem::replace(&mut seen[*next], true) {
                        open.push(*next);
                    }
                }
            }
            part.sort_unstable();
            parts.push(part);
        }
        parts
    }

    /// How far each node is from one, and the nodes in the order in which they are come to.
    fn spread(&self, from: usize) -> (Vec<Option<usize>>, Vec<usize>) {
        let mut far = vec![None; self.neighbours.len()];
        far[from] = Some(0);
        let (mut order, mut queue) = (Vec::new(), VecDeque::from([from]));
        while let Some(at) = queue.pop_front() {
            order.push(at);
            for next in &self.neighbours[at] {
                if far[*next].is_none() {
                    far[*next] = far[at].map(|far| far + 1);
                    queue.push_back(*next);
                }
            }
        }
        (far, order)
    }

    fn ways(&self, from: usize) -> Ways {
        let (far, order) = self.spread(from);
        let mut count = vec![BigUint::ZERO; far.len()];
        count[from] = BigUint::from(1_u8);
        for at in order {
            for next in self.neighbours[at].iter().filter(|next| is_next(&far, at, **next)) {
                let more = count[at].clone();
                count[*next] += more;
            }
        }
        Ways { far, count }
    }

    /// Brandes' sums, in floating point: for each node how many pairs it lies between.
    fn roughly(&self) -> Vec<f64> {
        let size = self.neighbours.len();
        let mut between = vec![0.0; size];
        for from in 0..size {
            let (far, order) = self.spread(from);
            let mut count = vec![0.0_f64; size];
            count[from] = 1.0;
            for at in &order {
                for next in self.neighbours[*at].iter().filter(|next| is_next(&far, *at, **next)) {
                    count[*next] += count[*at];
                }
            }
            let mut depending = vec![0.0_f64; size];
            for at in order.iter().rev() {
                for next in self.neighbours[*at].iter().filter(|next| is_next(&far, *at, **next)) {
                    depending[*at] += count[*at] / count[*next] * (1.0 + depending[*next]);
                }
                if *at != from {
                    between[*at] += depending[*at] / 2.0;
                }
            }
        }
        between
    }
}

/// Whether a node lies one further.
fn is_next(far: &[Option<usize>], at: usize, next: usize) -> bool {
    far[at].map(|far| far + 1) == far[next]
}

/// The nodes through which at least such a share of the shortest ways goes, with the exact share: of the pairs
/// of other nodes that hang together, each counting for the share of its shortest ways that pass the node.
pub fn busiest(network: &Network, least: &Fraction) -> Vec<(usize, Fraction)> {
    let size = network.neighbours.len();
    let mut pairs = vec![0_usize; size];
    let choose = |count: usize| count * count.saturating_sub(1) / 2;
    let parts = network.parts();
    let all: usize = parts.iter().map(|part| choose(part.len())).sum();
    for part in &parts {
        for node in part {
            pairs[*node] = all - (part.len() - 1);
        }
    }
    let rough = network.roughly();
    let wanted = |node: &usize| {
        let parts = u32::try_from(least.in_parts(1 << 20)).unwrap_or(u32::MAX);
        let share = rough[*node] / f64::from(u32::try_from(pairs[*node]).unwrap_or(u32::MAX));
        // Counts that overflow make no number: then it is asked exactly.
        pairs[*node] > 0 && (share.is_nan() || share >= f64::from(parts) / f64::from(1 << 20) - MARGIN)
    };
    let near: Vec<usize> = (0..size).filter(wanted).collect();
    let shares = exactly(network, &near).into_iter().zip(&near).map(|(sum, node)| {
        let share = sum.divided_by(pairs[*node]);
        (*node, share)
    });
    let mut found: Vec<(usize, Fraction)> = shares.filter(|(_, share)| share >= least).collect();
    found.sort_by(|(one, share), (other, more)| more.cmp(share).then(one.cmp(other)));
    found
}

/// For some nodes how many pairs each lies between.
fn exactly(network: &Network, nodes: &[usize]) -> Vec<Fraction> {
    let own: Vec<Ways> = nodes.iter().map(|node| network.ways(*node)).collect();
    // Ways through a node, by how many shortest ways their pair has in all.
    let mut sums: Vec<BTreeMap<BigUint, BigUint>> = vec![BTreeMap::new(); nodes.len()];
    if nodes.is_empty() {
        return Vec::new();
    }
    for from in 0..network.neighbours.len() {
        let all = network.ways(from);
        for ((node, own), sums) in nodes.iter().zip(&own).zip(&mut sums) {
            let Some(here) = all.far[*node].filter(|_| *node != from) else { continue };
            for to in (from + 1..all.far.len()).filter(|to| to != node) {
                let on_the_way = own.far[to].zip(all.far[to]).is_some_and(|(on, far)| here + on == far);
                if on_the_way {
                    let through = &all.count[*node] * &own.count[to];
                    *sums.entry(all.count[to].clone()).or_default() += through;
                }
            }
        }
    }
    let nothing = || Fraction::new(0_u8, 1_u8);
    let sum = |by: BTreeMap<BigUint, BigUint>| {
        by.into_iter().fold(nothing(), |sum, (under, over)| sum.plus(&Fraction::new(over, under)))
    };
    sums.into_iter().map(sum).collect()
}
