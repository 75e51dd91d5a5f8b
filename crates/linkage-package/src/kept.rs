//! Gaps and overlaps of a division of powers, kept while single claims change.
//!
//! A claim has a place in the survey for as long as its mandate has the name; one that is new takes a place that
//! is free. So a mandate that is put in between moves nothing. Bodies are known by their names, for a body that is
//! declared in between gives others their numbers.

use std::collections::BTreeMap;

use ecow::EcoString;

use linkage_analysis::checks::{self, CELLS};
use linkage_model::{Claim, Division};
use linkage_regions::{Cover, Region, Space, Survey, minimal};

/// After so many changes all is asked anew: each may leave more and smaller boxes behind.
const MOST: usize = 1_000;

type Matters = Box<dyn Fn(&[usize]) -> bool + Send + Sync>;

/// What was found of claims, with what it rests on.
pub(super) struct Kept {
    space: Space,
    scope: Region,
    /// The claim at each place of the survey; none where it is gone.
    places: Vec<Option<Party>>,
    survey: Survey<Matters>,
    /// How many changes there were since all was asked.
    changes: usize,
}

/// A claim without its region.
#[derive(Clone, PartialEq, Eq)]
struct Party {
    /// The name of the mandate, and which of its claims.
    key: (EcoString, usize),
    bodies: Vec<EcoString>,
    /// Whether it is to be ordered even with itself.
    torn: bool,
}

/// What [`checks::covered`] answers, from what is kept where that is possible; then this is kept.
pub(super) fn covered(kept: &mut Option<Kept>, division: &Division<'_>) -> Cover {
    let parties = parties(division);
    if let Some((cover, now)) = kept.take().and_then(|it| it.followed(&parties, division)) {
        *kept = Some(now);
        return cover;
    }
    let cover = checks::covered(division);
    *kept = Kept::of(parties, &cover, division);
    cover
}

impl Kept {
    fn of(parties: Vec<Party>, cover: &Cover, division: &Division<'_>) -> Option<Self> {
        if !told_alike(cover) {
            return None;
        }
        let institution = division.institution;
        let scope = &institution.scope.region;
        let places: Vec<Option<Party>> = parties.into_iter().map(Some).collect();
        let regions = division.regions().into_iter().cloned().collect();
        let survey = Survey::of(scope, regions, cover, conflict(&places))?;
        Some(Self { space: institution.space.clone(), scope: scope.clone(), places, survey, changes: 0 })
    }

    /// The same after the claims have changed, with the answer; nothing where it is better to start anew.
    fn followed(mut self, parties: &[Party], division: &Division<'_>) -> Option<(Cover, Self)> {
        let institution = division.institution;
        if self.space != institution.space || self.scope.cuboids() != institution.scope.region.cuboids() {
            return None;
        }
        let (claim_at, changed) = self.placed(parties, division);
        self.changes += changed.len();
        if self.changes > MOST {
            return None;
        }
        self.survey.minding(conflict(&self.places));
        for (place, region) in changed {
            if !self.survey.replace_within(place, region, CELLS) {
                return None;
            }
        }
        let mut cover = self.survey.cover();
        if !told_alike(&cover) {
            return None;
        }
        for (set, _) in &mut cover.overlaps.groups {
            for place in set.iter_mut() {
                *place = *claim_at.get(place)?;
            }
            set.sort_unstable();
        }
        cover.overlaps.groups.sort_by(|(one, _), (other, _)| one.cmp(other));
        Some((cover, self))
    }

    /// Gives every claim its place; which claim then is where, and what is to be put where.
    fn placed(
        &mut self,
        parties: &[Party],
        division: &Division<'_>,
    ) -> (BTreeMap<usize, usize>, Vec<(usize, Region)>) {
        let held = self.places.iter().enumerate();
        let mut known: BTreeMap<_, usize> =
            held.filter_map(|(place, party)| Some((party.as_ref()?.key.clone(), place))).collect();
        let mut free: Vec<usize> =
            (0..self.places.len()).filter(|place| self.places[*place].is_none()).collect();
        let (mut claim_at, mut changed, mut new) = (BTreeMap::new(), Vec::new(), Vec::new());
        for (claim, party) in parties.iter().enumerate() {
            let Some(place) = known.remove(&party.key) else {
                new.push(claim);
                continue;
            };
            let region = &division.claims()[claim].region;
            let alike = self.places[place].as_ref() == Some(party);
            // Other boxes may be the same points; to put them in again is no fault.
            if !alike || self.survey.regions()[place].cuboids() != region.cuboids() {
                changed.push((place, region.as_ref().clone()));
                self.places[place] = Some(party.clone());
            }
            claim_at.insert(place, claim);
        }
        for place in known.into_values() {
            self.places[place] = None;
            changed.push((place, Region::empty(&self.space)));
        }
        for claim in new {
            let place = free.pop().unwrap_or_else(|| {
                self.places.push(None);
                self.survey.make_room()
            });
            self.places[place] = Some(parties[claim].clone());
            changed.push((place, division.claims()[claim].region.as_ref().clone()));
            claim_at.insert(place, claim);
        }
        (claim_at, changed)
    }
}

/// Whether a gap is parted into findings alike whatever boxes it comes in: where its fewest boxes are known. In a gap
/// too entangled for that it depends on the boxes which parts of it belong together.
fn told_alike(cover: &Cover) -> bool {
    minimal(&cover.gaps.found).exact
}

/// The claims of a division, each by names.
fn parties(division: &Division<'_>) -> Vec<Party> {
    let institution = division.institution;
    let mut met: BTreeMap<EcoString, usize> = BTreeMap::new();
    let claims = division.claims().iter().enumerate();
    let party = |(at, claim): (usize, &Claim)| {
        let name = institution[claim.mandate].head.name.clone();
        let nth = met.entry(name.clone()).or_default();
        *nth += 1;
        let bodies = claim.bodies.iter().map(|body| institution[*body].head.name.clone()).collect();
        Party { key: (name, *nth), bodies, torn: division.torn(at) }
    };
    claims.map(party).collect()
}

/// What [`Division::conflict`] answers, by places.
fn conflict(places: &[Option<Party>]) -> Matters {
    let mut numbers: BTreeMap<&[EcoString], usize> = BTreeMap::new();
    let mut who = Vec::with_capacity(places.len());
    for party in places {
        let (bodies, torn) = party.as_ref().map_or((&[][..], false), |it| (it.bodies.as_slice(), it.torn));
        let next = numbers.len();
        who.push((*numbers.entry(bodies).or_insert(next), torn));
    }
    Box::new(move |set| set.iter().any(|at| who[*at].1 || who[*at].0 != who[set[0]].0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Package, understand};

    const WORLD: &str = "area t matter m { x y } body a { kind police } body b { kind police }\n";

    fn look(kept: &mut Option<Kept>, text: &str) -> Vec<Vec<usize>> {
        let day = jiff::civil::date(2026, 11, 23);
        let analysis = understand(Package::of_text("rules", text), day);
        assert!(analysis.is_understood());
        let cover = covered(kept, &Division::new(analysis.institution(), day));
        cover.overlaps.groups.into_iter().map(|(set, _)| set).collect()
    }

    #[test]
    fn only_what_changes_is_put_in_anew() {
        let changes = |kept: &Option<Kept>| kept.as_ref().map(|it| it.changes);
        let mut kept = None;
        let (one, other) = ("mandate one { lead a over m }\n", "mandate other { lead b over x }\n");
        assert_eq!(look(&mut kept, &format!("{WORLD}{one}{other}")), [[0, 1]]);
        assert_eq!(changes(&kept), Some(0));
        // The same in another order, with a body in between: nothing is asked.
        assert_eq!(look(&mut kept, &format!("body c {{ kind police }}{WORLD}{other}{one}")), [[0, 1]]);
        assert_eq!(changes(&kept), Some(0));
        let third = "mandate third { lead a over y }\n";
        assert_eq!(look(&mut kept, &format!("{WORLD}{one}{third}{other}")), [[0, 2]]);
        assert_eq!(changes(&kept), Some(1));
        // A lead alone, no region: who meets is another.
        let third = "mandate third { lead b over y }\n";
        assert_eq!(look(&mut kept, &format!("{WORLD}{one}{third}{other}")), [[0, 1], [0, 2]]);
        assert_eq!(changes(&kept), Some(2));
        assert_eq!(look(&mut kept, &format!("{WORLD}{third}{other}")), Vec::<Vec<usize>>::new());
        assert_eq!(changes(&kept), Some(3));
        // Another space: all anew.
        assert_eq!(look(&mut kept, &format!("attribute k : boolean {WORLD}{one}{other}")), [[0, 1]]);
        assert_eq!(changes(&kept), Some(0));
    }
}
