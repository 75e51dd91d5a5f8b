//! Time passes: what is due fires, each thing at its own instant, in the order of time and then of cases.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::writer::whole;
use super::{Engine, Failure, Request};
use crate::case::{CaseId, Command, Event, decision};
use crate::store::Journal;

/// What came of a tick.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ticked {
    /// What happened, in order.
    pub events: Vec<Event>,
    /// How many cases fired.
    pub fired: u64,
    /// Whether more is due: the tick was cut off at `enough`.
    pub more: bool,
    /// Cases whose timers could not fire: their rules can't be used.
    pub held: Vec<(CaseId, Failure)>,
}

impl<J: Journal> Engine<J> {
    /// Fires what is due by an instant, at most about so many events, in one transaction. Again at once, or
    /// by another process, nothing more happens.
    ///
    /// # Errors
    /// The store can't be read or written; then nothing fired.
    pub fn tick(&mut self, now: Timestamp, enough: usize) -> Result<Ticked, Failure> {
        // Who has nothing to do holds nobody up.
        if self.journal.due(whole(now), 1)?.is_empty() {
            return Ok(Ticked::default());
        }
        self.begin()?;
        let before = self.head;
        let ticked = self.fire(whole(now), enough);
        match ticked {
            Ok(ticked) if self.head == before => {
                self.journal.abort();
                Ok(ticked)
            }
            Ok(ticked) => {
                if let Err(fault) = self.journal.commit() {
                    self.forget_all();
                    return Err(fault.into());
                }
                Ok(ticked)
            }
            Err(failure) => {
                self.forget_all();
                Err(failure)
            }
        }
    }

    fn fire(&mut self, now: Timestamp, enough: usize) -> Result<Ticked, Failure> {
        let mut ticked = Ticked::default();
        let mut held: BTreeSet<CaseId> = BTreeSet::new();
        let request = Request::new(Command::tick(), now);
        loop {
            let due = self.journal.due(now, held.len() + 1)?;
            let Some((at, case)) = due.into_iter().find(|(_, case)| !held.contains(case)) else { break };
            if ticked.events.len() >= enough {
                ticked.more = true;
                break;
            }
            let root = if self.cache.contains_key(&case) {
                case
            } else {
                self.journal.case(case)?.map_or(case, |row| row.dossier)
            };
            let mut dossier = self.take_out(root)?;
            let hash = dossier.rules.clone();
            let decided = match self.kept(&hash) {
                Ok(kept) => {
                    dossier.world.count_from(self.head.opened);
                    decision(&kept.rules(), &dossier.world, &Command::tick(), at).ok()
                }
                Err(failure) => {
                    ticked.held.push((case, failure));
                    None
                }
            };
            match decided {
                Some(decided) if !decided.events.is_empty() => {
                    let events = self.write(&request, &mut dossier, &hash, decided, None)?;
                    ticked.fired += 1;
                    ticked.events.extend(events);
                }
                // What fires to no effect would fire for ever.
                _ => drop(held.insert(case)),
            }
            self.put_back(dossier);
        }
        Ok(ticked)
    }
}
