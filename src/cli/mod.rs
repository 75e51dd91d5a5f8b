//! The command line: one file a command, each from arguments to an exit status.
//!
//! Status 0 is fine, 1 is findings at or above `--deny` (or an expectation that is not met), 2 is usage or
//! input that can't be read.

mod certify;
mod check;
mod clock;
mod explain;
mod facts;
mod fmt;
mod output;
mod run;
mod tour;
mod who;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::text::Language;

/// Checks the rules by which public bodies act together, and runs their cases.
#[derive(Debug, Parser)]
#[command(name = "linkage", version, about, max_term_width = 100)]
struct Arguments {
    /// The language of messages [default: from the locale]
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<Lang>,
    /// Whether to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Analyse a package and report what is wrong with its rules
    Check(check::Arguments),
    /// Check a certificate of gaps and overlaps
    Certify(certify::Arguments),
    /// Tell what a finding means, why it matters and how to mend it
    Explain(explain::Arguments),
    /// Tell who leads a situation, and why
    Who(who::Arguments),
    /// Run one scenario through the executor on a scripted clock, and print the story
    Run(run::Arguments),
    /// Check a package and run one of its scenarios: what the program does, at a glance
    Tour(tour::Arguments),
    /// Bring rule files to their canonical form
    Fmt(fmt::Arguments),
    /// Print the JSON Schema of `check --format json`
    Schema,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    En,
    Zh,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let usage = error.use_stderr();
            drop(error.print());
            return ExitCode::from(if usage { 2 } else { 0 });
        }
    };
    let language = match arguments.lang {
        Some(Lang::En) => Language::En,
        Some(Lang::Zh) => Language::Zh,
        None => output::language_of_locale(),
    };
    let output = output::Output::new(language, arguments.color);
    let status = match arguments.command {
        Command::Check(arguments) => check::run(&arguments, &output),
        Command::Certify(arguments) => certify::run(&arguments, &output),
        Command::Explain(arguments) => explain::run(&arguments, &output),
        Command::Who(arguments) => who::run(&arguments, &output),
        Command::Run(arguments) => run::run(&arguments, &output),
        Command::Tour(arguments) => tour::run(&arguments, &output),
        Command::Fmt(arguments) => fmt::run(&arguments, &output),
        Command::Schema => {
            output.print(&format!("{:#}\n", crate::report::schema()));
            0
        }
    };
    ExitCode::from(status)
}
