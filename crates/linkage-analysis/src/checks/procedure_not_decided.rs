//! P021: a procedure of which a part was not decided: a search was cut.

use super::courses::{almanac, courses, starting_days};
use super::deadline_cannot_hold::starts;
use super::ladder::any_minute;
use super::{Check, Context, Fact, Finding};
use linkage_calendar::{Duration, Latest};
use linkage_flow::{Course, Times};
use linkage_model::ProcedureId;
use linkage_regions::Region;
use linkage_text::Severity;

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
        let beyond = any_minute(context).then(within, almanac(context)).is_none();
        let cut = if beyond { course.classes.one(0) } else { cut(context, course, &whole) };
        if let Some(region) = cut {
            findings.push(finding.told_by("deadline").place(span, "deadline").on(region.clone()));
        }
    }
    findings
}

/// The first class of cases whose times can't be told: something is due beyond the almanac, or too many ways cross.
pub(super) fn cut<'c>(
    context: &Context<'_>,
    course: &'c Course,
    whole: &dyn Fn(ProcedureId) -> Option<Duration>,
) -> Option<&'c Region> {
    let almanac = almanac(context);
    // Mostly a bound for all classes can be told of the last minute of the year: no earlier start is due later.
    let last = starting_days(context).checked_sub(1).and_then(|last| almanac.day(last));
    let last = Latest::start(last.map(|(_, end, _)| (end - 1, end)));
    if !Times::new(course, almanac, None, whole).cut(&last) {
        return None;
    }
    (0..course.classes.count()).find_map(|class| {
        let region = course.classes.one(class)?;
        let start = Latest::start(starts(context, region));
        Times::new(course, almanac, Some(class), whole).cut(&start).then_some(region)
    })
}
