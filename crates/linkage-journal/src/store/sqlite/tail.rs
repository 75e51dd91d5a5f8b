//! The tail: what follows from the newest records and is not in the tables yet.
//!
//! ```text
//!   record   1  2  3  …  4711 │ 4712 … 4790     every commit writes these, and nothing else
//!                             │
//!   tables   ◄── follow ──────┘ └── tail ──►     cases, timers, work, debts, places of records: in memory
//! ```
//!
//! A commit that writes one tree of the file takes little longer than the sync of the disk; one that writes seven takes
//! twice as long. What follows from records can be made again at any time, so it is written many commits at once
//! (`level.rs`), and whoever finds records that the tables don't follow yet folds them
//! ([`Tail::of`]): after a crash, or beside a writer that is at work. Whatever is read is tables and tail together, and
//! nobody can tell which of both said it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::Timestamp;

use super::super::verify::events;
use super::super::{Record, Standing};
use super::instant::rounded_up;
use linkage_case::{CaseId, World, apply};

/// What follows from the newest records, and is not in the tables yet.
#[derive(Default)]
pub(super) struct Tail {
    /// The tables follow the records up to this one.
    pub upto: u64,
    /// The tail follows them up to this one.
    pub seq: u64,
    /// Which records there are of a dossier: `rev` and `seq`.
    places: BTreeMap<CaseId, Vec<(u64, u64)>>,
    cases: BTreeMap<CaseId, Lag>,
    /// When something falls due in its cases; made when somebody first asks.
    timers: Option<BTreeSet<(i64, CaseId)>>,
    ahead: Ahead,
    /// How to take back what the transaction that is open did.
    undo: Vec<Undo>,
    /// What can't be taken back: the tables were written within the transaction.
    pub written: bool,
}

/// A case whose rows are not as the tables say.
pub(super) struct Lag {
    /// How it stands by the tables.
    pub stored: Option<Standing>,
    /// How it stands by its records.
    pub now: Standing,
}

impl Lag {
    /// Whether its rows were made before.
    pub fn has_rows(&self) -> bool {
        let made = |standing: &Standing| matches!(standing, Standing::Rows(_));
        made(&self.now) && self.stored.as_ref().is_none_or(made)
    }
}

enum Undo {
    Place(CaseId),
    Case(CaseId, Option<Standing>),
}

/// What the tables say is due next, in their order, as far as somebody asked.
#[derive(Default)]
pub(super) struct Ahead {
    pub due: VecDeque<(i64, CaseId)>,
    /// The last that was read; none at the beginning.
    pub last: Option<(i64, CaseId)>,
    /// Whether there is no more.
    pub ended: bool,
}

impl Tail {
    /// What follows no journal: whoever looks folds it anew.
    pub fn unknown() -> Self {
        Self { seq: u64::MAX, ..Self::default() }
    }

    /// Folds what follows from `newest`, the records behind `upto`. `whole` tells all records of a dossier.
    pub fn of<E>(
        upto: u64,
        newest: &[Record],
        mut whole: impl FnMut(CaseId, &[(u64, u64)]) -> Result<Vec<Record>, E>,
    ) -> Result<Self, E> {
        let mut tail = Self { upto, seq: newest.last().map_or(upto, |record| record.seq), ..Self::default() };
        for record in newest {
            tail.places.entry(record.dossier).or_default().push((record.rev, record.seq));
        }
        let own = CaseId(0);
        for (root, places) in tail.places.clone().into_iter().filter(|(root, _)| *root != own) {
            let mut world = World::default();
            let mut stored: Option<BTreeMap<CaseId, Standing>> = None;
            let mut touched = BTreeSet::new();
            for record in whole(root, &places)? {
                if record.seq > upto && stored.is_none() {
                    stored = Some(standings(root, &world));
                }
                // What can't be read `verify` tells, and whoever wants to act on the case.
                for event in events(&record).unwrap_or_default() {
                    apply(&mut world, &event);
                    touched.extend(Some(event.case).filter(|_| record.seq > upto));
                }
            }
            let (mut stored, mut now) = (stored.unwrap_or_default(), standings(root, &world));
            for case in touched {
                if let Some(now) = now.remove(&case) {
                    tail.set(stored.remove(&case), now);
                }
            }
        }
        tail.undo.clear();
        Ok(tail)
    }

    /// Takes in the place of a record.
    pub fn place(&mut self, dossier: CaseId, rev: u64, seq: u64) {
        self.undo.push(Undo::Place(dossier));
        self.places.entry(dossier).or_default().push((rev, seq));
        self.seq = seq;
    }

    /// Takes in how a case stands; `stored` is how it stands by the tables, where it is new here.
    pub fn set(&mut self, stored: Option<Standing>, now: Standing) {
        let case = now.case();
        let (before, next) = (self.cases.get(&case).and_then(|lag| lag.now.timer()), now.timer());
        if let Some(timers) = self.timers.as_mut().filter(|_| before != next) {
            before.map(|at| timers.remove(&(rounded_up(at), case)));
            timers.extend(next.map(|at| (rounded_up(at), case)));
        }
        let old = match self.cases.get_mut(&case) {
            Some(lag) => Some(std::mem::replace(&mut lag.now, now)),
            None => {
                self.cases.insert(case, Lag { stored, now });
                None
            }
        };
        self.undo.push(Undo::Case(case, old));
    }

    /// What was done stays.
    pub fn keep(&mut self) {
        self.undo.clear();
        self.written = false;
    }

    /// Takes back what was done since [`keep`](Self::keep); whether that was possible.
    pub fn take_back(&mut self, seq: u64) -> bool {
        while let Some(undo) = self.undo.pop() {
            match undo {
                Undo::Place(dossier) => {
                    if let Some(places) = self.places.get_mut(&dossier) {
                        places.pop();
                    }
                }
                Undo::Case(case, old) => {
                    self.timers = None;
                    if let (Some(now), Some(lag)) = (old, self.cases.remove(&case)) {
                        self.cases.insert(case, Lag { now, ..lag });
                    }
                }
            }
        }
        self.seq = seq;
        !std::mem::take(&mut self.written)
    }

    /// What tables say is due is asked for anew: another may have mended them.
    pub fn look_anew(&mut self) {
        self.ahead = Ahead::default();
    }

    /// Empties the tail, and tells what was in it: from now on the tables follow the records up to `upto`.
    pub fn empty(&mut self, upto: u64) -> Self {
        let empty = Self { upto, seq: self.seq, written: true, ..Self::default() };
        std::mem::replace(self, empty)
    }

    /// How many records the tables lag behind.
    pub fn lag(&self) -> u64 {
        self.seq.saturating_sub(self.upto)
    }

    pub fn is_empty(&self) -> bool {
        self.cases.is_empty() && self.places.is_empty()
    }

    pub fn len(&self) -> usize {
        self.cases.len()
    }

    pub fn case(&self, case: CaseId) -> Option<&Lag> {
        self.cases.get(&case)
    }

    pub fn cases(&self) -> impl Iterator<Item = (CaseId, &Lag)> {
        self.cases.iter().map(|(case, lag)| (*case, lag))
    }

    pub fn into_lags(self) -> impl Iterator<Item = Lag> {
        self.cases.into_values()
    }

    pub fn cases_after(&self, after: CaseId) -> impl Iterator<Item = &Lag> {
        self.cases.range(CaseId(after.0.saturating_add(1))..).map(|(_, lag)| lag)
    }

    pub fn places(&self) -> impl Iterator<Item = (CaseId, &[(u64, u64)])> {
        self.places.iter().map(|(dossier, places)| (*dossier, places.as_slice()))
    }

    pub fn places_of(&self, dossier: CaseId) -> &[(u64, u64)] {
        self.places.get(&dossier).map_or(&[], Vec::as_slice)
    }

    /// What is due first up to an instant, from tables and tail; `more` reads on in the tables, behind the last.
    pub fn due<E>(
        &mut self,
        until: i64,
        limit: usize,
        mut more: impl FnMut(&mut Ahead) -> Result<(), E>,
    ) -> Result<Vec<(Timestamp, CaseId)>, E> {
        let mut found = Vec::new();
        let timers = self.timers.get_or_insert_with(|| {
            let timer = |(case, lag): (&CaseId, &Lag)| lag.now.timer().map(|at| (rounded_up(at), *case));
            self.cases.iter().filter_map(timer).collect()
        });
        let mut lagging = timers.iter().copied().peekable();
        let mut at = 0;
        while found.len() < limit {
            match self.ahead.due.get(at).copied() {
                None if !self.ahead.ended => {
                    more(&mut self.ahead)?;
                    continue;
                }
                // The tail knows better. What stands first is never asked for again.
                Some((_, case)) if self.cases.contains_key(&case) => {
                    if at == 0 {
                        self.ahead.due.pop_front();
                    } else {
                        at += 1;
                    }
                    continue;
                }
                Some(stored) if lagging.peek().is_none_or(|lagging| stored < *lagging) => {
                    at += 1;
                    found.push(stored);
                }
                _ => match lagging.next() {
                    Some(next) => found.push(next),
                    None => break,
                },
            }
            if found.last().is_some_and(|(at, _)| *at > until) {
                found.pop();
                break;
            }
        }
        let told = |(at, case)| (Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX), case);
        Ok(found.into_iter().map(told).collect())
    }
}

/// How the cases of a dossier stand.
fn standings(root: CaseId, world: &World) -> BTreeMap<CaseId, Standing> {
    world.cases().filter_map(|case| Some((case.id, Standing::of(root, world, case.id)?))).collect()
}
