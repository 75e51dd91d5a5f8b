//! D010: several bodies lead the same situations, and the rules of conflict contradict each other or do
//! not reach it.

use super::dispute::{disputes, told};
use super::finding::Fault;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D010",
    name: "undecidable",
    severity: Severity::Error,
    page: include_str!("undecidable.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let undecidable = disputes(context).into_iter().filter(super::dispute::Dispute::is_undecidable);
    undecidable
        .map(|dispute| {
            let finding = Finding::new(&CHECK).fact("why", Fact::Opens(dispute.open.clone()));
            told(context, &dispute, finding).telling_all(dispute.number.map(Fault::Dispute))
        })
        .collect()
}
