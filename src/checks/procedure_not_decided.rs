//! P021: a procedure of which a part was not decided: a search was cut.

use super::courses::{almanac, courses};
use super::deadline_cannot_hold::starts;
use super::{Check, Context, Fact, Finding};
use crate::flow::Times;
use crate::model::ProcedureId;
use crate::text::Severity;
use crate::time::Latest;

pub static CHECK: Check = Check {
    code: "P021",
    name: "procedure-not-decided",
    severity: Severity::Error,
    page: include_str!("procedure_not_decided.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let whole = |id: ProcedureId| institution[id].within.map(|(within, _)| within);
    let mut findings = Vec::new();
    for ((id, procedure), course) in institution.procedures().zip(courses(context)) {
        let finding = Finding::new(&CHECK)
            .fact("procedure", Fact::Procedure(id))
            .place(procedure.head.span, "procedure");
        if !course.classes.left.is_empty() {
            findings.push(finding.clone().on(course.classes.left.clone()));
        }
        let Some((within, span)) = procedure.within else { continue };
        let one = Latest::start([(0, 1)]);
        if !Times::new(course, almanac(context), None, &whole).cut(&one)
            && one.then(within, almanac(context)).is_some()
        {
            continue;
        }
        let cut = (0..course.classes.count()).find(|class| {
            let Some(region) = course.classes.one(*class) else { return false };
            let start =
                Latest::start(starts(context, region).into_iter().take(1).map(|(from, _)| (from, from + 1)));
            let times = Times::new(course, almanac(context), Some(*class), &whole);
            times.cut(&start) || (start.then(within, almanac(context)).is_none() && start.pieces() > 0)
        });
        if let Some(region) = cut.and_then(|class| course.classes.one(class)) {
            findings.push(finding.told_by("deadline").place(span, "deadline").on(region.clone()));
        }
    }
    findings
}
