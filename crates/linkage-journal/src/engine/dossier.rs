//! A dossier: a case with the cases that it called, folded from its records.

use ecow::EcoString;
use jiff::Timestamp;

use crate::store::{Change, Entry, Hash, Journal, Record, StoreFault, decode};
use linkage_case::{Case, CaseId, Cause, Event, Happening, World, apply_all};

/// A case with the cases that it called, and they called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dossier {
    /// The number of the case at its root.
    pub root: CaseId,
    /// How many records it has.
    pub rev: u64,
    /// The rules that it is under, by their hash.
    pub rules: EcoString,
    /// Its cases.
    pub world: World,
}

impl Dossier {
    /// A dossier that begins, under the rules of a hash.
    pub fn new(root: CaseId, rules: EcoString) -> Self {
        Self { root, rules, ..Self::default() }
    }

    /// Folds a dossier from its records.
    ///
    /// # Errors
    /// The store can't be read, or one of its records.
    pub fn load(journal: &dyn Journal, root: CaseId) -> Result<Self, StoreFault> {
        Self::of(root, &journal.dossier(root)?)
    }

    /// The same of its records.
    ///
    /// # Errors
    /// One of them can't be read.
    pub fn of(root: CaseId, records: &[Record]) -> Result<Self, StoreFault> {
        let mut dossier = Self { root, ..Self::default() };
        for record in records {
            let entry = decode(record.dossier, record.seq, &record.body)?;
            dossier.take(&entry, record.rev);
        }
        Ok(dossier)
    }

    /// Takes in one more record.
    pub fn take(&mut self, entry: &Entry, rev: u64) {
        self.rev = rev;
        match &entry.what {
            Change::Events { rules, events, .. } => {
                self.rules = rules.clone().unwrap_or_else(|| self.rules.clone());
                apply_all(&mut self.world, events);
            }
            Change::Migrated { to, .. } => self.rules = to.clone(),
            Change::Began { .. } | Change::Kept { .. } | Change::Erased { .. } => {}
        }
    }

    /// Whether one of its cases is open.
    pub fn is_open(&self) -> bool {
        self.world.cases().any(Case::is_open)
    }

    /// When something falls due in it.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.world.next_due()
    }
}

/// The dossier of each event, by the case at its root: that of the case that was there, of the case that called, or a new
/// one.
pub(super) fn homes(known: &World, root: CaseId, events: &[Event]) -> Vec<CaseId> {
    let mut opened: Vec<(CaseId, CaseId)> = Vec::new();
    let home = |opened: &[(CaseId, CaseId)], case: CaseId| {
        let new = opened.iter().find(|(own, _)| *own == case).map(|(_, home)| *home);
        new.or_else(|| known.case(case).map(|_| root)).unwrap_or(case)
    };
    let mut homes = Vec::with_capacity(events.len());
    for event in events {
        let own = match &event.what {
            Happening::Opened { because: Cause::Call { from, .. }, .. } => home(&opened, *from),
            _ => home(&opened, event.case),
        };
        if let Happening::Opened { .. } = event.what {
            opened.push((event.case, own));
        }
        homes.push(own);
    }
    homes
}

/// A hash of the state of cases: the same whenever, wherever and from which store it was folded.
pub fn state_hash<'c>(cases: impl IntoIterator<Item = &'c Case>) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for case in cases {
        let text = serde_json::to_vec(case).unwrap_or_default();
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(&text);
    }
    Hash(*hasher.finalize().as_bytes())
}
