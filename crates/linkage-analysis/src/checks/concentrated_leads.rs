//! N004: one body leads most of what is led, or a few lead nearly all.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::{Check, Context, Fact, Finding};
use crate::network::{Fraction, gini};
use linkage_model::BodyId;
use linkage_regions::{Region, gaps_within};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "N004",
    name: "concentrated-leads",
    severity: Severity::Note,
    page: include_str!("concentrated_leads.md"),
    run,
};

/// Among fewer that lead nothing is concentrated.
const LEAST_BODIES: usize = 4;
/// At most this many parts of the space are looked at for each body; where that does not suffice U008 says so.
const CELLS: usize = 20_000;

/// How much each body leads.
pub(super) enum Counted {
    /// Exactly.
    All(Vec<(BodyId, BigUint)>),
    /// Of some body not exactly: so many parts of the space were looked at.
    Cut(usize),
}

fn run(context: &Context<'_>) -> Vec<Finding> {
    let led = led(context);
    let scope = &context.institution().scope.region;
    let all = scope.count();
    let Counted::All(counted) = counted(context) else { return Vec::new() };
    let Some(nobody) = context.gaps.measure.exact() else { return Vec::new() };
    told(context, &led, &counted, all - nobody)
}

/// The regions that each body leads.
fn led(context: &Context<'_>) -> BTreeMap<BodyId, Vec<Region>> {
    let division = context.division;
    let mut led: BTreeMap<BodyId, Vec<Region>> = BTreeMap::new();
    for (at, claim) in division.claims().iter().enumerate() {
        let region = context.led(at);
        for body in &claim.bodies {
            led.entry(*body).or_default().push(region.clone());
        }
    }
    led
}

/// How many situations of the scope each body leads.
pub(super) fn counted(context: &Context<'_>) -> Counted {
    let scope = &context.institution().scope.region;
    let all = scope.count();
    let mut counted: Vec<(BodyId, BigUint)> = Vec::new();
    for (body, regions) in led(context) {
        let others = gaps_within(scope, &regions.iter().collect::<Vec<_>>(), CELLS).measure;
        let Some(others) = others.exact() else { return Counted::Cut(CELLS) };
        counted.push((body, &all - others));
    }
    Counted::All(counted)
}

fn told(
    context: &Context<'_>,
    led: &BTreeMap<BodyId, Vec<Region>>,
    counted: &[(BodyId, BigUint)],
    all_led: BigUint,
) -> Vec<Finding> {
    let leading = counted.iter().filter(|(_, count)| *count > BigUint::ZERO).count();
    let amounts: Vec<BigUint> = counted.iter().map(|(_, count)| count.clone()).collect();
    let Some(uneven) = gini(&amounts).filter(|_| leading >= LEAST_BODIES) else { return Vec::new() };
    let Some(most) = amounts.iter().max() else { return Vec::new() };
    let share = Fraction::new(most.clone(), all_led);
    let half = share > Fraction::new(1_u8, 2_u8);
    if !half && uneven < Fraction::new(7_u8, 10_u8) {
        return Vec::new();
    }
    let put = |regions: &Vec<Region>| {
        let cuboids = regions.iter().flat_map(|region| region.cuboids().iter().cloned());
        Region::from_cuboids(&context.institution().space, cuboids)
    };
    // Where several lead as much, each is told of.
    let tops = counted.iter().filter(|(_, count)| count == most).map(|(body, _)| *body);
    tops.map(|top| {
        let finding = Finding::new(&CHECK)
            .told_by(if half { "main" } else { "uneven" })
            .fact("body", Fact::Body(top))
            .fact("share", Fact::Share(share.clone()))
            .fact("gini", Fact::Coefficient(uneven.clone()))
            .fact("leading", Fact::Number(leading))
            .place(context.institution()[top].head.span, "body");
        led.get(&top).map(put).into_iter().fold(finding, Finding::on)
    })
    .collect()
}
