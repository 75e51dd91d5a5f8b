//! `designate`: say who is to have a case that several claim, or a step.

use clap::Args;

use super::desk::{Acting, act, body};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The step; not needed where only one can be meant
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    /// Who
    #[arg(long, value_name = "BODY")]
    to: String,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let step = arguments.step.as_deref().map(Into::into);
    act(&arguments.acting, output, |case, kept| {
        Ok(Order::Designate { case, step, to: body(&arguments.to, kept, output)? })
    })
}
