//! Openings decided ahead, on another core, while those before them are written.
//!
//! A new case knows nothing of others but how many there are. So what an opening leads to can be found before its turn
//! comes, under the number that it will have if those before it open one case each. If they did not, it is decided again.

use std::sync::Arc;

use ecow::EcoString;

use super::dossier::apart;
use super::keys::fingerprint;
use super::writer::whole;
use super::{Engine, Kept, Request};
use crate::case::{CaseId, Decision, Order, Refusal, World, decision};
use crate::cores::ahead;
use crate::store::{Heading, Journal, encode_events};

/// Fewer openings are decided as they come.
const WORTH_IT: usize = 16;
/// So many are handed over at once.
const A_PIECE: usize = 16;

/// What an opening leads to if so many cases were opened before it.
pub(super) struct Foreseen {
    /// How many.
    pub opened: u64,
    /// What it leads to, with the text of its record if one record says it all.
    pub decided: Result<(Decision, Option<String>), Refusal>,
}

/// Commands with what is needed to foresee them.
pub(super) struct Foresight<'r> {
    requests: &'r [Request],
    kept: Arc<Kept>,
    hash: EcoString,
    /// Whether these rules are those that the journal used last.
    is_current: bool,
    opened: u64,
}

impl<J: Journal> Engine<J> {
    /// How these commands are foreseen, if they are worth it.
    pub(super) fn foresight<'r>(&mut self, requests: &'r [Request]) -> Option<Foresight<'r>> {
        let openings = requests.iter().filter(|request| matches!(request.command.order, Order::Open { .. }));
        if openings.clone().count() < WORTH_IT {
            return None;
        }
        // Nearly always all are opened under the same rules.
        let hash = openings.map(|request| &request.rules).next()?.clone().or_else(|| self.current.clone())?;
        let kept = self.kept(&hash).ok()?;
        let is_current = self.current.as_ref() == Some(&hash);
        Some(Foresight { requests, kept, hash, is_current, opened: self.head.opened })
    }
}

impl<'r> Foresight<'r> {
    /// Hands in each command in its order, with what it leads to as far as that is foreseen.
    pub(super) fn each<E>(
        self,
        mut take: impl FnMut(&'r Request, Option<Foreseen>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut opened = self.opened;
        let mut numbered = self.requests.iter().map(|request| {
            let number = self.foresees(request).then_some(opened);
            opened = opened.saturating_add(u64::from(number.is_some()));
            (request, number)
        });
        let piece = || {
            let piece: Vec<_> = numbered.by_ref().take(A_PIECE).collect();
            Ok(Some(piece).filter(|piece| !piece.is_empty()))
        };
        let foreseen = |piece: Vec<(&'r Request, Option<u64>)>| -> Vec<_> {
            let foreseen = |(request, number): (&'r Request, Option<u64>)| {
                (request, number.map(|opened| self.foresee(request, opened)))
            };
            piece.into_iter().map(foreseen).collect()
        };
        ahead(piece, foreseen, |piece: Vec<_>| {
            piece.into_iter().try_for_each(|(request, foreseen)| take(request, foreseen))
        })
    }

    /// Whether it opens a case under these rules.
    fn foresees(&self, request: &Request) -> bool {
        let under = request.rules.as_ref().map_or(self.is_current, |rules| *rules == self.hash);
        under && matches!(request.command.order, Order::Open { .. })
    }

    fn foresee(&self, request: &Request, opened: u64) -> Foreseen {
        let (mut world, now) = (World::default(), whole(request.now));
        world.count_from(opened);
        let decided = decision(&self.kept.rules(), &world, &request.command, now).map(|decision| {
            let text = match apart(&world, CaseId(0), &decision.events).as_slice() {
                [(root, events)] => {
                    let command = request.command.key.as_ref().map(|_| fingerprint(request));
                    let (by, rules) = (Some(&request.command.by), Some(&self.hash));
                    let heading = Heading { at: now, by, rules, command: command.as_ref() };
                    encode_events(*root, heading, events.iter().copied()).ok()
                }
                _ => None,
            };
            (decision, text)
        });
        Foreseen { opened, decided }
    }
}
