//! The division of powers on one day: which mandates claim the lead where, and who of them leads.
//!
//! A mandate *claims* its region if it is in force: within its own dates, on a basis in force (if it
//! cites any), with a body named. Where claims of different bodies meet without declared sharing, they
//! are ordered pair by pair ([`Division::order`], after section 3 of the semantics):
//!
//! ```text
//! explicit clause  >  rank of basis  >  (same issuer) special over general, later over earlier
//! ```
//!
//! Those over whom nobody prevails stay effective; a circle leaves all its members. One body left leads;
//! several left is an overlap, unless a resolution settles it.

use jiff::civil::Date;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use serde::{Deserialize, Serialize};

use super::precedence::by_law;
use super::{BodyId, Institution, LawId, Mandate, MandateId, ResolutionId, Sharing};
use crate::space::{self, Region};

/// The division of powers of an institution on one day.
#[derive(Debug, Clone)]
pub struct Division<'i> {
    /// Whose powers.
    pub institution: &'i Institution,
    /// On which day.
    pub day: Date,
    claims: Vec<Claim>,
    standings: Vec<Standing>,
}

/// A mandate in force that names somebody.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The mandate.
    pub mandate: MandateId,
    /// The bodies that lead: slots filled, old names replaced, sorted, each once.
    pub bodies: Vec<BodyId>,
    /// The cited law in force of the highest rank, the latest of several.
    pub law: Option<LawId>,
}

/// What a mandate is worth on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It claims the lead.
    Claims,
    /// It names nobody to lead.
    NoLead,
    /// The slots that it names are filled by no act in force.
    OpenSlot(Vec<BodyId>),
    /// It has not begun, or has ended.
    OutOfTime,
    /// No basis that it cites is in force.
    NoBasisInForce,
}

/// How two claims stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The same bodies lead: no conflict.
    Same,
    /// Both share lawfully.
    Shared(Sharing),
    /// The first prevails.
    Prevails(Reason),
    /// The second prevails.
    Yields(Reason),
    /// No rule decides.
    Open(Open),
}

/// Why a claim prevails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A clause of one of the mandates says so.
    Explicit,
    /// Its basis is of higher rank.
    Rank,
    /// Its region lies strictly inside the other's (lex specialis).
    Special,
    /// Its basis came into force later (lex posterior).
    Later,
}

/// Why no rule decides between two claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Open {
    /// Each is said to prevail over the other.
    BothPrevail,
    /// One of them has no basis with a rank.
    NoRank,
    /// No rule ranks their bases.
    Unranked,
    /// The issuers differ.
    Issuers,
    /// The special one is the older.
    SpecialButOlder,
    /// Neither is more special or later.
    Equal,
}

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
    /// Several lead lawfully.
    Shared(Sharing),
    /// Several claim, and a resolution settles it.
    Resolved(ResolutionId),
    /// Several claim, and nothing settles it: an overlap.
    Overlap,
}

impl<'i> Division<'i> {
    /// Computes the division of powers on a day.
    pub fn new(institution: &'i Institution, day: Date) -> Self {
        let mut claims = Vec::new();
        let mut standings = Vec::new();
        for (id, mandate) in institution.mandates() {
            let standing = match claim(institution, id, mandate, day) {
                Ok(claim) => {
                    claims.push(claim);
                    Standing::Claims
                }
                Err(standing) => standing,
            };
            standings.push(standing);
        }
        Self { institution, day, claims, standings }
    }

    /// The claims, in the order of the mandates.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// What a mandate is worth.
    pub fn standing(&self, mandate: MandateId) -> &Standing {
        &self.standings[mandate.index()]
    }

    /// The mandate of a claim.
    pub fn mandate(&self, claim: usize) -> &'i Mandate {
        &self.institution[self.claims[claim].mandate]
    }

    /// The regions of the claims.
    pub fn regions(&self) -> Vec<&'i Region> {
        self.claims.iter().map(|claim| &self.institution[claim.mandate].region).collect()
    }

    /// The part of a region where nobody leads.
    pub fn gaps(&self, within: &Region) -> Region {
        space::gaps(within, &self.regions())
    }

    /// How two claims stand to each other, their whole regions compared.
    pub fn order(&self, a: usize, b: usize) -> Order {
        let (first, second) = (&self.claims[a], &self.claims[b]);
        let (one, other) = (self.mandate(a), self.mandate(b));
        if first.bodies == second.bodies {
            return Order::Same;
        }
        if let Some(sharing) = sharing(one, first.mandate, other, second.mandate) {
            return Order::Shared(sharing);
        }
        let over = says_over(one, first.mandate, other, second.mandate);
        let under = says_over(other, second.mandate, one, first.mandate);
        match (over, under) {
            (true, true) => return Order::Open(Open::BothPrevail),
            (true, false) => return Order::Prevails(Reason::Explicit),
            (false, true) => return Order::Yields(Reason::Explicit),
            (false, false) => {}
        }
        let (Some(law), Some(against)) = (first.law, second.law) else {
            return Order::Open(Open::NoRank);
        };
        by_law(&self.institution[law], &one.region, &self.institution[against], &other.region)
    }

    /// Whether claims that meet need to be ordered at all.
    pub fn conflict(&self, set: &[usize]) -> bool {
        set.iter().enumerate().any(|(index, a)| {
            self.torn(*a) || set[..index].iter().any(|b| self.claims[*a].bodies != self.claims[*b].bodies)
        })
    }

    /// Whether a mandate names several bodies to lead and does not say how they share.
    pub fn torn(&self, claim: usize) -> bool {
        self.claims[claim].bodies.len() > 1 && self.mandate(claim).sharing.is_none()
    }

    /// Who leads where exactly these claims meet; resolutions are not looked at.
    pub fn leadership(&self, present: &[usize]) -> Leadership {
        let mut graph: DiGraph<usize, Reason> = DiGraph::new();
        let nodes: Vec<NodeIndex> = present.iter().map(|claim| graph.add_node(*claim)).collect();
        let mut shared: Option<Sharing> = None;
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (i, a) in present.iter().enumerate() {
            for (j, b) in present.iter().enumerate().skip(i + 1) {
                match self.order(*a, *b) {
                    Order::Same => {}
                    Order::Shared(sharing) => shared = Some(sharing),
                    Order::Prevails(reason) => drop(graph.add_edge(nodes[i], nodes[j], reason)),
                    Order::Yields(reason) => drop(graph.add_edge(nodes[j], nodes[i], reason)),
                    Order::Open(_) => open.push((*a, *b)),
                }
            }
        }
        let (effective, circular) = unbeaten(&graph);
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
            effective.iter().flat_map(|claim| self.claims[*claim].bodies.iter().copied()).collect();
        bodies.sort_unstable();
        bodies.dedup();
        let both = |pair: &(usize, usize)| effective.contains(&pair.0) && effective.contains(&pair.1);
        let torn = effective.iter().any(|claim| self.torn(*claim));
        let own = effective.iter().find_map(|claim| self.mandate(*claim).sharing);
        let kind = match bodies.len() {
            0 => LeadershipKind::Nobody,
            1 => LeadershipKind::One,
            _ if circular || torn || open.iter().any(both) => LeadershipKind::Overlap,
            _ => match shared.or(own.map(|(sharing, _)| sharing)) {
                Some(sharing) => LeadershipKind::Shared(sharing),
                None => LeadershipKind::Overlap,
            },
        };
        Leadership { present: present.to_vec(), effective, bodies, kind, overridden }
    }

    /// A region parted by who leads: each part with its leadership, in a fixed order.
    pub fn within(&self, region: &Region) -> Vec<(Leadership, Region)> {
        let all = self.regions();
        let near: Vec<usize> = (0..all.len()).filter(|claim| !all[*claim].is_disjoint(region)).collect();
        let regions: Vec<&Region> = near.iter().map(|claim| all[*claim]).collect();
        let parts = space::partition(region, &regions, |_| true, usize::MAX).groups;
        let mut answer = Vec::new();
        for (set, part) in parts {
            let set: Vec<usize> = set.into_iter().map(|index| near[index]).collect();
            let leadership = self.leadership(&set);
            self.resolved(leadership, part, &mut answer);
        }
        answer
    }

    /// Splits an overlap by the resolutions that settle parts of it.
    pub fn resolved(&self, leadership: Leadership, region: Region, answer: &mut Vec<(Leadership, Region)>) {
        let mut left = region;
        if leadership.kind == LeadershipKind::Overlap {
            for (id, resolution) in (0..).map(ResolutionId).zip(&self.institution.resolutions) {
                let names = |claim: &usize| {
                    let mandate = self.claims[*claim].mandate;
                    resolution.between.iter().any(|(between, _)| *between == mandate)
                };
                if !resolution.between.is_empty() && !leadership.effective.iter().all(names) {
                    continue;
                }
                let settled = left.intersect(&resolution.region);
                if !settled.is_empty() {
                    left = left.minus(&settled);
                    let kind = LeadershipKind::Resolved(id);
                    answer.push((Leadership { kind, ..leadership.clone() }, settled));
                }
            }
        }
        if !left.is_empty() {
            answer.push((leadership, left));
        }
    }
}

/// The members of those circles over which nobody prevails (mostly single claims), and whether one is a
/// true circle.
fn unbeaten(graph: &DiGraph<usize, Reason>) -> (Vec<usize>, bool) {
    let mut effective = Vec::new();
    let mut circular = false;
    for component in tarjan_scc(graph) {
        let beaten = component.iter().any(|node| {
            graph
                .neighbors_directed(*node, petgraph::Direction::Incoming)
                .any(|winner| !component.contains(&winner))
        });
        if !beaten {
            circular |= component.len() > 1;
            effective.extend(component.into_iter().map(|node| graph[node]));
        }
    }
    effective.sort_unstable();
    (effective, circular)
}

fn says_over(one: &Mandate, id: MandateId, other: &Mandate, other_id: MandateId) -> bool {
    one.prevails_over.iter().any(|(over, _)| *over == other_id)
        || other.yields_to.iter().any(|(to, _)| *to == id)
}

fn sharing(one: &Mandate, id: MandateId, other: &Mandate, other_id: MandateId) -> Option<Sharing> {
    let says = |mandate: &Mandate, with: MandateId| {
        mandate.shares_with.iter().find(|(_, shared, _)| *shared == with).map(|(sharing, ..)| *sharing)
    };
    says(one, other_id).or(says(other, id))
}

fn claim(institution: &Institution, id: MandateId, mandate: &Mandate, day: Date) -> Result<Claim, Standing> {
    if mandate.leads.is_empty() {
        return Err(Standing::NoLead);
    }
    if mandate.from.is_some_and(|from| day < from) || mandate.until.is_some_and(|until| until < day) {
        return Err(Standing::OutOfTime);
    }
    // Law and rank are taken from what is in force; a citation of an undeclared law counts for nothing.
    let cited: Vec<LawId> = mandate.basis.iter().filter_map(|citation| citation.law).collect();
    let in_force: Vec<LawId> = cited.iter().copied().filter(|law| institution[*law].in_force(day)).collect();
    if in_force.is_empty() && !cited.is_empty() {
        return Err(Standing::NoBasisInForce);
    }
    let mut bodies = Vec::new();
    let mut open = Vec::new();
    for (lead, _) in &mandate.leads {
        let named = institution.standing_in(*lead, day);
        if named.is_empty() {
            open.push(*lead);
        }
        bodies.extend(named);
    }
    bodies.sort_unstable();
    bodies.dedup();
    if bodies.is_empty() {
        return Err(Standing::OpenSlot(open));
    }
    let height = |law: &LawId| {
        let law = &institution[*law];
        (law.rank.map_or(0, super::law::Rank::height), law.from.map(|(from, _)| from))
    };
    let law = in_force.into_iter().max_by_key(height);
    Ok(Claim { mandate: id, bodies, law })
}

impl Institution {
    /// The bodies for which a name stands on a day: who fills a slot, who took an old body's place.
    /// None if a slot is not filled.
    pub fn standing_in(&self, body: BodyId, day: Date) -> Vec<BodyId> {
        let declared = &self[body];
        if declared.is_slot {
            let named = declared.filled_by.iter().filter(|filling| self[filling.law].in_force(day));
            return named.map(|filling| self.successor(filling.body, day)).collect();
        }
        vec![self.successor(body, day)]
    }

    /// The body that holds the place of another on a day; the body itself if nobody took its place.
    pub fn successor(&self, body: BodyId, day: Date) -> BodyId {
        let mut at = body;
        // Bounded by the number of bodies: circles are refused when names are resolved.
        for _ in 0..self.bodies.len() {
            let next = self.bodies().find(|(_, other)| {
                other.succeeds.iter().any(|old| old.of == at && old.since.is_none_or(|since| since <= day))
            });
            match next {
                Some((next, _)) => at = next,
                None => break,
            }
        }
        at
    }
}
