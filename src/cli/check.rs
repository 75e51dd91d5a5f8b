//! `check`: analyse a package and report what is wrong with its rules.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::clock::today;
use super::output::Output;
use super::who::not_understood;
use crate::checks;
use crate::report;
use crate::text::Severity;
use crate::workspace::{analyse, load, timeline};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder of the package, or one rule file
    #[arg(default_value = ".")]
    path: PathBuf,
    /// How to print the report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Write the report to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit with status 1 if there is a finding of this severity or above
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    deny: Deny,
    /// The day as of which laws are in force, or a range of days (2025-06-01..2026-12-31) over which to
    /// tell when findings appear and vanish [default: today]
    #[arg(long, value_name = "DATE[..DATE]", value_parser = as_of)]
    as_of: Option<AsOf>,
    /// Report only these findings, by code or name
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    only: Vec<String>,
    /// Write a certificate of gaps and overlaps to a file; `certify` checks it
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
}

/// A day, or a range of days.
#[derive(Debug, Clone, Copy)]
enum AsOf {
    Day(Date),
    Range(Date, Date),
}

fn as_of(text: &str) -> Result<AsOf, String> {
    let day = |text: &str| text.parse::<Date>().map_err(|error| format!("{error}"));
    match text.split_once("..") {
        None => day(text).map(AsOf::Day),
        Some((from, until)) => match (day(from)?, day(until)?) {
            (from, until) if from <= until => Ok(AsOf::Range(from, until)),
            (from, until) => Err(format!("{until} is before {from}")),
        },
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Html,
    Sarif,
    #[value(alias = "md")]
    Markdown,
    Junit,
    Csv,
    Github,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Deny {
    Error,
    Warning,
    Note,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let mut wanted = Vec::new();
    for code in &arguments.only {
        match checks::find(code) {
            Some(check) => wanted.push(check.code),
            None => {
                return output.refuse(
                    &format!("no finding has the code or name `{code}`; `linkage explain --list` lists them"),
                    &format!("没有编号或名称为“{code}”的问题；用“linkage explain --list”查看全部"),
                );
            }
        }
    }
    let day = match arguments.as_of {
        Some(AsOf::Range(from, until)) => return over_time(arguments, from, until, &wanted, output),
        Some(AsOf::Day(day)) => day,
        None => today(),
    };
    let mut analysis = match analyse(&arguments.path, day) {
        Ok(analysis) => analysis,
        Err(error) => return output.unreadable(&error),
    };
    if let Some(path) = arguments.certificate.as_ref().filter(|_| analysis.is_understood()) {
        let Some(paper) = report::certificate(&analysis) else {
            return output.refuse(
                "the rules are too entangled for a certificate: not every situation was decided",
                "规则交错过多，未能判定全部情形，无法出具核验文件",
            );
        };
        let text = serde_json::to_string(&paper).unwrap_or_default() + "\n";
        if let Err(status) = output.write(path, &text) {
            return status;
        }
    }
    if !wanted.is_empty() {
        analysis.findings.retain(|finding| wanted.contains(&finding.check.code));
    }
    let mut terminal = output.terminal();
    terminal.colour &= arguments.output.is_none();
    let report = match arguments.format {
        Format::Text => report::text(&analysis, terminal),
        Format::Html => report::html(&analysis, output.language),
        Format::Sarif => report::sarif(&analysis, output.language),
        Format::Markdown => report::markdown(&analysis, output.language),
        Format::Junit => report::junit(&analysis, output.language),
        Format::Csv => report::csv(&analysis, output.language),
        Format::Github => report::github(&analysis, output.language),
        Format::Json => {
            let json = serde_json::to_string_pretty(&report::check_report(&analysis, output.language));
            json.unwrap_or_default() + "\n"
        }
    };
    if let Err(status) = deliver(arguments, &report, output) {
        return status;
    }
    if !analysis.is_understood() {
        return 2;
    }
    let gravest = analysis.findings.iter().map(|finding| finding.check.severity).max();
    // The process ends here: giving back a million trees one by one would only take time.
    std::mem::forget(analysis);
    u8::from(gravest >= Some(arguments.deny.severity()))
}

/// When findings appear and vanish.
fn over_time(arguments: &Arguments, from: Date, until: Date, only: &[&str], output: &Output) -> u8 {
    let package = match load(&arguments.path) {
        Ok(package) => package,
        Err(error) => return output.unreadable(&error),
    };
    let timeline = timeline(package, from, until);
    if let Some(status) = not_understood(&timeline.first, output) {
        return status;
    }
    let wanted = |check: &checks::Check| only.is_empty() || only.contains(&check.code);
    if !matches!(arguments.format, Format::Text | Format::Json) {
        return output.refuse(
            "findings over a range of days are told as text or json; for this format ask about one day",
            "一段日期内的问题只能以text或json输出；此格式请指定某一日",
        );
    }
    let told = report::timeline_report(&timeline, output.language, wanted);
    let text = match arguments.format {
        Format::Text => report::timeline_text(&told, output.language),
        _ => serde_json::to_string_pretty(&told).unwrap_or_default() + "\n",
    };
    if let Err(status) = deliver(arguments, &text, output) {
        return status;
    }
    u8::from(report::gravest(&timeline, wanted) >= Some(arguments.deny.severity()))
}

/// Prints the report, or writes it to the file that is asked for.
fn deliver(arguments: &Arguments, report: &str, output: &Output) -> Result<(), u8> {
    match &arguments.output {
        Some(path) => output.write(path, report),
        None => {
            output.print(report);
            Ok(())
        }
    }
}

impl Deny {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}
