//! D017: an exclusion that does not bind a mandate: the body leads all the same.

use ecow::EcoString;

use super::dispute::cited;
use super::{Check, Context, Fact, Finding};
use linkage_model::{LawId, Reason, Resistance};
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "D017",
    name: "exclusion-overridden",
    severity: Severity::Warning,
    page: include_str!("exclusion_overridden.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings: Vec<Finding> = Vec::new();
    for unbound in context.division.unbound() {
        let at = &unbound.at;
        let region = at.region.intersect(&institution.scope.region);
        if region.is_empty() {
            continue;
        }
        let (mandate, exclusion) = (&institution[at.mandate], &institution[at.exclusion]);
        let sentence = match unbound.why {
            Resistance::Prevails(Reason::Rank) => "main",
            Resistance::Prevails(Reason::Explicit) => "explicit",
            Resistance::Prevails(Reason::Special | Reason::Later) => "special",
            Resistance::NoBasis => "no_basis",
            Resistance::Undecided(_) => "undecided",
        };
        let mut finding = Finding::new(&CHECK)
            .told_by(sentence)
            .fact("bodies", Fact::Bodies(at.bodies.clone()))
            .fact("mandate", Fact::Mandate(at.mandate))
            .fact("exclusion", Fact::Exclusion(at.exclusion));
        if let Resistance::Undecided(open) = unbound.why {
            finding = finding.fact("why", Fact::Open(open));
        }
        finding = founded(
            finding,
            exclusion.head.span,
            cited(context, &exclusion.basis),
            ["excluded", "excluded_by"],
        );
        finding = founded(finding, mandate.head.span, cited(context, &mandate.basis), ["leads", "leads_by"]);
        findings.push(finding.on(region));
    }
    findings
}

/// A place with the laws in force that it rests on, if it rests on any.
fn founded(
    finding: Finding,
    span: Span,
    basis: Vec<(LawId, Vec<EcoString>)>,
    [bare, cited]: [&'static str; 2],
) -> Finding {
    if basis.is_empty() {
        finding.place(span, bare)
    } else {
        finding.place_of(span, cited, "basis", Fact::Cited(basis))
    }
}
