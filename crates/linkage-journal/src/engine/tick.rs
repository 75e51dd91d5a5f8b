//! Time passes: what is due fires, each thing at its own instant, in the order of time and then of cases; then the cases
//! are opened that the calendar begins (`occasions.rs`).
//!
//! ```text
//!   due ──► dossiers ──► decided, on another core ──► in their turn: written ──► so many: commit, told
//!                                                          │
//!                                         due before then, and not foreseen: fires first
//! ```

use std::cell::RefCell;
use std::collections::btree_map::Entry;
use std::ops::ControlFlow;

use jiff::Timestamp;

use super::firing::{Due, Firing, Moment, Told};
use super::foresight::{A_PIECE, Foreseen};
use super::led_to::whole;
use super::state::Found;
use super::{Dossier, Engine, Failure};
use crate::store::{Journal, StoreFault};
use linkage_case::{CaseId, Event};
use linkage_parallel::ahead;

/// So many cases are looked up in one go. In tests so few that much is due in what is looked up later.
const CASES: usize = if cfg!(test) { 8 } else { 512 };
/// While a transaction is written, what comes next is decided.
const PIECES_AHEAD: usize = if cfg!(test) { 2 } else { 32 };

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
    /// Fires what is due by an instant, at most about so many events, in one transaction; if that is all, opens what the
    /// calendar begins, in another. Again at once, or by another process, nothing more happens.
    ///
    /// # Errors
    /// The store can't be read or written; then nothing fired.
    pub fn tick(&mut self, now: Timestamp, enough: usize) -> Result<Ticked, Failure> {
        let mut ticked = Ticked::default();
        self.ticks(now, enough, |_, first| {
            ticked = first;
            ControlFlow::Break(())
        })?;
        if !ticked.more {
            let begun = self.open_scheduled(now)?;
            ticked.events.extend(begun.events);
            ticked.fired += begun.fired;
        }
        Ok(ticked)
    }

    /// Fires all that is due by an instant, at most about so many events a transaction; hands over what fired when it is
    /// lasting, and goes on unless that is enough.
    ///
    /// # Errors
    /// The store can't be read or written; then nothing more fired than was handed over.
    pub fn ticks(
        &mut self,
        now: Timestamp,
        enough: usize,
        mut told: impl FnMut(&mut Self, Ticked) -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        let now = whole(now);
        let mut goes_on = true;
        let mut handed = |engine: &mut Self, ticked: Ticked| {
            let flow = told(engine, ticked);
            goes_on &= flow.is_continue();
            flow
        };
        // Who has nothing to do holds nobody up.
        if !self.journal.due(now, 1)?.is_empty() {
            self.begin()?;
            let mut firing = Firing::new(now, enough, self.head);
            if let Err(failure) = self.fire(&mut firing, &mut handed) {
                self.forget_all();
                return Err(failure);
            }
        }
        // As for any other command, what is due fires before.
        if goes_on {
            let begun = self.open_scheduled(now)?;
            if !begun.events.is_empty() {
                // Nothing follows: whether more is wanted is no question.
                let _ = told(self, begun);
            }
        }
        Ok(())
    }

    fn fire(&mut self, firing: &mut Firing, told: &mut impl Told<J>) -> Result<(), Failure> {
        while !firing.stopped {
            if self.due(firing, 1)?.is_empty() {
                return self.hand_over(firing, false, told);
            }
            self.fire_foreseen(firing, told)?;
        }
        Ok(())
    }

    /// Makes lasting what has fired and hands it over; then goes on, if there is more and it is wanted.
    fn hand_over(&mut self, firing: &mut Firing, more: bool, told: &mut impl Told<J>) -> Result<(), Failure> {
        if self.head == firing.began {
            self.journal.abort();
        } else {
            self.journal.commit()?;
        }
        let end = self.head;
        // The next will come to as many.
        let next = Ticked { events: Vec::with_capacity(firing.ticked.events.len()), ..Ticked::default() };
        let ticked = Ticked { more, ..std::mem::replace(&mut firing.ticked, next) };
        firing.stopped = told(self, ticked).is_break() || !more;
        if !firing.stopped {
            self.begin()?;
            firing.began = self.head;
        }
        if self.head != end {
            // Somebody has written in between: to which dossiers is not known here.
            firing.under_way.values_mut().for_each(|is_stale| *is_stale = true);
        }
        Ok(())
    }

    /// What is due first, apart from what is held up.
    fn due(&self, firing: &Firing, limit: usize) -> Result<Vec<Moment>, StoreFault> {
        let mut due = self.journal.due(firing.now, firing.held.len() + limit)?;
        due.retain(|(_, case)| !firing.held.contains(case));
        Ok(due)
    }

    /// Fires what is due, each dossier of it decided on another core before its turn comes.
    fn fire_foreseen(&mut self, firing: &mut Firing, told: &mut impl Told<J>) -> Result<(), Failure> {
        // Most dossiers are under the rules that were used last. If these can't be used, their firing tells.
        if let Some(hash) = self.current.clone() {
            drop(self.kept(&hash));
        }
        let (library, opened, request) = (self.library.clone(), self.head.opened, firing.request.clone());
        // Dossiers are read and fired on this thread alone, now one and now the other.
        let both = RefCell::new((self, firing));
        let mut due = Due::default();
        let next = || {
            let (engine, firing) = &mut *both.borrow_mut();
            engine.next_due(firing, &mut due)
        };
        let foresee = |(moment, found): (Moment, Found)| {
            let root = found.root();
            let foreseen = found.dossier().map(|mut dossier| {
                let kept = library.known(&dossier.rules);
                let foreseen = kept.map(|kept| {
                    Foreseen::of(kept, &mut dossier, &request, moment.0, opened).make(&mut dossier)
                });
                (dossier, foreseen)
            });
            (moment, root, foreseen)
        };
        ahead(A_PIECE, PIECES_AHEAD, next, foresee, |(moment, root, foreseen)| {
            let (engine, firing) = &mut *both.borrow_mut();
            let (dossier, foreseen) = foreseen?;
            engine.fire_in_turn(firing, moment, (root, dossier, foreseen), told)
        })
    }

    /// The next dossier in which something is due, and which is not under way.
    fn next_due(&mut self, firing: &mut Firing, due: &mut Due) -> Result<Option<(Moment, Found)>, Failure> {
        let mut asked = false;
        while !firing.stopped {
            let Some(moment) = due.next.next() else {
                if asked {
                    break;
                }
                asked = true;
                // What is due before has its turn before: foreseen, or as it comes.
                let (last, limit) = (due.last, firing.under_way.len() + CASES);
                let mut next = self.due(firing, limit)?;
                next.retain(|moment| last.is_none_or(|last| *moment > last));
                due.next = next.into_iter();
                continue;
            };
            due.last = Some(moment);
            let found = self.find(moment.1)?.unwrap_or(Found::Read(moment.1, Vec::new()));
            // What is due in the same dossier later is known when this has fired.
            if let Entry::Vacant(place) = firing.under_way.entry(found.root()) {
                place.insert(false);
                return Ok(Some((moment, found)));
            }
        }
        Ok(None)
    }

    /// Fires a dossier when all that is due before it has fired.
    fn fire_in_turn(
        &mut self,
        firing: &mut Firing,
        moment: Moment,
        (root, dossier, foreseen): (CaseId, Dossier, Option<Foreseen>),
        told: &mut impl Told<J>,
    ) -> Result<(), Failure> {
        while !firing.stopped {
            let Some(first) = self.due(firing, 1)?.first().copied().filter(|first| *first <= moment) else {
                // It is due no more.
                break;
            };
            if firing.is_enough() {
                self.hand_over(firing, true, told)?;
            } else if first == moment && firing.is_fresh(root) {
                firing.under_way.remove(&root);
                return self.fire_dossier(firing, moment, dossier, foreseen);
            } else {
                self.fire_one(firing, first)?;
            }
        }
        // It stands as it would if it had fired: whoever wants it reads it anew.
        firing.under_way.remove(&root);
        Ok(())
    }

    fn fire_one(&mut self, firing: &mut Firing, moment: Moment) -> Result<(), Failure> {
        let dossier = self.take_out(moment.1)?.unwrap_or_default();
        if let Some(is_stale) = firing.under_way.get_mut(&dossier.root) {
            *is_stale = true;
        }
        self.fire_dossier(firing, moment, dossier, None)
    }

    fn fire_dossier(
        &mut self,
        firing: &mut Firing,
        (at, case): Moment,
        mut dossier: Dossier,
        foreseen: Option<Foreseen>,
    ) -> Result<(), Failure> {
        let (request, ticked) = (&firing.request, &mut firing.ticked);
        let hash = dossier.rules.clone();
        let kept = match self.kept(&hash) {
            Ok(kept) => kept,
            Err(failure) => {
                ticked.held.push((case, failure));
                firing.held.insert(case);
                return Ok(());
            }
        };
        match self.led_to(&kept, &mut dossier, request, at, foreseen)?.ok() {
            Some(led_to) if !led_to.events.is_empty() => {
                ticked.events.extend(self.write(&mut dossier, &hash, led_to)?);
                ticked.fired += 1;
            }
            // What fires to no effect would fire for ever.
            _ => drop(firing.held.insert(case)),
        }
        self.put_back(dossier);
        Ok(())
    }
}
