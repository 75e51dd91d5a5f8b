//! `hand-over`: hand a step to another body, or back.

use clap::Args;

use super::desk::{Acting, act, body};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The step; not needed where only one can be meant
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    /// To whom
    #[arg(long, value_name = "BODY")]
    to: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let (step, reason) = (arguments.step.as_deref().map(Into::into), arguments.reason.as_str().into());
    act(&arguments.acting, output, |case, kept| {
        Ok(Order::HandOver { case, step, to: body(&arguments.to, kept, output)?, reason })
    })
}
