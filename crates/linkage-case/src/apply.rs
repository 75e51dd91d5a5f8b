//! What an event changes: the fold that makes the state. Needs neither rules nor calendar nor clock.

use std::sync::Arc;

use ecow::EcoString;

use super::state::{Case, CaseLead, Dispute, Ending, Obligation, OpenBlock, OpenCall, World};
use super::{Assignment, Budget, CaseId, Ended, Event, Happening, LadderOf, Mode, RungId, Timed};

/// Changes the world by an event. An event about a case that was never opened changes nothing.
pub fn apply(world: &mut World, event: &Event) {
    apply_all(world, std::iter::once(event));
}

/// Changes the world by events, in order.
pub fn apply_all<'e>(world: &mut World, events: impl IntoIterator<Item = &'e Event>) {
    // The case to which something happened since it was read off when something falls due in it.
    let mut unread = None;
    for event in events {
        if let Some(id) = unread.take_if(|id| *id != event.case) {
            world.read_off(id);
        }
        world.latest = world.latest.max(Some(event.at));
        world.keys.extend(event.key.clone());
        if let Happening::Opened { .. } = event.what {
            world.opened = world.opened.max(event.case.0);
            world.cases.insert(event.case, Arc::new(Case::nothing(event.case)));
        }
        if let Some(case) = world.cases.get_mut(event.case) {
            Arc::make_mut(case).take(event);
            unread = Some(event.case);
        }
    }
    if let Some(id) = unread {
        world.read_off(id);
    }
}

impl World {
    fn read_off(&mut self, id: CaseId) {
        let Some(case) = self.cases.get_mut(id).map(Arc::make_mut) else { return };
        let next = case.next_at();
        let before = std::mem::replace(&mut case.next, next);
        self.put_off(id, before, next);
    }
}

impl Case {
    /// Something happens to it. When something falls due next is to be read off afterwards.
    pub(super) fn take(&mut self, event: &Event) {
        // Whoever writes something down does not take part by that.
        if let Some(by) = event.by.as_ref().filter(|_| !matches!(event.what, Happening::Noted { .. })) {
            self.involved.note(by);
        }
        self.apply(event);
    }

    fn apply(&mut self, event: &Event) {
        match &event.what {
            Happening::Opened { procedure, facts, reporter, because, due, rule_days } => {
                self.procedure = procedure.clone();
                self.facts = Arc::new(facts.clone());
                self.reporter.clone_from(reporter);
                self.because = because.clone();
                self.opened = event.at;
                self.budget = Budget::new(event.at);
                self.due.clone_from(due);
                self.rule_days.extend(rule_days.iter().cloned());
            }
            Happening::FactsChanged { facts, rule_days } => {
                Arc::make_mut(&mut self.facts).extend(facts.clone());
                self.rule_days.extend(rule_days.iter().cloned());
                for own in self.assignments.make_mut().iter_mut().filter(|own| own.is_open()) {
                    Arc::make_mut(own).forget_former_holders();
                }
            }
            Happening::RuleBegan { rule } | Happening::RuleEnded { rule } => {
                self.rule_days.retain(|day| day.rule != *rule || day.at > event.at);
            }
            Happening::Waiting { node, .. } if !self.waiting.contains(node) => {
                self.waiting.push(node.clone())
            }
            Happening::Resumed { node } => self.waiting.retain(|other| other != node),
            Happening::DeadEnd { node, .. } => self.stuck.push(node.clone()),
            Happening::Told { to, .. } => self.involved.extend(to),
            Happening::ReferredOn { to, perhaps } => {
                self.involved.extend(to.iter().chain(perhaps));
                self.ending = Some(Ending { at: event.at, solved: None });
            }
            Happening::Supervised { supervisors } => {
                self.supervisors = supervisors.iter().map(|charged| charged.body.clone()).collect();
            }
            Happening::Closed { solved, .. } => {
                self.ending = Some(Ending { at: event.at, solved: *solved });
                self.let_run(event.at);
                self.blocks.clear();
                self.calls.clear();
                self.waiting.clear();
                self.stuck.clear();
            }
            Happening::Reopened { .. } => {
                self.ending = None;
                self.waiting.clear();
                self.stuck.clear();
                self.blocks.clear();
            }
            _ => {
                self.apply_to_lead(event);
                self.apply_to_flow(event);
                self.apply_to_step(event);
                self.apply_to_obligations(event);
                self.apply_to_clock(event);
            }
        }
    }

    fn apply_to_lead(&mut self, event: &Event) {
        match &event.what {
            Happening::Led { to, ground, mode, standby, together } => {
                let (to, ground) = (to.clone(), ground.clone());
                let (standby, together) = (standby.clone(), together.clone());
                self.lead = Some(CaseLead { to, ground, mode: *mode, standby, together, dispute: None });
            }
            Happening::OverlapMet { claims, resolution } => {
                let claimants: Vec<EcoString> = claims.iter().map(|claim| claim.body.clone()).collect();
                self.involved.extend(&claimants);
                let dispute = Dispute {
                    resolution: resolution.clone(),
                    claimants: claimants.clone(),
                    forum: None,
                    number: 0,
                    deciders: Vec::new(),
                    until: None,
                    proposals: std::collections::BTreeMap::new(),
                };
                self.lead = Some(CaseLead {
                    to: claims.clone(),
                    ground: claimants.into(),
                    mode: Mode::Offered,
                    standby: ecow::EcoVec::new(),
                    together: ecow::EcoVec::new(),
                    dispute: Some(dispute),
                });
            }
            _ => {}
        }
        let Some(dispute) = self.lead.as_mut().and_then(|lead| lead.dispute.as_mut()) else { return };
        match &event.what {
            Happening::ForumOpened { forum, number, deciders, until, .. } => {
                dispute.forum = Some(*forum);
                dispute.number = *number;
                dispute.deciders.clone_from(deciders);
                dispute.until = until.as_ref().map(|due| due.at);
                self.involved.extend(deciders);
            }
            Happening::Proposed { to } => {
                dispute.proposals.extend(event.by.clone().map(|by| (by, to.clone())));
            }
            Happening::ForumEnded { .. } => dispute.until = None,
            _ => {}
        }
    }

    fn apply_to_flow(&mut self, event: &Event) {
        match &event.what {
            Happening::PassedOver { step: node, .. } | Happening::Chose { node, .. } => {
                self.finished.insert(node.clone());
            }
            Happening::BlockEntered { block, branches, due } => {
                let (block, branches, due) = (block.clone(), branches.len(), due.clone());
                self.blocks.push(OpenBlock {
                    block,
                    branches,
                    joined: 0,
                    since: event.at,
                    due,
                    overdue: false,
                });
            }
            Happening::Joined { block } => {
                for open in self.blocks.make_mut().iter_mut().filter(|open| open.block == *block) {
                    open.joined += 1;
                }
            }
            Happening::BlockEnded { block, left } => {
                self.blocks.retain(|open| open.block != *block);
                self.finished.extend((!left).then(|| block.clone()));
            }
            Happening::Called { number, node, due, .. } => {
                self.called = self.called.max(*number);
                self.calls.push(OpenCall {
                    number: *number,
                    node: node.clone(),
                    since: event.at,
                    due: due.clone(),
                    overdue: false,
                });
            }
            Happening::Returned { number, node, refused, .. } => {
                self.calls.retain(|call| call.number != *number);
                self.left = Some(node.clone());
                // What was refused is not done.
                self.finished.extend((!refused).then(|| node.clone()));
            }
            Happening::CallLeft { number, .. } => self.calls.retain(|call| call.number != *number),
            Happening::TimedOut { what: Timed::Case, .. } => self.overdue = true,
            Happening::TimedOut { what: Timed::Block { block }, .. } => {
                self.blocks
                    .make_mut()
                    .iter_mut()
                    .filter(|open| open.block == *block)
                    .for_each(|open| open.overdue = true);
            }
            Happening::TimedOut { what: Timed::Call { number, node }, .. } => {
                self.left = Some(node.clone());
                self.calls
                    .make_mut()
                    .iter_mut()
                    .filter(|call| call.number == *number)
                    .for_each(|call| call.overdue = true);
            }
            Happening::Completed { step, basis, .. } => {
                self.finished.note(step);
                self.left = Some(step.clone());
                self.basis.extend(basis);
            }
            Happening::Withdrawn { step, ended: Ended::Timeout | Ended::Refusal, .. } => {
                self.left = Some(step.clone());
            }
            Happening::Escalated { step, rung, to, .. } => {
                let of = if rung.ladder == LadderOf::Step {
                    step.clone().unwrap_or_default()
                } else {
                    EcoString::new()
                };
                self.stepped.insert((of, rung.number));
                self.involved.extend(to.iter().map(|charged| &charged.body));
            }
            _ => {}
        }
    }

    fn apply_to_step(&mut self, event: &Event) {
        if let Happening::Assigned {
            number,
            step,
            to,
            with,
            by_lead,
            chair,
            mode,
            standby,
            together,
            due,
            alarms,
        } = &event.what
        {
            self.involved.extend(to.iter().map(|charged| &charged.body));
            self.involved.extend(with);
            let mut assignment = Assignment::new(*number, step.clone(), event.at);
            assignment.hold(to.clone());
            assignment.with = with.clone();
            assignment.by_lead = *by_lead;
            assignment.chair.clone_from(chair);
            assignment.mode = *mode;
            assignment.standby = standby.clone();
            assignment.together = together.clone();
            assignment.due.clone_from(due);
            assignment.alarms = alarms.clone();
            self.assigned = self.assigned.max(*number);
            self.assignments.retain(|own| own.is_open());
            self.assignments.push(Arc::new(assignment));
            return;
        }
        if let (Happening::Refused { .. }, Some(by)) = (&event.what, &event.by) {
            self.withdraw_claim(&event.what, by);
        }
        let Some(number) = event.what.assignment() else { return };
        let Some(assignment) = self.assignment_mut(number) else { return };
        assignment.apply(event);
        let to = assignment.to.clone();
        self.involved.extend(to.iter().map(|charged| &charged.body));
    }

    /// Whoever refuses what is offered to several no longer claims the case.
    fn withdraw_claim(&mut self, what: &Happening, by: &EcoString) {
        let offered = what.assignment().and_then(|number| self.assignment(number));
        if offered.is_none_or(|assignment| assignment.mode != Mode::Offered) {
            return;
        }
        if let Some(lead) = &mut self.lead {
            lead.to.retain(|charged| charged.body != *by);
            if let Some(dispute) = &mut lead.dispute {
                dispute.claimants.retain(|body| body != by);
                dispute.proposals.remove(by);
            }
        }
        let open = self
            .assignments
            .make_mut()
            .iter_mut()
            .map(Arc::make_mut)
            .filter(|assignment| assignment.is_open());
        for assignment in open.filter(|assignment| assignment.mode == Mode::Offered) {
            assignment.to.retain(|charged| charged.body != *by);
        }
    }

    fn apply_to_obligations(&mut self, event: &Event) {
        match &event.what {
            Happening::ObligationArisen {
                number, name, content, debtors, creditors, due, channel, ..
            } => {
                self.obligations.push(Obligation {
                    number: *number,
                    name: name.clone(),
                    content: *content,
                    debtors: debtors.clone(),
                    creditors: creditors.clone(),
                    since: event.at,
                    due: due.clone(),
                    channel: channel.clone(),
                    breached: None,
                    discharged: None,
                });
                self.involved.extend(debtors.iter().chain(creditors));
            }
            Happening::ObligationDischarged { number, .. } => {
                let owed = self.obligations.make_mut().iter_mut().filter(|owed| owed.number == *number);
                owed.for_each(|owed| owed.discharged = Some(event.at));
            }
            Happening::ObligationBreached { number, .. } => {
                let owed = self.obligations.make_mut().iter_mut().filter(|owed| owed.number == *number);
                owed.for_each(|owed| owed.breached = Some(event.at));
            }
            _ => {}
        }
    }
}

impl Happening {
    /// The assignment that it is about, if it is about one.
    pub fn assignment(&self) -> Option<u32> {
        match self {
            Self::Assigned { number, .. }
            | Self::Reassigned { number, .. }
            | Self::PowerLacking { number, .. }
            | Self::Acknowledged { number, .. }
            | Self::Refused { number, .. }
            | Self::HandedOver { number, .. }
            | Self::Voiced { number, .. }
            | Self::NoQuorum { number, .. }
            | Self::Urged { number, .. }
            | Self::Convened { number, .. }
            | Self::TieMet { number, .. }
            | Self::Completed { number, .. }
            | Self::Withdrawn { number, .. }
            | Self::LadderRanOut { number, .. }
            | Self::TimedOut { what: Timed::Step { number, .. } | Timed::Rung { number, .. }, .. } => {
                Some(*number)
            }
            Self::Escalated { number, .. }
            | Self::ExtensionAsked { number, .. }
            | Self::ExtensionDenied { number, .. }
            | Self::Extended { number, .. }
            | Self::Superseded { number, .. } => *number,
            _ => None,
        }
    }

    /// The rung that was stepped on, if one was.
    pub fn rung(&self) -> Option<RungId> {
        if let Self::Escalated { rung, .. } = self { Some(*rung) } else { None }
    }
}
