//! An engine: a journal, the rules and dossiers at hand, and how far it has seen.

use std::collections::HashMap;
use std::sync::Arc;

use ecow::EcoString;

use super::occasions::Occasions;
use super::{Answer, Dossier, Failure, Kept, Library, Request};
use crate::store::{Change, Head, Journal, Record, StoreFault, decode};
use linkage_case::CaseId;

/// So many dossiers stay in memory: what moves them next, or a tick, need not fold them again. Some 50 MB.
const CACHED_UP_TO: usize = 16_384;

/// One writer of a journal.
pub struct Engine<J> {
    pub(super) journal: J,
    pub(super) library: Library,
    /// Dossiers as of `head`: if another process writes in between, they are dropped.
    pub(super) cache: HashMap<CaseId, Dossier>,
    pub(super) head: Head,
    /// The rules that were used last.
    pub(super) current: Option<EcoString>,
    /// Whether commands come in a stream.
    pub(super) streams: bool,
    /// What the calendar and counts begin next, as far as known.
    pub(super) occasions: Occasions,
}

/// What there is of a dossier.
pub(super) enum Found {
    /// Itself.
    AtHand(Dossier),
    /// Its records, and the case at its root.
    Read(CaseId, Vec<Record>),
}

impl Found {
    /// The case at its root.
    pub fn root(&self) -> CaseId {
        match self {
            Self::AtHand(dossier) => dossier.root,
            Self::Read(root, _) => *root,
        }
    }

    /// The dossier.
    pub fn dossier(self) -> Result<Dossier, StoreFault> {
        match self {
            Self::AtHand(dossier) => Ok(dossier),
            Self::Read(root, records) => Dossier::of(root, &records),
        }
    }
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
            cache: HashMap::new(),
            current: None,
            streams: false,
            occasions: Occasions::default(),
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
            self.occasions.forget();
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
        self.occasions.forget();
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

    /// Takes out the dossier that a case is in; none if there is no such case.
    pub(super) fn take_out(&mut self, case: CaseId) -> Result<Option<Dossier>, StoreFault> {
        self.find(case)?.map(Found::dossier).transpose()
    }

    /// The same, not folded yet.
    pub(super) fn find(&mut self, case: CaseId) -> Result<Option<Found>, StoreFault> {
        // Most cases are the root of their dossier.
        if let Some(found) = self.find_root(case)? {
            return Ok(Some(found));
        }
        match self.journal.case(case)? {
            Some(row) if row.dossier != case => self.find_root(row.dossier),
            _ => Ok(None),
        }
    }

    fn find_root(&mut self, root: CaseId) -> Result<Option<Found>, StoreFault> {
        if let Some(dossier) = self.cache.remove(&root) {
            return Ok(Some(Found::AtHand(dossier)));
        }
        // The journal's own records are about no case.
        let records = if root.0 == 0 { Vec::new() } else { self.journal.dossier(root)? };
        Ok((!records.is_empty()).then_some(Found::Read(root, records)))
    }

    pub(super) fn put_back(&mut self, dossier: Dossier) {
        // What is closed seldom moves again.
        if !dossier.is_open() {
            return;
        }
        if self.cache.len() >= CACHED_UP_TO {
            // What a stream opens beyond that is not asked for as fast as it comes.
            if self.streams {
                return;
            }
            // The older half goes: the least likely to move again.
            let mut cases: Vec<CaseId> = self.cache.keys().copied().collect();
            let (_, middle, _) = cases.select_nth_unstable(CACHED_UP_TO / 2);
            self.cache.retain(|case, _| case >= middle);
        }
        self.cache.insert(dossier.root, dossier);
    }
}
