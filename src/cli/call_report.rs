//! `call-report`: call for a report on a case; who leads it owes the report from then on.

use clap::Args;

use super::desk::{Acting, act};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// On what
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let reason = arguments.reason.as_str().into();
    act(&arguments.acting, output, |case, _| Ok(Order::CallReport { case, reason }))
}
