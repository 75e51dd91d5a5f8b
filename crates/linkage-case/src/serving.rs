//! The bodies that serve the area of a case: those whose area is the smallest around it.

use ecow::EcoString;

use super::{MissingFact, Rules, deciding};
use linkage_model::{BodyId, Institution};
use linkage_regions::{Cuboid, NodeRef, Region, Side};

/// The bodies that serve an area, each with the area that it serves; or the area is not known well enough.
type Served = Result<Vec<(BodyId, Option<NodeRef>)>, Vec<MissingFact>>;

impl Rules<'_> {
    /// Which of the candidates serve the area of the case.
    pub(super) fn serving(&self, candidates: &[BodyId], situation: &Region) -> Served {
        let Some(cuboid) = situation.cuboids().first() else { return Ok(Vec::new()) };
        let parts = self.institution.serving(candidates, &cuboid.sides()[Institution::AREA]);
        match parts.as_slice() {
            [] => Ok(Vec::new()),
            [(bodies, side)] => Ok(bodies.iter().map(|body| (*body, self.around(*body, side))).collect()),
            several => Err(self.by_area(several, cuboid)),
        }
    }

    fn by_area(&self, parts: &[(Vec<BodyId>, Side)], cuboid: &Cuboid) -> Vec<MissingFact> {
        let part = |(bodies, side): &(Vec<BodyId>, Side)| {
            let names: Vec<EcoString> = bodies.iter().map(|body| self.name(*body)).collect();
            let label: EcoString = if names.is_empty() { "-".into() } else { names.join(" / ").into() };
            let cuboid = cuboid.with(Institution::AREA, side.clone());
            (label, Region::from_cuboid(&self.institution.space, cuboid))
        };
        let parts: Vec<(EcoString, Region)> = parts.iter().map(part).collect();
        deciding(self.institution, &parts)
    }

    /// The area that the body serves around a part of it.
    fn around(&self, body: BodyId, side: &Side) -> Option<NodeRef> {
        let tree = &self.institution.areas.tree;
        self.institution[body].serves.iter().copied().find(|node| side.is_subset(&tree.side(*node)))
    }
}
