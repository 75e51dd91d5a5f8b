//! Whether a journal is whole: each record as it was written, each in its place, none missing; and what
//! follows from the records is what is kept.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Draft, Entry, Hash, Head, Journal, Record, StoreFault, decode, link, rows};
use linkage_case::{CaseId, Event, Happening, Illegal, World, apply, illegal};

/// So many records are read at once.
const AT_ONCE: usize = 1000;
/// Past this many flaws no more are looked for, and the answer says so.
const FLAWS_UP_TO: usize = 1000;
/// Where the end can't be read, so many records are looked for behind the last that could.
const LOOKED_FOR: u64 = 10_000;

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "flaw", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are what the names say")]
pub enum Flaw {
    /// The record is not what was written there.
    Altered { seq: u64 },
    /// These records are gone: from one up to and with the other.
    Missing { from: u64, to: u64 },
    /// The record that was written as number `was` stands there.
    Swapped { seq: u64, was: u64 },
    /// The journal once ended later.
    Truncated { at: u64, ended: u64 },
    /// The end is not the one that the journal says it has, or that somebody noted.
    OtherEnd { seq: u64 },
    /// The record can't be understood.
    Unreadable { seq: u64, reason: String },
    /// The records of a dossier are not counted without a break.
    Broken { dossier: CaseId, seq: u64 },
    /// The record is whole, but what it says can't have happened.
    Illegal { seq: u64, why: Illegal },
    /// The rules of this hash are gone, or not what was kept.
    Rules { hash: String },
    /// What is kept about the case does not follow from its records.
    Rows { case: CaseId },
    /// Rows are kept that no record explains.
    Unexplained { rows: u64 },
    /// These records lie where the file is damaged; without `to`, all from the first on, as far as can be seen.
    Damaged { from: u64, to: Option<u64> },
    /// The file is damaged where something else lies than records that were looked for.
    DamagedFile { reason: String },
}

/// What was looked at, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Health {
    /// Where the journal ends: note it, and a later `verify` can tell whether the end was cut off. None where the file
    /// is damaged there.
    pub head: Option<Head>,
    /// How many events the records hold.
    pub events: u64,
    /// How many cases there are.
    pub cases: u64,
    /// How many bytes an event takes on average, in hundredths.
    pub centibytes_per_event: u64,
    /// What is wrong, in the order of the records.
    pub flaws: Vec<Flaw>,
    /// Whether so many were found that no more were looked for.
    pub more_flaws: bool,
}

/// Looks at every record and at all that follows from them. `noted` is an end that somebody wrote down.
///
/// # Errors
/// The store can't be read at all.
pub fn verify(journal: &dyn Journal, noted: Option<(u64, Hash)>) -> Result<Health, StoreFault> {
    // Others may go on writing: what they add between two looks would be taken for a forgery. Where the end can't be
    // read, nobody can.
    sound(journal.hold())?.ok();
    let health = looked_at(journal, noted);
    journal.release();
    health
}

fn looked_at(journal: &dyn Journal, noted: Option<(u64, Hash)>) -> Result<Health, StoreFault> {
    let head = sound(journal.head())?.ok();
    let mut walk = Walk { noted, ..Walk::default() };
    walk.through(journal, head)?;
    walk.end(head);
    walk.name_swaps();
    // What follows from records that can't be read says nothing.
    if !walk.damaged {
        walk.beside(journal)?;
    }
    let more_flaws = walk.flaws.len() >= FLAWS_UP_TO;
    walk.flaws.truncate(FLAWS_UP_TO);
    Ok(Health {
        head,
        events: walk.events,
        cases: walk.cases,
        centibytes_per_event: (walk.bytes * 100).checked_div(walk.events).unwrap_or(0),
        flaws: walk.flaws,
        more_flaws,
    })
}

/// What was read, or where that is damaged; all else is no matter of the journal's.
pub(super) fn sound<T>(read: Result<T, StoreFault>) -> Result<Result<T, String>, StoreFault> {
    match read {
        Ok(read) => Ok(Ok(read)),
        Err(StoreFault::Damaged { reason }) => Ok(Err(reason)),
        Err(fault) => Err(fault),
    }
}

#[derive(Default)]
struct Walk {
    /// An end that somebody noted.
    noted: Option<(u64, Hash)>,
    last: u64,
    before: Hash,
    records: u64,
    flaws: Vec<Flaw>,
    /// Whether the file is damaged behind the last record that was read.
    torn: bool,
    /// Whether it is damaged anywhere where records lie.
    damaged: bool,
    /// How many records each dossier has, and the first of them.
    dossiers: BTreeMap<CaseId, (usize, u64)>,
    rules: BTreeSet<String>,
    events: u64,
    cases: u64,
    bytes: u64,
    /// Records that are not what was written there, with the hashes around them.
    odd: Vec<Record>,
    hashes: BTreeMap<u64, Hash>,
}

impl Default for Hash {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Walk {
    /// Reads all records up to the end, if it is known, and steps over what is damaged.
    fn through(&mut self, journal: &dyn Journal, head: Option<Head>) -> Result<(), StoreFault> {
        loop {
            match sound(journal.records(self.last, AT_ONCE))? {
                Ok(records) if records.is_empty() => return Ok(()),
                Ok(records) => records.iter().for_each(|record| self.record(record)),
                Err(_) if !self.step_over(journal, head)? => return Ok(()),
                Err(_) => {}
            }
        }
    }

    /// Reads records one by one, up to the first behind the damage; whether there is one.
    fn step_over(&mut self, journal: &dyn Journal, head: Option<Head>) -> Result<bool, StoreFault> {
        let mut after = self.last;
        while after < head.map_or(self.last.saturating_add(LOOKED_FOR), |head| head.seq) {
            let Ok(found) = sound(journal.records(after, 1))? else {
                (self.torn, self.damaged) = (true, true);
                after += 1;
                continue;
            };
            let Some(record) = found.first() else { return Ok(false) };
            let is_behind = self.torn;
            self.record(record);
            if is_behind {
                return Ok(true);
            }
            after = self.last;
        }
        Ok(false)
    }

    /// Holds what was read against the end that the journal says it has, and against the one that was noted.
    fn end(&mut self, head: Option<Head>) {
        let (from, at) = (self.last + 1, self.last);
        let ended = self.noted.map(|(seq, _)| seq).filter(|seq| *seq > at);
        self.damaged |= head.is_none();
        match head {
            Some(head) if self.torn => {
                let to = Some(head.seq).filter(|to| *to >= from);
                self.flaws.push(Flaw::Damaged { from, to });
            }
            Some(head) if at < head.seq => self.flaws.push(Flaw::Truncated { at, ended: head.seq }),
            Some(head) if self.before != head.hash || at != head.seq => {
                self.flaws.push(Flaw::OtherEnd { seq: head.seq });
            }
            Some(_) => {}
            None => return self.flaws.push(Flaw::Damaged { from, to: None }),
        }
        self.flaws.extend(ended.map(|ended| Flaw::Truncated { at, ended }));
    }

    /// Looks at all that is kept beside the records.
    fn beside(&mut self, journal: &dyn Journal) -> Result<(), StoreFault> {
        for hash in &self.rules {
            let text = sound(journal.rules(hash))?.ok().flatten();
            if text.is_none_or(|text| Hash::of(&text).to_string() != *hash) {
                self.flaws.push(Flaw::Rules { hash: hash.clone() });
            }
        }
        let followed = match sound(journal.sound())? {
            Ok(()) => sound(follow(journal, &self.dossiers, &mut self.flaws))?,
            Err(reason) => Err(reason),
        };
        match followed {
            Err(reason) => self.flaws.push(Flaw::DamagedFile { reason }),
            Ok(expected) => {
                let expected = expected.into_iter().chain([self.records]);
                let more = journal.counts()?.into_iter().zip(expected);
                let rows = more.map(|(kept, expected)| kept.saturating_sub(expected)).sum();
                self.flaws.extend(Some(Flaw::Unexplained { rows }).filter(|_| rows > 0));
            }
        }
        Ok(())
    }

    fn record(&mut self, record: &Record) {
        let seq = record.seq;
        if seq != self.last + 1 {
            let (from, to) = (self.last + 1, seq - 1);
            let gone = Flaw::Missing { from, to };
            self.flaws.push(if self.torn { Flaw::Damaged { from, to: Some(to) } } else { gone });
        } else if link(&self.before, seq, &draft(record)) != record.hash && self.odd.len() < FLAWS_UP_TO {
            self.hashes.insert(seq - 1, self.before);
            self.hashes.insert(seq, record.hash);
            self.odd.push(record.clone());
            self.flaws.push(Flaw::Altered { seq });
        }
        if self.noted.is_some_and(|(at, hash)| at == seq && hash != record.hash) {
            self.flaws.push(Flaw::OtherEnd { seq });
        }
        (self.last, self.before, self.torn) = (seq, record.hash, false);
        self.records += 1;
        if record.dossier.0 > 0 {
            self.dossiers.entry(record.dossier).or_insert((0, seq)).0 += 1;
        }
        match decode(record.dossier, seq, &record.body) {
            Ok(Entry { what: Change::Events { events, rules, .. }, .. }) => {
                self.events += events.len() as u64;
                let opens = |event: &&Event| matches!(event.what, Happening::Opened { .. });
                self.cases += events.iter().filter(opens).count() as u64;
                self.bytes += record.body.len() as u64;
                self.rules.extend(rules.map(String::from));
            }
            Ok(Entry { what: Change::Kept { hash, .. } | Change::Migrated { to: hash, .. }, .. }) => {
                self.rules.insert(hash.into());
            }
            Err(StoreFault::Unreadable { reason, .. }) => self.flaws.push(Flaw::Unreadable { seq, reason }),
            Ok(_) | Err(_) => {}
        }
    }

    /// Of records that are not what was written there: those that were written elsewhere among them.
    fn name_swaps(&mut self) {
        for record in self.odd.iter().take(64) {
            // A record that follows from one that stands elsewhere is itself as it was written.
            let seq = record.seq;
            if self.hashes.values().any(|before| link(before, seq, &draft(record)) == record.hash) {
                self.flaws.retain(|flaw| *flaw != Flaw::Altered { seq });
                continue;
            }
            let places = self.odd.iter().map(|other| other.seq).filter(|was| *was != record.seq);
            let fits = |was: &u64| {
                let befores = self.hashes.values();
                befores.into_iter().any(|before| link(before, *was, &draft(record)) == record.hash)
            };
            if let Some(was) = places.into_iter().find(fits) {
                for flaw in self.flaws.iter_mut().filter(|flaw| **flaw == Flaw::Altered { seq }) {
                    *flaw = Flaw::Swapped { seq, was };
                }
            }
        }
    }
}

fn draft(record: &Record) -> Draft {
    let Record { dossier, rev, key, body, .. } = record.clone();
    Draft { dossier, rev, key, body }
}

/// Folds every dossier and holds its rows against those that are kept; how many rows there should be of cases, timers,
/// work and debts.
fn follow(
    journal: &dyn Journal,
    dossiers: &BTreeMap<CaseId, (usize, u64)>,
    flaws: &mut Vec<Flaw>,
) -> Result<[u64; 4], StoreFault> {
    let mut expected = [0; 4];
    for (root, (count, first)) in dossiers {
        let mut world = World::default();
        let records = journal.dossier(*root)?;
        if records.len() != *count {
            flaws.push(Flaw::Broken { dossier: *root, seq: *first });
        }
        for (at, record) in (1..).zip(records) {
            if record.rev != at {
                flaws.push(Flaw::Broken { dossier: *root, seq: record.seq });
            }
            for event in events(&record).unwrap_or_default() {
                let why = illegal(&world, &event).filter(|_| flaws.len() < FLAWS_UP_TO);
                flaws.extend(why.map(|why| Flaw::Illegal { seq: record.seq, why }));
                apply(&mut world, &event);
            }
        }
        for case in world.cases() {
            let rows = rows(*root, case);
            expected.iter_mut().zip(rows.count()).for_each(|(sum, count)| *sum += count);
            if flaws.len() < FLAWS_UP_TO && sound(journal.holds(&rows))? != Ok(true) {
                flaws.push(Flaw::Rows { case: case.id });
            }
        }
    }
    Ok(expected)
}

/// The events of a record; none where it says something else.
pub(super) fn events(record: &Record) -> Result<Vec<Event>, StoreFault> {
    match decode(record.dossier, record.seq, &record.body)?.what {
        Change::Events { events, .. } => Ok(events),
        _ => Ok(Vec::new()),
    }
}

/// Makes the rows again that follow from the records; the caller has begun, and ends.
///
/// # Errors
/// The store can't be read or written.
pub fn make_rows(journal: &mut dyn Journal) -> Result<(), StoreFault> {
    journal.clear_rows()?;
    let mut last = 0;
    loop {
        let records = journal.records(last, AT_ONCE)?;
        let Some(end) = records.last() else { return Ok(()) };
        last = end.seq;
        for record in records.iter().filter(|record| record.rev == 1 && record.dossier.0 > 0) {
            let mut world = World::default();
            for record in journal.dossier(record.dossier)? {
                events(&record)?.iter().for_each(|event| apply(&mut world, event));
            }
            for case in world.cases() {
                journal.index(None, rows(record.dossier, case).into())?;
            }
        }
    }
}
