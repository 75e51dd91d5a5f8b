//! The state of the world: every case, folded from its events.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ecow::{EcoString, EcoVec};
use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::draft::{DraftedCase, WorldDraft};
use super::numbered::Numbered;
use super::{
    Assignment, Budget, CaseId, Cause, Charged, Cited, Due, Facts, Few, ForumKind, Mode, RuleDay, Stood,
    Together,
};
use linkage_model::Content;

/// So many cases are looked through for what falls due next; of more an agenda is kept.
const LOOKED_THROUGH: usize = 8;

/// All cases.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Shared with the drafts of them: a case is copied when something first happens to it.
    pub(super) cases: Numbered<Arc<Case>>,
    /// How many cases were ever opened.
    pub(super) opened: u64,
    /// The keys of the commands that were answered.
    pub(super) keys: BTreeSet<EcoString>,
    /// The latest instant at which anything happened.
    pub(super) latest: Option<Timestamp>,
    /// For each case that waits for time, the instant at which something falls due; kept where there are many.
    agenda: Option<BTreeSet<(Timestamp, CaseId)>>,
}

/// The agenda follows from the cases.
impl PartialEq for World {
    fn eq(&self, other: &Self) -> bool {
        let Self { cases, opened, keys, latest, agenda: _ } = self;
        (cases, opened, keys, latest) == (&other.cases, &other.opened, &other.keys, &other.latest)
    }
}

impl Eq for World {}

impl World {
    /// The cases in the order of their numbers.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().map(Arc::as_ref)
    }

    /// The case of a number.
    pub fn case(&self, id: CaseId) -> Option<&Case> {
        self.cases.get(id).map(Arc::as_ref)
    }

    /// The same, to be held on to as it is now.
    pub fn shared(&self, id: CaseId) -> Option<&Arc<Case>> {
        self.cases.get(id)
    }

    /// The instant at which something falls due next.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.first_due(|_| true).map(|(at, _)| at)
    }

    /// Where something falls due first among these cases.
    pub(super) fn first_due(&self, among: impl Fn(CaseId) -> bool) -> Option<(Timestamp, CaseId)> {
        match &self.agenda {
            Some(agenda) => agenda.iter().find(|(_, id)| among(*id)).copied(),
            None => self.each_due().filter(|(_, id)| among(*id)).min(),
        }
    }

    fn each_due(&self) -> impl Iterator<Item = (Timestamp, CaseId)> {
        self.cases().filter_map(|case| Some((case.next?, case.id)))
    }

    /// The number of the case that was opened last.
    pub fn opened(&self) -> u64 {
        self.opened
    }

    /// The latest instant at which anything happened; none if nothing has.
    pub fn latest(&self) -> Option<Timestamp> {
        self.latest
    }

    /// Whether the command of a key was answered.
    pub fn knows_key(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Counts new cases on from this number: for a world that holds only a part of all cases.
    pub fn count_from(&mut self, opened: u64) {
        self.opened = self.opened.max(opened);
    }

    /// Takes in what was decided from it: as if each event had been applied.
    pub fn take_in(&mut self, draft: WorldDraft) {
        self.opened = self.opened.max(draft.opened);
        self.latest = self.latest.max(draft.latest);
        self.keys.extend(draft.key);
        for (id, DraftedCase { case, .. }) in draft.cases {
            let next = case.next;
            let before = self.cases.insert(id, case).and_then(|before| before.next);
            self.put_off(id, before, next);
        }
    }

    /// What falls due next in a case does so at another instant than before.
    pub(super) fn put_off(&mut self, id: CaseId, before: Option<Timestamp>, next: Option<Timestamp>) {
        if before == next {
            return;
        }
        match &mut self.agenda {
            Some(agenda) => {
                before.map(|at| agenda.remove(&(at, id)));
                agenda.extend(next.map(|at| (at, id)));
            }
            None if self.cases.len() > LOOKED_THROUGH => self.agenda = Some(self.each_due().collect()),
            None => {}
        }
    }
}

/// One run of a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Case {
    /// Its number.
    pub id: CaseId,
    /// What is run.
    pub procedure: EcoString,
    /// What is known of the situation.
    #[serde(serialize_with = "whole")]
    pub facts: Arc<Facts>,
    /// The handle of whoever reported.
    pub reporter: Option<EcoString>,
    /// What made it.
    pub because: Cause,
    /// When it was opened.
    pub opened: Timestamp,
    /// When the whole is due.
    pub due: Option<Due>,
    /// Whether that has passed.
    pub overdue: bool,
    /// The ledger of that deadline.
    pub budget: Budget,
    /// When its clock stood, or stands.
    pub stood: EcoVec<Stood>,
    /// How it was closed, if it is.
    pub ending: Option<Ending>,
    /// Who leads it, as far as asked.
    pub lead: Option<CaseLead>,
    /// Who supervises it.
    #[serde(skip_serializing_if = "EcoVec::is_empty")]
    pub supervisors: EcoVec<EcoString>,
    /// The assignments that wait for somebody, and those that ended since the last was made. What came
    /// before is in the events: the state holds what later decisions need.
    #[serde(serialize_with = "each")]
    pub assignments: EcoVec<Arc<Assignment>>,
    /// How many assignments were made.
    pub assigned: u32,
    /// The blocks in which branches run.
    pub blocks: EcoVec<OpenBlock>,
    /// The called procedures that are waited for.
    pub calls: EcoVec<OpenCall>,
    /// How many procedures were called.
    pub called: u32,
    /// The nodes at which it waits for facts.
    pub waiting: EcoVec<EcoString>,
    /// The nodes at which it can't go on by itself.
    pub stuck: EcoVec<EcoString>,
    /// What is or was owed; the number counts from 1.
    pub obligations: EcoVec<Obligation>,
    /// The days to come on which rules that matter begin or end.
    pub rule_days: Few<RuleDay>,
    /// The node that it left last: where it is taken up again after its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<EcoString>,
    /// The nodes that were finished, each once.
    pub finished: Few<EcoString>,
    /// The rungs that were stepped on, with the step whose ladder it is (empty: the procedure's).
    pub stepped: Few<(EcoString, u32)>,
    /// The articles on which steps were done.
    pub basis: Few<Cited>,
    /// Who takes or took part.
    pub involved: Few<EcoString>,
    /// When something falls due next; kept by `apply`.
    pub(super) next: Option<Timestamp>,
}

/// How a case was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ending {
    /// When.
    pub at: Timestamp,
    /// Whether the problem is gone; none if the rules don't say.
    pub solved: Option<bool>,
}

/// Who leads a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseLead {
    /// Who leads; in a dispute, all who claim.
    pub to: EcoVec<Charged>,
    /// Who leads by the mandates alone.
    pub ground: EcoVec<EcoString>,
    /// How those who lead finish a step together.
    pub mode: Mode,
    /// Who leads if those before don't act.
    pub standby: EcoVec<Charged>,
    /// Those of them who come at once.
    #[serde(skip_serializing_if = "EcoVec::is_empty")]
    pub together: EcoVec<Together>,
    /// What is not settled yet.
    pub dispute: Option<Dispute>,
}

/// An overlap that is being settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dispute {
    /// The resolution that settles it; none is the package's forum.
    pub resolution: Option<EcoString>,
    /// Who still claims.
    pub claimants: Vec<EcoString>,
    /// The forum that is open.
    pub forum: Option<ForumKind>,
    /// Which of the declared forums that is.
    pub number: u32,
    /// Who may designate.
    pub deciders: Vec<EcoString>,
    /// When the next forum follows.
    pub until: Option<Timestamp>,
    /// What the claimants proposed.
    pub proposals: BTreeMap<EcoString, EcoString>,
}

/// A block in which branches run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenBlock {
    /// The block.
    pub block: EcoString,
    /// How many branches began.
    pub branches: usize,
    /// How many came to their end.
    pub joined: usize,
    /// Since when.
    pub since: Timestamp,
    /// When it is due.
    pub due: Option<Due>,
    /// Whether that has passed.
    pub overdue: bool,
}

/// A called procedure that is waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenCall {
    /// Which call of the case.
    pub number: u32,
    /// The node of the call.
    pub node: EcoString,
    /// Since when.
    pub since: Timestamp,
    /// When it is due.
    pub due: Option<Due>,
    /// Whether that has passed.
    pub overdue: bool,
}

/// Something owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obligation {
    /// Which of the case.
    pub number: u32,
    /// What the rules call it.
    pub name: EcoString,
    /// What is owed.
    pub content: Content,
    /// By whom.
    pub debtors: Vec<EcoString>,
    /// To whom.
    pub creditors: Vec<EcoString>,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub due: Option<Due>,
    /// The channel that was drawn on, if it comes from one.
    pub channel: Option<EcoString>,
    /// When it was found not to be kept in time.
    pub breached: Option<Timestamp>,
    /// When it was kept.
    pub discharged: Option<Timestamp>,
}

impl Case {
    /// When something falls due in it next.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.next
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.ending.is_none()
    }

    /// The assignments that wait for somebody.
    pub fn open_assignments(&self) -> impl Iterator<Item = &Assignment> {
        self.shared_assignments().map(Arc::as_ref)
    }

    /// The same, to be held on to as they are now.
    pub(super) fn shared_assignments(&self) -> impl Iterator<Item = &Arc<Assignment>> {
        self.assignments.iter().filter(|assignment| assignment.is_open())
    }

    /// The assignment of a number.
    pub fn assignment(&self, number: u32) -> Option<&Assignment> {
        self.shared_assignment(number).map(Arc::as_ref)
    }

    /// The same, to be held on to as it is now.
    pub(super) fn shared_assignment(&self, number: u32) -> Option<&Arc<Assignment>> {
        self.assignments.iter().find(|assignment| assignment.number == number)
    }

    pub(super) fn assignment_mut(&mut self, number: u32) -> Option<&mut Assignment> {
        let at = self.assignments.iter().position(|assignment| assignment.number == number)?;
        self.assignments.make_mut().get_mut(at).map(Arc::make_mut)
    }

    /// The nodes at which it stands.
    pub fn stands_at(&self) -> Vec<EcoString> {
        let steps = self.open_assignments().map(|assignment| assignment.step.clone());
        let calls = self.calls.iter().map(|call| call.node.clone());
        steps.chain(calls).chain(self.waiting.iter().cloned()).chain(self.stuck.iter().cloned()).collect()
    }

    /// A case of which nothing is known: stands in where a number leads nowhere.
    pub(super) fn nothing(id: CaseId) -> Self {
        Self {
            id,
            procedure: EcoString::new(),
            facts: Arc::default(),
            reporter: None,
            because: Cause::Report,
            opened: Timestamp::UNIX_EPOCH,
            due: None,
            overdue: false,
            budget: Budget::new(Timestamp::UNIX_EPOCH),
            stood: EcoVec::new(),
            ending: None,
            lead: None,
            supervisors: EcoVec::new(),
            assignments: EcoVec::new(),
            assigned: 0,
            blocks: EcoVec::new(),
            calls: EcoVec::new(),
            called: 0,
            waiting: EcoVec::new(),
            stuck: EcoVec::new(),
            obligations: EcoVec::new(),
            rule_days: Few::new(),
            left: None,
            finished: Few::new(),
            stepped: Few::new(),
            basis: Few::new(),
            involved: Few::new(),
            next: None,
        }
    }
}

fn whole<S: Serializer>(facts: &Arc<Facts>, serializer: S) -> Result<S::Ok, S::Error> {
    facts.as_ref().serialize(serializer)
}

fn each<S: Serializer>(assignments: &[Arc<Assignment>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(assignments.iter().map(Arc::as_ref))
}
