//! A003: a power is to be used by a body of a kind that can't hold it.

use super::duty::{Duty, duties, witnessed};
use super::finding::DutyBy;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, BodyKind, Institution, PowerId};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "A003",
    name: "wrong-performer",
    severity: Severity::Error,
    page: include_str!("wrong_performer.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut told: Vec<(DutyBy, PowerId, BodyId)> = Vec::new();
    let mut findings = Vec::new();
    // What comes to the fallback body, A001 tells.
    for duty in duties(context).iter().filter(|duty| !duty.fallback) {
        let unfit: Vec<BodyId> =
            duty.bodies.iter().copied().filter(|body| wrong(context, duty.power, *body)).collect();
        if unfit.is_empty() || (!duty.all && unfit.len() < duty.bodies.len()) {
            continue;
        }
        for body in unfit {
            if told.contains(&(duty.by, duty.power, body)) {
                continue;
            }
            told.push((duty.by, duty.power, body));
            findings.push(finding(context, duty, body));
        }
    }
    findings
}

fn finding(context: &Context<'_>, duty: &Duty, body: BodyId) -> Finding {
    let institution = context.institution();
    let by = match duty.by {
        DutyBy::Mandate(mandate) => Fact::Mandate(mandate),
        DutyBy::Step(procedure, node) => Fact::Node(procedure, node),
    };
    let kind = institution[body].kind.map_or(linkage_syntax::Keyword::Body, BodyKind::keyword);
    let finding = Finding::new(&CHECK)
        .told_by(if kinds(institution, duty.power).is_empty() { "force" } else { "main" })
        .fact("by", by)
        .fact("body", Fact::Body(body))
        .fact("kind", Fact::Keyword(kind))
        .fact("power", Fact::Power(duty.power))
        .place(duty.power_span, "needed")
        .place(duty.performer_span, "performer")
        .place(institution[body].head.span, "body")
        .place(institution[duty.power].head.span, "power");
    witnessed(context, finding, duty.by, &duty.region)
}

fn kinds(institution: &Institution, power: PowerId) -> &[BodyKind] {
    &institution[power].holders
}

/// Whether a body is of a kind that can't hold a power: none of those that the power names; where it names none,
/// and the power coerces or punishes, no organ of state (Administrative Penalty Law art 17, Administrative
/// Compulsory Law art 17).
pub(super) fn wrong(context: &Context<'_>, power: PowerId, body: BodyId) -> bool {
    use BodyKind::{
        Auxiliary, Committee, Enterprise, PartyOrgan, Platform, Resident, SocialOrganisation, Volunteer,
    };
    let institution = context.institution();
    let Some(kind) = institution[body].kind else { return false };
    let (named, declared) = (kinds(institution, power), &institution[power]);
    if !named.is_empty() {
        return !named.contains(&kind);
    }
    let no_organ = matches!(
        kind,
        Auxiliary
            | Committee
            | Enterprise
            | PartyOrgan
            | Platform
            | Resident
            | SocialOrganisation
            | Volunteer
    );
    // What a law gives or passes on to it all the same, it holds: that is for the checks of the basis.
    no_organ && (declared.coercive || declared.penalty) && context.competence().held(body, power).is_empty()
}
