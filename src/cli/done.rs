//! `done`: state the outcome of a step.

use clap::Args;

use super::desk::{Acting, act};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The step; not needed where only one can be meant
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    /// The outcome
    #[arg(long, value_name = "OUTCOME")]
    outcome: String,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let (step, outcome) = (arguments.step.as_deref().map(Into::into), arguments.outcome.as_str().into());
    act(&arguments.acting, output, |case, _| Ok(Order::Done { case, step, outcome }))
}
