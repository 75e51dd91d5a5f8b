//! What can be done next in an open case, by whom, and what stands in the way: asked, nothing is done.

use ecow::EcoString;
use jiff::Timestamp;
use serde::Serialize;

use super::turn::Turn;
use super::{Assignment, CaseId, Mode, Rules, World};
use linkage_model::{Outcome, Step};

/// A step that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextStep {
    /// The step.
    pub step: EcoString,
    /// Which assignment of the case.
    pub number: u32,
    /// Who has it; where it is offered, who may take it.
    pub held_by: Vec<EcoString>,
    /// Whether nobody has it yet: it is offered to all who claim the case.
    pub offered: bool,
    /// When it is due; none if no time is set.
    pub due: Option<Timestamp>,
    /// Whether that has passed.
    pub overdue: bool,
    /// How it can end.
    pub outcomes: Vec<NextOutcome>,
    /// To whom else it may be handed.
    pub may_be_given_to: Vec<EcoString>,
}

/// One end of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextOutcome {
    /// What `done --outcome` takes.
    pub outcome: EcoString,
    /// Whether the facts allow it; none if they leave it open.
    pub possible: Option<bool>,
    /// The facts that would tell, where they leave it open.
    pub depends_on: Vec<EcoString>,
    /// Who of those who have the step may state it.
    pub may: Vec<EcoString>,
    /// The powers that all of them lack for it, where nobody may.
    pub lacking: Vec<EcoString>,
}

/// The steps of an open case that wait for somebody, in the order in which they were assigned.
pub fn next_steps(rules: &Rules<'_>, world: &World, case: CaseId) -> Vec<NextStep> {
    let Some(own) = world.case(case).filter(|own| own.is_open()) else { return Vec::new() };
    let mut turn = Turn::new(*rules, world, world.latest.unwrap_or(own.opened));
    let open: Vec<Assignment> = own.open_assignments().cloned().collect();
    open.iter().filter_map(|open| turn.next_step(case, open)).collect()
}

impl Turn<'_> {
    fn next_step(&mut self, case: CaseId, open: &Assignment) -> Option<NextStep> {
        let (.., step) = self.step(case, &open.step)?;
        let outcomes = step.outcomes.iter().map(|outcome| self.next_outcome(case, open, step, outcome));
        Some(NextStep {
            step: open.step.clone(),
            number: open.number,
            held_by: open.holders(),
            offered: open.mode == Mode::Offered,
            due: open.due.as_ref().map(|due| due.at),
            overdue: open.overdue,
            outcomes: outcomes.collect(),
            may_be_given_to: self.could_be_given_to(case, open, step),
        })
    }

    fn next_outcome(
        &mut self,
        case: CaseId,
        open: &Assignment,
        step: &Step,
        outcome: &Outcome,
    ) -> NextOutcome {
        let (possible, depends_on) = match outcome.when.as_ref().map(|when| self.holds(case, when)) {
            None => (Some(true), Vec::new()),
            Some(Ok(holds)) => (Some(holds), Vec::new()),
            Some(Err(missing)) => (None, missing.into_iter().map(|missing| missing.fact).collect()),
        };
        let institution = self.rules.institution;
        let (division, situation) = (self.division(), self.situation(case));
        let competence = division.competence();
        let (mut may, mut lacking): (Vec<EcoString>, Vec<EcoString>) = (Vec::new(), Vec::new());
        for holder in open.holders() {
            let Some(body) = institution.body_named(&holder) else {
                may.push(holder);
                continue;
            };
            let lacks = step.needs_of(outcome).filter(|(power, _)| {
                competence.holdings(body, *power).all(|holding| holding.region.is_disjoint(&situation))
            });
            let lacks: Vec<EcoString> =
                lacks.map(|(power, _)| institution[power].head.name.clone()).collect();
            if lacks.is_empty() {
                may.push(holder);
            }
            lacking.extend(lacks);
        }
        lacking.sort();
        lacking.dedup();
        if !may.is_empty() {
            lacking.clear();
        }
        NextOutcome { outcome: outcome.head.name.clone(), possible, depends_on, may, lacking }
    }
}
