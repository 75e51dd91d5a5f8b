//! `events`: the feed of a journal, record by record, for programs that act on what happens.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;

use super::desk::{Place, unusable};
use super::output::Output;
use linkage_journal::store::{Journal, Record, Sqlite};

/// Records read at once.
const PAGE_RECORDS: usize = 1000;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Begin behind this record: the number of the last one that you have dealt with
    #[arg(long, value_name = "RECORD", default_value = "0")]
    after: u64,
    /// Go on with what is written from now on, until stopped
    #[arg(long)]
    follow: bool,
    /// With --follow: look so often, in milliseconds
    #[arg(long, value_name = "MILLISECONDS", default_value = "200", requires = "follow")]
    every: u64,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    feed(arguments, output).unwrap_or_else(|status| status)
}

fn feed(arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let store = Sqlite::open(&arguments.place.path(output)?).map_err(|fault| unusable(&fault, output))?;
    let stop = Arc::new(AtomicBool::new(false));
    if arguments.follow {
        let stop = Arc::clone(&stop);
        let set = ctrlc::set_handler(move || stop.store(true, Ordering::SeqCst));
        set.map_err(|error| output.refuse(&format!("{error}"), &format!("{error}")))?;
    }
    let end = store.head().map_err(|fault| unusable(&fault, output))?.seq;
    if arguments.after > end {
        let after = arguments.after;
        return Err(output.refuse(
            &format!("the journal ends at record {end}: there is no record {after} to go on from; is it another journal?"),
            &format!("日志止于记录{end}，没有记录{after}；是否为另一日志？"),
        ));
    }
    let mut last = arguments.after;
    loop {
        let records = store.records(last, PAGE_RECORDS).map_err(|fault| unusable(&fault, output))?;
        let more = records.len() == PAGE_RECORDS;
        for record in &records {
            output.print(&(line(record) + "\n"));
            last = record.seq;
        }
        if output.is_lost() || stop.load(Ordering::SeqCst) || !more && !arguments.follow {
            return Ok(0);
        }
        if !more {
            std::thread::sleep(Duration::from_millis(arguments.every.clamp(20, 60_000)));
        }
    }
}

/// A record as one line: its number and place, and what it says.
fn line(record: &Record) -> String {
    let says: serde_json::Value = serde_json::from_str(&record.body).unwrap_or_default();
    let mut line = serde_json::json!({
        "record": record.seq, "dossier": record.dossier, "rev": record.rev, "key": record.key,
    });
    match says {
        serde_json::Value::Object(says) => {
            line.as_object_mut().into_iter().for_each(|line| line.extend(says.clone()))
        }
        // What can't be read is told as such: whoever follows must not take it for nothing.
        _ => line["unreadable"] = true.into(),
    }
    line.to_string()
}
