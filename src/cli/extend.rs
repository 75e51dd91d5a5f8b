//! `extend`: ask for more time; or, by whoever may decide, give it or not.

use clap::Args;

use super::desk::{Acting, act, cited, time};
use super::output::Output;
use linkage_case::Order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The step [default: the case as a whole]
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    /// How much more, such as "3 workdays" [default, for whoever decides: what was asked for]
    #[arg(long, value_name = "TIME", conflicts_with = "deny")]
    more: Option<String>,
    /// Give nothing of what was asked for
    #[arg(long)]
    deny: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// The law on which it rests, and its article
    #[arg(long, value_name = "LAW", conflicts_with = "deny")]
    basis: Vec<String>,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let (step, reason) = (arguments.step.as_deref().map(Into::into), arguments.reason.as_str().into());
    act(&arguments.acting, output, |case, kept| {
        if arguments.deny {
            return Ok(Order::Deny { case, step, reason });
        }
        let more = arguments.more.as_deref().map(time);
        Ok(Order::Extend { case, step, more, reason, basis: cited(&arguments.basis, kept) })
    })
}
