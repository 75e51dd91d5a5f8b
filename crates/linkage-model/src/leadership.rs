//! Who leads where the same claims meet: those over whom nobody prevails.
//!
//! "Prevails over" is a relation between pairs. A circle of it leaves all its members, unless somebody
//! outside prevails over one of them. One body left leads; several left is an overlap, unless they
//! share lawfully or a resolution settles it (section 3 of the semantics).

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::unionfind::UnionFind;

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
    /// Stand-ins that act in the same turn, and how they share it; a body not listed here stands in alone.
    pub together: Vec<(Vec<BodyId>, Sharing)>,
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
    /// Who stands in, turn by turn, and how the several of one turn share it.
    pub fn turns(&self) -> Vec<(Vec<BodyId>, Sharing)> {
        let mut turns: Vec<(Vec<BodyId>, Sharing)> = Vec::new();
        for body in &self.standby {
            let at_once = self.together.iter().find(|(bodies, _)| bodies.contains(body));
            match at_once {
                Some(group) if turns.contains(group) => {}
                Some(group) => turns.push(group.clone()),
                None => turns.push((vec![*body], Sharing::Subsidiary)),
            }
        }
        turns
    }

    /// Whether two parts of a situation have one answer: the same bodies lead in the same way, and stand in for each
    /// other in the same order. Outside the scope nobody leads, whatever mandates name.
    pub fn answers_like(&self, other: &Self) -> bool {
        self.kind == other.kind
            && (self.kind == LeadershipKind::Outside
                || (&self.bodies, &self.standby, &self.together)
                    == (&other.bodies, &other.standby, &other.together))
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
        // What is left open is not looked at further: an order of those who share is asked of what is said of all.
        let mut ranks = Ranks::default();
        if bodies.len() > 1 && circle.is_empty() && !torn && open.is_empty() {
            match self.ranks(&bodies, &effective, &shares) {
                Some(found) => ranks = found,
                None => drop(open.insert(Open::Sharing)),
            }
        }
        let kind = match bodies.len() {
            0 => LeadershipKind::Nobody,
            1 => LeadershipKind::One,
            _ if !circle.is_empty() || torn || !open.is_empty() => LeadershipKind::Overlap,
            _ if one_power(&effective, united) => LeadershipKind::Entrusted,
            _ => match ranks.sharing() {
                Some(sharing) => LeadershipKind::Shared(sharing),
                None => LeadershipKind::Overlap,
            },
        };
        let (standby, together) = match kind {
            LeadershipKind::Shared(_) => ranks.behind(),
            _ => (Vec::new(), Vec::new()),
        };
        let open = open.into_iter().collect();
        let present = present.to_vec();
        Leadership { present, effective, bodies, kind, circle, open, overridden, shares, standby, together }
    }

    /// Who comes first, and who stands in then: one word for each two bodies, and all words in one order. None where
    /// they contradict each other.
    ///
    /// ```text
    ///   a joint with b, both subsidiary to c      c, else a and b together
    ///   a joint with b and c, b parallel with c   none: of those who act at once all must or each may
    ///   a joint with b, b subsidiary to a         none: two words for two bodies
    ///   a before b, b before c, c before a        none: a circle
    /// ```
    fn ranks(
        &self,
        bodies: &[BodyId],
        effective: &[usize],
        shares: &[(usize, usize, Shared)],
    ) -> Option<Ranks> {
        let words = self.words(effective, shares)?;
        // Those between whom one of the two words stands that mean "at once" come at once.
        let place = |body: BodyId| bodies.binary_search(&body).ok();
        let mut at_once: UnionFind<usize> = UnionFind::new(bodies.len());
        for ((a, b), shared) in &words {
            if let Shared::Jointly | Shared::InParallel = shared {
                at_once.union(place(*a)?, place(*b)?);
            }
        }
        let group: Vec<usize> = (0..bodies.len()).map(|at| at_once.find(at)).collect();
        let mut how: BTreeMap<usize, Sharing> = BTreeMap::new();
        let mut graph: DiGraph<(), ()> = DiGraph::new();
        let nodes: Vec<NodeIndex> = bodies.iter().map(|_| graph.add_node(())).collect();
        for ((a, b), shared) in &words {
            let (a, b) = (group[place(*a)?], group[place(*b)?]);
            let said = match shared {
                Shared::Jointly => Sharing::Joint,
                Shared::InParallel => Sharing::Parallel,
                Shared::FirstStandsIn | Shared::SecondStandsIn if a == b => return None,
                Shared::FirstStandsIn => {
                    graph.add_edge(nodes[b], nodes[a], ());
                    continue;
                }
                Shared::SecondStandsIn => {
                    graph.add_edge(nodes[a], nodes[b], ());
                    continue;
                }
            };
            if *how.entry(a).or_insert(said) != said {
                return None;
            }
        }
        let mut turn = vec![0_usize; bodies.len()];
        for node in petgraph::algo::toposort(&graph, None).ok()? {
            for later in graph.neighbors(node) {
                turn[later.index()] = turn[later.index()].max(turn[node.index()] + 1);
            }
        }
        let mut turns: BTreeMap<usize, Turn> = BTreeMap::new();
        for (at, body) in bodies.iter().enumerate() {
            let own = turns.entry(turn[group[at]]).or_default();
            own.bodies.push(*body);
            own.sharing = own.sharing.into_iter().chain(how.get(&group[at]).copied()).min();
        }
        Some(Ranks { turns: turns.into_values().collect() })
    }

    /// What is said of each two bodies that lead, the lesser first; none where more than one thing is.
    fn words(
        &self,
        effective: &[usize],
        shares: &[(usize, usize, Shared)],
    ) -> Option<BTreeMap<(BodyId, BodyId), Shared>> {
        let mut words: BTreeMap<(BodyId, BodyId), Shared> = BTreeMap::new();
        let mut say = |a: BodyId, b: BodyId, shared: Shared| {
            let (pair, shared) = match shared {
                _ if a < b => ((a, b), shared),
                Shared::FirstStandsIn => ((b, a), Shared::SecondStandsIn),
                Shared::SecondStandsIn => ((b, a), Shared::FirstStandsIn),
                Shared::Jointly | Shared::InParallel => ((b, a), shared),
            };
            a == b || *words.entry(pair).or_insert(shared) == shared
        };
        for claim in effective {
            let Some(sharing) = self.mandate(*claim).sharing() else { continue };
            // Of several for whom one name stands nothing says which comes first.
            if sharing == Sharing::Subsidiary && !self.claims()[*claim].named_singly {
                continue;
            }
            let shared = match sharing {
                Sharing::Joint => Shared::Jointly,
                Sharing::Parallel => Shared::InParallel,
                Sharing::Subsidiary => Shared::SecondStandsIn,
            };
            let own = self.in_text(*claim);
            let pairs =
                own.iter().enumerate().flat_map(|(at, a)| own[at + 1..].iter().map(move |b| (*a, *b)));
            for (a, b) in pairs {
                if !say(a, b, shared) {
                    return None;
                }
            }
        }
        for (one, other, shared) in shares {
            for a in &self.claims()[*one].bodies {
                for b in &self.claims()[*other].bodies {
                    if !say(*a, *b, *shared) {
                        return None;
                    }
                }
            }
        }
        Some(words)
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
}

/// Who acts, and who where those before do not.
#[derive(Default)]
struct Ranks {
    turns: Vec<Turn>,
}

/// Those who act at once.
#[derive(Default)]
struct Turn {
    bodies: Vec<BodyId>,
    /// How they share it, if there are several and they are not one power.
    sharing: Option<Sharing>,
}

impl Ranks {
    /// How those who lead share it.
    fn sharing(&self) -> Option<Sharing> {
        let first = self.turns.first()?;
        first.sharing.or_else(|| (self.turns.len() > 1).then_some(Sharing::Subsidiary))
    }

    /// Who stands in, in this order; and those of them that come at once.
    fn behind(self) -> (Vec<BodyId>, Vec<(Vec<BodyId>, Sharing)>) {
        let (mut standby, mut together) = (Vec::new(), Vec::new());
        for Turn { bodies, sharing } in self.turns.into_iter().skip(1) {
            standby.extend(&bodies);
            if bodies.len() > 1 {
                together.push((bodies, sharing.unwrap_or(Sharing::Parallel)));
            }
        }
        (standby, together)
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
