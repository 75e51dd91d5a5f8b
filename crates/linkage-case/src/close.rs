//! The end of a step, and the end of a case: *closed* is not *solved*, and both are recorded.

use ecow::EcoString;

use super::escalation::Wanted;
use super::turn::{Return, Turn};
use super::{CaseId, Cited, Ended, Happening, Refusal};
use linkage_model::{Procedure, Target, Upon};

impl Turn<'_> {
    /// A step was done: what arises from it arises, its events are raised, the case goes on.
    pub fn complete(&mut self, case: CaseId, number: u32, outcome: &EcoString) -> Result<(), Refusal> {
        self.complete_by_silence(case, number, outcome, Vec::new())
    }

    /// The same where some count for the outcome who said nothing.
    pub fn complete_by_silence(
        &mut self,
        case: CaseId,
        number: u32,
        outcome: &EcoString,
        silent: Vec<EcoString>,
    ) -> Result<(), Refusal> {
        let Some((procedure, node, step)) = self.step_of(case, number) else { return Ok(()) };
        let Some(assignment) = self.case(case).shared_assignment(number).cloned() else { return Ok(()) };
        let name = assignment.step.clone();
        let basis = self.rules.in_force(&step.basis, self.day());
        // What the deadline itself brings about, by silence, is not late.
        let late = assignment.overdue && self.by.is_some();
        let outcome_name = outcome.clone();
        let done = Happening::Completed { number, step: name, outcome: outcome_name, late, basis, silent };
        self.emit(case, done);
        self.draw(case, &assignment, step);
        self.owe_upon_node(case, procedure, node);
        let target = step.outcomes.iter().find(|own| own.head.name == *outcome).and_then(|own| own.target);
        if target == Some(Target::Escalate) {
            self.escalate_step(case, number, Wanted::Any);
            return self.emit_events(case, step, outcome);
        }
        self.emit_events(case, step, outcome)?;
        self.go(case, procedure, node, target)
    }

    /// Closes a case. What closing takes must have been done; where time closes it nobody can be told
    /// to do it first, so it is closed as unsolved and says what is missing.
    pub fn close(
        &mut self,
        case: CaseId,
        procedure: &Procedure,
        solved: Option<bool>,
    ) -> Result<(), Refusal> {
        let closing = procedure.closing.as_ref();
        let needs = closing.map_or(&[][..], |closing| &closing.needs);
        let names = needs.iter().map(|(node, _)| procedure.nodes[node.index()].head.name.clone());
        let unmet: Vec<EcoString> = names.filter(|name| !self.case(case).finished.contains(name)).collect();
        if !unmet.is_empty() && self.strict == Some(case) {
            return Err(Refusal::ClosingNeeds { nodes: unmet });
        }
        let solved = if unmet.is_empty() { solved } else { Some(false) };
        self.withdraw_all(case, Ended::Closed);
        self.owe_upon(case, procedure, Upon::Close);
        let told = self.tell(case, procedure);
        let owed = self.case(case).obligations.iter().filter(|owed| owed.discharged.is_none());
        let obligations = owed.map(|owed| owed.name.clone()).collect();
        let basis = self.basis_used(case, procedure);
        self.emit(case, Happening::Closed { solved, basis, told, obligations, unmet });
        let refused = self.refusing == Some(case);
        self.returning.push_back(Return { case, solved, refused });
        Ok(())
    }

    /// Ends all that still runs.
    pub fn withdraw_all(&mut self, case: CaseId, ended: Ended) {
        let open: Vec<(u32, EcoString)> =
            self.case(case).open_assignments().map(|own| (own.number, own.step.clone())).collect();
        for (number, step) in open {
            self.follow(case, Happening::Withdrawn { number, step, ended });
        }
        let calls: Vec<(u32, EcoString)> =
            self.case(case).calls.iter().map(|call| (call.number, call.node.clone())).collect();
        for (number, node) in calls {
            self.follow(case, Happening::CallLeft { number, node });
        }
    }

    /// Tells and publishes what closing takes; who is told.
    fn tell(&mut self, case: CaseId, procedure: &Procedure) -> Vec<EcoString> {
        let Some(closing) = &procedure.closing else { return Vec::new() };
        let mut told: Vec<EcoString> = Vec::new();
        for (performer, within, _) in &closing.tell {
            let to = match self.told(case, performer) {
                Ok(to) => to,
                Err(role) => {
                    self.follow(case, Happening::NobodyTold { role, of: None });
                    continue;
                }
            };
            let due = within.and_then(|within| self.rules.due(self.now, within));
            told.extend(to.iter().filter(|body| !told.contains(body)).cloned().collect::<Vec<_>>());
            self.follow(case, Happening::Told { to, of: None, due });
        }
        for (what, within, basis) in &closing.publish {
            let due = within.and_then(|within| self.rules.due(self.now, within));
            let basis = self.rules.in_force(basis, self.day());
            self.follow(case, Happening::Published { what: what.clone(), due, basis });
        }
        told
    }

    /// The articles in force on which the case was dealt with.
    fn basis_used(&self, case: CaseId, procedure: &Procedure) -> Vec<Cited> {
        let day = self.day();
        let mut basis = self.case(case).basis.clone();
        basis.extend(self.rules.in_force(&procedure.basis, day));
        if let Some(closing) = &procedure.closing {
            basis.extend(self.rules.in_force(&closing.basis, day));
        }
        let leads = self.case(case).lead.iter().flat_map(|lead| &lead.to);
        basis.extend(leads.flat_map(|charged| charged.why.basis()).cloned());
        basis.to_vec()
    }
}
