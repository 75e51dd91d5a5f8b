//! When something comes at the latest, as a function of the minute at which all began.
//!
//! Such a function never falls, and is made of pieces on which it either stands still or runs with the clock:
//!
//! ```text
//!   latest                  ┌────        after "2 hours"   runs with the clock
//!                     ┌─────┘            after "1 day"     stands still through each day of the start
//!              ───────┘                  the later, the earlier of two: pieces again
//!              start of the case
//! ```
//!
//! So the worst over half a million starting minutes is found at the ends of a few hundred pieces, exactly.

use super::almanac::{Almanac, Minute};
use super::{Duration, Unit};

/// One piece: from a minute up to another, the value at the first, and whether it runs with the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    from: Minute,
    to: Minute,
    at: Minute,
    runs: bool,
}

impl Piece {
    fn value(&self, minute: Minute) -> Minute {
        if self.runs { self.at + (minute - self.from) } else { self.at }
    }

    fn part(&self, from: Minute, to: Minute) -> Self {
        Self { from, to, at: self.value(from), runs: self.runs && to - from > 1 }
    }
}

/// When something comes at the latest, by the minute of the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Latest {
    pieces: Vec<Piece>,
}

impl Latest {
    /// At the start itself, for starts in these spans of minutes: in order, apart, each without its end.
    pub fn start(spans: impl IntoIterator<Item = (Minute, Minute)>) -> Self {
        let mut it = Self::default();
        for (from, to) in spans.into_iter().filter(|(from, to)| from < to) {
            it.push(Piece { from, to, at: from, runs: to - from > 1 });
        }
        it
    }

    /// The value for a start; none where none begins then.
    pub fn at(&self, minute: Minute) -> Option<Minute> {
        let after = self.pieces.partition_point(|piece| piece.from <= minute);
        let piece = self.pieces.get(after.checked_sub(1)?)?;
        (minute < piece.to).then(|| piece.value(minute))
    }

    /// When so long after it is due; none where that lies beyond the almanac.
    pub fn then(&self, duration: Duration, almanac: &Almanac) -> Option<Self> {
        let mut it = Self::default();
        for piece in &self.pieces {
            if !piece.runs {
                it.push(Piece { at: almanac.due(piece.at, duration)?, ..*piece });
                continue;
            }
            let (first, last) = (piece.at, piece.value(piece.to));
            let turns = almanac.turns(duration, first, last);
            let edges = turns.iter().map(|turn| piece.from + (turn - first)).chain([piece.to]);
            let mut from = piece.from;
            for to in edges {
                let own = piece.part(from, to);
                let at = almanac.due(own.at, duration)?;
                let end = almanac.due(own.value(to - 1), duration)?;
                let on_the_clock = matches!(duration.unit, Unit::Minute | Unit::Hour | Unit::WorkHour);
                let runs = end > at && (on_the_clock || duration.amount == 0);
                it.push(Piece { from, to, at, runs });
                from = to;
            }
        }
        Some(it)
    }

    /// So many minutes earlier, but never before another of the same starts.
    #[must_use]
    pub fn earlier(&self, minutes: Minute, not_before: &Self) -> Self {
        let moved = self.pieces.iter().map(|piece| Piece { at: piece.at - minutes, ..*piece });
        Self { pieces: moved.collect() }.joined(not_before, true)
    }

    /// The later of two of the same starts.
    #[must_use]
    pub fn later_of(&self, other: &Self) -> Self {
        self.joined(other, true)
    }

    /// The earlier of two of the same starts.
    #[must_use]
    pub fn earlier_of(&self, other: &Self) -> Self {
        self.joined(other, false)
    }

    fn joined(&self, other: &Self, later: bool) -> Self {
        let mut it = Self::default();
        for (one, two) in overlay(&self.pieces, &other.pieces) {
            let (from, to) = (one.from, one.to);
            // Where one stands and the other runs they may cross once.
            let cross = match (one.runs, two.runs) {
                (true, false) => from + (two.at - one.at),
                (false, true) => from + (one.at - two.at),
                _ => to,
            };
            let cross = if from < cross && cross < to { cross } else { to };
            for (from, to) in [(from, cross), (cross, to)].into_iter().filter(|(from, to)| from < to) {
                let (a, b) = (one.part(from, to), two.part(from, to));
                let a_wins = (a.at, a.value(to - 1)) >= (b.at, b.value(to - 1));
                it.push(if a_wins == later { a } else { b });
            }
        }
        it
    }

    /// The start for which it lies furthest behind another, and by how many minutes (negative: it lies
    /// before it for every start). Of several the earliest.
    pub fn furthest_behind(&self, other: &Self) -> Option<(Minute, Minute)> {
        let pairs = overlay(&self.pieces, &other.pieces);
        let ends = pairs.flat_map(|(one, two)| {
            [one.from, one.to - 1].map(|start| (start, one.value(start) - two.value(start)))
        });
        ends.max_by_key(|(start, behind)| (*behind, std::cmp::Reverse(*start)))
    }

    /// The spans of values that it takes, with the span of starts for each.
    pub fn spans(&self) -> impl Iterator<Item = ((Minute, Minute), (Minute, Minute))> + '_ {
        self.pieces.iter().map(|piece| ((piece.from, piece.to), (piece.at, piece.value(piece.to - 1) + 1)))
    }

    /// How many pieces it has.
    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }

    fn push(&mut self, piece: Piece) {
        if let Some(last) = self.pieces.last_mut()
            && last.to == piece.from
        {
            let long = piece.to - last.from > 1;
            let stands = !last.runs && !piece.runs && last.at == piece.at;
            let single = |piece: &Piece| piece.runs || piece.to - piece.from == 1;
            let runs = single(last) && single(&piece) && long && last.at + (last.to - last.from) == piece.at;
            if stands || runs {
                last.to = piece.to;
                last.runs = runs;
                return;
            }
        }
        self.pieces.push(piece);
    }
}

/// Two functions on the spans of starts that both have, cut where either has a new piece.
fn overlay<'l>(one: &'l [Piece], two: &'l [Piece]) -> impl Iterator<Item = (Piece, Piece)> + 'l {
    let (mut at, mut other) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let (a, b) = (one.get(at)?, two.get(other)?);
            let (from, to) = (a.from.max(b.from), a.to.min(b.to));
            if a.to <= b.to {
                at += 1;
            }
            if b.to <= a.to {
                other += 1;
            }
            if from < to {
                return Some((a.part(from, to), b.part(from, to)));
            }
        }
    })
}
