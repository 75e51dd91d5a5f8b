//! A journal as lines of JSON: a heading, rules, records, persons if they are asked for. The way back gives
//! the same journal to the letter.

use std::io::{BufRead, Write};

use serde::{Deserialize, Serialize};

use super::verify::{events, make_rows, tell_again};
use super::{Draft, EVENT_VERSION, Hash, Head, Journal, Person, Record, StoreFault};
use crate::case::Happening;

/// So many records are written in one transaction of an import.
const AT_ONCE: usize = 1000;

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Heading { linkage_journal: u32, head: Head },
    Rules { rules: String, name: String, text: String },
    Person { person: Person },
    Record(Record),
}

/// What is wrong with a line.
#[derive(Debug, thiserror::Error)]
pub enum LineFault {
    /// The line can't be read.
    #[error("line {line}: {reason}")]
    Line {
        /// Which line, from 1.
        line: usize,
        /// Why.
        reason: String,
    },
    /// The record on the line does not follow the one before: it was changed, or one is missing.
    #[error("line {line}: the record does not follow the one before")]
    Broken {
        /// Which line, from 1.
        line: usize,
        /// Which record.
        seq: u64,
    },
    /// The lines end before the journal did.
    #[error("the journal ends at {at}, not at {ended}")]
    Short {
        /// The last record that is there.
        at: u64,
        /// The last that should be.
        ended: u64,
    },
    /// The journal that is to be written holds something already.
    #[error("the journal is not empty")]
    NotEmpty,
    /// The lines were written by a later version.
    #[error("version {0} is not known")]
    Newer(u32),
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The file can't be read or written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Writes a journal as lines.
///
/// # Errors
/// The store can't be read, or the lines not be written.
pub fn export(journal: &dyn Journal, persons: bool, out: &mut dyn Write) -> Result<u64, LineFault> {
    let head = journal.head()?;
    let mut write = |line: &Line| -> Result<(), LineFault> {
        serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
        Ok(out.write_all(b"\n")?)
    };
    write(&Line::Heading { linkage_journal: EVENT_VERSION, head })?;
    for (hash, name) in journal.all_rules()? {
        let text = journal.rules(&hash)?.unwrap_or_default();
        write(&Line::Rules { rules: hash.into(), name: name.into(), text })?;
    }
    let mut last = 0;
    // Others may go on writing: what is behind the head of the heading is another export's.
    while last < head.seq {
        let records = journal.records(last, AT_ONCE)?;
        let Some(end) = records.last() else { break };
        let end = end.seq;
        for record in records.into_iter().filter(|record| record.seq <= head.seq) {
            write(&Line::Record(record))?;
        }
        last = end;
    }
    for person in journal.persons()?.into_iter().filter(|_| persons) {
        write(&Line::Person { person })?;
    }
    out.flush()?;
    Ok(last.min(head.seq))
}

/// Reads lines into an empty journal; how many records.
///
/// # Errors
/// A line is wrong, the chain is broken, or the store refuses.
pub fn import(journal: &mut dyn Journal, lines: &mut dyn BufRead) -> Result<u64, LineFault> {
    if journal.head()?.seq > 0 {
        return Err(LineFault::NotEmpty);
    }
    let (mut ended, mut opened, mut waiting) = (None, 0, 0);
    journal.begin()?;
    for (at, text) in (1..).zip(lines.lines()) {
        let text = text?;
        let wrong = |error: serde_json::Error| LineFault::Line { line: at, reason: error.to_string() };
        match serde_json::from_str(&text).map_err(wrong)? {
            Line::Heading { linkage_journal, head } => {
                if linkage_journal > EVENT_VERSION {
                    return Err(LineFault::Newer(linkage_journal));
                }
                ended = Some(head);
            }
            Line::Rules { rules, name, text } => {
                if Hash::of(&text).to_string() != rules {
                    return Err(LineFault::Line {
                        line: at,
                        reason: "the rules are not of this hash".into(),
                    });
                }
                journal.keep(&rules, &name, &text)?;
            }
            Line::Person { person } => journal.know(&person)?,
            Line::Record(record) => {
                for event in events(&record)? {
                    if let Happening::Opened { .. } = event.what {
                        opened = opened.max(event.case.0);
                    }
                }
                let Record { seq, dossier, rev, key, body, hash } = record.clone();
                let head = journal.append(Draft { dossier, rev, key, body }, opened)?;
                if (head.seq, head.hash) != (seq, hash) {
                    return Err(LineFault::Broken { line: at, seq });
                }
                tell_again(journal, &record)?;
                waiting += 1;
                if waiting == AT_ONCE {
                    journal.commit()?;
                    journal.begin()?;
                    waiting = 0;
                }
            }
        }
    }
    let head = journal.head()?;
    let Some(ended) = ended else {
        return Err(LineFault::Line { line: 1, reason: "the heading is missing".into() });
    };
    if head.seq != ended.seq || head.hash != ended.hash {
        return Err(LineFault::Short { at: head.seq, ended: ended.seq });
    }
    make_rows(journal)?;
    journal.commit()?;
    Ok(head.seq)
}
