//! What can go wrong with a store: facts; sentences are made in `report`.

use linkage_case::CaseId;

/// Why a journal could not be read or written. Whatever it is, nothing was half-written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the fields are what the names say")]
pub enum StoreFault {
    /// There is no such file.
    #[error("there is no journal {path}")]
    NotThere { path: String },
    /// The file can't be opened.
    #[error("{path} can't be opened: {reason}")]
    Unopened { path: String, reason: String },
    /// The file is something else.
    #[error("{path} is no journal of Linkage")]
    NoJournal { path: String },
    /// The journal was written by a later version of the program.
    #[error("the journal has version {found}, this program knows {known}")]
    Newer { found: u32, known: u32 },
    /// Others write, and went on longer than was waited.
    #[error("the journal is locked")]
    Locked,
    /// It may only be read.
    #[error("the journal can't be written")]
    ReadOnly,
    /// The disk has no room left.
    #[error("the disk is full")]
    Full,
    /// The system could not write: a quota, a limit, a disk that fails.
    #[error("the disk could not be written: {reason}")]
    Unwritten { reason: String },
    /// It is damaged where it says what is in it: nothing of it can be read.
    #[error("{path} is damaged and can't be opened: {reason}")]
    Ruined { path: String, reason: String },
    /// What is on the disk is damaged.
    #[error("the journal is damaged: {reason}")]
    Damaged { reason: String },
    /// The end mark behind the last record is gone: perhaps records were cut off.
    #[error("the journal was cut off behind record {at}")]
    Cut { at: u64 },
    /// A record can't be read.
    #[error("record {seq} can't be read: {reason}")]
    Unreadable { seq: u64, reason: String },
    /// Another writer has written to the dossier since it was read.
    #[error("dossier {dossier} has moved on: it is at {found}, not at {expected}")]
    Moved { dossier: CaseId, expected: u64, found: u64 },
    /// The key was used by another record.
    #[error("the key {key} was used before")]
    KeyUsed { key: String },
    /// The same rung would be told twice through the same channel.
    #[error("{case} {rung} was told to {channel} before")]
    ToldTwice { case: CaseId, rung: String, channel: String },
    /// Something else that the system says.
    #[error("{reason}")]
    Other { reason: String },
}
