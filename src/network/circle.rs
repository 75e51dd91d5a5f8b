//! The shortest way round.

use std::collections::{BTreeSet, VecDeque};

/// The nodes of a shortest circle of arcs, each once, beginning with the least; of several the first. None
/// where nothing leads back.
pub fn shortest_circle(size: usize, arcs: &[(usize, usize)]) -> Option<Vec<usize>> {
    let mut leads: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); size];
    for (tail, head) in arcs.iter().filter(|(tail, head)| *tail < size && *head < size) {
        leads[*tail].insert(*head);
    }
    let mut shortest: Option<Vec<usize>> = None;
    for start in 0..size {
        let found = round(&leads, start);
        let shorter = |own: &Vec<usize>| shortest.as_ref().is_none_or(|known| own.len() < known.len());
        if let Some(own) = found.filter(shorter) {
            shortest = Some(own);
        }
    }
    shortest
}

/// The shortest way from a node back to it.
fn round(leads: &[BTreeSet<usize>], start: usize) -> Option<Vec<usize>> {
    let mut before: Vec<Option<usize>> = vec![None; leads.len()];
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for next in &leads[at] {
            if *next == start {
                let mut way: Vec<usize> = std::iter::successors(Some(at), |at| before[*at]).collect();
                way.reverse();
                return Some(way);
            }
            if before[*next].is_none() {
                before[*next] = Some(at);
                queue.push_back(*next);
            }
        }
    }
    None
}
