//! L004: a citation of an article that its law is not declared to have.

use super::cited::citations;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "L004",
    name: "unknown-article",
    severity: Severity::Error,
    page: include_str!("unknown_article.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for cited in citations(context) {
        let citation = cited.citation;
        let Some(law) = citation.law.filter(|_| !citation.article_known) else { continue };
        let number = citation.article.clone().unwrap_or_default();
        let mut finding = Finding::new(&CHECK)
            .fact("by", Fact::Text(cited.by.clone()))
            .fact("article", Fact::Article(law, number.clone()))
            .place(citation.span, "citation")
            .place(cited.by_span, "by")
            .place(institution[law].head.span, "law");
        // The law that replaced it may have numbered the article anew.
        let heir = institution.laws.iter().find(|other| other.replaces.iter().any(|(old, _)| *old == law));
        if let Some(heir) = heir {
            finding = finding.place(heir.head.span, "heir");
        }
        findings.push(cited.witnessed(context, finding));
    }
    findings
}
