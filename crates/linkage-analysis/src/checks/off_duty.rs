//! D012: those who lead are off duty on a part of what they lead, and nobody stands in.

use std::collections::BTreeMap;

use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Division, Institution, Order, Shared, Sharing};
use linkage_regions::{Cuboid, Region};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D012",
    name: "off-duty",
    severity: Severity::Warning,
    page: include_str!("off_duty.md"),
    run,
};

/// The claims on which nobody is there, and where.
type Absence = (Vec<usize>, Vec<Cuboid>);

/// The hours of the same bodies are one fault, on however many mandates they bite.
fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut by_bodies: BTreeMap<(&[BodyId], bool), Absence> = BTreeMap::new();
    for (at, claim) in context.division.claims().iter().enumerate() {
        if claim.bodies.iter().all(|body| institution[*body].duty.is_none()) {
            continue;
        }
        let off = nobody_there(context, at);
        if off.is_empty() {
            continue;
        }
        let joint = context.division.mandate(at).sharing() == Some(Sharing::Joint);
        let (claims, cuboids) = by_bodies.entry((&claim.bodies, joint)).or_default();
        claims.push(at);
        cuboids.extend_from_slice(off.cuboids());
    }
    let found = by_bodies.into_iter().map(|((bodies, joint), (claims, cuboids))| {
        let region = Region::from_cuboids(&institution.space, cuboids);
        let mandates = claims.iter().map(|claim| context.division.claims()[*claim].mandate).collect();
        let together = joint && bodies.len() > 1;
        let mut finding = Finding::new(&CHECK)
            .told_by(if together { "joint" } else { "main" })
            .fact("bodies", Fact::Bodies(bodies.to_vec()))
            .fact("mandates", Fact::Mandates(mandates));
        for body in bodies {
            let body = &institution[*body];
            finding = finding.place(body.duty_span.unwrap_or(body.head.span), "duty");
        }
        for claim in claims {
            let mandate = context.division.mandate(claim);
            finding = finding.place_of(
                mandate.head.span,
                "mandate",
                "mandate",
                Fact::Mandate(context.division.claims()[claim].mandate),
            );
        }
        finding.on(region)
    });
    found.collect()
}

/// Where a claim leads and nobody who leads is there. Who shares the lead stands in; under joint lead all
/// must be there.
pub fn nobody_there(context: &Context<'_>, claim: usize) -> Region {
    let division = context.division;
    let joint = division.mandate(claim).sharing() == Some(Sharing::Joint);
    let led = context.led(claim);
    let on = on_duty(context.institution(), &division.claims()[claim].bodies, joint);
    let mut off = led.minus(&on);
    for (leadership, region) in context.meetings_of(claim) {
        if off.is_empty() {
            break;
        }
        let others = leadership.effective.iter().filter(|other| stands_in(division, **other, claim));
        for other in others {
            let there = on_duty(context.institution(), &division.claims()[*other].bodies, false);
            off = off.minus(&region.intersect(&there));
        }
    }
    off
}

/// Whether a claim that leads beside another stands in for it: the same bodies do not, nor who must act
/// together with them.
fn stands_in(division: &Division<'_>, other: usize, claim: usize) -> bool {
    division.claims()[other].bodies != division.claims()[claim].bodies
        && division.order(claim, other) != Order::Shared(Shared::Jointly)
}

/// When any of the bodies is on duty, or all of them.
fn on_duty(institution: &Institution, bodies: &[BodyId], all: bool) -> Region {
    let hours = bodies.iter().map(|body| institution.duty(*body));
    let joined = hours.reduce(|a, b| if all { a.intersect(&b) } else { a.union(&b) });
    joined.unwrap_or_else(|| Region::empty(&institution.space))
}
