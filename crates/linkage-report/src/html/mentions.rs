//! Of whom and of what situations a finding speaks: what it is filtered by.

use std::collections::BTreeSet;
use std::fmt::Write;

use linkage_analysis::checks::{Fact, Finding, Witness};
use linkage_model::{BodyId, Institution, MandateId, NodeId, NodeKind, PassingId, Performer, ProcedureId};
use linkage_regions::Side;

/// So many boxes of a region are written out; past that its hull on both axes.
const BOXES: usize = 24;

/// The bodies that a finding speaks of.
pub(super) fn bodies(institution: &Institution, finding: &Finding) -> Vec<BodyId> {
    let mut all = BTreeSet::new();
    let facts = finding.facts.iter().chain(finding.places.iter().flat_map(|place| &place.facts));
    for (_, fact) in facts {
        of_fact(institution, fact, &mut all);
    }
    all.into_iter().collect()
}

fn of_fact(institution: &Institution, fact: &Fact, all: &mut BTreeSet<BodyId>) {
    let mandate = |id: &MandateId| institution[*id].leads.iter().map(|(body, _)| *body).collect::<Vec<_>>();
    let passing = |id: &PassingId| {
        let passing = &institution[*id];
        passing.givers.iter().chain(&passing.receivers).map(|(body, _)| *body).collect::<Vec<_>>()
    };
    match fact {
        Fact::Body(body) | Fact::Performer(Performer::Body(body) | Performer::Serving(body)) => {
            all.insert(*body);
        }
        Fact::Bodies(bodies) => all.extend(bodies),
        Fact::Mandate(id) => all.extend(mandate(id)),
        Fact::Mandates(ids) => all.extend(ids.iter().flat_map(mandate)),
        Fact::Passing(id) => all.extend(passing(id)),
        Fact::Passings(ids) => all.extend(ids.iter().flat_map(passing)),
        Fact::Channel(id) => {
            let channel = &institution[*id];
            all.extend(channel.givers.iter().chain(&channel.receivers).map(|(body, _)| *body));
        }
        Fact::Node(procedure, node) => {
            let node = institution[*procedure].nodes.get(node.index());
            if let Some(NodeKind::Step(step)) = node.map(|node| &node.kind) {
                all.extend(step.by.iter().filter_map(|(by, _)| match by {
                    Performer::Body(body) | Performer::Serving(body) => Some(*body),
                    _ => None,
                }));
            }
        }
        _ => {}
    }
}

/// The procedure that a finding speaks of, with the node if it speaks of one.
pub(super) fn procedure(finding: &Finding) -> Option<(ProcedureId, Option<NodeId>)> {
    let facts = finding.facts.iter().chain(finding.places.iter().flat_map(|place| &place.facts));
    let mut whole = None;
    for (_, fact) in facts {
        match fact {
            Fact::Node(procedure, node) => return Some((*procedure, Some(*node))),
            Fact::Nodes(procedure, nodes) => return Some((*procedure, nodes.first().copied())),
            Fact::Procedure(procedure) => whole = whole.or(Some(*procedure)),
            Fact::Procedures(all) => whole = whole.or(all.first().copied()),
            _ => {}
        }
    }
    let run = match &finding.witness {
        Some(Witness::Run(procedure, ..) | Witness::Slowest(procedure, ..)) => Some(*procedure),
        _ => None,
    };
    whole.or(run).map(|procedure| (procedure, None))
}

/// The matters and areas of a finding's region, as `matters/areas` with `;` between boxes: `0-3.7-8/2-4`.
pub(super) fn place(finding: &Finding) -> Option<String> {
    let boxes = &finding.boxes()?.cuboids;
    let pair = |matters: &Side, areas: &Side| format!("{}/{}", runs(matters), runs(areas));
    let mut pairs: BTreeSet<String> = BTreeSet::new();
    for cuboid in boxes {
        pairs.insert(pair(&cuboid.sides()[Institution::MATTER], &cuboid.sides()[Institution::AREA]));
        if pairs.len() > BOXES {
            let hull = |axis: usize| boxes.iter().fold(Side::empty(), |all, it| all.union(&it.sides()[axis]));
            return Some(pair(&hull(Institution::MATTER), &hull(Institution::AREA)));
        }
    }
    Some(pairs.into_iter().collect::<Vec<_>>().join(";"))
}

fn runs(side: &Side) -> String {
    let mut out = String::new();
    for run in side.runs() {
        let dot = if out.is_empty() { "" } else { "." };
        let _ = write!(out, "{dot}{}-{}", run.start, run.end);
    }
    out
}
