//! How much working time lies between two instants, and where a share of a deadline is used up.

use jiff::{SignedDuration, Timestamp};

use super::hours::date_of;
use super::pause::{self, Pause};
use super::{Calendar, Deadline};

/// The minutes inside working hours from `a` to `b`, begun minutes not counted; 0 if `b` is not later.
pub fn working_time_between(a: Timestamp, b: Timestamp, calendar: &Calendar) -> u64 {
    u64::try_from(worked(a, b, calendar).as_mins()).unwrap_or(0)
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
    if deadline.duration.unit.is_working() {
        let spans = || shifts(start, end, calendar).flat_map(|(from, to)| pause::without(from, to, &pauses));
        let work = length(spans());
        if work > SignedDuration::ZERO {
            return after(share(work), spans(), end);
        }
    }
    let spans = || pause::without(start, end, &pauses);
    after(share(length(spans())), spans(), end)
}

fn worked(a: Timestamp, b: Timestamp, calendar: &Calendar) -> SignedDuration {
    length(shifts(a, b, calendar))
}

fn length(spans: impl Iterator<Item = (Timestamp, Timestamp)>) -> SignedDuration {
    spans.map(|(from, to)| to.duration_since(from)).fold(SignedDuration::ZERO, SignedDuration::saturating_add)
}

/// The instant at which so much of these spans has passed; else the end.
fn after(
    mut length: SignedDuration,
    spans: impl Iterator<Item = (Timestamp, Timestamp)>,
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

/// The working hours from `a` to `b`, as instants.
fn shifts(a: Timestamp, b: Timestamp, calendar: &Calendar) -> impl Iterator<Item = (Timestamp, Timestamp)> {
    let last = date_of(calendar.zone(), b);
    let dates = std::iter::successors(Some(date_of(calendar.zone(), a)), |date| date.tomorrow().ok());
    let clip = move |(from, to): (Timestamp, Timestamp)| (from.max(a), to.min(b));
    dates
        .take_while(move |date| *date <= last)
        .flat_map(|date| calendar.shifts(date))
        .map(clip)
        .filter(|(from, to)| from < to)
}
