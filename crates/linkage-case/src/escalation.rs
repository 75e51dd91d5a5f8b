//! The ladder: which rung is stepped on next, and what follows when there is none.
//!
//! ```text
//!   after 4 hours / 75%     at its time, while the step is open             told
//!   on timeout              the first at the deadline; the next when the    told
//!                           time of the rung before has passed
//!   on refusal              the first that is left, when all have refused   charged with the step
//!   on breach               when something owed was not done in time        told
//!   when EXPR               when it becomes true of the situation           told
//!   -> escalate             the next rung of its kind, or any               charged with the step
//! ```
//!
//! Each rung is stepped on once per assignment. Whoever is told may take the step only where the rung says `take over by`,
//! and may designate where time or a refusal called it; whoever is charged has it. Running off the last rung is an event of its own, never silence; what nobody is
//! left to do goes to the fallback body.

use ecow::{EcoString, EcoVec, eco_vec};

use super::assign::ladder;
use super::turn::Turn;
use super::{CaseId, Charged, Ended, Fallback, Happening, LadderOf, Mode, Refusal, RungId};
use linkage_model::{Condition, Procedure, Rung, Target};
use linkage_regions::Region;

/// What is looked for on a ladder.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Timeout,
    Refusal,
    /// A rung of this kind, else any that is left.
    TimeoutOrAny,
    RefusalOrAny,
    Any,
}

impl<'t> Turn<'t> {
    /// The ladder of an assignment.
    fn ladder_of(&self, case: CaseId, number: u32) -> (LadderOf, &'t [Rung]) {
        match self.step_of(case, number) {
            Some((procedure, _, step)) => ladder(procedure, step),
            None => (LadderOf::Procedure, &[]),
        }
    }

    fn rung(&self, case: CaseId, number: u32, id: RungId) -> Option<&'t Rung> {
        let (of, rungs) = self.ladder_of(case, number);
        let index = usize::try_from(id.number).ok()?.checked_sub(1)?;
        rungs.get(index).filter(|_| of == id.ladder)
    }

    /// Whether a rung is stepped on because a deadline has passed.
    pub fn is_timeout_rung(&self, case: CaseId, number: u32, id: RungId) -> bool {
        self.rung(case, number, id).is_some_and(|rung| matches!(rung.condition, Condition::Timeout))
    }

    /// Steps on a rung about an assignment.
    pub fn step_on(&mut self, case: CaseId, number: u32, id: RungId, holds: bool) {
        let Some(rung) = self.rung(case, number, id) else { return };
        let step = self.case(case).assignment(number).map(|assignment| assignment.step.clone());
        self.step_on_rung(case, Some(number), step, id, rung, holds);
    }

    fn step_on_rung(
        &mut self,
        case: CaseId,
        number: Option<u32>,
        step: Option<EcoString>,
        id: RungId,
        rung: &Rung,
        holds: bool,
    ) {
        let mut to = self.performers(case, &rung.to).unwrap_or_default();
        if to.is_empty() {
            to = self.fallback(Fallback::Nobody, case);
        }
        let due = rung.within.and_then(|within| self.rules.due(self.now, within));
        self.follow(
            case,
            Happening::Escalated { number, step, rung: id, to, does: rung.title.clone(), due, holds },
        );
    }

    /// The next rung of an assignment that was not stepped on, behind another if one is given.
    fn next_rung(&self, case: CaseId, number: u32, wanted: Wanted, behind: Option<u32>) -> Option<RungId> {
        let (of, rungs) = self.ladder_of(case, number);
        let assignment = self.case(case).assignment(number)?;
        let left = || {
            let ids = rungs.iter().zip(1..).map(move |(rung, number)| (rung, RungId { ladder: of, number }));
            ids.filter(move |(_, id)| {
                behind.is_none_or(|behind| id.number > behind) && !assignment.fired.contains(id)
            })
        };
        let is = |rung: &Rung| match wanted {
            Wanted::Timeout | Wanted::TimeoutOrAny => matches!(rung.condition, Condition::Timeout),
            Wanted::Refusal | Wanted::RefusalOrAny => matches!(rung.condition, Condition::Refusal),
            Wanted::Any => true,
        };
        let any = matches!(wanted, Wanted::TimeoutOrAny | Wanted::RefusalOrAny);
        let found = left().find(|(rung, _)| is(rung)).or_else(|| left().next().filter(|_| any));
        found.map(|(_, id)| id)
    }

    /// The deadline of a step, or of a rung about it, has passed.
    pub fn escalate_timeout(&mut self, case: CaseId, number: u32, behind: Option<u32>) {
        if let Some(id) = self.next_rung(case, number, Wanted::Timeout, behind) {
            self.step_on(case, number, id, false);
            return;
        }
        let Some(assignment) = self.case(case).assignment(number) else { return };
        let alarm = assignment.alarms.iter().any(|alarm| !assignment.fired.contains(&alarm.rung));
        if !alarm && assignment.rungs.is_empty() {
            let step = assignment.step.clone();
            self.follow(case, Happening::LadderRanOut { number, step });
        }
    }

    /// The rules send the step up the ladder: the next rung has it.
    pub fn escalate_step(&mut self, case: CaseId, number: u32, wanted: Wanted) {
        match self.next_rung(case, number, wanted, None) {
            Some(id) => self.step_on(case, number, id, true),
            None if wanted == Wanted::TimeoutOrAny => {
                let step = self.case(case).assignment(number).map(|assignment| assignment.step.clone());
                let step = step.unwrap_or_default();
                self.follow(case, Happening::LadderRanOut { number, step });
            }
            None => self.nobody_left(case, number),
        }
    }

    /// All who were charged have refused.
    pub fn refused(&mut self, case: CaseId, number: u32, at_deadline: bool) -> Result<(), Refusal> {
        let Some((procedure, node, step)) = self.step_of(case, number) else { return Ok(()) };
        let Some(assignment) = self.case(case).assignment(number).cloned() else { return Ok(()) };
        if let Some((next, rest)) = assignment.standby.split_first() {
            let step = assignment.step.clone();
            let at_once = assignment.together.iter().find(|group| group.bodies.contains(&next.body));
            let (to, standby, mode) = match at_once {
                None => (eco_vec![next.clone()], rest.into(), Mode::Any),
                Some(group) => {
                    let (to, later): (EcoVec<Charged>, EcoVec<Charged>) =
                        (assignment.standby.iter().cloned())
                            .partition(|charged| group.bodies.contains(&charged.body));
                    (to, later, group.mode)
                }
            };
            let together = assignment.together.clone();
            self.follow(case, Happening::Reassigned { number, step, to, mode, standby, together });
            return Ok(());
        }
        let on_timeout = step.on_timeout.filter(|_| at_deadline);
        match step.on_refusal.or(on_timeout).map(|(target, _)| target) {
            Some(Target::Escalate) => self.escalate_step(case, number, Wanted::RefusalOrAny),
            Some(target) => {
                let step = assignment.step.clone();
                self.follow(case, Happening::Withdrawn { number, step, ended: Ended::Refusal });
                let before = self.refusing.replace(case);
                let gone = self.go(case, procedure, node, Some(target));
                self.refusing = before;
                return gone;
            }
            None => self.escalate_step(case, number, Wanted::Refusal),
        }
        Ok(())
    }

    /// No rung is left and nobody has the step: the fallback body takes it, once.
    fn nobody_left(&mut self, case: CaseId, number: u32) {
        let Some(assignment) = self.case(case).assignment(number).cloned() else { return };
        let step = assignment.step.clone();
        self.follow(case, Happening::LadderRanOut { number, step: step.clone() });
        let to = self.fallback(Fallback::Refused, case);
        let new = |charged: &Charged| !assignment.declined.contains(&charged.body);
        if assignment.outcome.is_none() && !to.is_empty() && to.iter().all(new) {
            let mode = Mode::Any;
            self.follow(
                case,
                Happening::Reassigned {
                    number,
                    step,
                    to,
                    mode,
                    standby: EcoVec::new(),
                    together: EcoVec::new(),
                },
            );
        } else if assignment.outcome.is_some() {
            self.follow(case, Happening::DeadEnd { node: step, stuck: super::Stuck::NoWay });
        }
    }

    /// Rungs whose condition the changed facts have made true.
    pub fn newly_true(&mut self, case: CaseId, before: &Region) {
        let after = self.situation(case);
        let open: Vec<_> = self.case(case).shared_assignments().cloned().collect();
        for assignment in open {
            for (id, region) in self.conditions(case, assignment.number) {
                let new = after.is_subset(region) && !before.is_subset(region);
                if new && !assignment.fired.contains(&id) {
                    self.step_on(case, assignment.number, id, false);
                }
            }
        }
    }

    /// Rungs whose condition already held when the step was assigned: once for the whole case, so that
    /// not every step tells the same again.
    pub fn true_from_the_start(&mut self, case: CaseId, number: u32, step: &EcoString) {
        let conditions = self.conditions(case, number);
        if conditions.is_empty() {
            return;
        }
        let situation = self.situation(case);
        for (id, region) in conditions {
            let of = if id.ladder == LadderOf::Step { step.clone() } else { EcoString::new() };
            if situation.is_subset(region) && !self.case(case).stepped.contains(&(of, id.number)) {
                self.step_on(case, number, id, false);
            }
        }
    }

    fn conditions(&self, case: CaseId, number: u32) -> Vec<(RungId, &'t Region)> {
        let (ladder, rungs) = self.ladder_of(case, number);
        let condition = |(rung, number): (&'t Rung, u32)| match &rung.condition {
            Condition::When(region) => Some((RungId { ladder, number }, region)),
            _ => None,
        };
        rungs.iter().zip(1..).filter_map(condition).collect()
    }

    /// The case as a whole, a block or a call is late: the first rung on timeout of the procedure is told.
    pub fn escalate_whole(&mut self, case: CaseId, node: Option<EcoString>) {
        let Some(procedure) = self.procedure(case) else { return };
        self.tell_rung(case, procedure, node, |rung| matches!(rung.condition, Condition::Timeout));
    }

    /// What was called is refused, and the rules send that up the ladder: the first rung on refusal is told.
    pub fn escalate_refused_call(&mut self, case: CaseId, node: EcoString) {
        let Some(procedure) = self.procedure(case) else { return };
        self.tell_rung(case, procedure, Some(node), |rung| matches!(rung.condition, Condition::Refusal));
    }

    /// Something owed was not done in time.
    pub fn escalate_breach(&mut self, case: CaseId) {
        let Some(procedure) = self.procedure(case) else { return };
        self.tell_rung(case, procedure, None, |rung| matches!(rung.condition, Condition::Breach));
    }

    fn tell_rung(
        &mut self,
        case: CaseId,
        procedure: &Procedure,
        node: Option<EcoString>,
        is: impl Fn(&Rung) -> bool,
    ) {
        if let Some((rung, number)) = procedure.escalation.iter().zip(1..).find(|(rung, _)| is(rung)) {
            let id = RungId { ladder: LadderOf::Procedure, number };
            self.step_on_rung(case, None, node, id, rung, false);
        }
    }
}
