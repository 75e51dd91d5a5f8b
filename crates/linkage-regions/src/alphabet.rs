//! The values of one axis as *letters*: a letter stands for all values that no box tells apart.
//!
//! An enumeration has no order, so a rule may name any of its values together. A side over letters is
//! a set of bits, which one machine instruction compares with another:
//!
//! ```text
//!   values    0 1 2 3 4 5 6 7        letters   a = 0 1 5    b = 2 3 7    c = 4 6
//!   rule 1    x x . . . x . .        rule 1    a . .
//!   rule 2    . . x x x . x x        rule 2    . b c
//!   rule 3    . . x x . . . x        rule 3    . b .
//! ```
//!
//! Values outside every box are a letter too. Letters are numbered by their least value, so an axis
//! that has an order after all keeps it.

use std::collections::{BTreeMap, HashSet};

use super::{Run, Side};

/// The number of letters in a machine word.
const WORD_BITS: usize = u64::BITS as usize;
/// An axis with more stretches of values between edges than this has no alphabet.
const MAX_STRETCHES: usize = 1 << 16;
/// The most words that all boxes together may take on one axis (64 MiB).
const MAX_WORDS: usize = 1 << 23;
/// Stretches are merged into letters only if sides times stretches is no more than this.
const MAX_MERGE_STEPS: usize = 20_000_000;

/// The letters of one axis.
pub(super) struct Alphabet {
    /// Where each stretch of values begins that no side has an edge in; the first begins at 0.
    starts: Vec<u32>,
    /// The letter of each stretch.
    letters: Vec<u32>,
    /// How many words a set of letters takes.
    pub(super) words: usize,
}

impl Alphabet {
    /// The letters of these sides, where it pays to cut them by sets: some side has values missing in
    /// between, and there are few letters, or the sides are mostly of that sort.
    pub(super) fn of<'a>(sides: impl Iterator<Item = &'a Side> + Clone) -> Option<Self> {
        if !sides.clone().any(|side| side.runs().len() > 1) {
            return None;
        }
        let mut starts: Vec<u32> = vec![0];
        for side in sides.clone() {
            starts.extend(side.runs().iter().flat_map(|run| [run.start, run.end]));
        }
        starts.sort_unstable();
        starts.dedup();
        if starts.len() <= WORD_BITS {
            let letters = (0..).take(starts.len()).collect();
            return Some(Self { starts, letters, words: 1 });
        }
        if starts.len() > MAX_STRETCHES {
            return None;
        }
        let count = sides.clone().count();
        let distinct: HashSet<&Side> = sides.collect();
        let mut distinct: Vec<&Side> = distinct.into_iter().collect();
        distinct.sort_unstable();
        let mut alphabet = Self { letters: (0..).take(starts.len()).collect(), starts, words: 0 };
        if distinct.len() * alphabet.starts.len() <= MAX_MERGE_STEPS {
            alphabet.merge(&distinct);
        }
        let letters = alphabet.letters.iter().max().map_or(0, |last| *last as usize + 1);
        alphabet.words = letters.div_ceil(WORD_BITS);
        let broken = distinct.iter().filter(|side| side.runs().len() > 1).count();
        let pays = alphabet.words == 1 || 4 * broken >= distinct.len();
        (pays && alphabet.words * count <= MAX_WORDS).then_some(alphabet)
    }

    /// Gives one letter to all stretches that are in the same sides, by splitting letters along each
    /// side in turn (partition refinement).
    fn merge(&mut self, sides: &[&Side]) {
        self.letters.fill(0);
        let mut next = 1;
        for side in sides {
            let mut inside: BTreeMap<u32, u32> = BTreeMap::new();
            for run in side.runs() {
                for at in self.stretches(*run) {
                    let letter = inside.entry(self.letters[at]).or_insert_with(|| {
                        next += 1;
                        next - 1
                    });
                    self.letters[at] = *letter;
                }
            }
        }
        let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
        for letter in &mut self.letters {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *letter = *numbers.entry(*letter).or_insert(next);
        }
    }

    /// The stretches that share a value with the run.
    fn stretches(&self, run: Run) -> std::ops::Range<usize> {
        let from = self.starts.partition_point(|start| *start <= run.start) - 1;
        from..self.starts.partition_point(|start| *start < run.end)
    }

    /// Adds the letters that share a value with the side.
    pub(super) fn write(&self, side: &Side, word: &mut [u64]) {
        for at in side.runs().iter().flat_map(|run| self.stretches(*run)) {
            let letter = self.letters[at] as usize;
            word[letter / WORD_BITS] |= 1 << (letter % WORD_BITS);
        }
    }

    /// The values of these letters.
    pub(super) fn read(&self, word: &[u64]) -> Side {
        let ends = self.starts[1..].iter().copied().chain([u32::MAX]);
        let stretches = self.starts.iter().zip(ends).zip(&self.letters);
        let has = |letter: u32| word[letter as usize / WORD_BITS] >> (letter as usize % WORD_BITS) & 1 == 1;
        Side::from_runs(
            stretches.filter(|(_, letter)| has(**letter)).map(|((start, end), _)| Run::new(*start, end)),
        )
    }
}
