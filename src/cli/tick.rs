//! `tick`: let what is due fire; again, late, or twice at once, it comes to the same.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;

use super::desk::{Open, Place, current, failed, readable};
use super::output::Output;
use super::who::Format;
use linkage_case::CaseId;
use linkage_journal::engine::{EVENTS_AT_ONCE, Engine, Ticked};
use linkage_journal::store::{Journal, Sqlite};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Go on until stopped
    #[arg(long)]
    watch: bool,
    /// With --watch: look so often, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "1", requires = "watch")]
    every: u64,
    /// How to print what fired
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    ticking(arguments, output).unwrap_or_else(|status| status)
}

fn ticking(arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let mut engine = arguments.place.open(output)?;
    let stop = Arc::new(AtomicBool::new(false));
    if arguments.watch {
        let stop = Arc::clone(&stop);
        // What is begun is finished: the transaction that runs is committed before the program ends.
        let set = ctrlc::set_handler(move || stop.store(true, Ordering::SeqCst));
        set.map_err(|error| output.refuse(&format!("{error}"), &format!("{error}")))?;
    }
    loop {
        let status = once(&mut engine, arguments, &stop, output)?;
        if !arguments.watch || stop.load(Ordering::SeqCst) {
            return Ok(status);
        }
        // While nothing is due. If it can't be now, it is done later.
        drop(engine.level());
        for _ in 0..arguments.every.clamp(1, 3600) * 10 {
            if stop.load(Ordering::SeqCst) {
                return Ok(0);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

fn once(engine: &mut Open, arguments: &Arguments, stop: &AtomicBool, output: &Output) -> Result<u8, u8> {
    if engine.current().is_none() && readable(engine).cases(CaseId(0), 1).is_ok_and(|cases| cases.is_empty())
    {
        return Ok(0);
    }
    let kept = current(engine, output)?;
    let now = arguments.place.now_in(engine, Some(&kept), output)?;
    let (mut status, mut told) = (0, Ok(()));
    let ticks = engine.ticks(now, EVENTS_AT_ONCE, |engine, ticked| {
        told = tell(engine, &ticked, arguments, output);
        for (case, failure) in &ticked.held {
            let why = linkage_report::failure(failure, None, "", output.language);
            status = output.refuse(&format!("{case}: {why}"), &format!("{case}：{why}"));
        }
        if told.is_err() || stop.load(Ordering::SeqCst) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    ticks.map_err(|failure| failed(&failure, Some(&kept), "", output))?;
    told.map(|()| status)
}

fn tell(
    engine: &mut Engine<Sqlite>,
    ticked: &Ticked,
    arguments: &Arguments,
    output: &Output,
) -> Result<(), u8> {
    if ticked.events.is_empty() {
        return Ok(());
    }
    if arguments.format == Format::Json {
        output.json(&serde_json::json!({ "schema_version": 1, "events": ticked.events }));
        return Ok(());
    }
    let mut procedures: BTreeMap<CaseId, String> = BTreeMap::new();
    for event in &ticked.events {
        if let Ok(Some(row)) = engine.journal().case(event.case) {
            procedures.insert(event.case, row.procedure.to_string());
        }
    }
    let kept = current(engine, output)?;
    output.print(&linkage_report::acted(&kept, &procedures, &ticked.events, output.language));
    Ok(())
}
