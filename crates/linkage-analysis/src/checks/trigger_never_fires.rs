//! P023: a time of the calendar that never comes, a count of cases that nothing opens, or a trigger said twice.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::courses::{awaited, raised};
use super::{Check, Context, Fact, Finding};
use linkage_model::{Count, Schedule, Trigger};
use linkage_regions::{NodeRef, Region};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P023",
    name: "trigger-never-fires",
    severity: Severity::Warning,
    page: include_str!("trigger_never_fires.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut opened: Option<Region> = None;
    for (id, procedure) in context.institution().procedures() {
        for (trigger, span) in &procedure.triggers {
            let sentence = match trigger {
                Trigger::Schedule(schedule) => {
                    never_comes(context, schedule).or_else(|| lies_outside(context, schedule))
                }
                Trigger::Count(count) => {
                    let opened = opened.get_or_insert_with(|| from_outside(context));
                    never_counts(context, count, opened)
                }
                Trigger::Report(_) | Trigger::Request(..) | Trigger::Event(_) => None,
            };
            findings.extend(sentence.map(|sentence| {
                Finding::new(&CHECK)
                    .told_by(sentence)
                    .fact("procedure", Fact::Procedure(id))
                    .place(*span, "trigger")
            }));
        }
        for (at, (trigger, span)) in procedure.triggers.iter().enumerate() {
            let others = procedure.triggers.iter().enumerate().filter(|(other, _)| *other != at);
            let mut others = others.filter(|(other, (wider, _))| {
                // Of two that say the same the second adds nothing; which of them that is makes no difference.
                takes_in(wider, trigger) && (*other < at || !takes_in(trigger, wider))
            });
            if let Some((_, (_, first))) = others.next() {
                let finding = Finding::new(&CHECK).told_by("again").fact("procedure", Fact::Procedure(id));
                findings.push(finding.place(*span, "again").place(*first, "first"));
            }
        }
    }
    findings
}

/// Whether a trigger begins every case that another of its procedure begins.
fn takes_in(wider: &Trigger, other: &Trigger) -> bool {
    match (wider, other) {
        (Trigger::Report(wider), Trigger::Report(other)) => !other.is_empty() && other.is_subset(wider),
        (Trigger::Event(wider), Trigger::Event(other)) => wider == other,
        (Trigger::Schedule(wider), Trigger::Schedule(other)) => {
            (wider.day, wider.minute) == (other.day, other.minute) && same(&wider.region, &other.region)
        }
        (Trigger::Count(wider), Trigger::Count(other)) => {
            let sorted = |nodes: &[NodeRef]| nodes.iter().copied().collect::<BTreeSet<NodeRef>>();
            (wider.number, wider.within) == (other.number, other.within)
                && sorted(&wider.matters) == sorted(&other.matters)
                && sorted(&wider.areas) == sorted(&other.areas)
                && same(&wider.region, &other.region)
        }
        (Trigger::Request(any, wider), Trigger::Request(holders, other)) => {
            let named = any.is_empty() || !holders.is_empty() && holders.iter().all(|own| any.contains(own));
            named && !other.is_empty() && other.is_subset(wider)
        }
        _ => false,
    }
}

fn same(one: &Region, other: &Region) -> bool {
    one.is_subset(other) && other.is_subset(one)
}

fn never_comes(context: &Context<'_>, schedule: &Schedule) -> Option<&'static str> {
    // Midnight at the end of a day has no minute of its own, and says nothing of the next day.
    if schedule.minute < 1440 && schedule.region.is_empty() {
        return Some("hours");
    }
    let calendar = context.calendar?;
    let day = calendar.zone().to_timestamp(context.division.day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MIN);
    schedule.recurrence().next_after(day, calendar).is_none().then_some("schedule")
}

/// Outside the scope no procedure starts, the calendar notwithstanding.
fn lies_outside(context: &Context<'_>, schedule: &Schedule) -> Option<&'static str> {
    schedule.region.is_disjoint(&context.institution().scope.region).then_some("schedule_outside")
}

fn never_counts(context: &Context<'_>, count: &Count, opened: &Region) -> Option<&'static str> {
    if count.region.is_disjoint(opened) {
        return Some("count");
    }
    count.region.is_disjoint(&context.institution().scope.region).then_some("outside")
}

/// The situations in which something from outside opens a case: those are counted.
fn from_outside(context: &Context<'_>) -> Region {
    let institution = context.institution();
    let raised: Vec<_> = raised(context).into_iter().map(|(event, ..)| event).collect();
    // An event that no step raises comes from outside, and brings a situation of its own.
    if awaited(context).keys().any(|event| !raised.contains(event)) {
        return Region::full(&institution.space);
    }
    let triggers = institution.procedures.iter().flat_map(|procedure| &procedure.triggers);
    triggers.fold(Region::empty(&institution.space), |all, (trigger, _)| match trigger {
        Trigger::Report(region) | Trigger::Request(_, region) => all.union(region),
        Trigger::Event(_) | Trigger::Schedule(_) | Trigger::Count(_) => all,
    })
}
