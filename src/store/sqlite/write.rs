//! Writing: records, rows, tidings, rules, persons.

use rusqlite::ErrorCode;

use super::super::{Draft, EVENT_VERSION, Head, Person, Rows, StoreFault, Tiding, link};
use super::{Sqlite, fault, kept, whole};

impl Sqlite {
    fn run(&self, sql: &str, values: impl rusqlite::Params) -> rusqlite::Result<usize> {
        self.connection.prepare_cached(sql)?.execute(values)
    }

    pub(super) fn write_record(&mut self, draft: &Draft, opened: u64) -> Result<Head, StoreFault> {
        let nothing_begun = || StoreFault::Other { reason: "nothing was begun".into() };
        let before = self.head.ok_or_else(nothing_begun)?;
        let seq = before.seq + 1;
        let head = Head { seq, hash: link(&before.hash, seq, draft), opened };
        let (dossier, rev) = (whole(draft.dossier.0), whole(draft.rev));
        // That the records of a dossier leave out no number, the index can't hold: asked here.
        let found: u64 = self.last_rev(draft.dossier).map_err(|error| fault(&error))?;
        if draft.rev != found + 1 {
            let expected = draft.rev.saturating_sub(1);
            return Err(StoreFault::Moved { dossier: draft.dossier, expected, found });
        }
        let key = draft.key.as_deref();
        let written = self.run(
            "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (whole(seq), dossier, rev, key, &draft.body, &head.hash.0[..]),
        );
        match written {
            Ok(_) => {
                self.head = Some(head);
                Ok(head)
            }
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => match key {
                Some(key) => Err(StoreFault::KeyUsed { key: key.into() }),
                None => Err(fault(&error)),
            },
            Err(error) => Err(fault(&error)),
        }
    }

    pub(super) fn write_head(&self) -> rusqlite::Result<()> {
        let Some(head) = self.head else { return Ok(()) };
        // From now on it may say what earlier programs can't read: they are to leave it as it is.
        let values = (whole(head.seq), &head.hash.0[..], whole(head.opened), EVENT_VERSION);
        let set = "UPDATE head SET seq = ?1, hash = ?2, opened = ?3, events = ?4 WHERE seq < ?1";
        self.run(set, values).map(drop)
    }

    pub(super) fn write_rows(&self, before: Option<&Rows>, after: &Rows) -> rusqlite::Result<()> {
        let case = whole(after.case.case.0);
        let timer = before.and_then(|rows| rows.timer);
        if timer != after.timer {
            if let Some(at) = timer {
                self.run("DELETE FROM timer WHERE due = ?1 AND case_id = ?2", (kept(at), case))?;
            }
            if let Some(at) = after.timer {
                self.run("INSERT OR IGNORE INTO timer VALUES (?1, ?2)", (kept(at), case))?;
            }
        }
        if timer != after.timer || before.map(|rows| &rows.case) != Some(&after.case) {
            self.run(
                "INSERT INTO cases VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (case_id) DO UPDATE SET timer = ?3, row = ?4",
                (case, whole(after.case.dossier.0), after.timer.map(kept), json(&after.case)?),
            )?;
        }
        let nothing = std::collections::BTreeSet::new();
        let old = before.map_or(&nothing, |rows| &rows.work);
        for work in old.difference(&after.work) {
            self.run(
                "DELETE FROM work WHERE body = ?1 AND due = ?2 AND case_id = ?3 AND number = ?4",
                (work.body.as_str(), work.due.map_or(i64::MAX, kept), case, work.number),
            )?;
        }
        for work in after.work.difference(old) {
            self.run(
                "INSERT OR REPLACE INTO work VALUES (?1, ?2, ?3, ?4, ?5)",
                (work.body.as_str(), work.due.map_or(i64::MAX, kept), case, work.number, json(work)?),
            )?;
        }
        let nothing = std::collections::BTreeSet::new();
        let old = before.map_or(&nothing, |rows| &rows.owed);
        for owed in after.owed.difference(old) {
            self.run(
                "INSERT OR REPLACE INTO owed VALUES (?1, ?2, ?3, ?4, ?5)",
                (case, owed.number, owed.debtor.as_str(), owed.creditor.as_str(), json(owed)?),
            )?;
        }
        Ok(())
    }

    pub(super) fn write_tiding(&self, seq: u64, tiding: &Tiding) -> Result<(), StoreFault> {
        let Tiding { case, rung, channel } = tiding;
        let written = self.run(
            "INSERT INTO outbox (case_id, rung, channel, seq) VALUES (?1, ?2, ?3, ?4)",
            (whole(case.0), rung.as_str(), channel.as_str(), whole(seq)),
        );
        match written {
            Ok(_) => Ok(()),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                Err(StoreFault::ToldTwice {
                    case: *case,
                    rung: rung.to_string(),
                    channel: channel.to_string(),
                })
            }
            Err(error) => Err(fault(&error)),
        }
    }

    pub(super) fn write_rules(&self, hash: &str, name: &str, text: &str) -> rusqlite::Result<()> {
        self.run("INSERT OR IGNORE INTO rules VALUES (?1, ?2, ?3)", (hash, name, text)).map(drop)
    }

    pub(super) fn write_person(&self, person: &Person) -> rusqlite::Result<()> {
        let values = (person.handle.as_str(), person.contact.as_str(), person.until.to_string());
        self.run("INSERT OR REPLACE INTO person VALUES (?1, ?2, ?3)", values).map(drop)
    }

    pub(super) fn erase_person(&self, handle: &str) -> rusqlite::Result<()> {
        self.run("DELETE FROM person WHERE handle = ?1", [handle]).map(drop)
    }

    pub(super) fn write_sent(&self, upto: u64) -> rusqlite::Result<u64> {
        let sent = self.run("UPDATE outbox SET sent = 1 WHERE sent = 0 AND seq <= ?1", [whole(upto)])?;
        Ok(sent as u64)
    }
}

fn json(of: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(of).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}
