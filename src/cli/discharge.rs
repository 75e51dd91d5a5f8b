//! `discharge`: have done what was owed.

use clap::Args;

use super::desk::{Acting, act};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What, by its name in the rules or its title
    #[arg(long, value_name = "NAME")]
    obligation: String,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let obligation = arguments.obligation.as_str().into();
    act(&arguments.acting, output, |case, _| Ok(Order::Discharge { case, obligation }))
}
