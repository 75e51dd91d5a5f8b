//! Which facts would decide what a situation leaves open, the one that decides soonest first.
//!
//! ```text
//!               severity 1..3   severity 4..5        knowing the severity decides the left column for
//!   shop        police          police               every venue, so it is asked first; the venue is
//!   home        police          fire brigade         asked only where that was not enough
//! ```
//!
//! The situation is parted by the answer. For each axis the values are gathered into classes between
//! which no part has an edge; an axis is worth the more the fewer answers are left, on the average over
//! its values, once it is known. The best is asked first, the next among what is then still open.

use std::collections::BTreeSet;

use ecow::{EcoString, eco_format};
use serde::{Deserialize, Serialize};

use linkage_model::{Institution, Taxonomy};
use linkage_regions::{Cuboid, NodeRef, Region, Run, Side, SideName, describe_side};

/// So many open sub-questions are followed at once.
const OPEN_UP_TO: usize = 64;

/// A fact that is not known and matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingFact {
    /// The axis that it is about.
    pub fact: EcoString,
    /// Which values would lead to which answers.
    pub options: Vec<FactOption>,
}

/// Values of a fact that lead to the same answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactOption {
    /// The values: names, paths, `2..4`, `08:30-17:30`.
    pub values: Vec<EcoString>,
    /// The answers that are then left; one answer is decided.
    pub answers: Vec<EcoString>,
}

/// What one answer still covers.
type Open = Vec<(usize, Vec<Cuboid>)>;

/// The facts that decide between the answers of these parts of a situation, in the order to ask.
pub fn deciding(institution: &Institution, parts: &[(EcoString, Region)]) -> Vec<MissingFact> {
    let mut labels: Vec<&EcoString> = parts.iter().map(|(label, _)| label).collect();
    labels.sort_unstable();
    labels.dedup();
    let label = |own: &EcoString| labels.iter().position(|label| *label == own).unwrap_or(0);
    let whole: Open = parts.iter().map(|(own, region)| (label(own), region.cuboids().to_vec())).collect();
    let mut open: Vec<Open> = vec![whole];
    open.retain(|part| answers(part).len() > 1);
    let mut axes: Vec<usize> = (0..institution.space.dimensions.len()).collect();
    let mut facts = Vec::new();
    while !open.is_empty() {
        let best = axes
            .iter()
            .filter_map(|axis| {
                split(&open, *axis).map(|classes| (left_over(&open, &classes, *axis), *axis, classes))
            })
            .min_by_key(|(left, axis, _)| (*left, *axis));
        let Some((_, asked, classes)) = best else { break };
        axes.retain(|other| *other != asked);
        facts.push(missing(institution, asked, &open, &classes, &labels));
        let narrowed = open.iter().flat_map(|part| classes.iter().map(|class| narrow(part, asked, class)));
        let mut next: Vec<Open> = narrowed.filter(|part| answers(part).len() > 1).collect();
        next.dedup();
        next.truncate(OPEN_UP_TO);
        open = next;
    }
    facts
}

fn answers(part: &Open) -> BTreeSet<usize> {
    part.iter().filter(|(_, cuboids)| !cuboids.is_empty()).map(|(label, _)| *label).collect()
}

fn narrow(part: &Open, axis: usize, class: &Side) -> Open {
    let cut = |cuboids: &[Cuboid]| -> Vec<Cuboid> {
        let inside = cuboids.iter().map(|cuboid| cuboid.with(axis, cuboid.sides()[axis].intersect(class)));
        inside.filter(|cuboid| !cuboid.is_empty()).collect()
    };
    part.iter()
        .map(|(label, cuboids)| (*label, cut(cuboids)))
        .filter(|(_, cuboids)| !cuboids.is_empty())
        .collect()
}

/// The values of an axis in classes that no box tells apart; none if the axis is known already.
fn split(open: &[Open], axis: usize) -> Option<Vec<Side>> {
    let sides = || open.iter().flatten().flat_map(|(_, cuboids)| cuboids).map(|cuboid| &cuboid.sides()[axis]);
    let mut edges: BTreeSet<u32> = BTreeSet::new();
    for run in sides().flat_map(Side::runs) {
        edges.extend([run.start, run.end]);
    }
    let edges: Vec<u32> = edges.into_iter().collect();
    let atoms = edges.windows(2).map(|pair| Run::new(pair[0], pair[1]));
    let atoms: Vec<Side> =
        atoms.filter(|run| sides().any(|side| side.touches(*run))).map(Side::from).collect();
    (atoms.iter().map(Side::len).sum::<u32>() > 1 && atoms.len() > 1).then_some(atoms)
}

/// How many answers too many are left, weighed by how many values leave them; in millionths.
fn left_over(open: &[Open], classes: &[Side], axis: usize) -> u64 {
    let total: u64 = classes.iter().map(|class| u64::from(class.len())).sum();
    let left: u64 = open
        .iter()
        .flat_map(|part| {
            classes.iter().map(move |class| (answers(&narrow(part, axis, class)).len(), class.len()))
        })
        .map(|(answers, weight)| answers.saturating_sub(1) as u64 * u64::from(weight))
        .sum();
    left.saturating_mul(1_000_000) / total.max(1)
}

fn missing(
    institution: &Institution,
    axis: usize,
    open: &[Open],
    classes: &[Side],
    labels: &[&EcoString],
) -> MissingFact {
    let mut options: Vec<(BTreeSet<usize>, Side)> = Vec::new();
    for class in classes {
        let left: BTreeSet<usize> =
            open.iter().flat_map(|part| answers(&narrow(part, axis, class))).collect();
        match options.iter_mut().find(|(answers, _)| *answers == left) {
            Some((_, side)) => *side = side.union(class),
            None => options.push((left, class.clone())),
        }
    }
    let option = |(answers, side): (BTreeSet<usize>, Side)| FactOption {
        values: words(institution, axis, &side),
        answers: answers.into_iter().map(|answer| labels[answer].clone()).collect(),
    };
    let fact = institution.space.dimensions[axis].name.clone();
    MissingFact { fact, options: options.into_iter().map(option).collect() }
}

/// The values of a side as they are written in rules and facts.
fn words(institution: &Institution, axis: usize, side: &Side) -> Vec<EcoString> {
    let paths = |taxonomy: &Taxonomy, nodes: &[NodeRef], sign: &str| -> Vec<EcoString> {
        let path = |node: &NodeRef| match taxonomy.path(*node) {
            path if path.is_empty() => "*".into(),
            path => eco_format!("{sign}{path}"),
        };
        nodes.iter().map(path).collect()
    };
    match describe_side(&institution.space.dimensions[axis], side) {
        SideName::Whole => vec!["*".into()],
        SideName::Names(names) => names,
        SideName::AllBut(names) => names.iter().map(|name| eco_format!("!{name}")).collect(),
        SideName::Nodes(named) => {
            let taxonomy =
                if axis == Institution::MATTER { &institution.matters } else { &institution.areas };
            let mut words = paths(taxonomy, &named.all_of, "");
            words.extend(paths(taxonomy, &named.except, "!"));
            words
        }
        SideName::Integers(ranges) => {
            let range = |(from, to): &(i64, i64)| {
                if from == to { eco_format!("{from}") } else { eco_format!("{from}..{to}") }
            };
            ranges.iter().map(range).collect()
        }
        SideName::Clock(ranges) => ranges.iter().map(|range| eco_format!("{range}")).collect(),
    }
}
