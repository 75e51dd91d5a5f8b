//! The cases that one command changes, beside the world that stays as it is until the command is done.
//!
//! When something falls due next is read off a case once it is asked, not after each event: a command makes several.

use std::collections::BTreeSet;
use std::sync::Arc;

use ecow::EcoString;
use jiff::Timestamp;

use super::numbered::Numbered;
use super::state::{Case, World};
use super::{CaseId, Event, Happening};

/// The cases that a command changes, as they are after it: see [`World::take_in`].
#[derive(Debug, Default)]
pub struct WorldDraft {
    pub(super) cases: Numbered<DraftedCase>,
    /// How many cases were ever opened.
    pub(super) opened: u64,
    /// The latest instant at which anything happened.
    pub(super) latest: Option<Timestamp>,
    /// The key of the command that was answered.
    pub(super) key: Option<EcoString>,
    /// For each of its cases that waits for time and was read off, the instant at which something falls due. Most
    /// commands ask for none.
    agenda: Option<BTreeSet<(Timestamp, CaseId)>>,
    /// The case to which something happened since it was read off.
    unread: Option<CaseId>,
}

/// One of them.
#[derive(Debug)]
pub(super) struct DraftedCase {
    pub case: Arc<Case>,
    /// The instant of its last hop from node to node, and how many hops it made at that instant.
    hops: Option<(Timestamp, u32)>,
}

impl WorldDraft {
    /// Nothing of this world is changed yet.
    pub(super) fn of(base: &World) -> Self {
        Self { opened: base.opened, latest: base.latest, ..Self::default() }
    }

    /// The case of a number, if it is changed.
    pub(super) fn case(&self, id: CaseId) -> Option<&Case> {
        self.cases.get(id).map(|own| own.case.as_ref())
    }

    /// Something happens to a case. To one that was never opened nothing can.
    pub(super) fn apply(&mut self, base: &World, event: &Event) {
        let id = event.case;
        self.latest = self.latest.max(Some(event.at));
        if event.key.is_some() {
            self.key.clone_from(&event.key);
        }
        if let Happening::Opened { .. } = event.what {
            self.opened = self.opened.max(id.0);
            self.draw_up(Arc::new(Case::nothing(id)));
        }
        if self.unread != Some(id) {
            self.read_off();
        }
        if self.cases.get(id).is_none() {
            let Some(case) = base.shared(id) else { return };
            self.draw_up(Arc::clone(case));
        }
        if let Some(own) = self.cases.get_mut(id) {
            Arc::make_mut(&mut own.case).take(event);
            self.unread = Some(id);
        }
    }

    /// A case to which something happened hops to a node; how many hops it has made at this instant.
    pub(super) fn hop(&mut self, id: CaseId, now: Timestamp) -> u32 {
        let Some(own) = self.cases.get_mut(id) else { return 0 };
        let before = own.hops.filter(|(at, _)| *at == now).map_or(0, |(_, hops)| hops);
        own.hops = Some((now, before + 1));
        before + 1
    }

    /// Where something falls due first, here or in what the world holds besides.
    pub(super) fn next_due(&mut self, base: &World) -> Option<(Timestamp, CaseId)> {
        self.read_off();
        let untouched = base.first_due(|case| self.cases.get(case).is_none());
        let own = self.agenda.as_ref().and_then(BTreeSet::first).copied();
        own.into_iter().chain(untouched).min()
    }

    /// When nothing more happens.
    pub(super) fn finished(mut self) -> Self {
        if let Some(own) = self.unread.take().and_then(|id| self.cases.get_mut(id)) {
            let next = own.case.next_at();
            if own.case.next != next {
                Arc::make_mut(&mut own.case).next = next;
            }
        }
        self
    }

    fn draw_up(&mut self, case: Arc<Case>) {
        self.cases.insert(case.id, DraftedCase { case, hops: None });
    }

    fn read_off(&mut self) {
        let Some(id) = self.unread.take() else { return };
        let Some(own) = self.cases.get_mut(id).map(|own| Arc::make_mut(&mut own.case)) else { return };
        let next = own.next_at();
        let agenda = self.agenda.get_or_insert_default();
        if let Some(before) = std::mem::replace(&mut own.next, next) {
            agenda.remove(&(before, id));
        }
        agenda.extend(next.map(|at| (at, id)));
    }
}
