//! D017: an exclusion that does not bind a mandate: the body leads all the same.

use super::dispute::cited;
use super::{Check, Context, Fact, Finding};
use crate::model::{Reason, Resistance};
use crate::text::Severity;

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
        let basis = cited(context, &exclusion.basis);
        finding = match basis.is_empty() {
            true => finding.place(exclusion.head.span, "excluded"),
            false => finding.place_of(exclusion.head.span, "excluded_by", "basis", Fact::Cited(basis)),
        };
        let basis = cited(context, &mandate.basis);
        finding = match basis.is_empty() {
            true => finding.place(mandate.head.span, "leads"),
            false => finding.place_of(mandate.head.span, "leads_by", "basis", Fact::Cited(basis)),
        };
        findings.push(finding.on(region));
    }
    findings
}
