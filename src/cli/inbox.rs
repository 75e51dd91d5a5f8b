//! `inbox`: what waits for a body, by what is due first.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use clap::Args;

use super::desk::{Format, Open, Place, body, csv, current, failed, readable, unusable};
use super::output::Output;
use linkage_case::CaseId;
use linkage_journal::engine::{Dossier, Kept};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// The body whose inbox it is, by its name or its title
    #[arg(long = "as", value_name = "BODY", required_unless_present = "all")]
    by: Option<String>,
    /// The inboxes of all bodies
    #[arg(long, conflicts_with = "by")]
    all: bool,
    /// Show at most so many
    #[arg(long, value_name = "NUMBER", default_value = "1000")]
    limit: usize,
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
    let now = arguments.place.now(Some(&kept), output)?;
    let by = arguments.by.as_deref().map(|by| body(by, &kept, output)).transpose()?;
    // One more than is listed tells whether there are more.
    let work = readable(&engine).work(by.as_deref(), arguments.limit.saturating_add(1));
    let mut work = work.map_err(|fault| unusable(&fault, output))?;
    let more = work.len() > arguments.limit;
    work.truncate(arguments.limit);
    let mut dossiers: BTreeMap<CaseId, Option<Dossier>> = BTreeMap::new();
    let mut all: Vec<linkage_report::Inbox> = Vec::new();
    for work in work {
        if let Entry::Vacant(unknown) = dossiers.entry(work.case) {
            let found = engine.dossier(work.case).map_err(|failure| failed(&failure, None, "", output))?;
            unknown.insert(found);
        }
        let dossier = dossiers.get(&work.case).and_then(Option::as_ref);
        let case = dossier.and_then(|dossier| dossier.world.case(work.case));
        all.push(linkage_report::inbox(work, &kept, now, case));
    }
    let loads = carried(&engine, &kept, by.as_deref(), output)?;
    match arguments.format {
        Format::Json => {
            output.json(
                &serde_json::json!({ "schema_version": 1, "inbox": all, "more": more, "loads": loads }),
            );
        }
        Format::Csv => {
            let heading = [
                "due",
                "working_minutes_left",
                "overdue",
                "case",
                "procedure",
                "step",
                "body",
                "how",
                "since",
                "minutes_left",
                "matter",
                "area",
                "facts",
                "lead",
                "clock_stands_since",
            ];
            let row = |inbox: &linkage_report::Inbox| {
                let work = &inbox.work;
                let how = serde_json::to_value(work.how).ok();
                let told =
                    |minutes: Option<u64>| minutes.map_or(String::new(), |minutes| minutes.to_string());
                vec![
                    work.due.map_or(String::new(), |due| due.to_string()),
                    told(inbox.working_minutes_left),
                    inbox.overdue.to_string(),
                    work.case.to_string(),
                    work.procedure.to_string(),
                    work.step.to_string(),
                    work.body.to_string(),
                    how.as_ref().and_then(|how| how.as_str()).unwrap_or_default().to_owned(),
                    work.since.to_string(),
                    told(inbox.minutes_left),
                    fact(inbox, "matter"),
                    fact(inbox, "area"),
                    others(inbox),
                    inbox.lead.join(" "),
                    inbox.clock_stands_since.map_or(String::new(), |since| since.to_string()),
                ]
            };
            output.print(&csv(&heading, all.iter().map(row)));
        }
        Format::Text if all.is_empty() => {
            output.print(output.language.pick("nothing waits\n", "没有待办事项\n"))
        }
        Format::Text => {
            let lines = all
                .iter()
                .map(|inbox| linkage_report::inbox_text(inbox, &kept, arguments.all, output.language));
            output.print(&lines.collect::<String>());
            output.print(&linkage_report::loads_text(&kept, &loads, output.language));
        }
    }
    if more && arguments.format != Format::Json {
        let limit = arguments.limit;
        output.complain(&output.language.pick(
            format!("more waits than the first {limit}; `--limit NUMBER` lists more\n"),
            format!("只列出最先到期的{limit}项，还有更多；可用“--limit 数目”多列\n"),
        ));
    }
    Ok(0)
}

/// A fact of the case as it was stated.
fn fact(inbox: &linkage_report::Inbox, name: &str) -> String {
    inbox.facts.get(name).map_or(String::new(), ToString::to_string)
}

/// The facts but for matter and place.
fn others(inbox: &linkage_report::Inbox) -> String {
    let others = inbox.facts.iter().filter(|(name, _)| !["matter", "area"].contains(&name.as_str()));
    others.map(|(name, fact)| format!("{name}={fact}")).collect::<Vec<_>>().join(" ")
}

/// What the body carries beside what it can carry; of all, those that carry anything.
fn carried(
    engine: &Open,
    kept: &Kept,
    by: Option<&str>,
    output: &Output,
) -> Result<Vec<linkage_report::Load>, u8> {
    let counted = kept.institution.bodies.iter().any(|body| body.capacity.is_some())
        || kept.institution.resources.iter().any(|resource| resource.capacity.is_some());
    if !counted {
        return Ok(Vec::new());
    }
    let work = readable(engine).work(by, usize::MAX).map_err(|fault| unusable(&fault, output))?;
    let of_interest =
        |kind, name: &str| by.is_none_or(|by| kind == linkage_report::LoadOf::Body && name == by);
    let mut loads = linkage_report::loads(kept, &work, of_interest);
    loads.retain(|load| by.is_some() || load.carries > 0);
    Ok(loads)
}
