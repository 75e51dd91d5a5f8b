//! P027: a trigger reaches situations outside the scope: what begins there is referred on and starts nothing.

use super::{Check, Context, Fact, Finding};
use linkage_model::{Count, Institution, Schedule, Taxonomy, Trigger};
use linkage_regions::{Cuboid, Region, Side};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P027",
    name: "trigger-outside-scope",
    severity: Severity::Note,
    page: include_str!("trigger_outside_scope.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let scope = &institution.scope;
    let mut findings = Vec::new();
    for (id, procedure) in institution.procedures() {
        for (trigger, span) in &procedure.triggers {
            let never = trigger.region().is_some_and(|region| region.is_disjoint(&scope.region));
            let (outside, [some, all]) = match trigger {
                // P023 tells of these.
                Trigger::Count(_) | Trigger::Schedule(_) if never => continue,
                Trigger::Report(region) => (region.minus(&scope.region), ["main", "never"]),
                Trigger::Count(Count { region, .. }) => (region.minus(&scope.region), ["count", "count"]),
                // A request or a calendar without a region of its own is about what the scope governs.
                Trigger::Request(_, region) if region.is_disjoint(&scope.region) => {
                    (region.clone(), ["request", "request_never"])
                }
                Trigger::Request(_, region) if !is_everything(institution, region) => {
                    (region.minus(&scope.region), ["request", "request_never"])
                }
                Trigger::Schedule(schedule) => match never_begun(institution, schedule) {
                    never if never.is_empty() => {
                        (unknown_at_first(institution, schedule), ["schedule_open", "schedule_open"])
                    }
                    never => (never, ["schedule", "schedule"]),
                },
                Trigger::Request(..) | Trigger::Event(_) => continue,
            };
            if outside.is_empty() {
                continue;
            }
            let finding = Finding::new(&CHECK).fact("procedure", Fact::Procedure(id));
            let finding =
                scope.parts.iter().fold(finding.place(*span, "trigger"), |finding, (_, declared)| {
                    finding.place(*declared, "scope")
                });
            let mut finding = finding.told_by(if never { all } else { some }).on(outside);
            if never {
                finding.severity = Severity::Warning;
            }
            findings.push(finding);
        }
    }
    findings
}

fn is_everything(institution: &Institution, region: &Region) -> bool {
    Region::full(&institution.space).is_subset(region)
}

/// What a schedule names outside the scope; if it names nothing but its time, the kinds of day on which that lies
/// outside.
fn never_begun(institution: &Institution, schedule: &Schedule) -> Region {
    let scope = &institution.scope.region;
    let (region, full) = (&schedule.region, Cuboid::full(&institution.space));
    let named = |axis: usize| {
        let sides = region.cuboids().iter().map(|cuboid| &cuboid.sides()[axis]);
        sides.fold(Side::empty(), |all, side| all.union(side))
    };
    let (day, time) = (institution.day_axis(), institution.time_axis());
    let of_time = full.with(day, named(day)).with(time, named(time));
    if !Region::from_cuboid(&institution.space, of_time).is_subset(region) {
        return region.minus(scope);
    }
    let on = |kind: u32| {
        let own =
            region.intersect(&Region::from_cuboid(&institution.space, full.with(day, Side::value(kind))));
        own.is_disjoint(scope).then_some(own)
    };
    (0..3).filter_map(on).fold(Region::empty(&institution.space), |all, part| all.union(&part))
}

/// Where a case that the calendar begins may turn out to lie outside the scope, once its facts are known. It begins
/// with what all governed situations of the schedule have in common: of matter and area one node, of others one value.
fn unknown_at_first(institution: &Institution, schedule: &Schedule) -> Region {
    let scope = &institution.scope.region;
    let governed = schedule.region.intersect(scope);
    if governed.is_empty() {
        return governed;
    }
    let mut known = Cuboid::full(&institution.space);
    for axis in 0..institution.space.dimensions.len() {
        let sides = governed.cuboids().iter().map(|cuboid| &cuboid.sides()[axis]);
        let side = sides.fold(Side::empty(), |all, side| all.union(side));
        let of_node =
            |taxonomy: &Taxonomy| taxonomy.tree.nodes().any(|(node, _)| taxonomy.tree.side(node) == side);
        let is_known = match axis {
            Institution::MATTER => of_node(&institution.matters),
            Institution::AREA => of_node(&institution.areas),
            axis if axis == institution.day_axis() || axis == institution.time_axis() => true,
            _ => side.len() == 1,
        };
        if is_known {
            known = known.with(axis, side);
        }
    }
    Region::from_cuboid(&institution.space, known).minus(scope)
}
