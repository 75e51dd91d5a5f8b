//! Which of two rules of law prevails: rank, then within one rank and issuer the special and the later.
//!
//! Legislation Law arts 98–103: a higher rank prevails (art 99); of one issuer the special over the
//! general and the new over the old (art 103). Where the special one is the older, or the issuers differ,
//! no rule decides (arts 105, 106).

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use ecow::EcoString;
use jiff::civil::Date;

use super::law::Rank;
use super::{Citation, Institution, Law, LawId, Open, Order, Reason};
use linkage_regions::Region;

/// What a rule stands on: the highest law in force that it cites, the latest of several. Laws of one rank and
/// one day count together, so that the order in which they are cited decides nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Footing {
    pub(super) rank: Option<Rank>,
    /// Since when; a law without a day is the oldest.
    since: Option<Date>,
    issuers: BTreeSet<EcoString>,
    /// What is cited of these laws, to the depth to which it is cited.
    provisions: BTreeSet<(LawId, Option<EcoString>)>,
}

impl Footing {
    /// The footing that citations give on a day; none where no law that they name is in force.
    pub(super) fn of(institution: &Institution, basis: &[Citation], day: Date) -> Option<Self> {
        let cited = || basis.iter().filter_map(|citation| Some((citation.law?, &citation.article)));
        let top = highest(institution, cited().map(|(law, _)| law), day)?;
        let height = height(&institution[top]);
        let mut footing = Self::of_law(&institution[top]);
        for (id, article) in cited() {
            let law = &institution[id];
            if law.in_force(day) && self::height(law) == height {
                footing.issuers.extend(law.issuer.clone());
                footing.provisions.insert((id, article.clone()));
            }
        }
        Some(footing)
    }

    /// The footing that a law gives to its own norms.
    pub(super) fn of_law(law: &Law) -> Self {
        Self {
            rank: law.rank,
            since: law.from.map(|(from, _)| from),
            issuers: law.issuer.iter().cloned().collect(),
            provisions: BTreeSet::new(),
        }
    }

    /// Whether the ranks of both say which is higher.
    pub(super) fn by_rank(&self, other: &Self) -> Option<Ordering> {
        self.rank?.compare(other.rank?).filter(|order| *order != Ordering::Equal)
    }

    /// Whether all that it cites is cited by the other too: then it has no provision of its own that could be
    /// the special one (art 60(3) beside art 60(1) is; two rows of art 2 are not).
    fn has_nothing_of_its_own(&self, other: &Self) -> bool {
        !self.provisions.is_empty() && self.provisions.is_subset(&other.provisions)
    }
}

/// The law in force of the highest rank, the latest of several. One without a rank is below all.
pub(super) fn highest(
    institution: &Institution,
    laws: impl Iterator<Item = LawId>,
    day: Date,
) -> Option<LawId> {
    let in_force = laws.filter(|law| institution[*law].in_force(day));
    in_force.max_by_key(|law| (height(&institution[*law]), Reverse(*law)))
}

/// How high a law stands: by rank, then by day; of ranks of one height, as the language lists them.
fn height(law: &Law) -> (Option<u8>, Option<Date>, Option<Reverse<usize>>) {
    (law.rank.map(Rank::height), law.from.map(|(from, _)| from), law.rank.map(|rank| Reverse(rank.listed())))
}

/// How a rule on a region stands to another.
pub(super) fn by_law(one: &Footing, region: &Region, against: &Footing, other: &Region) -> Order {
    let (Some(rank), Some(other_rank)) = (one.rank, against.rank) else {
        return Order::Open(Open::NoRank);
    };
    match rank.compare(other_rank) {
        None => return Order::Open(Open::Unranked),
        Some(Ordering::Greater) => return Order::Prevails(Reason::Rank),
        Some(Ordering::Less) => return Order::Yields(Reason::Rank),
        Some(Ordering::Equal) => {}
    }
    if one.issuers.is_disjoint(&against.issuers) {
        return Order::Open(Open::Issuers);
    }
    let special = match (region.is_subset(other), other.is_subset(region)) {
        (true, false) => Some((true, one.has_nothing_of_its_own(against))),
        (false, true) => Some((false, against.has_nothing_of_its_own(one))),
        _ => None,
    };
    let one_provision = matches!(special, Some((_, true)));
    let special = special.filter(|(_, one_provision)| !one_provision).map(|(special, _)| special);
    let later = match one.since.cmp(&against.since) {
        Ordering::Greater => Some(true),
        Ordering::Less => Some(false),
        Ordering::Equal => None,
    };
    match (special, later) {
        (Some(special), Some(later)) if special != later => Order::Open(Open::SpecialButOlder),
        (Some(true), _) => Order::Prevails(Reason::Special),
        (Some(false), _) => Order::Yields(Reason::Special),
        (None, Some(true)) => Order::Prevails(Reason::Later),
        (None, Some(false)) => Order::Yields(Reason::Later),
        (None, None) if one_provision => Order::Open(Open::OneProvision),
        (None, None) => Order::Open(Open::Equal),
    }
}
