//! `who`: who leads a situation, or holds a power, and why.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::amended::{Amended, day_of};
use super::facts::stated;
use super::output::Output;
use linkage_analysis::checks::Context;
use linkage_case::region;
use linkage_model::{BodyId, Competence, Division, Institution};
use linkage_package::{Analysis, understand};
use linkage_text::did_you_mean;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder of the package, or one rule file
    #[arg(default_value = ".")]
    path: PathBuf,
    /// The situation: name=value for matter, area and attributes; at=2026-11-23T22:30 for the time
    #[arg(long, value_name = "FACT", num_args = 1.., required_unless_present_any = ["power", "body"])]
    at: Vec<String>,
    /// Tell who holds this power there, and why; without --at where anybody does
    #[arg(long, value_name = "POWER", conflicts_with = "body")]
    power: Option<String>,
    /// Instead of a situation: all that this body leads, supports and supervises, and where it conflicts
    #[arg(long, value_name = "BODY", conflicts_with = "at")]
    body: Option<String>,
    /// The day as of which laws are in force [default: the day of `at=`, else today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    #[command(flatten)]
    amended: Amended,
    /// How to print the answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How answers and stories are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let package = match arguments.amended.load(&arguments.path, output) {
        Ok(package) => package,
        Err(status) => return status,
    };
    let day = day_of(&package, arguments.as_of);
    let analysis = understand(package, day);
    if let Some(status) = not_understood(&analysis, output) {
        return status;
    }
    let institution = analysis.institution();
    if let Some(name) = &arguments.body {
        return all_of(name, &analysis, day, arguments.format, output);
    }
    let stated = match stated(&arguments.at, institution, &analysis.package.calendar, output) {
        Ok(stated) => stated,
        Err(status) => return status,
    };
    let day = arguments.as_of.or(stated.day).unwrap_or(day);
    let situation = region(institution, &stated.facts);
    if let Some(power) = &arguments.power {
        let Some((id, _)) = institution.powers().find(|(_, own)| own.head.name == *power) else {
            let near = did_you_mean(power, institution.powers().map(|(_, own)| own.head.name.as_str()));
            let near = |before: &str, behind: &str| {
                near.map_or_else(String::new, |near| format!("{before}{near}{behind}"))
            };
            return output.refuse(
                &format!("no power is named `{power}`{}", near("; did you mean `", "`?")),
                &format!("没有名为“{power}”的职权{}", near("；是否指“", "”？")),
            );
        };
        let competence = Competence::new(institution, day);
        let answer = linkage_report::who_holds(&competence, id, &situation, output.language);
        match arguments.format {
            Format::Text => output.print(&linkage_report::who_holds_text(&answer, output.language)),
            Format::Json => output.json(&answer),
        }
        return 0;
    }
    let division = Division::new(institution, day);
    let answer = linkage_report::who(&division, &situation, output.language);
    match arguments.format {
        Format::Text => output.print(&linkage_report::who_text(&answer, output.language)),
        Format::Json => output.json(&answer),
    }
    0
}

/// All that a body has to do with the division of powers.
fn all_of(name: &str, analysis: &Analysis, day: Date, format: Format, output: &Output) -> u8 {
    let institution = analysis.institution();
    let Some(body) = institution.body_named(name).or_else(|| titled(institution, name)) else {
        let known = institution.bodies().map(|(_, body)| body.head.name.as_str());
        let (en, zh) = match did_you_mean(name, known) {
            Some(near) => (format!("; did you mean `{near}`?"), format!("；是否指“{near}”？")),
            None => ("; the rules declare bodies by `body NAME`".into(), "；主体以“主体 名称”声明".into()),
        };
        return output.refuse(
            &format!("`{name}` is no body of this package{en}"),
            &format!("本规则包没有主体“{name}”{zh}"),
        );
    };
    let division = Division::new(institution, day);
    let context = Context::new(&division, &[]);
    match format {
        Format::Text => output.print(&linkage_report::portfolio_text(&context, body, output.language)),
        Format::Json => output.json(&linkage_report::portfolio(&context, body, output.language)),
    }
    0
}

/// The body of a title: people at a desk know 派出所 by that name.
fn titled(institution: &Institution, title: &str) -> Option<BodyId> {
    let mut with = institution.bodies().filter(|(_, body)| body.head.label() == title);
    with.next().filter(|_| with.next().is_none()).map(|(id, _)| id)
}

/// Tells what keeps a package from being understood, and status 2; none if nothing does.
pub(super) fn not_understood(analysis: &Analysis, output: &Output) -> Option<u8> {
    if analysis.is_understood() {
        return None;
    }
    for fault in linkage_report::faults(analysis, output.language) {
        output.complain(&format!("{}\n", output.terminal().render(&analysis.package.sources, &fault)));
    }
    output.complain(&linkage_report::summary(analysis, output.language));
    Some(2)
}
