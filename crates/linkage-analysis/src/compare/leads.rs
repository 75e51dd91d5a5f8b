//! Who leads, before and after, on the regions of the claims that have changed.

use std::collections::BTreeMap;

use ecow::EcoString;
use jiff::civil::Date;

use super::Carry;
use super::names::paired;
use super::powers::alike;
use linkage_model::{
    BodyId, Citation, Claim, Division, Institution, Leadership, LeadershipKind, MandateId, Resolution,
    ResolutionId, Sharing,
};
use linkage_regions::Region;

/// A region of the later package on which the lead is another.
#[derive(Debug)]
pub struct LeadChange {
    /// Who led.
    pub before: State,
    /// Who leads.
    pub after: State,
    /// Where.
    pub region: Region,
}

/// Who leads; the ids are those of the package of its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// In which way.
    pub led: Led,
    /// Which bodies.
    pub bodies: Vec<BodyId>,
    /// Those of them that act only where the others do not, in this order.
    pub standby: Vec<BodyId>,
    /// The leading bodies grouped by turn, with how the bodies of one turn share the lead.
    pub turns: Vec<(Vec<BodyId>, Sharing)>,
    /// By which mandates.
    pub mandates: Vec<MandateId>,
}

impl State {
    fn of_nobody(led: Led) -> Self {
        Self { led, bodies: Vec::new(), standby: Vec::new(), turns: Vec::new(), mandates: Vec::new() }
    }
}

/// In which way somebody leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Led {
    /// There is no such situation.
    NotThere,
    /// It is outside the scope, and nobody leads it.
    Outside,
    /// Nobody leads it, and it is in the scope.
    Nobody,
    /// One body, or several that are one power.
    One,
    /// Several, lawfully.
    Shared(Sharing),
    /// Several claim it, and a resolution settles it.
    Resolved(ResolutionId),
    /// Several claim it, and nothing settles it.
    Overlap,
}

/// What makes two states the same: names, not ids.
type Key = (u8, u8, EcoString, Vec<EcoString>, Vec<(Vec<EcoString>, u8)>);

/// The parts of both spaces on which the lead can have changed.
pub(super) struct Changed {
    before: Region,
    after: Region,
}

/// Where claims, resolutions, entrustments or the scope have changed.
pub(super) fn changed(before: &Division<'_>, after: &Division<'_>, onward: &Carry, back: &Carry) -> Changed {
    let (old, new) = (before.institution, after.institution);
    let mut earlier: Vec<Region> = Vec::new();
    let mut later: Vec<Region> = Vec::new();
    let (one, other) = (by_name(before), by_name(after));
    let names: std::collections::BTreeSet<&EcoString> = one.keys().chain(other.keys()).collect();
    for name in names {
        let (was, is) = (one.get(name).copied(), other.get(name).copied());
        if let (Some(was), Some(is)) = (was, is)
            && signature(before, was) == signature(after, is)
            && alike(&onward.region(&was.region), &is.region)
        {
            continue;
        }
        earlier.extend(was.map(|claim| claim.region.as_ref().clone()));
        later.extend(is.map(|claim| claim.region.as_ref().clone()));
    }
    for (was, is) in paired(&old.resolutions, &new.resolutions, |it| &it.head).into_values() {
        let same = was.zip(is).is_some_and(|(was, is)| {
            between(old, was) == between(new, is) && alike(&onward.region(&was.region), &is.region)
        });
        if !same {
            earlier.extend(was.map(|it| settled(old, it)));
            later.extend(is.map(|it| settled(new, it)));
        }
    }
    entrusted(before, after, onward, &mut earlier, &mut later);
    if !alike(&onward.region(&old.scope.region), &new.scope.region) {
        let moved = onward.region(&old.scope.region);
        later.push(new.scope.region.minus(&moved));
        later.push(moved.minus(&new.scope.region));
    }
    later.push(new.scope.region.minus(&onward.known()));
    let both = |own: &Institution, these: &[Region], those: &[Region], carry: &Carry| {
        let carried = those.iter().map(|region| carry.region(region));
        let all: Vec<_> = these.iter().cloned().chain(carried).collect();
        Region::from_cuboids(&own.space, all.iter().flat_map(|region| region.cuboids().iter().cloned()))
    };
    Changed { before: both(old, &earlier, &later, back), after: both(new, &later, &earlier, onward) }
}

/// The regions of claims of bodies between which what is entrusted has changed.
fn entrusted(
    before: &Division<'_>,
    after: &Division<'_>,
    onward: &Carry,
    earlier: &mut Vec<Region>,
    later: &mut Vec<Region>,
) {
    let (old, new) = (before.institution, after.institution);
    for (was, is) in paired(&old.passings, &new.passings, |it| &it.head).into_values() {
        let told = |own: &Institution, it: &linkage_model::Passing| {
            let body = |(body, _): &(BodyId, _)| own[*body].head.name.clone();
            let givers: Vec<_> = it.givers.iter().map(body).collect();
            let receivers: Vec<_> = it.receivers.iter().map(body).collect();
            let powers: Vec<_> = it.powers.iter().map(|(power, _)| own[*power].head.name.clone()).collect();
            (it.mode, givers, receivers, powers, it.from, it.until)
        };
        let same = was.zip(is).is_some_and(|(was, is)| {
            told(old, was) == told(new, is) && alike(&onward.region(&was.region), &is.region)
        });
        if same {
            continue;
        }
        for (division, it, regions) in [(before, was, &mut *earlier), (after, is, &mut *later)] {
            let Some(it) = it else { continue };
            let named: Vec<BodyId> = it.givers.iter().chain(&it.receivers).map(|(body, _)| *body).collect();
            let claims =
                division.claims().iter().filter(|claim| claim.bodies.iter().any(|it| named.contains(it)));
            regions.extend(claims.map(|claim| claim.region.as_ref().clone()));
        }
    }
}

fn by_name<'d>(division: &'d Division<'_>) -> BTreeMap<EcoString, &'d Claim> {
    // Several claims of one mandate differ by their bodies.
    let mut counts: BTreeMap<MandateId, usize> = BTreeMap::new();
    let claims = division.claims().iter();
    claims
        .map(|claim| {
            let count = counts.entry(claim.mandate).or_default();
            *count += 1;
            (ecow::eco_format!("{} {count}", division.institution[claim.mandate].head.name), claim)
        })
        .collect()
}

/// All of a claim but its region that decides who leads.
fn signature(division: &Division<'_>, claim: &Claim) -> impl PartialEq + use<> {
    let it = division.institution;
    let mandate = &it[claim.mandate];
    let name = |mandate: MandateId| it[mandate].head.name.clone();
    // Every law that it cites, not only the one that counts most: several can count together.
    let cited = |citation: &Citation| {
        let law = citation.law.map(|law| &it[law]);
        let day = |day: Option<(Date, _)>| day.map(|(day, _)| day);
        let law = law.map(|law| (law.rank, law.issuer.clone(), day(law.from), day(law.until)));
        (citation.name.clone(), citation.article.clone(), law)
    };
    let basis: Vec<_> = mandate.basis.iter().map(cited).collect();
    // Who of its own leads acts first is said by the order in which they are named.
    let named = mandate.leads.iter().filter(|_| mandate.sharing() == Some(Sharing::Subsidiary));
    let named: Vec<EcoString> = named.map(|(body, _)| it[*body].head.name.clone()).collect();
    let bodies: Vec<EcoString> = claim.bodies.iter().map(|body| it[*body].head.name.clone()).collect();
    let shares: Vec<(Sharing, EcoString)> =
        mandate.shares_with.iter().map(|(sharing, with, _)| (*sharing, name(*with))).collect();
    let yields: Vec<EcoString> = mandate.yields_to.iter().map(|(to, _)| name(*to)).collect();
    let mut prevails: Vec<EcoString> = mandate.prevails_over.iter().map(|(over, _)| name(*over)).collect();
    prevails.extend(mandate.overrides.iter().map(|(over, _)| it[*over].head.name.clone()));
    (bodies, named, basis, mandate.sharing(), shares, yields, prevails)
}

fn between(institution: &Institution, it: &Resolution) -> Vec<EcoString> {
    it.between.iter().map(|(mandate, _)| institution[*mandate].head.name.clone()).collect()
}

/// Where a resolution can settle anything.
fn settled(institution: &Institution, it: &Resolution) -> Region {
    if it.between.is_empty() {
        return it.region.clone();
    }
    let claimed = it.between.iter().flat_map(|(mandate, _)| institution[*mandate].region.cuboids());
    Region::from_cuboids(&institution.space, claimed.cloned()).intersect(&it.region)
}

/// The regions on which somebody else leads, the largest first.
pub(super) fn leads(
    before: &Division<'_>,
    after: &Division<'_>,
    onward: &Carry,
    changed: &Changed,
) -> Vec<LeadChange> {
    let mut earlier = parted(before, &changed.before);
    for (_, region) in earlier.values_mut() {
        *region = onward.region(region);
    }
    let fresh = changed.after.minus(&onward.known());
    if !fresh.is_empty() {
        let nobody = State::of_nobody(Led::NotThere);
        earlier.insert(key(before, &nobody), (nobody, fresh));
    }
    let later = parted(after, &changed.after);
    let mut changes = Vec::new();
    for (was, (before, there)) in &earlier {
        for (_, (after, here)) in later.iter().filter(|(is, _)| *is != was) {
            let region = there.intersect(here);
            if !region.is_empty() {
                changes.push(LeadChange { before: before.clone(), after: after.clone(), region });
            }
        }
    }
    changes.retain(|it| !(it.before.led == Led::NotThere && it.after.led == Led::Outside));
    changes.sort_by_cached_key(|it| (std::cmp::Reverse(it.region.count()), it.region.witness()));
    changes
}

/// Who led what the later package does not have.
pub(super) fn gone(before: &Division<'_>, back: &Carry) -> Vec<(State, Region)> {
    let region = before.institution.scope.region.minus(&back.known());
    parted(before, &region).into_values().collect()
}

/// A region parted by who leads.
fn parted(division: &Division<'_>, region: &Region) -> BTreeMap<Key, (State, Region)> {
    let mut parts: BTreeMap<Key, (State, Region)> = BTreeMap::new();
    let mut add = |state: State, region: Region| {
        if region.is_empty() {
            return;
        }
        let (known, all) =
            parts.entry(key(division, &state)).or_insert_with(|| (state.clone(), region.clone()));
        known.mandates.extend(&state.mandates);
        known.mandates.sort_unstable();
        known.mandates.dedup();
        *all = all.union(&region);
    };
    if region.is_empty() {
        return parts;
    }
    let scope = &division.institution.scope.region;
    let mut led: Vec<Region> = Vec::new();
    for (leadership, part) in division.within(region) {
        if matches!(leadership.kind, LeadershipKind::Nobody | LeadershipKind::Outside) {
            continue;
        }
        led.push(part.clone());
        add(state(division, &leadership), part);
    }
    let led: Vec<&Region> = led.iter().collect();
    let nobody = linkage_regions::gaps(region, &led);
    for (way, part) in [(Led::Nobody, nobody.intersect(scope)), (Led::Outside, nobody.minus(scope))] {
        add(State::of_nobody(way), part);
    }
    parts
}

fn state(division: &Division<'_>, leadership: &Leadership) -> State {
    let led = match leadership.kind {
        LeadershipKind::Nobody => Led::Nobody,
        LeadershipKind::One | LeadershipKind::Entrusted => Led::One,
        LeadershipKind::Shared(sharing) => Led::Shared(sharing),
        LeadershipKind::Resolved(by) => Led::Resolved(by),
        LeadershipKind::Overlap => Led::Overlap,
        LeadershipKind::Outside => Led::Outside,
    };
    let mut mandates: Vec<MandateId> =
        leadership.effective.iter().map(|claim| division.claims()[*claim].mandate).collect();
    mandates.sort_unstable();
    mandates.dedup();
    let (bodies, standby, turns) =
        (leadership.bodies.clone(), leadership.standby.clone(), leadership.turns());
    State { led, bodies, standby, turns, mandates }
}

fn key(division: &Division<'_>, state: &State) -> Key {
    let it = division.institution;
    let (tag, detail, name) = match state.led {
        Led::NotThere => (0, 0, EcoString::new()),
        Led::Outside => (1, 0, EcoString::new()),
        Led::Nobody => (2, 0, EcoString::new()),
        Led::One => (3, 0, EcoString::new()),
        Led::Shared(sharing) => (4, sharing as u8, EcoString::new()),
        Led::Resolved(by) => (5, 0, it.resolutions[by.0 as usize].head.name.clone()),
        Led::Overlap => (6, 0, EcoString::new()),
    };
    let names = |bodies: &[BodyId]| -> Vec<EcoString> {
        bodies.iter().map(|body| it[*body].head.name.clone()).collect()
    };
    let mut bodies = names(&state.bodies);
    bodies.sort();
    let turn = |(bodies, sharing): &(Vec<BodyId>, Sharing)| {
        let mut bodies = names(bodies);
        bodies.sort();
        (bodies, *sharing as u8)
    };
    (tag, detail, name, bodies, state.turns.iter().map(turn).collect())
}
