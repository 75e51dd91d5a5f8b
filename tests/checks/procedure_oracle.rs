//! Random procedures, asked by code that knows no classes, no blocks as wholes and no pieces: every combination
//! of places is walked, and every minute of the start is counted by itself.
//!
//! `LINKAGE_ORACLE_CASES` says how many.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;
use std::sync::Arc;

use linkage::checks::Fact;
use linkage::flow::{Course, Ends, Flow, Times, branches};
use linkage::model::{Institution, NodeId, NodeKind, Procedure, PropertyId, Target, resolve};
use linkage::space::{Point, Region};
use linkage::syntax::parse;
use linkage::text::SourceId;
use linkage::time::{Almanac, Calendar, Latest, deadline};
use proptest::prelude::*;

pub(super) fn cases(few: u32) -> ProptestConfig {
    let asked = std::env::var("LINKAGE_ORACLE_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig::with_cases(asked.unwrap_or(few))
}

/// A procedure as it is thrown: a node at the top or in a block, blocks in blocks.
#[derive(Debug, Clone)]
pub(super) enum Thrown {
    Step { outcomes: Vec<(u8, u8)>, timeout: Option<u8>, within: u8 },
    Choose { arms: Vec<(u8, u8)>, otherwise: Option<u8> },
    Block { all: bool, inside: Vec<Thrown>, then: u8, within: u8 },
}

pub(super) fn node(depth: u32) -> BoxedStrategy<Thrown> {
    let step = (
        proptest::collection::vec((any::<u8>(), 0u8..6), 1..3),
        proptest::option::weighted(0.3, any::<u8>()),
        any::<u8>(),
    )
        .prop_map(|(outcomes, timeout, within)| Thrown::Step { outcomes, timeout, within });
    let choose = (
        proptest::collection::vec((any::<u8>(), 0u8..6), 1..3),
        proptest::option::weighted(0.7, any::<u8>()),
    )
        .prop_map(|(arms, otherwise)| Thrown::Choose { arms, otherwise });
    if depth == 0 {
        return prop_oneof![4 => step, 1 => choose].boxed();
    }
    let block = (any::<bool>(), proptest::collection::vec(node(depth - 1), 1..4), any::<u8>(), any::<u8>())
        .prop_map(|(all, inside, then, within)| Thrown::Block { all, inside, then, within });
    prop_oneof![4 => step, 1 => choose, 2 => block].boxed()
}

const CONDITIONS: [&str; 4] = ["wet", "not wet", "dark", "not dark"];
const TIMES: [&str; 10] = [
    "",
    "",
    "30 minutes",
    "5 hours",
    "1 day",
    "2 days",
    "1 workday",
    "3 workdays",
    "3 workhours",
    "9 workhours",
];

/// The nodes as text. Ways lead to nodes beside, to those around, to the end of the branch or the case.
pub(super) struct Writer {
    pub text: String,
    pub named: usize,
    pub timed: bool,
}

impl Writer {
    pub(super) fn nodes(&mut self, nodes: &[Thrown], around: &[Vec<String>], depth: usize) {
        let names: Vec<String> = nodes
            .iter()
            .map(|_| {
                self.named += 1;
                format!("n{}", self.named)
            })
            .collect();
        let mut beside = around.to_vec();
        beside.push(names.clone());
        for (own, name) in nodes.iter().zip(&names) {
            let target = |at: u8, inside: usize| {
                let own = &beside[inside];
                let at = usize::from(at);
                match at % 8 {
                    0..=2 if inside > 0 => "join".to_owned(),
                    0 | 1 => "close".to_owned(),
                    3 if inside > 0 && at % 3 == 0 => {
                        beside[inside - 1][at / 8 % beside[inside - 1].len()].clone()
                    }
                    4 if at % 5 == 0 => "close unsolved".to_owned(),
                    _ => own[at / 8 % own.len()].clone(),
                }
            };
            let time = |within: u8| TIMES[usize::from(within) % TIMES.len()];
            match own {
                Thrown::Step { outcomes, timeout, within } => {
                    let _ = write!(self.text, " step {name} {{ by a ");
                    let own_time = if self.timed { time(*within) } else { "1 day" };
                    if !own_time.is_empty() {
                        let _ = write!(self.text, "within {own_time} ");
                    }
                    for (number, (to, when)) in outcomes.iter().enumerate() {
                        let when = CONDITIONS
                            .get(usize::from(*when))
                            .map(|when| format!("when {when} "))
                            .unwrap_or_default();
                        let _ = write!(self.text, "outcome o{number} {when}-> {} ", target(*to, depth));
                    }
                    if let Some(to) = timeout.filter(|_| !own_time.is_empty()) {
                        let _ = write!(self.text, "on timeout -> {} ", target(to, depth));
                    }
                    self.text.push('}');
                }
                Thrown::Choose { arms, otherwise } => {
                    let _ = write!(self.text, " choose {name} {{ ");
                    for (to, when) in arms {
                        let _ = write!(
                            self.text,
                            "when {} -> {} ",
                            CONDITIONS[usize::from(*when) % 4],
                            target(*to, depth)
                        );
                    }
                    if let Some(to) = otherwise {
                        let _ = write!(self.text, "otherwise -> {} ", target(*to, depth));
                    }
                    self.text.push('}');
                }
                Thrown::Block { all, inside, then, within } => {
                    let _ = write!(self.text, " {} {name} {{ ", if *all { "all" } else { "any" });
                    if self.timed && within % 4 == 0 && !time(*within).is_empty() {
                        let _ = write!(self.text, "within {} ", time(*within));
                    }
                    self.nodes(inside, &beside, depth + 1);
                    let _ = write!(self.text, " then {} }}", target(*then, depth));
                }
            }
        }
    }
}

fn institution(nodes: &[Thrown], timed: bool) -> (String, Institution) {
    let mut writer = Writer { text: String::new(), named: 0, timed };
    writer.nodes(nodes, &[], 0);
    let text = format!(
        "area t matter m attribute wet : boolean attribute dark : boolean body a {{ kind police }}
         procedure p {{ trigger report of m lead a{} }}",
        writer.text
    );
    let parsed = parse(SourceId::default(), &text);
    assert!(parsed.errors.is_empty(), "{:?}\n{text}", parsed.errors);
    let resolved = resolve(&[&parsed.file]);
    assert!(resolved.errors.is_empty(), "{:?}\n{text}", resolved.errors);
    (text, resolved.institution)
}

/// Where everybody is: at nodes, in open blocks with so many joined; closed if nowhere is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Marking {
    at: Vec<NodeId>,
    open: BTreeMap<NodeId, usize>,
    closed: bool,
}

/// The procedure as the executor walks it, in one situation.
struct Walker<'p> {
    procedure: &'p Procedure,
    point: Point,
    /// What is never left again: whoever comes to the end has not passed it.
    barred: Option<NodeId>,
}

impl Walker<'_> {
    fn holds(&self, region: Option<&Region>) -> bool {
        region.is_none_or(|region| region.contains(&self.point))
    }

    fn around(&self, node: NodeId) -> Vec<NodeId> {
        let above = |node: &NodeId| self.procedure.nodes[node.index()].block;
        std::iter::successors(above(&node), above).collect()
    }

    /// Where a node leads; for blocks nothing.
    fn targets(&self, node: NodeId) -> Vec<Option<Target>> {
        match &self.procedure.nodes[node.index()].kind {
            NodeKind::Step(step) => {
                let open = step.outcomes.iter().filter(|outcome| self.holds(outcome.when.as_ref()));
                let late = step.on_timeout.map(|(target, _)| Some(target));
                open.map(|outcome| outcome.target).chain(late).collect()
            }
            NodeKind::Choose(choice) => {
                let arm = choice.arms.iter().find(|arm| self.holds(Some(&arm.guard)));
                vec![arm.map(|arm| arm.target).or(choice.otherwise.map(|(target, _)| target))]
            }
            NodeKind::Block(_) | NodeKind::Call(_) => Vec::new(),
        }
    }

    fn enter(&self, marking: &mut Marking, node: NodeId) {
        if let NodeKind::Block(_) = &self.procedure.nodes[node.index()].kind {
            marking.open.insert(node, 0);
            for start in branches(self.procedure, node) {
                self.enter(marking, start);
            }
        } else {
            marking.at.push(node);
        }
    }

    /// Takes away all that is inside a block.
    fn end(&self, marking: &mut Marking, block: NodeId) {
        marking.at.retain(|node| !self.around(*node).contains(&block));
        marking.open.retain(|open, _| *open != block && !self.around(*open).contains(&block));
    }

    fn go(&self, marking: &mut Marking, from: NodeId, target: Target) -> bool {
        match target {
            Target::Node(to) => {
                for block in self.around(from) {
                    if !self.around(to).contains(&block) {
                        self.end(marking, block);
                    }
                }
                self.enter(marking, to);
                true
            }
            Target::Close(_) => {
                *marking = Marking { at: Vec::new(), open: BTreeMap::new(), closed: true };
                true
            }
            Target::Join => {
                let Some(block) = self.procedure.nodes[from.index()].block else { return false };
                let NodeKind::Block(own) = &self.procedure.nodes[block.index()].kind else { return false };
                let Some(joined) = marking.open.get_mut(&block) else { return false };
                *joined += 1;
                if own.all && *joined < branches(self.procedure, block).len() {
                    return true;
                }
                self.end(marking, block);
                own.then.is_none_or(|(target, _)| self.go(marking, block, target))
            }
            Target::Escalate => false,
        }
    }

    fn next(&self, marking: &Marking) -> Vec<Marking> {
        let mut next = Vec::new();
        for (index, node) in marking.at.iter().enumerate().filter(|(_, node)| Some(**node) != self.barred) {
            for target in self.targets(*node) {
                let mut after = marking.clone();
                after.at.remove(index);
                if target.is_some_and(|target| self.go(&mut after, *node, target)) {
                    after.at.sort_unstable();
                    next.push(after);
                }
            }
        }
        next
    }

    /// The nodes that are come to, and whether some combination of places leads nowhere; none where there are
    /// too many.
    fn all(&self) -> Option<(BTreeSet<NodeId>, bool)> {
        let known = self.known()?;
        let reached =
            known.keys().flat_map(|marking| marking.at.iter().chain(marking.open.keys()).copied()).collect();
        let mut ending: BTreeSet<&Marking> = known.keys().filter(|marking| marking.closed).collect();
        loop {
            let before = ending.len();
            ending.extend(
                known
                    .iter()
                    .filter(|(_, next)| next.iter().any(|next| ending.contains(next)))
                    .map(|(at, _)| at)
                    .collect::<Vec<_>>(),
            );
            if ending.len() == before {
                return Some((reached, ending.len() < known.len()));
            }
        }
    }

    /// Whether the end is come to; whether somebody can go round for ever. None where there are too many.
    fn closes_and_circles(&self) -> Option<(bool, bool)> {
        let known = self.known()?;
        let closes = known.keys().any(|marking| marking.closed);
        // What only leads on to what is taken away already is taken away too: a circle stays.
        let mut left: BTreeSet<&Marking> = known.keys().collect();
        loop {
            let before = left.len();
            let on: BTreeSet<&Marking> =
                left.iter().copied().filter(|at| known[*at].iter().any(|next| left.contains(next))).collect();
            left = on;
            if left.len() == before {
                return Some((closes, !left.is_empty()));
            }
        }
    }

    /// Every combination with those that follow; none where there are too many.
    fn known(&self) -> Option<BTreeMap<Marking, Vec<Marking>>> {
        let mut first = Marking { at: Vec::new(), open: BTreeMap::new(), closed: false };
        self.enter(&mut first, NodeId(0));
        first.at.sort_unstable();
        let mut known: BTreeMap<Marking, Vec<Marking>> = BTreeMap::new();
        let mut queue = VecDeque::from([first]);
        while let Some(marking) = queue.pop_front() {
            if known.contains_key(&marking) {
                continue;
            }
            if known.len() > 3_000 {
                return None;
            }
            let next = self.next(&marking);
            queue.extend(next.iter().cloned());
            known.insert(marking, next);
        }
        Some(known)
    }
}

/// Whether two branches meet at a block: it is entered twice and loses count, which P009 tells.
fn loses_count(course: &Course) -> bool {
    let blocks = (0..)
        .map(NodeId)
        .zip(&course.procedure.nodes)
        .filter(|(_, node)| matches!(node.kind, NodeKind::Block(_)));
    blocks.into_iter().any(|(block, _)| {
        let around =
            course.procedure.nodes[block.index()].block.and_then(|around| course.fragment_of(around));
        let comes = |branch: &linkage::flow::Branch| branch.comes.contains_key(&course.flow.at(block));
        around.is_some_and(|around| around.branches.iter().filter(|branch| comes(branch)).count() > 1)
    })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn courses_are_those_of_all_combinations_of_places(nodes in proptest::collection::vec(node(2), 1..5)) {
        let (text, institution) = institution(&nodes, false);
        let procedure = &institution.procedures[0];
        let everything = Region::full(&institution.space);
        let flow = Arc::new(Flow::new(procedure, &everything));
        let course = Course::new(procedure, &flow, &institution.space, &everything, &Ends::new());
        prop_assume!(!loses_count(&course));
        let lost = course.lost(false);
        for class in 0..course.classes.count() {
            let point = course.classes.one(class).and_then(Region::witness).expect("a situation");
            let Some((reached, stuck)) = (Walker { procedure, point, barred: None }).all() else { continue };
            for id in (0..).map(NodeId).take(procedure.nodes.len()) {
                // A block that no branch begins is entered and is nowhere.
                prop_assert_eq!(course.reach_node(id).contains(class), reached.contains(&id), "{:?} class {}\n{}", id, class, text);
            }
            prop_assert_eq!(lost.contains(class), stuck, "lost, class {}\n{}", class, text);
        }
    }
}

proptest! {
    #![proptest_config(cases(64))]

    /// What a case passes, and whether it can take as long as it likes, asked of every combination of places.
    #[test]
    fn properties_hold_where_no_combination_of_places_refutes_them(
        nodes in proptest::collection::vec(node(2), 1..5),
    ) {
        let (mut text, institution) = institution(&nodes, false);
        let procedure = &institution.procedures[0];
        let everything = Region::full(&institution.space);
        let flow = Arc::new(Flow::new(procedure, &everything));
        let course = Course::new(procedure, &flow, &institution.space, &everything, &Ends::new());
        prop_assume!(!loses_count(&course));
        let all = (0..).map(NodeId).zip(&procedure.nodes);
        let steps: Vec<(NodeId, &str)> = all
            .filter(|(_, node)| matches!(node.kind, NodeKind::Step(_)))
            .map(|(id, node)| (id, node.head.name.as_str()))
            .collect();
        for (_, name) in &steps {
            let _ = write!(text, " require every procedure passes {name}");
        }
        text.push_str(" require every procedure closes within 1000 days");
        let analysis = super::analyse(&text);
        let told = |property: usize| {
            let fact = Fact::Property(PropertyId::at(property));
            analysis.findings.iter().find(|it| it.facts.iter().any(|(_, own)| *own == fact))
        };
        let mut endless = false;
        for class in 0..course.classes.count() {
            let point = course.classes.one(class).and_then(Region::witness).expect("a situation");
            for (at, (id, name)) in steps.iter().enumerate() {
                let walker = Walker { procedure, point: point.clone(), barred: Some(*id) };
                let Some((closes, _)) = walker.closes_and_circles() else { return Ok(()) };
                let region = told(at).and_then(|it| it.region.as_ref());
                let refuted = region.is_some_and(|region| region.contains(&point));
                prop_assert_eq!(refuted, closes, "{} class {}\n{}", name, class, text);
            }
            let walker = Walker { procedure, point, barred: None };
            let Some(((_, stuck), (_, circle))) = walker.all().zip(walker.closes_and_circles()) else {
                return Ok(());
            };
            endless |= stuck || circle;
        }
        prop_assert_eq!(told(steps.len()).is_some(), endless, "{}", text);
    }
}

/// The ends of every run through a part, each node once: where, and when.
struct Clockwork<'p> {
    walker: Walker<'p>,
    calendar: &'p Calendar,
    zero: jiff::Timestamp,
    runs: std::cell::Cell<usize>,
}

type Minute = i64;

/// Each end once.
fn note(ends: &mut Vec<(Option<Target>, Minute)>, end: (Option<Target>, Minute)) {
    if !ends.contains(&end) {
        ends.push(end);
    }
}

impl Clockwork<'_> {
    fn due(&self, from: Minute, within: linkage::time::Duration) -> Minute {
        let start = self.zero + jiff::SignedDuration::from_mins(from);
        let due = deadline(start, within, self.calendar).expect("is due").due;
        due.duration_since(self.zero).as_mins()
    }

    /// `None` as place is the end of the branch; a node beyond the part, or the end of the case, is as it is.
    fn ends(
        &self,
        block: Option<NodeId>,
        at: NodeId,
        time: Minute,
        been: &mut Vec<NodeId>,
        ends: &mut Vec<(Option<Target>, Minute)>,
    ) {
        self.runs.set(self.runs.get() + 1);
        if self.runs.get() > 400 {
            return;
        }
        for (target, left) in self.leave(at, time) {
            match target {
                Target::Join => note(ends, (None, left)),
                Target::Node(to) if block.is_none_or(|block| self.walker.around(to).contains(&block)) => {
                    if !been.contains(&to) {
                        been.push(to);
                        self.ends(block, to, left, been, ends);
                        been.pop();
                    }
                }
                other => note(ends, (Some(other), left)),
            }
        }
    }

    fn leave(&self, node: NodeId, time: Minute) -> Vec<(Target, Minute)> {
        match &self.walker.procedure.nodes[node.index()].kind {
            NodeKind::Step(step) => {
                let due = step.within.map(|(within, _)| self.due(time, within));
                let in_time = due.map_or(time, |due| (due - 1).max(time));
                let open = step.outcomes.iter().filter(|outcome| self.walker.holds(outcome.when.as_ref()));
                let open = open.filter_map(|outcome| Some((outcome.target?, in_time)));
                open.chain(step.on_timeout.map(|(target, _)| (target, due.unwrap_or(time)))).collect()
            }
            NodeKind::Block(own) => {
                let cap = own.within.map(|(within, _)| (self.due(time, within) - 1).max(time));
                let mut each: Vec<Vec<(Option<Target>, Minute)>> = Vec::new();
                for start in branches(self.walker.procedure, node) {
                    let mut ends = Vec::new();
                    self.ends(Some(node), start, time, &mut vec![start], &mut ends);
                    each.push(ends);
                }
                let mut leaving: Vec<(Option<Target>, Minute)> = Vec::new();
                // Every combination of ends; a branch without an end runs on for ever.
                let mut chosen: Vec<Vec<(Option<Target>, Minute)>> = vec![Vec::new()];
                for ends in each.iter().filter(|ends| !ends.is_empty()) {
                    chosen = chosen
                        .iter()
                        .flat_map(|so_far| {
                            ends.iter().map(|end| {
                                let mut all = so_far.clone();
                                all.push(*end);
                                all
                            })
                        })
                        .collect();
                    if chosen.len() > 2_000 {
                        self.runs.set(1_000);
                        return Vec::new();
                    }
                }
                for ends in chosen.iter().filter(|ends| !ends.is_empty()) {
                    if own.all {
                        leaving.extend(ends.iter().filter(|(to, _)| to.is_some()));
                        if ends.len() == each.len() && ends.iter().all(|(to, _)| to.is_none()) {
                            leaving.push((None, ends.iter().map(|(_, at)| *at).max().expect("some")));
                        }
                    } else {
                        // Whoever is to be first can be quicker than its deadline.
                        let first = ends.iter().map(|(_, at)| *at).min().expect("some");
                        leaving.extend(ends.iter().map(|(to, _)| (*to, first)));
                    }
                }
                let capped = |at: Minute| cap.map_or(at, |cap| at.min(cap));
                let then = own.then.map(|(target, _)| target);
                leaving.into_iter().filter_map(|(to, at)| Some((to.or(then)?, capped(at)))).collect()
            }
            _ => self.walker.targets(node).into_iter().flatten().map(|target| (target, time)).collect(),
        }
    }
}

proptest! {
    #![proptest_config(cases(24))]

    /// Two days and a half of starts before the Spring Festival, with a make-up Saturday.
    #[test]
    fn the_latest_end_is_that_of_every_run_at_every_minute(nodes in proptest::collection::vec(node(1), 1..4)) {
        let (text, institution) = institution(&nodes, true);
        let procedure = &institution.procedures[0];
        let everything = Region::full(&institution.space);
        let flow = Arc::new(Flow::new(procedure, &everything));
        let course = Course::new(procedure, &flow, &institution.space, &everything, &Ends::new());
        prop_assume!(!loses_count(&course));
        let calendar = Calendar::from_yaml(include_str!("../../rules/luzhi/calendar.yaml")).expect("right");
        let almanac = Almanac::new(&calendar, jiff::civil::date(2026, 2, 13), 400);
        let span = (0, 60 * 60);
        for class in 0..course.classes.count() {
            let point = course.classes.one(class).and_then(Region::witness).expect("a situation");
            let walker = Walker { procedure, point, barred: None };
            let clockwork = Clockwork { walker, calendar: &calendar, zero: almanac.instant(0), runs: 0.into() };
            let times = Times::new(&course, &almanac, Some(class), &|_| None);
            let closed = times.closed(&Latest::start([span]));
            for start in (span.0..span.1).step_by(if std::env::var_os("LINKAGE_ORACLE_CASES").is_some() { 1 } else { 17 }) {
                clockwork.runs.set(0);
                let mut ends = Vec::new();
                clockwork.ends(None, NodeId(0), start, &mut vec![NodeId(0)], &mut ends);
                if clockwork.runs.get() > 400 {
                    break;
                }
                let wanted = ends.iter().filter(|(to, _)| matches!(to, Some(Target::Close(_)))).map(|(_, at)| *at).max();
                let found = closed.as_ref().and_then(|closed| closed.at(start));
                prop_assert_eq!(found, wanted, "start {} class {}\n{}", start, class, text);
            }
        }
    }
}
