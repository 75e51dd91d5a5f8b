//! `resume`: let the clock of a case run again.

use clap::Args;

use super::desk::{Acting, act};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    act(&arguments.acting, output, |case, _| Ok(Order::Resume { case }))
}
