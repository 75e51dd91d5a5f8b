//! N003: a body through which most ways from one body to another go.

use super::ties::ties;
use super::{Check, Context, Fact, Finding};
use crate::network::{Fraction, busiest};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "N003",
    name: "passed-through",
    severity: Severity::Note,
    page: include_str!("passed_through.md"),
    run,
};

/// Among fewer bodies one in the middle is no fault.
const LEAST_BODIES: usize = 6;
/// Counting ways takes a step for each body and each tie; of more bodies the measure is not taken, which U008 says.
pub(super) const MOST_BODIES: usize = 1_500;

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let pairs = &ties(context).pairs;
    let tied = ties(context).tied();
    if !(LEAST_BODIES..=MOST_BODIES).contains(&tied.len()) {
        return Vec::new();
    }
    let half = Fraction::new(1_u8, 2_u8);
    let told = busiest(&ties(context).network(context), &half).into_iter().filter_map(|(at, share)| {
        let (id, body) = institution.bodies().nth(at)?;
        let beside = pairs.keys().filter(|(one, other)| *one == id || *other == id).count();
        let finding = Finding::new(&CHECK)
            .fact("body", Fact::Body(id))
            .fact("share", Fact::Share(share))
            .fact("beside", Fact::Number(beside))
            .fact("others", Fact::Number(tied.len() - 1))
            .place(body.head.span, "body");
        Some(finding)
    });
    told.collect()
}
