//! Which of two rules of law prevails: rank, then within one rank and issuer the special and the later.
//!
//! Legislation Law arts 98–103: a higher rank prevails (art 99); of the same issuer the special over the
//! general and the new over the old (art 103). Where the special one is the older, or the issuers differ,
//! no rule decides (arts 105, 106).

use super::{Law, Open, Order, Reason};
use crate::space::Region;

/// How a rule on a region, resting on a law, stands to another.
pub(super) fn by_law(law: &Law, region: &Region, against: &Law, other: &Region) -> Order {
    let (Some(rank), Some(other_rank)) = (law.rank, against.rank) else {
        return Order::Open(Open::NoRank);
    };
    match rank.compare(other_rank) {
        None => return Order::Open(Open::Unranked),
        Some(std::cmp::Ordering::Greater) => return Order::Prevails(Reason::Rank),
        Some(std::cmp::Ordering::Less) => return Order::Yields(Reason::Rank),
        Some(std::cmp::Ordering::Equal) => {}
    }
    if law.issuer != against.issuer || law.issuer.is_none() {
        return Order::Open(Open::Issuers);
    }
    let inside = region.is_subset(other);
    let around = other.is_subset(region);
    let special = match (inside, around) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    };
    let since = |law: &Law| law.from.map(|(from, _)| from);
    let later = match (since(law), since(against)) {
        (Some(a), Some(b)) if a > b => Some(true),
        (Some(a), Some(b)) if a < b => Some(false),
        _ => None,
    };
    match (special, later) {
        (Some(special), Some(later)) if special != later => Order::Open(Open::SpecialButOlder),
        (Some(true), _) => Order::Prevails(Reason::Special),
        (Some(false), _) => Order::Yields(Reason::Special),
        (None, Some(true)) => Order::Prevails(Reason::Later),
        (None, Some(false)) => Order::Yields(Reason::Later),
        (None, None) => Order::Open(Open::Equal),
    }
}
