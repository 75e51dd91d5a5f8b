//! A journal as lines of JSON: a heading, rules, records, persons if they are asked for. The way back gives
//! the same journal to the letter.

use std::io::{BufRead, Write};

use serde::{Deserialize, Serialize};

use super::building::Building;
use super::verify::{events, sound};
use super::{Draft, EVENT_VERSION, Hash, Head, Journal, Person, Record, StoreFault, tidings};
use linkage_case::{Event, Happening};
use linkage_parallel::ahead;

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

/// Writes a journal as lines; whether all that was asked for is among them. What is gone, altered or damaged of rules and
/// persons is left out: the records are worth more, and whoever has the text of the rules can put it back.
///
/// # Errors
/// The store can't be read, or the lines not be written.
pub fn export(journal: &dyn Journal, persons: bool, out: &mut dyn Write) -> Result<bool, LineFault> {
    let head = journal.head()?;
    let mut write = |line: &Line| -> Result<(), LineFault> {
        serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
        Ok(out.write_all(b"\n")?)
    };
    write(&Line::Heading { linkage_journal: EVENT_VERSION, head })?;
    let rules = sound(journal.all_rules())?;
    let mut all = rules.is_ok();
    for (hash, name) in rules.unwrap_or_default() {
        let text = sound(journal.rules(&hash))?.ok().flatten();
        match text.filter(|text| Hash::of(text).to_string() == hash) {
            Some(text) => write(&Line::Rules { rules: hash.into(), name: name.into(), text })?,
            None => all = false,
        }
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
    let known = if persons { sound(journal.persons())? } else { Ok(Vec::new()) };
    all &= known.is_ok();
    for person in known.unwrap_or_default() {
        write(&Line::Person { person })?;
    }
    out.flush()?;
    Ok(all)
}

/// So many lines are read at once: while they are written, the next are understood on another core.
const A_PIECE: usize = 200;
const PIECES_AHEAD: usize = 4;

/// Reads lines into an empty journal; how many records.
///
/// # Errors
/// A line is wrong, the chain is broken, or the store refuses.
pub fn import(journal: &mut dyn Journal, lines: &mut dyn BufRead) -> Result<u64, LineFault> {
    if journal.head()?.seq > 0 {
        return Err(LineFault::NotEmpty);
    }
    let mut lines = (1..).zip(lines.lines());
    let understood = |(at, text): (usize, std::io::Result<String>)| {
        (at, text.map_err(LineFault::Io).and_then(|text| read(at, &text)))
    };
    journal.begin()?;
    let mut import =
        Import { journal: &mut *journal, ended: None, opened: 0, waiting: 0, building: Building::default() };
    let next = || Ok(lines.next());
    let taken = ahead(A_PIECE, PIECES_AHEAD, next, understood, |(at, line)| import.take(at, line?));
    let done = taken.and_then(|()| import.end());
    if done.is_err() {
        journal.abort();
    }
    done
}

/// A line that was understood.
enum Read {
    Heading(u32, Head),
    Rules { hash: String, name: String, text: String },
    Person(Person),
    Record(Record, Vec<Event>),
}

fn read(at: usize, text: &str) -> Result<Read, LineFault> {
    let wrong = |error: serde_json::Error| LineFault::Line { line: at, reason: error.to_string() };
    // Nearly all lines are records.
    let line = serde_json::from_str(text).map(Line::Record).or_else(|_| serde_json::from_str(text));
    Ok(match line.map_err(wrong)? {
        Line::Heading { linkage_journal, head } => Read::Heading(linkage_journal, head),
        Line::Rules { rules, text, .. } if Hash::of(&text).to_string() != rules => {
            return Err(LineFault::Line { line: at, reason: "the rules are not of this hash".into() });
        }
        Line::Rules { rules: hash, name, text } => Read::Rules { hash, name, text },
        Line::Person { person } => Read::Person(person),
        Line::Record(record) => {
            let events = events(&record)?;
            Read::Record(record, events)
        }
    })
}

struct Import<'j> {
    journal: &'j mut dyn Journal,
    /// The end that the heading tells.
    ended: Option<Head>,
    opened: u64,
    /// How many records the transaction that is open has.
    waiting: usize,
    building: Building,
}

impl Import<'_> {
    fn take(&mut self, at: usize, line: Read) -> Result<(), LineFault> {
        match line {
            Read::Heading(version, _) if version > EVENT_VERSION => return Err(LineFault::Newer(version)),
            Read::Heading(_, head) => self.ended = Some(head),
            Read::Rules { hash, name, text } => self.journal.keep(&hash, &name, &text)?,
            Read::Person(person) => self.journal.know(&person)?,
            Read::Record(record, events) => {
                let opens = |event: &&Event| matches!(event.what, Happening::Opened { .. });
                self.opened =
                    events.iter().filter(opens).map(|event| event.case.0).fold(self.opened, u64::max);
                let Record { seq, dossier, rev, key, body, hash } = record;
                let head = self.journal.append(Draft { dossier, rev, key, body }, self.opened)?;
                if (head.seq, head.hash) != (seq, hash) {
                    return Err(LineFault::Broken { line: at, seq });
                }
                self.journal.tell(seq, &tidings(&events))?;
                self.building.add(self.journal, dossier, rev, &events)?;
                self.waiting += 1;
                if self.waiting == AT_ONCE {
                    self.building.index(self.journal)?;
                    self.journal.commit()?;
                    self.journal.begin()?;
                    self.waiting = 0;
                }
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<u64, LineFault> {
        let head = self.journal.head()?;
        let Some(ended) = self.ended else {
            return Err(LineFault::Line { line: 1, reason: "the heading is missing".into() });
        };
        if head.seq != ended.seq || head.hash != ended.hash {
            return Err(LineFault::Short { at: head.seq, ended: ended.seq });
        }
        self.building.index(self.journal)?;
        self.journal.commit()?;
        Ok(head.seq)
    }
}
