//! L003: a citation of a law that is not in force on the day asked about.

use jiff::civil::Date;

use super::cited::citations;
use super::finding::Fault;
use super::{Check, Context, Fact, Finding};
use linkage_model::{Citation, Institution, LawId};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "L003",
    name: "stale-basis",
    severity: Severity::Error,
    page: include_str!("stale_basis.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let day = context.division.day;
    let mut findings = Vec::new();
    for cited in citations(context) {
        let Some(id) = cited.citation.law else { continue };
        let law = &institution[id];
        if law.in_force(day) || versioned(institution, cited.basis, id, day) {
            continue;
        }
        let finding = Finding::new(&CHECK)
            .fact("by", Fact::Text(cited.by.clone()))
            .telling(Fault::Basis(cited.citation.span))
            .fact("law", Fact::Law(id))
            .place(cited.citation.span, "citation");
        let finding = match (law.from, law.until) {
            (Some((from, span)), _) if day < from => {
                finding.told_by("not_yet").fact("from", Fact::Date(from)).place(span, "dates")
            }
            (_, Some((until, span))) => finding.fact("until", Fact::Date(until)).place(span, "dates"),
            _ => continue,
        };
        let by_law = (0..).map(LawId).zip(&institution.laws);
        let heirs = by_law.filter(|(_, other)| other.replaces.iter().any(|(old, _)| *old == id));
        let finding = heirs.fold(finding, |finding, (heir, law)| {
            finding.place_of(law.head.span, "heir", "heir", Fact::Law(heir))
        });
        findings.push(cited.witnessed(context, finding));
    }
    findings
}

/// Whether the rule cites, beside a law not in force, the one in force that replaces it or that it
/// replaces: such a rule is written for both times.
fn versioned(institution: &Institution, basis: &[Citation], law: LawId, day: Date) -> bool {
    let replaces =
        |new: LawId, old: LawId| institution[new].replaces.iter().any(|(replaced, _)| *replaced == old);
    basis
        .iter()
        .filter_map(|citation| citation.law)
        .any(|other| institution[other].in_force(day) && (replaces(other, law) || replaces(law, other)))
}
