//! `obligations`: who owes whom what, until when, net per pair, breached.

use clap::Args;

use super::desk::{Format, Place, body, csv, current, readable, unusable};
use super::output::Output;
use linkage_case::Status;
use linkage_journal::store::Owed;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Only what this body owes or is owed
    #[arg(long = "as", value_name = "BODY")]
    by: Option<String>,
    /// Only what was not done in time and still is not
    #[arg(long)]
    breached: bool,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    list(arguments, output).unwrap_or_else(|status| status)
}

fn list(arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let mut engine = arguments.place.open(output)?;
    let kept = current(&mut engine, output)?;
    let by = arguments.by.as_deref().map(|by| body(by, &kept, output)).transpose()?;
    let owed = readable(&engine).owed().map_err(|fault| unusable(&fault, output))?;
    let wanted = |owed: &Owed| {
        by.as_ref().is_none_or(|by| owed.debtor == *by || owed.creditor == *by)
            && (!arguments.breached || owed.status == Status::Breached)
    };
    let ledger = linkage_report::ledger_of(owed.into_iter().filter(wanted).collect());
    match arguments.format {
        Format::Json => output.json(&ledger),
        Format::Csv => {
            let row = |owed: &Owed| {
                let word = |value: serde_json::Result<serde_json::Value>| {
                    value.ok().and_then(|value| Some(value.as_str()?.to_owned())).unwrap_or_default()
                };
                vec![
                    owed.case.to_string(),
                    owed.name.to_string(),
                    word(serde_json::to_value(owed.content)),
                    owed.debtor.to_string(),
                    owed.creditor.to_string(),
                    owed.since.to_string(),
                    owed.due.map_or(String::new(), |due| due.to_string()),
                    word(serde_json::to_value(owed.status)),
                ]
            };
            let heading = ["case", "name", "content", "debtor", "creditor", "since", "due", "status"];
            output.print(&csv(&heading, ledger.entries.iter().map(row)));
        }
        Format::Text => output.print(&linkage_report::ledger_text(&ledger, &kept, output.language)),
    }
    Ok(0)
}
