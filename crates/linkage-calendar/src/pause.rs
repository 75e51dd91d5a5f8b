//! Spans in which the clock of a deadline stood.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::Calendar;

/// A span in which the clock stood: from an instant up to, and not with, another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pause {
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
}

/// The pauses from an instant on, in order, none of them empty or within another.
pub(super) fn since(start: Timestamp, pauses: &[Pause]) -> Vec<Pause> {
    let clipped = pauses.iter().map(|pause| Pause { from: pause.from.max(start), ..*pause });
    let mut all: Vec<Pause> = clipped.filter(|pause| pause.from < pause.to).collect();
    all.sort_unstable();
    let mut joined: Vec<Pause> = Vec::new();
    for pause in all {
        match joined.last_mut() {
            Some(last) if pause.from <= last.to => last.to = last.to.max(pause.to),
            _ => joined.push(pause),
        }
    }
    joined
}

/// How long the clock ran between two instants.
pub(super) fn ran(from: Timestamp, to: Timestamp, pauses: &[Pause]) -> SignedDuration {
    without(from, to, pauses)
        .map(|(from, to)| to.duration_since(from))
        .fold(SignedDuration::ZERO, SignedDuration::saturating_add)
}

/// The parts of a span in which the clock ran; `pauses` are in order.
pub(super) fn without(
    from: Timestamp,
    to: Timestamp,
    pauses: &[Pause],
) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
    let begins = std::iter::once(from).chain(pauses.iter().map(move |pause| pause.to.max(from)));
    let ends = pauses.iter().map(move |pause| pause.from.min(to)).chain(std::iter::once(to));
    begins.zip(ends).filter(|(from, to)| from < to)
}

/// Whether the clock stood on a day, be it for a minute.
pub(super) fn stood(date: Date, pauses: &[Pause], calendar: &Calendar) -> bool {
    if pauses.is_empty() {
        return false;
    }
    let day = calendar.sheet(date);
    let (Some(begin), Some(end)) = (day.begin, day.end) else { return false };
    pauses.iter().any(|pause| pause.from < end && begin < pause.to)
}
