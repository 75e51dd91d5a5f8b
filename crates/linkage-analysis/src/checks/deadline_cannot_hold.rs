//! P012: every step in time, and the case still late: the deadlines of the steps exceed the procedure's.

use jiff::civil::DateTime;

use super::courses::{almanac, courses, starting_days};
use super::ladder::any_minute;
use super::{Check, Context, Fact, Finding, Witness};
use linkage_calendar::{Almanac, DayKind, Duration, Latest, Minute};
use linkage_flow::{Course, Leg, Run, Spot, Stride, Times};
use linkage_model::{Institution, NodeKind, ProcedureId};
use linkage_regions::{Point, Region};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P012",
    name: "deadline-cannot-hold",
    severity: Severity::Warning,
    page: include_str!("deadline_cannot_hold.md"),
    run,
};

/// The worst start of a procedure.
pub(super) struct Worst {
    class: usize,
    start: Minute,
    due: Minute,
    behind: Minute,
}

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let whole = |id: ProcedureId| institution[id].within.map(|(within, _)| within);
    let mut findings = Vec::new();
    for ((id, procedure), course) in institution.procedures().zip(courses(context)) {
        let Some((within, _)) = procedure.within else { continue };
        if let Some(worst) = worst(context, course, within, &whole) {
            findings.extend(told(context, id, course, &worst, &whole));
        }
    }
    findings
}

/// The start for which the case can be latest, if it can be late at all.
pub(super) fn worst(
    context: &Context<'_>,
    course: &Course,
    within: Duration,
    whole: &dyn Fn(ProcedureId) -> Option<Duration>,
) -> Option<Worst> {
    let almanac = almanac(context);
    // Mostly even a bound for all classes and minutes is in time.
    let any = any_minute(context);
    let bound = Times::new(course, almanac, None, whole).closed(&any).zip(any.then(within, almanac));
    if bound.and_then(|(closed, due)| closed.furthest_behind(&due)).is_some_and(|(_, behind)| behind < 0) {
        return None;
    }
    let mut worst: Option<Worst> = None;
    for class in 0..course.classes.count() {
        let start = Latest::start(starts(context, course.classes.one(class)?));
        let times = Times::new(course, almanac, Some(class), whole);
        let (Some(closed), Some(due)) = (times.closed(&start), start.then(within, almanac)) else { continue };
        let Some((start, behind)) = closed.furthest_behind(&due).filter(|(_, behind)| *behind >= 0) else {
            continue;
        };
        if worst.as_ref().is_none_or(|worst| worst.behind < behind) {
            worst = Some(Worst { class, start, due: due.at(start)?, behind });
        }
    }
    worst
}

/// The minutes of the year in which a case of a region can begin: its day and time are those of the start.
pub(super) fn starts(context: &Context<'_>, region: &Region) -> Vec<(Minute, Minute)> {
    let (institution, almanac) = (context.institution(), almanac(context));
    let days = starting_days(context);
    let whole = |cuboid: &linkage_regions::Cuboid| {
        let full = |axis: usize| cuboid.sides()[axis].len() == institution.space.dimensions[axis].size();
        full(institution.day_axis()) && full(institution.time_axis())
    };
    if region.cuboids().iter().any(whole) {
        let last = days.checked_sub(1).and_then(|last| almanac.day(last)).map_or(0, |(_, end, _)| end);
        return vec![(0, last)];
    }
    let mut spans = Vec::new();
    for (begin, end, kind) in (0..days).filter_map(|day| almanac.day(day)) {
        let mut minutes = linkage_regions::Side::empty();
        for cuboid in region.cuboids() {
            if cuboid.sides()[institution.day_axis()].contains(day_value(kind)) {
                minutes = minutes.union(&cuboid.sides()[institution.time_axis()]);
            }
        }
        let runs = minutes
            .runs()
            .iter()
            .map(|run| (begin + Minute::from(run.start), (begin + Minute::from(run.end)).min(end)));
        spans.extend(runs);
    }
    spans
}

/// The value of a kind of day on the axis of days.
pub(super) fn day_value(kind: DayKind) -> u32 {
    match kind {
        DayKind::Workday => 0,
        DayKind::RestDay => 1,
        DayKind::Holiday => 2,
    }
}

fn told(
    context: &Context<'_>,
    id: ProcedureId,
    course: &Course,
    worst: &Worst,
    whole: &dyn Fn(ProcedureId) -> Option<Duration>,
) -> Option<Finding> {
    let (institution, almanac) = (context.institution(), almanac(context));
    let (_, span) = institution[id].within?;
    let finding = Finding::new(&CHECK).fact("procedure", Fact::Procedure(id)).place(span, "deadline");
    let mut finding = slowest(context, id, course, worst, whole, finding)?;
    let times = Times::new(course, almanac, Some(worst.class), whole);
    if let Some(slack) = times.slack(worst.start, worst.due) {
        let of_step = |node: &linkage_model::NodeId| {
            !matches!(course.procedure.nodes[node.index()].kind, NodeKind::Choose(_))
        };
        let slack = slack.into_iter().filter(|(node, _)| of_step(node)).collect();
        finding = finding.fact("slack", Fact::Slack(id, slack)).note("slack");
    }
    Some(finding)
}

/// Adds the slowest run to a finding: its start, when it was due, by how much it is late, the steps that decide.
pub(super) fn slowest(
    context: &Context<'_>,
    id: ProcedureId,
    course: &Course,
    worst: &Worst,
    whole: &dyn Fn(ProcedureId) -> Option<Duration>,
    finding: Finding,
) -> Option<Finding> {
    let almanac = almanac(context);
    // A course may have nodes of its own behind those of the procedure: nothing happens there but waiting.
    let own = context.institution()[id].nodes.len();
    let mut legs = Times::new(course, almanac, Some(worst.class), whole).slowest(worst.start)?;
    legs.retain(|leg| leg.node.index() < own);
    let critical: Vec<_> =
        legs.iter().filter(|leg| leg.critical && leg.left > leg.came).map(|leg| leg.node).collect();
    let mut finding = finding
        .fact("steps", Fact::Nodes(id, critical.clone()))
        .fact("start", Fact::Moment(moment(context, almanac, worst.start)))
        .fact("due", Fact::Moment(moment(context, almanac, worst.due)))
        .fact("behind", Fact::Minutes(worst.behind.max(1)));
    for node in critical {
        let node = &course.procedure.nodes[node.index()];
        let within = match &node.kind {
            NodeKind::Step(step) => step.within,
            NodeKind::Call(call) => call.within,
            NodeKind::Block(block) => block.within,
            NodeKind::Choose(_) => None,
        };
        finding = finding.place(within.map_or(node.head.span, |(_, span)| span), "step");
    }
    let case = case(context, course.classes.one(worst.class)?, almanac, worst.start)?;
    let start = moment(context, almanac, worst.start);
    Some(finding.shown_by(Witness::Slowest(id, run_of(course, &legs), case, start)))
}

/// The legs as a run; a block and what stands in it in the order in which they end.
fn run_of(course: &Course, legs: &[Leg]) -> Run {
    let of_step = |leg: &&Leg| matches!(course.procedure.nodes[leg.node.index()].kind, NodeKind::Step(_));
    let strides = legs.iter().filter(of_step).map(|leg| Stride { at: Spot::Node(leg.node), way: leg.way });
    strides.chain([Stride { at: Spot::Closed(None), way: None }]).collect()
}

/// The least situation of a region on the day and at the time of a start.
fn case(context: &Context<'_>, region: &Region, almanac: &Almanac, start: Minute) -> Option<Point> {
    let institution = context.institution();
    let (_, _, kind) = almanac.day(almanac.day_of(start)?)?;
    let at = moment(context, almanac, start);
    let minute = u32::try_from(i32::from(at.hour()) * 60 + i32::from(at.minute())).ok()?;
    let own = then(institution, kind, minute);
    region.intersect(&own).witness()
}

/// The situations of a kind of day and a minute of it.
fn then(institution: &Institution, kind: DayKind, minute: u32) -> Region {
    let value = linkage_regions::Side::value;
    let cuboid = linkage_regions::Cuboid::full(&institution.space)
        .with(institution.day_axis(), value(day_value(kind)))
        .with(institution.time_axis(), value(minute));
    Region::from_cuboid(&institution.space, cuboid)
}

/// What a clock shows at a minute.
pub(super) fn moment(context: &Context<'_>, almanac: &Almanac, minute: Minute) -> DateTime {
    let standard = linkage_calendar::Calendar::standard();
    context.calendar.unwrap_or(&standard).zone().to_datetime(almanac.instant(minute))
}
