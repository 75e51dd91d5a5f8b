//! Charging somebody with a step: who, with whom, until when, and when the ladder is stepped on.

use ecow::{EcoString, EcoVec};
use jiff::Timestamp;

use super::performer::{Undecided, each_once};
use super::turn::Turn;
use super::{
    Alarm, Assignment, CaseId, Charged, Due, Fallback, Happening, LadderOf, Mode, Rules, RungId, Together,
};
use linkage_calendar::{Deadline, Duration, Pause, fraction_around};
use linkage_model::{Condition, NodeId, Performer, Procedure, Quorum, Rung, Step};

/// Who is to have a step.
pub(super) struct Charge {
    pub to: EcoVec<Charged>,
    pub by_lead: bool,
    pub mode: Mode,
    pub standby: EcoVec<Charged>,
    pub together: EcoVec<Together>,
}

impl Turn<'_> {
    /// Assigns a step.
    pub fn assign(
        &mut self,
        case: CaseId,
        procedure: &Procedure,
        node: NodeId,
        step: &Step,
    ) -> Result<(), Undecided> {
        let Charge { to, by_lead, mode, standby, together } = self.charge(case, step)?;
        let mut with: Vec<EcoString> = Vec::new();
        for (performer, _) in &step.with {
            // Who takes part is told as far as it is known; it does not hold up the step.
            let found = self.performers(case, performer).unwrap_or_default();
            with.extend(found.into_iter().map(|charged| charged.body));
        }
        with.retain(|body| to.iter().all(|charged| charged.body != *body));
        with.dedup();
        let with = with.into();
        let number = self.case(case).assigned.saturating_add(1);
        let name = procedure.nodes[node.index()].head.name.clone();
        let own = step.within.and_then(|(within, _)| self.rules.counted(self.now, within, &[]));
        let due = own.as_ref().map(Rules::told);
        let alarms = self.alarms(ladder(procedure, step), (self.now, self.now), own.as_ref(), &[]);
        let step_name = name.clone();
        // Of several who took the chair's place none chairs: which of them would be a matter of their order.
        let chairs =
            procedure.chair_of(step).map(|chair| self.standing_of(case, chair.body)).unwrap_or_default();
        let chair = if let [only] = chairs.as_slice() { Some(only.body.clone()) } else { None };
        let assigned = Happening::Assigned {
            number,
            step: name,
            to,
            with,
            by_lead,
            chair,
            mode,
            standby,
            together,
            due,
            alarms,
        };
        self.follow(case, assigned);
        self.tell_lacking(case, number, step);
        self.true_from_the_start(case, number, &step_name);
        Ok(())
    }

    /// Who performs a step now; the fallback body if nobody answers to what the rule names.
    pub fn charge(&mut self, case: CaseId, step: &Step) -> Result<Charge, Undecided> {
        let mut to: EcoVec<Charged> = EcoVec::new();
        let (mut by_lead, mut mode) = (false, Mode::Any);
        let (mut standby, mut together) = (EcoVec::new(), EcoVec::new());
        for (performer, _) in &step.by {
            to.extend(self.performers(case, performer)?);
            if *performer == Performer::Lead
                && let Some(lead) = &self.case(case).lead
            {
                (by_lead, mode) = (true, lead.mode);
                (standby, together) = (lead.standby.clone(), lead.together.clone());
            }
        }
        each_once(&mut to);
        if to.is_empty() {
            to = self.fallback(Fallback::Nobody, case);
        }
        if let Some((quorum, silence_is_assent)) = step.joint {
            let members = u32::try_from(to.len()).unwrap_or(u32::MAX);
            let quorum = match quorum {
                Quorum::All => members,
                Quorum::Majority => members / 2 + 1,
                Quorum::Number(number) => number,
            };
            mode = Mode::Joint { quorum: quorum.max(1), silence_is_assent };
        }
        Ok(Charge { to, by_lead, mode, standby, together })
    }

    /// After the lead of the case changed: its open steps go to whoever leads now. Steps that escalation
    /// has put into other hands stay there.
    pub fn reassign_lead_steps(&mut self, case: CaseId) {
        let open: Vec<(u32, EcoString)> = self
            .case(case)
            .open_assignments()
            .filter(|assignment| assignment.by_lead && !assignment.by_hand)
            .map(|assignment| (assignment.number, assignment.step.clone()))
            .collect();
        for (number, name) in open {
            let Some((_, _, step)) = self.step(case, &name) else { continue };
            let Ok(Charge { to, mode, standby, together, .. }) = self.charge(case, step) else { continue };
            let same = self.case(case).assignment(number).is_some_and(|own| own.to == to && own.mode == mode);
            if !same {
                let reassigned = Happening::Reassigned { number, step: name, to, mode, standby, together };
                self.follow(case, reassigned);
                self.tell_lacking(case, number, step);
            }
        }
    }

    /// The rungs that time steps on: so much after the assignment, or so much of the deadline used. `since` is when
    /// the step was assigned and since when its present deadline runs.
    fn alarms(
        &self,
        (of, rungs): (LadderOf, &[Rung]),
        (since, from): (Timestamp, Timestamp),
        own: Option<&Deadline>,
        pauses: &[Pause],
    ) -> EcoVec<Alarm> {
        let at = |rung: &Rung| match &rung.condition {
            Condition::After(after) => self.rules.due_around(since, *after, pauses).map(|due: Due| due.at),
            Condition::Share(percent) => own.map(|deadline| {
                let percent = u8::try_from(*percent).unwrap_or(100);
                fraction_around(from, deadline, percent, pauses, self.rules.calendar)
            }),
            _ => None,
        };
        let alarm = |(rung, number)| Some(Alarm { rung: RungId { ladder: of, number }, at: at(rung)? });
        rungs.iter().zip(1..).filter_map(alarm).collect()
    }

    /// The same of a step that was assigned, with a deadline that runs from an instant on.
    pub fn alarms_of(
        &self,
        case: CaseId,
        own: &Assignment,
        from: Timestamp,
        due: Option<&Due>,
        pauses: &[Pause],
    ) -> EcoVec<Alarm> {
        let Some((procedure, _, step)) = self.step(case, &own.step) else { return own.alarms.clone() };
        let within = due.and_then(|due| Duration::read(&due.within));
        let counted = within.and_then(|within| self.rules.counted(from, within, pauses));
        self.alarms(ladder(procedure, step), (own.since, from), counted.as_ref(), pauses)
    }
}

/// The ladder of a step: its own, or else the procedure's.
pub(super) fn ladder<'p>(procedure: &'p Procedure, step: &'p Step) -> (LadderOf, &'p [Rung]) {
    if step.escalation.is_empty() {
        (LadderOf::Procedure, &procedure.escalation)
    } else {
        (LadderOf::Step, &step.escalation)
    }
}
