//! N004: one body leads most of what is led, or a few lead nearly all.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::{Check, Context, Fact, Finding};
use crate::model::BodyId;
use crate::network::{Fraction, gini};
use crate::space::{Region, gaps_within};
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
/// More claims than this are not counted by bodies: nothing is said.
const MOST_CLAIMS: usize = 500;
/// So many parts of the space are looked at for each body; where that does not suffice nothing is said.
const CELLS: usize = 20_000;

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
    let scope = &context.institution().scope.region;
    let all = scope.count();
    let mut counted: Vec<(BodyId, BigUint)> = Vec::new();
    for (body, regions) in &led {
        let others = gaps_within(scope, &regions.iter().collect::<Vec<_>>(), CELLS).measure;
        let Some(others) = others.exact() else { return Vec::new() };
        counted.push((*body, &all - others));
    }
    let Some(nobody) = context.gaps.measure.exact() else { return Vec::new() };
    let leading = counted.iter().filter(|(_, count)| *count > BigUint::ZERO).count();
    let amounts: Vec<BigUint> = counted.iter().map(|(_, count)| count.clone()).collect();
    let Some(uneven) = gini(&amounts).filter(|_| leading >= LEAST_BODIES) else { return Vec::new() };
    let Some((top, most)) =
        counted.iter().max_by(|(one, count), (other, more)| count.cmp(more).then(other.cmp(one)))
    else {
        return Vec::new();
    };
    let share = Fraction::new(most.clone(), all - nobody);
    let half = share > Fraction::new(1_u8, 2_u8);
    if !half && uneven < Fraction::new(7_u8, 10_u8) {
        return Vec::new();
    }
    let put = |regions: &Vec<Region>| {
        let cuboids = regions.iter().flat_map(|region| region.cuboids().iter().cloned());
        Region::from_cuboids(&context.institution().space, cuboids)
    };
    let region = led.get(top).map(put);
    let finding = Finding::new(&CHECK)
        .told_by(if half { "main" } else { "uneven" })
        .fact("body", Fact::Body(*top))
        .fact("share", Fact::Share(share))
        .fact("gini", Fact::Coefficient(uneven))
        .fact("leading", Fact::Number(leading))
        .place(context.institution()[*top].head.span, "body");
    vec![region.into_iter().fold(finding, Finding::on)]
}
