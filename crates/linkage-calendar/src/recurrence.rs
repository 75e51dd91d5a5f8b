//! Times that recur by the calendar: every Monday at 09:00, every workday at 08:30.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

use super::{Calendar, DayKind};

/// How many days ahead the next occurrence is looked for: a holiday can be more than a year away.
const DAYS_AHEAD: usize = 800;

/// The days on which something recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecurringDay {
    /// Every day.
    Daily,
    /// One day of the week, whatever kind of day it is.
    Weekday(Weekday),
    /// Every day of a kind.
    Kind(DayKind),
}

/// A time of the day on recurring days, on the clock of the calendar's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Recurrence {
    /// On which days.
    pub day: RecurringDay,
    /// The minute of the day; 1440 is midnight at the end of the day.
    pub minute: u16,
}

impl Recurrence {
    /// Whether it falls on a date.
    pub fn falls_on(self, date: Date, calendar: &Calendar) -> bool {
        match self.day {
            RecurringDay::Daily => true,
            RecurringDay::Weekday(weekday) => date.weekday() == weekday,
            RecurringDay::Kind(kind) => calendar.day_kind(date) == kind,
        }
    }

    /// The first occurrence after an instant; none if there is none in the next two years.
    pub fn next_after(self, after: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
        // Midnight at the end of yesterday is an occurrence of today.
        let from = calendar.date_of(after).yesterday().unwrap_or(Date::MIN);
        let dates = std::iter::successors(Some(from), |date| date.tomorrow().ok());
        let falling = dates.take(DAYS_AHEAD).filter(|date| self.falls_on(*date, calendar));
        falling.filter_map(|date| self.instant(date, calendar)).find(|at| *at > after)
    }

    /// The occurrences up to an instant and after another, the latest first.
    pub fn back_from(
        self,
        until: Timestamp,
        after: Timestamp,
        calendar: &Calendar,
    ) -> impl Iterator<Item = Timestamp> {
        let dates = std::iter::successors(Some(calendar.date_of(until)), |date| date.yesterday().ok());
        let first = calendar.date_of(after).yesterday().unwrap_or(Date::MIN);
        dates
            .take_while(move |date| *date >= first)
            .filter(move |date| self.falls_on(*date, calendar))
            .filter_map(move |date| self.instant(date, calendar))
            .filter(move |at| *at > after && *at <= until)
    }

    fn instant(self, date: Date, calendar: &Calendar) -> Option<Timestamp> {
        let date = if self.minute >= 1440 { date.tomorrow().ok()? } else { date };
        let minute = self.minute % 1440;
        let (hour, minute) = (i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?);
        calendar.zone().to_timestamp(date.at(hour, minute, 0, 0)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, calendar: &Calendar) -> Timestamp {
        let civil: jiff::civil::DateTime = text.parse().unwrap();
        calendar.zone().to_timestamp(civil).unwrap()
    }

    #[test]
    fn a_weekly_time_recurs_every_week() {
        let calendar = Calendar::standard();
        let monday = Recurrence { day: RecurringDay::Weekday(Weekday::Monday), minute: 540 };
        // 2026-11-23 is a Monday.
        let first = at("2026-11-23T09:00", &calendar);
        assert_eq!(monday.next_after(at("2026-11-23T08:59", &calendar), &calendar), Some(first));
        assert_eq!(monday.next_after(first, &calendar), Some(at("2026-11-30T09:00", &calendar)));
        let back: Vec<Timestamp> =
            monday.back_from(at("2026-12-07T09:00", &calendar), first, &calendar).collect();
        assert_eq!(back, [at("2026-12-07T09:00", &calendar), at("2026-11-30T09:00", &calendar)]);
    }

    #[test]
    fn workdays_are_those_of_the_calendar() {
        let calendar = Calendar::standard();
        let workday = Recurrence { day: RecurringDay::Kind(DayKind::Workday), minute: 540 };
        let friday = at("2026-11-27T09:00", &calendar);
        assert_eq!(workday.next_after(friday, &calendar), Some(at("2026-11-30T09:00", &calendar)));
        let holiday = Recurrence { day: RecurringDay::Kind(DayKind::Holiday), minute: 540 };
        assert_eq!(holiday.next_after(friday, &calendar), None, "the standard calendar has no holidays");
    }

    #[test]
    fn midnight_at_the_end_of_a_day_belongs_to_that_day() {
        let calendar = Calendar::standard();
        let sunday = Recurrence { day: RecurringDay::Weekday(Weekday::Sunday), minute: 1440 };
        let midnight = at("2026-11-30T00:00", &calendar);
        assert_eq!(sunday.next_after(at("2026-11-29T23:59", &calendar), &calendar), Some(midnight));
        let back: Vec<Timestamp> =
            sunday.back_from(midnight, at("2026-11-25T00:00", &calendar), &calendar).collect();
        assert_eq!(back, [midnight]);
    }
}
