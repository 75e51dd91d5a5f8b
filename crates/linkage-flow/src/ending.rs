//! How a case of one situation comes to its end: what is finished by then, and what moved it last.
//!
//! A body's act can't close a case while a node is unfinished that closing takes; time can, and so can the end of a
//! called case. What moves at once (a choice, a step that does not apply, the end of a block) is part of what came
//! before it. So each branch of a block is walked by itself, and a token carries with it what is finished and what
//! moved it last:
//!
//! ```text
//!   all-of: behind it, one end of each branch; whichever joins last moves the case
//!   any-of: behind it, the end of one branch, while the others stand anywhere
//!   either: out of it, from one branch, while the others stand anywhere
//! ```
//!
//! Of tokens at one place those are kept that finished more, or as much by fewer ways.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use petgraph::graph::{EdgeReference, NodeIndex};
use petgraph::visit::EdgeRef;

use super::{Ends, Flow, Run, Spot, Stride, Way};
use linkage_model::{NodeId, NodeKind, Procedure, ProcedureId};
use linkage_regions::Point;

/// What moved a case last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moved {
    /// Whatever brought it to where the walk begins: nothing has waited since.
    AtOnce,
    /// The act of a body on this case.
    ByAct,
    /// Time, or the end of a called case.
    ByTime,
}

/// One way to the end.
#[derive(Debug, Clone)]
pub struct Ending {
    /// What brought the end about.
    pub moved: Moved,
    /// Which of the nodes that were asked about are finished.
    pub finished: BTreeSet<NodeId>,
    /// The run; branches of a block one after another.
    pub run: Run,
}

/// All procedures in one situation, whose cases keep their facts.
#[derive(Clone, Copy)]
pub struct Situated<'p> {
    /// The procedures.
    pub procedures: &'p [Procedure],
    /// Their graphs.
    pub flows: &'p [Arc<Flow>],
    /// How the called ones can end.
    pub ends: &'p Ends,
    /// The situation.
    pub point: &'p Point,
}

/// Which nodes are asked about.
#[derive(Clone, Copy)]
pub struct Asked<'p> {
    /// Those of which it matters whether they are finished by the end.
    pub counted: &'p [NodeId],
    /// Nodes that are not finished by such a way on any run that is looked at; the end of a block is [`Way::Join`].
    pub avoided: &'p dyn Fn(NodeId, Way) -> bool,
}

impl Situated<'_> {
    /// The ways to the end of a case: for each set of finished nodes that can't be bettered the shortest run.
    pub fn endings(&self, id: ProcedureId, asked: Asked<'_>) -> Vec<Ending> {
        let flow = &self.flows[id.index()];
        let Some(start) = flow.start() else { return Vec::new() };
        let mut walk = Walk { all: *self, id, flow, asked, blocks: BTreeMap::new() };
        let mut endings = Vec::new();
        for (at, tokens) in walk.walk(None, start) {
            let Spot::Closed(_) = flow.graph[at] else { continue };
            for Token { moved, finished, mut run } in tokens {
                run.push(Stride { at: flow.graph[at], way: None });
                endings.push(Ending { moved, finished, run });
            }
        }
        endings.sort_by_key(|ending| ending.run.len());
        endings
    }

    /// Whether a called case ends at the very instant at which it begins.
    fn ends_at_once(&self, id: ProcedureId) -> bool {
        let asked = Asked { counted: &[], avoided: &|_, way| matches!(way, Way::Called(_)) };
        self.endings(id, asked).iter().any(|ending| ending.moved == Moved::AtOnce)
    }
}

/// One way to a place.
#[derive(Debug, Clone)]
struct Token {
    moved: Moved,
    finished: BTreeSet<NodeId>,
    /// Up to the place, without it.
    run: Run,
}

impl Token {
    fn first() -> Self {
        Self { moved: Moved::AtOnce, finished: BTreeSet::new(), run: Run::new() }
    }

    /// Whether another one finds nothing that this one does not find.
    fn covers(&self, other: &Self) -> bool {
        self.moved == other.moved
            && self.run.len() <= other.run.len()
            && self.finished.is_superset(&other.finished)
    }

    /// This one, and then another from where this one is; what moved that one at once, moved it too.
    fn then(&self, on: &Self) -> Self {
        let moved = if on.moved == Moved::AtOnce { self.moved } else { on.moved };
        let finished = self.finished.union(&on.finished).copied().collect();
        Self { moved, finished, run: [&self.run[..], &on.run[..]].concat() }
    }
}

type Tokens = BTreeMap<NodeIndex, Vec<Token>>;

/// A block, walked from its beginning.
struct Inside {
    /// Where it can be left for: its own end, or a place outside.
    ways: Vec<(NodeIndex, Token)>,
    /// What can be finished while it is open.
    open: Vec<Token>,
    /// Whether entering it does at once what is to be avoided.
    barred: bool,
}

/// One branch of a block.
struct Branch {
    /// Its ways to the end of the branch.
    joins: Vec<Token>,
    /// Its ways out of the block.
    exits: Vec<(NodeIndex, Token)>,
    /// Where it can stand meanwhile.
    open: Vec<Token>,
    /// Whether beginning it does at once what is to be avoided.
    barred: bool,
}

/// What becomes of a block at the very instant at which it is entered.
enum Entered {
    /// It is left again.
    Left(Vec<(NodeIndex, Token)>),
    /// What is to be avoided happens.
    Barred,
    /// It waits.
    Waits,
}

struct Walk<'p> {
    all: Situated<'p>,
    id: ProcedureId,
    flow: &'p Flow,
    asked: Asked<'p>,
    blocks: BTreeMap<NodeId, Rc<Inside>>,
}

impl Walk<'_> {
    fn kind(&self, node: NodeId) -> &NodeKind {
        &self.all.procedures[self.id.index()].nodes[node.index()].kind
    }

    /// The tokens that come to each place from a start, as far as a block reaches; shorter ways first.
    fn walk(&mut self, within: Option<NodeId>, start: NodeIndex) -> Tokens {
        let mut found = Tokens::new();
        let mut queue = BTreeMap::from([((0, 0), (start, Token::first()))]);
        let mut queued = 0;
        while let Some((_, (at, token))) = queue.pop_first() {
            let known = found.entry(at).or_default();
            if known.iter().any(|own| own.covers(&token)) {
                continue;
            }
            known.push(token.clone());
            let Spot::Node(node) = self.flow.graph[at] else { continue };
            if within.is_some_and(|block| !self.flow.is_in(block, at)) {
                continue;
            }
            for (to, next) in self.ways(node, &token) {
                queued += 1;
                queue.insert((next.run.len(), queued), (to, next));
            }
        }
        found
    }

    /// Where a token goes from a node; a block is passed as a whole.
    fn ways(&mut self, node: NodeId, token: &Token) -> Vec<(NodeIndex, Token)> {
        let mut ways = Vec::new();
        if let NodeKind::Block(_) = self.kind(node) {
            let joined = self.flow.place(Spot::Joined(node));
            for (to, on) in &self.inside(node).ways {
                let on = token.then(on);
                if Some(*to) != joined {
                    ways.push((*to, on));
                } else if let Some(on) = self.finish(node, Way::Join, on) {
                    let edges = self.flow.graph.edges(*to);
                    ways.extend(edges.map(|edge| (edge.target(), self.by(edge, &on, on.moved))));
                }
            }
            return ways;
        }
        let mut edges: Vec<_> = self.flow.graph.edges(self.flow.at(node)).collect();
        edges.sort_unstable_by_key(|edge| (*edge.weight(), edge.target()));
        for edge in edges {
            if !self.is_open(node, edge) {
                continue;
            }
            let Some(on) = self.finish(node, *edge.weight(), token.clone()) else { continue };
            ways.extend(
                self.movers(node, *edge.weight(), token.moved)
                    .into_iter()
                    .map(|moved| (edge.target(), self.by(edge, &on, moved))),
            );
        }
        ways
    }

    /// A token that has gone one way further.
    fn by(&self, edge: EdgeReference<'_, Way>, token: &Token, moved: Moved) -> Token {
        let mut on = Token { moved, ..token.clone() };
        on.run.push(Stride { at: self.flow.graph[edge.source()], way: Some(*edge.weight()) });
        on
    }

    /// Whether a way is open in the situation.
    fn is_open(&self, node: NodeId, edge: EdgeReference<'_, Way>) -> bool {
        let called = if let NodeKind::Call(call) = self.kind(node) { call.runs } else { None };
        let ends = called.and_then(|(runs, _)| self.all.ends.get(&runs));
        match (edge.weight(), ends) {
            (Way::Called(true), Some([solved, _])) => solved.contains(self.all.point),
            (Way::Called(false), Some([_, unsolved])) => unsolved.contains(self.all.point),
            _ => self.flow.guard(edge.id()).is_none_or(|guard| guard.contains(self.all.point)),
        }
    }

    /// A token behind a node that it leaves by a way; none if it is asked how to avoid that.
    fn finish(&self, node: NodeId, way: Way, mut token: Token) -> Option<Token> {
        if (self.asked.avoided)(node, way) {
            return None;
        }
        if !matches!(way, Way::Timeout | Way::Refusal) && self.asked.counted.contains(&node) {
            token.finished.insert(node);
        }
        Some(token)
    }

    /// What can move a case along a way out of a node, to which something moved it.
    fn movers(&self, node: NodeId, way: Way, moved: Moved) -> Vec<Moved> {
        let at_deadline = |way| match self.kind(node) {
            NodeKind::Step(step) => {
                step.within.is_some()
                    && step.joint.is_some_and(|(_, assent)| {
                        // Who is silent has assented, or refused.
                        way == if assent { Way::Outcome(0) } else { Way::Refusal }
                    })
            }
            _ => false,
        };
        match (way, self.kind(node)) {
            // That it can't be opened shows at once; else its end is brought about by others.
            (Way::Refusal, NodeKind::Call(_)) => vec![moved, Moved::ByTime],
            (Way::Outcome(_) | Way::Refusal, _) if at_deadline(way) => vec![Moved::ByAct, Moved::ByTime],
            (Way::Outcome(_) | Way::Refusal, _) => vec![Moved::ByAct],
            (Way::Timeout, _) => vec![Moved::ByTime],
            (Way::Called(_), NodeKind::Call(call)) => {
                let at_once = call.runs.is_some_and(|(runs, _)| self.all.ends_at_once(runs));
                vec![if at_once { moved } else { Moved::ByTime }]
            }
            _ => vec![moved],
        }
    }

    /// Whether nobody ever stands at a node in the situation: a choice with a way that is open, a step that does not
    /// apply, a call that comes back at once.
    fn passes_at_once(&self, node: NodeId) -> bool {
        self.flow.graph.edges(self.flow.at(node)).any(|edge| {
            self.is_open(node, edge) && self.movers(node, *edge.weight(), Moved::AtOnce) == [Moved::AtOnce]
        })
    }

    /// Whether whoever comes to a node does at once what is to be avoided.
    fn is_barred(&mut self, node: NodeId) -> bool {
        if let NodeKind::Block(_) = self.kind(node) {
            let (inside, joined) = (self.inside(node), self.flow.place(Spot::Joined(node)));
            let joins = |(to, on): &(NodeIndex, Token)| Some(*to) == joined && on.moved == Moved::AtOnce;
            return inside.barred || (self.asked.avoided)(node, Way::Join) && inside.ways.iter().any(joins);
        }
        let edges = self.flow.graph.edges(self.flow.at(node));
        edges.into_iter().any(|edge| {
            let way = *edge.weight();
            self.is_open(node, edge)
                && (self.asked.avoided)(node, way)
                && self.movers(node, way, Moved::AtOnce).contains(&Moved::AtOnce)
        })
    }

    fn inside(&mut self, block: NodeId) -> Rc<Inside> {
        if let Some(known) = self.blocks.get(&block) {
            return Rc::clone(known);
        }
        let branches: Vec<Branch> =
            self.flow.branches(block).to_vec().into_iter().map(|start| self.branch(block, start)).collect();
        let all = matches!(self.kind(block), NodeKind::Block(own) if own.all);
        let joined = self.flow.place(Spot::Joined(block));
        let entered =
            Token { run: vec![Stride { at: Spot::Node(block), way: Some(Way::Enter) }], ..Token::first() };
        let (ways, open, barred) = match entered_at_once(&branches, all, joined) {
            Entered::Left(ways) => (ways, Vec::new(), false),
            Entered::Barred => (Vec::new(), Vec::new(), true),
            Entered::Waits => (out_of(&branches, all, joined), still_open(&branches, all), false),
        };
        let ways = ways.into_iter().map(|(to, on)| (to, entered.then(&on))).collect();
        let open = open.iter().map(|on| entered.then(on)).collect();
        let inside = Rc::new(Inside { ways, open, barred });
        self.blocks.insert(block, Rc::clone(&inside));
        inside
    }

    fn branch(&mut self, block: NodeId, start: NodeId) -> Branch {
        let joined = self.flow.place(Spot::Joined(block));
        let mut branch = Branch { joins: Vec::new(), exits: Vec::new(), open: Vec::new(), barred: false };
        for (at, tokens) in self.walk(Some(block), self.flow.at(start)) {
            match self.flow.graph[at] {
                _ if Some(at) == joined => branch.joins = tokens,
                // The end of a block that was never entered: only a jump into it leads there.
                Spot::Joined(_) => {}
                Spot::Node(node) if self.flow.is_in(block, at) => {
                    let at_once = tokens.iter().any(|token| token.moved == Moved::AtOnce);
                    branch.barred |= at_once && self.is_barred(node);
                    if let NodeKind::Block(_) = self.kind(node) {
                        let inner = self.inside(node);
                        let both = tokens.iter().flat_map(|token| inner.open.iter().map(|on| token.then(on)));
                        branch.open.extend(both);
                    } else if !self.passes_at_once(node) {
                        branch.open.extend(tokens);
                    }
                }
                Spot::Node(_) | Spot::Closed(_) => {
                    branch.exits.extend(tokens.into_iter().map(|token| (at, token)))
                }
            }
        }
        branch.open = best(branch.open);
        branch
    }
}

/// What happens to a block whose branches begin, in the order of the text, before anybody has acted.
fn entered_at_once(branches: &[Branch], all: bool, joined: Option<NodeIndex>) -> Entered {
    let now = |token: &&Token| token.moved == Moved::AtOnce;
    for (index, branch) in branches.iter().enumerate() {
        let out = branch.exits.iter().find(|(_, token)| now(&token)).map(|(to, token)| (*to, token));
        let first = || joined.zip(branch.joins.iter().find(now)).filter(|_| !all);
        if let Some((to, token)) = out.or_else(first) {
            let before = beside(&branches[..index], |_, other| other.moved == Moved::AtOnce, all);
            return Entered::Left(before.iter().map(|others| (to, others.then(token))).collect());
        }
        if branch.barred {
            return Entered::Barred;
        }
    }
    let each: Option<Vec<&Token>> = branches.iter().map(|branch| branch.joins.iter().find(now)).collect();
    match joined.zip(each.filter(|each| all && !each.is_empty())) {
        Some((joined, each)) => {
            let together = each.into_iter().fold(Token::first(), |so_far, own| so_far.then(own));
            Entered::Left(vec![(joined, together)])
        }
        None => Entered::Waits,
    }
}

/// The ways out of a block in which something waits.
fn out_of(branches: &[Branch], all: bool, joined: Option<NodeIndex>) -> Vec<(NodeIndex, Token)> {
    let mut ways = Vec::new();
    for (index, branch) in branches.iter().enumerate() {
        let others = beside(branches, |at, _| at != index, all);
        let with_others = |to: NodeIndex, token: &Token| {
            let all: Vec<_> = others.iter().map(|others| (to, others.then(token))).collect();
            all
        };
        ways.extend(branch.exits.iter().flat_map(|(to, token)| with_others(*to, token)));
        if let (Some(joined), false) = (joined, all) {
            ways.extend(branch.joins.iter().flat_map(|token| with_others(joined, token)));
        }
    }
    if let (Some(joined), true) = (joined, all && !branches.is_empty()) {
        ways.extend(together(branches).into_iter().map(|token| (joined, token)));
    }
    ways
}

/// All branches joined, in any order: whichever waited may be the last.
fn together(branches: &[Branch]) -> Vec<Token> {
    let mut all = vec![(Token::first(), Token::first())];
    for branch in branches {
        let mut more = Vec::new();
        for (before, last) in &all {
            for token in &branch.joins {
                // Who joins at once is not the last, if anybody waits.
                if token.moved != Moved::AtOnce || last.moved == Moved::AtOnce {
                    more.push((before.then(last), token.clone()));
                }
                if last.moved != Moved::AtOnce {
                    more.push((before.then(token), last.clone()));
                }
            }
        }
        let ended = |(before, last): &(Token, Token)| before.then(last);
        let mut kept: Vec<(Token, Token)> = Vec::new();
        more.sort_by_key(|own| ended(own).run.len());
        for own in more {
            if !kept.iter().any(|known| ended(known).covers(&ended(&own))) {
                kept.push(own);
            }
        }
        all = kept;
    }
    all.into_iter().map(|(before, last)| before.then(&last)).collect()
}

/// What can be finished in a block while it is open. Where all branches must join, one of them has not yet: with the
/// last one the block ends.
fn still_open(branches: &[Branch], all: bool) -> Vec<Token> {
    // A block without a branch is never left.
    if !all || branches.is_empty() {
        return beside(branches, |_, _| true, all);
    }
    let mut found = Vec::new();
    for (index, branch) in branches.iter().enumerate() {
        let others = beside(branches, |at, _| at != index, all);
        found.extend(others.iter().flat_map(|others| branch.open.iter().map(|own| others.then(own))));
    }
    best(found)
}

/// What can be finished in some branches of a block while it is open; none of them need have moved.
fn beside(branches: &[Branch], wanted: impl Fn(usize, &Token) -> bool, all: bool) -> Vec<Token> {
    let mut found = vec![Token::first()];
    for (index, branch) in branches.iter().enumerate() {
        // Who has joined waits, where all must.
        let joined = branch.joins.iter().filter(|_| all);
        let own: Vec<&Token> =
            branch.open.iter().chain(joined).filter(|token| wanted(index, token)).collect();
        let both = found.iter().flat_map(|so_far| own.iter().map(|token| so_far.then(token)));
        let both: Vec<Token> = both.collect();
        found.extend(both);
        found = best(found);
    }
    found
}

/// Of tokens those that finished more, or as much by fewer ways.
fn best(mut tokens: Vec<Token>) -> Vec<Token> {
    tokens.sort_by_key(|token| token.run.len());
    let mut kept: Vec<Token> = Vec::new();
    for token in tokens {
        if !kept.iter().any(|own| own.covers(&token)) {
            kept.push(token);
        }
    }
    kept
}
