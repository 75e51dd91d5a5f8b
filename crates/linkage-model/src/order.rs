//! How two claims to the lead stand to each other: which of them prevails, and by which rule.
//!
//! ```text
//! declared sharing  >  rank of basis  >  explicit clause  >  (same issuer) special over general, later over earlier
//!                          │
//!                          └─ unless the higher text itself opens the way: `yields to`
//! ```
//!
//! Where the last two disagree, the issuers differ or nothing ranks the bases, no rule decides: the answer is
//! *open*, and nothing is picked (Legislation Law of China arts 99 to 106).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::precedence::by_law;
use super::{Division, Institution, Mandate, MandateId, Sharing};

/// How two claims stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The same bodies lead: no conflict.
    Same,
    /// Both share lawfully.
    Shared(Shared),
    /// The first prevails.
    Prevails(Reason),
    /// The second prevails.
    Yields(Reason),
    /// No rule decides.
    Open(Open),
}

/// How two claims share what both cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shared {
    /// Both must act.
    Jointly,
    /// Each may act.
    InParallel,
    /// The first acts where the second does not.
    FirstStandsIn,
    /// The second acts where the first does not.
    SecondStandsIn,
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
    /// Both rest on one provision, which can't be special to itself.
    OneProvision,
    /// What is said of how they share contradicts itself.
    Sharing,
}

impl Division<'_> {
    /// How two claims stand to each other, their whole regions compared.
    pub fn order(&self, a: usize, b: usize) -> Order {
        let (first, second) = (&self.claims()[a], &self.claims()[b]);
        let (one, other) = (self.mandate(a), self.mandate(b));
        if self.say_the_same(a, b) {
            return Order::Same;
        }
        match declared_sharing((first.mandate, one), (second.mandate, other)).as_slice() {
            [] => {}
            [only] => return Order::Shared(*only),
            _ => return Order::Open(Open::Sharing),
        }
        let over = says_over(one, first.mandate, other, second.mandate);
        let under = says_over(other, second.mandate, one, first.mandate);
        let (ground, against) = (self.footing(a), self.footing(b));
        let rank = ground.zip(against).and_then(|(ground, against)| ground.by_rank(against));
        // Between texts of different rank only the higher one can give way: the lower can't override it by its
        // own word (Legislation Law art 99).
        let (over, under) = match rank {
            Some(Ordering::Greater) => (over, gives_way(one, second.mandate)),
            Some(_) => (gives_way(other, first.mandate), under),
            None => (over, under),
        };
        match (over, under) {
            (true, true) => return Order::Open(Open::BothPrevail),
            (true, false) => return Order::Prevails(Reason::Explicit),
            (false, true) => return Order::Yields(Reason::Explicit),
            (false, false) => {}
        }
        let by_law = match ground.zip(against) {
            Some((ground, against)) => by_law(ground, &one.region, against, &other.region),
            None => Order::Open(Open::NoRank),
        };
        match by_law {
            // Who leads is the same either way: only how they share it is left open.
            Order::Open(_) if first.bodies == second.bodies => Order::Open(Open::Sharing),
            by_law => by_law,
        }
    }

    /// Whether two claims name the same bodies, and do not say otherwise of how these share.
    pub(super) fn say_the_same(&self, a: usize, b: usize) -> bool {
        if self.claims()[a].bodies != self.claims()[b].bodies {
            return false;
        }
        match (self.mandate(a).sharing(), self.mandate(b).sharing()) {
            _ if self.claims()[a].bodies.len() < 2 => true,
            (Some(Sharing::Subsidiary), Some(Sharing::Subsidiary)) => self.in_text(a) == self.in_text(b),
            (Some(own), Some(other)) => own == other,
            (None, _) | (_, None) => true,
        }
    }

    /// Whether a mandate claims to prevail over one whose text is of a higher rank, and that text does not open
    /// the way.
    pub fn overrides_from_below(&self, a: usize, b: usize) -> bool {
        let (lower, higher) = (&self.claims()[a], &self.claims()[b]);
        let (own, other) = (self.mandate(a), self.mandate(b));
        let rank = self.footing(a).zip(self.footing(b)).and_then(|(own, other)| own.by_rank(other));
        rank == Some(Ordering::Less)
            && own.prevails_over.iter().any(|(over, _)| *over == higher.mandate)
            && !gives_way(other, lower.mandate)
    }
}

fn says_over(one: &Mandate, id: MandateId, other: &Mandate, other_id: MandateId) -> bool {
    one.prevails_over.iter().any(|(over, _)| *over == other_id) || gives_way(other, id)
}

/// Whether a mandate says that it yields to another.
fn gives_way(mandate: &Mandate, to: MandateId) -> bool {
    mandate.yields_to.iter().any(|(other, _)| *other == to)
}

impl Institution {
    /// How two mandates are said to share what both cover, by either of them; several ways where they contradict
    /// each other.
    pub fn sharing_between(&self, first: MandateId, second: MandateId) -> Vec<Shared> {
        declared_sharing((first, &self[first]), (second, &self[second]))
    }
}

/// How two mandates are said to share what both cover, by either of them; several where they contradict each
/// other.
fn declared_sharing(first: (MandateId, &Mandate), second: (MandateId, &Mandate)) -> Vec<Shared> {
    let said = |(_, by): (MandateId, &Mandate), with: MandateId, is_first: bool| {
        let all = by.shares_with.iter().filter(move |(_, other, _)| *other == with);
        let shared = all.map(|(sharing, ..)| match sharing {
            Sharing::Joint => Shared::Jointly,
            Sharing::Parallel => Shared::InParallel,
            Sharing::Subsidiary if is_first => Shared::FirstStandsIn,
            Sharing::Subsidiary => Shared::SecondStandsIn,
        });
        shared.collect::<BTreeSet<Shared>>()
    };
    let mut all = said(first, second.0, true);
    all.extend(said(second, first.0, false));
    all.into_iter().collect()
}
