//! How long a duration can take on the clock: the shortest and the longest over all starts.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{Calendar, DeadlineFault, Duration, Unit, deadline};

/// The least and the most time that passes on the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// No start makes it shorter.
    pub shortest: SignedDuration,
    /// No start makes it longer.
    pub longest: SignedDuration,
}

/// How long `duration` takes on the clock, at least and at most, for a start on any day from `first`
/// to `last`. Nothing if there is no such day.
///
/// Exact, from few starts: what is due at one instant whenever on a day it starts takes longest from
/// the day's first instant, and shortest from its last (the bound is that of the day's end, not quite
/// reached). Workhours take shortest from when work begins and longest from when it ends: while work
/// is done, a later start only pushes the end over more pauses; while none is, it only saves waiting.
pub fn elapsed_bounds(
    duration: Duration,
    calendar: &Calendar,
    first: Date,
    last: Date,
) -> Result<Option<Bounds>, DeadlineFault> {
    let mut bounds: Option<Bounds> = None;
    let days =
        std::iter::successors(Some(first), |date| date.tomorrow().ok()).take_while(|date| *date <= last);
    for date in days {
        let day = calendar.sheet(date);
        let begin = day.begin.ok_or(DeadlineFault::BeyondTime)?;
        let end = day.end.ok_or(DeadlineFault::BeyondTime)?;
        let due = |start: Timestamp| deadline(start, duration, calendar).map(|deadline| deadline.due);
        if duration.unit == Unit::WorkHour && duration.amount > 0 {
            let edges = calendar.shifts(date).flat_map(|(open, close)| [open, close]);
            for start in edges.chain([begin, end]) {
                bounds = Some(wider(bounds, due(start)?.duration_since(start)));
            }
        } else {
            let due = due(begin)?;
            bounds = Some(wider(bounds, due.duration_since(begin)));
            if !matches!(duration.unit, Unit::Minute | Unit::Hour) && duration.amount > 0 {
                bounds = Some(wider(bounds, due.duration_since(end)));
            }
        }
    }
    Ok(bounds)
}

fn wider(bounds: Option<Bounds>, seen: SignedDuration) -> Bounds {
    let Bounds { shortest, longest } = bounds.unwrap_or(Bounds { shortest: seen, longest: seen });
    Bounds { shortest: shortest.min(seen), longest: longest.max(seen) }
}
