//! `note`: write something down on a case.

use clap::Args;

use super::desk::{Acting, act};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What; no names of persons
    #[arg(long, value_name = "TEXT")]
    text: String,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let text = arguments.text.as_str().into();
    act(&arguments.acting, output, |case, _| Ok(Order::Note { case, text }))
}
