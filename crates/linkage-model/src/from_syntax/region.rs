//! Regions from their clauses: `over`, `in`, `when` and `during` narrow, `except` takes out, `also` adds.

use super::super::{Entity, Institution, ModelError, ModelWarning, Period};
use super::Resolver;
use linkage_regions::{Cuboid, MINUTES_OF_DAY, NodeRef, Region, Run, Side};
use linkage_syntax::{Clause, Keyword, Part};
use linkage_text::Span;

impl Resolver<'_> {
    /// The region of the region clauses among `clauses`; without any it is everything.
    pub(super) fn region(&mut self, clauses: &[Clause]) -> Region {
        // What narrows single axes, which is nearly all that people write, narrows one box.
        let mut cuboid = Cuboid::full(&self.it.space);
        let mut others = Vec::new();
        for clause in clauses {
            match clause.keyword {
                Keyword::Over => {
                    let side = self.nodes(clause, Entity::Matter);
                    cuboid = cuboid.narrowed(Institution::MATTER, &side);
                }
                Keyword::In => {
                    let side = self.nodes(clause, Entity::Area);
                    cuboid = cuboid.narrowed(Institution::AREA, &side);
                }
                Keyword::When => {
                    if let Some(expr) = clause.expr() {
                        self.narrow(expr, &mut cuboid, &mut others);
                    }
                }
                Keyword::During => others.push((self.during(&periods(&clause.parts)), clause.span)),
                _ => {}
            }
        }
        let mut region = Region::from_cuboid(&self.it.space, cuboid);
        for (narrower, span) in others {
            match bounded_intersect(&region, &narrower) {
                Some(narrowed) => region = narrowed,
                None => return self.too_complicated(span),
            }
        }
        for clause in clauses.iter().filter(|clause| clause.keyword == Keyword::Except) {
            let taken = self.region(clause.clauses());
            match bounded_minus(&region, &taken) {
                Some(left) => region = left,
                None => return self.too_complicated(clause.span),
            }
        }
        for clause in clauses.iter().filter(|clause| clause.keyword == Keyword::Also) {
            let added = self.region(clause.clauses());
            match bounded(region.union(&added)).and_then(|all| apart(&all)) {
                Some(all) => region = all,
                None => return self.too_complicated(clause.span),
            }
        }
        match apart(&region) {
            Some(region) => region,
            None => {
                let span = clauses.iter().map(|clause| clause.span).reduce(Span::to).unwrap_or_default();
                self.too_complicated(span)
            }
        }
    }

    /// An error, and no region: what nobody can mean is not computed with.
    pub(super) fn too_complicated(&mut self, span: Span) -> Region {
        self.errors.push(ModelError::TooComplicated { span, limit: BOXES });
        Region::empty(&self.it.space)
    }

    /// Where a clause holds that may carry region clauses of its own; none means everywhere.
    pub(super) fn place_of_clause(&mut self, clause: &Clause) -> Option<Region> {
        let own = clause.clauses();
        own.iter().any(|inner| is_region(inner.keyword)).then(|| self.declared_region(own, clause.span).0)
    }

    /// The same for a declaration: an empty region there is told.
    pub(super) fn declared_region(&mut self, clauses: &[Clause], whole: Span) -> (Region, Span) {
        let errors = self.errors.len();
        let region = self.region(clauses);
        let own = clauses.iter().filter(|clause| is_region(clause.keyword));
        let span = own.map(|clause| clause.span).reduce(Span::to).unwrap_or(whole);
        if region.is_empty() && self.errors.len() == errors && !Region::full(&self.it.space).is_empty() {
            self.warnings.push(ModelWarning::EmptyRegion { span });
        }
        (region, span)
    }

    fn nodes(&mut self, clause: &Clause, entity: Entity) -> Side {
        let mut runs = Vec::new();
        for name in clause.names() {
            if let Some(node) = self.node(entity, name) {
                runs.extend_from_slice(self.node_side(entity, node).runs());
            }
        }
        Side::from_runs(runs)
    }

    pub(super) fn node_side(&self, entity: Entity, node: NodeRef) -> Side {
        let taxonomy = if entity == Entity::Area { &self.it.areas } else { &self.it.matters };
        taxonomy.tree.side(node)
    }

    /// All situations whose value on an axis lies in a side.
    pub(super) fn slab(&self, axis: usize, side: Side) -> Region {
        Region::from_cuboid(&self.it.space, Cuboid::full(&self.it.space).with(axis, side))
    }

    fn during(&self, periods: &[Period]) -> Region {
        let (day, time) = (self.it.day_axis(), self.it.time_axis());
        let full = Cuboid::full(&self.it.space);
        let boxes = periods
            .iter()
            .map(|period| full.with(day, period.days.clone()).with(time, period.minutes.clone()));
        Region::from_cuboids(&self.it.space, boxes)
    }
}

/// A region that people write has a few boxes; past so many its clauses multiply out of hand.
const BOXES: usize = 2_000;

/// Parts of regions are looked at in at most so many cells.
const CELLS: usize = 50_000;

/// The region, unless it has too many boxes.
pub(super) fn bounded(region: Region) -> Option<Region> {
    (region.cuboids().len() <= BOXES).then_some(region)
}

/// The points of both, unless that has too many boxes.
pub(super) fn bounded_intersect(a: &Region, b: &Region) -> Option<Region> {
    let most = a.cuboids().len().checked_mul(b.cuboids().len())?;
    if most > 100 * BOXES { None } else { bounded(a.intersect(b)) }
}

/// The points that `taken` has not, unless that has too many boxes.
fn bounded_minus(region: &Region, taken: &Region) -> Option<Region> {
    let gaps = linkage_regions::gaps_within(region, &[taken], CELLS);
    if gaps.undecided.is_empty() { bounded(gaps.found) } else { None }
}

/// The same points in boxes that share none, unless that are too many.
fn apart(region: &Region) -> Option<Region> {
    if region.cuboids().len() <= 1 {
        return Some(region.clone());
    }
    let mut taken: Option<Region> = None;
    for cuboid in region.cuboids() {
        let own = region.of(cuboid.clone());
        taken = match taken {
            None => Some(own),
            Some(before) => bounded(before.union(&bounded_minus(&own, &before)?)),
        };
        taken.as_ref()?;
    }
    taken
}

/// Whether a clause says where something holds.
pub(super) fn is_region(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::Over | Keyword::In | Keyword::When | Keyword::During | Keyword::Except | Keyword::Also
    )
}

/// The periods of `workday 08:30-12:00 and 13:30-17:30, holiday`.
pub(super) fn periods(parts: &[Part]) -> Vec<Period> {
    let mut periods = Vec::new();
    for run in parts.split(|part| matches!(part, Part::Symbol(linkage_syntax::Symbol::Comma))) {
        let (mut days, mut minutes) = (Side::empty(), Side::empty());
        for part in run {
            match part {
                Part::Word(word) => days = days.union(&days_of(word.keyword)),
                Part::Hours(from, to, _) => minutes = minutes.union(&minutes_of(*from, *to)),
                _ => {}
            }
        }
        if days.is_empty() {
            days = Side::interval(0, 3);
        }
        if minutes.is_empty() {
            minutes = Side::interval(0, MINUTES_OF_DAY);
        }
        periods.push(Period { days, minutes });
    }
    periods
}

/// The kinds of day that a keyword names; none for other keywords.
pub(super) fn days_of(keyword: Keyword) -> Side {
    match keyword {
        Keyword::Workday => Side::value(0),
        Keyword::Restday => Side::value(1),
        Keyword::Holiday => Side::value(2),
        Keyword::Daily | Keyword::Always => Side::interval(0, 3),
        _ => Side::empty(),
    }
}

/// The minutes from one time to another, past midnight if the second is the smaller.
pub(super) fn minutes_of(from: u16, to: u16) -> Side {
    let (from, to) = (u32::from(from), u32::from(to));
    if from < to {
        Side::interval(from, to)
    } else {
        Side::from_runs([Run::new(0, to), Run::new(from, MINUTES_OF_DAY)])
    }
}
