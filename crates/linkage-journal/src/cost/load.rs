//! How much each body and each step carried at once, out of the events of all cases.

use std::collections::{BTreeMap, BTreeSet};

use ecow::EcoString;
use jiff::Timestamp;

use linkage_analysis::checks::{self, Finding, Peak};
use linkage_calendar::Calendar;
use linkage_case::{Case, CaseId, Cause, Event, Facts, Happening, Mode, World, apply};
use linkage_model::{Institution, NodeKind, ResourceId};
use linkage_package::Analysis;

use super::Courses;

/// Who or what carries a case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Carrier {
    Body(EcoString),
    /// A step of a procedure.
    Step(EcoString, EcoString),
}

/// When carriers took cases on and were rid of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loads {
    shifts: Vec<(Timestamp, Carrier, bool)>,
}

/// The cases on the way, as far as read; each in a world of its own, which is emptied when it is closed.
#[derive(Default)]
pub(super) struct Following {
    worlds: BTreeMap<CaseId, World>,
    carried: BTreeMap<CaseId, BTreeSet<Carrier>>,
    loads: Loads,
}

impl Following {
    /// Takes in what happened next to a case.
    pub fn take(&mut self, event: &Event) {
        let world = self.worlds.entry(event.case).or_default();
        apply(world, event);
        let case = world.case(event.case);
        let now = case.map(carriers).unwrap_or_default();
        if let (Happening::Closed { .. }, Some(case)) = (&event.what, case) {
            // It may be taken up again; what it was before matters no more.
            let bare = bare(event, &case.procedure);
            *world = World::default();
            apply(world, &bare);
        }
        let before = self.carried.entry(event.case).or_default();
        if *before == now {
            return;
        }
        for gone in before.difference(&now) {
            self.loads.shifts.push((event.at, gone.clone(), false));
        }
        for come in now.difference(before) {
            self.loads.shifts.push((event.at, come.clone(), true));
        }
        *before = now;
    }

    /// All that was carried. What is laid down at an instant is not carried beside what is taken up at it.
    pub fn loads(mut self) -> Loads {
        self.loads.shifts.sort_by_key(|(at, _, takes)| (*at, *takes));
        self.loads
    }
}

/// The opening of a case of which nothing is known but its procedure.
fn bare(closed: &Event, procedure: &EcoString) -> Event {
    let what = Happening::Opened {
        procedure: procedure.clone(),
        facts: Facts::default(),
        reporter: None,
        because: Cause::Report,
        due: None,
        rule_days: Vec::new(),
    };
    Event { key: None, by: None, what, ..closed.clone() }
}

fn carriers(case: &Case) -> BTreeSet<Carrier> {
    let mut carriers = BTreeSet::new();
    for open in case.open_assignments().filter(|_| case.is_open()) {
        let carries = |body: &EcoString| match open.mode {
            Mode::Any => true,
            Mode::Offered => false,
            Mode::Joint { .. } => !open.voices.contains_key(body) && !open.declined.contains(body),
        };
        let holders = open.holders().into_iter().filter(carries);
        carriers.extend(holders.map(Carrier::Body));
        carriers.insert(Carrier::Step(case.procedure.clone(), open.step.clone()));
    }
    carriers
}

impl Loads {
    /// The most that these carriers carried at once, and when that was so first.
    fn peak(&self, carries: impl Fn(&Carrier) -> bool) -> Option<(usize, Timestamp)> {
        let (mut now, mut peak) = (0_usize, None);
        for (at, _, takes) in self.shifts.iter().filter(|(_, carrier, _)| carries(carrier)) {
            now = if *takes { now + 1 } else { now.saturating_sub(1) };
            if *takes && peak.is_none_or(|(most, _)| now > most) {
                peak = Some((now, *at));
            }
        }
        peak
    }
}

/// Adds what the journal tells of bodies and resources that were asked for more than they can carry.
pub fn add_overloads(analysis: &mut Analysis, courses: &Courses) {
    let found = overloads(analysis.institution(), &analysis.package.calendar, &courses.loads);
    let (findings, accepted, off) =
        checks::waived_of(analysis.institution(), analysis.day, &analysis.package.levels, found);
    analysis.findings.extend(findings);
    analysis.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    analysis.accepted.extend(accepted);
    analysis.off += off;
}

fn overloads(institution: &Institution, calendar: &Calendar, loads: &Loads) -> Vec<Finding> {
    let peak = |(carried, at): (usize, Timestamp)| Peak { carried, at: calendar.zone().to_datetime(at) };
    let bodies = institution.bodies().filter(|(_, body)| body.capacity.is_some()).filter_map(|(id, body)| {
        let own = Carrier::Body(body.head.name.clone());
        checks::overloaded_body(institution, id, peak(loads.peak(|carrier| *carrier == own)?))
    });
    let resources = institution.resources().filter(|(_, it)| it.capacity.is_some()).filter_map(|(id, _)| {
        let using = using(institution, id);
        checks::overloaded_resource(institution, id, peak(loads.peak(|carrier| using.contains(carrier))?))
    });
    bodies.chain(resources).collect()
}

/// The steps that use a resource.
fn using(institution: &Institution, resource: ResourceId) -> BTreeSet<Carrier> {
    let mut steps = BTreeSet::new();
    for procedure in &institution.procedures {
        for node in &procedure.nodes {
            if let NodeKind::Step(step) = &node.kind
                && step.uses.iter().any(|(own, _)| *own == resource)
            {
                steps.insert(Carrier::Step(procedure.head.name.clone(), node.head.name.clone()));
            }
        }
    }
    steps
}
