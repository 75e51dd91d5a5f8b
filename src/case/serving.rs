//! The body that serves the area of a case: the one whose area is the smallest around it.

use ecow::EcoString;
use jiff::civil::Date;

use super::{MissingFact, Rules, deciding};
use crate::model::{BodyId, BodyKind, Hierarchy, Institution};
use crate::space::{Cuboid, NodeRef, Region, Side};

/// The body that serves an area and the area that it serves; none serves it; or the area is not known
/// well enough.
type Served = Result<Option<(BodyId, Option<NodeRef>)>, Vec<MissingFact>>;

impl Rules<'_> {
    /// The bodies of a kind that are there on a day: no slots, and none whose place another took.
    pub(super) fn of_kind(&self, kind: BodyKind, day: Date) -> Vec<BodyId> {
        let there = |body: BodyId| self.institution.is_there(body, day);
        let bodies = self.institution.bodies().filter(|(_, body)| !body.is_slot && body.kind == Some(kind));
        bodies.map(|(body, _)| body).filter(|body| there(*body)).collect()
    }

    /// A body with those of its kind below it.
    pub(super) fn with_branches(&self, body: BodyId, hierarchy: &Hierarchy, day: Date) -> Vec<BodyId> {
        let kind = self.institution[body].kind;
        let there = |other: &BodyId| {
            let declared = &self.institution[*other];
            !declared.is_slot && declared.kind == kind && self.institution.is_there(*other, day)
        };
        let below = hierarchy.below(body).into_iter().map(|(other, _)| other).filter(there);
        std::iter::once(body).chain(below).collect()
    }

    /// Which of the candidates serves the area of the case; of two with areas of one size the first.
    pub(super) fn serving(&self, candidates: &[BodyId], situation: &Region) -> Served {
        let Some(cuboid) = situation.cuboids().first() else { return Ok(None) };
        let mut sized: Vec<(u32, usize, BodyId)> = candidates
            .iter()
            .enumerate()
            .map(|(order, body)| (self.served(*body).len(), order, *body))
            .collect();
        sized.sort_unstable();
        let mut left = cuboid.sides()[Institution::AREA].clone();
        let mut parts: Vec<(Option<BodyId>, Side)> = Vec::new();
        for (_, _, body) in sized {
            let own = left.intersect(&self.served(body));
            if !own.is_empty() {
                left = left.minus(&own);
                parts.push((Some(body), own));
            }
        }
        if !left.is_empty() {
            parts.push((None, left));
        }
        match parts.as_slice() {
            [] => Ok(None),
            [(body, side)] => Ok(body.map(|body| (body, self.around(body, side)))),
            several => Err(self.by_area(several, cuboid)),
        }
    }

    fn by_area(&self, parts: &[(Option<BodyId>, Side)], cuboid: &Cuboid) -> Vec<MissingFact> {
        let part = |(body, side): &(Option<BodyId>, Side)| {
            let label: EcoString = body.map_or_else(|| "-".into(), |body| self.name(body));
            let cuboid = cuboid.with(Institution::AREA, side.clone());
            (label, Region::from_cuboid(&self.institution.space, cuboid))
        };
        let parts: Vec<(EcoString, Region)> = parts.iter().map(part).collect();
        deciding(self.institution, &parts)
    }

    /// The areas that a body serves; without any it serves everywhere.
    fn served(&self, body: BodyId) -> Side {
        let (areas, serves) = (&self.institution.areas.tree, &self.institution[body].serves);
        if serves.is_empty() {
            return Side::interval(0, areas.leaves());
        }
        serves.iter().fold(Side::empty(), |side, node| side.union(&areas.side(*node)))
    }

    /// The area that the body serves around a part of it.
    fn around(&self, body: BodyId, side: &Side) -> Option<NodeRef> {
        let tree = &self.institution.areas.tree;
        self.institution[body].serves.iter().copied().find(|node| side.is_subset(&tree.side(*node)))
    }
}
