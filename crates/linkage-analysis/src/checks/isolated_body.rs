//! N001: a body that no rule gives a part.

use super::ties::{acts_itself, ties};
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "N001",
    name: "isolated-body",
    severity: Severity::Note,
    page: include_str!("isolated_body.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, body) in institution.bodies() {
        if ties(context).taking_part.contains(&id) {
            continue;
        }
        // Whoever stands above others, or makes the laws, is there for that.
        let above = !context.hierarchy.below(id).is_empty();
        let makes_laws = institution.laws.iter().any(|law| law.issuer.as_ref() == Some(&body.head.name));
        if above || makes_laws || !acts_itself(context, id) {
            continue;
        }
        let held = institution.resources().filter(|(_, resource)| {
            resource.holders.iter().any(|(holder, _)| context.competence().standing_in(*holder).contains(&id))
        });
        let held: Vec<_> = held.map(|(resource, _)| resource).collect();
        let mut finding = Finding::new(&CHECK).fact("body", Fact::Body(id)).place(body.head.span, "body");
        if !held.is_empty() {
            finding = finding.fact("resources", Fact::Resources(held)).note("holds");
        }
        findings.push(finding);
    }
    findings
}
