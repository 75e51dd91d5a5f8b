//! `test`: all scenario files of a package with what they expect, and what of the rules they go through.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::amended::{Amended, day_of};
use super::generate::generate;
use super::output::Output;
use linkage_case::Rules;
use linkage_package::{Analysis, read_text, scenario_files, understand};
use linkage_report::{SuiteReport, TestCase, Went};
use linkage_scenario::{Coverage, Entry, Scenario, Story, entries, run as play};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Packages (their folders `scenarios`), folders of scenario files, scenario files
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Run them on the rules of this package instead of their own
    #[arg(long, value_name = "PATH")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    amended: Amended,
    /// Tell what of the rules no scenario goes through
    #[arg(long)]
    coverage: bool,
    /// Exit with status 1 if less than so many hundredths of the rules are gone through
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    coverage_threshold: Option<u8>,
    /// Exit with status 1 if there is no scenario, or none that is run
    #[arg(long)]
    fail_on_empty: bool,
    /// Write scenarios for the findings of the package and for what no scenario goes through, into this folder
    #[arg(long, value_name = "FOLDER")]
    generate: Option<PathBuf>,
    /// The day on which generated scenarios are opened [default: today]
    #[arg(long, value_name = "DATE", requires = "generate")]
    as_of: Option<jiff::civil::Date>,
    /// How to print the outcome
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Write the outcome to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Junit,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    test(arguments, output).unwrap_or_else(|status| status)
}

fn test(arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let mut files = Vec::new();
    for path in &arguments.paths {
        files.extend(scenario_files(path).map_err(|error| output.unreadable(&error))?);
    }
    let mut bench = Bench { arguments, output, packages: BTreeMap::new() };
    let mut cases = Vec::new();
    for file in &files {
        bench.file(file, &mut cases);
    }
    let coverage = bench.packages.into_values().flatten().map(|(_, coverage)| coverage);
    let coverage = coverage.reduce(|mut all, more| {
        all.all.extend(more.all);
        all.met.extend(more.met);
        all
    });
    if let Some(folder) = &arguments.generate {
        let path = arguments.rules.as_ref().or(arguments.paths.first());
        let package = arguments.amended.load(path.map_or(Path::new("."), PathBuf::as_path), output)?;
        let day = day_of(&package, arguments.as_of);
        return generate(package, day, folder, coverage, output);
    }
    let told = SuiteReport {
        schema_version: 1,
        percent: coverage.as_ref().map(Coverage::percent),
        coverage: coverage
            .as_ref()
            .map(|it| linkage_report::covered(it, output.language))
            .unwrap_or_default(),
        cases,
    };
    let text = match arguments.format {
        Format::Text => linkage_report::suite_text(&told, arguments.coverage, output.language),
        Format::Json => serde_json::to_string_pretty(&told).unwrap_or_default() + "\n",
        Format::Junit => linkage_report::suite_junit(&told),
    };
    output.deliver(arguments.output.as_deref(), &text)?;
    let ran = told.count(|went| matches!(went, Went::Passed | Went::Failed { .. }));
    let too_little =
        arguments.coverage_threshold.is_some_and(|least| told.percent < Some(usize::from(least)));
    if told.count(|went| matches!(went, Went::Broken { .. })) > 0 {
        return Ok(2);
    }
    let failed = told.count(|went| matches!(went, Went::Failed { .. })) > 0;
    Ok(u8::from(failed || too_little || (arguments.fail_on_empty && ran == 0)))
}

/// A package with what has been gone through of it; or what keeps it from being understood.
type Read = Result<(Box<Analysis>, Coverage), Vec<String>>;

/// The packages that scenarios run on, each read once, with what has been gone through of it.
struct Bench<'a> {
    arguments: &'a Arguments,
    output: &'a Output,
    packages: BTreeMap<PathBuf, Read>,
}

impl Bench<'_> {
    fn file(&mut self, path: &Path, cases: &mut Vec<TestCase>) {
        let language = self.output.language;
        let file = path.display().to_string();
        let read = read_text(path).map_err(|error| vec![linkage_report::load_sentence(&error, language)]);
        let found = read.and_then(|text| {
            let told = |faults: Vec<linkage_scenario::ScenarioFault>| {
                faults.iter().map(|fault| fault.sentence(language)).collect::<Vec<_>>()
            };
            entries(&text).map_err(told)
        });
        match found {
            Err(faults) => cases.push(TestCase { file, name: String::new(), went: Went::Broken { faults } }),
            Ok(entries) => {
                for entry in entries {
                    let name = entry.titles.join(" / ");
                    cases.push(TestCase { file: file.clone(), name, went: self.entry(path, entry) });
                }
            }
        }
    }

    fn entry(&mut self, path: &Path, entry: Entry) -> Went {
        let language = self.output.language;
        if let Some(reason) = entry.skip {
            return Went::Skipped { reason: reason.into() };
        }
        let scenario = match entry.scenario {
            Ok(scenario) => scenario,
            Err(faults) => {
                return Went::Broken {
                    faults: faults.iter().map(|fault| fault.sentence(language)).collect(),
                };
            }
        };
        match self.play(path, &scenario) {
            Err(faults) => Went::Broken { faults },
            Ok(story) if story.is_as_expected() => Went::Passed,
            Ok(story) => Went::Failed { unmet: linkage_report::unmet(&story, language) },
        }
    }

    fn play(&mut self, path: &Path, scenario: &Scenario) -> Result<Story, Vec<String>> {
        let language = self.output.language;
        let rules = match (&self.arguments.rules, &scenario.rules) {
            (Some(rules), _) => rules.clone(),
            (None, Some(rules)) => path.parent().unwrap_or(Path::new("")).join(rules.as_str()),
            (None, None) => {
                return Err(vec![language.pick(
                    "it says no `rules`; add them, or name a package with --rules".into(),
                    "没有“rules”；请补充，或以--rules指定规则包".into(),
                )]);
            }
        };
        let day = scenario.start.date();
        let key = rules.canonicalize().unwrap_or_else(|_| rules.clone());
        if !self.packages.contains_key(&key) {
            let read = self.arguments.amended.read(&rules, language);
            let entry = match read.map(|package| understand(package, day)) {
                Err(fault) => Err(vec![fault]),
                Ok(analysis) if analysis.is_understood() => {
                    let coverage = Coverage::new(analysis.institution());
                    Ok((Box::new(analysis), coverage))
                }
                Ok(analysis) => {
                    let faults = linkage_report::faults(&analysis, language).into_iter();
                    Err(faults.map(|fault| fault.message).collect())
                }
            };
            self.packages.insert(key.clone(), entry);
        }
        match self.packages.get_mut(&key) {
            Some(Ok((analysis, coverage))) => {
                let story = play(&Rules::new(analysis.institution(), &analysis.package.calendar), scenario);
                coverage.add(&story);
                Ok(story)
            }
            Some(Err(faults)) => Err(faults.clone()),
            None => Err(Vec::new()),
        }
    }
}
