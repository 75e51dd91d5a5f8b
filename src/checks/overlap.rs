//! D002: several bodies lead the same situations, and nothing settles it.

use std::collections::BTreeMap;

use super::{Check, Context, Fact, Finding};
use crate::model::{Division, Leadership, LeadershipKind, Open, Order};
use crate::space::Region;
use crate::text::Severity;

pub static CHECK: Check =
    Check { code: "D002", name: "overlap", severity: Severity::Error, page: include_str!("overlap.md"), run };

fn run(context: &Context<'_>) -> Vec<Finding> {
    let division = context.division;
    let mut findings = Vec::new();
    for (leadership, region) in meetings(context) {
        if leadership.kind != LeadershipKind::Overlap {
            continue;
        }
        let mandates = leadership.effective.iter().map(|claim| division.claims()[*claim].mandate).collect();
        let mut finding = Finding::new(&CHECK)
            .fact("bodies", Fact::Bodies(leadership.bodies.clone()))
            .fact("mandates", Fact::Mandates(mandates));
        if let Some(open) = first_open(division, &leadership.effective) {
            finding = finding.fact("why", Fact::Open(open));
        } else {
            finding = finding.told_by("torn");
        }
        for claim in &leadership.effective {
            let mandate = division.mandate(*claim);
            for (body, span) in &mandate.leads {
                finding = finding.place_of(*span, "lead", "body", Fact::Body(*body));
            }
            finding = finding.place(mandate.region_span, "region");
        }
        findings.push(finding.on(region));
    }
    findings
}

/// Why no rule decides between the first two that conflict.
fn first_open(division: &Division<'_>, effective: &[usize]) -> Option<Open> {
    effective.iter().enumerate().find_map(|(index, a)| {
        effective[index + 1..].iter().find_map(|b| match division.order(*a, *b) {
            Order::Open(open) => Some(open),
            _ => None,
        })
    })
}

/// Where claims of different bodies meet: each outcome with the whole region on which it holds, so that
/// what one pair of clauses causes in many cells is told once.
pub(super) fn meetings(context: &Context<'_>) -> Vec<(Leadership, Region)> {
    let division = context.division;
    let scope = &division.institution.scope.region;
    let met = &context.met.groups;
    let mut together: BTreeMap<(Vec<usize>, u8), (Leadership, Region)> = BTreeMap::new();
    let alone = (0..division.claims().len()).filter(|claim| division.torn(*claim)).map(|claim| {
        let others: Vec<&Region> = met.iter().map(|(_, region)| region).collect();
        let own = division.mandate(claim).region.intersect(scope);
        (vec![claim], crate::space::gaps(&own, &others))
    });
    let alone: Vec<(Vec<usize>, Region)> = alone.filter(|(_, region)| !region.is_empty()).collect();
    for (set, region) in met.iter().cloned().chain(alone) {
        let mut parts = Vec::new();
        division.resolved(division.leadership(&set), region, &mut parts);
        for (leadership, region) in parts {
            let kind = match leadership.kind {
                LeadershipKind::Overlap => 0,
                LeadershipKind::Resolved(_) => 1,
                _ => 2,
            };
            let key = if kind == 2 { leadership.present.clone() } else { leadership.effective.clone() };
            match together.get_mut(&(key.clone(), kind)) {
                Some((_, whole)) => *whole = whole.union(&region),
                None => drop(together.insert((key, kind), (leadership, region))),
            }
        }
    }
    together.into_values().collect()
}
