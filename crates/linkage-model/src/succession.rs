//! For whom a name stands on a day, and where: slots are filled, bodies have heirs.
//!
//! ```text
//!   slot ── designate in town_a ──► office        the name `slot` stands for office in town_a, for nobody elsewhere
//!   beis ── succeeds over energy ─► desnz         the name `beis` stands for desnz over energy,
//!        └─ succeeds over science ► dsit          for dsit over science, for beis itself elsewhere
//! ```
//!
//! Where two take over the same part, the name stands for both: the order in which they are declared
//! decides nothing.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::civil::Date;

use super::{BodyId, Institution};
use linkage_regions::Region;

/// A body for which a name stands on a day.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// The body.
    pub body: BodyId,
    /// Where the name stands for it; none means everywhere.
    pub region: Option<Region>,
}

impl Bearer {
    /// The part of a region on which the name stands for the body.
    pub fn within(&self, region: &Region) -> Region {
        narrowed(region, self.region.as_ref())
    }

    /// Whether the name stands for the body somewhere in a region.
    pub fn reaches(&self, region: &Region) -> bool {
        self.region.as_ref().is_none_or(|own| !own.is_disjoint(region))
    }
}

/// The part of a region that lies where something holds; none means that it holds everywhere.
pub(super) fn narrowed(region: &Region, place: Option<&Region>) -> Region {
    place.map_or_else(|| region.clone(), |place| region.intersect(place))
}

/// Two places as one; none means everywhere.
pub(super) fn joined(one: Option<Region>, other: Option<Region>) -> Option<Region> {
    Some(one?.union(&other?))
}

impl Institution {
    /// The bodies for which a name stands on a day, each once and with the place, in the order of their ids.
    pub fn bearers(&self, name: BodyId, day: Date) -> Vec<Bearer> {
        let declared = &self[name];
        if declared.is_slot {
            let acts = declared.filled_by.iter().filter(|filling| self[filling.law].in_force(day));
            return self.heirs(acts.map(|filling| (filling.body, filling.region.clone())).collect(), day);
        }
        if declared.heirs.is_empty() {
            return vec![Bearer { body: name, region: None }];
        }
        self.heirs(vec![(name, None)], day)
    }

    /// The bodies for which a name stands somewhere on a day, in the order of their ids.
    pub fn standing_in(&self, name: BodyId, day: Date) -> Vec<BodyId> {
        self.bearers(name, day).into_iter().map(|bearer| bearer.body).collect()
    }

    /// The bodies for which a name stands on a day somewhere in a region.
    pub fn standing_within(&self, name: BodyId, day: Date, region: &Region) -> Vec<BodyId> {
        let bearers = self.bearers(name, day).into_iter();
        bearers.filter(|bearer| bearer.reaches(region)).map(|bearer| bearer.body).collect()
    }

    /// Whether a body still stands under its own name on a day, if only somewhere.
    pub fn is_there(&self, body: BodyId, day: Date) -> bool {
        self[body].heirs.is_empty() || self.standing_in(body, day).contains(&body)
    }

    /// Follows successions from bodies that hold a place to those that hold it on a day.
    fn heirs(&self, holders: Vec<(BodyId, Option<Region>)>, day: Date) -> Vec<Bearer> {
        let order = self.before_their_heirs(holders.iter().map(|(body, _)| *body), day);
        let mut held: BTreeMap<BodyId, Option<Region>> = BTreeMap::new();
        let hand_to = |held: &mut BTreeMap<BodyId, Option<Region>>, body, place: Option<Region>| {
            if place.as_ref().is_some_and(Region::is_empty) {
                return;
            }
            let place = match held.remove(&body) {
                Some(known) => joined(known, place),
                None => place,
            };
            held.insert(body, place);
        };
        for (body, place) in holders {
            hand_to(&mut held, body, place);
        }
        for body in order {
            let heirs: Vec<(BodyId, Option<&Region>)> = self.took_over(body, day).collect();
            if heirs.is_empty() {
                continue;
            }
            let Some(place) = held.remove(&body) else { continue };
            let whole = || place.clone().unwrap_or_else(|| Region::full(&self.space));
            let mut left = heirs.iter().all(|(_, taken)| taken.is_some()).then(whole);
            for (heir, taken) in heirs {
                let part = match (&place, taken) {
                    (place, None) => place.clone(),
                    (None, Some(taken)) => Some(taken.clone()),
                    (Some(place), Some(taken)) => Some(place.intersect(taken)),
                };
                if let (Some(rest), Some(taken)) = (&left, taken) {
                    left = Some(rest.minus(taken));
                }
                hand_to(&mut held, heir, part);
            }
            if let Some(left) = left {
                hand_to(&mut held, body, Some(left));
            }
        }
        held.into_iter().map(|(body, region)| Bearer { body, region }).collect()
    }

    /// All bodies to which successions lead from these, each before its heirs. Circles are refused when names
    /// are resolved; what would stand in one is left out.
    fn before_their_heirs(&self, from: impl Iterator<Item = BodyId>, day: Date) -> Vec<BodyId> {
        let mut waits_for: BTreeMap<BodyId, usize> = BTreeMap::new();
        // Each once: two acts may name one body for a slot.
        let mut open: Vec<BodyId> = from.collect::<BTreeSet<BodyId>>().into_iter().collect();
        for body in &open {
            waits_for.insert(*body, 0);
        }
        let mut at = 0;
        while let Some(body) = open.get(at).copied() {
            at += 1;
            for (heir, _) in self.took_over(body, day) {
                if !waits_for.contains_key(&heir) {
                    open.push(heir);
                }
                *waits_for.entry(heir).or_default() += 1;
            }
        }
        let mut ready: VecDeque<BodyId> =
            waits_for.iter().filter(|(_, waits)| **waits == 0).map(|(body, _)| *body).collect();
        let mut order = Vec::new();
        while let Some(body) = ready.pop_front() {
            order.push(body);
            for (heir, _) in self.took_over(body, day) {
                if let Some(waits) = waits_for.get_mut(&heir) {
                    *waits -= 1;
                    if *waits == 0 {
                        ready.push_back(heir);
                    }
                }
            }
        }
        order
    }

    /// The bodies that have taken over from a body by a day, with what each took; none means all of it.
    fn took_over(&self, old: BodyId, day: Date) -> impl Iterator<Item = (BodyId, Option<&Region>)> {
        let of = move |heir: &BodyId| {
            let heir = *heir;
            let taken = self[heir].succeeds.iter().filter(move |it| it.of == old);
            let begun = taken.filter(move |it| it.since.is_none_or(|since| since <= day));
            begun.map(move |it| (heir, it.region.as_ref()))
        };
        self[old].heirs.iter().flat_map(of)
    }
}
