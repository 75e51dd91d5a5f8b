//! Competence: who holds which power where, on a day, on what basis.
//!
//! *No power unless granted: silence is disability.* A body holds a power where a law in force grants it to the
//! body or its kind, or where a valid passing gives it on. There are three ways to hold one:
//!
//! ```text
//! original      法定   by law, in the own name
//! transferred   授权   in the own name; needs an express basis; the giver is divested while it lasts
//! entrusted     委托   in the giver's name; the giver answers, and keeps it
//! ```
//!
//! What is forbidden or kept to others is taken away where the prohibition prevails over what gives it (rank,
//! then within one issuer special and later); where no rule decides, the power counts as held, and a finding
//! says so. Nobody passes on more than it holds; a circle of passings founds nothing.
//!
//! Powers are computed when they are asked for, each once.

mod cell;
mod granted;
mod holding;
mod passed;
mod sources;
mod standing;

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::{BodyId, Holder, Institution, PassingMode, PowerId};
pub use holding::{
    Conflict, Divested, Failure, Ground, Held, Holding, HoldingMode, Link, Negative, NormId, Void,
};
use linkage_regions::Region;
use sources::{Prohibition, Sources, by_power};
use standing::{Names, bodies};

/// Who holds which power on one day.
#[derive(Debug, Clone)]
pub struct Competence<'i> {
    /// Whose powers.
    pub institution: &'i Institution,
    /// On which day.
    pub day: Date,
    powers: Arc<Powers>,
}

/// What is known of powers on a day, by the numbers of the institution's declarations.
#[derive(Debug)]
pub(super) struct Powers {
    names: Names,
    sources: Vec<Sources>,
    held: Vec<OnceLock<Held>>,
}

impl<'i> Competence<'i> {
    /// The competence of all bodies on a day.
    pub fn new(institution: &'i Institution, day: Date) -> Self {
        let sources = by_power(institution, day);
        let held = vec![OnceLock::new(); institution.powers.len()];
        let powers = Arc::new(Powers { names: Names::new(institution, day), sources, held });
        Self { institution, day, powers }
    }

    /// What is known so far, without the institution.
    pub(super) fn powers(&self) -> Arc<Powers> {
        Arc::clone(&self.powers)
    }

    /// What was known of the same institution before.
    pub(super) fn again(institution: &'i Institution, day: Date, powers: Arc<Powers>) -> Self {
        Self { institution, day, powers }
    }

    /// All that is known of a power.
    pub fn of(&self, power: PowerId) -> &Held {
        self.powers.held[power.index()].get_or_init(|| {
            let (institution, names, sources) =
                (self.institution, &self.powers.names, &self.powers.sources[power.index()]);
            let prohibitions = Prohibition::among(institution, names, self.day, sources);
            let mut held = Held::default();
            granted::granted(institution, names, power, sources, &prohibitions, &mut held);
            passed::passed(institution, names, (power, self.day), sources, &prohibitions, &mut held);
            held.holdings.sort_by(granted::by_body);
            held
        })
    }

    /// The holdings of a body.
    pub fn holdings(&self, body: BodyId, power: PowerId) -> impl Iterator<Item = &Holding> {
        let all = &self.of(power).holdings;
        let from = all.partition_point(|holding| holding.body < body);
        all[from..].iter().take_while(move |holding| holding.body == body)
    }

    /// Where a body holds a power.
    pub fn held(&self, body: BodyId, power: PowerId) -> Region {
        let none = Region::empty(&self.institution.space);
        self.holdings(body, power).fold(none, |all, holding| all.union(&holding.region))
    }

    /// The part of a region where a body lacks a power.
    pub fn lacking(&self, body: BodyId, power: PowerId, within: &Region) -> Region {
        let held: Vec<&Region> = self.holdings(body, power).map(|holding| &holding.region).collect();
        linkage_regions::gaps(within, &held)
    }

    /// The bodies for which a name stands somewhere on the day.
    pub fn standing_in(&self, body: BodyId) -> &[BodyId] {
        self.powers.names.of(body)
    }

    /// The bodies that are meant by these on the day, each once.
    pub fn of_holders(&self, holders: &[Holder]) -> Vec<BodyId> {
        bodies(&self.powers.names.of_all(self.institution, holders))
    }

    /// The part of a region where one of two bodies acts in the other's name by an entrustment: there the two
    /// are one power, never an overlap.
    pub fn entrusted_pair(&self, a: BodyId, b: BodyId, region: &Region) -> Region {
        let mut pair = Region::empty(&self.institution.space);
        for power in self.passed_between(a, b, PassingMode::Entrust) {
            for holding in self.holdings(a, power).chain(self.holdings(b, power)) {
                let other = if holding.body == a { b } else { a };
                if matches!(holding.mode, HoldingMode::Entrusted(_)) && holding.in_name_of() == other {
                    pair = pair.union(&holding.region.intersect(region));
                }
            }
        }
        pair
    }

    /// The part of a region where one of two bodies has transferred a power to the other: there they overlap
    /// only if the giver goes on acting.
    pub fn transferred_pair(&self, a: BodyId, b: BodyId, region: &Region) -> Region {
        let mut pair = Region::empty(&self.institution.space);
        for power in self.passed_between(a, b, PassingMode::Transfer) {
            for holding in self.holdings(a, power).chain(self.holdings(b, power)) {
                let other = if holding.body == a { b } else { a };
                if holding.mode == HoldingMode::Transferred(other) {
                    pair = pair.union(&holding.region.intersect(region));
                }
            }
        }
        pair
    }

    /// The powers of which some passing speaks that a body of the two receives.
    fn passed_between(&self, a: BodyId, b: BodyId, mode: PassingMode) -> Vec<PowerId> {
        let concerns = |sources: &Sources| {
            sources.passings.iter().map(|passing| &self.institution[*passing]).any(|passing| {
                let mut receivers =
                    passing.receivers.iter().flat_map(|(body, _)| self.powers.names.of(*body));
                passing.mode == mode && receivers.any(|body| *body == a || *body == b)
            })
        };
        let powers = (0..).map(PowerId).zip(&self.powers.sources);
        powers.filter(|(_, sources)| concerns(sources)).map(|(power, _)| power).collect()
    }
}
