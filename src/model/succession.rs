//! For whom a name stands on a day: slots are filled, old bodies have heirs.

use jiff::civil::Date;

use super::{BodyId, Institution};

impl Institution {
    /// The bodies for which a name stands on a day: who fills a slot, who took an old body's place.
    /// None if a slot is not filled.
    pub fn standing_in(&self, body: BodyId, day: Date) -> Vec<BodyId> {
        let declared = &self[body];
        if declared.is_slot {
            let named = declared.filled_by.iter().filter(|filling| self[filling.law].in_force(day));
            return named.map(|filling| self.successor(filling.body, day)).collect();
        }
        vec![self.successor(body, day)]
    }

    /// The body that holds the place of another on a day; the body itself if nobody took its place.
    pub fn successor(&self, body: BodyId, day: Date) -> BodyId {
        let mut at = body;
        // Bounded by the number of bodies: circles are refused when names are resolved.
        for _ in 0..self.bodies.len() {
            let heirs = self[at].heirs.iter();
            let next = heirs.filter(|heir| self.took_place(**heir, at, day)).min();
            match next {
                Some(next) => at = *next,
                None => break,
            }
        }
        at
    }

    fn took_place(&self, heir: BodyId, old: BodyId, day: Date) -> bool {
        self[heir].succeeds.iter().any(|it| it.of == old && it.since.is_none_or(|since| since <= day))
    }
}
