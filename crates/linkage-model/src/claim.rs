//! Claims to the lead: the mandates that are worth something on a day, and on what region.
//!
//! A mandate claims its region if it is in force: within its own dates, on a basis in force (if it cites
//! any), with a body named. Where a name stands for different bodies in different places, each place is a
//! claim of its own. An `exclude` without powers says that a body may not act on a region at all: where it
//! binds, the claim is void, whoever else claims.
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

use super::precedence::{Footing, highest};
use super::{
    Bearer, BodyId, Exclusion, ExclusionId, Holder, Institution, LawId, Mandate, MandateId, Open, Reason,
};
use linkage_regions::{Region, partition};

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
    /// What it stands on, to be compared with others.
    pub(super) footing: Option<Arc<Footing>>,
    /// Whether the text names these bodies one by one: where one name stands for several, nothing says in which
    /// order they come.
    pub(super) named_singly: bool,
}

/// A part of a mandate on which an exclusion speaks of bodies that it names.
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

/// A part of a mandate on which an exclusion does not bind: the claim stands.
#[derive(Debug, Clone)]
pub struct Unbound {
    /// The part, as if it were barred.
    pub at: Barred,
    /// Why.
    pub why: Resistance,
}

/// Why an exclusion does not bind a mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resistance {
    /// The mandate prevails by a rule between texts.
    Prevails(Reason),
    /// The mandate rests on a law, the exclusion on none.
    NoBasis,
    /// No rule decides which of the two prevails.
    Undecided(Open),
}

/// A part of a mandate on which nobody is named for its slots.
#[derive(Debug, Clone)]
pub struct Unfilled {
    /// The mandate.
    pub mandate: MandateId,
    /// The slots.
    pub slots: Vec<BodyId>,
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
#[derive(Default)]
pub(super) struct Claims {
    pub found: Vec<Claim>,
    pub barred: Vec<Barred>,
    pub unbound: Vec<Unbound>,
    pub unfilled: Vec<Unfilled>,
    pub standings: Vec<Standing>,
}

pub(super) fn claims(institution: &Institution, day: Date) -> Claims {
    let mut all = Claims::default();
    let bars = bars(institution, day);
    for (id, mandate) in institution.mandates() {
        let standing = match claim(institution, id, mandate, day) {
            Err(standing) => standing,
            Ok((claims, unfilled)) => {
                let slots: Vec<BodyId> = unfilled.iter().flat_map(|part| part.slots.clone()).collect();
                all.unfilled.extend(unfilled);
                let (before, none) = (all.found.len(), claims.is_empty());
                for claim in claims {
                    less(institution, &claim, &bars, &mut all);
                }
                match () {
                    () if all.found.len() > before => Standing::Claims,
                    () if none => Standing::OpenSlot(slots),
                    () => Standing::Excluded,
                }
            }
        };
        all.standings.push(standing);
    }
    all
}

/// An exclusion from all acts that is in force, with what it stands on.
struct Bar<'i> {
    id: ExclusionId,
    exclusion: &'i Exclusion,
    /// The bodies that its names stand for on the day.
    named: Vec<Bearer>,
    footing: Option<Footing>,
}

fn bars(institution: &Institution, day: Date) -> Vec<Bar<'_>> {
    let all = (0..).map(ExclusionId).zip(&institution.exclusions);
    let general = all.filter(|(_, exclusion)| exclusion.powers.is_empty());
    let bar = |(id, exclusion): (ExclusionId, &'_ Exclusion)| {
        let footing = Footing::of(institution, &exclusion.basis, day);
        let cites = exclusion.basis.iter().any(|citation| citation.law.is_some());
        (!cites || footing.is_some()).then_some((id, footing))
    };
    general
        .filter_map(|(id, exclusion)| {
            let (id, footing) = bar((id, exclusion))?;
            let named = exclusion.bodies.iter().filter_map(|(holder, _)| match holder {
                Holder::Body(body) => Some(institution.bearers(*body, day)),
                Holder::Kind(_) => None,
            });
            Some(Bar { id, exclusion, named: named.flatten().collect(), footing })
        })
        .collect()
}

impl Bar<'_> {
    /// Where it speaks of a body; none if nowhere.
    fn speaks_of(&self, institution: &Institution, body: BodyId) -> Option<Region> {
        let kind = institution[body].kind.map(Holder::Kind);
        if self.exclusion.bodies.iter().any(|(holder, _)| Some(*holder) == kind) {
            return Some(self.exclusion.region.clone());
        }
        let own = self.named.iter().filter(|bearer| bearer.body == body);
        own.map(|bearer| bearer.within(&self.exclusion.region)).reduce(|all, part| all.union(&part))
    }

    /// Why it does not bind a claim of a mandate; none if it does.
    ///
    /// Rank decides as between claims. Within one rank and issuer the exclusion prevails on its region, unless
    /// the mandate is the special one or names it with `notwithstanding`. What rests on no law yields to what
    /// rests on one.
    fn resisted_by(&self, mandate: &Mandate, claim: &Claim) -> Option<Resistance> {
        let says_so = mandate.overrides.iter().any(|(id, _)| *id == self.id);
        let (Some(own), Some(bar)) = (claim.footing.as_deref(), &self.footing) else {
            return match (claim.footing.is_some(), self.footing.is_some()) {
                (true, false) => Some(Resistance::NoBasis),
                // Nothing ranks the two: the explicit clause decides.
                (false, false) if says_so => Some(Resistance::Prevails(Reason::Explicit)),
                (_, _) => None,
            };
        };
        match own.by_rank(bar) {
            Some(Ordering::Greater) => return Some(Resistance::Prevails(Reason::Rank)),
            Some(_) => return None,
            None => {}
        }
        if says_so {
            return Some(Resistance::Prevails(Reason::Explicit));
        }
        let (region, excluded) = (&mandate.region, &self.exclusion.region);
        match super::precedence::by_law(own, region, bar, excluded) {
            super::Order::Open(open @ (Open::NoRank | Open::Unranked | Open::Issuers)) => {
                Some(Resistance::Undecided(open))
            }
            _ if region.is_subset(excluded) && !excluded.is_subset(region) => {
                Some(Resistance::Prevails(Reason::Special))
            }
            _ => None,
        }
    }
}

/// The claim less what excludes its bodies, as one claim for each set of bodies that is left. Each exclusion is told of
/// all that the mandate names: what another one takes away too depends on no order.
fn less(institution: &Institution, claim: &Claim, bars: &[Bar<'_>], all: &mut Claims) {
    let mandate = &institution[claim.mandate];
    let mut pieces = vec![claim.clone()];
    for bar in bars {
        let places: Vec<(BodyId, Region)> = claim
            .bodies
            .iter()
            .filter_map(|body| Some((*body, bar.speaks_of(institution, *body)?)))
            .filter(|(_, place)| !place.is_disjoint(&claim.region))
            .collect();
        if places.is_empty() {
            continue;
        }
        let resistance = bar.resisted_by(mandate, claim);
        let regions: Vec<&Region> = places.iter().map(|(_, place)| place).collect();
        for (set, region) in partition(&claim.region, &regions, |set| !set.is_empty(), usize::MAX).groups {
            let bodies: Vec<BodyId> = set.iter().map(|at| places[*at].0).collect();
            let at = Barred { mandate: claim.mandate, bodies, exclusion: bar.id, region };
            match resistance {
                Some(why) => all.unbound.push(Unbound { at, why }),
                None => all.barred.push(at),
            }
        }
        if resistance.is_none() {
            pieces = pieces.into_iter().flat_map(|piece| without(piece, &places)).collect();
        }
    }
    let mut left: Vec<Claim> = Vec::new();
    for piece in pieces {
        match left.iter_mut().find(|known| known.bodies == piece.bodies) {
            Some(known) => known.region = Arc::new(known.region.union(&piece.region)),
            None => left.push(piece),
        }
    }
    left.sort_by(|one, other| one.bodies.cmp(&other.bodies));
    all.found.extend(left);
}

/// A piece of a claim less these bodies, each where it may not act.
fn without(piece: Claim, places: &[(BodyId, Region)]) -> Vec<Claim> {
    let near =
        |(body, place): &&(BodyId, Region)| piece.bodies.contains(body) && !place.is_disjoint(&piece.region);
    let places: Vec<&(BodyId, Region)> = places.iter().filter(near).collect();
    if places.is_empty() {
        return vec![piece];
    }
    let regions: Vec<&Region> = places.iter().map(|(_, place)| place).collect();
    let parts = partition(&piece.region, &regions, |_| true, usize::MAX).groups;
    let free = |(set, region): (Vec<usize>, Region)| {
        let hit = |body: &BodyId| set.iter().any(|at| places[*at].0 == *body);
        let bodies: Vec<BodyId> = piece.bodies.iter().copied().filter(|body| !hit(body)).collect();
        (!bodies.is_empty()).then(|| Claim { bodies, region: Arc::new(region), ..piece.clone() })
    };
    parts.into_iter().filter_map(free).collect()
}

/// The claims of a mandate, and the parts on which its slots wait for a body.
fn claim(
    institution: &Institution,
    id: MandateId,
    mandate: &Mandate,
    day: Date,
) -> Result<(Vec<Claim>, Vec<Unfilled>), Standing> {
    if mandate.from.is_some_and(|from| day < from) || mandate.until.is_some_and(|until| until < day) {
        return Err(Standing::OutOfTime);
    }
    // Law and rank are taken from what is in force; a citation of an undeclared law counts for nothing.
    let cited = || mandate.basis.iter().filter_map(|citation| citation.law);
    let law = highest(institution, cited(), day);
    if law.is_none() && cited().next().is_some() {
        return Err(Standing::NoBasisInForce);
    }
    // Asked last: a mandate that has ended names nobody to support either.
    if mandate.leads.is_empty() {
        return Err(Standing::NoLead);
    }
    let footing = Footing::of(institution, &mandate.basis, day).map(Arc::new);
    let named: Vec<(BodyId, Vec<Bearer>)> =
        mandate.leads.iter().map(|(lead, _)| (*lead, institution.bearers(*lead, day))).collect();
    let (mut claims, mut unfilled) = (Vec::new(), Vec::new());
    for (bearers, region) in by_bearers(&mandate.region, &named) {
        let mut bodies: Vec<BodyId> = bearers.iter().map(|(_, body)| *body).collect();
        bodies.sort_unstable();
        bodies.dedup();
        if bodies.is_empty() {
            let slots = named.iter().map(|(name, _)| *name).collect();
            unfilled.push(Unfilled { mandate: id, slots, region });
            continue;
        }
        let twice = |name: usize| bearers.iter().filter(|(of, _)| *of == name).count() > 1;
        let named_singly = !(0..named.len()).any(twice);
        let region = Arc::new(region);
        claims.push(Claim { mandate: id, bodies, law, region, footing: footing.clone(), named_singly });
    }
    Ok((claims, unfilled))
}

/// A region parted by the bodies for which names stand there; each with the place of its name among the names.
fn by_bearers(region: &Region, named: &[(BodyId, Vec<Bearer>)]) -> Vec<(Vec<(usize, BodyId)>, Region)> {
    let all =
        || named.iter().enumerate().flat_map(|(at, (_, bearers))| bearers.iter().map(move |it| (at, it)));
    let everywhere: Vec<(usize, BodyId)> =
        all().filter(|(_, it)| it.region.is_none()).map(|(at, it)| (at, it.body)).collect();
    let (placed, regions): (Vec<(usize, BodyId)>, Vec<&Region>) =
        all().filter_map(|(at, it)| Some(((at, it.body), it.region.as_ref()?))).unzip();
    if placed.is_empty() {
        return vec![(everywhere, region.clone())];
    }
    let parts = partition(region, &regions, |_| true, usize::MAX).groups;
    let here = |set: Vec<usize>| everywhere.iter().copied().chain(set.iter().map(|at| placed[*at])).collect();
    parts.into_iter().map(|(set, part)| (here(set), part)).collect()
}
