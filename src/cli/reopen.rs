//! `reopen`: take up a closed or stuck case again.

use clap::Args;

use super::desk::{Acting, act};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The step to take it up from [default: the first]
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let step = arguments.step.as_deref().map(Into::into);
    act(&arguments.acting, output, |case, _| Ok(Order::Reopen { case, step }))
}
