//! G001: a resident, a volunteer or an enterprise is given a duty and no guarantee.

use super::graph::with_run_within;
use super::public_duty::{PublicDuty, guaranteed, paid, public_duties};
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, ProcedureId};
use linkage_syntax::Keyword;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "G001",
    name: "duty-without-guarantee",
    severity: Severity::Warning,
    page: include_str!("duty_without_guarantee.md"),
    run,
};

const GUARANTEES: &[Keyword] =
    &[Keyword::Consent, Keyword::Training, Keyword::Insurance, Keyword::Compensation, Keyword::Payment];

fn run(context: &Context<'_>) -> Vec<Finding> {
    let lacks = |procedure: ProcedureId, body: BodyId| {
        !guaranteed(context, procedure, body, GUARANTEES) && !paid(context, procedure, body)
    };
    without(context, &CHECK, lacks)
}

/// One finding a body, for its duties in the procedures that lack something.
pub(super) fn without(
    context: &Context<'_>,
    check: &'static Check,
    lacks: impl Fn(ProcedureId, BodyId) -> bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (body, duties) in public_duties(context) {
        let lacking: Vec<&PublicDuty> = duties.iter().filter(|duty| lacks(duty.procedure, body)).collect();
        let Some(first) = lacking.first() else { continue };
        let mut procedures: Vec<ProcedureId> = lacking.iter().map(|duty| duty.procedure).collect();
        procedures.dedup();
        let mut finding = Finding::new(check)
            .fact("body", Fact::Body(body))
            .fact("count", Fact::Number(lacking.len()))
            .fact("procedures", Fact::Procedures(procedures));
        for duty in &lacking {
            finding = finding.place(duty.span, "duty");
        }
        finding = finding.place(context.institution()[body].head.span, "body");
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
