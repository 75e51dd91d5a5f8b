//! How two claims to the lead stand to each other: which of them prevails, and by which rule.
//!
//! ```text
//! explicit clause  >  rank of basis  >  (same issuer) special over general, later over earlier
//! ```
//!
//! Where the last two disagree, the issuers differ or nothing ranks the bases, no rule decides: the tool
//! says so and does not pick (section 3 of the semantics; Legislation Law of China arts 99 to 106).

use serde::{Deserialize, Serialize};

use super::precedence::by_law;
use super::{Division, Mandate, MandateId, Sharing};

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

impl Division<'_> {
    /// How two claims stand to each other, their whole regions compared.
    pub fn order(&self, a: usize, b: usize) -> Order {
        let (first, second) = (&self.claims()[a], &self.claims()[b]);
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
