//! Which case falls under which finding.

use std::collections::BTreeSet;

use ecow::EcoString;

use super::Course;
use linkage_analysis::checks::{Fact, Finding, Witness};
use linkage_case::{canonical, region};
use linkage_model::{Institution, Node, NodeId, NodeKind, Procedure, ProcedureId};
use linkage_regions::{Cuboid, Region};
use linkage_text::Span;

/// What the situations of a case are under the rules that are checked.
pub(super) struct Placed {
    /// A box for each state of knowledge; none for one whose facts the rules don't know.
    boxes: Vec<Option<Cuboid>>,
    /// Whether the rules know all of its facts.
    pub known: bool,
}

impl Placed {
    pub(super) fn new(institution: &Institution, course: &Course) -> Self {
        let mut placed = Self { boxes: Vec::new(), known: true };
        for facts in &course.situations {
            match canonical(institution, facts) {
                Ok(facts) => placed.boxes.push(region(institution, &facts).cuboids().first().cloned()),
                // A fact that can't be read would leave its axis open, and the case would be anywhere.
                Err(_) => {
                    placed.boxes.push(None);
                    placed.known = false;
                }
            }
        }
        placed
    }
}

/// Whether a case falls under a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Met {
    Perhaps,
    Surely,
}

/// What a case must have to fall under a finding.
pub(super) struct Wanted<'f> {
    region: Option<&'f Region>,
    way: Option<Way>,
    /// The situations in which the executor met what the finding is about.
    met: Option<fn(&Course) -> &BTreeSet<usize>>,
}

/// Where a case must have come through: any one of them.
enum Way {
    Nodes(Vec<(EcoString, EcoString)>),
    Procedures(Vec<EcoString>),
    Channels(Vec<EcoString>),
    Resources(Vec<EcoString>),
}

impl<'f> Wanted<'f> {
    /// None where the finding is about what no case passes through.
    pub(super) fn new(institution: &Institution, finding: &'f Finding) -> Option<Self> {
        let met: Option<fn(&Course) -> &BTreeSet<usize>> = match finding.check.code {
            // That a power lies idle happens to no case, wherever it is held.
            "A002" => return None,
            "D001" | "D005" | "D013" => Some(|course| &course.gaps),
            "D002" | "D009" | "D010" | "D011" => Some(|course| &course.overlaps),
            _ => None,
        };
        let wanted = Self { region: finding.region.as_ref(), way: way(institution, finding), met };
        (wanted.region.is_some() || wanted.way.is_some()).then_some(wanted)
    }

    /// Whether a case falls under it.
    pub(super) fn met(&self, course: &Course, placed: &Placed) -> Option<Met> {
        if self.way.as_ref().is_some_and(|way| !way.taken(course)) {
            return None;
        }
        let Some(region) = self.region else { return Some(Met::Surely) };
        let found = placed.boxes.iter().enumerate().filter_map(|(at, own)| {
            let found = inside(own.as_ref()?, region)?;
            // The executor decides on all that a situation leaves open: what it met there, it met.
            Some(if self.met.is_some_and(|met| met(course).contains(&at)) { Met::Surely } else { found })
        });
        found.max()
    }

    /// The nodes at which it cost a case something; none is the whole case.
    pub(super) fn nodes(&self, course: &Course) -> Option<BTreeSet<EcoString>> {
        match &self.way {
            Some(Way::Nodes(nodes)) => {
                let own = nodes.iter().filter(|(procedure, _)| *procedure == course.procedure);
                Some(own.map(|(_, node)| node.clone()).collect())
            }
            _ => None,
        }
    }
}

impl Way {
    fn taken(&self, course: &Course) -> bool {
        match self {
            Self::Nodes(nodes) => nodes
                .iter()
                .any(|(procedure, node)| *procedure == course.procedure && course.nodes.contains(node)),
            Self::Procedures(names) => names.contains(&course.procedure),
            Self::Channels(names) => names.iter().any(|name| course.channels.contains(name)),
            Self::Resources(names) => names.iter().any(|name| course.resources.contains(name)),
        }
    }
}

fn inside(own: &Cuboid, region: &Region) -> Option<Met> {
    let meets: Vec<&Cuboid> = region.cuboids().iter().filter(|cuboid| !cuboid.is_disjoint(own)).collect();
    if meets.is_empty() {
        return None;
    }
    // Mostly one box holds it all; else it is cut by all that meet it.
    let within = meets.iter().any(|cuboid| own.is_subset(cuboid)) || {
        let mut left = vec![own.clone()];
        for cuboid in meets {
            left = left.iter().flat_map(|part| part.minus(cuboid)).collect();
        }
        left.iter().all(Cuboid::is_empty)
    };
    Some(if within { Met::Surely } else { Met::Perhaps })
}

/// The narrowest that the finding speaks of: steps, else procedures, else channels, else resources.
fn way(institution: &Institution, finding: &Finding) -> Option<Way> {
    let name = |id: ProcedureId| institution[id].head.name.clone();
    let node_name = |id: ProcedureId, node: NodeId| {
        let node = institution[id].nodes.get(node.index())?;
        Some((name(id), node.head.name.clone()))
    };
    let (mut nodes, mut procedures, mut channels, mut resources) = (vec![], vec![], vec![], vec![]);
    for (_, fact) in &finding.facts {
        match fact {
            Fact::Node(id, node) => nodes.extend(node_name(*id, *node)),
            Fact::Nodes(id, all) => nodes.extend(all.iter().filter_map(|node| node_name(*id, *node))),
            Fact::Procedure(id) => procedures.push(name(*id)),
            Fact::Procedures(ids) => procedures.extend(ids.iter().map(|id| name(*id))),
            Fact::Channel(id) => channels.push(institution[*id].head.name.clone()),
            Fact::Channels(ids) => channels.extend(ids.iter().map(|id| institution[*id].head.name.clone())),
            Fact::Resource(id) => resources.push(institution[*id].head.name.clone()),
            Fact::Resources(ids) => {
                resources.extend(ids.iter().map(|id| institution[*id].head.name.clone()));
            }
            _ => {}
        }
    }
    if nodes.is_empty() {
        nodes.extend(performing(institution, finding));
    }
    if let (true, Some(Witness::Run(id, ..) | Witness::Slowest(id, ..))) =
        (procedures.is_empty(), &finding.witness)
    {
        procedures.push(name(*id));
    }
    if !nodes.is_empty() {
        return Some(Way::Nodes(nodes));
    }
    if !procedures.is_empty() {
        return Some(Way::Procedures(procedures));
    }
    if !channels.is_empty() {
        return Some(Way::Channels(channels));
    }
    (!resources.is_empty()).then_some(Way::Resources(resources))
}

/// The steps at which a finding points to who acts there: a duty without a guarantee is met where it is done.
fn performing(institution: &Institution, finding: &Finding) -> Vec<(EcoString, EcoString)> {
    let pointed = |span: Span| finding.places.iter().any(|place| place.span == span);
    let acts = |node: &&Node| match &node.kind {
        NodeKind::Step(step) => step.by.iter().chain(&step.with).any(|(_, span)| pointed(*span)),
        _ => false,
    };
    let named = |own: &Procedure, node: &Node| (own.head.name.clone(), node.head.name.clone());
    let all = institution.procedures.iter();
    all.flat_map(|own| own.nodes.iter().filter(acts).map(|node| named(own, node))).collect()
}
