//! How much working time lies between two instants, and where a share of a deadline is used up.

use jiff::{SignedDuration, Timestamp};

use super::hours::date_of;
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
    if percent >= 100 || deadline.due <= start {
        return deadline.due;
    }
    let share = |length: SignedDuration| {
        let millis = length.as_millis() * i128::from(percent) / 100;
        SignedDuration::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    };
    let work = worked(start, deadline.due, calendar);
    if deadline.duration.unit.is_working() && work > SignedDuration::ZERO {
        return after_work(start, share(work), deadline.due, calendar);
    }
    let clock = deadline.due.duration_since(start);
    start.checked_add(share(clock)).map_or(deadline.due, |at| at.min(deadline.due))
}

fn worked(a: Timestamp, b: Timestamp, calendar: &Calendar) -> SignedDuration {
    let length = |(from, to): (Timestamp, Timestamp)| to.duration_since(from);
    shifts(a, b, calendar).map(length).fold(SignedDuration::ZERO, SignedDuration::saturating_add)
}

/// The instant between `a` and `b` at which so much working time has passed since `a`.
fn after_work(a: Timestamp, mut length: SignedDuration, b: Timestamp, calendar: &Calendar) -> Timestamp {
    for (from, to) in shifts(a, b, calendar) {
        let shift = to.duration_since(from);
        if length <= shift {
            return from.checked_add(length).unwrap_or(b);
        }
        length -= shift;
    }
    b
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
