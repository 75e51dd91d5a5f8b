//! D019: one mandate names one body twice: to lead twice, or to lead and to support itself.

use std::collections::BTreeSet;

use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Holder};
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "D019",
    name: "named-twice",
    severity: Severity::Warning,
    page: include_str!("named_twice.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, mandate) in context.institution().mandates() {
        let supports = mandate.supports.iter().filter_map(|(holder, span)| match holder {
            Holder::Body(body) => Some((*body, *span)),
            Holder::Kind(_) => None,
        });
        let supports: Vec<(BodyId, Span)> = supports.collect();
        let stands = |names: &[(BodyId, Span)]| -> Vec<(BodyId, Span)> {
            let standing = |(name, span): &(BodyId, Span)| {
                let span = *span;
                context.competence().standing_in(*name).iter().map(move |body| (*body, span))
            };
            names.iter().flat_map(standing).collect()
        };
        let (leads, supports) = (stands(&mandate.leads), stands(&supports));
        let twice = |named: &[(BodyId, Span)]| -> BTreeSet<BodyId> {
            let again = |(at, (body, _)): (usize, &(BodyId, Span))| {
                named[..at].iter().any(|(other, _)| other == body).then_some(*body)
            };
            named.iter().enumerate().filter_map(again).collect()
        };
        let both: BTreeSet<BodyId> = leads
            .iter()
            .filter(|(body, _)| supports.iter().any(|(other, _)| other == body))
            .map(|it| it.0)
            .collect();
        for (sentence, bodies) in [("main", both), ("leads", twice(&leads)), ("supports", twice(&supports))] {
            if bodies.is_empty() {
                continue;
            }
            let finding = Finding::new(&CHECK)
                .told_by(sentence)
                .fact("bodies", Fact::Bodies(bodies.iter().copied().collect()))
                .fact("mandate", Fact::Mandate(id));
            let named = leads.iter().map(|it| (it, "lead")).chain(supports.iter().map(|it| (it, "support")));
            let wanted = match sentence {
                "main" => &["lead", "support"][..],
                "leads" => &["lead"],
                _ => &["support"],
            };
            let own = named.filter(|((body, _), label)| bodies.contains(body) && wanted.contains(label));
            findings.push(own.fold(finding, |finding, ((_, span), label)| finding.place(*span, label)));
        }
    }
    findings
}
