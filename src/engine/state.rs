//! An engine: a journal, the rules and dossiers at hand, and how far it has seen.

use std::collections::BTreeMap;
use std::sync::Arc;

use ecow::EcoString;

use super::{Answer, Dossier, Failure, Kept, Library, Request};
use crate::case::CaseId;
use crate::store::{Change, Head, Journal, StoreFault, decode};

/// So many dossiers stay in memory: no more than the processor has at hand.
const CACHED_UP_TO: usize = 1024;

/// One writer of a journal.
pub struct Engine<J> {
    pub(super) journal: J,
    pub(super) library: Library,
    /// Dossiers as of `head`: if another process writes in between, they are dropped.
    pub(super) cache: BTreeMap<CaseId, Dossier>,
    pub(super) head: Head,
    /// The rules that were used last.
    pub(super) current: Option<EcoString>,
}

impl<J: Journal> Engine<J> {
    /// An engine on a journal.
    ///
    /// # Errors
    /// The journal can't be read.
    pub fn new(journal: J) -> Result<Self, StoreFault> {
        let mut engine = Self {
            head: journal.head()?,
            journal,
            library: Library::default(),
            cache: BTreeMap::new(),
            current: None,
        };
        engine.current = engine.last_kept()?;
        Ok(engine)
    }

    /// The journal.
    pub fn journal(&self) -> &J {
        &self.journal
    }

    /// The journal itself again.
    pub fn into_journal(self) -> J {
        self.journal
    }

    /// The rules that new cases are opened under.
    pub fn current(&self) -> Option<&EcoString> {
        self.current.as_ref()
    }

    /// The rules of a hash.
    ///
    /// # Errors
    /// They are not kept, or can't be used.
    pub fn kept(&mut self, hash: &str) -> Result<Arc<Kept>, Failure> {
        self.library.get(&self.journal, hash).map_err(Failure::Rules)
    }

    /// What a command would lead to; nothing is done.
    ///
    /// # Errors
    /// As of the command itself.
    pub fn rehearse(&mut self, request: &Request) -> Result<Answer, Failure> {
        self.begin()?;
        let answer = self.one(request, None);
        self.forget_all();
        answer
    }

    /// The dossier that a case is in; none if there is no such case.
    ///
    /// # Errors
    /// The store can't be read.
    pub fn dossier(&mut self, case: CaseId) -> Result<Option<Dossier>, Failure> {
        let Some(row) = self.journal.case(case)? else { return Ok(None) };
        Ok(Some(Dossier::load(&self.journal, row.dossier)?))
    }

    /// Begins to write; drops what is known if others have written.
    pub(super) fn begin(&mut self) -> Result<(), Failure> {
        let head = self.journal.begin()?;
        if head != self.head {
            self.cache.clear();
            self.head = head;
            self.current = match self.last_kept() {
                Ok(current) => current,
                Err(fault) => {
                    self.journal.abort();
                    return Err(fault.into());
                }
            };
        }
        Ok(())
    }

    /// After something went wrong: nothing that was not committed is believed.
    pub(super) fn forget_all(&mut self) {
        self.journal.abort();
        self.cache.clear();
        // Asked again when the next command begins.
        self.head = Head { seq: u64::MAX, ..Head::EMPTY };
    }

    fn last_kept(&self) -> Result<Option<EcoString>, StoreFault> {
        for record in self.journal.dossier(CaseId(0))?.iter().rev() {
            let entry = decode(record.dossier, record.seq, &record.body)?;
            if let Change::Kept { hash, .. } = entry.what {
                return Ok(Some(hash));
            }
        }
        Ok(None)
    }

    pub(super) fn take_out(&mut self, root: CaseId) -> Result<Dossier, Failure> {
        match self.cache.remove(&root) {
            Some(dossier) => Ok(dossier),
            None if root.0 == 0 => Ok(Dossier::default()),
            None => Ok(Dossier::load(&self.journal, root)?),
        }
    }

    pub(super) fn put_back(&mut self, dossier: Dossier) {
        // What is closed seldom moves again.
        if !dossier.is_open() {
            return;
        }
        if self.cache.len() >= CACHED_UP_TO {
            // The oldest cases are the least likely to move again.
            self.cache.pop_first();
        }
        self.cache.insert(dossier.root, dossier);
    }
}
