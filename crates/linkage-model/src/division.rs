//! The division of powers on one day: which mandates claim the lead where, and who of them leads.
//!
//! ```text
//!   mandates ── in force, not excluded ──► claims        ([`Claim`])
//!   claims that meet ── pair by pair ────► order         ([`Division::order`])
//!   those whom nobody prevails over ─────► leadership    ([`Division::leadership`])
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use super::claim::{Claims, claims};
use super::competence::Powers;
use super::precedence::Footing;
use super::{
    Barred, BodyId, Claim, Competence, Institution, Leadership, LeadershipKind, Mandate, MandateId,
    PassingMode, Resolution, ResolutionId, Sharing, Standing, Unbound, Unfilled,
};
use linkage_regions::{Region, Run};

/// The division of powers of an institution on one day.
#[derive(Debug, Clone)]
pub struct Division<'i> {
    /// Whose powers.
    pub institution: &'i Institution,
    /// On which day.
    pub day: Date,
    found: Arc<Found>,
    competence: Competence<'i>,
}

/// What is computed for a day, by the numbers of the institution's declarations.
#[derive(Debug)]
struct Found {
    claims: Vec<Claim>,
    /// For each claim its first matter and the one after its last: most claims are far from what is asked about.
    matters: Vec<Run>,
    barred: Vec<Barred>,
    unbound: Vec<Unbound>,
    unfilled: Vec<Unfilled>,
    standings: Vec<Standing>,
    /// The bodies that some entrustment names to receive.
    entrusted: BTreeSet<BodyId>,
    /// Who leads the regions that were asked for last.
    led: Mutex<Vec<Asked>>,
}

/// A region with its parts by who leads.
type Asked = (Region, Arc<Vec<(Leadership, Region)>>);

/// So many regions are kept: cases of a day are much alike.
const LED_UP_TO: usize = 64;

/// A division of powers apart from its institution, so that both can be kept side by side.
#[derive(Debug, Clone)]
pub(super) struct Apart {
    pub(super) day: Date,
    found: Arc<Found>,
    powers: Arc<Powers>,
}

/// From the first matter of a region to its last.
fn matters_of(region: &Region) -> Run {
    let sides = region.cuboids().iter().filter_map(|cuboid| cuboid.sides()[Institution::MATTER].hull());
    sides.reduce(|a, b| Run::new(a.start.min(b.start), a.end.max(b.end))).unwrap_or(Run::new(0, 0))
}

impl<'i> Division<'i> {
    /// Computes the division of powers on a day.
    pub fn new(institution: &'i Institution, day: Date) -> Self {
        let Claims { found: claims, barred, unbound, unfilled, standings } = claims(institution, day);
        let entrustments = institution.passings.iter().filter(|it| it.mode == PassingMode::Entrust);
        let receivers = entrustments.flat_map(|it| &it.receivers);
        let entrusted = receivers.flat_map(|(body, _)| institution.standing_in(*body, day)).collect();
        let led = Mutex::default();
        let matters = claims.iter().map(|claim| matters_of(&claim.region)).collect();
        let found = Arc::new(Found { claims, matters, barred, unbound, unfilled, standings, entrusted, led });
        Self { institution, day, found, competence: Competence::new(institution, day) }
    }

    /// What is computed, without the institution.
    pub(super) fn apart(&self) -> Apart {
        Apart { day: self.day, found: Arc::clone(&self.found), powers: self.competence.powers() }
    }

    /// What was computed of the same institution before.
    pub(super) fn again(institution: &'i Institution, known: &Apart) -> Self {
        let Apart { day, found, powers } = known;
        let competence = Competence::again(institution, *day, Arc::clone(powers));
        Self { institution, day: *day, found: Arc::clone(found), competence }
    }

    /// The claims, in the order of the mandates.
    pub fn claims(&self) -> &[Claim] {
        &self.found.claims
    }

    /// The parts of mandates on which bodies that they name may not act.
    pub fn barred(&self) -> &[Barred] {
        &self.found.barred
    }

    /// The parts of mandates on which an exclusion speaks of their bodies and does not bind.
    pub fn unbound(&self) -> &[Unbound] {
        &self.found.unbound
    }

    /// The parts of mandates on which nobody is named for their slots.
    pub fn unfilled(&self) -> &[Unfilled] {
        &self.found.unfilled
    }

    /// What a claim stands on, to be compared with others.
    pub(super) fn footing(&self, claim: usize) -> Option<&Footing> {
        self.found.claims[claim].footing.as_deref()
    }

    /// What a mandate is worth.
    pub fn standing(&self, mandate: MandateId) -> &Standing {
        &self.found.standings[mandate.index()]
    }

    /// The mandate of a claim.
    pub fn mandate(&self, claim: usize) -> &'i Mandate {
        &self.institution[self.found.claims[claim].mandate]
    }

    /// The regions of the claims.
    pub fn regions(&self) -> Vec<&Region> {
        self.found.claims.iter().map(|claim| claim.region.as_ref()).collect()
    }

    /// Who holds which power.
    pub fn competence(&self) -> &Competence<'i> {
        &self.competence
    }

    /// The part of a region where nobody leads.
    pub fn gaps(&self, within: &Region) -> Region {
        linkage_regions::gaps(within, &self.regions())
    }

    /// Whether claims that meet need to be ordered at all.
    pub fn conflict(&self, set: &[usize]) -> bool {
        set.iter()
            .enumerate()
            .any(|(index, a)| self.torn(*a) || set[..index].iter().any(|b| !self.say_the_same(*a, *b)))
    }

    /// Whether a mandate names several bodies to lead and does not say how they share.
    pub fn torn(&self, claim: usize) -> bool {
        let own = &self.found.claims[claim];
        let said = match self.mandate(claim).sharing() {
            None => false,
            Some(Sharing::Subsidiary) => own.named_singly,
            Some(Sharing::Joint | Sharing::Parallel) => true,
        };
        own.bodies.len() > 1 && !said
    }

    /// The same as [`Division::within`], found once for a region that is asked for again and again.
    pub fn led(&self, region: &Region) -> Arc<Vec<(Leadership, Region)>> {
        // A thread that died while it held the list leaves one that is whole: entries are put in at once.
        let mut known = self.found.led.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, parts)) = known.iter().find(|(asked, _)| asked.cuboids() == region.cuboids()) {
            return Arc::clone(parts);
        }
        let parts = Arc::new(self.within(region));
        if known.len() == LED_UP_TO {
            known.remove(0);
        }
        known.push((region.clone(), Arc::clone(&parts)));
        parts
    }

    /// A region parted by who leads: each part with its leadership, in a fixed order. What lies outside the scope
    /// comes last.
    pub fn within(&self, region: &Region) -> Vec<(Leadership, Region)> {
        let scope = &self.institution.scope.region;
        if region.is_subset(scope) {
            return self.claimed(region);
        }
        let mut parts = self.claimed(&region.intersect(scope).disjoint());
        let outside = self.claimed(&region.minus(scope)).into_iter();
        parts.extend(outside.map(|(leadership, part)| {
            let (standby, together) = (Vec::new(), Vec::new());
            (Leadership { kind: LeadershipKind::Outside, standby, together, ..leadership }, part)
        }));
        parts
    }

    /// A region parted by who claims the lead, be it inside the scope or not.
    fn claimed(&self, region: &Region) -> Vec<(Leadership, Region)> {
        let all = self.regions();
        let here = matters_of(region);
        let near: Vec<usize> = (0..all.len())
            .filter(|claim| !self.found.matters[*claim].intersect(here).is_empty())
            .filter(|claim| !all[*claim].is_disjoint(region))
            .collect();
        let regions: Vec<&Region> = near.iter().map(|claim| all[*claim]).collect();
        let parts = linkage_regions::partition(region, &regions, |_| true, usize::MAX).groups;
        let mut answer = Vec::new();
        for (set, part) in parts {
            let set: Vec<usize> = set.into_iter().map(|index| near[index]).collect();
            answer.extend(self.settled(&set, part));
        }
        answer
    }

    /// The part of a region on which the supporters of a mandate support: where it is in force, and no other
    /// prevails over its claim to the lead.
    pub fn supported_by(&self, mandate: MandateId, region: &Region) -> Region {
        let declared = &self.institution[mandate];
        match self.standing(mandate) {
            Standing::Claims | Standing::NoLead => {}
            Standing::OpenSlot(_) | Standing::OutOfTime | Standing::NoBasisInForce | Standing::Excluded => {
                return Region::empty(&self.institution.space);
            }
        }
        let mut own = declared.region.intersect(region);
        if own.is_empty() || *self.standing(mandate) == Standing::NoLead {
            return own;
        }
        let is_own = |claim: &&usize| self.found.claims[**claim].mandate == mandate;
        for (leadership, part) in self.led(region).iter() {
            let mut claims = leadership.present.iter().filter(is_own).peekable();
            let lost = claims.peek().is_some() && claims.all(|claim| !leadership.effective.contains(claim));
            if lost {
                own = own.minus(part);
            }
        }
        own
    }

    /// What comes of a meeting of exactly these claims, part by part: where an entrustment makes two bodies
    /// one power, and where a resolution settles an overlap.
    pub fn settled(&self, present: &[usize], region: Region) -> Vec<(Leadership, Region)> {
        let mut answer = Vec::new();
        let pairs = self.united(present, &region);
        if pairs.is_empty() {
            self.resolved(self.leadership(present, &BTreeSet::new()), region, &mut answer);
            return answer;
        }
        let together: Vec<&Region> = pairs.iter().map(|(_, region)| region).collect();
        for (set, part) in linkage_regions::partition(&region, &together, |_| true, usize::MAX).groups {
            let united: BTreeSet<(usize, usize)> = set.into_iter().map(|at| pairs[at].0).collect();
            self.resolved(self.leadership(present, &united), part, &mut answer);
        }
        answer
    }

    /// The pairs of claims that are one power on a part of a region, with that part: what one body may do there
    /// it does in the other's name. A claim of several bodies is paired with itself.
    fn united(&self, present: &[usize], region: &Region) -> Vec<((usize, usize), Region)> {
        let mut pairs = Vec::new();
        for (index, a) in present.iter().enumerate() {
            for b in &present[index..] {
                let (one, other) = (&self.found.claims[*a].bodies, &self.found.claims[*b].bodies);
                if a == b && self.torn(*a) && one.iter().any(|body| self.found.entrusted.contains(body)) {
                    let part = one
                        .iter()
                        .fold(region.clone(), |left, body| left.intersect(&self.in_name(*body, one, region)));
                    if !part.is_empty() {
                        pairs.push(((*a, *a), part));
                    }
                    continue;
                }
                if one == other || !one.iter().chain(other).any(|body| self.found.entrusted.contains(body)) {
                    continue;
                }
                let each = |these: &[BodyId], those: &[BodyId]| {
                    let new = these.iter().filter(|body| !those.contains(body));
                    new.fold(region.clone(), |left, body| left.intersect(&self.in_name(*body, those, region)))
                };
                let part = each(one, other).intersect(&each(other, one));
                if !part.is_empty() {
                    pairs.push(((*a, *b), part));
                }
            }
        }
        pairs
    }

    /// Where a body is one power with one of these.
    fn in_name(&self, body: BodyId, those: &[BodyId], region: &Region) -> Region {
        let pairs = those.iter().map(|other| self.competence().entrusted_pair(body, *other, region));
        pairs.fold(Region::empty(&self.institution.space), |all, pair| all.union(&pair))
    }

    /// The resolutions that speak of an overlap of these claims somewhere in a region. Where several do and it is an
    /// overlap all the same, they contradict each other.
    pub fn speaking(&self, effective: &[usize], region: &Region) -> Vec<ResolutionId> {
        let speaks = |it: &Resolution| {
            let names = |claim: &usize| {
                let mandate = self.found.claims[*claim].mandate;
                it.between.iter().any(|(between, _)| *between == mandate)
            };
            (it.between.is_empty() || effective.iter().all(names)) && !it.region.is_disjoint(region)
        };
        let all = (0..).map(ResolutionId).zip(&self.institution.resolutions);
        all.filter(|(_, it)| speaks(it)).map(|(id, _)| id).collect()
    }

    /// Splits an overlap by the resolutions that settle parts of it. Where several speak, the most special settles;
    /// where none of them is, they contradict each other, and it stays an overlap.
    fn resolved(&self, leadership: Leadership, region: Region, answer: &mut Vec<(Leadership, Region)>) {
        if leadership.kind != LeadershipKind::Overlap {
            answer.push((leadership, region));
            return;
        }
        let speaking = self.speaking(&leadership.effective, &region);
        let speaking: Vec<(ResolutionId, &Resolution)> =
            speaking.into_iter().map(|id| (id, &self.institution[id])).collect();
        if speaking.is_empty() {
            answer.push((leadership, region));
            return;
        }
        let regions: Vec<&Region> = speaking.iter().map(|(_, it)| &it.region).collect();
        let mut parts: BTreeMap<Option<ResolutionId>, Region> = BTreeMap::new();
        for (set, part) in linkage_regions::partition(&region, &regions, |_| true, usize::MAX).groups {
            let settling = |at: &&usize| {
                set.iter().all(|other| other == *at || speaking[**at].1.is_special_to(speaking[*other].1))
            };
            let by = set.iter().find(settling).map(|at| speaking[*at].0);
            let known = parts.remove(&by);
            parts.insert(by, known.map_or_else(|| part.clone(), |known| known.union(&part)));
        }
        for (by, part) in parts {
            let kind = by.map_or(LeadershipKind::Overlap, LeadershipKind::Resolved);
            answer.push((Leadership { kind, ..leadership.clone() }, part));
        }
    }
}
