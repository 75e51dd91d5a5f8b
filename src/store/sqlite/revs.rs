//! How far dossiers are, as far as the store wrote or read them itself: then the tables need not be asked.

use std::collections::HashMap;

use super::super::Head;
use crate::case::CaseId;

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
