//! A record of the journal, before and after it has its place in the chain.

use ecow::EcoString;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Hash;
use linkage_case::{CaseId, Event};

/// What one record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it was written, on the clock of the writer.
    pub at: Timestamp,
    /// Who acted; none if time did.
    pub by: Option<EcoString>,
    /// What changed.
    pub what: Change,
}

/// What a journal takes for the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JournalClock {
    /// Only the clock: what it records happened then.
    Live,
    /// Any time that a command states: for days that are rehearsed.
    Scripted,
}

/// What a record changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Something happened to the cases of a dossier.
    Events {
        /// The rules under which the dossier is opened, by their hash; only in its first record.
        rules: Option<EcoString>,
        /// A fingerprint of the command, where it had a key.
        command: Option<EcoString>,
        /// What happened.
        events: Vec<Event>,
    },
    /// The journal begins: its first record.
    Began {
        /// What it takes for the time.
        clock: JournalClock,
    },
    /// Rules are in force from now on: cases are opened under them.
    Kept {
        /// The hash of their text.
        hash: EcoString,
        /// The name of the package.
        name: EcoString,
    },
    /// The dossier goes on under other rules.
    Migrated {
        /// The rules that it was under.
        from: EcoString,
        /// The rules that it is under from now on.
        to: EcoString,
    },
    /// Who these persons are was erased.
    Erased {
        /// Their handles.
        handles: Vec<EcoString>,
    },
}

/// A record that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The dossier: the number of the case at its root; `C0` is the journal itself.
    pub dossier: CaseId,
    /// Which record of the dossier, counted from 1.
    pub rev: u64,
    /// The key of the command, if it has one: unique in the journal.
    pub key: Option<EcoString>,
    /// What it says, as text.
    pub body: String,
}

/// A record with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Which record of the journal, counted from 1.
    pub seq: u64,
    /// The dossier that it is about.
    #[serde(with = "number")]
    pub dossier: CaseId,
    /// Which record of the dossier, counted from 1.
    pub rev: u64,
    /// The key of the command, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<EcoString>,
    /// What it says, as text.
    pub body: String,
    /// The hash of the record and of all before it.
    pub hash: Hash,
}

/// Where the journal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The last record; 0 in an empty journal.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
    /// The number of the case that was opened last.
    pub opened: u64,
}

impl Head {
    /// The head of an empty journal.
    pub const EMPTY: Self = Self { seq: 0, hash: Hash::ZERO, opened: 0 };
}

/// A dossier as a number, for the journal itself is number 0 and no case.
mod number {
    use serde::{Deserialize, Deserializer, Serializer};

    use linkage_case::CaseId;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "so serde asks")]
    pub fn serialize<S: Serializer>(dossier: &CaseId, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(dossier.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CaseId, D::Error> {
        u64::deserialize(deserializer).map(CaseId)
    }
}
