//! `ack`: take notice of a step.

use clap::Args;

use super::desk::{Acting, act};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The step; not needed where only one can be meant
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let step = arguments.step.as_deref().map(Into::into);
    act(&arguments.acting, output, |case, _| Ok(Order::Ack { case, step }))
}
