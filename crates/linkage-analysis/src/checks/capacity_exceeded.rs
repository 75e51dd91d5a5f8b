//! R007: a body or a resource that real cases asked more of than it can carry at once, or one that can carry nothing.
//!
//! How many cases will come nobody declares, and nothing is guessed: beyond a capacity of nothing, only a journal tells.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::duty::Acts;
use super::{Check, Context, Fact, Finding};
use linkage_model::{Acceptance, BodyId, Institution, ResourceId};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "R007",
    name: "capacity-exceeded",
    severity: Severity::Warning,
    page: include_str!("capacity_exceeded.md"),
    run,
};

/// The most that was carried at once, and when that was so first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peak {
    /// How many cases, or uses.
    pub carried: usize,
    /// When, on the clock of the calendar.
    pub at: DateTime,
}

/// What is to be carried by nobody.
fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let (mut bodies, mut resources): (BTreeSet<BodyId>, BTreeSet<ResourceId>) = Default::default();
    for (procedure, _) in institution.procedures() {
        let acts = Acts::new(context, procedure, |_| true);
        for act in acts.all() {
            let groups = act.groups.iter().filter(|(_, region, _)| !region.is_empty());
            bodies.extend(groups.flat_map(|(bodies, ..)| bodies.iter().copied()));
            resources.extend(act.step.uses.iter().map(|(resource, _)| *resource));
        }
    }
    let nothing = |capacity: Option<i64>| capacity.is_some_and(|capacity| capacity < 1);
    let bodies = bodies.into_iter().filter(|body| nothing(institution[*body].capacity)).map(|body| {
        Finding::new(&CHECK)
            .told_by("body_none")
            .fact("body", Fact::Body(body))
            .place(institution[body].head.span, "declared")
    });
    let resources = resources.into_iter().filter(|it| nothing(institution[*it].capacity)).map(|it| {
        Finding::new(&CHECK)
            .told_by("resource_none")
            .fact("resource", Fact::Resource(it))
            .place(institution[it].head.span, "declared")
    });
    bodies.chain(resources).collect()
}

/// A body that had more cases at once than it can carry; none if it had not.
pub fn of_body(institution: &Institution, body: BodyId, peak: Peak) -> Option<Finding> {
    let capacity = exceeded(institution[body].capacity, peak)?;
    Some(filled(peak, capacity).fact("body", Fact::Body(body)).place(institution[body].head.span, "declared"))
}

/// A resource that more steps used at once than there is of it; none if they did not.
pub fn of_resource(institution: &Institution, resource: ResourceId, peak: Peak) -> Option<Finding> {
    let capacity = exceeded(institution[resource].capacity, peak)?;
    Some(
        filled(peak, capacity)
            .told_by("resource")
            .fact("resource", Fact::Resource(resource))
            .place(institution[resource].head.span, "declared"),
    )
}

/// Whether an acceptance speaks of this finding.
pub(super) fn is_meant_by(acceptance: &Acceptance) -> bool {
    acceptance.code.eq_ignore_ascii_case(CHECK.code) || acceptance.code == CHECK.name
}

fn exceeded(capacity: Option<i64>, peak: Peak) -> Option<usize> {
    let capacity = usize::try_from(capacity?.max(0)).ok()?;
    (peak.carried > capacity).then_some(capacity)
}

fn filled(peak: Peak, capacity: usize) -> Finding {
    Finding::new(&CHECK)
        .fact("carried", Fact::Number(peak.carried))
        .fact("capacity", Fact::Number(capacity))
        .fact("at", Fact::Moment(peak.at))
}
