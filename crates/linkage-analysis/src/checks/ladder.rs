//! The ladders of a procedure: their rungs, the steps that each serves, and when a rung is stepped on.

use super::Context;
use super::courses::{almanac, courses, starting_days};
use linkage_calendar::{Duration, Latest};
use linkage_model::{
    BodyId, Condition, Holder, NodeId, NodeKind, Performer, Procedure, ProcedureId, Rung, Step, Target,
};

/// A ladder with the steps that it serves, as far as cases come to them.
pub(super) struct Ladder<'c> {
    pub id: ProcedureId,
    pub procedure: &'c Procedure,
    pub rungs: &'c [Rung],
    /// The step whose own it is; none for that of the procedure.
    pub own: Option<NodeId>,
    pub steps: Vec<(NodeId, &'c Step)>,
}

/// Every ladder that serves a step, in the order of the text.
pub(super) fn ladders<'c>(context: &'c Context<'_>) -> Vec<Ladder<'c>> {
    let mut ladders = Vec::new();
    for ((id, procedure), course) in context.institution().procedures().zip(courses(context)) {
        let mut steps: Vec<(NodeId, &Step)> = Vec::new();
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Step(step) = &it.kind else { continue };
            if (course.reach_node(node) & &course.applies(node)).is_clear() {
                continue;
            }
            if step.escalation.is_empty() {
                steps.push((node, step));
            } else {
                let (rungs, steps) = (step.escalation.as_slice(), vec![(node, &**step)]);
                ladders.push(Ladder { id, procedure, rungs, own: Some(node), steps });
            }
        }
        if !procedure.escalation.is_empty() && !steps.is_empty() {
            ladders.push(Ladder { id, procedure, rungs: &procedure.escalation, own: None, steps });
        }
    }
    ladders
}

/// The ladder that serves a step: its own, else the procedure's.
pub(super) fn ladder_of<'c>(
    id: ProcedureId,
    procedure: &'c Procedure,
    node: NodeId,
    step: &'c Step,
) -> Ladder<'c> {
    let own = !step.escalation.is_empty();
    let rungs = if own { &step.escalation } else { &procedure.escalation };
    Ladder { id, procedure, rungs, own: own.then_some(node), steps: vec![(node, step)] }
}

/// Whether a time is never longer than another, whenever it begins. What lies beyond the almanac is longer than
/// what does not.
pub(super) fn never_longer(context: &Context<'_>, own: Duration, limit: Duration) -> bool {
    if own.unit == limit.unit {
        return own.amount <= limit.amount;
    }
    let (almanac, any) = (almanac(context), any_minute(context));
    let (own, limit) = (any.then(own, almanac), any.then(limit, almanac));
    let Some(own) = own else { return false };
    limit.is_none_or(|limit| own.furthest_behind(&limit).is_some_and(|(_, behind)| behind <= 0))
}

/// Whether time brings a rung about.
pub(super) fn by_time(rung: &Rung) -> bool {
    matches!(rung.condition, Condition::After(_) | Condition::Share(_) | Condition::Timeout)
}

/// Whether a missed deadline takes a step away from its ladder.
pub(super) fn left_at_deadline(step: &Step) -> bool {
    step.within.is_some() && step.on_timeout.is_some_and(|(target, _)| target != Target::Escalate)
}

/// Whether the rules send a step up its ladder by name: then any rung may be next.
pub(super) fn sent_up(step: &Step) -> bool {
    let escalates = |target: Option<Target>| target == Some(Target::Escalate);
    let way = |on: Option<(Target, linkage_text::Span)>| escalates(on.map(|(target, _)| target));
    step.outcomes.iter().any(|outcome| escalates(outcome.target))
        || way(step.on_timeout)
        || way(step.on_refusal)
}

/// The bodies that a performer names whatever the case; none where the case decides.
pub(super) fn named(context: &Context<'_>, performer: &Performer) -> Vec<BodyId> {
    let competence = context.competence();
    match performer {
        Performer::Body(body) => competence.standing_in(*body).to_vec(),
        Performer::Kind(kind) => competence.of_holders(&[Holder::Kind(*kind)]),
        Performer::Superior(of) => {
            let above = |body: BodyId| context.institution()[body].under.iter().map(|(above, _)| *above);
            let above = named(context, of).into_iter().flat_map(above);
            above.flat_map(|body| competence.standing_in(body).to_vec()).collect()
        }
        Performer::Serving(_)
        | Performer::KindServing(_)
        | Performer::Lead
        | Performer::Support(_)
        | Performer::Reporter => Vec::new(),
    }
}

/// Any minute of the year asked about.
pub(super) fn any_minute(context: &Context<'_>) -> Latest {
    let last = starting_days(context).checked_sub(1).and_then(|last| almanac(context).day(last));
    Latest::start(last.map(|(_, end, _)| (0, end)))
}

/// When a rung is stepped on by the clock, for each minute of the assignment: `after` a time, and on timeout
/// the first at the deadline, each next when the time of the one before has passed.
pub(super) fn fires(
    context: &Context<'_>,
    rungs: &[Rung],
    index: usize,
    within: Option<Duration>,
) -> Option<Latest> {
    let almanac = almanac(context);
    match rungs.get(index)?.condition {
        Condition::After(after) => any_minute(context).then(after, almanac),
        Condition::Timeout => {
            let before = rungs[..index].iter().filter(|rung| matches!(rung.condition, Condition::Timeout));
            let due = any_minute(context).then(within?, almanac)?;
            before.into_iter().try_fold(due, |due, rung| due.then(rung.within?, almanac))
        }
        _ => None,
    }
}

/// When a share of a deadline is used, against another time: the first minute of an assignment for which it
/// comes strictly earlier (or later).
pub(super) fn share_against(
    context: &Context<'_>,
    percent: u32,
    within: Duration,
    other: &Latest,
    earlier: bool,
) -> Option<i64> {
    let almanac = almanac(context);
    let due = any_minute(context).then(within, almanac)?;
    let mut starts = other.spans().flat_map(|((from, to), _)| from..to);
    starts.find(|start| {
        let share =
            due.at(*start).and_then(|due| almanac.share(*start, due, percent, within.unit.is_working()));
        let pair = share.zip(other.at(*start));
        pair.is_some_and(|(share, other)| if earlier { share < other } else { share > other })
    })
}
