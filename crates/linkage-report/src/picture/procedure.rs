//! A procedure as a picture: a lane for each body that acts, a card for each step with its deadline, its rungs
//! and what is owed, an edge for each way.

use std::collections::BTreeMap;

use petgraph::visit::EdgeRef;

use super::clauses::{
    lead, named, others, outcome_that_stays, owe, powers, region, resources, rung, trigger, within,
};
use super::{Direction, Edge, LineKind, Node, Picture, Shape, Stroke};
use crate::finding::way_words;
use crate::words::Words;
use linkage_analysis::checks::Fact;
use linkage_flow::{Flow, Spot, Way};
use linkage_model::{
    Institution, NodeId, NodeKind, Owe, Performer, Procedure, ProcedureId, Step, Target, Upon,
};
use linkage_regions::Region;

/// A performer in words.
pub(crate) fn performer(institution: &Institution, performer: &Performer) -> Words {
    named(institution, &Fact::Performer(performer.clone()))
}

pub(super) fn procedure(institution: &Institution, id: ProcedureId) -> Picture {
    let procedure = &institution[id];
    let flow = Flow::new(procedure, &Region::full(&institution.space));
    let title = named(institution, &Fact::Procedure(id));
    let mut picture = Picture {
        about: about(&title, procedure),
        title,
        direction: Direction::Down,
        lanes: Vec::new(),
        nodes: vec![beginning(institution, procedure)],
        edges: Vec::new(),
    };
    // Where each spot of the flow stands among the nodes; what nothing leads to and nobody wrote is left out.
    let mut places: BTreeMap<Spot, usize> = BTreeMap::new();
    let mut lanes: BTreeMap<Performer, usize> = BTreeMap::new();
    let mut known: Vec<Option<usize>> = vec![None];
    for at in flow.graph.node_indices() {
        let spot = flow.graph[at];
        let led_to = flow.graph.neighbors_directed(at, petgraph::Direction::Incoming).next().is_some();
        if matches!(spot, Spot::Closed(_)) && !led_to {
            continue;
        }
        places.insert(spot, picture.nodes.len());
        let by = first_performer(procedure, spot);
        known.push(by.map(|by| {
            *lanes.entry(by.clone()).or_insert_with(|| {
                picture.lanes.push(performer(institution, by));
                picture.lanes.len() - 1
            })
        }));
        picture.nodes.push(node(institution, procedure, spot));
    }
    if procedure.nodes.is_empty() {
        picture.lanes.push(Words::new("nobody", "无"));
    } else {
        picture.edges.push(Edge { from: 0, to: 1, label: Vec::new(), stroke: Stroke::Solid });
    }
    edges(institution, procedure, &flow, &places, &mut picture);
    stand(&mut picture, known);
    picture
}

fn about(title: &Words, procedure: &Procedure) -> Words {
    let steps = procedure.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Step(_))).count();
    Words::new(
        format!("The procedure {}: {steps} steps, a column for each body that acts", title.en),
        format!("程序“{}”：共{steps}个步骤，每列为一个办理主体", title.zh),
    )
}

fn first_performer(procedure: &Procedure, spot: Spot) -> Option<&Performer> {
    let Spot::Node(node) = spot else { return None };
    match &procedure.nodes[node.index()].kind {
        NodeKind::Step(step) => step.by.first().map(|(by, _)| by),
        _ => None,
    }
}

/// What has no performer stands in the lane of what leads to it; what nothing leads to, of what it leads to.
fn stand(picture: &mut Picture, mut lanes: Vec<Option<usize>>) {
    if picture.lanes.is_empty() {
        picture.lanes.push(Words::new("no performer", "无办理主体"));
    }
    for _ in 0..picture.nodes.len() {
        let mut changed = false;
        for edge in &picture.edges {
            if lanes[edge.to].is_none() && lanes[edge.from].is_some() {
                lanes[edge.to] = lanes[edge.from];
                changed = true;
            } else if edge.from == 0 && lanes[0].is_none() && lanes[edge.to].is_some() {
                lanes[0] = lanes[edge.to];
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for (node, lane) in picture.nodes.iter_mut().zip(lanes) {
        node.lane = lane.unwrap_or(0);
    }
}

/// What starts a procedure, and what holds for the whole of it.
fn beginning(institution: &Institution, procedure: &Procedure) -> Node {
    let mut node = Node::new(Words::new("start", "启动"), Shape::End);
    node.span = Some(procedure.head.span);
    for (start, span) in &procedure.triggers {
        node.say(trigger(institution, start), LineKind::Plain, Some(*span));
    }
    if let Some(words) = lead(institution, procedure) {
        node.say(words, LineKind::Plain, procedure.lead.as_ref().map(|(_, span)| *span));
    }
    if let Some((duration, span)) = procedure.within {
        let words = Words::new("the whole ", "全程").and(&within(duration));
        node.say(words, LineKind::Deadline, Some(span));
    }
    for step in &procedure.escalation {
        node.say(rung(institution, step), LineKind::Rung, Some(step.span));
    }
    owed(institution, &procedure.owes, |upon| upon == Upon::Open, &mut node);
    node
}

fn owed(institution: &Institution, owes: &[Owe], here: impl Fn(Upon) -> bool, node: &mut Node) {
    for own in owes.iter().filter(|own| here(own.upon)) {
        node.say(owe(institution, own), LineKind::Owed, Some(own.head.span));
    }
}

fn node(institution: &Institution, procedure: &Procedure, spot: Spot) -> Node {
    let mut node = match spot {
        Spot::Joined(_) => return Node::new(Words::new("join", "汇合"), Shape::Bar),
        Spot::Closed(end) => return ending(institution, procedure, end),
        Spot::Node(id) => {
            let own = &procedure.nodes[id.index()];
            let title = Words::new(&own.head.name, own.head.label());
            let mut node = match &own.kind {
                NodeKind::Step(own) => step(institution, id, own, Node::new(title, Shape::Card)),
                NodeKind::Choose(_) => Node::new(title, Shape::Choice),
                NodeKind::Block(block) => {
                    let mut node = Node::new(title, Shape::Bar);
                    let words = if block.all {
                        Words::new("all branches must finish", "各分支均须办结")
                    } else {
                        Words::new("one branch suffices", "任一分支办结即可")
                    };
                    node.say(words, LineKind::Plain, None);
                    deadline(block.within, &mut node);
                    node
                }
                NodeKind::Call(call) => {
                    let mut node = Node::new(title, Shape::Link);
                    if let Some((called, span)) = call.runs {
                        let words =
                            Words::new("runs ", "启动").and(&named(institution, &Fact::Procedure(called)));
                        node.say(words, LineKind::Plain, Some(span));
                    }
                    deadline(call.within, &mut node);
                    node
                }
            };
            node.span = Some(own.head.span);
            owed(institution, &procedure.owes, |upon| upon == Upon::Node(id), &mut node);
            node
        }
    };
    node.lines.dedup_by(|a, b| a.words == b.words);
    node
}

fn deadline(within_time: Option<(linkage_calendar::Duration, linkage_text::Span)>, node: &mut Node) {
    if let Some((duration, span)) = within_time {
        node.say(within(duration), LineKind::Deadline, Some(span));
    }
}

fn step(institution: &Institution, id: NodeId, step: &Step, mut node: Node) -> Node {
    // The lane says it too, and its head is out of sight in a tall picture.
    if let Some((by, span)) = step.by.first() {
        node.say(
            Words::new("by ", "由").and(&performer(institution, by)).and(&Words::new("", "办理")),
            LineKind::Plain,
            Some(*span),
        );
    }
    if let Some(words) = others(institution, step) {
        node.say(words, LineKind::Plain, step.with.first().map(|(_, span)| *span));
    }
    if let Some((when, span)) = &step.when {
        let words = region(institution, when);
        node.say(Words::new("only when ", "仅当").and(&words), LineKind::Plain, Some(*span));
    }
    deadline(step.within, &mut node);
    let needed: Vec<_> = step.needs.iter().map(|(power, _)| *power).collect();
    if let Some((_, span)) = step.needs.first() {
        let words = Words::new("§ needs ", "§ 须有职权：").and(&powers(institution, &needed));
        node.say(words, LineKind::Plain, Some(*span));
    }
    for outcome in step.outcomes.iter().filter(|outcome| !outcome.needs.is_empty()) {
        let needed: Vec<_> = outcome.needs.iter().map(|(power, _)| *power).collect();
        let words = Words::new(&outcome.head.name, outcome.head.label())
            .and(&Words::new(" needs ", "须有职权："))
            .and(&powers(institution, &needed));
        node.say(Words::new("§ ", "§ ").and(&words), LineKind::Plain, Some(outcome.head.span));
    }
    let used: Vec<_> = step.uses.iter().map(|(resource, _)| *resource).collect();
    if let Some((_, span)) = step.uses.first() {
        let words = Words::new("▫ uses ", "▫ 使用").and(&resources(institution, &used));
        node.say(words, LineKind::Plain, Some(*span));
    }
    for outcome in &step.outcomes {
        let is_itself = outcome.target == Some(Target::Node(id));
        if let Some(words) = outcome_that_stays(outcome, is_itself) {
            node.say(words, LineKind::Plain, Some(outcome.head.span));
        }
    }
    for (event, _, span) in &step.emits {
        let words = Words::new(format!("● raises {event}"), format!("● 发出事件 {event}"));
        node.say(words, LineKind::Plain, Some(*span));
    }
    for own in &step.escalation {
        node.say(rung(institution, own), LineKind::Rung, Some(own.span));
    }
    owed(institution, &step.owes, |_| true, &mut node);
    node
}

fn ending(institution: &Institution, procedure: &Procedure, end: Option<bool>) -> Node {
    let title = match end {
        None => Words::new("close", "办结"),
        Some(true) => Words::new("close: solved", "办结：已解决"),
        Some(false) => Words::new("close: unsolved", "办结：未解决"),
    };
    let mut node = Node::new(title, Shape::End);
    if let Some(closing) = &procedure.closing {
        for (who, time, span) in &closing.tell {
            let time = time.map(within).map(|time| Words::same(" ").and(&time)).unwrap_or_default();
            let words = Words::new("tell ", "告知").and(&performer(institution, who)).and(&time);
            node.say(words, LineKind::Plain, Some(*span));
        }
    }
    owed(institution, &procedure.owes, |upon| upon == Upon::Close, &mut node);
    node
}

/// One edge for all ways from one node to another that are drawn alike.
fn edges(
    institution: &Institution,
    procedure: &Procedure,
    flow: &Flow,
    places: &BTreeMap<Spot, usize>,
    picture: &mut Picture,
) {
    let mut together: BTreeMap<(usize, usize, bool), Vec<Words>> = BTreeMap::new();
    for edge in flow.graph.edge_references() {
        let (spot, way) = (flow.graph[edge.source()], *edge.weight());
        let (Some(from), Some(to)) = (places.get(&spot), places.get(&flow.graph[edge.target()])) else {
            continue;
        };
        let failed = matches!(way, Way::Timeout | Way::Refusal | Way::Called(false));
        let labels = together.entry((*from, *to, failed)).or_default();
        labels.extend(way_label(institution, procedure, spot, way));
    }
    for ((from, to, failed), mut label) in together {
        if from == to {
            continue;
        }
        label.dedup();
        if label.len() > 4 {
            let more = label.split_off(3).len();
            label.push(Words::new(format!("+ {more} more"), format!("另{more}种")));
        }
        let stroke = if failed { Stroke::Dashed } else { Stroke::Solid };
        picture.edges.push(Edge { from, to, label, stroke });
    }
}

fn way_label(institution: &Institution, procedure: &Procedure, at: Spot, way: Way) -> Option<Words> {
    if let (Way::Arm(index), Spot::Node(node)) = (way, at)
        && let NodeKind::Choose(choice) = &procedure.nodes[node.index()].kind
    {
        return choice.arms.get(index).map(|arm| region(institution, &arm.guard));
    }
    if way == Way::PassOver {
        return Some(Words::new("does not apply", "不适用"));
    }
    let en = way_words(procedure, at, way, linkage_text::Language::En)?;
    Some(Words::new(en, way_words(procedure, at, way, linkage_text::Language::Zh)?))
}
