//! Who may change what a journal runs on, by the rules that are in force in it.
//!
//! ```text
//!   adopt     other rules in force       whom `governance { adopt by }` names
//!   migrate   running cases to them      whom `migrate by` names, else the fallback body
//!   purge     a person before the time   whom `purge by` names, else the fallback body
//! ```
//!
//! The rules in force decide, never the ones that are to come: else whoever writes rules would give the right to do
//! so to themselves. Rules without `governance` stay in force; only in a scripted journal, where days are rehearsed and
//! nobody's case is at stake, may their fallback body adopt others.

use std::sync::Arc;

use ecow::EcoString;
use jiff::Timestamp;

use super::{Engine, Failure, Kept};
use crate::store::{Change, Entry, Journal, JournalClock, decode};
use linkage_case::CaseId;
use linkage_model::BodyId;

/// What somebody may do to a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalRight {
    /// Put other rules in force.
    Adopt,
    /// Move running cases to the rules in force.
    Migrate,
    /// Erase persons before their time has passed.
    Purge,
}

impl<J: Journal> Engine<J> {
    /// What the journal takes for the time; none in one that was made before journals said so.
    ///
    /// # Errors
    /// The journal can't be read.
    pub fn clock(&self) -> Result<Option<JournalClock>, Failure> {
        let Some(first) = self.journal.dossier(CaseId(0))?.into_iter().next() else { return Ok(None) };
        match decode(first.dossier, first.seq, &first.body)?.what {
            Change::Began { clock } => Ok(Some(clock)),
            Change::Events { .. } | Change::Kept { .. } | Change::Migrated { .. } | Change::Erased { .. } => {
                Ok(None)
            }
        }
    }

    /// Begins an empty journal: its clock, and the first rules in force.
    ///
    /// # Errors
    /// It is not empty; it can't be written.
    pub fn found(
        &mut self,
        clock: JournalClock,
        kept: Kept,
        text: &str,
        now: Timestamp,
    ) -> Result<Arc<Kept>, Failure> {
        self.begin()?;
        if self.head.seq > 0 {
            self.forget_all();
            return Err(Failure::NotEmpty);
        }
        let entry = Entry { at: now, by: None, what: Change::Began { clock } };
        let done = self.write_own(&entry).and_then(|()| self.write_rules(&kept, text, None, now));
        self.in_force(done, kept)
    }

    /// Puts other rules in force: from now on, cases are opened under them. Those that are in force already stay so.
    ///
    /// # Errors
    /// The rules in force do not give this body the right; they can't be read, or the new ones not be written.
    pub fn adopt(
        &mut self,
        kept: Kept,
        text: &str,
        by: &EcoString,
        now: Timestamp,
    ) -> Result<Arc<Kept>, Failure> {
        self.begin()?;
        if self.current.as_ref() == Some(&kept.hash) {
            self.forget_all();
            return Ok(self.library.add(kept));
        }
        let may = self.permit(JournalRight::Adopt, by, now);
        let done = may.and_then(|()| self.write_rules(&kept, text, Some(by), now));
        self.in_force(done, kept)
    }

    pub(super) fn in_force(&mut self, done: Result<(), Failure>, kept: Kept) -> Result<Arc<Kept>, Failure> {
        if let Err(failure) = done.and_then(|()| self.journal.commit().map_err(Failure::Store)) {
            self.forget_all();
            return Err(failure);
        }
        self.current = Some(kept.hash.clone());
        self.occasions.forget();
        Ok(self.library.add(kept))
    }

    /// Refuses a body that has no such right by the rules in force.
    ///
    /// # Errors
    /// It has none; no rules are in force, or they can't be read.
    pub fn permit(&mut self, right: JournalRight, by: &EcoString, now: Timestamp) -> Result<(), Failure> {
        let may = self.holders(right, now)?;
        if may.contains(by) {
            return Ok(());
        }
        Err(Failure::NoRight { right, by: by.clone(), may })
    }

    /// Who has a right by the rules in force on the day.
    ///
    /// # Errors
    /// No rules are in force, or they can't be read.
    pub fn holders(&mut self, right: JournalRight, now: Timestamp) -> Result<Vec<EcoString>, Failure> {
        let hash = self.current.clone().ok_or(Failure::NoRules)?;
        let kept = self.kept(&hash)?;
        let rules = kept.rules();
        let declared = kept.institution.governance.as_ref().map(|governance| match right {
            JournalRight::Adopt => &governance.adopt,
            JournalRight::Migrate => &governance.migrate,
            JournalRight::Purge => &governance.purge,
        });
        let default = match right {
            JournalRight::Adopt => declared.is_none() && self.clock()? != Some(JournalClock::Live),
            JournalRight::Migrate | JournalRight::Purge => declared.is_none_or(Vec::is_empty),
        };
        let mut named: Vec<BodyId> = declared.into_iter().flatten().map(|(body, _)| *body).collect();
        if default {
            named.extend(kept.institution.scope.fallback.map(|(body, _)| body));
        }
        let day = rules.day(now);
        let standing = named.into_iter().flat_map(|body| kept.institution.standing_in(body, day));
        Ok(standing.map(|body| rules.name(body)).collect())
    }
}
