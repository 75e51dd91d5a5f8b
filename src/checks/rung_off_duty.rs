//! E008: a rung that can be stepped on while the body it leads to is off duty.

use std::collections::BTreeSet;

use super::courses::{almanac, at};
use super::deadline_cannot_hold::{day_value, moment};
use super::graph::with_run;
use super::ladder::{fires, ladders, named};
use super::{Check, Context, Fact, Finding};
use crate::model::{BodyId, Period};
use crate::text::{Severity, Span};
use crate::time::{Almanac, Minute};

pub static CHECK: Check = Check {
    code: "E008",
    name: "rung-off-duty",
    severity: Severity::Warning,
    page: include_str!("rung_off_duty.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut told: BTreeSet<(Vec<BodyId>, Span)> = BTreeSet::new();
    let mut findings = Vec::new();
    for ladder in ladders(context) {
        for (index, rung) in ladder.rungs.iter().enumerate() {
            let bodies = named(context, &rung.to);
            let hours: Option<Vec<&[Period]>> =
                bodies.iter().map(|body| context.institution()[*body].duty.as_deref()).collect();
            // Somebody without hours is always there.
            let Some(hours) = hours.filter(|hours| !hours.is_empty()) else { continue };
            for (node, step) in &ladder.steps {
                let within = step.within.map(|(within, _)| within);
                let Some(fires) = fires(context, ladder.rungs, index, within) else { continue };
                let Some((start, instant)) = absent(almanac(context), &fires, &hours) else { continue };
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

/// The first assignment for which the rung comes when none of these hours run, and that instant. What comes
/// as work ends is still received.
fn absent(almanac: &Almanac, fires: &crate::time::Latest, hours: &[&[Period]]) -> Option<(Minute, Minute)> {
    for ((from, to), (first, end)) in fires.spans() {
        let runs = end - first > 1;
        for instant in first..end {
            if !there(almanac, instant, hours) && !there(almanac, instant - 1, hours) {
                let start = if runs { from + (instant - first) } else { from };
                return Some((start.min(to - 1), instant));
            }
        }
    }
    None
}

fn there(almanac: &Almanac, instant: Minute, hours: &[&[Period]]) -> bool {
    let Some((begin, _, kind)) = almanac.day_of(instant).and_then(|day| almanac.day(day)) else {
        return true;
    };
    let minute = u32::try_from(instant - begin).unwrap_or(0);
    let within = |period: &Period| period.days.contains(day_value(kind)) && period.minutes.contains(minute);
    hours.iter().any(|periods| periods.iter().any(within))
}
