//! The tables, their version, and what is done with a file of another one.

use std::time::Duration;

use rusqlite::Connection;

use super::super::{EVENT_VERSION, StoreFault};
use super::Sqlite;

/// The version of the tables. A later program brings earlier files up; an earlier one refuses later files.
pub const SCHEMA_VERSION: u32 = 6;

/// "LNKG": tells a journal from any other file of SQLite.
const APPLICATION: u32 = 0x4C4E_4B47;

/// What is kept for good. Behind the last record stands the *end mark*: a row with `rev` 0, with the hash of that record,
/// with the number of the case opened last as `dossier`, and as `body` up to which record the tables follow (`tail.rs`).
/// It moves with each commit, on the page that the commit writes anyway; where records were cut off at the end, it tells.
const LASTING: &str = "
CREATE TABLE record (
  seq INTEGER PRIMARY KEY,
  dossier INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  key TEXT,
  body TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_of_key ON record (key) WHERE key IS NOT NULL;
CREATE TABLE rules (hash TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE person (handle TEXT PRIMARY KEY, contact TEXT NOT NULL, until TEXT NOT NULL) STRICT, WITHOUT ROWID;
";

/// Which version the records are of.
const VERSION: &str = "
CREATE TABLE version (id INTEGER PRIMARY KEY CHECK (id = 1), events INTEGER NOT NULL) STRICT;
";

/// What is told to the outside, each once: by its number, which is that of the record and, behind it, its place among
/// what the record tells. What stands up to the record `upto` was sent.
const OUTBOX: &str = "
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, rung TEXT NOT NULL, channel TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX outbox_once ON outbox (case_id, rung, channel);
CREATE TABLE sent (id INTEGER PRIMARY KEY CHECK (id = 1), upto INTEGER NOT NULL) STRICT;
";

/// Behind the number of a record, so many bits of the number of a tiding are its place.
pub(super) const PLACE_BITS: u32 = 20;

/// Before version 5 the outbox had two trees that both held all of it, and told of each tiding whether it was sent.
const BEFORE_5: &str = "
INSERT INTO sent SELECT 1, coalesce(max(seq) FILTER (WHERE sent = 1), 0) FROM outbox_4;
INSERT INTO outbox SELECT (seq << 20) + row_number() OVER (PARTITION BY seq ORDER BY case_id, rung, channel) - 1,
  case_id, rung, channel FROM outbox_4;
DROP TABLE outbox_4;
";

/// Before version 4 the end of the journal was a table, and an index of the records told their places.
const BEFORE_4: &str = "
INSERT INTO version SELECT 1, events FROM head;
INSERT INTO record SELECT seq + 1, opened, 0, NULL, seq, hash FROM head;
DROP TABLE head;
DROP INDEX record_of_dossier;
";

/// What follows from the records. `place` tells which records a dossier has: some of them from `rev` on, each as the
/// eight bytes of its `seq`. An instant is the number of its milliseconds; what lies between two of them stands
/// written out (`instant.rs`). Where something is due next is an index of the cases and no table of its own.
const ROWS: &str = "
CREATE TABLE cases (
  case_id INTEGER PRIMARY KEY, dossier INTEGER NOT NULL, timer INTEGER,
  procedure TEXT NOT NULL, opened ANY NOT NULL, closed ANY, solved INTEGER
) STRICT;
CREATE INDEX cases_by_timer ON cases (timer) WHERE timer IS NOT NULL;
CREATE TABLE work (
  body TEXT NOT NULL, due INTEGER NOT NULL, case_id INTEGER NOT NULL, number INTEGER NOT NULL,
  procedure TEXT NOT NULL, step TEXT NOT NULL, since ANY NOT NULL, how INTEGER NOT NULL, exactly TEXT,
  PRIMARY KEY (body, due, case_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE owed (
  case_id INTEGER NOT NULL, number INTEGER NOT NULL, debtor TEXT NOT NULL, creditor TEXT NOT NULL, row TEXT NOT NULL,
  PRIMARY KEY (case_id, number, debtor, creditor)
) STRICT, WITHOUT ROWID;
CREATE TABLE place (
  dossier INTEGER NOT NULL, rev INTEGER NOT NULL, seqs BLOB NOT NULL, PRIMARY KEY (dossier, rev)
) STRICT, WITHOUT ROWID;
";

/// Empties what follows from the records; where these stand is told anew at once.
pub(super) const CLEAR_ROWS: &str = "
DELETE FROM cases; DELETE FROM work; DELETE FROM owed; DELETE FROM place;
INSERT INTO place SELECT dossier, min(rev), unhex(group_concat(printf('%016x', seq), '' ORDER BY rev))
FROM record WHERE rev > 0 GROUP BY dossier;
";

/// Why a file is not ready.
pub(super) enum Unready {
    Sql(rusqlite::Error),
    Fault(StoreFault),
}

impl From<rusqlite::Error> for Unready {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl Sqlite {
    /// Settles how the file is written, and brings its tables to this version.
    pub(super) fn prepare(&mut self, patience: Duration) -> Result<(), Unready> {
        let it = &self.connection;
        it.busy_timeout(patience)?;
        let version = self.check()?;
        let it = &self.connection;
        // A reader can't switch, and need not: the mode is a property of the file.
        let mode: String = it.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
        if mode != "wal" && version == Some(SCHEMA_VERSION) || version.is_none() {
            it.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        }
        it.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; \
             PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;",
        )?;
        if version != Some(SCHEMA_VERSION) {
            self.bring_up()?;
        }
        Ok(())
    }

    /// The version of the tables; none in a new file.
    fn check(&self) -> Result<Option<u32>, Unready> {
        let it = &self.connection;
        let application: u32 = pragma(it, "application_id")?;
        let version: u32 = pragma(it, "user_version")?;
        let tables: u32 = it.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if application == 0 && version == 0 && tables == 0 {
            return Ok(None);
        }
        if application != APPLICATION {
            return Err(Unready::Fault(StoreFault::NoJournal { path: self.path.display().to_string() }));
        }
        if version > SCHEMA_VERSION {
            return Err(Unready::Fault(StoreFault::Newer { found: version, known: SCHEMA_VERSION }));
        }
        let table = if version < 4 { "head" } else { "version" };
        let events: u32 = it.query_row(&format!("SELECT events FROM {table}"), [], |row| row.get(0))?;
        if events > EVENT_VERSION {
            return Err(Unready::Fault(StoreFault::Newer { found: events, known: EVENT_VERSION }));
        }
        Ok(Some(version))
    }

    /// Makes the tables, or brings those of an earlier version up: what follows from records is made again.
    fn bring_up(&mut self) -> Result<(), Unready> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let done = self.in_order();
        let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended = self.connection.execute_batch(end);
        done?;
        Ok(ended?)
    }

    fn in_order(&mut self) -> Result<(), Unready> {
        // Another process may have been faster.
        match self.check()? {
            Some(SCHEMA_VERSION) => return Ok(()),
            None => {
                for tables in [LASTING, OUTBOX, VERSION, ROWS] {
                    self.connection.execute_batch(tables)?;
                }
                self.connection.execute("INSERT INTO version VALUES (1, ?1)", [EVENT_VERSION])?;
                self.connection.execute("INSERT INTO sent VALUES (1, 0)", [])?;
                let zero = super::super::Hash::ZERO;
                self.connection
                    .execute("INSERT INTO record VALUES (1, 0, 0, NULL, '0', ?1)", [&zero.0[..]])?;
            }
            Some(earlier) => {
                if earlier < 5 {
                    self.connection.execute_batch("ALTER TABLE outbox RENAME TO outbox_4")?;
                    self.connection.execute_batch(OUTBOX)?;
                    self.connection.execute_batch(BEFORE_5)?;
                }
                if earlier < 4 {
                    self.connection.execute_batch(VERSION)?;
                    self.connection.execute_batch(BEFORE_4)?;
                    self.connection.execute_batch(
                        "DROP TABLE IF EXISTS cases; DROP TABLE IF EXISTS timer; DROP TABLE IF EXISTS work; \
                         DROP TABLE IF EXISTS owed;",
                    )?;
                    self.connection.execute_batch(ROWS)?;
                }
                // Before version 6 no inbox held offers of a case and what is owed.
                self.made_anew().map_err(Unready::Fault)?;
            }
        }
        self.connection.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {SCHEMA_VERSION};"
        ))?;
        Ok(())
    }
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<u32> {
    connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))
}
