//! `tour`: a package checked and one of its cases run, at a glance.

use std::path::PathBuf;

use clap::Args;

use super::amended::Amended;
use super::clock::today;
use super::output::Output;
use super::run::scenario;
use super::who::not_understood;
use linkage_package::analyse;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder of the package
    #[arg(default_value = "rules/luzhi")]
    package: PathBuf,
    /// The scenario
    #[arg(default_value = "examples/overlap_ebike.yaml")]
    scenario: PathBuf,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let analysis = match analyse(&arguments.package, today()) {
        Ok(analysis) => analysis,
        Err(error) => return output.unreadable(&error),
    };
    if let Some(status) = not_understood(&analysis, output) {
        return status;
    }
    let (package, scenario_path) = (arguments.package.display(), arguments.scenario.display());
    output.print(&format!(
        "$ linkage check {package}\n\n{}",
        linkage_report::summary(&analysis, output.language)
    ));
    output.print(&format!("\n{}", linkage_report::messages(&analysis, output.language)));
    output.print(&format!("\n$ linkage run {scenario_path}\n\n"));
    let (analysis, story) = match scenario(&arguments.scenario, None, &Amended::default(), output) {
        Ok(played) => played,
        Err(status) => return status,
    };
    output.print(&linkage_report::story(
        analysis.institution(),
        &analysis.package.calendar,
        &story,
        output.language,
    ));
    u8::from(!story.is_as_expected())
}
