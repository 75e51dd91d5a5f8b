//! How late a case can be closed although every step is done in time: the critical path, for every minute at
//! which a case may begin.
//!
//! What is done in time is done a minute before its deadline at the latest (at the very instant it is late);
//! `on timeout` leads on at the deadline itself. What has no deadline takes no time. Each step is done once: a
//! way back to where the case must have been is not gone again. In a block of which all branches must finish
//! the slowest counts; where one suffices, no branch is later than the fastest of the slowest runs. The
//! deadline of a block is kept as well.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::dominators::simple_fast;
use petgraph::algo::toposort;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::{Course, Fragment, Set, Spot, Way};
use linkage_calendar::{Almanac, Duration, Latest, Minute};
use linkage_model::{NodeId, NodeKind, ProcedureId};

/// Where a graph of steps has circles without one entry, at most this many ways that leave different places are
/// followed.
const WALKS: usize = 20_000;

/// The times of a procedure, for the cases of one class.
pub struct Times<'c> {
    course: &'c Course,
    almanac: &'c Almanac,
    /// None takes every way that some class can go: no class is later.
    class: Option<usize>,
    /// The own deadlines of procedures, for those that are called.
    whole: &'c dyn Fn(ProcedureId) -> Option<Duration>,
    walks: Cell<usize>,
}

/// A node on the slowest run: when the case came to it, when it left it, and by which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    /// The node.
    pub node: NodeId,
    /// How it is left; none for a block or a way that is not an end of a step.
    pub way: Option<Way>,
    /// When it is come to.
    pub came: Minute,
    /// When it is left.
    pub left: Minute,
    /// Whether it decides how late the case is, or runs beside.
    pub critical: bool,
}

/// Places, each before those that it leads on to without a way back.
type Order = Vec<(NodeIndex, Vec<NodeIndex>)>;

/// A way out of a node with the time at which it is gone.
struct Leaving {
    to: NodeIndex,
    way: Option<Way>,
    at: Latest,
}

impl<'c> Times<'c> {
    /// The times of the cases of a class; of none, a bound for all of them.
    pub fn new(
        course: &'c Course,
        almanac: &'c Almanac,
        class: Option<usize>,
        whole: &'c dyn Fn(ProcedureId) -> Option<Duration>,
    ) -> Self {
        Self { course, almanac, class, whole, walks: Cell::new(0) }
    }

    /// When a case is closed at the latest, for starts as given; none where that lies beyond the almanac, too
    /// many ways cross, or no run ends.
    pub fn closed(&self, start: &Latest) -> Option<Latest> {
        let came = self.arrivals(None, self.course.flow.start()?, start)?;
        self.closings(&came).map(|(_, latest)| latest.clone()).reduce(|one, two| one.later_of(&two))
    }

    /// Whether times could not be told: something is due beyond the almanac, or too many ways cross.
    pub fn cut(&self, start: &Latest) -> bool {
        self.course.flow.start().is_some_and(|entry| self.arrivals(None, entry, start).is_none())
    }

    fn closings<'m>(
        &self,
        came: &'m BTreeMap<NodeIndex, Latest>,
    ) -> impl Iterator<Item = (NodeIndex, &'m Latest)> {
        let ends = [None, Some(true), Some(false)].map(Spot::Closed).into_iter();
        let places: Vec<NodeIndex> = ends.filter_map(|end| self.course.flow.place(end)).collect();
        places.into_iter().filter_map(|at| Some((at, came.get(&at)?)))
    }

    /// When each place is come to at the latest, from an entry, as far as a block reaches.
    fn arrivals(
        &self,
        block: Option<NodeId>,
        entry: NodeIndex,
        begins: &Latest,
    ) -> Option<BTreeMap<NodeIndex, Latest>> {
        match self.order(block, entry) {
            Some(order) => self.along(&order, entry, begins),
            None => self.through_circles(block, entry, begins),
        }
    }

    /// The same, along places in this order.
    fn along(&self, order: &Order, entry: NodeIndex, begins: &Latest) -> Option<BTreeMap<NodeIndex, Latest>> {
        let mut came = BTreeMap::from([(entry, begins.clone())]);
        for (at, forward) in order {
            let Some(here) = came.get(at).cloned() else { continue };
            for leaving in self.leave(*at, &here)? {
                if forward.contains(&leaving.to) {
                    later(&mut came, leaving.to, leaving.at);
                }
            }
        }
        Some(came)
    }

    /// The places inside, each before those that it leads on to, without ways back; none where circles have no
    /// one entry.
    fn order(&self, block: Option<NodeId>, entry: NodeIndex) -> Option<Order> {
        let mut graph: DiGraph<NodeIndex, ()> = DiGraph::new();
        let root = graph.add_node(entry);
        let mut known = BTreeMap::from([(entry, root)]);
        let mut open = vec![entry];
        while let Some(at) = open.pop() {
            if !self.course.is_inside(block, at) {
                continue;
            }
            for to in self.leads(at) {
                let node = *known.entry(to).or_insert_with(|| {
                    open.push(to);
                    graph.add_node(to)
                });
                graph.update_edge(known[&at], node, ());
            }
        }
        let above = simple_fast(&graph, root);
        graph.retain_edges(|graph, edge| {
            let Some((from, to)) = graph.edge_endpoints(edge) else { return false };
            !above.dominators(from).is_some_and(|mut above| above.any(|node| node == to))
        });
        let sorted = toposort(&graph, None).ok()?;
        let inside = sorted.into_iter().filter(|node| self.course.is_inside(block, graph[*node]));
        Some(inside.map(|node| (graph[node], graph.neighbors(node).map(|to| graph[to]).collect())).collect())
    }

    /// Whether the class, or any, is in a set.
    fn is_in(&self, set: &Set) -> bool {
        self.class.map_or_else(|| !set.is_clear(), |class| set.contains(class))
    }

    /// Where a node leads in this class.
    fn leads(&self, at: NodeIndex) -> Vec<NodeIndex> {
        let open = |set: &Option<Set>| set.as_ref().is_none_or(|set| self.is_in(set));
        self.course.ways(at).into_iter().filter(|(_, set)| open(set)).map(|(to, _)| to).collect()
    }

    /// The latest arrivals through circles without one entry, each place once. What can still follow depends on the
    /// places that are left to come to, not on the order in which the others were passed: ways that leave the same
    /// ones are one.
    fn through_circles(
        &self,
        block: Option<NodeId>,
        entry: NodeIndex,
        begins: &Latest,
    ) -> Option<BTreeMap<NodeIndex, Latest>> {
        let mut came = BTreeMap::from([(entry, begins.clone())]);
        let mut waiting: BTreeMap<(Reverse<usize>, NodeIndex, BTreeSet<NodeIndex>), Latest> = BTreeMap::new();
        let all = self.left_from(block, entry, &|_| true);
        waiting.insert((Reverse(all.len()), entry, all), begins.clone());
        while let Some(((_, at, left), here)) = waiting.pop_first() {
            let walks = self.walks.get() + 1;
            self.walks.set(walks);
            if walks > WALKS {
                return None;
            }
            for leaving in self.leave(at, &here)? {
                let inside = self.course.is_inside(block, leaving.to);
                if leaving.to == entry || inside && !left.contains(&leaving.to) {
                    continue;
                }
                later(&mut came, leaving.to, leaving.at.clone());
                if inside {
                    let on = self.left_from(block, leaving.to, &|place| left.contains(&place));
                    later(&mut waiting, (Reverse(on.len()), leaving.to, on), leaving.at);
                }
            }
        }
        Some(came)
    }

    /// The places inside to which ways lead from a place, through such places only, without coming back to it.
    fn left_from(
        &self,
        block: Option<NodeId>,
        from: NodeIndex,
        among: &dyn Fn(NodeIndex) -> bool,
    ) -> BTreeSet<NodeIndex> {
        let mut found = BTreeSet::new();
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            for to in self.leads(at) {
                if to != from && self.course.is_inside(block, to) && among(to) && found.insert(to) {
                    open.push(to);
                }
            }
        }
        found
    }

    /// The ways out of a node with their times.
    fn leave(&self, at: NodeIndex, here: &Latest) -> Option<Vec<Leaving>> {
        let Spot::Node(node) = self.course.flow.graph[at] else { return Some(Vec::new()) };
        let (within, applies) = match &self.course.procedure.nodes[node.index()].kind {
            NodeKind::Block(_) => return self.leave_block(node, here),
            NodeKind::Step(step) => (step.within, self.is_in(&self.course.applies(node))),
            NodeKind::Call(call) => {
                let whole = || Some((call.runs.and_then(|(runs, _)| (self.whole)(runs))?, call.runs?.1));
                (call.within.or_else(whole), true)
            }
            NodeKind::Choose(_) => (None, true),
        };
        let (in_time, late) = match within.filter(|_| applies) {
            None => (here.clone(), here.clone()),
            Some((within, _)) => {
                let due = here.then(within, self.almanac)?;
                (due.earlier(1, here), due)
            }
        };
        let mut ways = Vec::new();
        for edge in self.course.flow.graph.edges(at).filter(|edge| *edge.weight() != Way::Enter) {
            if self.course.open(edge.id()).is_some_and(|open| !self.is_in(open)) {
                continue;
            }
            let at = if *edge.weight() == Way::Timeout { late.clone() } else { in_time.clone() };
            ways.push(Leaving { to: edge.target(), way: Some(*edge.weight()), at });
        }
        Some(ways)
    }

    fn leave_block(&self, block: NodeId, here: &Latest) -> Option<Vec<Leaving>> {
        let Some(fragment) = self.course.fragment_of(block) else { return Some(Vec::new()) };
        let joined = self.course.flow.place(Spot::Joined(block))?;
        let mut branches = Vec::new();
        for branch in &fragment.branches {
            branches.push(self.arrivals(Some(block), self.course.flow.at(branch.start), here)?);
        }
        // The slowest end of each branch: no other branch ends an any-of block later.
        let is_end = |at: &NodeIndex| *at == joined || fragment.exits.contains_key(at);
        let slowest = branches.iter().map(|came| {
            let ends = came.iter().filter(|(at, _)| is_end(at)).map(|(_, latest)| latest.clone());
            ends.reduce(|one, two| one.later_of(&two))
        });
        let slowest: Vec<Option<Latest>> = slowest.collect();
        let capped = |index: usize, latest: &Latest| {
            let others = slowest
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index)
                .filter_map(|(_, end)| end.as_ref());
            if fragment.all || self.class.is_none() {
                latest.clone()
            } else {
                others.fold(latest.clone(), |own, other| own.earlier_of(other))
            }
        };
        let mut ends: BTreeMap<NodeIndex, Latest> = BTreeMap::new();
        for (index, came) in branches.iter().enumerate() {
            for (at, latest) in came.iter().filter(|(at, _)| is_end(at)) {
                later(&mut ends, *at, capped(index, latest));
            }
        }
        let NodeKind::Block(own) = &self.course.procedure.nodes[block.index()].kind else { return None };
        let cap = match own.within {
            Some((within, _)) => Some(here.then(within, self.almanac)?.earlier(1, here)),
            None => None,
        };
        let mut ways = Vec::new();
        for (at, latest) in ends {
            let at_end = cap.as_ref().map_or_else(|| latest.clone(), |cap| latest.earlier_of(cap));
            if at != joined {
                ways.push(Leaving { to: at, way: None, at: at_end });
            } else if self.is_in(&fragment.joined) {
                let then = self.course.flow.graph.neighbors(joined);
                ways.extend(then.map(|to| Leaving { to, way: Some(Way::Then), at: at_end.clone() }));
            }
        }
        Some(ways)
    }

    /// The slowest run of a case that begins at a minute, its legs in the order in which they end.
    pub fn slowest(&self, start: Minute) -> Option<Vec<Leg>> {
        let begins = Latest::start([(start, start + 1)]);
        let came = self.arrivals(None, self.course.flow.start()?, &begins)?;
        let (end, _) = self.closings(&came).max_by_key(|(at, latest)| (latest.at(start), Reverse(*at)))?;
        let mut legs = Vec::new();
        let order = self.order(None, self.course.flow.start()?);
        self.trace(&came, order.as_ref(), end, start, true, &mut legs)?;
        legs.sort_by_key(|leg| (leg.left, leg.came, leg.node));
        Some(legs)
    }

    /// The legs that lead to a place, from the last to the first.
    fn trace(
        &self,
        came: &BTreeMap<NodeIndex, Latest>,
        order: Option<&Order>,
        mut to: NodeIndex,
        start: Minute,
        critical: bool,
        legs: &mut Vec<Leg>,
    ) -> Option<()> {
        // Each place is left once on the way.
        for _ in 0..=came.len() {
            let there = came.get(&to)?.at(start)?;
            let before = came.iter().find_map(|(at, latest)| {
                let Spot::Node(node) = self.course.flow.graph[*at] else { return None };
                let ahead = |order: &Order| order.iter().any(|(from, on)| from == at && on.contains(&to));
                if *at == to || legs.iter().any(|leg| leg.node == node) || !order.is_none_or(ahead) {
                    return None;
                }
                let ways = self.leave(*at, latest)?;
                let way = ways
                    .into_iter()
                    .find(|leaving| leaving.to == to && leaving.at.at(start) == Some(there))?;
                Some((*at, node, way.way, latest.at(start)?))
            });
            let Some((at, node, way, came_then)) = before else { return Some(()) };
            legs.push(Leg { node, way, came: came_then, left: there, critical });
            if let Some(fragment) = self.course.fragment_of(node) {
                self.trace_block(node, fragment, to, came_then, critical, legs)?;
            }
            to = at;
        }
        Some(())
    }

    /// The legs inside a block: of each branch that must have ended before it was left.
    fn trace_block(
        &self,
        block: NodeId,
        fragment: &Fragment,
        to: NodeIndex,
        start: Minute,
        critical: bool,
        legs: &mut Vec<Leg>,
    ) -> Option<()> {
        let joined = self.course.flow.place(Spot::Joined(block))?;
        let begins = Latest::start([(start, start + 1)]);
        let mut ended = Vec::new();
        for branch in &fragment.branches {
            let entry = self.course.flow.at(branch.start);
            let came = self.arrivals(Some(block), entry, &begins)?;
            let order = self.order(Some(block), entry);
            let end = if fragment.exits.contains_key(&to) && came.contains_key(&to) { to } else { joined };
            let Some(at) = came.get(&end).and_then(|latest| latest.at(start)) else { continue };
            ended.push((at, end, came, order));
        }
        let last = ended.iter().map(|(at, ..)| *at).max();
        let left = ended.iter().any(|(_, end, ..)| *end == to);
        if left || !fragment.all {
            ended.retain(|(_, end, ..)| !left || *end == to);
            ended.sort_by_key(|(at, ..)| *at);
            ended.truncate(1);
        }
        for (at, end, came, order) in &ended {
            let decides = critical && (Some(*at) == last || ended.len() == 1);
            self.trace(came, order.as_ref(), *end, start, decides, legs)?;
        }
        Some(())
    }

    /// For each node outside blocks how many minutes later it could be come to before a case is late that is
    /// due at a minute; negative where it must be come to earlier.
    pub fn slack(&self, start: Minute, due: Minute) -> Option<Vec<(NodeId, Minute)>> {
        let order = self.order(None, self.course.flow.start()?)?;
        let begins = Latest::start([(start, start + 1)]);
        let came = self.along(&order, self.course.flow.start()?, &begins)?;
        let mut slack = Vec::new();
        for (at, latest) in &came {
            let (Spot::Node(node), Some(from)) = (self.course.flow.graph[*at], latest.at(start)) else {
                continue;
            };
            let on = self.along(&order, *at, &Latest::start([(from, from + 1)]))?;
            if let Some(end) = self.closings(&on).filter_map(|(_, latest)| latest.at(from)).max() {
                slack.push((node, due - 1 - end));
            }
        }
        slack.sort_unstable();
        Some(slack)
    }
}

fn later<K: Ord>(came: &mut BTreeMap<K, Latest>, at: K, latest: Latest) {
    match came.get_mut(&at) {
        Some(known) => *known = known.later_of(&latest),
        None => drop(came.insert(at, latest)),
    }
}
