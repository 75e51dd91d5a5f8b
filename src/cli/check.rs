//! `check`: analyse a package and report what is wrong with its rules.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::amended::{Amended, day_of};
use super::desk::unusable;
use super::output::Output;
use super::watch::watch;
use super::who::not_understood;
use linkage_analysis::checks::{self, Finding, Level, Levels};
use linkage_journal::cost;
use linkage_journal::store::Sqlite;
use linkage_package::{Analysis, Package, Watched, analyse_package, read_text, timeline};
use linkage_text::Severity;

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
    /// Report only these findings, by code, name or letter of a family
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    only: Vec<String>,
    /// Set how grave findings are: CODE=LEVEL, by code, name or letter of a family; off, note, warning or error
    #[arg(long, value_name = "CODE=LEVEL", value_delimiter = ',', value_parser = level)]
    level: Vec<(String, Level)>,
    /// Leave out what an earlier report (--format json) knows already
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Tell what the findings cost the cases of this journal, and order them by it
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    #[command(flatten)]
    amended: Amended,
    /// Write a certificate of gaps and overlaps to a file; `certify` checks it
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
    /// Go on until stopped: at each change of a file tell which findings are new and which are gone
    #[arg(long)]
    watch: bool,
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

fn level(text: &str) -> Result<(String, Level), String> {
    let (key, level) = text.split_once('=').ok_or("write CODE=LEVEL, such as D003=off")?;
    let level = match level {
        "off" => Level::Off,
        "note" => Level::Note,
        "warning" => Level::Warning,
        "error" => Level::Error,
        other => return Err(format!("`{other}` is no level: off, note, warning, error")),
    };
    Ok((key.into(), level))
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
        let named = checks::named(code);
        if named.is_empty() {
            return output.refuse(
                &format!(
                    "no finding or family has the code or name `{code}`; `linkage explain --list` lists them"
                ),
                &format!("没有编号、名称或类别为“{code}”的问题；用“linkage explain --list”查看全部"),
            );
        }
        wanted.extend(named.iter().map(|check| check.code));
    }
    if arguments.watch {
        return watched(arguments, &wanted, output).unwrap_or_else(|status| status);
    }
    let package = match package(arguments, output) {
        Ok(package) => package,
        Err(status) => return status,
    };
    let day = match arguments.as_of {
        Some(AsOf::Range(from, until)) => {
            return over_time(arguments, package, (from, until), &wanted, output);
        }
        Some(AsOf::Day(day)) => Some(day),
        None => None,
    };
    // First, so that nothing is written where it can't be read.
    let read = |path: &PathBuf| Sqlite::open(path).and_then(|store| cost::read(&store));
    let courses = match arguments.journal.as_ref().map(read).transpose() {
        Ok(courses) => courses,
        Err(fault) => return unusable(&fault, output),
    };
    let day = day_of(&package, day);
    let mut analysis = analyse_package(package, day);
    let known = baseline(arguments, output);
    if let Err(status) =
        known.and_then(|known| without_known(arguments, known.as_ref(), &mut analysis, output))
    {
        return status;
    }
    if let Some(path) = arguments.certificate.as_ref().filter(|_| analysis.is_understood()) {
        let Some(paper) = linkage_report::certificate(&analysis) else {
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
    if let Some(courses) = courses.as_ref().filter(|_| analysis.is_understood()) {
        cost::add_overloads(&mut analysis, courses);
    }
    only(&wanted, &mut analysis);
    // Last, for it orders what is left.
    if let Some(courses) = courses.filter(|_| analysis.is_understood()) {
        cost::rank(&mut analysis, &courses);
    }
    let mut terminal = output.terminal();
    terminal.colour &= arguments.output.is_none();
    let report = match arguments.format {
        Format::Text => linkage_report::text(&analysis, terminal),
        Format::Html => linkage_report::html(&analysis, output.language),
        Format::Sarif => linkage_report::sarif(&analysis, output.language),
        Format::Markdown => linkage_report::markdown(&analysis, output.language),
        Format::Junit => linkage_report::junit(&analysis, output.language),
        Format::Csv => linkage_report::csv(&analysis, output.language),
        Format::Github => linkage_report::github(&analysis, output.language),
        Format::Json => {
            let json =
                serde_json::to_string_pretty(&linkage_report::check_report(&analysis, output.language));
            json.unwrap_or_default() + "\n"
        }
    };
    if let Err(status) = output.deliver(arguments.output.as_deref(), &report) {
        return status;
    }
    let status = status(arguments, &analysis);
    // The process ends here: giving back a million trees one by one would only take time.
    std::mem::forget(analysis);
    status
}

/// The exit status that an analysis comes to.
fn status(arguments: &Arguments, analysis: &Analysis) -> u8 {
    if !analysis.is_understood() {
        return 2;
    }
    let gravest = analysis.findings.iter().map(|finding| finding.severity).max();
    u8::from(gravest >= Some(arguments.deny.severity()))
}

/// The earlier report, where one is named.
fn baseline(arguments: &Arguments, output: &Output) -> Result<Option<String>, u8> {
    let text = arguments.baseline.as_ref().map(|path| read_text(path));
    text.transpose().map_err(|error| output.unreadable(&error))
}

/// Leaves out what an earlier report knows.
fn without_known(
    arguments: &Arguments,
    known: Option<&String>,
    analysis: &mut Analysis,
    output: &Output,
) -> Result<(), u8> {
    let (Some(path), Some(text)) = (&arguments.baseline, known) else { return Ok(()) };
    linkage_report::without_known(analysis, text).map_err(|why| {
        let path = path.display();
        output.refuse(
            &format!("{path}: no report of `check --format json` ({why})"),
            &format!("{path}：不是“check --format json”的报告（{why}）"),
        )
    })
}

/// Leaves only the findings of these codes, and what was not decided; all where no code is named.
fn only(wanted: &[&str], analysis: &mut Analysis) {
    if !wanted.is_empty() {
        let told =
            |finding: &Finding| wanted.contains(&finding.check.code) || finding.check.tells_undecided();
        analysis.findings.retain(told);
        analysis.accepted.retain(|(finding, _)| wanted.contains(&finding.check.code));
    }
}

/// The package with what the command line says of it: amendments adopted, levels set.
fn package(arguments: &Arguments, output: &Output) -> Result<Package, u8> {
    let mut package = arguments.amended.load(&arguments.path, output)?;
    package.levels.overridden_by(&levels(arguments, output)?);
    Ok(package)
}

/// The levels that the command line sets.
fn levels(arguments: &Arguments, output: &Output) -> Result<Levels, u8> {
    let mut levels = Levels::default();
    for (key, level) in &arguments.level {
        if !levels.set(key, *level) {
            return Err(output.refuse(
                &format!(
                    "no finding has the code, name or family `{key}`; `linkage explain --list` lists them"
                ),
                &format!("没有编号、名称或类别为“{key}”的问题；用“linkage explain --list”查看全部"),
            ));
        }
    }
    Ok(levels)
}

/// Checks at every change, until stopped.
fn watched(arguments: &Arguments, wanted: &[&str], output: &Output) -> Result<u8, u8> {
    let day = match arguments.as_of {
        None => None,
        Some(AsOf::Day(day)) => Some(day),
        Some(AsOf::Range(..)) => {
            return Err(output.refuse(
                "--watch tells of one day of the rules: give --as-of one date, or leave out --watch",
                "--watch只就某一日持续检查：请将--as-of设为某一日，或不用--watch",
            ));
        }
    };
    let elsewhere = [&arguments.output, &arguments.journal, &arguments.certificate];
    if !matches!(arguments.format, Format::Text) || elsewhere.iter().any(|it| it.is_some()) {
        return Err(output.refuse(
            "--watch tells what changes as text on standard output: leave out --format, --output, --journal and \
             --certificate, or leave out --watch",
            "--watch只以文本形式在标准输出说明变化：请不用--format、--output、--journal和--certificate，或不用--watch",
        ));
    }
    let (levels, known) = (levels(arguments, output)?, baseline(arguments, output)?);
    let look = |watched: &mut Watched, package: Package| {
        let mut package = arguments.amended.adopted(package, output.language)?;
        package.levels.overridden_by(&levels);
        let day = day_of(&package, day);
        Ok(watched.analyse(package, day))
    };
    let sieve = |analysis: &mut Analysis| {
        without_known(arguments, known.as_ref(), analysis, output)?;
        only(wanted, analysis);
        Ok(status(arguments, analysis))
    };
    watch(&arguments.path, look, sieve, output)
}

/// When findings appear and vanish.
fn over_time(
    arguments: &Arguments,
    package: Package,
    (from, until): (Date, Date),
    only: &[&str],
    output: &Output,
) -> u8 {
    let timeline = timeline(package, from, until);
    if let Some(status) = not_understood(&timeline.first, output) {
        return status;
    }
    if arguments.journal.is_some() {
        return output.refuse(
            "what cases cost is told for one day of the rules: give --as-of one date, or leave out --journal",
            "案件代价只能就某一日的规则说明：请将--as-of设为某一日，或不用--journal",
        );
    }
    let wanted = |check: &checks::Check| only.is_empty() || only.contains(&check.code);
    if !matches!(arguments.format, Format::Text | Format::Json) {
        return output.refuse(
            "findings over a range of days are told as text or json; for this format ask about one day",
            "一段日期内的问题只能以text或json输出；此格式请指定某一日",
        );
    }
    let told = linkage_report::timeline_report(&timeline, output.language, wanted);
    let text = match arguments.format {
        Format::Text => linkage_report::timeline_text(&told, output.language),
        _ => serde_json::to_string_pretty(&told).unwrap_or_default() + "\n",
    };
    if let Err(status) = output.deliver(arguments.output.as_deref(), &text) {
        return status;
    }
    u8::from(linkage_report::gravest(&timeline, wanted) >= Some(arguments.deny.severity()))
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
