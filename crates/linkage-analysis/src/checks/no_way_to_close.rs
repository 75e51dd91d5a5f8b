//! P004: a case comes to steps from which no way leads to the end.

use super::courses::{courses, region};
use super::graph::with_run_within;
use super::{Check, Context, Fact, Finding};
use linkage_model::NodeId;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P004",
    name: "no-way-to-close",
    severity: Severity::Error,
    page: include_str!("no_way_to_close.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, procedure) in context.institution().procedures() {
        if procedure.nodes.is_empty() {
            let finding = Finding::new(&CHECK)
                .told_by("empty")
                .fact("procedure", Fact::Procedure(id))
                .place(procedure.head.span, "procedure");
            findings.push(finding);
            continue;
        }
        // What ends without a successor, guards that leave a case and the like are told by checks of their own.
        let stuck = courses(context)[id.index()].stuck();
        let Some((first, _)) = stuck.first() else { continue };
        let course = &courses(context)[id.index()];
        let nodes: Vec<NodeId> = stuck.iter().map(|(node, _)| *node).collect();
        let mut finding = Finding::new(&CHECK)
            .fact("procedure", Fact::Procedure(id))
            .fact("steps", Fact::Nodes(id, nodes.clone()));
        for node in &nodes {
            finding = finding.place(procedure.nodes[node.index()].head.span, "stuck");
        }
        finding = finding.place(procedure.head.span, "procedure");
        let whole = stuck.iter().all(|(node, set)| set == course.reach_node(*node));
        let mut all = course.classes.none();
        for (_, set) in &stuck {
            all.union_with(set);
        }
        let here = region(context, course, &stuck[0].1);
        if !whole {
            finding = finding.told_by("some").on(region(context, course, &all));
        }
        findings.push(with_run_within(context, finding, id, *first, None, Some(&here)));
    }
    findings
}
