//! `journal`: make a journal, and tell which rules it is under and what it takes for the time.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::amended::Amended;
use super::desk::{Open, Place, current, failed, readable, rules};
use super::output::Output;
use super::who::Format;
use linkage_case::CaseId;
use linkage_journal::engine::{Failure, JournalRight, Kept};
use linkage_journal::store::{Change, JournalClock, StoreFault, decode};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a journal whose cases are opened under the rules of a package
    New(New),
    /// Tell which rules are in force, since when and by whom, and who may change what
    Rules(Shown),
}

#[derive(Debug, Args)]
struct New {
    #[command(flatten)]
    place: Place,
    /// The package whose rules are in force from the beginning
    #[arg(long, value_name = "PATH")]
    rules: PathBuf,
    #[command(flatten)]
    amended: Amended,
    /// Let commands say what time it is (--now), to rehearse days; a journal of real cases takes only the clock
    #[arg(long)]
    scripted: bool,
}

#[derive(Debug, Args)]
struct Shown {
    #[command(flatten)]
    place: Place,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let done = match &arguments.what {
        What::New(new) => make(new, output),
        What::Rules(shown) => show(shown, output),
    };
    done.unwrap_or_else(|status| status)
}

fn make(new: &New, output: &Output) -> Result<u8, u8> {
    if new.place.states_time() && !new.scripted {
        return Err(output.refuse(
            "a journal of real cases takes only the clock; leave out --now and LINKAGE_NOW, or add --scripted",
            "办理真实案件的日志只以时钟为准；请去掉--now和LINKAGE_NOW，或加--scripted",
        ));
    }
    let text = rules(&new.rules, &new.amended, output)?;
    let mut engine = new.place.open_or_make(output)?;
    let clock = if new.scripted { JournalClock::Scripted } else { JournalClock::Live };
    let kept = found(&mut engine, &new.place, &text, clock, output)?;
    let (file, name) = (new.place.path(output)?, &kept.name);
    let file = file.display();
    output.print(&match clock {
        JournalClock::Live => output.language.pick(
            format!("{file}: a journal under the rules of `{name}`; its time is the clock's\n"),
            format!("{file}：日志已建立，适用规则“{name}”，以时钟为准\n"),
        ),
        JournalClock::Scripted => output.language.pick(
            format!(
                "{file}: a scripted journal under the rules of `{name}`; commands say its time with --now\n"
            ),
            format!("{file}：演练日志已建立，适用规则“{name}”，时间由--now指定\n"),
        ),
    });
    if kept.institution.governance.is_none() {
        output.complain(&output.language.pick(
            format!("`{name}` has no `governance`: no other rules can be put in force over these in a live journal\n"),
            format!("“{name}”没有“治理”条款：在真实日志中不能再采用其他规则\n"),
        ));
    }
    Ok(0)
}

/// Begins an empty journal under the rules of a text.
pub(super) fn found(
    engine: &mut Open,
    place: &Place,
    text: &str,
    clock: JournalClock,
    output: &Output,
) -> Result<std::sync::Arc<Kept>, u8> {
    let told = |failure: Failure| failed(&failure, None, "", output);
    let kept = Kept::of_text(text).map_err(|fault| told(Failure::Rules(fault)))?;
    // On the clock of the rules: from this instant on their calendar begins cases.
    let now = place.now(Some(&kept), output)?;
    engine.found(clock, kept, text, now).map_err(told)
}

/// Rules that were in force, since when, by whose act.
struct InForce {
    hash: String,
    name: String,
    since: Timestamp,
    by: Option<String>,
}

fn show(shown: &Shown, output: &Output) -> Result<u8, u8> {
    let mut engine = shown.place.open(output)?;
    let kept = current(&mut engine, output)?;
    let now = shown.place.now(Some(&kept), output)?;
    let unreadable = |fault: StoreFault| super::desk::unusable(&fault, output);
    let clock = engine.clock().map_err(|failure| failed(&failure, None, "", output))?;
    let mut history: Vec<InForce> = Vec::new();
    for record in readable(&engine).dossier(CaseId(0)).map_err(unreadable)? {
        let entry = decode(record.dossier, record.seq, &record.body).map_err(unreadable)?;
        if let Change::Kept { hash, name } = entry.what {
            let by = entry.by.map(Into::into);
            history.push(InForce { hash: hash.into(), name: name.into(), since: entry.at, by });
        }
    }
    let mut may = Vec::new();
    for right in [JournalRight::Adopt, JournalRight::Migrate, JournalRight::Purge] {
        may.push(engine.holders(right, now).map_err(|failure| failed(&failure, None, "", output))?);
    }
    if shown.format == Format::Json {
        let rows = history.iter().map(|own| {
            serde_json::json!({ "rules": own.hash, "name": own.name, "since": own.since, "by": own.by })
        });
        output.json(&serde_json::json!({
            "schema_version": 1, "clock": clock, "in_force": rows.collect::<Vec<_>>(),
            "may": { "adopt": may[0], "migrate": may[1], "purge": may[2] },
        }));
        return Ok(0);
    }
    output.print(&written(clock, &history, &may, &kept, output));
    Ok(0)
}

fn written(
    clock: Option<JournalClock>,
    history: &[InForce],
    may: &[Vec<ecow::EcoString>],
    kept: &Kept,
    output: &Output,
) -> String {
    let language = output.language;
    let mut text = match clock {
        Some(JournalClock::Live) => {
            language.pick("a journal of real cases: its time is the clock's\n", "真实日志：以时钟为准\n")
        }
        Some(JournalClock::Scripted) => language
            .pick("a scripted journal: commands say its time with --now\n", "演练日志：时间由--now指定\n"),
        None => language.pick(
            "a journal that does not say what it takes for the time: it is read as scripted\n",
            "该日志未写明以何为时间，按演练日志处理\n",
        ),
    }
    .to_owned();
    let zone = kept.calendar.zone();
    for own in history {
        let since = zone.to_datetime(own.since).strftime("%Y-%m-%d %H:%M");
        let by = own.by.as_ref().map_or_else(String::new, |by| {
            language.pick(format!(", adopted by {by}"), format!("，由{by}采用"))
        });
        let short = own.hash.get(..12).unwrap_or(&own.hash);
        text += &language.pick(
            format!("since {since}  {}  {short}{by}\n", own.name),
            format!("自{since}  {}  {short}{by}\n", own.name),
        );
    }
    for ((en, zh), bodies) in [
        ("adopts other rules", "采用新规则"),
        ("moves cases to them", "迁移案件"),
        ("erases persons before their time", "提前清除个人信息"),
    ]
    .into_iter()
    .zip(may)
    {
        let who = if bodies.is_empty() {
            language.pick("nobody", "无").to_owned()
        } else {
            bodies.join(language.pick(", ", "、"))
        };
        text += &language.pick(format!("{en}: {who}\n"), format!("{zh}：{who}\n"));
    }
    text
}
