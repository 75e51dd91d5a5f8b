//! L002: a citation of a law that the package does not declare.

use super::cited::citations;
use super::finding::Fault;
use super::{Check, Context, Fact, Finding};
use linkage_text::{Severity, did_you_mean};

pub static CHECK: Check = Check {
    code: "L002",
    name: "unknown-basis",
    severity: Severity::Error,
    page: include_str!("unknown_basis.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for cited in citations(context) {
        let citation = cited.citation;
        let finding = Finding::new(&CHECK)
            .telling(Fault::Basis(citation.span))
            .fact("by", Fact::Text(cited.by.clone()))
            .fact("name", Fact::Text(citation.name.clone()))
            .place(citation.span, "citation")
            .place(cited.by_span, "by");
        let finding = match citation.law {
            None => {
                let names = institution.laws.iter().map(|law| law.head.name.as_str());
                match did_you_mean(&citation.name, names) {
                    Some(near) => finding.told_by("near").fact("near", Fact::Text(near.into())),
                    None => finding,
                }
            }
            Some(_) => continue,
        };
        findings.push(cited.witnessed(context, finding));
    }
    findings
}
