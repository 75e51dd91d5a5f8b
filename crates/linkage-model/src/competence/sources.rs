//! Where a power is spoken of: norms in force, passings, exclusions, by power.

use jiff::civil::Date;

use super::super::{
    Bearer, BodyId, Citation, Exclusion, ExclusionId, Institution, LawId, Modality, Norm, Passing, PassingId,
    PowerId,
};
use super::standing::bearer;
use super::{Ground, Names, Negative, NormId};
use linkage_regions::Region;

/// All that speaks of one power.
#[derive(Debug, Clone, Default)]
pub(super) struct Sources {
    /// The norms in force.
    pub(super) norms: Vec<NormId>,
    /// The passings, whether in time or not.
    pub(super) passings: Vec<PassingId>,
    /// The exclusions that are in force; those that name no power speak of all.
    pub(super) exclusions: Vec<ExclusionId>,
}

/// What speaks of each power.
pub(super) fn by_power(institution: &Institution, day: Date) -> Vec<Sources> {
    let mut all = vec![Sources::default(); institution.powers.len()];
    let add =
        |powers: &mut dyn Iterator<Item = PowerId>, all: &mut Vec<Sources>, put: &dyn Fn(&mut Sources)| {
            let mut powers: Vec<PowerId> = powers.collect();
            powers.sort_unstable();
            powers.dedup();
            for power in powers {
                put(&mut all[power.index()]);
            }
        };
    for (index, law) in institution.laws.iter().enumerate().filter(|(_, law)| law.in_force(day)) {
        for (article, of) in law.articles.iter().enumerate() {
            for (norm, it) in of.norms.iter().enumerate() {
                let id = NormId { law: LawId::at(index), article, norm };
                add(&mut it.powers.iter().copied(), &mut all, &|own| own.norms.push(id));
            }
        }
    }
    for (id, passing) in (0..).map(PassingId).zip(&institution.passings) {
        let mut powers = passing.powers.iter().map(|(power, _)| *power);
        add(&mut powers, &mut all, &|own| own.passings.push(id));
    }
    for (id, exclusion) in (0..).map(ExclusionId).zip(&institution.exclusions) {
        if best_basis(institution, &exclusion.basis, day) == Basis::Stale {
            continue;
        }
        let named = !exclusion.powers.is_empty();
        let mut powers = institution
            .powers()
            .map(|(power, _)| power)
            .filter(|power| !named || exclusion.powers.iter().any(|(own, _)| own == power));
        add(&mut powers, &mut all, &|own| own.exclusions.push(id));
    }
    all
}

/// On what a rule rests on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// It cites no law that is declared.
    None,
    /// No law that it cites is in force.
    Stale,
    /// The cited law in force of the highest rank, the latest of several.
    Law(LawId),
}

impl Basis {
    pub(super) fn law(self) -> Option<LawId> {
        if let Self::Law(law) = self { Some(law) } else { None }
    }
}

/// On what a rule with these citations rests; the law is chosen as for mandates.
pub(super) fn best_basis(institution: &Institution, basis: &[Citation], day: Date) -> Basis {
    let cited = || basis.iter().filter_map(|citation| citation.law);
    if cited().next().is_none() {
        return Basis::None;
    }
    let height = |law: &LawId| {
        let law = &institution[*law];
        (law.rank.map_or(0, super::super::law::Rank::height), law.from.map(|(from, _)| from))
    };
    let best = cited().filter(|law| institution[*law].in_force(day)).max_by_key(height);
    best.map_or(Basis::Stale, Basis::Law)
}

impl Institution {
    /// A norm.
    pub fn norm(&self, id: NormId) -> &Norm {
        &self[id.law].articles[id.article].norms[id.norm]
    }
}

/// What takes a power away from some bodies.
#[derive(Debug, Clone)]
pub(super) struct Prohibition<'i> {
    pub(super) source: Negative,
    /// Whether it keeps the power to those that it names; else it forbids it to them.
    pub(super) reserves: bool,
    bearers: Vec<Bearer>,
    pub(super) region: &'i Region,
    pub(super) law: Option<LawId>,
}

impl<'i> Prohibition<'i> {
    /// The prohibitions among the sources of a power.
    pub(super) fn among(
        institution: &'i Institution,
        names: &Names,
        day: Date,
        sources: &Sources,
    ) -> Vec<Self> {
        let norms = sources.norms.iter().filter_map(|id| {
            let norm = institution.norm(*id);
            (norm.modality != Modality::Grant).then(|| Self {
                source: Negative::Norm(*id),
                reserves: norm.modality == Modality::Reserve,
                bearers: names.of_all(institution, &norm.holders),
                region: &norm.region,
                law: Some(id.law),
            })
        });
        let exclusions = sources.exclusions.iter().map(|id| {
            let exclusion: &Exclusion = &institution[*id];
            let holders: Vec<_> = exclusion.bodies.iter().map(|(holder, _)| *holder).collect();
            Self {
                source: Negative::Exclusion(*id),
                reserves: false,
                bearers: names.of_all(institution, &holders),
                region: &exclusion.region,
                law: best_basis(institution, &exclusion.basis, day).law(),
            }
        });
        norms.chain(exclusions).collect()
    }

    /// Where it takes the power from a body; none if nowhere.
    pub(super) fn takes_from(&self, body: BodyId) -> Option<Region> {
        match (bearer(&self.bearers, body), self.reserves) {
            (None, false) => None,
            (None, true) => Some(self.region.clone()),
            (Some(meant), true) => meant.region.as_ref().map(|place| self.region.minus(place)),
            (Some(meant), false) => Some(meant.within(self.region)),
        }
    }
}

impl Ground {
    /// The region on which it speaks.
    pub fn region(self, institution: &Institution) -> &Region {
        match self {
            Self::Norm(norm) => &institution.norm(norm).region,
            Self::Passing(passing) => {
                let passing: &Passing = &institution[passing];
                &passing.region
            }
        }
    }
}
