//! Writing: records, tidings, rules, persons.

use rusqlite::ErrorCode;

use super::super::{Draft, EVENT_VERSION, Head, Person, StoreFault, Tiding, link};
use super::schema::PLACE_BITS;
use super::{Sqlite, fault, natural, told, whole};

/// So many records are held back, to be written in one go.
const HELD_UP_TO: usize = 64;

impl Sqlite {
    pub(super) fn run(&self, sql: &str, values: impl rusqlite::Params) -> rusqlite::Result<usize> {
        self.connection.prepare_cached(sql)?.execute(values)
    }

    pub(super) fn write_record(&mut self, draft: Draft, opened: u64) -> Result<Head, StoreFault> {
        let nothing_begun = || StoreFault::Other { reason: "nothing was begun".into() };
        let before = self.head.ok_or_else(nothing_begun)?;
        let (seq, dossier, rev) = (before.seq + 1, draft.dossier, draft.rev);
        // The first record of a case that was not opened before can't be there.
        if rev != 1 || dossier.0 <= before.opened {
            let found = told(self.last_rev(dossier))?;
            if found + 1 != rev {
                return Err(StoreFault::Moved { dossier, expected: rev.saturating_sub(1), found });
            }
        }
        let head = Head { seq, hash: link(&before.hash, seq, &draft), opened };
        if let Some(key) = draft.key.clone() {
            // Whoever gives a key learns at once whether it was used.
            told(self.write_held())?;
            match self.write_all(&[(draft, head)]) {
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                    return Err(StoreFault::KeyUsed { key: key.into() });
                }
                written => told(written)?,
            }
        } else {
            self.held.borrow_mut().push((draft, head));
            if self.held.borrow().len() >= HELD_UP_TO {
                told(self.write_held())?;
            }
        }
        self.head = Some(head);
        self.tail.borrow_mut().place(dossier, rev, seq);
        Ok(head)
    }

    /// Writes the records that are held back: before one with a key, and before records are read.
    pub(super) fn write_held(&self) -> rusqlite::Result<()> {
        let held = self.held.take();
        if held.is_empty() { Ok(()) } else { self.write_all(&held) }
    }

    fn write_all(&self, records: &[(Draft, Head)]) -> rusqlite::Result<()> {
        // The first of a transaction takes the place of the end mark.
        let (first, others) = match records.split_first() {
            Some((first, others)) if first.1.seq == self.began.seq + 1 => (Some(first), others),
            _ => (None, records),
        };
        if let Some(record) = first {
            // The mark has no key: for a record without one, the index of keys need not be looked at.
            let sql = match record.0.key {
                Some(_) => {
                    "UPDATE record SET dossier = ?2, rev = ?3, key = ?4, body = ?5, hash = ?6 WHERE seq = ?1"
                }
                None => "UPDATE record SET dossier = ?2, rev = ?3, body = ?5, hash = ?6 WHERE seq = ?1",
            };
            self.run(sql, values(record))?;
        }
        if !others.is_empty() {
            let sql = "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let mut add = self.connection.prepare_cached(sql)?;
            others.iter().try_for_each(|record| add.execute(values(record)).map(drop))?;
        }
        Ok(())
    }

    /// What a transaction writes last: the tail where it is time, and the end mark with the record before it.
    pub(super) fn write_end(&self) -> rusqlite::Result<()> {
        let Some(head) = self.head else { return Ok(()) };
        let level = self.is_to_write_tail();
        if level {
            self.write_tail(head.seq)?;
        }
        if head == self.began {
            return if level { self.write_upto(head.seq) } else { Ok(()) };
        }
        if !self.is_of_this_version {
            // Earlier programs can't read what it may say from now on: they are to leave it as it is.
            self.run("UPDATE version SET events = ?1 WHERE events < ?1", [EVENT_VERSION])?;
        }
        let (seq, opened, hash) = (whole(head.seq), whole(head.opened), &head.hash.0[..]);
        let mut upto = itoa::Buffer::new();
        let upto = upto.format(self.tail.borrow().upto);
        self.write_held()?;
        // A statement of its own: one for both would first save the page that it may have to restore.
        self.run("INSERT INTO record VALUES (?1 + 1, ?2, 0, NULL, ?3, ?4)", (seq, opened, upto, hash))
            .map(drop)
    }

    /// Tells that the tables follow the records up to the last.
    pub(super) fn write_upto(&self, last: u64) -> rusqlite::Result<()> {
        let sql = "UPDATE record SET body = ?1 WHERE seq = ?2 AND rev = 0";
        self.run(sql, (last.to_string(), whole(last + 1))).map(drop)
    }

    pub(super) fn write_tidings(&self, seq: u64, tidings: &[Tiding]) -> Result<(), StoreFault> {
        if tidings.is_empty() {
            return Ok(());
        }
        let mut add = told(self.connection.prepare_cached("INSERT INTO outbox VALUES (?1, ?2, ?3, ?4)"))?;
        for (place, Tiding { case, rung, channel }) in (0..).zip(tidings) {
            let id = (seq << PLACE_BITS) + place;
            add.execute((whole(id), whole(case.0), rung.as_str(), channel.as_str())).map_err(|error| {
                if error.sqlite_error_code() != Some(ErrorCode::ConstraintViolation) {
                    return fault(&error);
                }
                StoreFault::ToldTwice { case: *case, rung: rung.to_string(), channel: channel.to_string() }
            })?;
        }
        Ok(())
    }

    pub(super) fn write_rules(&self, hash: &str, name: &str, text: &str) -> rusqlite::Result<()> {
        let sql = "INSERT INTO rules VALUES (?1, ?2, ?3) ON CONFLICT (hash)
            DO UPDATE SET name = ?2, text = ?3 WHERE name <> ?2 OR text <> ?3";
        self.run(sql, (hash, name, text)).map(drop)
    }

    pub(super) fn write_person(&self, person: &Person) -> rusqlite::Result<()> {
        let values = (person.handle.as_str(), person.contact.as_str(), person.until.to_string());
        self.run("INSERT OR REPLACE INTO person VALUES (?1, ?2, ?3)", values).map(drop)
    }

    pub(super) fn erase_person(&self, handle: &str) -> rusqlite::Result<()> {
        self.run("DELETE FROM person WHERE handle = ?1", [handle]).map(drop)
    }

    pub(super) fn write_sent(&self, upto: u64) -> rusqlite::Result<u64> {
        let last = "SELECT coalesce(max(id), 0) >> ?1 FROM outbox";
        let last: i64 = self.connection.prepare_cached(last)?.query_row([PLACE_BITS], |row| row.get(0))?;
        // What will be told later was not sent.
        let upto = whole(upto).min(last);
        let sql = "SELECT count(*) FROM outbox WHERE id >= (SELECT upto + 1 FROM sent) << ?1 AND id < (?2 + 1) << ?1";
        let mut count = self.connection.prepare_cached(sql)?;
        let sent: i64 = count.query_row((PLACE_BITS, upto), |row| row.get(0))?;
        self.run("UPDATE sent SET upto = max(upto, ?1)", [upto])?;
        Ok(natural(sent))
    }
}

/// A row of the records.
fn values((draft, head): &(Draft, Head)) -> impl rusqlite::Params + use<'_> {
    let (seq, dossier, rev) = (whole(head.seq), whole(draft.dossier.0), whole(draft.rev));
    (seq, dossier, rev, draft.key.as_deref(), &draft.body, &head.hash.0[..])
}
