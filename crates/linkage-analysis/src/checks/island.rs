//! P020: procedures that neither start nor call any of the others.

use petgraph::graph::UnGraph;
use petgraph::visit::Dfs;

use super::courses::links;
use super::graph::first_case;
use super::{Check, Context, Fact, Finding, Witness};
use linkage_model::{ProcedureId, Trigger};
use linkage_text::Severity;

pub static CHECK: Check =
    Check { code: "P020", name: "island", severity: Severity::Warning, page: include_str!("island.md"), run };

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let links = links(context);
    let counted = counted(context);
    // Where no procedure leads to another nothing is linked that an island could lie outside of.
    if links.iter().all(|link| link.from == link.to) && counted.is_empty() {
        return Vec::new();
    }
    let mut graph: UnGraph<ProcedureId, ()> = UnGraph::default();
    let nodes: Vec<_> = institution.procedures().map(|(id, _)| graph.add_node(id)).collect();
    for link in &links {
        graph.add_edge(nodes[link.from.index()], nodes[link.to.index()], ());
    }
    for (from, to) in counted {
        graph.add_edge(nodes[from.index()], nodes[to.index()], ());
    }
    let mut components: Vec<Vec<ProcedureId>> = Vec::new();
    for node in &nodes {
        if components.iter().any(|known| known.contains(&graph[*node])) {
            continue;
        }
        let mut search = Dfs::new(&graph, *node);
        let mut component = Vec::new();
        while let Some(at) = search.next(&graph) {
            component.push(graph[at]);
        }
        component.sort_unstable();
        components.push(component);
    }
    // The largest is the mainland; of several equally large none is, for their order decides nothing.
    let most = components.iter().map(Vec::len).max();
    let mut largest = components.iter().enumerate().filter(|(_, own)| Some(own.len()) == most);
    let mainland = largest.next().map(|(at, _)| at).filter(|_| largest.next().is_none());
    let islands = components.iter().enumerate().filter(|(at, _)| Some(*at) != mainland).map(|(_, own)| own);
    let told = islands.map(|own| {
        let sentence = if own.len() == 1 { "main" } else { "several" };
        let mut finding =
            Finding::new(&CHECK).told_by(sentence).fact("procedures", Fact::Procedures(own.clone()));
        for id in own {
            finding = finding.place(institution[*id].head.span, "island");
        }
        let first = own.first().and_then(|id| first_case(context, *id));
        finding.witness = first.map(Witness::Situation);
        finding
    });
    told.collect()
}

/// Which procedure opens cases that which other counts.
fn counted(context: &Context<'_>) -> Vec<(ProcedureId, ProcedureId)> {
    let institution = context.institution();
    let mut links = Vec::new();
    for (to, counting) in institution.procedures() {
        for (trigger, _) in &counting.triggers {
            let Trigger::Count(count) = trigger else { continue };
            let opens = |(trigger, _): &(Trigger, _)| match trigger {
                Trigger::Report(region) | Trigger::Request(_, region) => !region.is_disjoint(&count.region),
                Trigger::Event(_) | Trigger::Schedule(_) | Trigger::Count(_) => false,
            };
            let from =
                institution.procedures().filter(|(id, own)| *id != to && own.triggers.iter().any(opens));
            links.extend(from.map(|(from, _)| (from, to)));
        }
    }
    links
}
