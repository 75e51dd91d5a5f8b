//! `urge`: remind those who have a step; recorded, and told to them.

use clap::Args;

use super::desk::{Acting, act};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The step; not needed where the case stands at one only
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    /// What is urgent
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let (step, reason) = (arguments.step.as_deref().map(Into::into), arguments.reason.as_str().into());
    act(&arguments.acting, output, |case, _| Ok(Order::Urge { case, step, reason }))
}
