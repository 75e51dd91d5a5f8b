//! D020: what is said of how bodies share the lead contradicts itself.

use super::{Check, Context, Fact, Finding};
use linkage_model::MandateId;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D020",
    name: "contradicting-sharing",
    severity: Severity::Error,
    page: include_str!("contradicting_sharing.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, mandate) in institution.mandates() {
        if mandate.own_sharing.len() > 1 && mandate.sharing().is_none() {
            let finding = Finding::new(&CHECK).fact("mandate", Fact::Mandate(id));
            let clauses = mandate.own_sharing.iter();
            let finding = clauses.fold(finding, |finding, (_, span)| finding.place(*span, "clause"));
            findings.push(finding.on(mandate.region.clone()));
        }
        let mut others: Vec<MandateId> = mandate.shares_with.iter().map(|(_, other, _)| *other).collect();
        others.sort_unstable();
        others.dedup();
        for other in others.into_iter().filter(|other| *other != id) {
            let back = institution[other].shares_with.iter().any(|(_, to, _)| *to == id);
            // Where each speaks of the other, the first in the text tells it.
            if (back && other < id) || institution.sharing_between(id, other).len() < 2 {
                continue;
            }
            let finding = Finding::new(&CHECK)
                .told_by("between")
                .fact("mandate", Fact::Mandate(id))
                .fact("other", Fact::Mandate(other));
            let own = mandate.shares_with.iter().filter(|(_, to, _)| *to == other);
            let theirs = institution[other].shares_with.iter().filter(|(_, to, _)| *to == id);
            let clauses = own.chain(theirs);
            let finding = clauses.fold(finding, |finding, (.., span)| finding.place(*span, "clause"));
            findings.push(finding);
        }
    }
    findings
}
