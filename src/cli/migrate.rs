//! `migrate`: move open cases to other rules where that makes sense, and name each where it does not.

use std::path::PathBuf;

use clap::Args;

use super::amended::Amended;
use super::desk::{Format, Place, body, csv, current, failed, rules};
use super::output::Output;
use linkage_journal::engine::{Failure, JournalRight, Kept};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// The package with the rules to move to; whoever may adopt rules puts them in force by that [default: the rules in force]
    #[arg(long, value_name = "PATH")]
    rules: Option<PathBuf>,
    /// The body that decides so: one that `governance { migrate by }` of the rules in force names, else their fallback body
    #[arg(long = "as", value_name = "BODY")]
    by: String,
    /// Change nothing: list case by case what would move, what would not, and why
    #[arg(long)]
    dry_run: bool,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    migrate(arguments, output).unwrap_or_else(|status| status)
}

fn migrate(arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let mut engine = arguments.place.open(output)?;
    let told = |failure: Failure| failed(&failure, None, "", output);
    let before = current(&mut engine, output)?;
    let now = arguments.place.now_in(&engine, Some(&before), output)?;
    let text = arguments.rules.as_ref().map(|path| rules(path, &Amended::default(), output)).transpose()?;
    let kept = text.as_deref().map(Kept::of_text).transpose().map_err(|fault| told(Failure::Rules(fault)))?;
    let by = body(&arguments.by, &before, output)?;
    let hash = kept.as_ref().map_or_else(|| before.hash.clone(), |kept| kept.hash.clone());
    let prospect = if arguments.dry_run {
        if let Some(kept) = kept {
            engine.library_with(kept);
        }
        engine.prospect(&hash).map_err(told)?
    } else {
        engine.permit(JournalRight::Migrate, &by, now).map_err(told)?;
        if let (Some(kept), Some(text)) = (kept, &text) {
            engine.adopt(kept, text, &by, now).map_err(told)?;
        }
        engine.migrate(&hash, &by, now).map_err(told)?
    };
    match arguments.format {
        Format::Json => output.json(&serde_json::json!({
            "schema_version": 1, "to": hash, "dry_run": arguments.dry_run, "already": prospect.already,
            "cases": prospect.verdicts
        })),
        Format::Csv => {
            let row = |verdict: &linkage_journal::engine::Verdict| {
                let why =
                    verdict.obstacles.iter().map(|found| linkage_report::obstacle(found, output.language));
                let (why, moves) = (why.collect::<Vec<_>>().join("; "), verdict.obstacles.is_empty());
                vec![
                    verdict.dossier.to_string(),
                    verdict.from.to_string(),
                    hash.to_string(),
                    moves.to_string(),
                    why,
                ]
            };
            output.print(&csv(
                &["case", "from", "to", "moves", "obstacles"],
                prospect.verdicts.iter().map(row),
            ));
        }
        Format::Text => {
            output.print(&linkage_report::prospect_text(&prospect, arguments.dry_run, output.language))
        }
    }
    Ok(0)
}
