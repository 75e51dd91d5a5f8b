//! Which bodies serve a place: of those that are asked about, the ones with the smallest area around it.
//!
//! ```text
//!   town ── east ── e1      a serves town, b and c serve east, d serves e1:
//!        │       └─ e2          e1: d     e2: b and c, each as near as the other     west: a
//!        └─ west
//! ```

use super::{BodyId, BodyKind, Hierarchy, Institution};
use jiff::civil::Date;
use linkage_regions::Side;

impl Institution {
    /// The areas that a body serves; without any it serves everywhere.
    pub fn served(&self, body: BodyId) -> Side {
        let (areas, serves) = (&self.areas.tree, &self[body].serves);
        if serves.is_empty() {
            return Side::interval(0, areas.leaves());
        }
        serves.iter().fold(Side::empty(), |side, node| side.union(&areas.side(*node)))
    }

    /// Areas parted by which of the candidates serve them; where areas of one size hold a place, all whose they are
    /// do: their order decides nothing. Of none where nobody serves a part.
    pub fn serving(&self, candidates: &[BodyId], areas: &Side) -> Vec<(Vec<BodyId>, Side)> {
        let mut sized: Vec<(u32, BodyId)> =
            candidates.iter().map(|body| (self.served(*body).len(), *body)).collect();
        sized.sort_unstable();
        sized.dedup();
        let mut left = areas.clone();
        let mut parts: Vec<(Vec<BodyId>, Side)> = Vec::new();
        for group in sized.chunk_by(|(one, _), (other, _)| one == other) {
            let mut cells: Vec<(Vec<BodyId>, Side)> = vec![(Vec::new(), left.clone())];
            for (_, body) in group {
                let own = self.served(*body);
                let split = cells.into_iter().flat_map(|(bodies, side)| {
                    let with = bodies.iter().copied().chain([*body]).collect();
                    [(with, side.intersect(&own)), (bodies, side.minus(&own))]
                });
                cells = split.filter(|(_, side)| !side.is_empty()).collect();
            }
            for (bodies, side) in cells {
                if !bodies.is_empty() {
                    left = left.minus(&side);
                    parts.push((bodies, side));
                }
            }
        }
        if !left.is_empty() {
            parts.push((Vec::new(), left));
        }
        parts
    }

    /// The bodies of a kind that are there on a day: no slots, and none whose place others took.
    pub fn of_kind(&self, kind: BodyKind, day: Date) -> Vec<BodyId> {
        let bodies = self.bodies().filter(|(_, body)| !body.is_slot && body.kind == Some(kind));
        bodies.map(|(body, _)| body).filter(|body| self.is_there(*body, day)).collect()
    }

    /// A body with those of its kind below it that are there on a day.
    pub fn with_branches(&self, body: BodyId, hierarchy: &Hierarchy, day: Date) -> Vec<BodyId> {
        let kind = self[body].kind;
        let there = |other: &BodyId| {
            let declared = &self[*other];
            !declared.is_slot && declared.kind == kind && self.is_there(*other, day)
        };
        let below = hierarchy.below(body).into_iter().map(|(other, _)| other).filter(there);
        std::iter::once(body).chain(below).collect()
    }
}
