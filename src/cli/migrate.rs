//! `migrate`: move open cases to other rules where that makes sense, and name each where it does not.

use std::path::PathBuf;

use clap::Args;

use super::desk::{Format, Place, body, csv, failed, rules};
use super::output::Output;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// The package with the new rules; new cases are opened under them from now on
    #[arg(long, value_name = "PATH")]
    rules: PathBuf,
    /// The body that decides so: the fallback body of the new rules
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
    let text = rules(&arguments.rules, output)?;
    let mut engine = arguments.place.open(output)?;
    let kept = linkage_journal::engine::Kept::of_text(&text);
    let kept =
        kept.map_err(|fault| failed(&linkage_journal::engine::Failure::Rules(fault), None, "", output))?;
    let now = arguments.place.now(Some(&kept), output)?;
    let by = body(&arguments.by, &kept, output)?;
    let may = kept.institution.scope.fallback.map(|(body, _)| kept.rules().name(body));
    if let Some(may) = may.filter(|may| *may != by) {
        output.refuse(
            &format!(
                "refused: {by} may not move cases to other rules; {may} may, to whom what nobody leads comes"
            ),
            &format!("不予受理：{by}无权迁移案件；兜底单位{may}有权"),
        );
        return Err(1);
    }
    let hash = kept.hash.clone();
    let failed = |failure| failed(&failure, None, "", output);
    let prospect = if arguments.dry_run {
        engine.library_with(kept);
        engine.prospect(&hash).map_err(failed)?
    } else {
        engine.keep(&text, now).map_err(failed)?;
        engine.migrate(&hash, &by, now).map_err(failed)?
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
