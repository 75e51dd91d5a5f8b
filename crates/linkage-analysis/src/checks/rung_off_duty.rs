//! E008: a rung that can be stepped on while the body it leads to is off duty.

use std::collections::{BTreeMap, BTreeSet};

use super::courses::{almanac, at};
use super::deadline_cannot_hold::{day_value, moment};
use super::graph::with_run;
use super::ladder::{fires, ladders, named};
use super::{Check, Context, Fact, Finding};
use linkage_calendar::{Almanac, Latest, Minute};
use linkage_model::{BodyId, Condition, Period};
use linkage_regions::Side;
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "E008",
    name: "rung-off-duty",
    severity: Severity::Warning,
    page: include_str!("rung_off_duty.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut told: BTreeSet<(Vec<BodyId>, Span)> = BTreeSet::new();
    let mut away: BTreeMap<Vec<BodyId>, Vec<(Minute, Minute)>> = BTreeMap::new();
    let mut findings = Vec::new();
    for ladder in ladders(context) {
        for (index, rung) in ladder.rungs.iter().enumerate() {
            let bodies = named(context, &rung.to);
            let hours: Option<Vec<&[Period]>> =
                bodies.iter().map(|body| context.institution()[*body].duty.as_deref()).collect();
            // Somebody without hours is always there.
            let Some(hours) = hours.filter(|hours| !hours.is_empty()) else { continue };
            let absences = away.entry(bodies.clone()).or_insert_with(|| absences(almanac(context), &hours));
            for (node, step) in &ladder.steps {
                let within = step.within.map(|(within, _)| within);
                let Some(fires) = fires(context, ladder.rungs, index, within) else { continue };
                let Some((start, instant)) = amid(absences, &fires) else {
                    // The time since the assignment is that of every step.
                    if matches!(rung.condition, Condition::After(_)) {
                        break;
                    }
                    continue;
                };
                if !told.insert((bodies.clone(), rung.span)) {
                    break;
                }
                let mut finding = at(Finding::new(&CHECK), ladder.id, *node)
                    .fact("bodies", Fact::Bodies(bodies.clone()))
                    .fact("start", Fact::Moment(moment(context, almanac(context), start)))
                    .fact("instant", Fact::Moment(moment(context, almanac(context), instant)))
                    .place(rung.span, "rung");
                for body in &bodies {
                    let body = &context.institution()[*body];
                    finding = finding.place(body.duty_span.unwrap_or(body.head.span), "duty");
                }
                findings.push(with_run(context, finding, ladder.id, *node));
                break;
            }
        }
    }
    findings
}

/// The first assignment for which the rung comes amid an absence, and that instant.
fn amid(absences: &[(Minute, Minute)], fires: &Latest) -> Option<(Minute, Minute)> {
    for ((from, to), (first, end)) in fires.spans() {
        let next = absences.partition_point(|(_, back)| *back <= first);
        let Some((away, _)) = absences.get(next).filter(|(away, _)| *away < end) else { continue };
        let instant = first.max(*away);
        let runs = end - first > 1;
        let start = if runs { from + (instant - first) } else { from };
        return Some((start.min(to - 1), instant));
    }
    None
}

/// When none of these hours run, in order, each time without its first minute: what comes as work ends is
/// still received.
pub(super) fn absences(almanac: &Almanac, hours: &[&[Period]]) -> Vec<(Minute, Minute)> {
    let mut away: Vec<(Minute, Minute)> = Vec::new();
    let mut add = |from: Minute, to: Minute| match away.last_mut() {
        _ if from >= to => {}
        Some((_, back)) if *back == from => *back = to,
        _ => away.push((from, to)),
    };
    for (begin, end, kind) in (0..).map_while(|day| almanac.day(day)) {
        let own = hours.iter().flat_map(|periods| periods.iter());
        let own = own.filter(|period| period.days.contains(day_value(kind)));
        let there = own.fold(Side::empty(), |all, period| all.union(&period.minutes));
        let mut from = begin;
        for run in there.runs() {
            add(from, end.min(begin + Minute::from(run.start)));
            from = end.min(begin + Minute::from(run.end));
        }
        add(from, end);
    }
    away.into_iter().map(|(from, to)| (from + 1, to)).filter(|(from, to)| from < to).collect()
}
