//! What the checks of procedures share: their exact courses, how called ones end, and what links them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, EdgeIndex};

use super::beginnings::starting;
use super::{Context, Fact, Finding};
use linkage_calendar::{Almanac, Calendar, Duration, Unit};
use linkage_flow::{Course, Ends, Flow, Set, Spot, Way};
use linkage_model::{Condition, Institution, Node, NodeId, NodeKind, Procedure, ProcedureId, Rung, Trigger};
use linkage_regions::{Cuboid, Region};
use linkage_text::Span;

/// Beside the year of starts the almanac holds what the deadlines of one procedure add up to, and so many days.
const SPARE: u32 = 400;

/// The course of each procedure, from the situations in which its cases begin.
pub(super) fn courses<'c>(context: &'c Context<'_>) -> &'c [Course] {
    context.courses.get_or_init(|| {
        let institution = context.institution();
        let ends = ends(context);
        let course = |(id, procedure): (ProcedureId, &Procedure)| {
            let flow = &context.flows[id.index()];
            Course::new(procedure, flow, &institution.space, starting(context, id), ends)
        };
        institution.procedures().map(course).collect()
    })
}

/// For each called procedure the situations in which it can be closed as solved, and as unsolved.
pub(super) fn ends<'c>(context: &'c Context<'_>) -> &'c Ends {
    context.ends.get_or_init(|| {
        let institution = context.institution();
        ends_of(institution, &institution.procedures, &context.flows)
    })
}

/// The same for procedures as they might be, with their graphs.
pub(super) fn ends_of(institution: &Institution, procedures: &[Procedure], flows: &[Arc<Flow>]) -> Ends {
    let space = &institution.space;
    let calls = procedures.iter().flat_map(|procedure| &procedure.nodes);
    let called = calls.filter_map(|node| match &node.kind {
        NodeKind::Call(call) => call.runs.map(|(runs, _)| runs),
        _ => None,
    });
    let nothing = || Region::empty(space);
    let everything = Region::full(space);
    let mut ends: Ends = called.map(|id| (id, [nothing(), nothing()])).collect();
    // From no end at all upwards: who only calls itself never ends. Each is asked again when what it calls has got
    // further ends, the called before those that call them where they are no circle; regions only grow, and only by
    // what clauses cut, so it comes to an end.
    let calling = calling(procedures);
    let mut waiting: BTreeSet<usize> = (0..ends.len()).collect();
    let order = called_first(&calling, ends.keys().copied());
    while let Some(next) = waiting.pop_first() {
        let id = order[next];
        {
            let at = id.index();
            let course = Course::new(&procedures[at], &flows[at], space, &everything, &ends);
            let closed = |end| course.reach(Spot::Closed(end));
            let solved = &closed(None) | &closed(Some(true));
            let found = [solved, closed(Some(false))].map(|set| course.classes.region(space, &set));
            let found = found.map(|region| at_any_time(institution, &region));
            let grown = ends
                .get(&id)
                .is_some_and(|known| found.iter().zip(known).any(|(new, old)| !new.is_subset(old)));
            if grown {
                ends.insert(id, found);
                let callers = order
                    .iter()
                    .enumerate()
                    .filter(|(_, other)| calling.get(other).is_some_and(|called| called.contains(&id)));
                waiting.extend(callers.map(|(at, _)| at));
            }
        }
    }
    ends
}

/// The procedures that each procedure calls.
fn calling(procedures: &[Procedure]) -> BTreeMap<ProcedureId, BTreeSet<ProcedureId>> {
    let mut calling: BTreeMap<ProcedureId, BTreeSet<ProcedureId>> = BTreeMap::new();
    for (from, procedure) in (0..).map(ProcedureId).zip(procedures) {
        let calls = procedure.nodes.iter().filter_map(|node| match &node.kind {
            NodeKind::Call(call) => call.runs.map(|(runs, _)| runs),
            NodeKind::Step(_) | NodeKind::Choose(_) | NodeKind::Block(_) => None,
        });
        calling.entry(from).or_default().extend(calls);
    }
    calling
}

/// Procedures in such an order that the called come before those that call them, where they are no circle.
fn called_first(
    calling: &BTreeMap<ProcedureId, BTreeSet<ProcedureId>>,
    wanted: impl Iterator<Item = ProcedureId>,
) -> Vec<ProcedureId> {
    let wanted: Vec<ProcedureId> = wanted.collect();
    let mut graph: DiGraph<ProcedureId, ()> = DiGraph::new();
    let nodes: BTreeMap<ProcedureId, _> = wanted.iter().map(|id| (*id, graph.add_node(*id))).collect();
    for (from, called) in calling {
        for to in called {
            if let (Some(from), Some(to)) = (nodes.get(from), nodes.get(to)) {
                graph.add_edge(*from, *to, ());
            }
        }
    }
    // Components come in reverse topological order: what is led to before what leads to it.
    tarjan_scc(&graph).into_iter().flatten().map(|node| graph[node]).collect()
}

/// The calendar written out from the beginning of the year asked about.
pub(super) fn almanac<'c>(context: &'c Context<'_>) -> &'c Almanac {
    context.almanac.get_or_init(|| {
        let first = context.division.day.first_of_year();
        let standard = Calendar::standard;
        let write =
            |calendar: &Calendar| Almanac::new(calendar, first, longest(context).saturating_add(366 + SPARE));
        context.calendar.map_or_else(|| write(&standard()), write)
    })
}

/// The most days that the deadlines of one procedure can add up to, where every other day is a workday.
fn longest(context: &Context<'_>) -> u32 {
    let rungs = |rungs: &[Rung]| rungs.iter().map(rung_days).sum::<u64>();
    let of_node = |node: &Node| match &node.kind {
        NodeKind::Step(step) => step.within.map_or(0, |(within, _)| days(within)) + rungs(&step.escalation),
        NodeKind::Block(block) => block.within.map_or(0, |(within, _)| days(within)),
        NodeKind::Call(call) => {
            let whole = call.runs.and_then(|(runs, _)| context.institution()[runs].within);
            call.within.or(whole).map_or(0, |(within, _)| days(within))
        }
        NodeKind::Choose(_) => 0,
    };
    let of_procedure = |procedure: &Procedure| {
        let nodes: u64 = procedure.nodes.iter().map(of_node).sum();
        nodes.max(procedure.within.map_or(0, |(within, _)| days(within))) + rungs(&procedure.escalation)
    };
    let longest = context.institution().procedures.iter().map(of_procedure).max().unwrap_or(0);
    u32::try_from(longest).unwrap_or(u32::MAX / 2)
}

fn rung_days(rung: &Rung) -> u64 {
    let after = if let Condition::After(after) = rung.condition { days(after) } else { 0 };
    after + rung.within.map_or(0, days)
}

fn days(duration: Duration) -> u64 {
    let amount = u64::from(duration.amount);
    match duration.unit {
        Unit::Minute => amount / 1440 + 1,
        Unit::Hour => amount / 24 + 1,
        Unit::WorkHour => amount / 4 + 1,
        Unit::Day => amount,
        Unit::Workday => 2 * amount,
        Unit::Week => 7 * amount,
        Unit::Month => 31 * amount,
        Unit::Year => 366 * amount,
    }
}

/// How many starting days are looked at: those of the year asked about.
pub(super) fn starting_days(context: &Context<'_>) -> usize {
    usize::try_from(context.division.day.days_in_year()).unwrap_or(366)
}

/// The situations of some classes of a course.
pub(super) fn region(context: &Context<'_>, course: &Course, set: &Set) -> Region {
    course.classes.region(&context.institution().space, set)
}

/// One procedure leads to another.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub from: ProcedureId,
    pub to: ProcedureId,
    /// At this node, and by this outcome of it.
    pub node: NodeId,
    pub outcome: Option<usize>,
    /// By this event; none by a call.
    pub event: Option<ecow::EcoString>,
    pub span: Span,
}

/// Every event that some step or call raises, with where: the procedure, the node, the outcome if only on one. A call
/// has two: solved, and unsolved.
pub(super) fn raised<'c>(
    context: &'c Context<'_>,
) -> Vec<(&'c ecow::EcoString, ProcedureId, NodeId, Option<usize>, Span)> {
    let mut raised = Vec::new();
    for (id, procedure) in context.institution().procedures() {
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            if let NodeKind::Call(call) = &it.kind {
                let outcome = |on: &bool| usize::from(!on);
                let own = call.emits.iter();
                raised
                    .extend(own.map(|(event, on, span)| (event, id, node, on.as_ref().map(outcome), *span)));
            }
            let NodeKind::Step(step) = &it.kind else { continue };
            for (event, on, span) in &step.emits {
                let on =
                    on.as_ref().map(|on| step.outcomes.iter().position(|outcome| outcome.head.name == *on));
                match on {
                    // An outcome that there is not raises nothing; that is an error of its own.
                    Some(None) => {}
                    Some(Some(outcome)) => raised.push((event, id, node, Some(outcome), *span)),
                    None => raised.push((event, id, node, None, *span)),
                }
            }
        }
    }
    raised
}

/// The way out of a node on which an event is raised.
pub(super) fn way_of_raising(
    context: &Context<'_>,
    id: ProcedureId,
    node: NodeId,
    outcome: Option<usize>,
) -> Way {
    match &context.institution()[id].nodes[node.index()].kind {
        NodeKind::Call(_) => Way::Called(outcome != Some(1)),
        _ => Way::Outcome(outcome.unwrap_or(0)),
    }
}

/// The procedures that listen to each event, with where that is said.
pub(super) fn awaited<'c>(
    context: &'c Context<'_>,
) -> BTreeMap<&'c ecow::EcoString, Vec<(ProcedureId, Span)>> {
    let mut awaited: BTreeMap<&ecow::EcoString, Vec<(ProcedureId, Span)>> = BTreeMap::new();
    for (id, procedure) in context.institution().procedures() {
        for (trigger, span) in &procedure.triggers {
            if let Trigger::Event(event) = trigger {
                awaited.entry(event).or_default().push((id, *span));
            }
        }
    }
    awaited
}

/// How procedures lead to each other, in the order of the text.
pub(super) fn links(context: &Context<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    let awaited = awaited(context);
    for (event, from, node, outcome, span) in raised(context) {
        for (to, _) in awaited.get(event).into_iter().flatten() {
            links.push(Link { from, to: *to, node, outcome, event: Some(event.clone()), span });
        }
    }
    for (from, procedure) in context.institution().procedures() {
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            if let NodeKind::Call(call) = &it.kind
                && let Some((to, span)) = call.runs
            {
                links.push(Link { from, to, node, outcome: None, event: None, span });
            }
        }
    }
    links
}

/// The situations in which a link is gone, among all that may come to its procedure.
pub(super) fn gone(context: &Context<'_>, link: &Link, course: &Course) -> Region {
    let mut set = course.reach_node(link.node).clone();
    if let NodeKind::Step(step) = &course.procedure.nodes[link.node.index()].kind {
        set = &set & &course.applies(link.node);
        if let Some(when) = link.outcome.and_then(|outcome| step.outcomes[outcome].when.as_ref()) {
            set = &set & &course.classes.inside(when);
        }
    }
    at_any_time(context.institution(), &region(context, course, &set))
}

/// The situations of a region at any day and time: what another case leads to is opened later, and its facts of time
/// are those of its own opening.
fn at_any_time(institution: &Institution, region: &Region) -> Region {
    let (day, time) = (institution.day_axis(), institution.time_axis());
    let full = Cuboid::full(&institution.space);
    let widened = region.cuboids().iter().map(|cuboid| {
        let whole = |axis: usize| full.sides()[axis].clone();
        cuboid.with(day, whole(day)).with(time, whole(time))
    });
    Region::from_cuboids(&institution.space, widened)
}

/// Two facts that most findings of procedures name.
pub(super) fn at(finding: Finding, id: ProcedureId, node: NodeId) -> Finding {
    finding.fact("step", Fact::Node(id, node)).fact("procedure", Fact::Procedure(id))
}

/// The edges of a course's graph that leave a node, in the order of the ways.
pub(super) fn edges(course: &Course, node: NodeId) -> Vec<EdgeIndex> {
    use petgraph::visit::EdgeRef;
    let mut edges: Vec<_> = course.flow.graph.edges(course.flow.at(node)).collect();
    edges.sort_unstable_by_key(|edge| (*edge.weight(), edge.target()));
    edges.into_iter().map(|edge| edge.id()).collect()
}
