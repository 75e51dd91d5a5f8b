//! L005: a power is used on articles that grant it to nobody.

use super::finding::{DutyBy, Fault};
use super::graph::with_run;
use super::{Check, Context, Fact, Finding};
use linkage_model::{Citation, Law, Modality, NodeId, NodeKind, PowerId};
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "L005",
    name: "article-grants-nothing",
    severity: Severity::Warning,
    page: include_str!("article_grants_nothing.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for claim in context.division.claims() {
        let mandate = &institution[claim.mandate];
        let powers = ungranted(context, &mandate.basis, &mandate.powers);
        if powers.is_empty() {
            continue;
        }
        let by = DutyBy::Mandate(claim.mandate);
        findings.push(finding(context, by, &mandate.basis, &powers).on(mandate.region.clone()));
    }
    for (id, procedure) in institution.procedures() {
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Step(step) = &it.kind else { continue };
            let used: Vec<(PowerId, Span)> = step.all_needs().collect();
            let powers = ungranted(context, &step.basis, &used);
            if !powers.is_empty() {
                let finding = finding(context, DutyBy::Step(id, node), &step.basis, &powers);
                findings.push(with_run(context, finding, id, node));
            }
        }
    }
    findings
}

/// The powers that none of the cited articles in force grants, if each of these says what it does with powers.
/// An article without such a clause may say it in words that nobody has entered: then nothing is known.
fn ungranted(context: &Context<'_>, basis: &[Citation], used: &[(PowerId, Span)]) -> Vec<(PowerId, Span)> {
    let mut norms = Vec::new();
    for (law, citation) in in_force(context, basis) {
        let Some(article) = citation.article.as_ref().and_then(|number| law.article(number)) else {
            return Vec::new();
        };
        if article.norms.is_empty() {
            return Vec::new();
        }
        norms.extend(&article.norms);
    }
    if norms.is_empty() {
        return Vec::new();
    }
    let granted = |power: PowerId| {
        norms.iter().any(|norm| norm.modality == Modality::Grant && norm.powers.contains(&power))
    };
    used.iter().copied().filter(|(power, _)| !granted(*power)).collect()
}

fn in_force<'a>(
    context: &Context<'a>,
    basis: &'a [Citation],
) -> impl Iterator<Item = (&'a Law, &'a Citation)> {
    let (institution, day) = (context.institution(), context.division.day);
    let of = move |citation: &'a Citation| Some((&institution[citation.law?], citation));
    basis.iter().filter_map(of).filter(move |(law, _)| law.in_force(day))
}

/// Whether a rule uses all of these powers on articles that grant them to nobody.
pub(super) fn grants_none(context: &Context<'_>, by: DutyBy, powers: &[PowerId]) -> bool {
    let institution = context.institution();
    let (basis, used) = match by {
        DutyBy::Mandate(mandate) => (&institution[mandate].basis, institution[mandate].powers.clone()),
        DutyBy::Step(procedure, node) => match &institution[procedure].nodes[node.index()].kind {
            NodeKind::Step(step) => (&step.basis, step.all_needs().collect()),
            _ => return false,
        },
    };
    let ungranted = ungranted(context, basis, &used);
    powers.iter().all(|power| ungranted.iter().any(|(own, _)| own == power))
}

fn finding(context: &Context<'_>, by: DutyBy, basis: &[Citation], powers: &[(PowerId, Span)]) -> Finding {
    let told = match by {
        DutyBy::Mandate(mandate) => Fact::Mandate(mandate),
        DutyBy::Step(procedure, node) => Fact::Node(procedure, node),
    };
    let mut finding = Finding::new(&CHECK)
        .telling(Fault::Ungranted(by))
        .fact("by", told)
        .fact("powers", Fact::Powers(powers.iter().map(|(power, _)| *power).collect()));
    for (power, span) in powers {
        finding = finding.place_of(*span, "used", "power", Fact::Power(*power));
    }
    for (law, citation) in in_force(context, basis) {
        let article = citation.article.as_ref().and_then(|number| law.article(number));
        finding =
            finding.place(citation.span, "cited").place_if(article.map(|article| article.span), "article");
    }
    finding
}
