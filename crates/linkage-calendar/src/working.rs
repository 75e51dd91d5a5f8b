//! How much working time lies between two instants, and where a share of a deadline is used up.

use jiff::{SignedDuration, Timestamp};

use super::pause::{self, Pause};
use super::{Calendar, Deadline};

/// The minutes inside working hours from `a` to `b`, begun minutes not counted; 0 if `b` is not later.
pub fn working_time_between(a: Timestamp, b: Timestamp, calendar: &Calendar) -> u64 {
    let mut worked = SignedDuration::ZERO;
    each_shift(a, b, calendar, |from, to| worked = worked.saturating_add(to.duration_since(from)));
    u64::try_from(worked.as_mins()).unwrap_or(0)
}

/// The instant at which `percent` of a deadline is used: a warning before it is too late.
///
/// Clock time is shared out for minutes to years, working time for workdays and workhours, so that
/// three quarters of four workdays never fall on a weekend. More than 100 counts as 100.
pub fn fraction_of(start: Timestamp, deadline: &Deadline, percent: u8, calendar: &Calendar) -> Timestamp {
    fraction_around(start, deadline, percent, &[], calendar)
}

/// The same where the clock stood in between.
pub fn fraction_around(
    start: Timestamp,
    deadline: &Deadline,
    percent: u8,
    pauses: &[Pause],
    calendar: &Calendar,
) -> Timestamp {
    if percent >= 100 || deadline.due <= start {
        return deadline.due;
    }
    let share = |length: SignedDuration| {
        let millis = length.as_millis() * i128::from(percent) / 100;
        SignedDuration::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    };
    let pauses = pause::since(start, pauses);
    let end = deadline.due;
    // Nearly no clock was ever stopped.
    let runs = |spans: &mut Vec<_>, from, to| match pauses.as_slice() {
        [] => spans.push((from, to)),
        pauses => spans.extend(pause::without(from, to, pauses)),
    };
    let mut spans = Vec::new();
    if deadline.duration.unit.is_working() {
        each_shift(start, end, calendar, |from, to| runs(&mut spans, from, to));
    }
    if spans.is_empty() {
        runs(&mut spans, start, end);
    }
    let lengths = spans.iter().map(|(from, to): &(Timestamp, Timestamp)| to.duration_since(*from));
    after(share(lengths.fold(SignedDuration::ZERO, SignedDuration::saturating_add)), spans, end)
}

/// The instant at which so much of these spans has passed; else the end.
fn after(
    mut length: SignedDuration,
    spans: impl IntoIterator<Item = (Timestamp, Timestamp)>,
    end: Timestamp,
) -> Timestamp {
    for (from, to) in spans {
        let span = to.duration_since(from);
        if length <= span {
            return from.checked_add(length).unwrap_or(end);
        }
        length -= span;
    }
    end
}

/// Meets the working hours from `a` to `b`, in order.
fn each_shift(a: Timestamp, b: Timestamp, calendar: &Calendar, mut meet: impl FnMut(Timestamp, Timestamp)) {
    let dates = std::iter::successors(Some(calendar.date_of(a)), |date| date.tomorrow().ok());
    for date in dates {
        let day = calendar.sheet(date);
        if day.begin.is_none_or(|begin| b <= begin) {
            break;
        }
        let clipped = day.shifts.iter().map(|(from, to)| ((*from).max(a), (*to).min(b)));
        clipped.filter(|(from, to)| from < to).for_each(|(from, to)| meet(from, to));
    }
}
