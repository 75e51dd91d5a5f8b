//! Cell splitting: the engine behind every question about many boxes at once.
//!
//! A *cell* is one part of each axis together with the boxes that matter in it: those that *cross* it
//! (share a part of it) and the owners of those that hold it *whole*. Boxes that miss it are gone.
//! The caller looks at a cell and either answers it or has it cut in two, on an axis with an order at
//! a position, on an axis without one by a set of values ([`boxes`](super::boxes) tells them apart):
//!
//! ```text
//!   ┌────────────┐          ┌─────┬──────┐
//!   │ aaaa  bbb  │   cut    │aaaa │ bbb  │    left: only a is left, right: only b
//!   │ aaaa  bbb  │  ─────→  │aaaa │ bbb  │
//!   └────────────┘          └─────┴──────┘
//!
//!   1 2 3 4 5 6 7 8         1 4 6 7 │ 2 3 5 8
//!   a b b a b a a b  ─────→ a a a a │ b b b b    at positions this takes six cuts
//! ```
//!
//! Texts written by people follow trees, bands and sets, and are cut almost without crossings, in about
//! n log² n ([`cut_choice`](super::cut_choice) chooses where). Boxes at random in many axes are cut to pieces;
//! callers who cannot wait count cells and stop.
//!
//! Waiting cells lie on one stack of numbers, the next on top: to cut a cell allocates nothing.
//! Nothing here depends on the order of the boxes: a cut is chosen by counts and coordinates alone.

use super::boxes::{Boxes, Reach};
use super::cut_choice::Edges;
use super::{Cuboid, Run, Side};

/// The cells that still wait for an answer.
pub(super) struct Work<'a> {
    pub(super) boxes: &'a Boxes<'a>,
    scope: &'a [Cuboid],
    frames: Vec<Frame>,
    words: Vec<u64>,
    crossing: Vec<Crossing>,
    reached: Vec<u32>,
    within: Vec<u32>,
    edges: Edges,
}

/// Where the parts of one waiting cell begin; each ends where the next one begins.
#[derive(Clone, Copy)]
struct Frame {
    crossing: usize,
    reached: usize,
    within: usize,
}

/// One part of each axis, and what reaches into it.
#[derive(Clone, Default)]
pub(super) struct Cell {
    /// The parts, written as the sides of [`Boxes`] are.
    pub(super) words: Vec<u64>,
    pub(super) crossing: Vec<Crossing>,
    /// Boxes of the scope that reach into the cell.
    reached: Vec<u32>,
    /// Owners of boxes that hold the whole cell, sorted.
    pub(super) within: Vec<u32>,
}

#[derive(Clone, Copy)]
pub(super) struct Crossing {
    pub(super) at: u32,
    /// On how many axes the box does not span the cell; at 0 it holds the cell.
    pub(super) open: u32,
}

impl<'a> Work<'a> {
    /// Nothing waits yet.
    pub(super) fn empty(scope: &'a [Cuboid], boxes: &'a Boxes<'a>) -> Self {
        Self {
            boxes,
            scope,
            frames: Vec::new(),
            words: Vec::new(),
            crossing: Vec::new(),
            reached: Vec::new(),
            within: Vec::new(),
            edges: Edges::default(),
        }
    }

    /// One cell around the scope, and in it all boxes.
    pub(super) fn new(scope: &'a [Cuboid], boxes: &'a Boxes<'a>) -> Self {
        let mut work = Self::empty(scope, boxes);
        if scope.iter().all(Cuboid::is_empty) {
            return work;
        }
        work.open();
        work.reached.extend((0..scope.len()).map(number));
        for axis in 0..boxes.axes {
            boxes.around(axis, scope.iter().map(|cuboid| &cuboid.sides()[axis]), &mut work.words);
        }
        work.crossing.reserve(boxes.len());
        for at in (0..boxes.len()).map(number) {
            let mut open = 0;
            let misses = boxes.layout().iter().enumerate().any(|(axis, place)| {
                match boxes.reach(at, axis, place.of(&work.words)) {
                    Reach::Misses => true,
                    Reach::Crosses => {
                        open += 1;
                        false
                    }
                    Reach::Spans => false,
                }
            });
            if !misses {
                work.crossing.push(Crossing { at, open });
            }
        }
        work.settle();
        work
    }

    /// Lays a cell on the stack.
    pub(super) fn push(&mut self, cell: &Cell) {
        self.open();
        self.words.extend(&cell.words);
        self.crossing.extend(&cell.crossing);
        self.reached.extend(&cell.reached);
        self.within.extend(&cell.within);
    }

    /// Takes the next cell off the stack.
    pub(super) fn next(&mut self, cell: &mut Cell) -> bool {
        let Some(Frame { crossing, reached, within }) = self.frames.pop() else { return false };
        move_tail(&mut self.words, self.frames.len() * self.boxes.width, &mut cell.words);
        move_tail(&mut self.crossing, crossing, &mut cell.crossing);
        move_tail(&mut self.reached, reached, &mut cell.reached);
        move_tail(&mut self.within, within, &mut cell.within);
        true
    }

    /// All that still waits, in the order in which it was laid on the stack.
    pub(super) fn rest(mut self) -> Vec<Cell> {
        let mut rest = Vec::new();
        let mut cell = Cell::default();
        while self.next(&mut cell) {
            rest.push(std::mem::take(&mut cell));
        }
        rest.reverse();
        rest
    }

    /// The boxes that cross the cell, with their owners, in the order of the boxes: how they were
    /// declared must not show.
    pub(super) fn crossing(&self, cell: &Cell) -> Vec<(usize, Cuboid)> {
        let of = |crossing: &Crossing| {
            let sides = self.boxes.sides(crossing.at);
            (self.boxes.owner(crossing.at) as usize, Cuboid::of_sides(sides.iter().cloned()))
        };
        let mut boxes: Vec<(usize, Cuboid)> = cell.crossing.iter().map(of).collect();
        boxes.sort_by(|(_, a), (_, b)| a.cmp(b));
        boxes
    }

    /// The owners of boxes that reach into the cell, sorted.
    pub(super) fn owners(&self, cell: &Cell, owners: &mut Vec<usize>) {
        owners.clear();
        owners.extend(cell.crossing.iter().map(|crossing| self.boxes.owner(crossing.at) as usize));
        owners.extend(cell.within.iter().map(|owner| *owner as usize));
        owners.sort_unstable();
        owners.dedup();
    }

    /// The part of the scope that lies in the cell.
    pub(super) fn scope(&self, cell: &Cell) -> Vec<Cuboid> {
        let cut = Cuboid::of_sides((0..self.boxes.axes).map(|axis| self.side(cell, axis)));
        cell.reached.iter().map(|at| self.scope[*at as usize].intersect(&cut)).collect()
    }

    /// The part of an axis that a cell has.
    pub(super) fn side(&self, cell: &Cell, axis: usize) -> Side {
        self.boxes.side(axis, self.boxes.layout()[axis].of(&cell.words))
    }

    /// Cuts the cell in two; both halves wait for an answer, the lower one first.
    pub(super) fn cut(&mut self, cell: &Cell) {
        let mut edges = std::mem::take(&mut self.edges);
        if let Some(cut) = edges.best(self.boxes, cell) {
            self.half(cell, cut.axis, cut.upper);
            self.half(cell, cut.axis, cut.lower);
        }
        self.edges = edges;
    }

    fn half(&mut self, cell: &Cell, axis: usize, half: &[u64]) {
        self.open();
        let (scope, boxes) = (self.scope, self.boxes);
        let side = boxes.side(axis, half);
        self.reached
            .extend(cell.reached.iter().filter(|at| !scope[**at as usize].sides()[axis].is_disjoint(&side)));
        if self.reached.len() == self.frames.last().map_or(0, |frame| frame.reached) {
            self.frames.pop();
            return;
        }
        let place = self.words.len();
        self.words.extend(&cell.words);
        boxes.layout()[axis].of_mut(&mut self.words[place..]).copy_from_slice(half);
        self.within.extend(&cell.within);
        let whole = boxes.layout()[axis].of(&cell.words);
        for crossing in &cell.crossing {
            let open = match boxes.reach(crossing.at, axis, half) {
                Reach::Misses => continue,
                Reach::Spans if boxes.reach(crossing.at, axis, whole) == Reach::Crosses => crossing.open - 1,
                Reach::Spans | Reach::Crosses => crossing.open,
            };
            self.crossing.push(Crossing { at: crossing.at, open });
        }
        self.settle();
    }

    fn open(&mut self) {
        self.frames.push(Frame {
            crossing: self.crossing.len(),
            reached: self.reached.len(),
            within: self.within.len(),
        });
    }

    /// In the topmost cell, takes boxes that hold it to its owners, and forgets other boxes of the same
    /// owners.
    fn settle(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let boxes = self.boxes;
        let known = self.within.len();
        let holding = self.crossing[frame.crossing..].iter().filter(|crossing| crossing.open == 0);
        self.within.extend(holding.map(|crossing| boxes.owner(crossing.at)));
        if self.within.len() == known {
            return;
        }
        let mut owners = self.within.split_off(frame.within);
        owners.sort_unstable();
        owners.dedup();
        let mut kept = frame.crossing;
        for at in frame.crossing..self.crossing.len() {
            let crossing = self.crossing[at];
            let gone = crossing.open == 0
                || !boxes.single && owners.binary_search(&boxes.owner(crossing.at)).is_ok();
            if !gone {
                self.crossing[kept] = crossing;
                kept += 1;
            }
        }
        self.crossing.truncate(kept);
        self.within.extend(owners);
    }
}

/// Moves what stands from a place on into another list, which is emptied before.
fn move_tail<T: Copy>(from: &mut Vec<T>, place: usize, to: &mut Vec<T>) {
    to.clear();
    to.extend_from_slice(&from[place..]);
    from.truncate(place);
}

/// A place in a list as the short number that stacks hold.
pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The smallest interval on each axis that holds all the boxes; nothing if there are none.
pub(super) fn hull(cuboids: &[Cuboid]) -> Option<Vec<Run>> {
    let (first, others) = cuboids.split_first()?;
    let mut hull: Vec<Run> = first.sides().iter().map(Side::hull).collect::<Option<_>>()?;
    for cuboid in others {
        for (run, side) in hull.iter_mut().zip(cuboid.sides()) {
            let own = side.hull()?;
            *run = Run::new(run.start.min(own.start), run.end.max(own.end));
        }
    }
    Some(hull)
}
