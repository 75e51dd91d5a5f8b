//! Who leads where the same claims meet: those over whom nobody prevails.
//!
//! "Prevails over" is a relation between pairs. A circle of it leaves all its members, unless somebody
//! outside prevails over one of them. One body left leads; several left is an overlap, unless they
//! share lawfully or a resolution settles it (section 3 of the semantics).

use std::collections::BTreeSet;

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::{BodyId, Division, Open, Order, Reason, ResolutionId, Sharing};

/// Who leads on a region where the same claims meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leadership {
    /// The claims that meet, by index.
    pub present: Vec<usize>,
    /// The claims that stay effective.
    pub effective: Vec<usize>,
    /// The bodies that lead by them, sorted.
    pub bodies: Vec<BodyId>,
    /// What that amounts to.
    pub kind: LeadershipKind,
    /// The claims of a circle in which each prevails over the next, if nobody outside prevails over one.
    pub circle: Vec<usize>,
    /// Why no rule decides between two that stay effective, each reason once, sorted.
    pub open: Vec<Open>,
    /// Which claims are overridden, by which, and why.
    pub overridden: Vec<(usize, usize, Reason)>,
}

/// What leadership amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadershipKind {
    /// Nobody leads: a gap.
    Nobody,
    /// One body leads.
    One,
    /// Several lead, and are one power: one acts in the other's name (委托).
    Entrusted,
    /// Several lead lawfully.
    Shared(Sharing),
    /// Several claim, and a resolution settles it.
    Resolved(ResolutionId),
    /// Several claim, and nothing settles it: an overlap.
    Overlap,
}

impl Division<'_> {
    /// Who leads where exactly these claims meet; resolutions are not looked at.
    /// Pairs that are `united` by an entrustment are no conflict; a claim paired with itself is one whose
    /// bodies are one power among themselves.
    pub fn leadership(&self, present: &[usize], united: &BTreeSet<(usize, usize)>) -> Leadership {
        let mut graph: DiGraph<usize, Reason> = DiGraph::new();
        let nodes: Vec<NodeIndex> = present.iter().map(|claim| graph.add_node(*claim)).collect();
        let mut shared: Option<Sharing> = None;
        let mut undecided: Vec<(usize, usize, Open)> = Vec::new();
        for (i, a) in present.iter().enumerate() {
            for (j, b) in present.iter().enumerate().skip(i + 1) {
                if united.contains(&(*a, *b)) {
                    continue;
                }
                match self.order(*a, *b) {
                    Order::Same => {}
                    Order::Shared(sharing) => shared = Some(sharing),
                    Order::Prevails(reason) => drop(graph.add_edge(nodes[i], nodes[j], reason)),
                    Order::Yields(reason) => drop(graph.add_edge(nodes[j], nodes[i], reason)),
                    Order::Open(why) => undecided.push((*a, *b, why)),
                }
            }
        }
        let (effective, circle) = unbeaten(&graph);
        let mut overridden: Vec<(usize, usize, Reason)> = graph
            .edge_indices()
            .filter_map(|edge| {
                let (winner, loser) = graph.edge_endpoints(edge)?;
                Some((graph[loser], graph[winner], graph[edge]))
            })
            .filter(|(loser, winner, _)| !effective.contains(loser) && effective.contains(winner))
            .collect();
        overridden.sort_unstable();
        let mut bodies: Vec<BodyId> =
            effective.iter().flat_map(|claim| self.claims()[*claim].bodies.iter().copied()).collect();
        bodies.sort_unstable();
        bodies.dedup();
        let both = undecided.iter().filter(|(a, b, _)| effective.contains(a) && effective.contains(b));
        let open: Vec<Open> = both.map(|(.., why)| *why).collect::<BTreeSet<_>>().into_iter().collect();
        let torn = effective.iter().any(|claim| self.torn(*claim) && !united.contains(&(*claim, *claim)));
        let own = effective.iter().find_map(|claim| self.mandate(*claim).sharing);
        let kind = match bodies.len() {
            0 => LeadershipKind::Nobody,
            1 => LeadershipKind::One,
            _ if !circle.is_empty() || torn || !open.is_empty() => LeadershipKind::Overlap,
            _ if one_power(&effective, united) => LeadershipKind::Entrusted,
            _ => match shared.or(own.map(|(sharing, _)| sharing)) {
                Some(sharing) => LeadershipKind::Shared(sharing),
                None => LeadershipKind::Overlap,
            },
        };
        Leadership { present: present.to_vec(), effective, bodies, kind, circle, open, overridden }
    }
}

/// Whether every claim is united with another of them or in itself. (Those that are neither united nor share are an
/// overlap, found before.)
fn one_power(effective: &[usize], united: &BTreeSet<(usize, usize)>) -> bool {
    effective
        .iter()
        .all(|claim| effective.iter().any(|other| united.contains(&(*claim.min(other), *claim.max(other)))))
}

/// The members of those circles over which nobody prevails (mostly single claims), and those of true
/// circles among them.
fn unbeaten(graph: &DiGraph<usize, Reason>) -> (Vec<usize>, Vec<usize>) {
    let (mut effective, mut circle) = (Vec::new(), Vec::new());
    for component in tarjan_scc(graph) {
        let beaten = component.iter().any(|node| {
            graph
                .neighbors_directed(*node, petgraph::Direction::Incoming)
                .any(|winner| !component.contains(&winner))
        });
        if !beaten {
            let members = component.iter().map(|node| graph[*node]);
            if component.len() > 1 {
                circle.extend(members.clone());
            }
            effective.extend(members);
        }
    }
    effective.sort_unstable();
    circle.sort_unstable();
    (effective, circle)
}
