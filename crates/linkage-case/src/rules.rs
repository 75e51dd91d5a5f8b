//! The rules that a case runs under, and the day on which they are asked.

use std::sync::Arc;

use ecow::EcoString;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Cited, Due};
use linkage_calendar::{Calendar, Deadline, Duration, Pause, deadline_alone};
use linkage_model::{
    BodyId, Citation, Days, Division, Hierarchy, Institution, Node, NodeId, NodeKind, Procedure, Step,
};

/// The name under which whoever reported acts; no body can have it, it is a keyword.
pub const REPORTER: &str = "reporter";

/// What is handed in to decide: the institution and the working calendar.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'i> {
    /// Bodies, powers, mandates, procedures.
    pub institution: &'i Institution,
    /// Workdays and the zone of the clock.
    pub calendar: &'i Calendar,
    /// What was computed of the institution before, where somebody keeps it.
    days: Option<&'i Days>,
}

impl<'i> Rules<'i> {
    /// These rules by this calendar.
    pub fn new(institution: &'i Institution, calendar: &'i Calendar) -> Self {
        Self { institution, calendar, days: None }
    }

    /// The same with what was computed of the institution before: nothing is decided otherwise, but sooner.
    #[must_use]
    pub fn knowing(self, days: &'i Days) -> Self {
        Self { days: Some(days), ..self }
    }

    /// The division of powers on a day.
    pub fn division(&self, day: Date) -> Division<'i> {
        match self.days {
            Some(days) => days.division(self.institution, day),
            None => Division::new(self.institution, day),
        }
    }

    /// Who stands above whom.
    pub fn hierarchy(&self) -> Arc<Hierarchy> {
        match self.days {
            Some(days) => days.hierarchy(self.institution),
            None => Arc::new(Hierarchy::new(self.institution)),
        }
    }

    /// The day on which an act at this instant is judged: that of the calendar's zone.
    pub fn day(&self, now: Timestamp) -> Date {
        self.calendar.date_of(now)
    }

    /// The instant at which a day begins.
    pub fn midnight(&self, day: Date) -> Option<Timestamp> {
        self.calendar.zone().to_timestamp(day.at(0, 0, 0, 0)).ok()
    }

    /// The procedure of a name.
    pub fn procedure(&self, name: &str) -> Option<&'i Procedure> {
        self.institution.procedures.iter().find(|procedure| procedure.head.name == name)
    }

    /// When something is due; none where it lies beyond what can be written.
    pub fn due(&self, from: Timestamp, within: Duration) -> Option<Due> {
        self.due_around(from, within, &[])
    }

    /// The same where the clock stood in between.
    pub fn due_around(&self, from: Timestamp, within: Duration, pauses: &[Pause]) -> Option<Due> {
        self.counted(from, within, pauses).map(|found| Self::told(&found))
    }

    /// The deadline itself, without the account of its days.
    pub(super) fn counted(&self, from: Timestamp, within: Duration, pauses: &[Pause]) -> Option<Deadline> {
        deadline_alone(from, within, pauses, self.calendar).ok()
    }

    pub(super) fn told(found: &Deadline) -> Due {
        Due { at: found.due, within: found.duration.as_kept(), provisional: found.provisional }
    }

    /// The name of a body.
    pub fn name(&self, body: BodyId) -> EcoString {
        self.institution[body].head.name.clone()
    }

    /// The citations of a rule whose law is in force on a day.
    pub fn in_force(&self, basis: &[Citation], day: Date) -> Vec<Cited> {
        let in_force =
            |citation: &&Citation| citation.law.is_none_or(|law| self.institution[law].in_force(day));
        let cited =
            |citation: &Citation| Cited { law: citation.name.clone(), article: citation.article.clone() };
        basis.iter().filter(in_force).map(cited).collect()
    }

    /// Whether a name is that of a body that can act: declared, and no slot.
    pub fn can_act(&self, name: &str) -> Option<BodyId> {
        self.institution.body_named(name).filter(|body| !self.institution[*body].is_slot)
    }
}

/// The step of a name in a procedure.
pub(super) fn step_named<'p>(procedure: &'p Procedure, name: &str) -> Option<&'p Step> {
    match &node_named(procedure, name)?.1.kind {
        NodeKind::Step(step) => Some(step),
        NodeKind::Choose(_) | NodeKind::Block(_) | NodeKind::Call(_) => None,
    }
}

/// The node of a name in a procedure.
pub(super) fn node_named<'p>(procedure: &'p Procedure, name: &str) -> Option<(NodeId, &'p Node)> {
    (0..).map(NodeId).zip(&procedure.nodes).find(|(_, node)| node.head.name == name)
}
