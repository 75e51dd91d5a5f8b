//! The courses of all cases, out of a journal.

use std::collections::BTreeMap;

use ecow::EcoString;
use jiff::Timestamp;

use super::load::Following;
use super::{Course, Loads};
use crate::store::{Change, Journal, StoreFault, decode};
use linkage_case::CaseId;

/// So many records are read at once.
const CHUNK: usize = 1_000;

/// The cases of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Courses {
    /// In the order of their numbers.
    pub cases: Vec<Course>,
    /// When the last record of a case was written: what is late then counts until then. (What a late tick found happened
    /// earlier, each thing at its own instant.)
    pub until: Option<Timestamp>,
    /// What bodies and steps carried at once.
    pub loads: Loads,
}

/// Reads all cases of a journal; nothing is written.
///
/// # Errors
/// The store can't be read, or one of its records.
pub fn read(journal: &dyn Journal) -> Result<Courses, StoreFault> {
    let mut cases: BTreeMap<CaseId, Course> = BTreeMap::new();
    // Each dossier with the rules that it is under, and each case with its dossier.
    let mut rules: BTreeMap<CaseId, EcoString> = BTreeMap::new();
    let mut homes: BTreeMap<CaseId, CaseId> = BTreeMap::new();
    let (mut until, mut following) = (None, Following::default());
    let mut after = 0;
    loop {
        let records = journal.records(after, CHUNK)?;
        let Some(last) = records.last() else { break };
        after = last.seq;
        for record in &records {
            let entry = decode(record.dossier, record.seq, &record.body)?;
            match entry.what {
                Change::Events { rules: own, events, .. } => {
                    rules.extend(own.map(|own| (record.dossier, own)));
                    until = until.max(Some(entry.at));
                    for event in &events {
                        homes.insert(event.case, record.dossier);
                        following.take(event);
                        cases.entry(event.case).or_insert_with(|| Course::of(event.case)).take(event);
                    }
                }
                Change::Migrated { to, .. } => drop(rules.insert(record.dossier, to)),
                Change::Began { .. } | Change::Kept { .. } | Change::Erased { .. } => {}
            }
        }
    }
    let mut courses = Courses { cases: cases.into_values().collect(), until, loads: following.loads() };
    for course in &mut courses.cases {
        let home = homes.get(&course.case).unwrap_or(&course.case);
        course.rules = rules.get(home).cloned().unwrap_or_default();
        course.end(until.unwrap_or_default());
    }
    Ok(courses)
}
