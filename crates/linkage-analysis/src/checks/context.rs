//! What checks look at, each part computed once for all of them.

use std::sync::{Arc, OnceLock};

use super::duty::Duty;
use super::gap::{Lacking, lacking};
use super::ties::Ties;
use linkage_calendar::{Almanac, Calendar};
use linkage_flow::{Course, Ends, Flow};
use linkage_model::{
    Competence, Division, Hierarchy, Institution, Leadership, MandateId, ModelWarning, Standing,
};
use linkage_regions::{Cover, Gaps, Overlaps, Region, cover};

/// So many parts of the space are looked at before a check says that it can't decide the rest. A town takes
/// some hundreds, generated packages of 20,000 mandates some hundred thousand.
pub const CELLS: usize = 3_000_000;

/// Where nobody leads in the scope, and where claims that need to be ordered meet in it.
pub fn covered(division: &Division<'_>) -> Cover {
    let scope = &division.institution.scope.region;
    cover(scope, &division.regions(), |set| division.conflict(set), CELLS)
}

/// What checks look at.
pub struct Context<'a> {
    /// The division of powers on the day asked about.
    pub division: &'a Division<'a>,
    /// Where nobody leads in the scope, and where that could not be decided.
    pub gaps: Gaps,
    /// The gap, parted by what is lacking.
    pub lacking: Vec<Lacking>,
    /// Where claims of different bodies meet in the scope, and where that could not be decided.
    pub met: Overlaps,
    /// What comes of each meeting, with its region, in a fixed order.
    pub meetings: Vec<(Leadership, Region)>,
    /// Who stands above whom.
    pub hierarchy: Hierarchy,
    /// The graph of each procedure.
    pub flows: Vec<Arc<Flow>>,
    /// The calendar by which deadlines run; none where nobody says.
    pub calendar: Option<&'a Calendar>,
    /// Where the cases of each procedure can come to, once it is asked for.
    pub(super) courses: OnceLock<Vec<Course>>,
    /// Where cases of each procedure can begin, once it is asked for.
    pub(super) beginnings: OnceLock<Vec<Region>>,
    /// How called procedures end, once it is asked for.
    pub(super) ends: OnceLock<Ends>,
    /// The calendar written out from the day on, once it is asked for.
    pub(super) almanac: OnceLock<Almanac>,
    /// What is likely not meant, found when names were resolved.
    pub warnings: &'a [ModelWarning],
    /// Where bodies are to use powers, once it is asked for.
    pub(super) duties: OnceLock<Vec<Duty>>,
    /// Who works together with whom, once it is asked for.
    pub(super) ties: OnceLock<Ties>,
    /// For each claim the meetings in which it takes part.
    taking_part: Vec<Vec<u32>>,
}

impl<'a> Context<'a> {
    /// Looks once at all that several checks ask for.
    pub fn new(division: &'a Division<'a>, warnings: &'a [ModelWarning]) -> Self {
        Self::of(division, warnings, covered(division))
    }

    /// The same, where it is known already what [`covered`] answers. What is told does not depend on the boxes
    /// that the regions in it are made of.
    pub fn of(division: &'a Division<'a>, warnings: &'a [ModelWarning], cover: Cover) -> Self {
        let institution = division.institution;
        let everything = Region::full(&institution.space);
        let Cover { gaps, overlaps: met } = cover;
        let meetings = meetings(division, &met);
        let mut taking_part = vec![Vec::new(); division.claims().len()];
        for (at, (leadership, _)) in (0..).zip(&meetings) {
            for claim in &leadership.present {
                taking_part[*claim].push(at);
            }
        }
        Self {
            division,
            lacking: lacking(division, &gaps.found),
            gaps,
            met,
            meetings,
            hierarchy: Hierarchy::new(institution),
            flows: institution.procedures.iter().map(|it| Arc::new(Flow::new(it, &everything))).collect(),
            calendar: None,
            courses: OnceLock::new(),
            beginnings: OnceLock::new(),
            ends: OnceLock::new(),
            almanac: OnceLock::new(),
            warnings,
            duties: OnceLock::new(),
            ties: OnceLock::new(),
            taking_part,
        }
    }

    /// The same, by a calendar.
    #[must_use]
    pub fn by(mut self, calendar: &'a Calendar) -> Self {
        self.calendar = Some(calendar);
        self
    }

    /// The institution.
    pub fn institution(&self) -> &'a Institution {
        self.division.institution
    }

    /// Who holds which power on the day.
    pub fn competence(&self) -> &Competence<'a> {
        self.division.competence()
    }

    /// The meetings in which a claim takes part.
    pub fn meetings_of(&self, claim: usize) -> impl Iterator<Item = &(Leadership, Region)> {
        self.taking_part[claim].iter().map(|at| &self.meetings[*at as usize])
    }

    /// Where a mandate's supporters support: where it is in force and nobody prevails over it, in the scope.
    pub fn supporting(&self, id: MandateId) -> Region {
        let institution = self.institution();
        let own = institution[id].region.intersect(&institution.scope.region);
        match self.division.standing(id) {
            Standing::NoLead => own,
            Standing::Claims => {
                let claims =
                    self.division.claims().iter().enumerate().filter(|(_, claim)| claim.mandate == id);
                claims.fold(own, |left, (at, claim)| left.minus(&claim.region.minus(&self.led(at))))
            }
            _ => Region::empty(&institution.space),
        }
    }

    /// Where a claim is effective: its region within the scope, less where others prevail over it.
    pub fn led(&self, claim: usize) -> Region {
        let own = self.division.claims()[claim].region.intersect(&self.institution().scope.region);
        let lost = self.meetings_of(claim).filter(|(leadership, _)| !leadership.effective.contains(&claim));
        let lost = lost.flat_map(|(_, region)| region.cuboids().iter().cloned());
        let lost = Region::from_cuboids(&self.institution().space, lost);
        if lost.is_empty() { own } else { own.minus(&lost) }
    }
}

/// Where claims of different bodies meet, and where one mandate names several without saying how they
/// share: what comes of it.
fn meetings(division: &Division<'_>, met: &Overlaps) -> Vec<(Leadership, Region)> {
    let scope = &division.institution.scope.region;
    let others: Vec<&Region> = met.groups.iter().map(|(_, region)| region).collect();
    let alone = (0..division.claims().len()).filter(|claim| division.torn(*claim)).map(|claim| {
        let own = division.claims()[claim].region.intersect(scope);
        (vec![claim], linkage_regions::gaps(&own, &others))
    });
    let alone = alone.filter(|(_, region)| !region.is_empty());
    let mut answer = Vec::new();
    for (set, region) in met.groups.iter().cloned().chain(alone) {
        answer.extend(division.settled(&set, region));
    }
    answer
}
