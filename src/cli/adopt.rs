//! `adopt`: put other rules in force in a journal, by whom the rules in force name, with the difference shown.

use std::path::PathBuf;

use clap::Args;

use super::amended::Amended;
use super::desk::{Place, current, failed, rules};
use super::output::Output;
use linkage_analysis::compare::compare;
use linkage_journal::engine::{Failure, JournalRight, Kept};
use linkage_journal::store::Journal;
use linkage_model::Division;
use linkage_package::{Analysis, Package, examine, understand};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// The package with the new rules; cases are opened under them from now on, running ones stay (see `migrate`)
    #[arg(long, value_name = "PATH")]
    rules: PathBuf,
    #[command(flatten)]
    amended: Amended,
    /// The body that decides so: one that `governance { adopt by }` of the rules in force names
    #[arg(long = "as", value_name = "BODY")]
    by: String,
    /// Put them in force although a part of what the check asks could not be decided
    #[arg(long)]
    acknowledge_undecided: bool,
    /// Change nothing: only show the difference, and whether this body may
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    adopt(arguments, output).unwrap_or_else(|status| status)
}

fn adopt(arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let text = rules(&arguments.rules, &arguments.amended, output)?;
    let mut engine = arguments.place.open(output)?;
    let told = |failure: Failure| failed(&failure, None, "", output);
    let before = current(&mut engine, output)?;
    let kept = Kept::of_text(&text).map_err(|fault| told(Failure::Rules(fault)))?;
    let now = arguments.place.now_in(&engine, Some(&before), output)?;
    if kept.hash == before.hash {
        output.print(output.language.pick("these rules are in force already\n", "该规则已在适用\n"));
        return Ok(0);
    }
    // Asked first: who may not, need not read the difference.
    let by = super::desk::body(&arguments.by, &before, output)?;
    engine.permit(JournalRight::Adopt, &by, now).map_err(told)?;
    let day = before.rules().day(now);
    let old = engine.journal().rules(&before.hash).map_err(|fault| super::desk::unusable(&fault, output))?;
    let [old, new] = [old.as_deref().unwrap_or_default(), &text].map(|text| analysed(text, day));
    let (Some(old), Some(new)) = (old, new) else {
        return Err(output.refuse("the rules can't be read", "规则无法读取"));
    };
    let changes = compare(&Division::new(old.institution(), day), &Division::new(new.institution(), day));
    let mut report = linkage_report::diff_report(&old, &new, &changes, output.language);
    report.without_commands();
    output.print(&linkage_report::diff_text(&report, output.language));
    let undecided = new.findings.iter().filter(|finding| finding.check.tells_undecided()).count();
    if undecided > 0 && !arguments.acknowledge_undecided {
        output.refuse(
            &format!(
                "refused: the check of the new rules left {undecided} questions undecided (`linkage check` names them); who takes that on adds --acknowledge-undecided"
            ),
            &format!("不予受理：新规则有{undecided}处未能判定（见linkage check）；如予承担，请加--acknowledge-undecided"),
        );
        return Err(1);
    }
    let name = kept.name.clone();
    if arguments.dry_run {
        output.print(&output.language.pick(
            format!("{by} may put the rules of `{name}` in force; nothing was changed\n"),
            format!("{by}有权采用规则“{name}”；未作改动\n"),
        ));
        return Ok(0);
    }
    engine.adopt(kept, &text, &by, now).map_err(told)?;
    output.print(&output.language.pick(
        format!(
            "the rules of `{name}` are in force; running cases stay under theirs until `migrate` moves them\n"
        ),
        format!("规则“{name}”已采用；在办案件仍适用原规则，可用migrate迁移\n"),
    ));
    Ok(0)
}

/// What a check finds in rules as they are kept.
fn analysed(text: &str, day: jiff::civil::Date) -> Option<Analysis> {
    let analysis = understand(Package::of_written(text).ok()?, day);
    if !analysis.is_understood() {
        return None;
    }
    let found = examine(&analysis);
    Some(analysis.with(found))
}
