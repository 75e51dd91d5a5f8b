//! Many boxes laid out for the machine: what the inner loops of [`cells`](super::cells) read.
//!
//! All sides stand in one row of numbers, box by box, so that looking at a box is one stride of memory.
//! How a side is written depends on its axis, and parts of cells are written alike:
//!
//! ```text
//!   an axis cut by position     one word: where the run begins, where it ends
//!   an axis cut by sets         a bit for each letter of its alphabet
//! ```
//!
//! An axis is cut by sets if boxes name values of it with others missing in between and an
//! [`Alphabet`] is worth having. Otherwise such a box is flagged, and its side itself is asked.

use super::alphabet::Alphabet;
use super::{Cuboid, Run, Side};

/// Boxes with their owners. Equal boxes are told apart by their place only.
pub(super) struct Boxes<'a> {
    pub(super) axes: usize,
    /// Whose each box is.
    owners: Vec<u32>,
    /// No owner has two boxes.
    pub(super) single: bool,
    layout: Vec<Axis>,
    /// How many words a box or a cell takes.
    pub(super) width: usize,
    sides: Vec<&'a [Side]>,
    words: Vec<u64>,
    /// Whether some side on an axis cut by position has values missing in between.
    broken: Vec<bool>,
    /// A number drawn from the sides: samples are taken by it, so that the order of boxes does not show.
    lots: Vec<u32>,
}

/// How the sides on one axis are written: in which of the words of a box, and over which alphabet.
pub(super) struct Axis {
    from: usize,
    to: usize,
    pub(super) alphabet: Option<Alphabet>,
}

impl Axis {
    /// The words of this axis among those of a box or a cell.
    pub(super) fn of<'w>(&self, words: &'w [u64]) -> &'w [u64] {
        &words[self.from..self.to]
    }

    pub(super) fn of_mut<'w>(&self, words: &'w mut [u64]) -> &'w mut [u64] {
        &mut words[self.from..self.to]
    }
}

/// How a box stands to a part of one axis.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    Misses,
    Crosses,
    Spans,
}

/// A run as a word.
pub(super) fn word(run: Run) -> u64 {
    u64::from(run.start) << 32 | u64::from(run.end)
}

/// The run that a word stands for.
pub(super) fn run(word: u64) -> Run {
    Run::new((word >> 32) as u32, (word & 0xFFFF_FFFF) as u32)
}

impl<'a> Boxes<'a> {
    pub(super) fn new(axes: usize, owned: impl IntoIterator<Item = (usize, &'a Cuboid)>) -> Self {
        let owned = owned.into_iter();
        let count = owned.size_hint().0;
        let (mut owners, mut sides, mut single) =
            (Vec::with_capacity(count), Vec::with_capacity(count), true);
        for (owner, cuboid) in owned {
            let owner = u32::try_from(owner).unwrap_or(u32::MAX);
            single &= owners.last().is_none_or(|last| *last < owner);
            owners.push(owner);
            sides.push(cuboid.sides());
        }
        let mut width = 0;
        let layout = (0..axes).map(|axis| {
            let alphabet = Alphabet::of(sides.iter().map(|sides| &sides[axis]));
            let from = width;
            width += alphabet.as_ref().map_or(1, |alphabet| alphabet.words);
            Axis { from, to: width, alphabet }
        });
        let layout = layout.collect();
        let mut boxes = Self {
            axes,
            single,
            layout,
            width,
            words: Vec::with_capacity(owners.len() * width),
            broken: Vec::with_capacity(owners.len()),
            lots: Vec::with_capacity(owners.len()),
            owners,
            sides: Vec::new(),
        };
        for sides in &sides {
            boxes.add(sides);
        }
        boxes.sides = sides;
        boxes
    }

    fn add(&mut self, sides: &[Side]) {
        let (mut broken, mut lot) = (false, 0u64);
        for (axis, side) in self.layout.iter().zip(sides) {
            for run in side.runs() {
                lot = (lot.rotate_left(5) ^ u64::from(run.start) ^ u64::from(run.end) << 32)
                    .wrapping_mul(0x9E37_79B9_7F4A_7C15);
            }
            let from = self.words.len();
            match &axis.alphabet {
                None => {
                    self.words.push(word(side.hull().unwrap_or(Run::new(0, 0))));
                    broken |= side.runs().len() > 1;
                }
                Some(alphabet) => {
                    self.words.resize(from + alphabet.words, 0);
                    alphabet.write(side, &mut self.words[from..]);
                }
            }
        }
        self.broken.push(broken);
        self.lots.push((lot >> 32) as u32);
    }

    pub(super) fn len(&self) -> usize {
        self.owners.len()
    }

    /// How sides on each axis are written.
    pub(super) fn layout(&self) -> &[Axis] {
        &self.layout
    }

    /// The words of a box.
    pub(super) fn words(&self, at: u32) -> &[u64] {
        &self.words[at as usize * self.width..][..self.width]
    }

    /// The words of a box on one axis.
    pub(super) fn words_on(&self, at: u32, axis: usize) -> &[u64] {
        let Axis { from, to, .. } = &self.layout[axis];
        let place = at as usize * self.width;
        &self.words[place + from..place + to]
    }

    pub(super) fn sides(&self, at: u32) -> &'a [Side] {
        self.sides[at as usize]
    }

    pub(super) fn lot(&self, at: u32) -> u32 {
        self.lots[at as usize]
    }

    pub(super) fn owner(&self, at: u32) -> u32 {
        self.owners[at as usize]
    }

    /// Whether values in between are missing on some axis that is cut by position.
    pub(super) fn is_broken(&self, at: u32) -> bool {
        self.broken[at as usize]
    }

    /// The part of an axis that has all values of these sides: the smallest that can be written.
    pub(super) fn around<'s>(
        &self,
        axis: usize,
        sides: impl Iterator<Item = &'s Side>,
        words: &mut Vec<u64>,
    ) {
        let from = words.len();
        match &self.layout[axis].alphabet {
            Some(alphabet) => {
                words.resize(from + alphabet.words, 0);
                sides.for_each(|side| alphabet.write(side, &mut words[from..]));
            }
            None => {
                let hulls = sides.filter_map(Side::hull);
                let join = |a: Run, b: Run| Run::new(a.start.min(b.start), a.end.max(b.end));
                words.push(word(hulls.reduce(join).unwrap_or(Run::new(0, 0))));
            }
        }
    }

    /// The values of a part of an axis.
    pub(super) fn side(&self, axis: usize, part: &[u64]) -> Side {
        match &self.layout[axis].alphabet {
            Some(alphabet) => alphabet.read(part),
            None => part.first().map_or_else(Side::empty, |word| Side::from(run(*word))),
        }
    }

    pub(super) fn reach(&self, at: u32, axis: usize, part: &[u64]) -> Reach {
        let own = self.words_on(at, axis);
        if self.layout[axis].alphabet.is_some() {
            return reach_of_sets(own, part);
        }
        let (own, part) = (run(own[0]), run(part[0]));
        if own.end <= part.start || part.end <= own.start {
            return Reach::Misses;
        }
        let spans = own.start <= part.start && part.end <= own.end;
        if !self.broken[at as usize] {
            return if spans { Reach::Spans } else { Reach::Crosses };
        }
        let side = &self.sides(at)[axis];
        if spans && side.covers(part) {
            Reach::Spans
        } else if side.touches(part) {
            Reach::Crosses
        } else {
            Reach::Misses
        }
    }
}

fn reach_of_sets(own: &[u64], part: &[u64]) -> Reach {
    let (mut shared, mut lacking) = (0, 0);
    for (own, part) in own.iter().zip(part) {
        shared |= own & part;
        lacking |= part & !own;
    }
    match (shared, lacking) {
        (0, _) => Reach::Misses,
        (_, 0) => Reach::Spans,
        _ => Reach::Crosses,
    }
}
