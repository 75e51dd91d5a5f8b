//! Cases that lead to cases: calls of a procedure, and events that trigger one.

use ecow::EcoString;

use super::turn::{Return, Turn};
use super::{CaseId, Cause, Facts, Happening, Refusal, Stuck, facts};
use linkage_model::{Call, NodeId, NodeKind, Procedure, Step, Target, Trigger};

/// So many cases are opened by events and calls within one command.
const CHAIN_UP_TO: usize = 32;

impl Turn<'_> {
    /// Opens the called procedure as a case of its own, with the same facts but for those of time.
    pub fn enter_call(
        &mut self,
        case: CaseId,
        procedure: &Procedure,
        node: NodeId,
        call: &Call,
    ) -> Result<(), Refusal> {
        let name = procedure.nodes[node.index()].head.name.clone();
        let Some((runs, _)) = call.runs else {
            return self.go(case, procedure, node, None);
        };
        let due = call.within.and_then(|(within, _)| self.rules.due(self.now, within));
        let called = self.rules.institution[runs].head.name.clone();
        let number = self.case(case).called.saturating_add(1);
        let happening = Happening::Called { number, node: name.clone(), procedure: called.clone(), due };
        self.follow(case, happening);
        let because = Cause::Call { from: case, node: name.clone(), number };
        let opened = match self.chain(case, &called, because) {
            // What can't be opened at all is refused, where the rules say what then.
            Err(Refusal::NoSteps { .. } | Refusal::TooMuch {}) if call.on_refusal.is_some() => false,
            opened => opened?,
        };
        if opened {
            return Ok(());
        }
        self.follow(case, Happening::CallLeft { number, node: name });
        match call.on_refusal {
            Some(_) => self.call_refused(case, procedure, node, call),
            None => {
                self.dead_end(case, procedure, node, Stuck::Circle);
                Ok(())
            }
        }
    }

    /// Goes on where the called procedure is refused.
    fn call_refused(
        &mut self,
        case: CaseId,
        procedure: &Procedure,
        node: NodeId,
        call: &Call,
    ) -> Result<(), Refusal> {
        let target = call.on_refusal.map(|(target, _)| target);
        if target == Some(Target::Escalate) {
            let name = procedure.nodes[node.index()].head.name.clone();
            self.escalate_refused_call(case, name);
        }
        self.go(case, procedure, node, target)
    }

    /// Cases whose called procedure was closed go on: one after the other, for calls can be nested deeper
    /// than the stack.
    pub fn go_on_behind_calls(&mut self) -> Result<(), Refusal> {
        while let Some(end) = self.returning.pop_front() {
            self.returned(&end)?;
        }
        Ok(())
    }

    /// A called procedure was closed: the case that called it goes on.
    fn returned(&mut self, end: &Return) -> Result<(), Refusal> {
        let child = end.case;
        let Cause::Call { from, node, number } = self.case(child).because.clone() else { return Ok(()) };
        let waits = self.case(from).calls.iter().any(|call| call.number == number);
        let Some(procedure) = self.procedure(from).filter(|_| waits) else { return Ok(()) };
        let found = super::rules::node_named(procedure, &node);
        let Some((id, NodeKind::Call(call))) = found.map(|(id, node)| (id, &node.kind)) else {
            return Ok(());
        };
        // An end that does not say that the problem remains counts as solved.
        let solved = end.solved.unwrap_or(true);
        let (unsaid, refused) = (end.solved.is_none(), end.refused);
        self.follow(from, Happening::Returned { number, node, child, solved, unsaid, refused });
        if !refused {
            self.owe_upon_node(from, procedure, id);
        }
        for (event, on, _) in &call.emits {
            if on.is_none_or(|on| on == solved) {
                self.raise_from(from, event)?;
            }
        }
        if refused && call.on_refusal.is_some() {
            return self.call_refused(from, procedure, id, call);
        }
        let target = if solved { call.solved } else { call.unsolved };
        self.go(from, procedure, id, target.map(|(target, _)| target))
    }

    /// Raises the events of a step that came to an outcome.
    pub fn emit_events(&mut self, case: CaseId, step: &Step, outcome: &EcoString) -> Result<(), Refusal> {
        for (event, on, _) in &step.emits {
            if on.as_ref().is_none_or(|on| on == outcome) {
                self.raise_from(case, event)?;
            }
        }
        Ok(())
    }

    /// Raises an event from a case: each procedure that listens is opened.
    fn raise_from(&mut self, case: CaseId, event: &EcoString) -> Result<(), Refusal> {
        let triggers = self.listeners(event);
        self.follow(case, Happening::Emitted { name: event.clone(), triggers: triggers.clone() });
        let situation = self.situation(case);
        if !triggers.is_empty() && situation.is_disjoint(&self.rules.institution.scope.region) {
            let because = Cause::Event { event: event.clone(), from: Some(case) };
            let known = facts::carried(self.rules, Facts::clone(&self.case(case).facts), self.now);
            let (reporter, by) = (self.case(case).reporter.clone(), self.by.take());
            let referred = self.refer_on(known, &situation, reporter, because);
            self.by = by;
            return referred.map(drop);
        }
        for procedure in triggers {
            let because = Cause::Event { event: event.clone(), from: Some(case) };
            self.chain(case, &procedure, because)?;
        }
        Ok(())
    }

    /// The procedures that an event triggers.
    pub fn listeners(&self, event: &str) -> Vec<EcoString> {
        let listens = |procedure: &&Procedure| {
            procedure
                .triggers
                .iter()
                .any(|(trigger, _)| matches!(trigger, Trigger::Event(name) if name == event))
        };
        let procedures = self.rules.institution.procedures.iter().filter(listens);
        procedures.map(|procedure| procedure.head.name.clone()).collect()
    }

    /// Opens a case because of another; false if the chain is too long already.
    fn chain(&mut self, from: CaseId, procedure: &EcoString, because: Cause) -> Result<bool, Refusal> {
        self.chained += 1;
        if self.chained > CHAIN_UP_TO {
            self.follow(from, Happening::ChainCut { procedure: procedure.clone() });
            return Ok(false);
        }
        let own = self.case(from);
        let (known, reporter): (Facts, _) = (Facts::clone(&own.facts), own.reporter.clone());
        let known = facts::carried(self.rules, known, self.now);
        let by = self.by.take();
        let opened = self.open_case(procedure, known, reporter, because);
        self.by = by;
        opened.map(|_| true)
    }
}
