//! How far dossiers are that are in the tail no more, as far as the store wrote or read them itself: then the tables
//! need not be asked.

use std::collections::HashMap;

use super::super::Head;
use linkage_case::CaseId;

/// So many are remembered at most.
const UP_TO: usize = 16_384;

/// The last `rev` of dossiers, as of where the journal ended.
#[derive(Default)]
pub(super) struct Revs {
    end: Option<Head>,
    of: HashMap<CaseId, u64>,
}

impl Revs {
    /// What is remembered holds where the journal ends so; if it ends elsewhere, others have written.
    pub fn begin(&mut self, end: Head) {
        if self.end != Some(end) {
            self.of.clear();
        }
        self.end = None;
    }

    /// From now on it holds where the journal ends so; otherwise nothing of it does.
    pub fn keep(&mut self, end: Head) {
        self.end = Some(end);
    }

    /// Takes over from a tail: which records there are of its dossiers, `rev` and `seq`.
    pub fn note_all<'t>(&mut self, places: impl Iterator<Item = (CaseId, &'t [(u64, u64)])>) {
        for (dossier, places) in places {
            if let Some((rev, _)) = places.last() {
                self.note(dossier, *rev);
            }
        }
    }

    pub fn note(&mut self, dossier: CaseId, rev: u64) {
        if self.of.len() >= UP_TO {
            self.of.clear();
        }
        self.of.insert(dossier, rev);
    }

    pub fn of(&self, dossier: CaseId) -> Option<u64> {
        self.of.get(&dossier).copied()
    }
}
