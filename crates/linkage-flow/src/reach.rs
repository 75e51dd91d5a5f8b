//! In which situations a case comes to a node.

use std::collections::BTreeMap;

use petgraph::visit::EdgeRef;

use super::{Flow, Spot};
use linkage_regions::Region;

impl Flow {
    /// For each spot the situations in which some run comes to it, the facts staying as they are. Behind a
    /// block the branches are not held against each other: there it may be too many.
    pub fn regions(&self, from: &Region) -> BTreeMap<Spot, Region> {
        let mut reached: BTreeMap<Spot, Region> = BTreeMap::new();
        let Some(start) = self.start() else { return reached };
        let mut open = vec![(start, from.clone())];
        while let Some((at, region)) = open.pop() {
            let spot = self.graph[at];
            let new = reached.get(&spot).map_or_else(|| region.clone(), |known| region.minus(known));
            if new.is_empty() {
                continue;
            }
            let whole = reached.get(&spot).map_or_else(|| new.clone(), |known| known.union(&new));
            reached.insert(spot, whole);
            let mut ways: Vec<_> = self.graph.edges(at).collect();
            ways.sort_unstable_by_key(|edge| (*edge.weight(), edge.target()));
            for edge in ways {
                let through = self.guard(edge.id()).map_or_else(|| new.clone(), |guard| new.intersect(guard));
                open.push((edge.target(), through));
            }
        }
        reached
    }
}
