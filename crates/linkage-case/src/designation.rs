//! Taking what several claim or what was escalated, and saying who is to have it.

use std::sync::Arc;

use ecow::{EcoString, EcoVec, eco_vec};

use super::by_body::unknown_body;
use super::turn::Turn;
use super::{Assignment, CaseId, Charged, ForumKind, Happening, Mode, Refusal, Why};

impl Turn<'_> {
    pub fn take(&mut self, case: CaseId, by: &EcoString, step: Option<&EcoString>) -> Result<(), Refusal> {
        if !self.case(case).is_open() {
            return Err(Refusal::Closed { case });
        }
        let claims = self.dispute(case).is_some_and(|dispute| dispute.claimants.contains(by));
        if claims {
            return self.take_lead(case, by);
        }
        let told = |open: &Arc<Assignment>| open.escalated_to.contains(by) && !open.is_held_by(by);
        let open = match step {
            Some(_) => Some(self.meant(case, by, step)?).filter(told),
            None => self.case(case).shared_assignments().find(|open| told(open)).cloned(),
        };
        let Some(open) = open else {
            return Err(Refusal::NothingToTake { by: by.clone() });
        };
        self.may_take_over(case, &open, by)?;
        let (number, step) = (open.number, open.step.clone());
        let to = eco_vec![Charged { body: by.clone(), why: Why::Took }];
        self.emit(
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
        Ok(())
    }

    pub fn designate(
        &mut self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
        to: &EcoString,
    ) -> Result<(), Refusal> {
        if !self.case(case).is_open() {
            return Err(Refusal::Closed { case });
        }
        if self.rules.can_act(to).is_none() {
            return Err(unknown_body(self.rules.institution, to));
        }
        let charged = Charged { body: to.clone(), why: Why::Designated { by: by.clone() } };
        if let Some(dispute) = self.dispute(case) {
            if !dispute.claimants.contains(to) {
                return Err(Refusal::NotAClaimant { to: to.clone(), claimants: dispute.claimants });
            }
            if dispute.deciders.contains(by) {
                self.settle_lead(case, charged);
                return Ok(());
            }
            if dispute.forum == Some(ForumKind::Agree) && dispute.claimants.contains(by) {
                return self.propose(case, by, to);
            }
            return Err(super::forum::in_dispute(&dispute));
        }
        let open = self.designated(case, by, step)?;
        if open.is_held_by(to) {
            return Err(Refusal::AlreadyHas { to: to.clone() });
        }
        Self::not_joint(&open)?;
        self.could_perform(case, &open, to)?;
        let (number, step, to) = (open.number, open.step.clone(), eco_vec![charged.clone()]);
        self.emit(
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
        self.lead_follows(case, &open, charged);
        Ok(())
    }

    /// The open step about which a body may designate: as a superior of whoever has it, or because it
    /// stands on a rung that was stepped on when time or a refusal asked for it.
    fn designated(
        &mut self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
    ) -> Result<Arc<Assignment>, Refusal> {
        let open: Vec<Arc<Assignment>> = self.case(case).shared_assignments().cloned().collect();
        let mut deciding: Vec<u32> = Vec::new();
        for own in &open {
            let held: Vec<EcoString> =
                own.holders().into_iter().chain(own.declined.iter().cloned()).collect();
            if self.is_above_any(by, &held) || self.decides_by_rung(case, own, by) {
                deciding.push(own.number);
            }
        }
        let may = |open: &Assignment| deciding.contains(&open.number);
        let open: Vec<&Arc<Assignment>> = open.iter().collect();
        let found: Vec<&Arc<Assignment>> = match step {
            Some(name) => open.iter().copied().filter(|open| open.step == *name).collect(),
            None => open.iter().copied().filter(|open| may(open)).collect(),
        };
        match found.as_slice() {
            [only] if may(only) => Ok(Arc::clone(only)),
            [] if step.is_some() => self.meant(case, by, step),
            [] | [_] => {
                let shown = found.first().or(open.first());
                let may = shown.map(|open| self.may_designate(open)).unwrap_or_default();
                Err(Refusal::MayNotDesignate { by: by.clone(), may })
            }
            several => {
                Err(Refusal::WhichStep { steps: several.iter().map(|open| open.step.clone()).collect() })
            }
        }
    }

    fn may_designate(&self, open: &Assignment) -> Vec<EcoString> {
        let institution = self.rules.institution;
        let held = open.to.iter().filter_map(|charged| institution.body_named(&charged.body));
        let above = held.flat_map(|body| self.hierarchy().above(body)).map(|(body, _)| self.rules.name(body));
        let mut may: Vec<EcoString> = open.escalated_to.iter().cloned().chain(above).collect();
        may.dedup();
        may
    }
}
