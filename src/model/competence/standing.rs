//! For which bodies a name stands on a day, for all names at once.

use jiff::civil::Date;

use super::super::{BodyId, BodyKind, Holder, Institution};

/// The bodies behind each name on a day: successors for old names, who fills a slot.
#[derive(Debug, Clone)]
pub(super) struct Names {
    /// For each body who has its place.
    now: Vec<BodyId>,
    behind: Vec<Vec<BodyId>>,
}

impl Names {
    pub(super) fn new(institution: &Institution, day: Date) -> Self {
        let mut next: Vec<Option<BodyId>> = vec![None; institution.bodies.len()];
        for (id, body) in institution.bodies() {
            let taken = body.succeeds.iter().filter(|old| old.since.is_none_or(|since| since <= day));
            for old in taken {
                next[old.of.index()].get_or_insert(id);
            }
        }
        let last = |body: BodyId| {
            let mut at = body;
            // Bounded: circles are refused when names are resolved.
            for _ in 0..next.len() {
                match next[at.index()] {
                    Some(heir) => at = heir,
                    None => break,
                }
            }
            at
        };
        let now: Vec<BodyId> = institution.bodies().map(|(id, _)| last(id)).collect();
        let behind = institution.bodies().map(|(id, body)| {
            if !body.is_slot {
                return vec![now[id.index()]];
            }
            let acts = body.filled_by.iter().filter(|filling| institution[filling.law].in_force(day));
            acts.map(|filling| now[filling.body.index()]).collect()
        });
        let behind = behind.collect();
        Self { now, behind }
    }

    /// The bodies for which a name stands.
    pub(super) fn of(&self, body: BodyId) -> &[BodyId] {
        &self.behind[body.index()]
    }

    /// The bodies that are meant by these, each once. A body whose place another took is of no kind any more.
    pub(super) fn of_all(&self, institution: &Institution, holders: &[Holder]) -> Vec<BodyId> {
        let of_kind = |kind: BodyKind| {
            let there = institution.bodies().filter(move |(id, body)| {
                !body.is_slot && body.kind == Some(kind) && self.now[id.index()] == *id
            });
            there.map(|(id, _)| id).collect::<Vec<_>>()
        };
        let mut bodies: Vec<BodyId> = holders
            .iter()
            .flat_map(|holder| match holder {
                Holder::Body(body) => self.of(*body).to_vec(),
                Holder::Kind(kind) => of_kind(*kind),
            })
            .collect();
        bodies.sort_unstable();
        bodies.dedup();
        bodies
    }
}
