//! For which bodies a name stands on a day, and where, for all names at once.

use jiff::civil::Date;

use super::super::succession::joined;
use super::super::{Bearer, BodyId, BodyKind, Holder, Institution};

/// The bodies behind each name on a day: heirs for old names, who fills a slot.
#[derive(Debug, Clone)]
pub(super) struct Names {
    behind: Vec<Vec<Bearer>>,
    bodies: Vec<Vec<BodyId>>,
}

impl Names {
    pub(super) fn new(institution: &Institution, day: Date) -> Self {
        let behind: Vec<Vec<Bearer>> =
            institution.bodies().map(|(id, _)| institution.bearers(id, day)).collect();
        let bodies = behind.iter().map(|all| all.iter().map(|bearer| bearer.body).collect()).collect();
        Self { behind, bodies }
    }

    /// The bodies for which a name stands somewhere.
    pub(super) fn of(&self, body: BodyId) -> &[BodyId] {
        &self.bodies[body.index()]
    }

    /// The bodies for which a name stands, with the places.
    pub(super) fn bearers(&self, body: BodyId) -> &[Bearer] {
        &self.behind[body.index()]
    }

    /// The bodies that are meant by these, each once and with the place, in the order of their ids. Where others
    /// took its place, a body is of no kind any more.
    pub(super) fn of_all(&self, institution: &Institution, holders: &[Holder]) -> Vec<Bearer> {
        let of_kind = |kind: BodyKind| {
            let there =
                institution.bodies().filter(move |(_, body)| !body.is_slot && body.kind == Some(kind));
            let own = there.flat_map(|(id, _)| self.bearers(id).iter().filter(move |own| own.body == id));
            own.cloned().collect::<Vec<_>>()
        };
        let all = holders.iter().flat_map(|holder| match holder {
            Holder::Body(body) => self.bearers(*body).to_vec(),
            Holder::Kind(kind) => of_kind(*kind),
        });
        each_once(all.collect())
    }
}

/// Each body once, with all its places.
pub(super) fn each_once(mut bearers: Vec<Bearer>) -> Vec<Bearer> {
    bearers.sort_by_key(|bearer| bearer.body);
    let mut once: Vec<Bearer> = Vec::with_capacity(bearers.len());
    for Bearer { body, region } in bearers {
        match once.last_mut().filter(|last| last.body == body) {
            Some(last) => last.region = joined(last.region.take(), region),
            None => once.push(Bearer { body, region }),
        }
    }
    once
}

/// The bodies of these, wherever the names stand for them.
pub(super) fn bodies(bearers: &[Bearer]) -> Vec<BodyId> {
    bearers.iter().map(|bearer| bearer.body).collect()
}

/// A body as one of these; none if it is not.
pub(super) fn bearer(bearers: &[Bearer], body: BodyId) -> Option<&Bearer> {
    bearers.binary_search_by_key(&body, |bearer| bearer.body).ok().map(|at| &bearers[at])
}
