//! All maximal boxes of a region, by iterated consensus (Quine 1955; Su and Cheung 1972).
//!
//! Two boxes that share points or are adjacent on one axis give the box that joins them on that axis
//! and intersects them on all others; what lies inside another box goes; until nothing new comes:
//!
//! ```text
//!   ┌───┐              ┌───┐
//!   │ a ├───┐          │ a │            a and b share points: joined along the lower axis they
//!   │   │ b │    ─→    ├───┼───┐        give the box c, which takes in b
//!   └───┴───┘          └───┴───┘ c
//! ```
//!
//! A part of a region makes hundreds of thousands of comparisons, so a box is a row of bits here, one
//! for each piece of each axis that the boxes do not cut ([`scale`](super::scale)): to ask whether a
//! box lies inside another is one pass over two rows.

use std::ops::Range;

use super::cells::number;
use super::scale::Scale;
use super::{Cuboid, Side};

/// A box: the bits of all axes in a row.
type Row = Box<[u64]>;

/// How many bits a word of a row has.
const WORD_BITS: usize = u64::BITS as usize;

/// All maximal boxes of the union of these; nothing if there are more than `most` on the way, or if
/// more pairs would have to be compared than are `left`.
pub(super) fn maximal_boxes(cuboids: &[Cuboid], most: usize, left: &mut usize) -> Option<Vec<Cuboid>> {
    let rows = Rows::of(cuboids);
    let mut known: Vec<Row> = Vec::new();
    let mut waiting: Vec<Row> = cuboids.iter().map(|cuboid| rows.write(cuboid)).collect();
    absorb(&mut waiting);
    waiting.reverse();
    let mut joined: Vec<u64> = vec![0; rows.width];
    while let Some(next) = waiting.pop() {
        if known.iter().any(|other| is_subset(&next, other)) {
            continue;
        }
        if known.len() + waiting.len() > most {
            return None;
        }
        known.retain(|other| !is_subset(other, &next));
        for other in &known {
            for axis in rows.along(&next, other) {
                rows.join(&next, other, axis, &mut joined);
                if is_subset(&joined, &next) || is_subset(&joined, other) {
                    continue;
                }
                *left = left.checked_sub(known.len() + waiting.len())?;
                if !known.iter().chain(&waiting).any(|own| is_subset(&joined, own)) {
                    waiting.push(joined.as_slice().into());
                }
            }
        }
        known.push(next);
    }
    Some(known.iter().map(|row| rows.read(row)).collect())
}

/// Drops boxes that lie inside another; of equal ones the last is kept.
fn absorb(rows: &mut Vec<Row>) {
    let mut at = 0;
    while at < rows.len() {
        if (0..rows.len()).any(|other| other != at && is_subset(&rows[at], &rows[other])) {
            rows.remove(at);
        } else {
            at += 1;
        }
    }
}

fn is_subset(row: &[u64], other: &[u64]) -> bool {
    row.iter().zip(other).all(|(own, other)| own & !other == 0)
}

/// How boxes are written as rows.
struct Rows {
    scale: Scale,
    /// The bits of each axis: the first, and all of them as a row.
    axes: Vec<(usize, Row)>,
    /// How many words a row has.
    width: usize,
}

impl Rows {
    fn of(cuboids: &[Cuboid]) -> Self {
        let axes = cuboids.first().map_or(0, |cuboid| cuboid.sides().len());
        let scale = Scale::of(axes, cuboids);
        let width = (0..axes).map(|axis| scale.pieces(axis)).sum::<usize>().div_ceil(WORD_BITS);
        let mut first = 0;
        let bits = |axis| {
            let from = first;
            first += scale.pieces(axis);
            let mut row: Row = vec![0; width].into();
            (from..first).for_each(|bit| row[bit / WORD_BITS] |= 1 << (bit % WORD_BITS));
            (from, row)
        };
        Self { axes: (0..axes).map(bits).collect(), scale, width }
    }

    fn write(&self, cuboid: &Cuboid) -> Row {
        let mut row: Row = vec![0; self.width].into();
        for (side, (first, _)) in self.scale.down(cuboid).sides().iter().zip(&self.axes) {
            for bit in side.values().map(|piece| first + piece as usize) {
                row[bit / WORD_BITS] |= 1 << (bit % WORD_BITS);
            }
        }
        row
    }

    fn read(&self, row: &Row) -> Cuboid {
        let side = |axis: usize| {
            let first = self.axes[axis].0;
            let has =
                |piece: &usize| row[(first + piece) / WORD_BITS] >> ((first + piece) % WORD_BITS) & 1 == 1;
            Side::from_values((0..self.scale.pieces(axis)).filter(has).map(number))
        };
        self.scale.up(&Cuboid::of_sides((0..self.axes.len()).map(side)))
    }

    /// The axes along which two boxes make a third together: the one on which they share no value, or
    /// all if there is none.
    fn along(&self, a: &Row, b: &Row) -> Range<usize> {
        let apart = |bits: &Row| a.iter().zip(b).zip(bits).all(|((a, b), bits)| a & b & bits == 0);
        let mut apart = self.axes.iter().enumerate().filter(|(_, (_, bits))| apart(bits)).map(|(at, _)| at);
        match (apart.next(), apart.next()) {
            (None, _) => 0..self.axes.len(),
            (Some(axis), None) => axis..axis + 1,
            (Some(_), Some(_)) => 0..0,
        }
    }

    fn join(&self, a: &Row, b: &Row, axis: usize, joined: &mut [u64]) {
        let words = joined.iter_mut().zip(a).zip(b).zip(&self.axes[axis].1);
        words.for_each(|(((joined, a), b), bits)| *joined = a & b | (a | b) & bits);
    }
}
