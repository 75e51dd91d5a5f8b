//! What commands lead to, decided ahead on another core while those before them are written.
//!
//! Of all other cases a decision knows only how many there are. So what a command leads to can be found before its turn
//! comes, if nothing else happens to its dossier until then; where it opens a case, under the number that this will have
//! if those before it open as many as they should. If they did not, it is decided again.

use std::sync::Arc;

use ecow::EcoString;
use jiff::Timestamp;

use super::dossier::apart;
use super::writer::{LedTo, body, opened, whole};
use super::{Dossier, Engine, Kept, Request};
use crate::case::{Order, Refusal, decision};
use crate::cores::ahead;
use crate::store::Journal;

/// Fewer are decided as they come.
pub(super) const WORTH_IT: usize = 16;
/// So many are handed over at once.
pub(super) const A_PIECE: usize = 16;

/// What a command leads to if so many cases were opened before it.
pub(super) struct Foreseen {
    opened: u64,
    led_to: Result<LedTo, Refusal>,
}

impl Foreseen {
    /// Decides a command on a dossier at an instant.
    pub fn of(kept: &Kept, dossier: &mut Dossier, request: &Request, at: Timestamp, opened: u64) -> Self {
        dossier.world.count_from(opened);
        let led_to = decision(&kept.rules(), &dossier.world, &request.command, at).map(|decision| {
            let text = match apart(&dossier.world, dossier.root, &decision.events).as_slice() {
                [(root, events)] => {
                    let rules = Some(&kept.hash).filter(|_| *root != dossier.root || dossier.rev == 0);
                    body(request, *root, rules, request.command.key.is_some(), events).ok()
                }
                _ => None,
            };
            LedTo { decision, text }
        });
        Self { opened, led_to }
    }

    /// What it leads to after so many cases were opened, if that is what was foreseen.
    pub fn after(self, so_many: u64) -> Option<Result<LedTo, Refusal>> {
        let opens = |led_to: &LedTo| opened(&led_to.decision.events).next().is_some();
        let stands = self.opened == so_many || !self.led_to.as_ref().is_ok_and(opens);
        stands.then_some(self.led_to)
    }
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
        Foreseen::of(&self.kept, &mut Dossier::default(), request, whole(request.now), opened)
    }
}
