//! What connects bodies, and the tree of matters, as pictures.

use std::collections::BTreeMap;

use super::clauses::{content, named, powers, resources};
use super::{Direction, Edge, LineKind, Node, Picture, Shape, Stroke, performer};
use crate::fact::{bodies_words, listed};
use crate::words::Words;
use linkage_analysis::checks::Fact;
use linkage_model::{BodyId, ChannelMode, Institution, PassingMode, Performer};
use linkage_regions::{NodeRef, Tree};

/// So many things are told on one edge or line.
const TOLD: usize = 4;

fn net(title: Words, about: Words) -> Picture {
    let (lanes, nodes, edges) = (Vec::new(), Vec::new(), Vec::new());
    Picture { title, about, direction: Direction::Right, lanes, nodes, edges }
}

/// A picture of nothing says so.
fn or_empty(mut picture: Picture) -> Picture {
    if picture.nodes.is_empty() {
        picture.nodes.push(Node::new(Words::new("nothing is declared", "未作声明"), Shape::Open));
    }
    picture
}

fn body_node(institution: &Institution, body: BodyId) -> Node {
    let own = &institution[body];
    let shape = if own.is_slot { Shape::Open } else { Shape::Card };
    let mut node = Node::new(named(institution, &Fact::Body(body)), shape);
    node.span = Some(own.head.span);
    match own.kind {
        Some(kind) => {
            let kind = Words::each(|language| kind.keyword().spelling(language).to_owned());
            node.say(kind, LineKind::Plain, None);
        }
        None if own.is_slot => node.say(Words::new("to be named by an act", "待指定"), LineKind::Plain, None),
        None => {}
    }
    node
}

fn link(edges: &mut Vec<Edge>, from: usize, to: usize, stroke: Stroke) {
    edges.push(Edge { from, to, label: Vec::new(), stroke });
}

/// The nodes of bodies, each once.
#[derive(Default)]
struct Bodies(BTreeMap<BodyId, usize>);

impl Bodies {
    fn at(&mut self, institution: &Institution, nodes: &mut Vec<Node>, body: BodyId) -> usize {
        *self.0.entry(body).or_insert_with(|| {
            nodes.push(body_node(institution, body));
            nodes.len() - 1
        })
    }
}

pub(super) fn bodies(institution: &Institution) -> Picture {
    let count = institution.bodies.len();
    let mut picture = net(
        Words::new("Bodies", "主体"),
        Words::new(
            format!("{count} bodies, each behind those right above it"),
            format!("{count}个主体，上级在左，下级在右"),
        ),
    );
    picture.nodes = institution.bodies().map(|(id, _)| body_node(institution, id)).collect();
    for (id, body) in institution.bodies() {
        for (above, _) in &body.under {
            link(&mut picture.edges, above.index(), id.index(), Stroke::Solid);
        }
        for succession in &body.succeeds {
            let label =
                succession.since.map(|since| Words::new(format!("since {since}"), format!("{since}起承继")));
            let label = vec![label.unwrap_or_else(|| Words::new("succeeded by", "由其承继"))];
            let (from, to) = (succession.of.index(), id.index());
            picture.edges.push(Edge { from, to, label, stroke: Stroke::Dashed });
        }
    }
    or_empty(picture)
}

pub(super) fn delegations(institution: &Institution) -> Picture {
    let mut picture = net(
        Words::new("Delegations", "授权与委托"),
        Words::new(
            "Who passes which powers on to whom; dashed is entrusted, in the giver's name",
            "职权由谁转授给谁；虚线为委托，以委托者名义行使",
        ),
    );
    let mut bodies = Bodies::default();
    for passing in &institution.passings {
        let mut node = Node::new(Words::new(&passing.head.name, passing.head.label()), Shape::Link);
        let mode = match passing.mode {
            PassingMode::Transfer => Words::new("transferred", "授权"),
            PassingMode::Entrust => Words::new("entrusted", "委托"),
        };
        node.say(mode, LineKind::Plain, Some(passing.head.span));
        let passed: Vec<_> = passing.powers.iter().map(|(power, _)| *power).collect();
        node.say(powers(institution, &passed), LineKind::Plain, None);
        node.span = Some(passing.head.span);
        let stroke = match passing.mode {
            PassingMode::Transfer => Stroke::Solid,
            PassingMode::Entrust => Stroke::Dashed,
        };
        let own = picture.nodes.len();
        picture.nodes.push(node);
        for (giver, _) in &passing.givers {
            let giver = bodies.at(institution, &mut picture.nodes, *giver);
            link(&mut picture.edges, giver, own, stroke);
        }
        for (receiver, _) in &passing.receivers {
            let receiver = bodies.at(institution, &mut picture.nodes, *receiver);
            link(&mut picture.edges, own, receiver, stroke);
        }
    }
    or_empty(picture)
}

pub(super) fn channels(institution: &Institution) -> Picture {
    let mut picture = net(
        Words::new("Channels", "资源渠道"),
        Words::new(
            "Which resources reach whom by which channel, and what is owed in return",
            "资源经何渠道到达何主体，以及回馈义务",
        ),
    );
    let mut bodies = Bodies::default();
    for channel in &institution.channels {
        let mut node = Node::new(Words::new(&channel.head.name, channel.head.label()), Shape::Link);
        node.span = Some(channel.head.span);
        if let Some(mode) = channel.mode {
            node.say(mode_words(mode), LineKind::Plain, None);
        }
        let carried: Vec<_> = channel.carries.iter().map(|(resource, _)| *resource).collect();
        if let Some((_, span)) = channel.carries.first() {
            node.say(Words::same("▫ ").and(&resources(institution, &carried)), LineKind::Plain, Some(*span));
        }
        for (owed, title, _) in &channel.owes {
            let words = title.as_ref().map_or_else(|| content(*owed), Words::same);
            node.say(Words::new("◆ owes ", "◆ 回馈：").and(&words), LineKind::Owed, None);
        }
        let own = picture.nodes.len();
        picture.nodes.push(node);
        for (giver, _) in &channel.givers {
            let giver = bodies.at(institution, &mut picture.nodes, *giver);
            link(&mut picture.edges, giver, own, Stroke::Solid);
        }
        for (receiver, _) in &channel.receivers {
            let receiver = bodies.at(institution, &mut picture.nodes, *receiver);
            link(&mut picture.edges, own, receiver, Stroke::Solid);
        }
    }
    or_empty(picture)
}

fn mode_words(mode: ChannelMode) -> Words {
    match mode {
        ChannelMode::OpenPlatform => Words::new("open platform", "开放平台"),
        ChannelMode::Purchase => Words::new("purchase", "购买服务"),
        ChannelMode::Agreement => Words::new("agreement", "协议"),
        ChannelMode::Order => Words::new("order", "指令"),
    }
}

/// Everything that is owed: debtor, creditor, and what in which procedure or channel.
pub(crate) fn owed(institution: &Institution) -> Vec<(Performer, Performer, Words)> {
    let mut all = Vec::new();
    for (id, procedure) in institution.procedures() {
        let steps = procedure.nodes.iter().filter_map(|node| match &node.kind {
            linkage_model::NodeKind::Step(step) => Some(&step.owes),
            _ => None,
        });
        let place = named(institution, &Fact::Procedure(id));
        for owe in procedure.owes.iter().chain(steps.flatten()) {
            let what = content(owe.content);
            let words =
                Words::new(format!("{} ({})", what.en, place.en), format!("{}（{}）", what.zh, place.zh));
            for creditor in &owe.creditors {
                all.push((owe.debtor.clone(), creditor.clone(), words.clone()));
            }
        }
    }
    for channel in &institution.channels {
        for (owed, ..) in &channel.owes {
            let (what, name) = (content(*owed), &channel.head);
            let words = Words::new(
                format!("{} ({})", what.en, name.name),
                format!("{}（{}）", what.zh, name.label()),
            );
            for (receiver, _) in &channel.receivers {
                for (giver, _) in &channel.givers {
                    all.push((Performer::Body(*receiver), Performer::Body(*giver), words.clone()));
                }
            }
        }
    }
    all
}

pub(super) fn obligations(institution: &Institution) -> Picture {
    let mut picture = net(
        Words::new("Obligations", "互惠义务"),
        Words::new(
            "Who owes what to whom, and in which procedure or channel",
            "谁对谁负有何种义务，以及所在程序或渠道",
        ),
    );
    let mut nodes: BTreeMap<Performer, usize> = BTreeMap::new();
    let mut together: BTreeMap<(usize, usize), Vec<Words>> = BTreeMap::new();
    for (debtor, creditor, words) in owed(institution) {
        let mut at = |who: Performer| {
            *nodes.entry(who.clone()).or_insert_with(|| {
                picture.nodes.push(match &who {
                    Performer::Body(body) => body_node(institution, *body),
                    role => Node::new(performer(institution, role), Shape::End),
                });
                picture.nodes.len() - 1
            })
        };
        let (from, to) = (at(debtor), at(creditor));
        let told = together.entry((from, to)).or_default();
        if !told.contains(&words) {
            told.push(words);
        }
    }
    for ((from, to), mut label) in together {
        if label.len() > TOLD {
            let more = label.split_off(TOLD - 1).len();
            label.push(Words::new(format!("+ {more} more"), format!("另{more}项")));
        }
        if from == to {
            for words in label {
                picture.nodes[from].say(Words::same("◆ ").and(&words), LineKind::Owed, None);
            }
        } else {
            picture.edges.push(Edge { from, to, label, stroke: Stroke::Solid });
        }
    }
    or_empty(picture)
}

pub(super) fn matters(institution: &Institution) -> Picture {
    let tree = &institution.matters.tree;
    let mut picture = net(
        Words::new("Matters", "事项"),
        Words::new(
            format!("{} matters, with whom mandates name to lead them", tree.leaves()),
            format!("{}个末级事项，及职责列明的牵头主体", tree.leaves()),
        ),
    );
    for (at, node) in tree.nodes().skip(1) {
        let head = institution.matters.head(at);
        let mut own = Node::new(Words::new(&head.name, head.label()), Shape::Card);
        own.span = Some(head.span);
        if node.children.is_empty() {
            let leads = leads(institution, node.leaves.start);
            let words = if leads.is_empty() {
                Words::new("nobody leads", "无人牵头")
            } else {
                told(institution, &leads)
            };
            own.say(words, LineKind::Plain, None);
        }
        // The nameless root is left out: nodes are numbered from one.
        if let Some(parent) = node.parent.filter(|parent| *parent != Tree::ROOT) {
            link(&mut picture.edges, index(parent), index(at), Stroke::Solid);
        }
        picture.nodes.push(own);
    }
    or_empty(picture)
}

fn index(node: NodeRef) -> usize {
    node.0 as usize - 1
}

/// The bodies that some mandate names to lead on a part of a leaf matter.
fn leads(institution: &Institution, leaf: u32) -> Vec<BodyId> {
    let on = |mandate: &&linkage_model::Mandate| {
        mandate.region.cuboids().iter().any(|cuboid| cuboid.sides()[Institution::MATTER].contains(leaf))
    };
    let all = institution.mandates.iter().filter(on);
    let all: std::collections::BTreeSet<BodyId> =
        all.flat_map(|it| it.leads.iter().map(|(body, _)| *body)).collect();
    all.into_iter().collect()
}

fn told(institution: &Institution, bodies: &[BodyId]) -> Words {
    let more = bodies.len().saturating_sub(TOLD);
    Words::each(|language| {
        let mut names: Vec<String> =
            bodies.iter().take(TOLD).map(|body| bodies_words(institution, &[*body], language)).collect();
        if more > 0 {
            names.push(language.pick(format!("{more} more"), format!("另{more}个")));
        }
        listed(names, language)
    })
}
