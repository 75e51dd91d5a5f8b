//! A journal in memory: for tests and simulations. What a crash leaves of it is nothing.

use std::collections::{BTreeMap, BTreeSet};

use ecow::EcoString;
use jiff::Timestamp;

use super::{
    CaseRow, Draft, Head, Journal, Owed, Person, Record, Rows, Standing, StoreFault, Tiding, Work, link,
};
use linkage_case::CaseId;

/// A journal in memory.
#[derive(Default)]
pub struct Memory {
    state: State,
    /// How to take back what was written since `begin`; none outside of a transaction.
    undo: Option<Vec<Undo>>,
}

type Undo = Box<dyn FnOnce(&mut State) + Send>;

#[derive(Default)]
struct State {
    head: Option<Head>,
    records: Vec<Record>,
    keys: BTreeMap<EcoString, u64>,
    dossiers: BTreeMap<CaseId, Vec<u64>>,
    rows: BTreeMap<CaseId, Rows>,
    timers: BTreeSet<(Timestamp, CaseId)>,
    outbox: BTreeMap<Tiding, (u64, bool)>,
    rules: BTreeMap<EcoString, (EcoString, String)>,
    persons: BTreeMap<EcoString, Person>,
}

impl State {
    fn head(&self) -> Head {
        self.head.unwrap_or(Head::EMPTY)
    }

    fn set_rows(&mut self, case: CaseId, rows: Option<Rows>) -> Option<Rows> {
        let new = rows.as_ref().and_then(|rows| rows.timer);
        let old = match rows {
            Some(rows) => self.rows.insert(case, rows),
            None => self.rows.remove(&case),
        };
        if let Some(at) = old.as_ref().and_then(|rows| rows.timer) {
            self.timers.remove(&(at, case));
        }
        self.timers.extend(new.map(|at| (at, case)));
        old
    }
}

impl Memory {
    fn undoing(&mut self, undo: impl FnOnce(&mut State) + Send + 'static) -> Result<(), StoreFault> {
        let began = self.undo.as_mut();
        began.ok_or_else(|| StoreFault::Other { reason: "nothing was begun".into() })?.push(Box::new(undo));
        Ok(())
    }

    fn at(&self, seq: u64) -> Option<&Record> {
        self.state.records.get(usize::try_from(seq.checked_sub(1)?).ok()?)
    }
}

impl Journal for Memory {
    fn begin(&mut self) -> Result<Head, StoreFault> {
        self.undo = Some(Vec::new());
        Ok(self.state.head())
    }

    fn commit(&mut self) -> Result<(), StoreFault> {
        self.undo = None;
        Ok(())
    }

    fn abort(&mut self) {
        for undo in self.undo.take().into_iter().flatten().rev() {
            undo(&mut self.state);
        }
    }

    fn append(&mut self, draft: Draft, opened: u64) -> Result<Head, StoreFault> {
        let (before, dossier) = (self.state.head(), draft.dossier);
        let found = self.state.dossiers.get(&dossier).map_or(0, |all| all.len() as u64);
        if draft.rev != found + 1 {
            return Err(StoreFault::Moved { dossier, expected: draft.rev.saturating_sub(1), found });
        }
        if let Some(key) = draft.key.as_ref().filter(|key| self.state.keys.contains_key(*key)) {
            return Err(StoreFault::KeyUsed { key: key.to_string() });
        }
        let seq = before.seq + 1;
        let head = Head { seq, hash: link(&before.hash, seq, &draft), opened };
        let Draft { rev, key, body, .. } = draft;
        let record = Record { seq, dossier, rev, key: key.clone(), body, hash: head.hash };
        let used = key.clone();
        self.undoing(move |state| {
            state.head = Some(before);
            state.records.pop();
            state.dossiers.entry(dossier).or_default().pop();
            used.map(|key| state.keys.remove(&key));
        })?;
        self.state.records.push(record);
        self.state.dossiers.entry(dossier).or_default().push(seq);
        self.state.keys.extend(key.map(|key| (key, seq)));
        self.state.head = Some(head);
        Ok(head)
    }

    fn at_hand(&self, _: CaseId) -> bool {
        true
    }

    fn index(&mut self, _: Option<Standing>, after: Standing) -> Result<(), StoreFault> {
        let case = after.case();
        let old = self.state.set_rows(case, Some(after.rows()));
        self.undoing(move |state| drop(state.set_rows(case, old)))
    }

    fn tell(&mut self, seq: u64, tidings: &[Tiding]) -> Result<(), StoreFault> {
        for tiding in tidings {
            if self.state.outbox.contains_key(tiding) {
                let Tiding { case, rung, channel } = tiding.clone();
                return Err(StoreFault::ToldTwice { case, rung: rung.into(), channel: channel.into() });
            }
            let told = tiding.clone();
            self.undoing(move |state| {
                state.outbox.remove(&told);
            })?;
            self.state.outbox.insert(tiding.clone(), (seq, false));
        }
        Ok(())
    }

    fn keep(&mut self, hash: &str, name: &str, text: &str) -> Result<(), StoreFault> {
        let (key, old) = (EcoString::from(hash), self.state.rules.get(hash).cloned());
        self.undoing(move |state| match old {
            Some(old) => drop(state.rules.insert(key, old)),
            None => drop(state.rules.remove(&key)),
        })?;
        self.state.rules.insert(hash.into(), (name.into(), text.into()));
        Ok(())
    }

    fn know(&mut self, person: &Person) -> Result<(), StoreFault> {
        let handle = person.handle.clone();
        let old = self.state.persons.insert(handle.clone(), person.clone());
        self.undoing(move |state| {
            state.persons.remove(&handle);
            state.persons.extend(old.map(|old| (handle, old)));
        })
    }

    fn forget(&mut self, handles: &[EcoString]) -> Result<(), StoreFault> {
        for handle in handles {
            if let Some(old) = self.state.persons.remove(handle) {
                self.undoing(move |state| drop(state.persons.insert(old.handle.clone(), old)))?;
            }
        }
        Ok(())
    }

    fn sent(&mut self, upto: u64) -> Result<u64, StoreFault> {
        let waiting = self.state.outbox.iter().filter(|(_, (seq, sent))| *seq <= upto && !sent);
        let waiting: Vec<Tiding> = waiting.map(|(tiding, _)| tiding.clone()).collect();
        let count = waiting.len() as u64;
        for tiding in &waiting {
            self.state.outbox.entry(tiding.clone()).and_modify(|(_, sent)| *sent = true);
        }
        self.undoing(move |state| {
            for tiding in waiting {
                state.outbox.entry(tiding).and_modify(|(_, sent)| *sent = false);
            }
        })?;
        Ok(count)
    }

    fn clear_rows(&mut self) -> Result<(), StoreFault> {
        let rows = std::mem::take(&mut self.state.rows);
        let timers = std::mem::take(&mut self.state.timers);
        self.undoing(move |state| (state.rows, state.timers) = (rows, timers))
    }

    fn head(&self) -> Result<Head, StoreFault> {
        Ok(self.state.head())
    }

    fn records(&self, after: u64, limit: usize) -> Result<Vec<Record>, StoreFault> {
        let from = usize::try_from(after).unwrap_or(usize::MAX);
        Ok(self.state.records.iter().skip(from).take(limit).cloned().collect())
    }

    fn dossier(&self, root: CaseId) -> Result<Vec<Record>, StoreFault> {
        let all = self.state.dossiers.get(&root).into_iter().flatten();
        Ok(all.filter_map(|seq| self.at(*seq)).cloned().collect())
    }

    fn record_of_key(&self, key: &str) -> Result<Option<Record>, StoreFault> {
        Ok(self.state.keys.get(key).and_then(|seq| self.at(*seq)).cloned())
    }

    fn case(&self, case: CaseId) -> Result<Option<CaseRow>, StoreFault> {
        Ok(self.state.rows.get(&case).map(|rows| rows.case.clone()))
    }

    fn cases(&self, after: CaseId, limit: usize) -> Result<Vec<CaseRow>, StoreFault> {
        let behind = self.state.rows.range(CaseId(after.0.saturating_add(1))..);
        Ok(behind.map(|(_, rows)| rows.case.clone()).take(limit).collect())
    }

    fn due(&self, until: Timestamp, limit: usize) -> Result<Vec<(Timestamp, CaseId)>, StoreFault> {
        Ok(self.state.timers.iter().take_while(|(at, _)| *at <= until).take(limit).copied().collect())
    }

    fn work(&self, body: Option<&str>, limit: usize) -> Result<Vec<Work>, StoreFault> {
        let all = self.state.rows.values().flat_map(|rows| &rows.work);
        let mut own: Vec<Work> =
            all.filter(|work| body.is_none_or(|body| work.body == body)).cloned().collect();
        own.sort_by_key(|work| {
            (work.due.unwrap_or(Timestamp::MAX), work.case, work.number, work.body.clone())
        });
        own.truncate(limit);
        Ok(own)
    }

    fn owed(&self) -> Result<Vec<Owed>, StoreFault> {
        Ok(self.state.rows.values().flat_map(|rows| &rows.owed).cloned().collect())
    }

    fn outbox(&self, limit: usize) -> Result<Vec<(u64, Tiding)>, StoreFault> {
        let waiting = self.state.outbox.iter().filter(|(_, (_, sent))| !sent);
        let mut all: Vec<(u64, Tiding)> = waiting.map(|(tiding, (seq, _))| (*seq, tiding.clone())).collect();
        all.sort();
        all.truncate(limit);
        Ok(all)
    }

    fn rules(&self, hash: &str) -> Result<Option<String>, StoreFault> {
        Ok(self.state.rules.get(hash).map(|(_, text)| text.clone()))
    }

    fn all_rules(&self) -> Result<Vec<(EcoString, EcoString)>, StoreFault> {
        Ok(self.state.rules.iter().map(|(hash, (name, _))| (hash.clone(), name.clone())).collect())
    }

    fn person(&self, handle: &str) -> Result<Option<Person>, StoreFault> {
        Ok(self.state.persons.get(handle).cloned())
    }

    fn persons(&self) -> Result<Vec<Person>, StoreFault> {
        Ok(self.state.persons.values().cloned().collect())
    }

    fn holds(&self, rows: &Rows) -> Result<bool, StoreFault> {
        Ok(self.state.rows.get(&rows.case.case) == Some(rows))
    }

    fn counts(&self) -> Result<[u64; 5], StoreFault> {
        let mut counts = [0; 5];
        for rows in self.state.rows.values() {
            counts.iter_mut().zip(rows.count()).for_each(|(sum, count)| *sum += count);
        }
        counts[4] = self.state.dossiers.values().map(Vec::len).sum::<usize>() as u64;
        Ok(counts)
    }
}
