//! What those do who are charged with a step: acknowledge, finish, refuse, hand over; and what those may
//! do who take part in a case.

use std::sync::Arc;

use ecow::EcoString;

use super::turn::Turn;
use super::{Assignment, CaseId, Charged, Facts, Happening, Mode, Refusal, Why, facts};
use linkage_model::{Hierarchy, Institution, Performer, Procedure};
use linkage_text::did_you_mean;

impl Turn<'_> {
    /// The open step that a body means; without a name, the only one that is its own.
    pub fn meant(
        &self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
    ) -> Result<Arc<Assignment>, Refusal> {
        let own = self.case(case);
        if !own.is_open() {
            return Err(Refusal::Closed { case });
        }
        let Some(name) = step else {
            let mine: Vec<_> = own.shared_assignments().filter(|open| open.is_held_by(by)).collect();
            return match mine.as_slice() {
                [only] => Ok(Arc::clone(only)),
                [] => Err(Refusal::NothingToDo { case, by: by.clone(), stands_at: own.stands_at() }),
                several => {
                    Err(Refusal::WhichStep { steps: several.iter().map(|open| open.step.clone()).collect() })
                }
            };
        };
        if let Some(open) = own.shared_assignments().find(|open| open.step == *name) {
            return Ok(Arc::clone(open));
        }
        if let Some(procedure) = self.procedure(case)
            && super::rules::node_named(procedure, name).is_none()
        {
            return Err(unknown_step(procedure, name));
        }
        Err(Refusal::NotThere { step: name.clone(), stands_at: own.stands_at() })
    }

    /// The same, for what only those charged may do.
    fn own(
        &self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
    ) -> Result<Arc<Assignment>, Refusal> {
        let open = self.meant(case, by, step)?;
        if open.is_held_by(by) {
            return Ok(open);
        }
        Err(Refusal::NotYours { step: open.step.clone(), by: by.clone(), holders: open.holders() })
    }

    /// Whoever acts on what is offered to several takes it.
    fn taking(
        &mut self,
        case: CaseId,
        by: &EcoString,
        open: Arc<Assignment>,
    ) -> Result<Arc<Assignment>, Refusal> {
        if open.mode != Mode::Offered {
            return Ok(open);
        }
        self.take_lead(case, by)?;
        let taken = self.case(case).shared_assignment(open.number).cloned();
        match taken {
            Some(taken) if taken.mode != Mode::Offered => Ok(taken),
            _ => Err(self
                .dispute(case)
                .map_or(Refusal::NothingToTake { by: by.clone() }, |own| super::forum::in_dispute(&own))),
        }
    }

    pub fn acknowledge(
        &mut self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
    ) -> Result<(), Refusal> {
        // What is offered stays offered: noticing it takes nothing.
        let open = self.own(case, by, step)?;
        if open.acknowledged.contains(by) {
            return Err(Refusal::AlreadyAcknowledged { step: open.step.clone(), by: by.clone() });
        }
        self.emit(case, Happening::Acknowledged { number: open.number, step: open.step.clone() });
        Ok(())
    }

    pub fn done(
        &mut self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
        outcome: &EcoString,
    ) -> Result<(), Refusal> {
        let open = self.own(case, by, step)?;
        let open = self.taking(case, by, open)?;
        self.possible(case, &open, outcome)?;
        self.not_only_to_send_on(case, &open, by)?;
        self.empowered(case, by, &open.step, outcome)?;
        if !matches!(open.mode, Mode::Joint { .. }) {
            return self.complete(case, open.number, outcome);
        }
        if open.voices.contains_key(by) || open.declined.contains(by) {
            return Err(Refusal::AlreadyVoiced { step: open.step.clone(), by: by.clone() });
        }
        let voiced =
            Happening::Voiced { number: open.number, step: open.step.clone(), outcome: outcome.clone() };
        self.emit(case, voiced);
        self.tally(case, open.number, false).map(drop)
    }

    /// Whether the step can end so in this situation.
    fn possible(&self, case: CaseId, open: &Assignment, outcome: &EcoString) -> Result<(), Refusal> {
        let Some((_, _, step)) = self.step_of(case, open.number) else { return Ok(()) };
        let Some(declared) = step.outcomes.iter().find(|own| own.head.name == *outcome) else {
            let possible: Vec<EcoString> = step.outcomes.iter().map(|own| own.head.name.clone()).collect();
            let near = did_you_mean(outcome, possible.iter().map(EcoString::as_str)).map(Into::into);
            let (step, outcome) = (open.step.clone(), outcome.clone());
            return Err(Refusal::UnknownOutcome { step, outcome, possible, near });
        };
        let Some(when) = &declared.when else { return Ok(()) };
        match self.holds(case, when) {
            Ok(true) => Ok(()),
            Ok(false) => {
                Err(Refusal::OutcomeNotPossible { step: open.step.clone(), outcome: outcome.clone() })
            }
            Err(facts) => Err(Refusal::Undecided { node: open.step.clone(), facts }),
        }
    }

    pub fn refuse(
        &mut self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
        reason: &EcoString,
    ) -> Result<(), Refusal> {
        let open = self.own(case, by, step)?;
        let number = open.number;
        if open.voices.contains_key(by)
            || open.declined.contains(by) && matches!(open.mode, Mode::Joint { .. })
        {
            return Err(Refusal::AlreadyVoiced { step: open.step.clone(), by: by.clone() });
        }
        if let Some(designator) = self.bound_by_designation(case, &open, by) {
            return Err(Refusal::WasDesignated { step: open.step.clone(), by: by.clone(), designator });
        }
        self.emit(case, Happening::Refused { number, step: open.step.clone(), reason: reason.clone() });
        match open.mode {
            Mode::Offered => self.after_declining(case),
            Mode::Joint { .. } => return self.tally(case, number, false).map(drop),
            Mode::Any => {}
        }
        let nobody = self.case(case).assignment(number).is_some_and(|own| own.is_open() && own.to.is_empty());
        if nobody { self.refused(case, number, false) } else { Ok(()) }
    }

    pub fn hand_over(
        &mut self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
        to: &EcoString,
        reason: &EcoString,
    ) -> Result<(), Refusal> {
        let open = self.own(case, by, step)?;
        if self.rules.can_act(to).is_none() {
            return Err(unknown_body(self.rules.institution, to));
        }
        if open.is_held_by(to) {
            return Err(Refusal::AlreadyHas { to: to.clone() });
        }
        if open.voices.contains_key(by) {
            return Err(Refusal::AlreadyVoiced { step: open.step.clone(), by: by.clone() });
        }
        // Whoever had it on the same facts can have it back, whatever the rules call them now.
        let back = open.held_by.contains(to);
        let could = self.could_perform(case, &open, to);
        let leads_on =
            could.is_ok() || self.case(case).lead.as_ref().is_some_and(|lead| lead.ground.contains(to));
        if !back {
            could?;
        }
        let open = self.taking(case, by, open)?;
        let (number, step) = (open.number, open.step.clone());
        let (to, reason) = (to.clone(), reason.clone());
        self.emit(case, Happening::HandedOver { number, step, to: to.clone(), reason, back });
        // Whoever had the step only from a rung and gets it back does not come to lead by that.
        if leads_on {
            self.lead_follows(case, &open, Charged { body: to, why: Why::HandedOver { by: by.clone() } });
        }
        Ok(())
    }

    /// Whoever receives a step from the lead leads from then on (移送).
    pub fn lead_follows(&mut self, case: CaseId, open: &Assignment, charged: Charged) {
        if open.by_lead && !open.by_hand && self.led_alone(case, open) {
            self.settle_lead(case, charged);
        }
    }

    fn led_alone(&self, case: CaseId, open: &Assignment) -> bool {
        let sole = self.case(case).lead.as_ref().is_some_and(|lead| lead.to.len() == 1);
        let alone = self.step_of(case, open.number).is_some_and(|(_, _, step)| {
            step.joint.is_none() && step.by.iter().all(|(performer, _)| *performer == Performer::Lead)
        });
        sole && alone
    }

    /// Changes the facts: who leads, which rungs are stepped on and what waited is asked again.
    pub fn change_facts(&mut self, case: CaseId, stated: &Facts) -> Result<(), Refusal> {
        let changed = self.readable(stated)?;
        let institution = self.rules.institution;
        let time = [institution.day_axis(), institution.time_axis()];
        let own = time.map(|axis| &institution.space.dimensions[axis].name);
        if let Some(name) = changed.keys().find(|name| own.contains(name)) {
            return Err(Refusal::TimeIsNoFact { fact: name.clone() });
        }
        let own = self.case(case);
        if changed.iter().all(|(name, fact)| own.facts.get(name) == Some(fact)) {
            return Err(Refusal::NothingChanges {});
        }
        let mut known = Facts::clone(&own.facts);
        known.extend(changed.clone());
        let before = self.situation(case);
        let after = facts::region(self.rules.institution, &known);
        let rule_days =
            self.procedure(case).map(|procedure| self.rule_days(procedure, &after)).unwrap_or_default();
        self.emit(case, Happening::FactsChanged { facts: changed, rule_days });
        // Somebody states what is known so far: if that is not enough, the case waits on.
        self.strict = None;
        if self.case(case).lead.is_some() {
            self.review_lead(case);
        }
        self.supervise(case);
        self.newly_true(case, &before);
        let waiting = self.case(case).waiting.clone();
        for name in waiting {
            let Some(procedure) = self.procedure(case) else { break };
            let Some((node, _)) = super::rules::node_named(procedure, &name) else { continue };
            self.follow(case, Happening::Resumed { node: name });
            self.enter(case, procedure, node)?;
        }
        Ok(())
    }

    /// Whether a body stands above one of these.
    pub fn is_above_any<'n>(&self, by: &str, names: impl IntoIterator<Item = &'n EcoString>) -> bool {
        let institution = self.rules.institution;
        let Some(body) = institution.body_named(by) else { return false };
        let hierarchy: &Hierarchy = self.hierarchy();
        let mut below = names.into_iter().filter_map(|name| institution.body_named(name));
        below.any(|other| hierarchy.above(other).iter().any(|(above, _)| *above == body))
    }
}

pub(super) fn unknown_step(procedure: &Procedure, name: &EcoString) -> Refusal {
    let names = procedure.nodes.iter().map(|node| node.head.name.as_str());
    Refusal::UnknownStep { step: name.clone(), near: did_you_mean(name, names).map(Into::into) }
}

pub(super) fn unknown_body(institution: &Institution, name: &EcoString) -> Refusal {
    let names =
        institution.bodies().filter(|(_, body)| !body.is_slot).map(|(_, body)| body.head.name.as_str());
    Refusal::UnknownBody { name: name.clone(), near: did_you_mean(name, names).map(Into::into) }
}
