//! Cases that nobody opens by a word: the calendar reaches a time, or a kind of case comes up often enough.
//!
//! ```text
//!   trigger schedule monday 09:00           one case an occurrence:  schedule/PROCEDURE/monday 09:00/INSTANT
//!   trigger count 3 of dispute within …     one case a crossing:     count/PROCEDURE/N/MATTER/AREA/NEWEST CASE
//! ```
//!
//! Each is opened by a command with the key on the right. A key is answered once, so an occurrence opens one case
//! however often time is asked, by however many writers, and after a crash as well.
//!
//! What counts is what comes in from outside: a report, a request, an event from outside. A case that another case
//! calls or brings about by an event is about the same incident and would count it twice; a case that the calendar or
//! a count begins is no incident. So no count can set itself off.

use std::collections::{BTreeMap, BTreeSet};

use ecow::{EcoString, eco_format};
use jiff::Timestamp;

use super::{CaseId, Cause, Command, Event, Fact, Facts, Happening, Order, Rules, facts};
use linkage_calendar::Duration;
use linkage_model::{Count, Institution, Procedure, Schedule, Taxonomy, Trigger};
use linkage_regions::{Kind, NodeRef, Region, Side, Tree};
use linkage_text::Language;

/// How many missed occurrences of one schedule are made up for: a month of a daily one. Those before are skipped, and
/// the first that is opened says how many.
const MAX_LATE_OCCURRENCES: usize = 31;

/// A case that the calendar or a count begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// When it is due to be opened.
    pub due: Timestamp,
    /// The key of its command: used once, whoever opens it.
    pub key: EcoString,
    /// What is run.
    pub procedure: EcoString,
    /// What is known of the situation.
    pub facts: Facts,
    /// What begins it.
    pub because: Cause,
}

impl Occasion {
    /// The command that opens it.
    pub fn command(self) -> Command {
        let order = Order::Begin { procedure: self.procedure, facts: self.facts, because: self.because };
        Command { by: EcoString::new(), key: Some(self.key), order }
    }
}

/// A schedule of the rules, with the first part of the keys of its occurrences.
#[derive(Debug, Clone)]
pub struct Scheduled<'i> {
    procedure: &'i Procedure,
    schedule: &'i Schedule,
    /// Tells it from every other schedule of the rules, also of later rules that still have it.
    pub name: EcoString,
}

/// The schedules of the rules, each once. Those of one procedure that differ only in what they are about are numbered by
/// that, so that their order in the text says nothing.
pub fn schedules<'i>(rules: &Rules<'i>) -> Vec<Scheduled<'i>> {
    let mut all: Vec<Scheduled<'i>> = Vec::new();
    for procedure in &rules.institution.procedures {
        let mut by_time: BTreeMap<EcoString, Vec<&'i Schedule>> = BTreeMap::new();
        for (trigger, _) in &procedure.triggers {
            let Trigger::Schedule(schedule) = trigger else { continue };
            let twins = by_time.entry(schedule.spelled(Language::En)).or_default();
            let said = |other: &&Schedule| same(&other.region, &schedule.region);
            if !twins.iter().any(said) {
                twins.push(schedule);
            }
        }
        for (spelled, mut twins) in by_time {
            if twins.len() > 1 {
                twins.sort_by_cached_key(|own| values(rules.institution, &own.region));
            }
            let own = twins.into_iter().zip(1..).map(|(schedule, number)| {
                let name = eco_format!("schedule/{}/{spelled}", procedure.head.name);
                let name = if number > 1 { eco_format!("{name}#{number}") } else { name };
                Scheduled { procedure, schedule, name }
            });
            all.extend(own);
        }
    }
    all
}

fn same(one: &Region, other: &Region) -> bool {
    one.is_subset(other) && other.is_subset(one)
}

/// What a region has on each axis, by name: the same however values are ordered.
fn values(institution: &Institution, region: &Region) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for (axis, dimension) in institution.space.dimensions.iter().enumerate() {
        let sides = region.cuboids().iter().map(|cuboid| cuboid.sides()[axis].clone());
        let side = sides.reduce(|all, side| all.union(&side)).unwrap_or_else(Side::empty);
        let of_leaf = |taxonomy: &Taxonomy, leaf: u32| {
            taxonomy.tree.leaf(leaf).map(|node| taxonomy.path(node)).unwrap_or_default()
        };
        let each = || side.runs().iter().flat_map(|run| run.start..run.end);
        let mut own: Vec<String> = match &dimension.kind {
            Kind::Tree(_) if axis == Institution::MATTER => {
                each().map(|leaf| of_leaf(&institution.matters, leaf)).collect()
            }
            Kind::Tree(_) => each().map(|leaf| of_leaf(&institution.areas, leaf)).collect(),
            Kind::List(names) => {
                each().filter_map(|value| names.get(value as usize)).map(ToString::to_string).collect()
            }
            Kind::Integer { .. } | Kind::Minutes => {
                side.runs().iter().map(|run| format!("{:010}-{:010}", run.start, run.end)).collect()
            }
        };
        own.sort_unstable();
        all.push(own);
    }
    all
}

/// When the calendar begins a case next; none if the rules have no schedule.
pub fn next_scheduled(rules: &Rules<'_>, after: Timestamp) -> Option<Timestamp> {
    let next = |own: &Scheduled<'_>| own.schedule.recurrence().next_after(after, rules.calendar);
    schedules(rules).iter().filter_map(next).min()
}

impl Scheduled<'_> {
    /// The key of an occurrence.
    fn key(&self, at: Timestamp) -> EcoString {
        eco_format!("{}/{at}", self.name)
    }

    /// The occurrences after an instant up to another that no key is known of, the latest first; and whether an earlier
    /// one is known, so that none before it is missing.
    ///
    /// # Errors
    /// Keys can't be asked for.
    pub fn unopened<E>(
        &self,
        rules: &Rules<'_>,
        (since, until): (Timestamp, Timestamp),
        mut is_known: impl FnMut(&str) -> Result<bool, E>,
    ) -> Result<(Vec<Timestamp>, bool), E> {
        let mut missing = Vec::new();
        for at in self.schedule.recurrence().back_from(until, since, rules.calendar) {
            if is_known(&self.key(at))? {
                return Ok((missing, true));
            }
            missing.push(at);
        }
        Ok((missing, false))
    }

    /// The cases to be opened for missing occurrences, given the latest first: at most as many as are made up for.
    pub fn occasions(&self, rules: &Rules<'_>, missing: &[Timestamp]) -> Vec<Occasion> {
        let (late, skipped) = missing.split_at(missing.len().min(MAX_LATE_OCCURRENCES));
        let mut skipped = u32::try_from(skipped.len()).unwrap_or(u32::MAX);
        // It is about what the scope governs, as far as it names any of that.
        let governed = self.schedule.region.intersect(&rules.institution.scope.region);
        let about = if governed.is_empty() { &self.schedule.region } else { &governed };
        let known = shared(rules.institution, about);
        let mut one = |at: &Timestamp| Occasion {
            due: *at,
            key: self.key(*at),
            procedure: self.procedure.head.name.clone(),
            facts: facts::dated(*rules, known.clone(), *at),
            because: Cause::Schedule {
                schedule: self.schedule.spelled(Language::En),
                due: *at,
                skipped: std::mem::take(&mut skipped),
            },
        };
        late.iter().rev().map(&mut one).collect()
    }
}

/// What holds in every situation of a region, as facts; without the day and the time.
fn shared(institution: &Institution, region: &Region) -> Facts {
    let axes = institution.space.dimensions.iter().enumerate().take(institution.day_axis());
    let all = |axis: usize| {
        let sides = region.cuboids().iter().map(|cuboid| cuboid.sides()[axis].clone());
        sides.reduce(|all, side| all.union(&side)).unwrap_or_else(Side::empty)
    };
    let fact = |(axis, dimension): (usize, &linkage_regions::Dimension)| {
        let side = all(axis);
        let only = match side.runs() {
            [run] if run.end == run.start + 1 => Some(run.start),
            _ => None,
        };
        let fact = match &dimension.kind {
            Kind::Tree(_) => {
                let tree =
                    if axis == Institution::MATTER { &institution.matters } else { &institution.areas };
                Fact::Text(node_of(tree, &side)?)
            }
            Kind::Integer { lowest, .. } => Fact::Number(lowest.checked_add(i64::from(only?))?),
            Kind::List(names) => {
                let name = names.get(usize::try_from(only?).ok()?)?;
                match name.as_str() {
                    "true" => Fact::Truth(true),
                    "false" => Fact::Truth(false),
                    _ => Fact::Text(name.clone()),
                }
            }
            Kind::Minutes => return None,
        };
        Some((dimension.name.clone(), fact))
    };
    axes.filter_map(fact).collect()
}

/// The path of the node that has exactly these leaves; of nested ones the lowest. None stands for the whole tree.
fn node_of(taxonomy: &Taxonomy, side: &Side) -> Option<EcoString> {
    let mut nodes = taxonomy.tree.nodes().rev().filter(|(node, _)| *node != Tree::ROOT);
    nodes.find(|(node, _)| taxonomy.tree.side(*node) == *side).map(|(node, _)| taxonomy.path(node).into())
}

/// A case as it was opened, for what counts cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Its number.
    pub case: CaseId,
    /// When it was opened.
    pub at: Timestamp,
    /// What was known then.
    pub facts: Facts,
}

impl Opening {
    /// The opening that an event is, if it is one that counts by these rules.
    pub fn counted(rules: &Rules<'_>, event: &Event) -> Option<Self> {
        let Happening::Opened { procedure, facts, because, .. } = &event.what else { return None };
        // What was referred on, outside the scope, runs no procedure and is no case that counts.
        if procedure.is_empty() {
            return None;
        }
        let counts = match because {
            Cause::Report => true,
            // An event from outside that several procedures hear is one incident: the first of them counts.
            Cause::Event { event, from: None } => first_listener(rules, event) == Some(procedure),
            Cause::Event { .. } | Cause::Call { .. } | Cause::Schedule { .. } | Cause::Count { .. } => false,
        };
        counts.then(|| Self { case: event.case, at: event.at, facts: facts.clone() })
    }
}

fn first_listener<'i>(rules: &Rules<'i>, event: &str) -> Option<&'i EcoString> {
    let hears = |trigger: &Trigger| matches!(trigger, Trigger::Event(name) if name == event);
    let first = |own: &&Procedure| own.triggers.iter().any(|(trigger, _)| hears(trigger));
    rules.institution.procedures.iter().find(first).map(|own| &own.head.name)
}

/// One kind of case at one place, as one count of the rules counts it.
#[derive(Debug, Clone)]
pub struct Counting {
    /// Tells it from every other: the first part of the keys of its crossings.
    pub series: EcoString,
    procedure: EcoString,
    number: u32,
    within: Duration,
    matter: EcoString,
    area: EcoString,
}

/// Where an opening counts: its whole situation lies in the region of the count.
pub fn countings(rules: &Rules<'_>, opening: &Opening) -> Vec<Counting> {
    let institution = rules.institution;
    let counts = |procedure: &'_ Procedure| {
        procedure.triggers.iter().any(|(trigger, _)| matches!(trigger, Trigger::Count(_)))
    };
    if !institution.procedures.iter().any(counts) {
        return Vec::new();
    }
    let situation = facts::region(institution, &opening.facts);
    let mut all = Vec::new();
    for procedure in &institution.procedures {
        let own = procedure.triggers.iter().filter_map(|(trigger, _)| match trigger {
            Trigger::Count(count) => Some(count),
            _ => None,
        });
        for (count, number) in numbered(institution, own.collect()).into_iter().zip(1_usize..) {
            if !situation.is_subset(&count.region) {
                continue;
            }
            for matter in named(&institution.matters, &count.matters, &situation, Institution::MATTER) {
                for area in places(institution, count, opening, &situation) {
                    let series = eco_format!("count/{}/{number}/{matter}/{area}", procedure.head.name);
                    all.push(Counting {
                        series,
                        procedure: procedure.head.name.clone(),
                        number: count.number,
                        within: count.within,
                        matter: matter.clone(),
                        area,
                    });
                }
            }
        }
    }
    all
}

/// The counts of a procedure in an order of their own, each once: their order in the text says nothing.
fn numbered<'c>(institution: &Institution, mut counts: Vec<&'c Count>) -> Vec<&'c Count> {
    if counts.len() < 2 {
        return counts;
    }
    let paths = |taxonomy: &Taxonomy, nodes: &[NodeRef]| {
        let paths: BTreeSet<String> = nodes.iter().map(|node| taxonomy.path(*node)).collect();
        paths
    };
    let named = |count: &Count| {
        (paths(&institution.matters, &count.matters), paths(&institution.areas, &count.areas))
    };
    let size = |count: &Count| (count.number, count.within.as_kept());
    counts.sort_by(|one, other| {
        let by_name = || named(one).cmp(&named(other));
        let by_value = || values(institution, &one.region).cmp(&values(institution, &other.region));
        size(one).cmp(&size(other)).then_with(by_name).then_with(by_value)
    });
    counts.dedup_by(|one, other| {
        size(one) == size(other) && named(one) == named(other) && same(&one.region, &other.region)
    });
    counts
}

/// The areas that the count names around the situation; without any, the place where the case lies, if it is known.
fn places(institution: &Institution, count: &Count, opening: &Opening, situation: &Region) -> Vec<EcoString> {
    if !count.areas.is_empty() {
        return named(&institution.areas, &count.areas, situation, Institution::AREA);
    }
    let name = &institution.space.dimensions[Institution::AREA].name;
    match opening.facts.get(name) {
        Some(Fact::Text(area)) => vec![area.clone()],
        _ => Vec::new(),
    }
}

/// The paths of those nodes that hold the whole situation.
fn named(taxonomy: &Taxonomy, nodes: &[NodeRef], situation: &Region, axis: usize) -> Vec<EcoString> {
    let holds = |node: &&NodeRef| {
        let side = taxonomy.tree.side(**node);
        situation.cuboids().iter().all(|cuboid| cuboid.sides()[axis].minus(&side).is_empty())
    };
    nodes.iter().filter(holds).map(|node| taxonomy.path(*node).into()).collect()
}

impl Counting {
    /// The key of the crossing that a case brings about.
    pub fn key(&self, case: CaseId) -> EcoString {
        eco_format!("{}/{case}", self.series)
    }

    /// Whether a case opened at one instant still counts at another: the time of the rule, counted from its opening as
    /// any deadline, has not passed.
    pub fn holds(&self, rules: &Rules<'_>, opened: Timestamp, now: Timestamp) -> bool {
        rules.due(opened, self.within).is_some_and(|due| now < due.at)
    }

    /// The case that these begin, the newest of them last.
    fn occasion(&self, rules: &Rules<'_>, counted: &[Opening]) -> Option<Occasion> {
        let newest = counted.last()?;
        let facts = facts::dated(*rules, in_common(rules.institution, counted, &self.area), newest.at);
        let because = Cause::Count {
            matter: self.matter.clone(),
            area: self.area.clone(),
            within: self.within.as_kept(),
            cases: counted.iter().map(|own| own.case).collect(),
        };
        let procedure = self.procedure.clone();
        Some(Occasion { due: newest.at, key: self.key(newest.case), procedure, facts, because })
    }
}

/// What these cases have in common, as facts: of matter and area the lowest node above all of them. Without the day
/// and the time.
fn in_common(institution: &Institution, counted: &[Opening], area: &EcoString) -> Facts {
    let Some((first, others)) = counted.split_first() else { return Facts::new() };
    let name = |axis: usize| &institution.space.dimensions[axis].name;
    let tree = [name(Institution::MATTER), name(Institution::AREA)];
    let own_time = [name(institution.day_axis()), name(institution.time_axis())];
    let mut facts = Facts::new();
    for (axis, fact) in first.facts.iter().filter(|(axis, _)| !own_time.contains(axis)) {
        let shared = others.iter().try_fold(fact.clone(), |shared, other| {
            let other = other.facts.get(axis)?;
            match (&shared, other) {
                _ if shared == *other => Some(shared),
                (Fact::Text(one), Fact::Text(two)) if tree.contains(&axis) => {
                    above_both(one, two).map(Fact::Text)
                }
                _ => None,
            }
        });
        facts.extend(shared.map(|shared| (axis.clone(), shared)));
    }
    facts.entry(name(Institution::AREA).clone()).or_insert_with(|| Fact::Text(area.clone()));
    facts
}

/// The path of the lowest node above two; none if they lie in different trees.
fn above_both(one: &str, other: &str) -> Option<EcoString> {
    let shared = one.split('.').zip(other.split('.')).take_while(|(one, other)| one == other);
    let names: Vec<&str> = shared.map(|(name, _)| name).collect();
    (!names.is_empty()).then(|| names.join(".").into())
}

/// The cases that count and have not begun another one yet, by series.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    series: BTreeMap<EcoString, Vec<Opening>>,
}

impl Counted {
    /// Takes a new case in, and tells what it begins. `before` finds the earlier cases of a series that is asked for
    /// the first time, the oldest first.
    ///
    /// A crossing uses up the cases that it counts: the next case of the series begins to count from one again. So each
    /// case takes part in one crossing at most.
    ///
    /// # Errors
    /// Earlier cases can't be found.
    pub fn take<E>(
        &mut self,
        rules: &Rules<'_>,
        opening: &Opening,
        mut before: impl FnMut(&Counting) -> Result<Vec<Opening>, E>,
    ) -> Result<Vec<Occasion>, E> {
        let mut begun = Vec::new();
        for counting in countings(rules, opening) {
            let own = match self.series.entry(counting.series.clone()) {
                std::collections::btree_map::Entry::Occupied(own) => own.into_mut(),
                std::collections::btree_map::Entry::Vacant(place) => place.insert(before(&counting)?),
            };
            own.retain(|older| counting.holds(rules, older.at, opening.at));
            own.push(opening.clone());
            if own.len() >= usize::try_from(counting.number).unwrap_or(usize::MAX) {
                begun.extend(counting.occasion(rules, &std::mem::take(own)));
            }
        }
        Ok(begun)
    }

    /// Forgets all: what is asked for next is found anew.
    pub fn clear(&mut self) {
        self.series.clear();
    }
}
