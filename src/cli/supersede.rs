//! `supersede`: set another deadline in the place of the one that there is.

use clap::Args;

use super::desk::{Acting, act, cited, time};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The step [default: the case as a whole]
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    /// How much time there is from now on, such as "3 workdays"
    #[arg(long, value_name = "TIME")]
    within: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// The law on which it rests, and its article
    #[arg(long, value_name = "LAW")]
    basis: Vec<String>,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let (step, reason) = (arguments.step.as_deref().map(Into::into), arguments.reason.as_str().into());
    act(&arguments.acting, output, |case, kept| {
        let (within, basis) = (time(&arguments.within), cited(&arguments.basis, kept));
        Ok(Order::Supersede { case, step, within, reason, basis })
    })
}
