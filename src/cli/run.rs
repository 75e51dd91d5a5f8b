//! `run`: one scenario through the executor on a scripted clock; or a run told by its ends.

use std::path::{Path, PathBuf};

use clap::Args;
use ecow::EcoString;
use jiff::civil::Date;

use super::amended::{Amended, day_of};
use super::facts::stated;
use super::output::Output;
use super::who::{Format, not_understood};
use linkage_case::Rules;
use linkage_package::{Analysis, Package, read_text, understand};
use linkage_scenario::{End, Scenario, Story, probe};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A scenario file; or, with --at, the folder of a package
    path: PathBuf,
    /// Run the scenario on the rules of this package instead of its own
    #[arg(long, value_name = "PATH")]
    rules: Option<PathBuf>,
    /// Open a case of this situation: name=value for matter, area and attributes
    #[arg(long, value_name = "FACT", num_args = 1..)]
    at: Vec<String>,
    /// The procedure of the case, where the triggers do not tell
    #[arg(long, value_name = "NAME", requires = "at")]
    procedure: Option<String>,
    /// End a step so: STEP=OUTCOME, STEP=timeout, STEP=refusal or STEP=wait (for the whole ladder); in order
    #[arg(long, value_name = "STEP=END", requires = "at")]
    then: Vec<String>,
    /// The day on which the case is opened [default: today]
    #[arg(long, value_name = "DATE", requires = "at")]
    as_of: Option<Date>,
    #[command(flatten)]
    amended: Amended,
    /// How to print the story
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let played = if arguments.at.is_empty() {
        scenario(&arguments.path, arguments.rules.as_deref(), &arguments.amended, output)
    } else {
        told(arguments, output)
    };
    let (analysis, story) = match played {
        Ok(played) => played,
        Err(status) => return status,
    };
    match arguments.format {
        Format::Json => output.json(&linkage_report::story_report(&story)),
        Format::Text => {
            output.print(&linkage_report::story(
                analysis.institution(),
                &analysis.package.calendar,
                &story,
                output.language,
            ));
        }
    }
    u8::from(!story.is_as_expected())
}

/// Plays a scenario file.
pub(super) fn scenario(
    path: &Path,
    rules: Option<&Path>,
    amended: &Amended,
    output: &Output,
) -> Result<(Analysis, Story), u8> {
    if path.is_dir() {
        let path = path.display();
        return Err(output.refuse(
            &format!(
                "{path} is a package; name a scenario file, or open a case in it with --at name=value …"
            ),
            &format!("{path}是规则包；请指定情景文件，或以--at 名称=值 …立案"),
        ));
    }
    let text = read_text(path).map_err(|error| output.unreadable(&error))?;
    let scenario = Scenario::from_yaml(&text).map_err(|faults| {
        let mut status = 2;
        for fault in faults {
            let sentence = format!("{}: {}", path.display(), fault.sentence(output.language));
            status = output.refuse(&sentence, &sentence);
        }
        status
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let rules = match (rules, &scenario.rules) {
        (Some(rules), _) => rules.to_path_buf(),
        (None, Some(rules)) => folder.join(rules.as_str()),
        (None, None) => {
            return Err(output.refuse(
                &format!("{}: says no `rules`; add them, or name a package with --rules", path.display()),
                &format!("{}：没有“rules”；请补充，或以--rules指定规则包", path.display()),
            ));
        }
    };
    let analysis = understood(amended.load(&rules, output)?, scenario.start.date(), output)?;
    let by = Rules::new(analysis.institution(), &analysis.package.calendar);
    let story = linkage_scenario::run(&by, &scenario);
    Ok((analysis, story))
}

/// Plays a run told by its ends.
fn told(arguments: &Arguments, output: &Output) -> Result<(Analysis, Story), u8> {
    let package = arguments.amended.load(&arguments.path, output)?;
    let day = day_of(&package, arguments.as_of);
    let analysis = understood(package, day, output)?;
    let calendar = &analysis.package.calendar;
    let stated = stated(&arguments.at, analysis.institution(), calendar, output)?;
    let mut ends = Vec::new();
    for word in &arguments.then {
        let Some((step, end)) = word.split_once('=') else {
            return Err(output.refuse(
                &format!("`{word}` says no end; write STEP=OUTCOME, STEP=timeout, STEP=refusal or STEP=wait"),
                &format!("“{word}”没有说明结果；请写作 步骤=结果、步骤=timeout、步骤=refusal 或 步骤=wait"),
            ));
        };
        ends.push(End { step: step.into(), end: end.into() });
    }
    let start = calendar.zone().to_timestamp(stated.day.unwrap_or(day).at(9, 0, 0, 0)).unwrap_or_default();
    let rules = Rules::new(analysis.institution(), calendar);
    let story =
        probe(&rules, arguments.procedure.as_deref().map(EcoString::from), &stated.facts, start, &ends);
    Ok((analysis, story))
}

/// A package that can be run.
fn understood(package: Package, day: Date, output: &Output) -> Result<Analysis, u8> {
    let analysis = understand(package, day);
    not_understood(&analysis, output).map_or(Ok(analysis), Err)
}
