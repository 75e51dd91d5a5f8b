//! Writing: records, rows, tidings, rules, persons.

use rusqlite::ErrorCode;

use super::super::{Draft, Head, Person, Rows, StoreFault, Tiding, Work, link};
use super::instant::{Exact, between, rounded_up};
use super::{Sqlite, fault, whole};

impl Sqlite {
    pub(super) fn run(&self, sql: &str, values: impl rusqlite::Params) -> rusqlite::Result<usize> {
        self.connection.prepare_cached(sql)?.execute(values)
    }

    pub(super) fn write_record(&mut self, draft: &Draft, opened: u64) -> Result<Head, StoreFault> {
        let nothing_begun = || StoreFault::Other { reason: "nothing was begun".into() };
        let before = self.head.ok_or_else(nothing_begun)?;
        let seq = before.seq + 1;
        let head = Head { seq, hash: link(&before.hash, seq, draft), opened };
        // The first record of a case that was not opened before can't be there.
        if draft.rev != 1 || draft.dossier.0 <= before.opened {
            let found = self.last_rev(draft.dossier).map_err(|error| fault(&error))?;
            if found + 1 != draft.rev {
                return Err(moved(draft, found));
            }
        }
        let key = draft.key.as_deref();
        let values =
            (whole(seq), whole(draft.dossier.0), whole(draft.rev), key, &draft.body, &head.hash.0[..]);
        // The first of a transaction takes the place of the end mark.
        let sql = if seq == self.began.seq + 1 {
            "UPDATE record SET dossier = ?2, rev = ?3, key = ?4, body = ?5, hash = ?6 WHERE seq = ?1"
        } else {
            "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        };
        match (self.run(sql, values), key) {
            (Ok(_), _) => {
                self.head = Some(head);
                self.tail.borrow_mut().place(draft.dossier, draft.rev, seq);
                Ok(head)
            }
            (Err(error), Some(key))
                if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) =>
            {
                Err(StoreFault::KeyUsed { key: key.into() })
            }
            (Err(error), _) => Err(fault(&error)),
        }
    }

    /// What a transaction writes last: the end mark, and the tail where it is time.
    pub(super) fn write_end(&mut self) -> rusqlite::Result<()> {
        let Some(head) = self.head else { return Ok(()) };
        if head != self.began {
            if !std::mem::replace(&mut self.is_of_this_version, true) {
                self.write_version()?;
            }
            let mark = (whole(head.seq + 1), whole(head.opened), &head.hash.0[..]);
            self.run("INSERT INTO record VALUES (?1, ?2, 0, NULL, '', ?3)", mark)?;
        }
        if self.is_to_write_tail() {
            self.write_tail(Some(head.seq))?;
        }
        Ok(())
    }

    pub(super) fn write_rows(&self, before: Option<&Rows>, after: &Rows) -> rusqlite::Result<()> {
        let row = &after.case;
        let (case, timer) = (whole(row.case.0), after.timer.map(rounded_up));
        let (closed, solved) = (row.closed.map(Exact), row.solved);
        match before
            .filter(|before| before.case.opened == row.opened && before.case.procedure == row.procedure)
        {
            Some(before) if before.timer == after.timer && before.case == *row => {}
            Some(before) if before.case == *row => {
                self.run("UPDATE cases SET timer = ?2 WHERE case_id = ?1", (case, timer)).map(drop)?;
            }
            Some(_) => {
                let sql = "UPDATE cases SET timer = ?2, closed = ?3, solved = ?4 WHERE case_id = ?1";
                self.run(sql, (case, timer, closed, solved)).map(drop)?;
            }
            None => {
                let (dossier, procedure, opened) =
                    (whole(row.dossier.0), row.procedure.as_str(), Exact(row.opened));
                self.run(
                    "INSERT OR REPLACE INTO cases VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    (case, dossier, timer, procedure, opened, closed, solved),
                )
                .map(drop)?;
            }
        }
        let nothing = std::collections::BTreeSet::new();
        let old = before.map_or(&nothing, |rows| &rows.work);
        for work in old.difference(&after.work) {
            self.run(
                "DELETE FROM work WHERE body = ?1 AND due = ?2 AND case_id = ?3 AND number = ?4",
                (work.body.as_str(), Self::due(work), case, work.number),
            )?;
        }
        for work in after.work.difference(old) {
            let Work { body, procedure, step, .. } = work;
            self.run(
                "INSERT OR REPLACE INTO work VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                (
                    body.as_str(),
                    Self::due(work),
                    case,
                    work.number,
                    procedure.as_str(),
                    step.as_str(),
                    Exact(work.since),
                    work.how as i64,
                    work.due.and_then(between),
                ),
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

    /// By what work is listed: what has no time comes last.
    pub(super) fn due(work: &Work) -> i64 {
        work.due.map_or(i64::MAX, rounded_up)
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

/// That a dossier stands elsewhere than whoever writes believes.
fn moved(draft: &Draft, found: u64) -> StoreFault {
    StoreFault::Moved { dossier: draft.dossier, expected: draft.rev.saturating_sub(1), found }
}

fn json(of: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(of).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}
