//! What a command leads to, made ready for the journal: after this, whoever writes only writes.

use ecow::EcoString;
use jiff::Timestamp;

use super::dossier::homes;
use super::keys::fingerprint;
use super::{Dossier, Kept, Request};
use crate::store::{Draft, Heading, Standing, StoreFault, Tiding, encode_events, tidings};
use linkage_case::{
    CaseId, Decision, Event, Few, Happening, Order, Refusal, World, WorldDraft, apply_all, decision,
};

/// What a command leads to: what happens, and what is written of it.
pub(super) struct LedTo {
    /// What happens, in order.
    pub events: Vec<Event>,
    /// To which dossier: of each event, the case at the root.
    pub homes: Vec<CaseId>,
    /// The number of the case that is opened last; 0 if none is.
    pub opened: u64,
    /// What each dossier gets.
    pub parts: Vec<Part>,
}

/// What one dossier gets of it.
pub(super) struct Part {
    /// The record.
    pub draft: Draft,
    /// The cases to which something happens.
    pub touched: Few<CaseId>,
    /// What is told to the outside.
    pub tidings: Vec<Tiding>,
    /// How its cases come to stand as they do then.
    pub change: Change,
}

/// How the cases of a dossier come to stand as they do then.
pub(super) enum Change {
    /// As was decided: nearly always one dossier has it all.
    After(WorldDraft),
    /// By its events.
    Events,
    /// They do already; how those stood and stand to which something happens.
    Made(Vec<Stands>),
}

/// How a case stood, and how it stands.
pub(super) type Stands = (Option<Standing>, Standing);

impl LedTo {
    /// Decides a command on a dossier at an instant, after so many cases were opened.
    ///
    /// # Errors
    /// A record can't hold what it leads to.
    pub fn by(
        kept: &Kept,
        dossier: &mut Dossier,
        request: &Request,
        at: Timestamp,
        opened: u64,
    ) -> Result<Result<Self, Refusal>, StoreFault> {
        dossier.world.count_from(opened);
        match decision(&kept.rules(), &dossier.world, &request.command, at) {
            Ok(decision) => Self::of(request, dossier, &kept.hash, decision).map(Ok),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// What a command on a dossier leads to under the rules of a hash, by what was decided.
    ///
    /// # Errors
    /// A record can't hold it.
    pub fn of(
        request: &Request,
        dossier: &Dossier,
        hash: &EcoString,
        decision: Decision,
    ) -> Result<Self, StoreFault> {
        let Decision { events, after } = decision;
        let homes = homes(&dossier.world, dossier.root, &events);
        let mut roots: Vec<CaseId> = Vec::with_capacity(1);
        for home in &homes {
            if !roots.contains(home) {
                roots.push(*home);
            }
        }
        let mut after = Some(after).filter(|_| roots.len() == 1);
        let (mut key, mut parts) = (request.command.key.clone(), Vec::with_capacity(roots.len()));
        for root in roots {
            let some = || events_of(root, &events, &homes);
            let rev = if root == dossier.root { dossier.rev + 1 } else { 1 };
            let (rules, key) = (Some(hash).filter(|_| rev == 1), key.take());
            let body = body(request, root, rules, key.is_some(), some())?;
            let mut touched = Few::new();
            touched.extend(some().map(|event| event.case));
            let tidings = tidings(some());
            let change = after.take().map_or(Change::Events, Change::After);
            parts.push(Part { draft: Draft { dossier: root, rev, key, body }, touched, tidings, change });
        }
        let opened = opened(&events).map(|case| case.0).max().unwrap_or_default();
        Ok(Self { events, homes, opened, parts })
    }

    /// Makes the cases of its dossier stand ahead as they will when this is written, if it is about no other.
    pub fn make(&mut self, dossier: &mut Dossier) {
        if let [Part { draft, touched, change, .. }] = self.parts.as_mut_slice()
            && draft.dossier == dossier.root
        {
            let after = std::mem::replace(change, Change::Events);
            let stands = after.apply(dossier.root, touched, (&self.events, &self.homes), &mut dossier.world);
            // Who writes needs their rows soon.
            let rows = |stands: Standing| Standing::from(stands.into_rows());
            let stands = stands.into_iter().map(|(before, now)| (before.map(rows), rows(now))).collect();
            *change = Change::Made(stands);
        }
    }

    /// Whether it was [made](Self::make): if it is not written, its dossier is to be read anew.
    pub fn is_made(&self) -> bool {
        self.parts.iter().any(|part| matches!(part.change, Change::Made(_)))
    }
}

impl Change {
    /// Makes the cases of a dossier stand as they do then, and tells how those that are touched stood and stand.
    pub fn apply(
        self,
        root: CaseId,
        touched: &[CaseId],
        (events, homes): (&[Event], &[CaseId]),
        world: &mut World,
    ) -> Vec<Stands> {
        if let Self::Made(stands) = self {
            return stands;
        }
        let before: Vec<_> = touched.iter().map(|case| Standing::of(root, world, *case)).collect();
        match self {
            Self::Made(_) => {}
            Self::After(after) => world.take_in(after),
            Self::Events => apply_all(world, events_of(root, events, homes)),
        }
        let stands = touched.iter().zip(before);
        stands.filter_map(|(case, before)| Some((before, Standing::of(root, world, *case)?))).collect()
    }
}

/// The events of one dossier.
fn events_of<'e>(root: CaseId, events: &'e [Event], homes: &'e [CaseId]) -> impl Iterator<Item = &'e Event> {
    events.iter().zip(homes).filter(move |(_, home)| **home == root).map(|(event, _)| event)
}

/// The text of a record: what a command led to in one dossier. `rules` are told in the first one; a record with a key
/// tells whose it is.
fn body<'e>(
    request: &Request,
    root: CaseId,
    rules: Option<&EcoString>,
    keyed: bool,
    events: impl Iterator<Item = &'e Event>,
) -> Result<String, StoreFault> {
    let by = (request.command.order != Order::Tick).then_some(&request.command.by);
    let command = keyed.then(|| fingerprint(request));
    let heading = Heading { at: whole(request.now), by, rules, command: command.as_ref() };
    encode_events(root, heading, events)
}

/// Instants are kept to the millisecond.
pub(super) fn whole(now: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

pub(super) fn opened(events: &[Event]) -> impl Iterator<Item = CaseId> {
    let opens = |event: &&Event| matches!(event.what, Happening::Opened { .. });
    events.iter().filter(opens).map(|event| event.case)
}
