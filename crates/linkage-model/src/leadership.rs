//! Who leads where the same claims meet: those over whom nobody prevails.
//!
//! "Prevails over" is a relation between pairs. A circle of it leaves all its members, unless somebody
//! outside prevails over one of them. One body left leads; several left is an overlap, unless they
//! share lawfully or a resolution settles it (section 3 of the semantics).

use std::collections::BTreeSet;

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::{BodyId, Division, Open, Order, Reason, ResolutionId, Shared, Sharing};

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
    /// Which of the effective claims share, and how.
    pub shares: Vec<(usize, usize, Shared)>,
    /// Those of the bodies that act only where the others do not, in this order.
    pub standby: Vec<BodyId>,
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
    /// The package does not claim to govern it, whoever claims the lead there.
    Outside,
}

impl Leadership {
    /// Whether two parts of a situation have one answer: the same bodies lead in the same way, and stand in for each
    /// other in the same order. Outside the scope nobody leads, whatever mandates name.
    pub fn answers_like(&self, other: &Self) -> bool {
        self.kind == other.kind
            && (self.kind == LeadershipKind::Outside
                || (&self.bodies, &self.standby) == (&other.bodies, &other.standby))
    }
}

impl Division<'_> {
    /// Who leads where exactly these claims meet; resolutions are not looked at.
    /// Pairs that are `united` by an entrustment are no conflict; a claim paired with itself is one whose
    /// bodies are one power among themselves.
    pub fn leadership(&self, present: &[usize], united: &BTreeSet<(usize, usize)>) -> Leadership {
        let mut graph: DiGraph<usize, Reason> = DiGraph::new();
        let nodes: Vec<NodeIndex> = present.iter().map(|claim| graph.add_node(*claim)).collect();
        let mut shares: Vec<(usize, usize, Shared)> = Vec::new();
        let mut undecided: Vec<(usize, usize, Open)> = Vec::new();
        for (i, a) in present.iter().enumerate() {
            for (j, b) in present.iter().enumerate().skip(i + 1) {
                if united.contains(&(*a, *b)) {
                    continue;
                }
                match self.order(*a, *b) {
                    Order::Same => {}
                    Order::Shared(shared) => shares.push((*a, *b, shared)),
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
        let stays = |a: &usize, b: &usize| effective.contains(a) && effective.contains(b);
        shares.retain(|(a, b, _)| stays(a, b));
        let both = undecided.iter().filter(|(a, b, _)| stays(a, b));
        let mut open: BTreeSet<Open> = both.map(|(.., why)| *why).collect();
        let torn = effective.iter().any(|claim| self.torn(*claim) && !united.contains(&(*claim, *claim)));
        let order = self.in_order(&effective, &shares);
        if order.is_none() {
            open.insert(Open::Sharing);
        }
        let Ranks { first, standby } = order.unwrap_or_default();
        let kind = match bodies.len() {
            0 => LeadershipKind::Nobody,
            1 => LeadershipKind::One,
            _ if !circle.is_empty() || torn || !open.is_empty() => LeadershipKind::Overlap,
            _ if one_power(&effective, united) => LeadershipKind::Entrusted,
            _ => match self.sharing_of(&first, &shares, &standby) {
                Some(sharing) => LeadershipKind::Shared(sharing),
                None => LeadershipKind::Overlap,
            },
        };
        let standby = if matches!(kind, LeadershipKind::Shared(_)) { standby } else { Vec::new() };
        let open = open.into_iter().collect();
        let present = present.to_vec();
        Leadership { present, effective, bodies, kind, circle, open, overridden, shares, standby }
    }

    /// The claims that come first and the bodies that stand in, each where those before it do not act; none where
    /// each is to stand in for another, all the way round.
    fn in_order(&self, effective: &[usize], shares: &[(usize, usize, Shared)]) -> Option<Ranks> {
        let mut graph: DiGraph<usize, ()> = DiGraph::new();
        let nodes: Vec<NodeIndex> = effective.iter().map(|claim| graph.add_node(*claim)).collect();
        let node = |claim: &usize| effective.iter().position(|own| own == claim).map(|at| nodes[at]);
        for (a, b, shared) in shares {
            let (first, second) = match shared {
                Shared::FirstStandsIn => (b, a),
                Shared::SecondStandsIn => (a, b),
                Shared::Jointly | Shared::InParallel => continue,
            };
            graph.add_edge(node(first)?, node(second)?, ());
        }
        let behind =
            |at: NodeIndex| graph.neighbors_directed(at, petgraph::Direction::Incoming).next().is_some();
        let (later, first): (Vec<NodeIndex>, Vec<NodeIndex>) = nodes.iter().partition(|at| behind(**at));
        let order = petgraph::algo::toposort(&graph, None).ok()?;
        let first: Vec<usize> = first.into_iter().map(|at| graph[at]).collect();
        let mut bodies: Vec<BodyId> = Vec::new();
        let mut standby: Vec<BodyId> = Vec::new();
        for claim in &first {
            let leads = self.in_text(*claim);
            let own =
                if self.mandate(*claim).sharing() == Some(Sharing::Subsidiary) { 1 } else { leads.len() };
            bodies.extend(leads.iter().take(own));
            standby.extend(leads.iter().skip(own));
        }
        let behind = order.into_iter().filter(|at| later.contains(at));
        standby.extend(behind.flat_map(|at| self.in_text(graph[at])));
        let mut seen = BTreeSet::from_iter(bodies);
        standby.retain(|body| seen.insert(*body));
        Some(Ranks { first, standby })
    }

    /// The bodies of a claim in the order in which the mandate names them.
    pub(super) fn in_text(&self, claim: usize) -> Vec<BodyId> {
        let own = &self.claims()[claim].bodies;
        let named =
            self.mandate(claim).leads.iter().flat_map(|(lead, _)| self.competence().standing_in(*lead));
        let mut found: Vec<BodyId> = Vec::new();
        for body in named.filter(|body| own.contains(body)) {
            if !found.contains(body) {
                found.push(*body);
            }
        }
        found
    }

    /// How those who come first share; where some must act together, all must.
    fn sharing_of(
        &self,
        first: &[usize],
        shares: &[(usize, usize, Shared)],
        standby: &[BodyId],
    ) -> Option<Sharing> {
        let between = shares.iter().filter(|(a, b, _)| first.contains(a) && first.contains(b));
        let between = between.filter_map(|(.., shared)| match shared {
            Shared::Jointly => Some(Sharing::Joint),
            Shared::InParallel => Some(Sharing::Parallel),
            Shared::FirstStandsIn | Shared::SecondStandsIn => None,
        });
        let several = first.iter().filter(|claim| self.claims()[**claim].bodies.len() > 1);
        let own = several.filter_map(|claim| self.mandate(*claim).sharing());
        let declared = between.chain(own.filter(|sharing| *sharing != Sharing::Subsidiary)).min();
        declared.or_else(|| (!standby.is_empty()).then_some(Sharing::Subsidiary))
    }
}

/// Who comes first, and who stands in for them.
#[derive(Default)]
struct Ranks {
    /// The claims that come first.
    first: Vec<usize>,
    /// The bodies that stand in, in this order.
    standby: Vec<BodyId>,
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
