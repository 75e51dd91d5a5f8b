//! A journal in one file of SQLite: write-ahead log, and each commit on the disk before it is answered.
//!
//! A transaction begins by taking the right to write (`BEGIN IMMEDIATE`): one that reads first and then
//! wants to write would fail whenever another was faster. Whoever waits for the right waits; "locked" is
//! told only after [`PATIENCE`]. Statements are prepared once.
//!
//! A commit writes records; the tables follow many commits at once, and until then their rows are in memory (`tail.rs`).

mod following;
mod instant;
mod level;
mod lists;
mod read;
mod revs;
mod schema;
mod tail;
mod write;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ecow::EcoString;
use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use level::End;
use revs::Revs;
pub use schema::SCHEMA_VERSION;
use tail::Tail;

use super::{CaseRow, Draft, Head, Journal, Owed, Person, Record, Rows, Standing, StoreFault, Tiding, Work};
use linkage_case::CaseId;

/// So long another writer is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// A journal in a file.
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
    /// Where the journal ends, as far as the transaction that is open has written.
    head: Option<Head>,
    /// Where it ended when the transaction began: the end mark stands behind.
    began: Head,
    /// Where it ends by what was read or written last, and the state of the file of which that is known.
    known: Option<(i64, End)>,
    /// The records that were appended last and are not written yet.
    held: RefCell<Vec<(Draft, Head)>>,
    tail: RefCell<Tail>,
    revs: RefCell<Revs>,
    /// So many records the tables may lag behind.
    lag: u64,
    /// Whether the file says that it holds records of this version.
    is_of_this_version: bool,
    /// Whether records were written through this.
    wrote: bool,
}

impl Sqlite {
    /// Makes a new journal, or opens one that is there.
    ///
    /// # Errors
    /// The file can't be made or opened, is something else, or was written by a later version.
    pub fn open_or_make(path: &Path) -> Result<Self, StoreFault> {
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a journal that is there.
    ///
    /// # Errors
    /// As above; or there is none.
    pub fn open(path: &Path) -> Result<Self, StoreFault> {
        if !path.exists() {
            return Err(StoreFault::NotThere { path: path.display().to_string() });
        }
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, StoreFault> {
        let shown = path.display().to_string();
        let unopened = |error: &rusqlite::Error| match fault(error) {
            StoreFault::Other { reason } => StoreFault::Unopened { path: shown.clone(), reason },
            _ if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
                StoreFault::NoJournal { path: shown.clone() }
            }
            StoreFault::Damaged { reason } => StoreFault::Ruined { path: shown.clone(), reason },
            other => other,
        };
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|error| unopened(&error))?;
        connection.set_prepared_statement_cache_capacity(64);
        let mut store = Self {
            connection,
            path: path.into(),
            head: None,
            began: Head::EMPTY,
            known: None,
            held: RefCell::default(),
            tail: RefCell::new(Tail::unknown()),
            revs: RefCell::default(),
            lag: level::LAG,
            is_of_this_version: false,
            wrote: false,
        };
        store.prepare(PATIENCE).map_err(|error| match error {
            schema::Unready::Sql(error) => unopened(&error),
            schema::Unready::Fault(fault) => fault,
        })?;
        Ok(store)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Waits only so long for other writers.
    ///
    /// # Errors
    /// The store can't be spoken to.
    pub fn patience(&self, patience: Duration) -> Result<(), StoreFault> {
        self.connection.busy_timeout(patience).map_err(|error| fault(&error))
    }

    /// Lets the tables lag so many records behind; with none, each commit brings them up.
    pub fn lagging(&mut self, records: u64) {
        self.lag = records;
    }

    /// Lets the file grow by no more than so many pages: what a disk does that is nearly full.
    ///
    /// # Errors
    /// The store can't be spoken to.
    pub fn at_most(&self, more: u32) -> Result<(), StoreFault> {
        let pages =
            |name: &str| self.connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, u32>(0));
        let limit = told(pages("page_count"))?.saturating_add(more);
        told(pages(&format!("max_page_count = {limit}"))).map(drop)
    }

    /// Copies the whole journal as it stands to another file, while others go on writing.
    ///
    /// # Errors
    /// The other file is there already, or can't be written.
    pub fn backup(&self, to: &Path) -> Result<(), StoreFault> {
        let shown = to.display().to_string();
        if to.exists() {
            return Err(StoreFault::Unopened { path: shown, reason: "it is there already".into() });
        }
        self.connection.execute("VACUUM INTO ?1", [&shown]).map(drop).map_err(|error| {
            // What was begun is no journal.
            drop(std::fs::remove_file(to));
            fault(&error)
        })
    }
}

/// What the system says, as a fact.
fn fault(error: &rusqlite::Error) -> StoreFault {
    let reason = error.to_string();
    if is_no_value_of_ours(error) {
        return StoreFault::Damaged { reason };
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreFault::Locked,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreFault::ReadOnly,
        Some(ErrorCode::DiskFull) => StoreFault::Full,
        Some(ErrorCode::SystemIoFailure) => StoreFault::Unwritten { reason },
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreFault::Damaged { reason },
        _ => StoreFault::Other { reason },
    }
}

/// Whether something stands in the file that is never written there: a page of which the disk wrote a part.
fn is_no_value_of_ours(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, QueryReturnedNoRows, Utf8Error,
    };
    matches!(
        error,
        FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | QueryReturnedNoRows
            | Utf8Error(..)
    )
}

fn told<T>(result: rusqlite::Result<T>) -> Result<T, StoreFault> {
    result.map_err(|error| fault(&error))
}

/// Numbers beyond what SQLite can keep stand at its end.
fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn natural(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

impl Journal for Sqlite {
    fn begin(&mut self) -> Result<Head, StoreFault> {
        told(self.connection.prepare_cached("BEGIN IMMEDIATE").and_then(|mut begin| begin.execute([])))?;
        let begun = self.find_end().map_err(|error| fault(&error)).and_then(|end| {
            if !end.marked {
                return Err(StoreFault::Cut { at: end.head.seq });
            }
            told(self.renew(end))?;
            self.tail.borrow_mut().look_anew();
            Ok(end.head)
        });
        match begun {
            Ok(head) => {
                (self.head, self.began) = (Some(head), head);
                self.revs.borrow_mut().begin(head);
                Ok(head)
            }
            Err(fault) => {
                self.abort();
                Err(fault)
            }
        }
    }

    fn commit(&mut self) -> Result<(), StoreFault> {
        if let Err(error) = self.write_end() {
            self.abort();
            return Err(fault(&error));
        }
        // Before the disk is waited for: how the cases stood is at hand now, and would have to be fetched again then.
        self.tail.borrow_mut().keep();
        let written = self.connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([]));
        if let Err(error) = written {
            self.abort();
            self.forget_tail();
            return Err(fault(&error));
        }
        let head = self.head.take().unwrap_or(self.began);
        self.known =
            self.known.map(|(state, _)| (state, End { head, marked: true, upto: self.tail.borrow().upto }));
        self.revs.borrow_mut().keep(head);
        let wrote = head != self.began;
        self.wrote |= wrote;
        self.is_of_this_version |= wrote;
        Ok(())
    }

    fn abort(&mut self) {
        if !self.connection.is_autocommit() {
            drop(self.connection.execute_batch("ROLLBACK"));
        }
        self.held.take();
        let Some(head) = self.head.take() else { return };
        // What is remembered of dossiers holds no more where one of them was written to.
        if head == self.began {
            self.revs.borrow_mut().keep(head);
        }
        if !self.tail.borrow_mut().take_back(self.began.seq) {
            self.forget_tail();
        }
    }

    fn append(&mut self, draft: Draft, opened: u64) -> Result<Head, StoreFault> {
        self.write_record(draft, opened)
    }

    fn at_hand(&self, case: CaseId) -> bool {
        self.tail.borrow().case(case).is_some()
    }

    fn index(&mut self, before: Option<Standing>, after: Standing) -> Result<(), StoreFault> {
        self.relieve()?;
        self.tail.borrow_mut().set(before, after);
        Ok(())
    }

    fn tell(&mut self, seq: u64, tidings: &[Tiding]) -> Result<(), StoreFault> {
        self.write_tidings(seq, tidings)
    }

    fn keep(&mut self, hash: &str, name: &str, text: &str) -> Result<(), StoreFault> {
        told(self.write_rules(hash, name, text))
    }

    fn know(&mut self, person: &Person) -> Result<(), StoreFault> {
        told(self.write_person(person))
    }

    fn forget(&mut self, handles: &[EcoString]) -> Result<(), StoreFault> {
        told(handles.iter().try_for_each(|handle| self.erase_person(handle)))
    }

    fn sent(&mut self, upto: u64) -> Result<u64, StoreFault> {
        told(self.write_sent(upto))
    }

    fn clear_rows(&mut self) -> Result<(), StoreFault> {
        let upto = self.tail.borrow().upto;
        drop(self.tail.borrow_mut().empty(upto));
        told(self.connection.execute_batch(schema::CLEAR_ROWS))
    }

    fn level(&mut self) -> Result<(), StoreFault> {
        self.write_what_lags()
    }

    fn settle(&mut self) -> Result<(), StoreFault> {
        // The write-ahead log still holds the pages as they were; `secure_delete` has emptied the others.
        told(self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))
    }

    fn hold(&self) -> Result<(), StoreFault> {
        // Whoever writes sees one moment anyway. A transaction begins to hold with the first thing that it reads.
        if !self.connection.is_autocommit() {
            return Ok(());
        }
        told(self.connection.execute_batch("BEGIN"))?;
        let held = self.read_end().map(drop);
        if held.is_err() {
            self.release();
        }
        told(held)
    }

    fn release(&self) {
        if self.head.is_none() && !self.connection.is_autocommit() {
            drop(self.connection.execute_batch("COMMIT"));
        }
    }

    fn head(&self) -> Result<Head, StoreFault> {
        self.head.map_or_else(|| told(self.read_end()).map(|end| end.head), Ok)
    }

    fn records(&self, after: u64, limit: usize) -> Result<Vec<Record>, StoreFault> {
        told(self.write_held().and_then(|()| self.read_records(after, limit)))
    }

    fn dossier(&self, root: CaseId) -> Result<Vec<Record>, StoreFault> {
        told(self.write_held())?;
        let records = self.moment(|tail| self.read_whole(tail, root))?;
        if let Some(last) = records.last().filter(|_| self.head.is_some()) {
            self.revs.borrow_mut().note(root, last.rev);
        }
        Ok(records)
    }

    fn record_of_key(&self, key: &str) -> Result<Option<Record>, StoreFault> {
        told(self.write_held().and_then(|()| self.read_key(key)))
    }

    fn case(&self, case: CaseId) -> Result<Option<CaseRow>, StoreFault> {
        self.moment(|tail| self.read_case(tail, case))
    }

    fn cases(&self, after: CaseId, limit: usize) -> Result<Vec<CaseRow>, StoreFault> {
        self.moment(|tail| self.read_cases(tail, after, limit))
    }

    fn due(&self, until: Timestamp, limit: usize) -> Result<Vec<(Timestamp, CaseId)>, StoreFault> {
        self.moment(|tail| self.read_due(tail, until, limit))
    }

    fn work(&self, body: Option<&str>, limit: usize) -> Result<Vec<Work>, StoreFault> {
        self.moment(|tail| self.read_work(tail, body, limit))
    }

    fn owed(&self) -> Result<Vec<Owed>, StoreFault> {
        self.moment(|tail| self.read_owed(tail))
    }

    fn outbox(&self, limit: usize) -> Result<Vec<(u64, Tiding)>, StoreFault> {
        told(self.read_outbox(limit))
    }

    fn rules(&self, hash: &str) -> Result<Option<String>, StoreFault> {
        told(self.read_rules(hash))
    }

    fn all_rules(&self) -> Result<Vec<(EcoString, EcoString)>, StoreFault> {
        told(self.read_all_rules())
    }

    fn person(&self, handle: &str) -> Result<Option<Person>, StoreFault> {
        told(self.read_persons(Some(handle))).map(|found| found.into_iter().next())
    }

    fn persons(&self) -> Result<Vec<Person>, StoreFault> {
        told(self.read_persons(None))
    }

    fn holds(&self, rows: &Rows) -> Result<bool, StoreFault> {
        self.moment(|tail| self.read_holds(tail, rows))
    }

    fn counts(&self) -> Result<[u64; 5], StoreFault> {
        self.moment(|tail| self.read_counts(tail))
    }

    fn sound(&self) -> Result<(), StoreFault> {
        let check = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
        match told(self.connection.query_row("PRAGMA integrity_check(1)", [], check))? {
            fine if fine == "ok" => Ok(()),
            reason => Err(StoreFault::Damaged { reason }),
        }
    }
}
