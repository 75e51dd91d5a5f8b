//! `who`: who leads a situation, and why.
use clap::Args;
use super::output::Output;
#[derive(Debug, Args)]
pub(super) struct Arguments {}
pub(super) fn run(_arguments: &Arguments, _output: &Output) -> u8 { 0 }
