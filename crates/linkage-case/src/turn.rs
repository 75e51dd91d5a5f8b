//! One command at work: a draft of the world in which each event counts at once.
//!
//! The [draft](super::WorldDraft) holds only the cases that the command changes; the others are read from the world below.
//! If the command is refused in the end, the draft is dropped and nothing has happened.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use ecow::{EcoString, EcoVec};
use jiff::Timestamp;
use jiff::civil::Date;

use super::draft::WorldDraft;
use super::{Case, CaseId, Charged, Decision, Event, Fallback, Happening, Rules, Why, World, facts};
use linkage_model::{Division, Hierarchy, NodeId, NodeKind, Procedure, Step};
use linkage_regions::Region;

/// So many nodes can a case pass in one command at one instant: more is a circle.
const HOPS_UP_TO: u32 = 128;
/// So many nodes deep can one walk lead, through called and triggered cases: the stack is finite.
const DEPTH_UP_TO: u32 = 200;

/// Stands in where a number leads to no case.
static NOTHING: LazyLock<Case> = LazyLock::new(|| Case::nothing(CaseId(0)));

/// A case that was closed.
pub(super) struct Return {
    pub case: CaseId,
    pub solved: Option<bool>,
    /// Whether a refusal brought it to its end.
    pub refused: bool,
}

pub(super) struct Turn<'t> {
    pub rules: Rules<'t>,
    hierarchy: OnceCell<Arc<Hierarchy>>,
    base: &'t World,
    pub draft: WorldDraft,
    /// The instant of what happens now.
    pub now: Timestamp,
    /// Who acts; none if time does.
    pub by: Option<EcoString>,
    pub key: Option<EcoString>,
    pub events: Vec<Event>,
    /// The case whose command this is: there, what facts leave open is refused; elsewhere the case waits.
    pub strict: Option<CaseId>,
    /// How many cases were opened by events and calls.
    pub chained: usize,
    division: Option<Rc<Division<'t>>>,
    /// Cases that were closed, with their end: those that called them have still to go on.
    pub returning: VecDeque<Return>,
    /// The case that goes on because its step was refused, as long as nobody else has to act.
    pub refusing: Option<CaseId>,
    /// How many nodes deep the walk is, over all cases that it leads to.
    depth: u32,
    /// The day of the instant that was asked for last.
    today: Cell<Option<(Timestamp, Date)>>,
    /// The situation that was asked for last: every question about a case begins with it.
    asked: RefCell<Option<(CaseId, Region)>>,
    /// The case of the world that was asked for last: a question follows another about the same.
    looked_up: Cell<Option<(CaseId, &'t Case)>>,
}

impl<'t> Turn<'t> {
    pub fn new(rules: Rules<'t>, base: &'t World, now: Timestamp) -> Self {
        Self {
            rules,
            hierarchy: OnceCell::new(),
            base,
            draft: WorldDraft::of(base),
            now,
            by: None,
            key: None,
            events: Vec::new(),
            strict: None,
            chained: 0,
            division: None,
            returning: VecDeque::new(),
            refusing: None,
            depth: 0,
            today: Cell::new(None),
            asked: RefCell::new(None),
            looked_up: Cell::new(None),
        }
    }

    /// The case as it is now; one of which nothing is known if there is none.
    pub fn case(&self, id: CaseId) -> &Case {
        self.known(id).unwrap_or(&NOTHING)
    }

    pub fn known(&self, id: CaseId) -> Option<&Case> {
        self.draft.case(id).or_else(|| match self.looked_up.get() {
            Some((last, case)) if last == id => Some(case),
            _ => {
                let case = self.base.case(id)?;
                self.looked_up.set(Some((id, case)));
                Some(case)
            }
        })
    }

    pub fn key_is_known(&self, key: &EcoString) -> bool {
        self.base.keys.contains(key)
    }

    /// Where something falls due first.
    pub fn next_due(&mut self) -> Option<(Timestamp, CaseId)> {
        self.draft.next_due(self.base)
    }

    /// Something happens, and counts from now on.
    pub fn emit(&mut self, case: CaseId, what: Happening) {
        if let Happening::Opened { .. } | Happening::FactsChanged { .. } = what {
            self.asked.replace(None);
        }
        let event = Event { at: self.now, case, by: self.by.clone(), key: self.key.take(), what };
        self.draft.apply(self.base, &event);
        self.events.push(event);
    }

    /// Something happens that is nobody's act.
    pub fn follow(&mut self, case: CaseId, what: Happening) {
        let by = self.by.take();
        self.emit(case, what);
        self.by = by;
    }

    pub fn day(&self) -> Date {
        match self.today.get() {
            Some((at, day)) if at == self.now => day,
            _ => {
                let day = self.rules.day(self.now);
                self.today.set(Some((self.now, day)));
                day
            }
        }
    }

    /// The division of powers on the day of what happens now.
    pub fn division(&mut self) -> Rc<Division<'t>> {
        let day = self.day();
        match &self.division {
            Some(division) if division.day == day => Rc::clone(division),
            _ => {
                let division = Rc::new(self.rules.division(day));
                self.division = Some(Rc::clone(&division));
                division
            }
        }
    }

    /// Who stands above whom.
    pub fn hierarchy(&self) -> &Hierarchy {
        self.hierarchy.get_or_init(|| self.rules.hierarchy())
    }

    /// What the situation of a case is was found already.
    pub fn knowing(&self, case: CaseId, situation: Region) {
        self.asked.replace(Some((case, situation)));
    }

    pub fn situation(&self, case: CaseId) -> Region {
        if let Some((_, region)) = self.asked.borrow().as_ref().filter(|(asked, _)| *asked == case) {
            return region.clone();
        }
        let region = facts::region(self.rules.institution, &self.case(case).facts);
        self.asked.replace(Some((case, region.clone())));
        region
    }

    pub fn procedure(&self, case: CaseId) -> Option<&'t Procedure> {
        self.rules.procedure(&self.case(case).procedure)
    }

    /// The step of a name in the procedure of the case.
    pub fn step(&self, case: CaseId, name: &str) -> Option<(&'t Procedure, NodeId, &'t Step)> {
        let procedure = self.procedure(case)?;
        let (id, node) = super::rules::node_named(procedure, name)?;
        if let NodeKind::Step(step) = &node.kind { Some((procedure, id, step)) } else { None }
    }

    /// The step of an assignment.
    pub fn step_of(&self, case: CaseId, number: u32) -> Option<(&'t Procedure, NodeId, &'t Step)> {
        let name = self.case(case).assignment(number)?.step.clone();
        self.step(case, &name)
    }

    /// The package's fallback body, with the reason why it is needed.
    pub fn fallback(&self, cause: Fallback, case: CaseId) -> EcoVec<Charged> {
        self.fallback_in(cause, &self.situation(case))
    }

    /// The fallback body in a situation that no case has yet.
    pub fn fallback_in(&self, cause: Fallback, situation: &Region) -> EcoVec<Charged> {
        let (institution, day) = (self.rules.institution, self.day());
        let body = institution.scope.fallback.map(|(body, _)| body);
        let standing = body.map(|body| institution.standing_within(body, day, situation)).unwrap_or_default();
        let charged = |body| Charged { body: self.rules.name(body), why: Why::Fallback { cause } };
        standing.into_iter().map(charged).collect()
    }

    /// What it led to.
    pub fn decision(self) -> Decision {
        Decision { events: self.events, after: self.draft.finished() }
    }

    /// Comes to a node; false if the case goes round in circles, or the walk leads too deep.
    pub fn step_in(&mut self, case: CaseId) -> bool {
        self.depth += 1;
        self.draft.hop(case, self.now) <= HOPS_UP_TO && self.depth <= DEPTH_UP_TO
    }

    /// Is done with the node that it came to last.
    pub fn step_out(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }
}
