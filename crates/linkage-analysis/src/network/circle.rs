//! The shortest way round.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Where arcs lead from each node that has any.
type Leads = BTreeMap<usize, BTreeSet<usize>>;

/// The nodes of a shortest circle of arcs, each once, beginning with the least; of several the first. None
/// where nothing leads back. Nodes without arcs cost nothing.
pub fn shortest_circle(size: usize, arcs: &[(usize, usize)]) -> Option<Vec<usize>> {
    let mut leads = Leads::new();
    for (tail, head) in arcs.iter().filter(|(tail, head)| *tail < size && *head < size) {
        leads.entry(*tail).or_default().insert(*head);
    }
    let mut shortest: Option<Vec<usize>> = None;
    for start in leads.keys() {
        let found = round(&leads, *start);
        let shorter = |own: &Vec<usize>| shortest.as_ref().is_none_or(|known| own.len() < known.len());
        if let Some(own) = found.filter(shorter) {
            shortest = Some(own);
        }
    }
    shortest
}

/// The shortest way from a node back to it.
fn round(leads: &Leads, start: usize) -> Option<Vec<usize>> {
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for next in leads.get(&at).into_iter().flatten() {
            if *next == start {
                let mut way: Vec<usize> =
                    std::iter::successors(Some(at), |at| before.get(at).copied()).collect();
                way.reverse();
                return Some(way);
            }
            if !before.contains_key(next) {
                before.insert(*next, at);
                queue.push_back(*next);
            }
        }
    }
    None
}
