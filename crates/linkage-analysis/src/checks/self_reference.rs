//! D021: a mandate yields to itself, prevails over itself or shares with itself, alone: the clause does nothing.

use super::{Check, Context, Fact, Finding};
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "D021",
    name: "self-reference",
    severity: Severity::Warning,
    page: include_str!("self_reference.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, mandate) in context.institution().mandates() {
        let ordered = mandate.yields_to.iter().chain(&mandate.prevails_over).map(|(to, span)| (*to, *span));
        let shared = mandate.shares_with.iter().map(|(_, with, span)| (*with, *span));
        let own: Vec<Span> =
            ordered.chain(shared).filter(|(to, _)| *to == id).map(|(_, span)| span).collect();
        for span in own {
            findings.push(Finding::new(&CHECK).fact("mandate", Fact::Mandate(id)).place(span, "clause"));
        }
        // One name can stand for several: those the clause is about.
        let day = context.division.day;
        let leads = mandate.leads.iter().map(|(lead, _)| context.institution().standing_in(*lead, day).len());
        if mandate.leads.len() < 2 && leads.sum::<usize>() < 2 {
            findings.extend(mandate.own_sharing.iter().map(|(_, span)| {
                Finding::new(&CHECK)
                    .told_by("alone")
                    .fact("mandate", Fact::Mandate(id))
                    .place(*span, "shares")
            }));
        }
    }
    findings
}
