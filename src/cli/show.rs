//! `show`: the whole story of a case, with reasons; or the list of all.

use clap::Args;
use ecow::EcoString;

use super::desk::{Format, Open, Place, csv, current, failed, readable, unusable};
use super::output::Output;
use linkage_case::{Assignment, Case, CaseId};
use linkage_journal::engine::Kept;
use linkage_journal::store::{CaseRow, Entry, Record, StoreFault, decode};
use linkage_model::NodeKind;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The case, such as C12 [default: the list of all cases]
    case: Option<CaseId>,
    #[command(flatten)]
    place: Place,
    /// Account for what is due, day by day
    #[arg(long, requires = "case")]
    why_due: bool,
    /// In the list, only cases that are open
    #[arg(long, conflicts_with = "case")]
    open: bool,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let shown = match arguments.case {
        Some(case) => one(case, arguments, output),
        None => all(arguments, output),
    };
    shown.unwrap_or_else(|status| status)
}

fn one(id: CaseId, arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let mut engine = arguments.place.open(output)?;
    let dossier = engine.dossier(id).map_err(|failure| failed(&failure, None, "", output))?;
    let found = dossier.as_ref().and_then(|dossier| Some((dossier, dossier.world.case(id)?)));
    let Some((dossier, case)) = found else {
        output.refuse(&format!("there is no case {id} in this journal"), &format!("日志中没有案件{id}"));
        return Err(1);
    };
    let kept = engine.kept(&dossier.rules).map_err(|failure| failed(&failure, None, "", output))?;
    let records = readable(&engine).dossier(dossier.root).map_err(|fault| unusable(&fault, output))?;
    let read = |record: &Record| decode(record.dossier, record.seq, &record.body);
    let entries: Result<Vec<Entry>, StoreFault> = records.iter().map(read).collect();
    let entries = entries.map_err(|fault| unusable(&fault, output))?;
    match arguments.format {
        Format::Json => {
            let mut shown = linkage_report::case_report(&kept, dossier, case, &entries);
            shown.loads = carried(&engine, &kept, case, output)?;
            shown.why_due =
                arguments.why_due.then(|| linkage_report::due_report(&kept, case, output.language));
            output.json(&shown);
        }
        Format::Csv if arguments.why_due => {
            let report = linkage_report::due_report(&kept, case, output.language);
            let rows = report.iter().flat_map(|due| {
                due.days.iter().map(|day| {
                    let name = day.name.clone().unwrap_or_default();
                    let (counted, total) = (day.counted.to_string(), day.total.to_string());
                    let note = day.note.unwrap_or_default().to_owned();
                    vec![
                        due.what.clone(),
                        day.date.to_string(),
                        day.kind.to_owned(),
                        name,
                        counted,
                        total,
                        note,
                    ]
                })
            });
            output.print(&csv(&["due_in_case", "date", "kind", "name", "counted", "total", "note"], rows));
        }
        Format::Csv => {
            let history = linkage_report::case_history(&kept, dossier, id, &entries, output.language);
            let rows =
                history.into_iter().map(|act| vec![act.at, act.case, act.by, act.what, act.why.join("; ")]);
            output.print(&csv(&["time", "case", "by", "what", "why"], rows));
        }
        Format::Text => {
            output.print(&linkage_report::case_text(&kept, dossier, case, &entries, output.language));
            output.print(&linkage_report::loads_text(
                &kept,
                &carried(&engine, &kept, case, output)?,
                output.language,
            ));
            if arguments.why_due {
                output.print(&linkage_report::why_due(&kept, case, output.language));
            }
        }
    }
    Ok(0)
}

/// What those who have a step of the case, and what these steps use, carry beside what they can carry.
fn carried(
    engine: &Open,
    kept: &Kept,
    case: &Case,
    output: &Output,
) -> Result<Vec<linkage_report::Load>, u8> {
    let institution = &kept.institution;
    let bodies: Vec<EcoString> = case.open_assignments().flat_map(Assignment::holders).collect();
    let own = institution.procedures.iter().filter(|own| own.head.name == case.procedure);
    let stands = case.stands_at();
    let nodes = own.flat_map(|own| &own.nodes).filter(|node| stands.contains(&node.head.name));
    let used = nodes.flat_map(|node| match &node.kind {
        NodeKind::Step(step) => step.uses.as_slice(),
        _ => &[],
    });
    let resources: Vec<&EcoString> = used.map(|(resource, _)| &institution[*resource].head.name).collect();
    if !case.is_open() || bodies.is_empty() {
        return Ok(Vec::new());
    }
    let work = readable(engine).work(None, usize::MAX).map_err(|fault| unusable(&fault, output))?;
    Ok(linkage_report::loads(kept, &work, |kind, name| match kind {
        linkage_report::LoadOf::Body => bodies.iter().any(|body| body == name),
        linkage_report::LoadOf::Resource => resources.iter().any(|resource| *resource == name),
    }))
}

fn all(arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let mut engine = arguments.place.open(output)?;
    let mut rows: Vec<CaseRow> = Vec::new();
    let mut last = CaseId(0);
    loop {
        let some = readable(&engine).cases(last, 10_000).map_err(|fault| unusable(&fault, output))?;
        let Some(end) = some.last() else { break };
        last = end.case;
        rows.extend(some.into_iter().filter(|row| !arguments.open || row.closed.is_none()));
    }
    let closed = |row: &CaseRow| row.closed.map_or(String::new(), |at| at.to_string());
    match arguments.format {
        Format::Json => output.json(&serde_json::json!({ "schema_version": 1, "cases": rows })),
        Format::Csv => {
            let row = |row: &CaseRow| {
                let solved = row.solved.map_or(String::new(), |solved| solved.to_string());
                vec![
                    row.case.to_string(),
                    row.procedure.to_string(),
                    row.opened.to_string(),
                    closed(row),
                    solved,
                ]
            };
            output.print(&csv(&["case", "procedure", "opened", "closed", "solved"], rows.iter().map(row)));
        }
        Format::Text if rows.is_empty() => {
            output.print(output.language.pick("no cases\n", "没有案件\n"));
        }
        Format::Text => {
            let kept = current(&mut engine, output)?;
            output.print(&linkage_report::cases_text(&kept, &rows, output.language));
        }
    }
    Ok(0)
}
