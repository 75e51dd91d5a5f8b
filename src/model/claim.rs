//! Claims to the lead: the mandates that are worth something on a day, and on what region.
//!
//! A mandate claims its region if it is in force: within its own dates, on a basis in force (if it cites
//! any), with a body named. An `exclude` without powers says that a body may not act on a region at all:
//! there its claim is void, whoever else claims. It binds unless the mandate rests on a higher rank.
//!
//! ```text
//!   mandate of A and B      ┌──────────────┐
//!                           │  A and B     │      two claims: A and B, and B alone
//!   exclude A over part     │      ┌───────┤
//!                           │      │   B   │
//!                           └──────┴───────┘
//! ```

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::civil::Date;

use super::law::Rank;
use super::{BodyId, Exclusion, ExclusionId, Holder, Institution, LawId, Mandate, MandateId};
use crate::space::Region;

/// A claim to the lead: a mandate in force, for the bodies that it names.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The mandate.
    pub mandate: MandateId,
    /// The bodies that lead: slots filled, old names replaced, sorted, each once.
    pub bodies: Vec<BodyId>,
    /// The cited law in force of the highest rank, the latest of several.
    pub law: Option<LawId>,
    /// Where these bodies claim: the mandate's region, less what excludes one of them.
    pub region: Arc<Region>,
}

/// A part of a mandate on which bodies that it names may not act.
#[derive(Debug, Clone)]
pub struct Barred {
    /// The mandate.
    pub mandate: MandateId,
    /// The bodies.
    pub bodies: Vec<BodyId>,
    /// What excludes them.
    pub exclusion: ExclusionId,
    /// Where.
    pub region: Region,
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
    /// Those whom it names are excluded everywhere.
    Excluded,
}

/// All claims of a day, what is barred, and what each mandate is worth.
pub(super) struct Claims {
    pub found: Vec<Claim>,
    pub barred: Vec<Barred>,
    pub standings: Vec<Standing>,
}

pub(super) fn claims(institution: &Institution, day: Date) -> Claims {
    let mut all = Claims { found: Vec::new(), barred: Vec::new(), standings: Vec::new() };
    let bars = bars(institution, day);
    for (id, mandate) in institution.mandates() {
        let standing = match claim(institution, id, mandate, day) {
            Err(standing) => standing,
            Ok(claim) => {
                let before = all.found.len();
                less(institution, claim, &bars, &mut all);
                if all.found.len() > before { Standing::Claims } else { Standing::Excluded }
            }
        };
        all.standings.push(standing);
    }
    all
}

/// An exclusion from all acts that is in force, with the highest rank that it rests on.
struct Bar<'i> {
    id: ExclusionId,
    exclusion: &'i Exclusion,
    /// The bodies that its names stand for on the day.
    named: Vec<BodyId>,
    rank: Option<Rank>,
}

fn bars(institution: &Institution, day: Date) -> Vec<Bar<'_>> {
    let all = (0..).map(ExclusionId).zip(&institution.exclusions);
    let bar = |(id, exclusion): (ExclusionId, &'_ Exclusion)| {
        if !exclusion.powers.is_empty() {
            return None;
        }
        let cited: Vec<LawId> = exclusion.basis.iter().filter_map(|citation| citation.law).collect();
        let law = highest(institution, &cited, day);
        (cited.is_empty() || law.is_some()).then_some((id, law))
    };
    all.filter_map(|(id, exclusion)| {
        let (id, law) = bar((id, exclusion))?;
        let named = exclusion.bodies.iter().filter_map(|(holder, _)| match holder {
            Holder::Body(body) => Some(institution.standing_in(*body, day)),
            Holder::Kind(_) => None,
        });
        let named = named.flatten().collect();
        Some(Bar { id, exclusion, named, rank: law.and_then(|law| institution[law].rank) })
    })
    .collect()
}

/// The claim less what excludes its bodies, as one claim for each set of bodies that is left.
fn less(institution: &Institution, claim: Claim, bars: &[Bar<'_>], all: &mut Claims) {
    let rank = claim.law.and_then(|law| institution[law].rank);
    let mut pieces = vec![claim];
    for bar in bars {
        let outranked = match (rank, bar.rank) {
            (Some(own), Some(other)) => own.compare(other) == Some(Ordering::Greater),
            _ => false,
        };
        if outranked {
            continue;
        }
        let mut left = Vec::new();
        for piece in pieces {
            let (hit, free): (Vec<BodyId>, Vec<BodyId>) =
                piece.bodies.iter().partition(|body| excludes(institution, bar, **body));
            let inside = piece.region.intersect(&bar.exclusion.region);
            if hit.is_empty() || inside.is_empty() {
                left.push(piece);
                continue;
            }
            let outside = piece.region.minus(&bar.exclusion.region);
            all.barred.push(Barred {
                mandate: piece.mandate,
                bodies: hit,
                exclusion: bar.id,
                region: inside.clone(),
            });
            if !free.is_empty() {
                left.push(Claim { bodies: free, region: Arc::new(inside), ..piece.clone() });
            }
            if !outside.is_empty() {
                left.push(Claim { region: Arc::new(outside), ..piece });
            }
        }
        pieces = left;
    }
    all.found.extend(pieces);
}

fn excludes(institution: &Institution, bar: &Bar<'_>, body: BodyId) -> bool {
    let kind = institution[body].kind.map(Holder::Kind);
    bar.named.contains(&body) || bar.exclusion.bodies.iter().any(|(holder, _)| Some(*holder) == kind)
}

fn claim(institution: &Institution, id: MandateId, mandate: &Mandate, day: Date) -> Result<Claim, Standing> {
    if mandate.from.is_some_and(|from| day < from) || mandate.until.is_some_and(|until| until < day) {
        return Err(Standing::OutOfTime);
    }
    // Law and rank are taken from what is in force; a citation of an undeclared law counts for nothing.
    let cited: Vec<LawId> = mandate.basis.iter().filter_map(|citation| citation.law).collect();
    let law = highest(institution, &cited, day);
    if law.is_none() && !cited.is_empty() {
        return Err(Standing::NoBasisInForce);
    }
    // Asked last: a mandate that has ended names nobody to support either.
    if mandate.leads.is_empty() {
        return Err(Standing::NoLead);
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
    Ok(Claim { mandate: id, bodies, law, region: Arc::new(mandate.region.clone()) })
}

/// The law in force of the highest rank, the latest of several. One without a rank is below all.
fn highest(institution: &Institution, laws: &[LawId], day: Date) -> Option<LawId> {
    let height = |law: &LawId| {
        let law = &institution[*law];
        (law.rank.map(Rank::height), law.from.map(|(from, _)| from))
    };
    laws.iter().copied().filter(|law| institution[*law].in_force(day)).max_by_key(height)
}
