//! `convene`: call the members of a consultation together, by who chairs it.

use clap::Args;

use super::desk::{Acting, act};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The consultation; not needed where only one can be meant
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    /// When and where
    #[arg(long, value_name = "TEXT")]
    text: String,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let (step, text) = (arguments.step.as_deref().map(Into::into), arguments.text.as_str().into());
    act(&arguments.acting, output, |case, _| Ok(Order::Convene { case, step, text }))
}
