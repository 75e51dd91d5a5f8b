//! `diff`: what changes between two packages, or a package and itself with amendments adopted.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use ecow::EcoString;
use jiff::civil::Date;

use super::amended::{Amended, day_of};
use super::clock::today;
use super::output::Output;
use super::who::not_understood;
use linkage_analysis::compare::compare;
use linkage_model::Division;
use linkage_package::{Analysis, Package, examine, understand};
use linkage_parallel::in_order;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The earlier package: a folder, a rule file, or REVISION:PATH of git
    old: PathBuf,
    /// The later package; without it the earlier one with the amendments of --amend
    #[arg(required_unless_present = "amend")]
    new: Option<PathBuf>,
    #[command(flatten)]
    amended: Amended,
    /// Read the earlier package, too, as if these amendments were adopted
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    upon: Vec<EcoString>,
    /// The day as of which both are looked at [default: today, or when the amendments take effect]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// How to print the answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Leave out the commands that show the findings
    #[arg(long)]
    brief: bool,
    /// Write the answer to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    diff(arguments, output).unwrap_or_else(|status| status)
}

fn diff(arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let upon = Amended { amend: arguments.upon.clone() };
    let amend = arguments.upon.iter().chain(&arguments.amended.amend).cloned().collect();
    let later = Amended { amend };
    let new: &Path = arguments.new.as_ref().unwrap_or(&arguments.old);
    let (old, new) = (upon.load(&arguments.old, output)?, later.load(new, output)?);
    let day = day_of(&new, arguments.as_of.or_else(|| new.in_effect_from().is_none().then(today)));
    let sides = [understood(old, day, output)?, understood(new, day, output)?];
    let mut found = in_order(&sides, examine).into_iter();
    let [before, after] = sides.map(|side| side.with(found.next().unwrap_or_default()));
    let changes =
        compare(&Division::new(before.institution(), day), &Division::new(after.institution(), day));
    let mut told = linkage_report::diff_report(&before, &after, &changes, output.language);
    if arguments.brief {
        told.without_commands();
    }
    let text = match arguments.format {
        Format::Text => linkage_report::diff_text(&told, output.language),
        Format::Markdown => linkage_report::diff_markdown(&told, output.language),
        Format::Json => serde_json::to_string_pretty(&told).unwrap_or_default() + "\n",
    };
    output.deliver(arguments.output.as_deref(), &text)?;
    Ok(0)
}

fn understood(package: Package, day: Date, output: &Output) -> Result<Analysis, u8> {
    let analysis = understand(package, day);
    not_understood(&analysis, output).map_or(Ok(analysis), Err)
}
