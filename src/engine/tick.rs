//! Time passes: what is due fires, each thing at its own instant, in the order of time and then of cases.

use std::cell::RefCell;
use std::collections::BTreeSet;

use jiff::Timestamp;

use super::foresight::{A_PIECE, Foreseen, WORTH_IT};
use super::state::Found;
use super::writer::whole;
use super::{Dossier, Engine, Failure, Request};
use crate::case::{CaseId, Command, Event};
use crate::cores::ahead;
use crate::store::{Journal, StoreFault};

/// So many cases are looked up in one go.
const CASES: usize = 2048;
const PIECES_AHEAD: usize = 4;

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
        let request = Request::new(Command::tick(), now);
        let mut firing = Firing { now, enough, request, held: BTreeSet::new(), ticked: Ticked::default() };
        loop {
            let due = self.due(&firing, CASES)?;
            let Some(first) = due.first() else { return Ok(firing.ticked) };
            if firing.is_enough() {
                firing.ticked.more = true;
                return Ok(firing.ticked);
            }
            if due.len() < WORTH_IT {
                self.fire_one(&mut firing, *first)?;
            } else {
                self.fire_foreseen(&mut firing, due)?;
            }
        }
    }

    /// What is due first, apart from what is held up.
    fn due(&self, firing: &Firing, limit: usize) -> Result<Vec<Moment>, StoreFault> {
        let mut due = self.journal.due(firing.now, firing.held.len() + limit)?;
        due.retain(|(_, case)| !firing.held.contains(case));
        Ok(due)
    }

    /// Fires what is due, each dossier of it decided on another core before its turn comes.
    fn fire_foreseen(&mut self, firing: &mut Firing, due: Vec<Moment>) -> Result<(), Failure> {
        // Most dossiers are under the rules that were used last. If these can't be used, their firing tells.
        if let Some(hash) = self.current.clone() {
            drop(self.kept(&hash));
        }
        let (library, opened, request) = (self.library.clone(), self.head.opened, firing.request.clone());
        // Dossiers are read and fired on this thread alone, now one and now the other.
        let both = RefCell::new((self, firing));
        let (mut due, mut roots) = (due.into_iter(), BTreeSet::new());
        let next = || {
            let (engine, firing) = &mut *both.borrow_mut();
            for moment in due.by_ref().take_while(|_| !firing.is_enough()) {
                let found = engine.find(moment.1)?.unwrap_or(Found::Read(moment.1, Vec::new()));
                // What is due in the same dossier later is known when this has fired.
                if roots.insert(found.root()) {
                    return Ok(Some((moment, found)));
                }
            }
            Ok(None)
        };
        let foresee = |(moment, found): (Moment, Found)| {
            let foreseen = found.dossier().map(|mut dossier| {
                let kept = library.known(&dossier.rules);
                let foreseen = kept.map(|kept| Foreseen::of(kept, &mut dossier, &request, moment.0, opened));
                (dossier, foreseen)
            });
            (moment, foreseen)
        };
        ahead(A_PIECE, PIECES_AHEAD, next, foresee, |(moment, foreseen)| {
            let (dossier, foreseen) = foreseen?;
            let (engine, firing) = &mut *both.borrow_mut();
            engine.fire_in_turn(firing, moment, dossier, foreseen)
        })
    }

    /// Fires a dossier when all that is due before it has fired, unless that was enough.
    fn fire_in_turn(
        &mut self,
        firing: &mut Firing,
        moment: Moment,
        dossier: Dossier,
        foreseen: Option<Foreseen>,
    ) -> Result<(), Failure> {
        while !firing.is_enough() {
            match self.due(firing, 1)?.first() {
                Some(first) if *first == moment => {
                    return self.fire_dossier(firing, moment, dossier, foreseen);
                }
                Some(first) if *first < moment => self.fire_one(firing, *first)?,
                // It is due no more.
                _ => break,
            }
        }
        self.put_back(dossier);
        Ok(())
    }

    fn fire_one(&mut self, firing: &mut Firing, moment: Moment) -> Result<(), Failure> {
        let dossier = self.take_out(moment.1)?.unwrap_or_default();
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
        let led_to = match self.kept(&hash) {
            Ok(kept) => self.decided(&kept, &mut dossier, request, at, foreseen).ok(),
            Err(failure) => {
                ticked.held.push((case, failure));
                None
            }
        };
        match led_to {
            Some(led_to) if !led_to.decision.events.is_empty() => {
                ticked.events.extend(self.write(request, &mut dossier, &hash, led_to)?);
                ticked.fired += 1;
            }
            // What fires to no effect would fire for ever.
            _ => drop(firing.held.insert(case)),
        }
        self.put_back(dossier);
        Ok(())
    }
}

/// An instant, and the case in which something is due then.
type Moment = (Timestamp, CaseId);

/// A tick that is under way.
struct Firing {
    now: Timestamp,
    enough: usize,
    request: Request,
    /// Cases that can't fire now.
    held: BTreeSet<CaseId>,
    ticked: Ticked,
}

impl Firing {
    fn is_enough(&self) -> bool {
        self.ticked.events.len() >= self.enough
    }
}
