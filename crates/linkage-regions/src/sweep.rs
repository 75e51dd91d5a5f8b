//! The walk over all cells of a scope that answers gaps and overlaps at once.
//!
//! Large scopes are first cut into tasks, which the cores then share. How the scope is cut into tasks
//! depends on the boxes alone, and answers are joined in the order of the tasks: the number of cores
//! changes the time and nothing else.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::bdd_fallback::{self, Open};
use super::boxes::{Boxes, run};
use super::cells::{Cell, Work};
use super::cover::{Cover, FEW, Gaps, Overlaps, owned};
use super::{Cuboid, Measure, Region, Spent};
use linkage_parallel::in_order;

/// Cells crossed by more boxes are cut without asking whether they matter: asking costs as much.
const ASK_UP_TO: usize = 64;
/// Cells looked at before diagrams are tried: this many, and some more for each box.
const PATIENCE: usize = 200_000;
const PATIENCE_PER_BOX: usize = 20;
/// Cells crossed by no more boxes are not cut into tasks.
const TASK: usize = 256;
/// A task has no less than this part of all boxes, that there be several for each core and not too many.
const PARTS: usize = 64;
/// A remainder of the budget smaller than this is not worth another round.
const ROUND: usize = 1000;
/// No more tasks are made than this, however badly the boxes let themselves be parted.
const TASKS: usize = 512;

/// What is known to be there, and at most all that is undecided; unless it was counted.
fn bounds(found: BigUint, undecided: &Region, counted: Option<BigUint>) -> Measure {
    match counted.filter(|_| !undecided.is_empty()) {
        Some(count) => Measure::Exact(count),
        None if undecided.is_empty() => Measure::Exact(found),
        None => {
            let most = &found + undecided.count();
            Measure::Between(found, most)
        }
    }
}

/// What is asked of the cells.
pub(super) struct Ask<'m> {
    /// Where no region is.
    pub(super) gaps: bool,
    /// Where sets of regions meet that matter.
    pub(super) groups: Option<&'m Matters<'m>>,
}

/// Whether a set of regions matters.
pub(super) type Matters<'m> = dyn Fn(&[usize]) -> bool + Sync + 'm;

/// What a walk has found.
#[derive(Default)]
struct Found {
    free: Vec<Cuboid>,
    groups: BTreeMap<Vec<usize>, Vec<Cuboid>>,
    /// Cells past the budget that may hold gaps.
    free_left: Vec<Cuboid>,
    /// Those that may hold sets that matter.
    groups_left: Vec<Cuboid>,
    looked: usize,
    /// Room for a set of owners.
    set: Vec<usize>,
}

/// Answers what is asked, looking at no more than `budget` cells.
///
/// Cells first, with some patience; then diagrams for what they left; then cells again up to the budget,
/// for what the diagrams left. What is then still open is bounded by what is left of the space.
pub(super) fn walk(scope: &Region, regions: &[&Region], ask: &Ask<'_>, budget: usize) -> Cover {
    let scope = scope.disjoint();
    let boxes = Boxes::new(scope.axes(), owned(regions));
    let patience = PATIENCE + PATIENCE_PER_BOX * boxes.len();
    let mut found = cells(&scope, &boxes, ask, budget.min(patience));
    if !found.free_left.is_empty() && ask.groups.is_some() {
        // Where many regions meet, cells have to be cut far further than gaps ask for.
        let gaps = cells(&scope, &boxes, &Ask { gaps: true, groups: None }, budget.min(patience));
        (found.free, found.free_left) = (gaps.free, gaps.free_left);
    }
    let mut fallback = Fallback::default();
    if !found.is_done() && budget > patience {
        fallback.ask_diagrams(&scope, &boxes, ask, &mut found);
        let gaps = !found.free_left.is_empty() && (fallback.open.is_none() || budget == usize::MAX);
        let groups = ask.groups.filter(|_| !found.groups_left.is_empty());
        if gaps || groups.is_some() {
            let more = cells(&scope, &boxes, &Ask { gaps, groups }, budget);
            found.looked = more.looked;
            if gaps {
                (found.free, found.free_left) = (more.free, more.free_left);
            }
            if groups.is_some() {
                (found.groups, found.groups_left) = (more.groups, more.groups_left);
            }
        }
    }
    found.into_cover(&scope, fallback)
}

/// What diagrams told of what cells left open.
#[derive(Default)]
struct Fallback {
    open: Option<Open>,
    met: Option<BigUint>,
    gave_up: bool,
}

impl Fallback {
    fn ask_diagrams(&mut self, scope: &Region, boxes: &Boxes<'_>, ask: &Ask<'_>, found: &mut Found) {
        let parts = scope.cuboids();
        if !found.free_left.is_empty() {
            self.open = bdd_fallback::open(parts, boxes).ok();
            self.gave_up |= self.open.is_none();
            if let Some(all) = self.open.as_mut().and_then(|open| open.all.take()) {
                found.free = all;
                found.free_left.clear();
            }
        }
        if let Some(matters) = ask.groups.filter(|_| !found.groups_left.is_empty()) {
            self.met = bdd_fallback::met(parts, boxes, matters).ok();
            self.gave_up |= self.met.is_none();
            if self.met.as_ref().is_some_and(|met| *met == BigUint::default()) {
                found.groups_left.clear();
            }
        }
    }
}

/// Walks the cells of a scope, looking at no more than `budget` of them.
///
/// Each task gets the share of the budget that its boxes are of all; what easy tasks leave goes to
/// those that are not done, round by round.
fn cells(scope: &Region, boxes: &Boxes<'_>, ask: &Ask<'_>, budget: usize) -> Found {
    let mut found = Found::default();
    let tasks = found.tasks(Work::new(scope.cuboids(), boxes), ask, budget);
    let mut waiting: Vec<Vec<Cell>> = tasks.into_iter().map(|cell| vec![cell]).collect();
    loop {
        let left = budget.saturating_sub(found.looked);
        let whole: usize = waiting.iter().flatten().map(weight).sum();
        let answers = in_order(&waiting, |cells| {
            let mut part = Found::default();
            let mut work = Work::empty(scope.cuboids(), boxes);
            for cell in cells {
                work.push(cell);
            }
            part.walk(&mut work, ask, share(left, cells.iter().map(weight).sum(), whole));
            (part, work.rest())
        });
        waiting.clear();
        let before = found.looked;
        for (part, rest) in answers {
            found.join(part);
            waiting.extend((!rest.is_empty()).then_some(rest));
        }
        if waiting.is_empty() || budget.saturating_sub(found.looked) < ROUND || found.looked == before {
            break;
        }
    }
    let work = Work::empty(scope.cuboids(), boxes);
    waiting.iter().flatten().for_each(|cell| found.leave(&work, cell, ask));
    found
}

/// What a cell weighs when work is shared out.
fn weight(cell: &Cell) -> usize {
    cell.crossing.len() + 1
}

/// The part of a budget that falls to a part of the work.
fn share(budget: usize, part: usize, whole: usize) -> usize {
    if part == whole {
        return budget;
    }
    let share = budget as u128 * part as u128 / whole.max(1) as u128;
    usize::try_from(share).unwrap_or(usize::MAX)
}

impl Found {
    fn is_done(&self) -> bool {
        self.free_left.is_empty() && self.groups_left.is_empty()
    }

    /// The answer, with what diagrams know of what is still open.
    fn into_cover(self, scope: &Region, fallback: Fallback) -> Cover {
        let spent = Spent {
            cells: (!self.is_done()).then_some(self.looked),
            classes: fallback.gave_up.then_some(bdd_fallback::CLASSES),
        };
        let in_groups: BigUint = self.groups.values().flatten().map(Cuboid::count).sum();
        let groups = self.groups.into_iter().map(|(set, cuboids)| (set, scope.joining(cuboids))).collect();
        let (mut found, undecided) = (scope.joining(self.free), scope.joining(self.free_left));
        let (mut largest, mut least, mut counted) = (Vec::new(), None, None);
        if let Some(open) = fallback.open.filter(|_| !undecided.is_empty()) {
            found = found.union(&scope.holding(open.largest.iter().cloned())).disjoint();
            (largest, least, counted) = (open.largest, open.least, Some(open.count));
        }
        let measure = bounds(found.count(), &undecided, counted);
        let gaps = Gaps { found, undecided, measure, largest, least, spent };
        let undecided = scope.joining(self.groups_left);
        let measure = bounds(in_groups, &undecided, fallback.met);
        Cover { gaps, overlaps: Overlaps { groups, undecided, measure, spent } }
    }

    /// Cuts until no cell is large or there are many; answers what has an answer on the way.
    fn tasks(&mut self, mut work: Work<'_>, ask: &Ask<'_>, budget: usize) -> Vec<Cell> {
        let size = TASK.max(work.boxes.len() / PARTS);
        let mut tasks = Vec::new();
        let mut cell = Cell::default();
        let mut waiting: Vec<Cell> = Vec::new();
        while work.next(&mut cell) {
            waiting.push(std::mem::take(&mut cell));
        }
        while let Some(next) = waiting.pop() {
            let large = next.crossing.len() > size && tasks.len() + waiting.len() < TASKS;
            if !large || self.looked >= budget {
                tasks.push(next);
                continue;
            }
            self.looked += 1;
            if self.done(&work, &next, ask) {
                continue;
            }
            work.cut(&next);
            let place = waiting.len();
            while work.next(&mut cell) {
                waiting.insert(place, std::mem::take(&mut cell));
            }
        }
        tasks
    }

    /// Answers waiting cells, looking at no more than `budget`.
    fn walk(&mut self, work: &mut Work<'_>, ask: &Ask<'_>, budget: usize) {
        let mut cell = Cell::default();
        while self.looked < budget && work.next(&mut cell) {
            self.looked += 1;
            if self.done(work, &cell, ask) {
                continue;
            }
            if cell.crossing.len() > FEW {
                work.cut(&cell);
            } else {
                self.answer(work, &cell, ask);
            }
        }
    }

    /// Whether nothing that is asked for can be in the cell.
    fn done(&mut self, work: &Work<'_>, cell: &Cell, ask: &Ask<'_>) -> bool {
        if ask.gaps && cell.within.is_empty() {
            return false;
        }
        match ask.groups {
            None => true,
            Some(_) if cell.crossing.len() > ASK_UP_TO => false,
            Some(matters) => {
                work.owners(cell, &mut self.set);
                !matters(&self.set)
            }
        }
    }

    /// A cell past the budget.
    fn leave(&mut self, work: &Work<'_>, cell: &Cell, ask: &Ask<'_>) {
        if ask.gaps && cell.within.is_empty() {
            self.free_left.extend(work.scope(cell));
        }
        if let Some(matters) = ask.groups {
            work.owners(cell, &mut self.set);
            if matters(&self.set) {
                self.groups_left.extend(work.scope(cell));
            }
        }
    }

    fn answer(&mut self, work: &Work<'_>, cell: &Cell, ask: &Ask<'_>) {
        if Self::is_tiled(work, cell, ask) {
            return;
        }
        for (set, part) in parts(work, cell) {
            if ask.groups.is_some_and(|matters| matters(&set)) {
                self.groups.entry(set).or_default().push(part);
            } else if ask.gaps && set.is_empty() {
                self.free.push(part);
            }
        }
    }

    /// Whether two boxes side by side make up the cell, neither of which matters alone: the most common
    /// cell of all where most is in order.
    fn is_tiled(work: &Work<'_>, cell: &Cell, ask: &Ask<'_>) -> bool {
        let [a, b] = cell.crossing.as_slice() else { return false };
        let boxes = work.boxes;
        let plain = a.open == 1 && b.open == 1 && !boxes.is_broken(a.at) && !boxes.is_broken(b.at);
        if !plain || !cell.within.is_empty() {
            return false;
        }
        let (one, other) = (boxes.words(a.at), boxes.words(b.at));
        let tiled = boxes.layout().iter().any(|axis| {
            let (whole, one, other) = (axis.of(&cell.words), axis.of(one), axis.of(other));
            if axis.alphabet.is_some() {
                // Each letter of the cell is in one of the two, and neither has them all.
                let parted = |((whole, one), other): ((&u64, &u64), &u64)| (one ^ other) & whole == *whole;
                let proper = |side: &[u64]| side.iter().zip(whole).any(|(side, whole)| whole & !side != 0);
                return whole.iter().zip(one).zip(other).all(parted) && proper(one) && proper(other);
            }
            let whole = run(whole[0]);
            let (one, other) = (run(one[0]).intersect(whole), run(other[0]).intersect(whole));
            let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
            first != whole
                && second != whole
                && first.start == whole.start
                && first.end == second.start
                && second.end == whole.end
        });
        tiled
            && ask
                .groups
                .is_none_or(|matters| [a, b].into_iter().all(|own| !matters(&[boxes.owner(own.at) as usize])))
    }

    fn join(&mut self, other: Self) {
        self.free.extend(other.free);
        self.free_left.extend(other.free_left);
        self.groups_left.extend(other.groups_left);
        self.looked += other.looked;
        for (set, cuboids) in other.groups {
            self.groups.entry(set).or_default().extend(cuboids);
        }
    }
}

/// The cell taken apart by each box that crosses it, every part with its owners.
fn parts(work: &Work<'_>, cell: &Cell) -> Vec<(Vec<usize>, Cuboid)> {
    let within: Vec<usize> = cell.within.iter().map(|owner| *owner as usize).collect();
    let mut parts: Vec<_> = work.scope(cell).into_iter().map(|cuboid| (within.clone(), cuboid)).collect();
    for (owner, cut) in work.crossing(cell) {
        let mut finer = Vec::new();
        for (set, part) in parts {
            finer.extend(part.minus(&cut).into_iter().map(|outside| (set.clone(), outside)));
            let inside = part.intersect(&cut);
            if !inside.is_empty() {
                let mut set = set;
                if let Err(place) = set.binary_search(&owner) {
                    set.insert(place, owner);
                }
                finer.push((set, inside));
            }
        }
        parts = finer;
    }
    parts
}
