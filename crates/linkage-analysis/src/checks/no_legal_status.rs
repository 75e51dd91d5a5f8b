//! G003: a social body has a part in the work and nothing in force says in what capacity.

use super::duty::Acts;
use super::graph::with_run_within;
use super::reach::{founded, named};
use super::ties::meant;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, BodyKind, Citation, Holder, NodeId, ProcedureId};
use linkage_regions::Region;
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "G003",
    name: "no-legal-status",
    severity: Severity::Warning,
    page: include_str!("no_legal_status.md"),
    run,
};

/// A step in which a body has a part, and whether a basis in force stands behind it.
struct Part {
    body: BodyId,
    procedure: ProcedureId,
    node: NodeId,
    region: Region,
    span: Span,
    founded: bool,
}

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let parts = parts(context);
    let mut findings = Vec::new();
    for (id, body) in institution.bodies().filter(|(_, body)| body.kind.is_some_and(is_social)) {
        let own: Vec<&Part> = parts.iter().filter(|part| part.body == id).collect();
        let Some(first) = own.first() else { continue };
        if own.iter().any(|part| part.founded) || has_status(context, id) {
            continue;
        }
        let mut finding = Finding::new(&CHECK)
            .fact("body", Fact::Body(id))
            .fact("kind", Fact::Keyword(body.kind.map_or(linkage_syntax::Keyword::Kind, BodyKind::keyword)));
        for part in &own {
            finding = finding.place(part.span, "part");
        }
        finding = finding.place(body.head.span, "body");
        findings.push(with_run_within(
            context,
            finding,
            first.procedure,
            first.node,
            None,
            Some(&first.region),
        ));
    }
    findings
}

/// Whether a kind is outside the state.
fn is_social(kind: BodyKind) -> bool {
    matches!(
        kind,
        BodyKind::SocialOrganisation
            | BodyKind::Volunteer
            | BodyKind::Enterprise
            | BodyKind::Committee
            | BodyKind::Auxiliary
            | BodyKind::Resident
    )
}

fn parts(context: &Context<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    for (id, _) in context.institution().procedures() {
        let acts = Acts::new(context, id, |_| true);
        for (node, step, region) in acts.steps().iter().filter(|(.., region)| !region.is_empty()) {
            let founded = in_force(context, &step.basis);
            for (performer, span) in step.by.iter().chain(&step.with) {
                for body in meant(&acts, performer, region) {
                    let (region, span, node) = (region.clone(), *span, *node);
                    parts.push(Part { body, procedure: id, node, region, span, founded });
                }
            }
        }
    }
    parts
}

/// Whether a law that is cited is in force on the day.
fn in_force(context: &Context<'_>, basis: &[Citation]) -> bool {
    let laws = basis.iter().filter_map(|citation| citation.law);
    laws.into_iter().any(|law| context.institution()[law].in_force(context.division.day))
}

/// Whether something in force gives a body a role: a mandate, a channel, a guarantee, a law that speaks of it.
fn has_status(context: &Context<'_>, body: BodyId) -> bool {
    let (institution, competence) = (context.institution(), context.competence());
    let means = |holders: Vec<Holder>| competence.of_holders(&holders).contains(&body);
    let by_mandate = institution.mandates.iter().any(|mandate| {
        let supports = mandate.supports.iter().map(|(holder, _)| *holder);
        let leads = mandate.leads.iter().map(|(lead, _)| Holder::Body(*lead));
        in_force(context, &mandate.basis) && means(supports.chain(leads).collect())
    });
    let by_channel = institution.channels.iter().any(|channel| {
        founded(context, channel)
            && (named(context, &channel.givers).contains(&body)
                || named(context, &channel.receivers).contains(&body))
    });
    let by_guarantee = institution.procedures.iter().flat_map(|it| &it.guarantees).any(|guarantee| {
        in_force(context, &guarantee.basis)
            && means(guarantee.holders.iter().map(|(holder, _)| *holder).collect())
    });
    let holds = || institution.powers().any(|(power, _)| competence.holdings(body, power).next().is_some());
    by_mandate || by_channel || by_guarantee || holds()
}
