//! What a store must be able to do.

use ecow::EcoString;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CaseRow, Draft, Head, Owed, Record, Rows, Standing, StoreFault, Tiding, Work};
use linkage_case::CaseId;

/// A journal. Between [`begin`](Journal::begin) and [`commit`](Journal::commit) nobody else writes; what is
/// not committed never was. Reading sees what was written in the same transaction.
pub trait Journal: Send {
    /// Begins to write, and tells where the journal ends.
    ///
    /// # Errors
    /// Others write and don't stop; the file can't be written.
    fn begin(&mut self) -> Result<Head, StoreFault>;

    /// Makes lasting all that was written since [`begin`](Journal::begin).
    ///
    /// # Errors
    /// It could not be made lasting; then none of it was written.
    fn commit(&mut self) -> Result<(), StoreFault>;

    /// Takes back all that was written since [`begin`](Journal::begin).
    fn abort(&mut self);

    /// Writes a record at the end, and tells the new end. `opened` is the number of the case opened last.
    ///
    /// # Errors
    /// The dossier has moved on, the key was used, or the store can't write.
    fn append(&mut self, draft: Draft, opened: u64) -> Result<Head, StoreFault>;

    /// Whether the store knows the rows of a case by heart: then nobody need tell it what they were.
    fn at_hand(&self, case: CaseId) -> bool;

    /// Replaces the rows of a case. `before` is how it stood, unless that is [at hand](Journal::at_hand).
    ///
    /// # Errors
    /// The store can't write.
    fn index(&mut self, before: Option<Standing>, after: Standing) -> Result<(), StoreFault>;

    /// Notes what a record tells to the outside.
    ///
    /// # Errors
    /// One of them was told before; the store can't write.
    fn tell(&mut self, seq: u64, tidings: &[Tiding]) -> Result<(), StoreFault>;

    /// Keeps the text of rules by its hash, in place of what else may stand there.
    ///
    /// # Errors
    /// The store can't write.
    fn keep(&mut self, hash: &str, name: &str, text: &str) -> Result<(), StoreFault>;

    /// Keeps who a person is under a handle.
    ///
    /// # Errors
    /// The store can't write.
    fn know(&mut self, person: &Person) -> Result<(), StoreFault>;

    /// Erases who these persons are.
    ///
    /// # Errors
    /// The store can't write.
    fn forget(&mut self, handles: &[EcoString]) -> Result<(), StoreFault>;

    /// Marks tidings as sent, up to and with those of a record.
    ///
    /// # Errors
    /// The store can't write.
    fn sent(&mut self, upto: u64) -> Result<u64, StoreFault>;

    /// Drops all rows that follow from records, so that they can be made again.
    ///
    /// # Errors
    /// The store can't write.
    fn clear_rows(&mut self) -> Result<(), StoreFault>;

    /// Brings what follows from the records up to them, where the store lets it lag behind. If this never comes,
    /// nothing is lost, and whoever reads next does the work.
    ///
    /// # Errors
    /// The store can't write.
    fn level(&mut self) -> Result<(), StoreFault> {
        Ok(())
    }

    /// Leaves nothing of what was erased in files beside the journal, as far as nobody reads them.
    ///
    /// # Errors
    /// The store can't write.
    fn settle(&mut self) -> Result<(), StoreFault> {
        Ok(())
    }

    /// Until [`release`](Journal::release), what is read is as it stands now, whatever others write.
    ///
    /// # Errors
    /// The store can't be read.
    fn hold(&self) -> Result<(), StoreFault> {
        Ok(())
    }

    /// Reads again what others have written.
    fn release(&self) {}

    /// Where the journal ends.
    ///
    /// # Errors
    /// The store can't be read; so below.
    fn head(&self) -> Result<Head, StoreFault>;

    /// The records behind one, at most so many.
    fn records(&self, after: u64, limit: usize) -> Result<Vec<Record>, StoreFault>;

    /// All records of a dossier.
    fn dossier(&self, root: CaseId) -> Result<Vec<Record>, StoreFault>;

    /// The record of a key.
    fn record_of_key(&self, key: &str) -> Result<Option<Record>, StoreFault>;

    /// A case in the list.
    fn case(&self, case: CaseId) -> Result<Option<CaseRow>, StoreFault>;

    /// The cases behind one, at most so many.
    fn cases(&self, after: CaseId, limit: usize) -> Result<Vec<CaseRow>, StoreFault>;

    /// What is due first, up to an instant: in the order of time, then of cases.
    fn due(&self, until: Timestamp, limit: usize) -> Result<Vec<(Timestamp, CaseId)>, StoreFault>;

    /// What waits for a body (or for all), by what is due first, at most so much.
    fn work(&self, body: Option<&str>, limit: usize) -> Result<Vec<Work>, StoreFault>;

    /// All that is or was owed, in the order of cases.
    fn owed(&self) -> Result<Vec<Owed>, StoreFault>;

    /// What is to be told and was not sent yet, with the record that tells it.
    fn outbox(&self, limit: usize) -> Result<Vec<(u64, Tiding)>, StoreFault>;

    /// The text of rules by its hash.
    fn rules(&self, hash: &str) -> Result<Option<String>, StoreFault>;

    /// The hashes and names of all rules that are kept.
    fn all_rules(&self) -> Result<Vec<(EcoString, EcoString)>, StoreFault>;

    /// Who is behind a handle, unless erased.
    fn person(&self, handle: &str) -> Result<Option<Person>, StoreFault>;

    /// Everybody who is known.
    fn persons(&self) -> Result<Vec<Person>, StoreFault>;

    /// Whether these rows of a case are kept.
    fn holds(&self, rows: &Rows) -> Result<bool, StoreFault>;

    /// How many rows are kept of cases, timers, work, debts and places of records.
    fn counts(&self) -> Result<[u64; 5], StoreFault>;

    /// Looks at all that lies on the disk, whether or not it is ever asked for.
    ///
    /// # Errors
    /// Some of it is damaged.
    fn sound(&self) -> Result<(), StoreFault> {
        Ok(())
    }
}

/// Who is behind a handle: stands apart from the journal, until a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The handle by which cases refer to them: drawn at random, says nothing.
    pub handle: EcoString,
    /// How to reach them, as they said.
    pub contact: EcoString,
    /// After this day it is to be erased.
    pub until: jiff::civil::Date,
}
