//! N004: one body leads most of what is led, or a few lead nearly all.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::{Check, Context, Fact, Finding};
use crate::model::BodyId;
use crate::network::{Fraction, gini};
use crate::space::Region;
use crate::text::Severity;

pub static CHECK: Check = Check {
    code: "N004",
    name: "concentrated-leads",
    severity: Severity::Note,
    page: include_str!("concentrated_leads.md"),
    run,
};

/// Among fewer that lead nothing is concentrated.
const LEAST_BODIES: usize = 4;
/// More regions than this are not put together and counted.
const MOST_CLAIMS: usize = 2_000;

fn run(context: &Context<'_>) -> Vec<Finding> {
    let division = context.division;
    if division.claims().len() > MOST_CLAIMS {
        return Vec::new();
    }
    let mut led: BTreeMap<BodyId, Vec<Region>> = BTreeMap::new();
    for (at, claim) in division.claims().iter().enumerate() {
        let region = context.led(at);
        for body in &claim.bodies {
            led.entry(*body).or_default().push(region.clone());
        }
    }
    let space = &context.institution().space;
    let put = |regions: Vec<Region>| {
        Region::from_cuboids(space, regions.iter().flat_map(|region| region.cuboids().iter().cloned()))
    };
    let led: Vec<(BodyId, Region)> = led.into_iter().map(|(body, regions)| (body, put(regions))).collect();
    let counted: Vec<(BodyId, BigUint)> = led.iter().map(|(body, region)| (*body, region.count())).collect();
    let leading = counted.iter().filter(|(_, count)| *count > BigUint::ZERO).count();
    let amounts: Vec<BigUint> = counted.iter().map(|(_, count)| count.clone()).collect();
    let Some(uneven) = gini(&amounts).filter(|_| leading >= LEAST_BODIES) else { return Vec::new() };
    let Some((top, most)) =
        counted.iter().max_by(|(one, count), (other, more)| count.cmp(more).then(other.cmp(one)))
    else {
        return Vec::new();
    };
    let whole: BigUint = put(led.iter().map(|(_, region)| region.clone()).collect()).count();
    let share = Fraction::new(most.clone(), whole);
    let half = share > Fraction::new(1_u8, 2_u8);
    if !half && uneven < Fraction::new(7_u8, 10_u8) {
        return Vec::new();
    }
    let region = led.iter().find(|(body, _)| body == top).map(|(_, region)| region.clone());
    let finding = Finding::new(&CHECK)
        .told_by(if half { "main" } else { "uneven" })
        .fact("body", Fact::Body(*top))
        .fact("share", Fact::Share(share))
        .fact("gini", Fact::Coefficient(uneven))
        .fact("leading", Fact::Number(leading))
        .place(context.institution()[*top].head.span, "body");
    vec![region.into_iter().fold(finding, Finding::on)]
}
