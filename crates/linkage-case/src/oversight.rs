//! Supervising (督办) and chairing (主持): seeing, urging, calling for a report; convening, breaking a tie.
//!
//! A supervisor has no right to act in the step itself: it reminds, and is owed an answer. A chair that the rules let
//! decide has the step only where the voices are even.

use std::sync::Arc;

use ecow::{EcoString, EcoVec, eco_vec};
use jiff::Timestamp;

use super::performer::each_once;
use super::turn::Turn;
use super::{Assignment, CaseId, Charged, Happening, Mode, Refusal, Why};
use linkage_calendar::Duration;
use linkage_model::{BodyId, Content, Mandate};

/// What a called report is called among what is owed.
pub(super) const CALLED_REPORT: &str = "called_report";

impl Turn<'_> {
    /// Finds who supervises a case, and says so where it changed.
    pub fn supervise(&mut self, case: CaseId) {
        let mut by: EcoVec<Charged> = EcoVec::new();
        for (body, name) in self.supervising(case) {
            for mut charged in self.standing_of(case, body) {
                charged.why = Why::Supervises { by: name.clone() };
                by.push(charged);
            }
        }
        each_once(&mut by);
        let same = by.iter().map(|charged| &charged.body).eq(self.case(case).supervisors.iter());
        if !same {
            self.follow(case, Happening::Supervised { supervisors: by });
        }
    }

    /// Those who supervise by the procedure, then those by the mandates that cover the whole situation.
    fn supervising(&mut self, case: CaseId) -> Vec<(BodyId, EcoString)> {
        let mut found: Vec<(BodyId, EcoString)> = Vec::new();
        if let Some(procedure) = self.procedure(case) {
            let own = procedure.supervisors.iter();
            found.extend(own.map(|(body, _)| (*body, procedure.head.name.clone())));
        }
        for mandate in self.covering(case, |mandate| !mandate.supervisors.is_empty()) {
            let own = mandate.supervisors.iter();
            found.extend(own.map(|(body, _)| (*body, mandate.head.name.clone())));
        }
        found
    }

    /// How soon a report is due to a supervisor, if the rules say so.
    fn report_time(&mut self, case: CaseId, supervisor: &EcoString) -> Option<Duration> {
        let mut times: Vec<(BodyId, Duration)> = Vec::new();
        times.extend(self.procedure(case).iter().flat_map(|procedure| &procedure.reports));
        let has_time = |mandate: &Mandate| !mandate.reports.is_empty();
        times.extend(self.covering(case, has_time).into_iter().flat_map(|mandate| &mandate.reports));
        let named =
            |body: BodyId| self.standing_of(case, body).iter().any(|charged| charged.body == *supervisor);
        // Of several times the one that ends first, whichever is declared first.
        let own = times.into_iter().filter(|(body, _)| named(*body)).map(|(_, time)| time);
        own.min_by_key(|time| self.rules.due(self.now, *time).map_or(Timestamp::MAX, |due| due.at))
    }

    /// Whether a body oversees these: it supervises the case, or stands above one of them.
    fn oversees(&self, case: CaseId, by: &EcoString, below: &[EcoString]) -> bool {
        self.case(case).supervisors.contains(by) || self.is_above_any(by, below)
    }

    fn overseers(&self, case: CaseId, below: &[EcoString]) -> Vec<EcoString> {
        let institution = self.rules.institution;
        let bodies = below.iter().filter_map(|name| institution.body_named(name));
        let above = bodies.flat_map(|body| self.hierarchy().above(body).into_iter().map(|(above, _)| above));
        let mut may: Vec<EcoString> = self.case(case).supervisors.to_vec();
        for body in above {
            let name = self.rules.name(body);
            if !may.contains(&name) {
                may.push(name);
            }
        }
        may
    }

    /// The open step that is meant: by its name, or the only one.
    fn open_step(&self, case: CaseId, step: Option<&EcoString>) -> Result<Arc<Assignment>, Refusal> {
        let own = self.case(case);
        if !own.is_open() {
            return Err(Refusal::Closed { case });
        }
        let open: Vec<&Arc<Assignment>> = own.shared_assignments().collect();
        match (step, open.as_slice()) {
            (None, [only]) => Ok(Arc::clone(only)),
            (None, []) => Err(Refusal::NotThere { step: EcoString::new(), stands_at: own.stands_at() }),
            (None, several) => {
                Err(Refusal::WhichStep { steps: several.iter().map(|open| open.step.clone()).collect() })
            }
            // Named, it is found whoever asks.
            (Some(_), _) => self.meant(case, &EcoString::new(), step),
        }
    }

    /// Reminds those who have a step; informs, and gives no right to act.
    pub fn urge(
        &mut self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
        reason: &EcoString,
    ) -> Result<(), Refusal> {
        let open = self.open_step(case, step)?;
        let to = open.holders();
        if !self.oversees(case, by, &to) {
            return Err(Refusal::MayNotOversee { case, by: by.clone(), may: self.overseers(case, &to) });
        }
        let (number, step, reason) = (open.number, open.step.clone(), reason.clone());
        self.emit(case, Happening::Urged { number, step, to, reason });
        Ok(())
    }

    /// Whoever leads, or else has a step, owes a report from now on.
    pub fn call_report(&mut self, case: CaseId, by: &EcoString, reason: &EcoString) -> Result<(), Refusal> {
        let own = self.case(case);
        if !own.is_open() {
            return Err(Refusal::Closed { case });
        }
        let settled = own.lead.as_ref().filter(|lead| lead.dispute.is_none());
        let lead = settled.iter().flat_map(|lead| &lead.to).map(|charged| charged.body.clone());
        let mut to: Vec<EcoString> = lead.collect();
        if to.is_empty() {
            to = own.open_assignments().flat_map(Assignment::holders).collect();
        }
        to.dedup();
        if !self.oversees(case, by, &to) {
            return Err(Refusal::MayNotOversee { case, by: by.clone(), may: self.overseers(case, &to) });
        }
        to.retain(|body| body != by);
        if to.is_empty() {
            return Err(Refusal::NothingToDo {
                case,
                by: by.clone(),
                stands_at: self.case(case).stands_at(),
            });
        }
        let time = self.report_time(case, by);
        let due = time.and_then(|time| self.rules.due(self.now, time));
        self.emit(case, Happening::ReportCalled { to: to.clone(), reason: reason.clone() });
        let arisen = Happening::ObligationArisen {
            number: self.next_obligation(case),
            name: CALLED_REPORT.into(),
            content: Content::Report,
            title: Some(reason.clone()),
            debtors: to,
            creditors: vec![by.clone()],
            due,
            channel: None,
            basis: Vec::new(),
        };
        self.arise(case, arisen);
        Ok(())
    }

    /// Calls the members of a joint step together.
    pub fn convene(
        &mut self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
        text: &EcoString,
    ) -> Result<(), Refusal> {
        let open = match step {
            Some(_) => self.open_step(case, step)?,
            None => {
                let chaired = |open: &&Arc<Assignment>| open.chair.as_ref() == Some(by);
                let own = self.case(case).shared_assignments().find(chaired).cloned();
                own.map_or_else(|| self.open_step(case, None), Ok)?
            }
        };
        if open.chair.as_ref() != Some(by) {
            let may = open.chair.iter().cloned().collect();
            return Err(Refusal::MayNotConvene { step: open.step.clone(), by: by.clone(), may });
        }
        let mut to = open.holders();
        to.extend(open.with.iter().cloned());
        to.retain(|body| body != by);
        let (number, step, text) = (open.number, open.step.clone(), text.clone());
        self.emit(case, Happening::Convened { number, step, to, text });
        Ok(())
    }

    /// Where several outcomes of a joint step have the highest number of voices and the rules let the chair decide, it
    /// does: at once if its own voice is among them, else the step is its own. Whether that is so.
    pub fn break_tie(&mut self, case: CaseId, number: u32, tied: &[EcoString]) -> Result<bool, Refusal> {
        let Some((procedure, _, step)) = self.step_of(case, number) else { return Ok(false) };
        let decides = procedure.chair_of(step).is_some_and(|chair| chair.decides);
        let Some(open) = self.case(case).shared_assignment(number).cloned() else { return Ok(false) };
        let Some(chair) = open.chair.clone().filter(|_| decides && tied.len() > 1) else { return Ok(false) };
        let step = open.step.clone();
        let met =
            Happening::TieMet { number, step: step.clone(), chair: chair.clone(), outcomes: tied.to_vec() };
        self.follow(case, met);
        if let Some(outcome) = open.voices.get(&chair).filter(|outcome| tied.contains(outcome)) {
            self.complete(case, number, outcome)?;
            return Ok(true);
        }
        let to = eco_vec![Charged { body: chair, why: Why::Chairs }];
        self.follow(
            case,
            Happening::Reassigned {
                number,
                step,
                to,
                mode: Mode::Any,
                standby: EcoVec::new(),
                together: EcoVec::new(),
            },
        );
        Ok(true)
    }
}
