//! A tick that is under way: how far it has come, and what is due next.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use jiff::Timestamp;

use super::{Engine, Request, Ticked};
use crate::store::Head;
use linkage_case::{CaseId, Command};

/// An instant, and the case in which something is due then.
pub(super) type Moment = (Timestamp, CaseId);

/// What is to be done with what has fired, when it is lasting.
pub(super) trait Told<J>: FnMut(&mut Engine<J>, Ticked) -> ControlFlow<()> {}

impl<J, T: FnMut(&mut Engine<J>, Ticked) -> ControlFlow<()>> Told<J> for T {}

/// What is due next, as far as it was looked up.
#[derive(Default)]
pub(super) struct Due {
    /// In order.
    pub next: std::vec::IntoIter<Moment>,
    /// The last that was looked at.
    pub last: Option<Moment>,
}

/// A tick that is under way.
pub(super) struct Firing {
    /// By when.
    pub now: Timestamp,
    /// About so many events share a transaction.
    pub enough: usize,
    /// What is asked, over and over.
    pub request: Request,
    /// Where the journal ended when the transaction began.
    pub began: Head,
    /// Dossiers that are being foreseen; whether something else has happened to them since.
    pub under_way: BTreeMap<CaseId, bool>,
    /// Cases that can't fire now.
    pub held: BTreeSet<CaseId>,
    /// What has fired since.
    pub ticked: Ticked,
    /// Whether no more is wanted, or there is none.
    pub stopped: bool,
}

impl Firing {
    /// Fires by an instant, about so many events a transaction; the first began there.
    pub fn new(now: Timestamp, enough: usize, began: Head) -> Self {
        Self {
            now,
            enough,
            request: Request::new(Command::tick(), now),
            began,
            under_way: BTreeMap::new(),
            held: BTreeSet::new(),
            ticked: Ticked::default(),
            stopped: false,
        }
    }

    /// Whether it is time to make lasting what has fired.
    pub fn is_enough(&self) -> bool {
        self.ticked.events.len() >= self.enough
    }

    /// Whether what is foreseen of a dossier still stands.
    pub fn is_fresh(&self, root: CaseId) -> bool {
        self.under_way.get(&root) == Some(&false)
    }
}
