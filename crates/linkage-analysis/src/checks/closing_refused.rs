//! P022: an end that is refused: closing takes a step that the case need not have finished.

use super::ending::shortest_ending;
use super::{Check, Context, Fact, Finding, Witness};
use linkage_flow::{Asked, Ending, Moved, Way};
use linkage_model::NodeId;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P022",
    name: "closing-refused",
    severity: Severity::Warning,
    page: include_str!("closing_refused.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, procedure) in context.institution().procedures() {
        for (node, span) in procedure.closing.iter().flat_map(|closing| &closing.needs) {
            let finishes =
                |own: NodeId, way: Way| own == *node && !matches!(way, Way::Timeout | Way::Refusal);
            let asked = Asked { counted: &[], avoided: &finishes };
            // An end that time or a called case brings about is never refused.
            let by_act = |ending: &Ending| ending.moved != Moved::ByTime;
            let Some((run, case)) = shortest_ending(context, id, asked, by_act) else { continue };
            let finding = Finding::new(&CHECK)
                .fact("procedure", Fact::Procedure(id))
                .fact("step", Fact::Node(id, *node))
                .place(*span, "needed")
                .place(procedure.nodes[node.index()].head.span, "step");
            findings.push(finding.shown_by(Witness::Run(id, run, case)));
        }
    }
    findings
}
