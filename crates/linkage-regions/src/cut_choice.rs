//! Where a cell is cut: of all positions and sets that boxes offer, at the one that leaves least to do.
//!
//! The guess at what remains is `L log L + R log R`, where L and R are the numbers of boxes that reach
//! into either half, as for the pivot of a sort. On every axis the edges of boxes are *positions* at
//! which to cut. An axis of letters ([`alphabet`](super::alphabet)) has *sets* besides: each side that
//! a box has in the cell, and what sides have in common:
//!
//! ```text
//!   sides     ab, b, cd, ce, f        chained together: ab | cde | f
//!   cuts      ab against cdef, abcde against f: neither parts a box;
//!             b, cd, ce: the sides themselves, where boxes are chained too well
//! ```
//!
//! In a cell with very many boxes only a sample of them makes offers; the best of these are then
//! counted out over all boxes.

use super::Run;
use super::boxes::{Boxes, run, word};
use super::cells::{Cell, Crossing};

/// In cells crossed by more boxes than this, a sample of them suggests the cuts.
const SAMPLE_PAST: usize = 384;
/// The expected number of boxes in a sample.
const SAMPLE: u64 = 192;
/// How many of the cuts that a sample suggests are counted out over all boxes.
const COUNTED: usize = 4;

/// The cuts that boxes offer inside one cell, axis by axis. Reused from cell to cell, to allocate once.
#[derive(Default)]
pub(super) struct Edges {
    axes: Vec<Offers>,
    sample: Vec<Crossing>,
    lower: Vec<u64>,
    upper: Vec<u64>,
}

/// A cut: the axis and the two parts that it has in the halves.
pub(super) struct Cut<'e> {
    pub(super) axis: usize,
    pub(super) lower: &'e [u64],
    pub(super) upper: &'e [u64],
}

/// One cut on an axis.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Choice {
    /// Below this value or letter, and from it on.
    Position(u32),
    /// The first of the chains, up to this one, against all else.
    Chains(usize),
    /// The side at this place among those that differ, against all else.
    Side(usize),
}

/// A cut by its cost: of equals the first axis, then the lowest position, then the first set.
type Costed = (u64, usize, Choice);

impl Edges {
    /// The cut that leaves the least work.
    pub(super) fn best(&mut self, boxes: &Boxes<'_>, cell: &Cell) -> Option<Cut<'_>> {
        self.axes.resize_with(boxes.axes, Offers::default);
        let (.., axis, choice) =
            self.suggested(boxes, cell).or_else(|| self.cheapest(boxes, cell, &cell.crossing, 1).pop())?;
        let whole = boxes.layout()[axis].of(&cell.words);
        self.axes[axis].lower(choice, whole, &mut self.lower);
        self.upper.clear();
        match choice {
            Choice::Position(edge) if boxes.layout()[axis].alphabet.is_none() => {
                self.upper.push(word(Run::new(edge, run(whole[0]).end)));
            }
            _ => self.upper.extend(whole.iter().zip(&self.lower).map(|(whole, lower)| whole & !lower)),
        }
        Some(Cut { axis, lower: &self.lower, upper: &self.upper })
    }

    /// The best cut that a sample suggests; nothing where boxes are few enough to ask all.
    fn suggested(&mut self, boxes: &Boxes<'_>, cell: &Cell) -> Option<Costed> {
        let all = cell.crossing.len();
        if all <= SAMPLE_PAST {
            return None;
        }
        let below = (SAMPLE << 32) / all as u64;
        let mut sample = std::mem::take(&mut self.sample);
        sample.clear();
        sample.extend(cell.crossing.iter().filter(|c| u64::from(boxes.lot(c.at)) < below));
        let cuts = self.cheapest(boxes, cell, &sample, COUNTED);
        self.sample = sample;
        let counted = cuts.into_iter().map(|(_, axis, choice)| {
            let whole = boxes.layout()[axis].of(&cell.words);
            self.axes[axis].lower(choice, whole, &mut self.lower);
            (count_out(boxes, cell, axis, choice, &self.lower), axis, choice)
        });
        counted.min()
    }

    /// The cheapest cuts that these boxes offer, at most `most`, the best first.
    fn cheapest(
        &mut self,
        boxes: &Boxes<'_>,
        cell: &Cell,
        crossing: &[Crossing],
        most: usize,
    ) -> Vec<Costed> {
        self.collect(boxes, crossing, cell);
        let mut best: Vec<Costed> = Vec::with_capacity(most + 1);
        for (axis, offers) in self.axes.iter_mut().enumerate() {
            offers.each(crossing.len(), |cost, choice| {
                let costed = (cost, axis, choice);
                if best.len() < most || best.last().is_some_and(|last| costed < *last) {
                    best.insert(best.partition_point(|other| *other < costed), costed);
                    best.truncate(most);
                }
            });
        }
        best
    }

    fn collect(&mut self, boxes: &Boxes<'_>, crossing: &[Crossing], cell: &Cell) {
        for (axis, offers) in self.axes.iter_mut().enumerate() {
            offers.clear();
            let place = &boxes.layout()[axis];
            let whole = place.of(&cell.words);
            if place.alphabet.is_some() {
                offers.words = whole.len();
                let around = hull(whole);
                for Crossing { at, .. } in crossing {
                    offers.add_set(boxes.words_on(*at, axis), whole, around);
                }
                offers.sort_sets();
                continue;
            }
            let part = run(whole[0]);
            for Crossing { at, .. } in crossing {
                if boxes.is_broken(*at) {
                    offers.add_broken(boxes.sides(*at)[axis].runs_in(part), part);
                } else {
                    offers.add(run(boxes.words_on(*at, axis)[0]), part);
                }
            }
        }
    }
}

/// What a cut costs, all boxes counted. On an axis cut by position, missing values in between are not
/// looked for.
fn count_out(boxes: &Boxes<'_>, cell: &Cell, axis: usize, choice: Choice, half: &[u64]) -> u64 {
    let (mut lower, mut upper) = (0, 0);
    let place = &boxes.layout()[axis];
    match choice {
        Choice::Position(edge) if place.alphabet.is_none() => {
            for Crossing { at, .. } in &cell.crossing {
                let own = run(boxes.words_on(*at, axis)[0]);
                lower += usize::from(own.start < edge);
                upper += usize::from(own.end > edge);
            }
        }
        _ => {
            let whole = place.of(&cell.words);
            for Crossing { at, .. } in &cell.crossing {
                let own = boxes.words_on(*at, axis);
                let (in_lower, in_upper) = halves(own, whole, half);
                lower += usize::from(in_lower);
                upper += usize::from(in_upper);
            }
        }
    }
    weight(lower) + weight(upper)
}

/// Whether a side has letters of one half of a part, and of the other.
fn halves(side: &[u64], whole: &[u64], half: &[u64]) -> (bool, bool) {
    let (mut lower, mut upper) = (0, 0);
    for ((side, whole), half) in side.iter().zip(whole).zip(half) {
        lower |= side & half;
        upper |= side & whole & !half;
    }
    (lower != 0, upper != 0)
}

/// The cuts that the boxes in a cell offer on one axis.
#[derive(Default)]
struct Offers {
    starts: Vec<u32>,
    ends: Vec<u32>,
    inner: Vec<u32>,
    /// How many words a set has, on an axis of letters.
    words: usize,
    /// The sides that boxes have in the cell, where they do not span it.
    sides: Vec<u64>,
    /// Those of them that differ, sorted, each with the number of boxes that have it.
    distinct: Vec<(u32, usize)>,
    /// The chains: sides that share letters are in one chain; each with the number of boxes in it.
    chains: Vec<u64>,
    in_chains: Vec<usize>,
}

impl Offers {
    fn clear(&mut self) {
        self.starts.clear();
        self.ends.clear();
        self.inner.clear();
        self.sides.clear();
        self.distinct.clear();
        self.chains.clear();
        self.in_chains.clear();
    }

    /// Adds the ends of a run that lie inside the cell.
    fn add(&mut self, own: Run, cell: Run) {
        if own.start > cell.start {
            self.starts.push(own.start);
        }
        if own.end < cell.end {
            self.ends.push(own.end);
        }
    }

    /// Adds the ends of a side with missing values, given by its runs that reach into the cell.
    fn add_broken(&mut self, inside: &[Run], cell: Run) {
        if let (Some(first), Some(last)) = (inside.first(), inside.last()) {
            self.add(Run::new(first.start, last.end), cell);
            self.inner.extend(inside.iter().skip(1).map(|own| own.start));
            self.inner.extend(inside.iter().rev().skip(1).map(|own| own.end));
        }
    }

    /// Adds the letters of a side that lie inside the cell, unless those are all of the cell.
    fn add_set(&mut self, own: &[u64], cell: &[u64], around: Run) {
        let from = self.sides.len();
        self.sides.extend(own.iter().zip(cell).map(|(own, cell)| own & cell));
        let inside = &self.sides[from..];
        if inside == cell {
            self.sides.truncate(from);
        } else {
            self.add(hull(inside), around);
        }
    }

    fn side(&self, at: u32) -> &[u64] {
        &self.sides[at as usize * self.words..][..self.words]
    }

    /// Counts equal sides, and chains those that share letters.
    fn sort_sets(&mut self) {
        let count = self.sides.len() / self.words.max(1);
        let mut distinct = std::mem::take(&mut self.distinct);
        distinct.extend((0..count).map(|at| (super::cells::number(at), 1)));
        distinct.sort_unstable_by(|(a, _), (b, _)| self.side(*a).cmp(self.side(*b)));
        distinct.dedup_by(|(next, times), (kept, all)| {
            let equal = self.side(*next) == self.side(*kept);
            *all += if equal { *times } else { 0 };
            equal
        });
        for (at, times) in &distinct {
            self.chain(*at, *times);
        }
        self.distinct = distinct;
    }

    /// Joins a side with all chains that share a letter with it.
    fn chain(&mut self, at: u32, times: usize) {
        let words = self.words;
        let own = &self.sides[at as usize * words..][..words];
        let (mut chain, mut boxes) = (own.to_vec(), times);
        let mut kept = 0;
        for other in 0..self.in_chains.len() {
            let place = other * words;
            if self.chains[place..place + words].iter().zip(own).any(|(other, own)| other & own != 0) {
                chain.iter_mut().zip(&self.chains[place..]).for_each(|(chain, other)| *chain |= other);
                boxes += self.in_chains[other];
            } else {
                self.chains.copy_within(place..place + words, kept * words);
                self.in_chains[kept] = self.in_chains[other];
                kept += 1;
            }
        }
        self.chains.truncate(kept * words);
        self.in_chains.truncate(kept);
        self.chains.extend(chain);
        self.in_chains.push(boxes);
    }

    /// Visits every cut with its cost; `all` is the number of boxes that cross the cell.
    fn each(&mut self, all: usize, mut visit: impl FnMut(u64, Choice)) {
        self.each_position(|edge, starting_later, ended| {
            visit(weight(all - starting_later) + weight(all - ended), Choice::Position(edge));
        });
        let listed: usize = self.in_chains.iter().sum();
        let spanning = all - listed;
        let mut before = 0;
        for (chain, own) in self.in_chains.iter().enumerate() {
            before += own;
            // All chains together may be the whole cell, which would be no cut.
            if before < listed {
                let cost = weight(spanning + before) + weight(spanning + listed - before);
                visit(cost, Choice::Chains(chain));
            }
        }
        for (rank, (at, _)) in self.distinct.iter().enumerate() {
            let half = self.side(*at);
            let (mut lower, mut upper) = (spanning, spanning);
            for (other, times) in &self.distinct {
                let own = self.side(*other);
                let (in_lower, in_upper) = halves(own, own, half);
                lower += if in_lower { *times } else { 0 };
                upper += if in_upper { *times } else { 0 };
            }
            visit(weight(lower) + weight(upper), Choice::Side(rank));
        }
    }

    /// Every position once, from the lowest up, with the number of boxes that start at it or later, and
    /// of those that end at it or before.
    fn each_position(&mut self, mut visit: impl FnMut(u32, usize, usize)) {
        self.starts.sort_unstable();
        self.ends.sort_unstable();
        self.inner.sort_unstable();
        let (mut start, mut end, mut inner) = (0, 0, 0);
        loop {
            let next = [self.starts.get(start), self.ends.get(end), self.inner.get(inner)];
            let Some(edge) = next.into_iter().flatten().min().copied() else { break };
            let starting_later = self.starts.len() - start;
            let skip =
                |list: &[u32], from: usize| from + list[from..].iter().take_while(|e| **e == edge).count();
            start = skip(&self.starts, start);
            end = skip(&self.ends, end);
            inner = skip(&self.inner, inner);
            visit(edge, starting_later, end);
        }
    }

    /// The lower half of a cut of this part.
    fn lower(&self, choice: Choice, whole: &[u64], lower: &mut Vec<u64>) {
        lower.clear();
        match choice {
            Choice::Side(rank) => lower.extend(self.side(self.distinct[rank].0)),
            Choice::Chains(last) => {
                lower.resize(self.words, 0);
                for chain in self.chains[..(last + 1) * self.words].chunks(self.words) {
                    lower.iter_mut().zip(chain).for_each(|(lower, own)| *lower |= own);
                }
            }
            Choice::Position(edge) if self.words == 0 => {
                lower.push(word(Run::new(run(whole[0]).start, edge)));
            }
            Choice::Position(edge) => {
                let bits = u64::BITS;
                lower.extend((0..).zip(whole).map(
                    |(at, whole): (u32, _)| match edge.saturating_sub(at * bits) {
                        few if few < bits => whole & !(u64::MAX << few),
                        _ => *whole,
                    },
                ));
            }
        }
    }
}

/// The first of these letters, and the one behind the last.
fn hull(letters: &[u64]) -> Run {
    let bits = |at: usize| super::cells::number(at) * u64::BITS;
    let first = letters.iter().position(|word| *word != 0);
    let last = letters.iter().rposition(|word| *word != 0);
    match (first, last) {
        (Some(first), Some(last)) => Run::new(
            bits(first) + letters[first].trailing_zeros(),
            bits(last + 1) - letters[last].leading_zeros(),
        ),
        _ => Run::new(0, 0),
    }
}

/// `n log2 n` in parts of 65536, the logarithm straight between powers of two: whole numbers, so that
/// every machine cuts alike.
fn weight(n: usize) -> u64 {
    let n = n as u64;
    let Some(power) = n.checked_ilog2() else { return 0 };
    let fraction = (n << 16 >> power) - (1 << 16);
    n * ((u64::from(power) << 16) + fraction)
}

#[cfg(test)]
mod tests {
    use super::weight;

    #[test]
    fn weight_is_n_log_n() {
        assert_eq!([0, 1, 2, 4, 8].map(|n| weight(n) >> 16), [0, 0, 2, 8, 24]);
        assert!((1..5000).all(|n| weight(n) < weight(n + 1)));
    }
}
