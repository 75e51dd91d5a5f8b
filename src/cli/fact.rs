//! `fact`: state facts of a case anew.

use clap::Args;

use super::desk::{Acting, act};
use super::facts::stated;
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The facts: name=value for matter, area and attributes
    #[arg(long, value_name = "FACT", num_args = 1.., required = true)]
    at: Vec<String>,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    act(&arguments.acting, output, |case, kept| {
        let facts = stated(&arguments.at, &kept.institution, &kept.calendar, output)?.facts;
        Ok(Order::Fact { case, facts })
    })
}
