//! `suspend`: stop the clock of a case.

use clap::Args;

use super::desk::{Acting, act, cited};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Why: an appraisal, a hearing, what is waited for; where the procedure names the grounds, one of these
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// The law on which it rests, and its article: "licensing_law art 45"
    #[arg(long, value_name = "LAW")]
    basis: Vec<String>,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let reason = arguments.reason.as_str().into();
    act(&arguments.acting, output, |case, kept| {
        Ok(Order::Suspend { case, reason, basis: cited(&arguments.basis, kept) })
    })
}
