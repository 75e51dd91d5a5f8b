//! `check`: analyse a package and report what is wrong with its rules.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::clock::today;
use super::output::Output;
use crate::checks;
use crate::report;
use crate::text::Severity;
use crate::workspace::analyse;

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
    /// The day as of which laws are in force [default: today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Report only these findings, by code or name
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    only: Vec<String>,
    /// Write a certificate of gaps and overlaps to a file; `certify` checks it
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
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
    let mut analysis = match analyse(&arguments.path, arguments.as_of.unwrap_or_else(today)) {
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
        Format::Json => {
            let json = serde_json::to_string_pretty(&report::check_report(&analysis, output.language));
            json.unwrap_or_default() + "\n"
        }
    };
    match &arguments.output {
        Some(path) => {
            if let Err(status) = output.write(path, &report) {
                return status;
            }
        }
        None => output.print(&report),
    }
    if !analysis.is_understood() {
        return 2;
    }
    let limit = match arguments.deny {
        Deny::Error => Severity::Error,
        Deny::Warning => Severity::Warning,
        Deny::Note => Severity::Note,
    };
    u8::from(analysis.findings.iter().any(|finding| finding.check.severity >= limit))
}
