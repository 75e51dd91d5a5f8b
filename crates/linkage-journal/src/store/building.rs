//! What follows from records that were written elsewhere, built up as they come.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::verify::events;
use super::{Journal, Standing, StoreFault, rows};
use linkage_case::{Case, CaseId, Event, World, apply};

/// So many dossiers are held in memory; of others that go on, the records are read again.
const HELD_UP_TO: usize = 4096;

/// Dossiers in the making.
#[derive(Default)]
pub(super) struct Building {
    worlds: BTreeMap<CaseId, World>,
    /// The cases that something happened to since they were indexed, with their dossier and how they stood then.
    touched: BTreeMap<CaseId, (CaseId, Option<Standing>)>,
}

impl Building {
    /// Takes in the events of a record that was written to the journal just now.
    pub(super) fn add(
        &mut self,
        journal: &dyn Journal,
        root: CaseId,
        rev: u64,
        new: &[Event],
    ) -> Result<(), StoreFault> {
        let world = match self.worlds.entry(root) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(place) => {
                let mut world = World::default();
                // Of a dossier that begins here nothing is there to be read.
                let earlier = if rev > 1 { journal.dossier(root)? } else { Vec::new() };
                for record in earlier.iter().filter(|record| record.rev < rev) {
                    events(record)?.iter().for_each(|event| apply(&mut world, event));
                }
                place.insert(world)
            }
        };
        for event in new {
            self.touched.entry(event.case).or_insert_with(|| {
                let known = world.case(event.case).filter(|_| !journal.at_hand(event.case));
                (root, known.map(|case| rows(root, case).into()))
            });
            apply(world, event);
        }
        Ok(())
    }

    /// Indexes all that something happened to.
    pub(super) fn index(&mut self, journal: &mut dyn Journal) -> Result<(), StoreFault> {
        for (case, (root, before)) in std::mem::take(&mut self.touched) {
            if let Some(now) = self.worlds.get(&root).and_then(|world| Standing::of(root, world, case)) {
                journal.index(before, now)?;
            }
        }
        // What is closed seldom goes on.
        self.worlds.retain(|_, world| world.cases().any(Case::is_open));
        while self.worlds.len() > HELD_UP_TO {
            self.worlds.pop_first();
        }
        Ok(())
    }
}
