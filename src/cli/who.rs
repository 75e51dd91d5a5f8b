//! `who`: who leads a situation, and why.
use super::output::Output;
use clap::Args;
#[derive(Debug, Args)]
pub(super) struct Arguments {}
pub(super) fn run(_arguments: &Arguments, _output: &Output) -> u8 {
    0
}
