//! Tables and tail: reading both as of one moment, and bringing the tables up to the records.

use rusqlite::types::ValueRef;

use super::super::verify::make_rows;
use super::super::{Hash, Head, StoreFault};
use super::tail::Tail;
use super::{Sqlite, natural, told};

/// So many records the tables lag behind at most, before a commit brings them up.
pub(super) const LAG: u64 = 512;
/// So many cases are held in memory at most, while many are indexed in one transaction.
const CASES_UP_TO: usize = 4096;

/// Where the journal ends, and how far the tables follow.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    pub head: Head,
    /// Whether the end mark is there, as it was left.
    pub marked: bool,
    pub upto: u64,
}

impl Sqlite {
    pub(super) fn read_end(&self) -> rusqlite::Result<End> {
        let mut last = self
            .connection
            .prepare_cached("SELECT seq, dossier, rev, hash, body FROM record ORDER BY seq DESC LIMIT 1")?;
        let mut found = last.query([])?;
        let Some(row) = found.next()? else {
            return Ok(End { head: Head::EMPTY, marked: false, upto: 0 });
        };
        let seq = natural(row.get(0)?);
        let upto = row.get_ref(4)?.as_str().ok().and_then(|upto| upto.parse().ok());
        match upto.filter(|_| row.get_ref(2) == Ok(ValueRef::Integer(0))) {
            Some(upto) => {
                let (hash, opened) = (super::read::hash(row, 3)?, natural(row.get(1)?));
                Ok(End { head: Head { seq: seq.saturating_sub(1), hash, opened }, marked: true, upto })
            }
            // The mark was cut off, and perhaps records with it: no record has this hash.
            None => Ok(End { head: Head { seq, hash: Hash::ZERO, opened: 0 }, marked: false, upto: 0 }),
        }
    }

    /// The same for whoever has begun to write: looked up only if others have written since it was known last.
    pub(super) fn find_end(&mut self) -> rusqlite::Result<End> {
        // It changes with each commit of another connection, and with none of this one.
        let state = "PRAGMA data_version";
        let state = self.connection.prepare_cached(state)?.query_row([], |row| row.get(0))?;
        let end = match self.known {
            Some((known, end)) if known == state => end,
            _ => self.read_end()?,
        };
        self.known = Some((state, end));
        Ok(end)
    }

    /// Reads as of one moment: tables and tail follow the same records.
    pub(super) fn moment<T>(
        &self,
        read: impl FnOnce(&mut Tail) -> rusqlite::Result<T>,
    ) -> Result<T, StoreFault> {
        // Whoever has begun to write has looked then.
        if self.head.is_some() {
            return told(read(&mut self.tail.borrow_mut()));
        }
        let alone = self.connection.is_autocommit();
        if alone {
            told(self.connection.prepare_cached("BEGIN").and_then(|mut begin| begin.execute([])))?;
        }
        let done = self.read_end().and_then(|end| self.renew(end)).and_then(|()| {
            let mut tail = self.tail.borrow_mut();
            tail.look_anew();
            read(&mut tail)
        });
        if alone {
            drop(self.connection.execute_batch("COMMIT"));
        }
        told(done)
    }

    /// Folds the tail anew, unless it begins where the tables end and ends where the records do.
    pub(super) fn renew(&self, end: End) -> rusqlite::Result<()> {
        let known = (self.tail.borrow().upto, self.tail.borrow().seq);
        if known == (end.upto, end.head.seq) {
            return Ok(());
        }
        // What was taken over from the tail was as of then.
        self.revs.take();
        let newest = self.read_records(end.upto, usize::MAX)?;
        let mut tail = Tail::of(end.upto, &newest, |root, places| self.read_dossier(root, places))?;
        tail.seq = end.head.seq;
        *self.tail.borrow_mut() = tail;
        Ok(())
    }

    /// Writes the tail into the tables, within the transaction that is open; `upto` are the records that they
    /// follow then, which the end mark tells.
    pub(super) fn write_tail(&self, upto: u64) -> rusqlite::Result<()> {
        let tail = self.tail.borrow_mut().empty(upto);
        self.revs.borrow_mut().note_all(tail.places());
        self.write_following(tail)
    }

    /// Whether the transaction that is open is to bring the tables up before it ends.
    pub(super) fn is_to_write_tail(&self) -> bool {
        let tail = self.tail.borrow();
        tail.written || tail.lag() > self.lag || self.lag == 0 && !tail.is_empty()
    }

    /// Keeps the tail small while one transaction indexes many cases.
    pub(super) fn relieve(&self) -> Result<(), StoreFault> {
        if self.tail.borrow().len() < CASES_UP_TO {
            return Ok(());
        }
        // What else the transaction will index is not there yet: how far the tables follow is told at its end.
        let upto = self.tail.borrow().upto;
        told(self.write_tail(upto))
    }

    /// Brings the tables up to the records in a transaction of its own. It need not wait for the disk: what is lost of
    /// it is folded again.
    pub(super) fn write_what_lags(&mut self) -> Result<(), StoreFault> {
        if self.head.is_some() || self.tail.borrow().is_empty() || !self.connection.is_autocommit() {
            return Ok(());
        }
        self.known = None;
        let written =
            self.connection.execute_batch("PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE").and_then(|()| {
                let end = self.read_end()?;
                self.renew(end)?;
                self.write_tail(end.head.seq)?;
                self.write_upto(end.head.seq)?;
                self.connection.execute_batch("COMMIT")
            });
        if written.is_ok() {
            self.tail.borrow_mut().keep();
        } else if !self.connection.is_autocommit() {
            drop(self.connection.execute_batch("ROLLBACK"));
            self.forget_tail();
        }
        told(self.connection.execute_batch("PRAGMA synchronous = FULL"))?;
        told(written)
    }

    /// The next who looks folds the tail anew.
    pub(super) fn forget_tail(&self) {
        *self.tail.borrow_mut() = Tail::unknown();
    }

    /// Makes all rows again, in the transaction that is open.
    pub(super) fn made_anew(&mut self) -> Result<(), StoreFault> {
        let end = told(self.read_end())?;
        self.head = Some(end.head);
        let made = make_rows(self).and_then(|()| told(self.write_tail(end.head.seq)));
        self.head = None;
        self.forget_tail();
        made
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        // Who has only read leaves the file as it is; who can't write now leaves it to the next.
        if self.wrote && self.connection.busy_timeout(std::time::Duration::ZERO).is_ok() {
            drop(self.write_what_lags());
        }
    }
}
