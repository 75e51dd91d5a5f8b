//! What the journal keeps beside cases: rules, and for a time who reported.

use std::sync::Arc;

use ecow::EcoString;
use jiff::Timestamp;

use super::led_to::whole;
use super::{Engine, Failure, Kept};
use crate::store::{Change, Draft, Entry, Journal, encode};
use linkage_case::CaseId;

impl<J: Journal> Engine<J> {
    /// Keeps rules with the journal: from now on, cases are opened under them.
    ///
    /// # Errors
    /// They can't be understood, or not be written.
    pub fn keep(&mut self, text: &str, now: Timestamp) -> Result<Arc<Kept>, Failure> {
        self.keep_read(Kept::of_text(text).map_err(Failure::Rules)?, text, now)
    }

    /// Keeps rules whose text was read already: whoever needs their zone to say what time it is.
    ///
    /// # Errors
    /// They can't be written.
    pub fn keep_read(&mut self, kept: Kept, text: &str, now: Timestamp) -> Result<Arc<Kept>, Failure> {
        if self.current.as_ref() == Some(&kept.hash) {
            return Ok(self.library.add(kept));
        }
        self.begin()?;
        let done = self.write_rules(&kept, text, None, now);
        self.in_force(done, kept)
    }

    pub(super) fn write_rules(
        &mut self,
        kept: &Kept,
        text: &str,
        by: Option<&EcoString>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        self.journal.keep(&kept.hash, &kept.name, text)?;
        let what = Change::Kept { hash: kept.hash.clone(), name: kept.name.clone() };
        self.write_own(&Entry { at: now, by: by.cloned(), what })
    }

    /// Writes a record about the journal itself.
    pub(super) fn write_own(&mut self, entry: &Entry) -> Result<(), Failure> {
        let own = CaseId(0);
        let rev = self.journal.dossier(own)?.len() as u64 + 1;
        let draft = Draft { dossier: own, rev, key: None, body: encode(own, entry)? };
        self.head = self.journal.append(draft, self.head.opened)?;
        Ok(())
    }

    /// Knows rules that are not kept in the journal: to ask what would be under them.
    pub fn library_with(&mut self, kept: Kept) {
        self.library.add(kept);
    }

    /// Brings the lists up to the records, where the store lets them lag behind: for a moment of rest.
    ///
    /// # Errors
    /// The store can't be written; nothing is lost.
    pub fn level(&mut self) -> Result<(), Failure> {
        Ok(self.journal.level()?)
    }

    /// Erases who is behind these handles, or all whose time has passed by a day; whom. The chain says that
    /// they were erased, and stays whole.
    ///
    /// # Errors
    /// The store can't be read or written; then nobody was erased.
    pub fn purge(
        &mut self,
        handles: &[EcoString],
        today: jiff::civil::Date,
        by: Option<&EcoString>,
        now: Timestamp,
        dry: bool,
    ) -> Result<Vec<EcoString>, Failure> {
        let asked = |person: &crate::store::Person| {
            if handles.is_empty() { person.until < today } else { handles.contains(&person.handle) }
        };
        let persons = self.journal.persons()?;
        let gone: Vec<EcoString> = persons.into_iter().filter(asked).map(|person| person.handle).collect();
        if dry || gone.is_empty() {
            return Ok(gone);
        }
        self.begin()?;
        let entry = Entry { at: whole(now), by: by.cloned(), what: Change::Erased { handles: gone.clone() } };
        let erased = self.journal.forget(&gone).map_err(Failure::Store).and_then(|()| self.write_own(&entry));
        if let Err(failure) = erased.and_then(|()| self.journal.commit().map_err(Failure::Store)) {
            self.forget_all();
            return Err(failure);
        }
        self.journal.settle()?;
        Ok(gone)
    }
}
