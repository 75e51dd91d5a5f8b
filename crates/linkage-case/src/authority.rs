//! Who may be given a step, and who speaks for a case.
//!
//! ```text
//!   could perform a step    whom its `by` names now
//!                           whom its `hand over to` names; without that clause, whom a mandate covering the
//!                           whole situation lets lead
//!                           and, where nobody is named at all, the fallback body
//!                           — each only if it does not surely lack a power that the step needs
//!   speaks for a case       who has an open step, who leads, whoever stands above them, the fallback body
//! ```
//!
//! The checker counts exactly these for `only … may reach` (`checks/handing.rs`): a body that it did not count must
//! not get the step by any act.

use ecow::EcoString;

use super::performer::Undecided;
use super::turn::Turn;
use super::{Assignment, CaseId, Fallback, LackedPower, Mode, Refusal, Why};
use linkage_model::{Condition, LeadershipKind, Performer, Step};

impl Turn<'_> {
    /// Refuses to give a step to a body that could not perform it, and names those that could.
    pub fn could_perform(&mut self, case: CaseId, open: &Assignment, to: &EcoString) -> Result<(), Refusal> {
        let Some((.., step)) = self.step(case, &open.step) else { return Ok(()) };
        let named = self.eligible(case, step);
        if !named.contains(to) {
            let may = self.able(case, open, step, named);
            return Err(Refusal::CouldNotPerform { step: open.step.clone(), to: to.clone(), may });
        }
        self.not_powerless(case, open, step, to)
    }

    /// Refuses an end of a step by the fallback body that has it only because all others refused: it is there to send
    /// the step on, not to do what the rules give to others.
    pub fn not_only_to_send_on(
        &mut self,
        case: CaseId,
        open: &Assignment,
        by: &EcoString,
    ) -> Result<(), Refusal> {
        let refused = Why::Fallback { cause: Fallback::Refused };
        if !open.to.iter().any(|charged| charged.body == *by && charged.why == refused) {
            return Ok(());
        }
        let Some((.., step)) = self.step(case, &open.step) else { return Ok(()) };
        let named = self.eligible(case, step);
        if named.contains(by) {
            return Ok(());
        }
        let may = self.able(case, open, step, named);
        Err(Refusal::OnlyToSendOn { step: open.step.clone(), by: by.clone(), may })
    }

    /// To whom a step could be handed by the rules; nobody in a consultation, which has members.
    pub fn could_be_given_to(&mut self, case: CaseId, open: &Assignment, step: &Step) -> Vec<EcoString> {
        if matches!(open.mode, Mode::Joint { .. }) {
            return Vec::new();
        }
        let named = self.eligible(case, step);
        self.able(case, open, step, named)
    }

    /// Those of these who don't have the step and lack no power for it.
    fn able(
        &mut self,
        case: CaseId,
        open: &Assignment,
        step: &Step,
        named: Vec<EcoString>,
    ) -> Vec<EcoString> {
        let mut able = Vec::new();
        for body in named {
            if !open.is_held_by(&body) && self.surely_lacked(case, step, &body).is_empty() {
                able.push(body);
            }
        }
        able
    }

    /// Refuses to give a step to a body that surely lacks a power that it needs.
    fn not_powerless(
        &mut self,
        case: CaseId,
        open: &Assignment,
        step: &Step,
        to: &EcoString,
    ) -> Result<(), Refusal> {
        let powers = self.surely_lacked(case, step, to);
        if powers.is_empty() {
            return Ok(());
        }
        Err(Refusal::LacksPower { step: open.step.clone(), by: to.clone(), powers })
    }

    /// Those whom the rules let have a step in this case, whatever powers they hold.
    fn eligible(&mut self, case: CaseId, step: &Step) -> Vec<EcoString> {
        let mut named: Vec<EcoString> = Vec::new();
        for (performer, _) in step.by.iter().chain(&step.hand_over) {
            named.extend(self.named_now(case, performer).unwrap_or_default());
        }
        if step.hand_over.is_empty() {
            named.extend(self.leading(case));
        }
        if named.is_empty() {
            named.extend(self.fallback(Fallback::Nobody, case).into_iter().map(|charged| charged.body));
        }
        let mut once: Vec<EcoString> = Vec::new();
        for body in named {
            if !once.contains(&body) {
                once.push(body);
            }
        }
        once
    }

    /// Whom a performer of the rules names now. Asking does not settle who leads.
    pub fn named_now(&mut self, case: CaseId, performer: &Performer) -> Result<Vec<EcoString>, Undecided> {
        if self.case(case).lead.is_none() && super::lead::speaks_of_lead(performer) {
            return Ok(Vec::new());
        }
        let found = self.performers(case, performer)?;
        Ok(found.into_iter().map(|charged| charged.body).collect())
    }

    /// Those who lead by the mandates, or claim to, in the whole situation of a case.
    fn leading(&mut self, case: CaseId) -> Vec<EcoString> {
        let (division, situation) = (self.division(), self.situation(case));
        let led = division.led(&situation);
        let names = |kind: LeadershipKind, bodies: &[linkage_model::BodyId]| -> Vec<EcoString> {
            if matches!(kind, LeadershipKind::Nobody | LeadershipKind::Outside) {
                return Vec::new();
            }
            bodies.iter().map(|body| self.rules.name(*body)).collect()
        };
        let mut parts = led.iter().map(|(leadership, _)| names(leadership.kind, &leadership.bodies));
        let Some(mut everywhere) = parts.next() else { return Vec::new() };
        for part in parts {
            everywhere.retain(|body| part.contains(body));
        }
        everywhere
    }

    /// The powers without which a body can't end a step in any way, and which it holds nowhere in the situation.
    fn surely_lacked(&mut self, case: CaseId, step: &Step, body: &EcoString) -> Vec<LackedPower> {
        let Some(id) = self.rules.institution.body_named(body) else { return Vec::new() };
        if step.all_needs().next().is_none() {
            return Vec::new();
        }
        let (division, situation) = (self.division(), self.situation(case));
        let competence = division.competence();
        let lacks =
            |power| competence.holdings(id, power).all(|holding| holding.region.is_disjoint(&situation));
        step.lacking(lacks).into_iter().map(|power| self.lacked(case, power)).collect()
    }

    /// Whether a body was put into a step by designation and does not lack a power for it: then it can't refuse.
    pub fn bound_by_designation(
        &mut self,
        case: CaseId,
        open: &Assignment,
        by: &EcoString,
    ) -> Option<EcoString> {
        let own = open.to.iter().find(|charged| charged.body == *by)?;
        let Why::Designated { by: designator } = &own.why else { return None };
        let (.., step) = self.step(case, &open.step)?;
        self.surely_lacked(case, step, by).is_empty().then(|| designator.clone())
    }

    /// Refuses a body that wants to take over a step of which it was only told.
    pub fn may_take_over(&mut self, case: CaseId, open: &Assignment, by: &EcoString) -> Result<(), Refusal> {
        if !self.is_on_rung(case, open, by, |rung| rung.takes_over) {
            return Err(Refusal::OnlyTold { step: open.step.clone(), by: by.clone() });
        }
        let Some((.., step)) = self.step(case, &open.step) else { return Ok(()) };
        self.not_powerless(case, open, step, by)
    }

    /// Whether a body stands on a rung that was stepped on and has a say in who has the step: a reminder before the
    /// deadline gives none.
    pub fn decides_by_rung(&mut self, case: CaseId, open: &Assignment, by: &EcoString) -> bool {
        open.escalated_to.contains(by)
            && self.is_on_rung(case, open, by, |rung| {
                rung.takes_over || matches!(rung.condition, Condition::Timeout | Condition::Refusal)
            })
    }

    /// Whether a rung of interest that was stepped on names a body; the fallback body stands in where it names nobody.
    fn is_on_rung(
        &mut self,
        case: CaseId,
        open: &Assignment,
        by: &EcoString,
        of_interest: impl Fn(&linkage_model::Rung) -> bool,
    ) -> bool {
        let Some((procedure, _, step)) = self.step(case, &open.step) else { return false };
        let (ladder, rungs) = super::assign::ladder(procedure, step);
        for (rung, number) in rungs.iter().zip(1..) {
            let fired = open.fired.iter().any(|id| id.ladder == ladder && id.number == number);
            if !fired || !of_interest(rung) {
                continue;
            }
            let mut to = self.named_now(case, &rung.to).unwrap_or_default();
            if to.is_empty() {
                to.extend(self.fallback(Fallback::Nobody, case).into_iter().map(|charged| charged.body));
            }
            if to.contains(by) {
                return true;
            }
        }
        false
    }

    /// Refuses to put one body in the place of those who decide together.
    pub fn not_joint(open: &Assignment) -> Result<(), Refusal> {
        match open.mode {
            Mode::Joint { .. } => Err(Refusal::DecidedTogether {
                step: open.step.clone(),
                members: open.holders(),
                chair: open.chair.clone(),
            }),
            Mode::Any | Mode::Offered => Ok(()),
        }
    }

    /// Those who answer for an open case: who has a step of it, and who leads it. Where no step is open, those who had
    /// the last ones.
    fn answering(&self, case: CaseId) -> Vec<EcoString> {
        let own = self.case(case);
        let mut found: Vec<EcoString> = own.open_assignments().flat_map(Assignment::holders).collect();
        if found.is_empty() {
            found.extend(own.assignments.iter().flat_map(|ended| ended.holders()));
        }
        found.extend(own.lead.iter().flat_map(|lead| &lead.to).map(|charged| charged.body.clone()));
        if found.is_empty() {
            found.extend(own.involved.iter().cloned());
        }
        found
    }

    /// Refuses a body that does not speak for a case.
    pub fn speaks_for(&self, case: CaseId, by: &EcoString) -> Result<(), Refusal> {
        let answering = self.answering(case);
        if answering.contains(by) || self.is_above_any(by, &answering) || self.is_fallback(case, by) {
            return Ok(());
        }
        Err(Refusal::NotInvolved { case, by: by.clone(), may: each_once(answering) })
    }

    /// Refuses a body that may not take up a case again: that is for who leads it, for whoever stands above who leads it
    /// or had its last step, and for the fallback body.
    pub fn may_reopen(&self, case: CaseId, by: &EcoString) -> Result<(), Refusal> {
        let own = self.case(case);
        let settled = own.lead.iter().filter(|lead| lead.dispute.is_none()).flat_map(|lead| &lead.to);
        let leads: Vec<EcoString> = settled.map(|charged| charged.body.clone()).collect();
        let answering = self.answering(case);
        let alone = self.above(&answering).is_empty() && leads.is_empty();
        if leads.contains(by)
            || self.is_above_any(by, &answering)
            || self.is_fallback(case, by)
            || alone && answering.contains(by)
        {
            return Ok(());
        }
        let mut may = leads;
        may.extend(self.above(&answering));
        Err(Refusal::NotInvolved { case, by: by.clone(), may: each_once(may) })
    }

    fn is_fallback(&self, case: CaseId, by: &EcoString) -> bool {
        self.fallback(Fallback::Nobody, case).iter().any(|charged| charged.body == *by)
    }
}

/// Bodies, each once; whoever reported is none.
fn each_once(names: Vec<EcoString>) -> Vec<EcoString> {
    let mut once: Vec<EcoString> = Vec::new();
    for name in names.into_iter().filter(|name| name != super::REPORTER) {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}
