//! The ledger of who owes whom what, across all cases.

use std::collections::BTreeMap;

use ecow::EcoString;
use jiff::Timestamp;
use serde::Serialize;

use super::{CaseId, Obligation, World};
use linkage_model::Content;

/// Where an obligation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Still to be done, in time.
    Open,
    /// Done, in time or late.
    Discharged,
    /// Not done in time, and still not.
    Breached,
}

impl Obligation {
    /// Where it stands.
    pub fn status(&self) -> Status {
        match (self.discharged, self.breached) {
            (Some(_), _) => Status::Discharged,
            (None, Some(_)) => Status::Breached,
            (None, None) => Status::Open,
        }
    }
}

/// One line of the ledger: one debtor and one creditor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The case from which it arose.
    pub case: CaseId,
    /// Which obligation of the case.
    pub number: u32,
    /// What the rules call it.
    pub name: EcoString,
    /// What is owed.
    pub content: Content,
    /// By whom.
    pub debtor: EcoString,
    /// To whom.
    pub creditor: EcoString,
    /// Since when.
    pub since: Timestamp,
    /// Until when; none is not said.
    pub due: Option<Timestamp>,
    /// Where it stands.
    pub status: Status,
}

/// What two bodies still owe each other; the first by name stands first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// One body.
    pub one: EcoString,
    /// The other.
    pub other: EcoString,
    /// How much the one owes the other and has not done.
    pub owes: u32,
    /// How much the other owes the one and has not done.
    pub is_owed: u32,
    /// How much between them was done.
    pub done: u32,
}

/// All that is or was owed, in the order of the cases.
pub fn ledger(world: &World) -> Vec<Entry> {
    let mut entries = Vec::new();
    for case in world.cases() {
        for owed in &case.obligations {
            let pairs =
                owed.debtors.iter().flat_map(|debtor| owed.creditors.iter().map(move |to| (debtor, to)));
            entries.extend(pairs.filter(|(debtor, creditor)| debtor != creditor).map(
                |(debtor, creditor)| Entry {
                    case: case.id,
                    number: owed.number,
                    name: owed.name.clone(),
                    content: owed.content,
                    debtor: debtor.clone(),
                    creditor: creditor.clone(),
                    since: owed.since,
                    due: owed.due.as_ref().map(|due| due.at),
                    status: owed.status(),
                },
            ));
        }
    }
    entries
}

/// What each pair of bodies owes each other.
pub fn balances(entries: &[Entry]) -> Vec<Balance> {
    let mut pairs: BTreeMap<(EcoString, EcoString), Balance> = BTreeMap::new();
    for entry in entries {
        let forward = entry.debtor < entry.creditor;
        let (one, other) =
            if forward { (&entry.debtor, &entry.creditor) } else { (&entry.creditor, &entry.debtor) };
        let new = || Balance { one: one.clone(), other: other.clone(), owes: 0, is_owed: 0, done: 0 };
        let balance = pairs.entry((one.clone(), other.clone())).or_insert_with(new);
        match (entry.status, forward) {
            (Status::Discharged, _) => balance.done += 1,
            (_, true) => balance.owes += 1,
            (_, false) => balance.is_owed += 1,
        }
    }
    pairs.into_values().collect()
}
