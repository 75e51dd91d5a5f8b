//! Rounds of procedures that lead to each other: they recur for the situations that can go all the way round.

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use super::courses::{Link, courses, gone, way_of_raising};
use super::graph::with_run_within;
use super::{Context, Finding};
use linkage_model::ProcedureId;
use linkage_regions::Region;

/// Procedures that lead round to each other.
pub(super) struct Round {
    /// Which, in the order of the text.
    pub procedures: Vec<ProcedureId>,
    /// By which links.
    pub links: Vec<Link>,
    /// For each link the situations in which it is gone and leads round again.
    regions: Vec<Region>,
}

/// The rounds that some situation can go for ever, the facts staying as they are.
pub(super) fn rounds(context: &Context<'_>, links: &[Link]) -> Vec<Round> {
    let mut graph: DiGraph<ProcedureId, ()> = DiGraph::new();
    let nodes: Vec<_> = context.institution().procedures().map(|(id, _)| graph.add_node(id)).collect();
    for link in links {
        graph.add_edge(nodes[link.from.index()], nodes[link.to.index()], ());
    }
    let mut rounds = Vec::new();
    for component in tarjan_scc(&graph) {
        let inside: Vec<ProcedureId> = component.iter().map(|node| graph[*node]).collect();
        let own: Vec<&Link> =
            links.iter().filter(|link| inside.contains(&link.from) && inside.contains(&link.to)).collect();
        if !own.is_empty() {
            rounds.extend(recurring(context, &own));
        }
    }
    rounds.sort_by(|one, other| one.procedures.cmp(&other.procedures));
    rounds
}

/// What of these links is gone again and again: from all situations downwards, until nothing falls away.
fn recurring(context: &Context<'_>, links: &[&Link]) -> Option<Round> {
    let courses = courses(context);
    let from = |link: &&Link| gone(context, link, &courses[link.from.index()]);
    let mut regions: Vec<Region> = links.iter().map(from).collect();
    // Regions only shrink, and only by what clauses cut: it comes to an end.
    loop {
        let mut narrowed = false;
        for (at, link) in links.iter().enumerate() {
            let on = links.iter().zip(&regions).filter(|(next, _)| next.from == link.to);
            let empty = Region::empty(&context.institution().space);
            let on = on.fold(empty, |all, (_, region)| all.union(region));
            let left = regions[at].intersect(&on);
            narrowed |= !regions[at].is_subset(&left);
            regions[at] = left;
        }
        if !narrowed {
            break;
        }
    }
    let kept: Vec<(&&Link, Region)> =
        links.iter().zip(regions).filter(|(_, region)| !region.is_empty()).collect();
    let mut procedures: Vec<ProcedureId> = kept.iter().map(|(link, _)| link.from).collect();
    procedures.sort_unstable();
    procedures.dedup();
    let (links, regions): (Vec<Link>, Vec<Region>) =
        kept.into_iter().map(|(link, region)| ((*link).clone(), region)).unzip();
    (!links.is_empty()).then_some(Round { procedures, links, regions })
}

impl Round {
    /// Adds the run to the first link as the witness.
    pub(super) fn witnessed(&self, context: &Context<'_>, finding: Finding) -> Finding {
        let all =
            self.regions.iter().fold(Region::empty(&context.institution().space), |all, own| all.union(own));
        let mut finding = finding.on(all);
        for (link, region) in self.links.iter().zip(&self.regions) {
            let raises = || way_of_raising(context, link.from, link.node, link.outcome);
            let way = link.event.as_ref().map(|_| raises());
            let before = finding.witness.clone();
            finding = with_run_within(context, finding, link.from, link.node, way, Some(region));
            if matches!(finding.witness, Some(super::Witness::Run(..))) {
                return finding;
            }
            finding.witness = before;
        }
        finding
    }
}
