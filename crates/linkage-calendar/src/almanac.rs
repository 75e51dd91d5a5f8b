//! A calendar written out day by day, so that deadlines can be asked by the million.
//!
//! Instants are whole minutes since the first of its days began. What it answers is what
//! [`deadline()`](super::deadline()) answers; a property test holds the two together.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::calendar::{LastDay, ShortMonth};
use super::deadline::YEARS;
use super::{Calendar, DayKind, Duration, Unit};

/// A minute, counted from the beginning of the almanac's first day.
pub type Minute = i64;

/// A calendar written out.
#[derive(Debug, Clone)]
pub struct Almanac {
    first: Date,
    begins: Timestamp,
    last_day: LastDay,
    short_month: Option<ShortMonth>,
    days: Vec<Row>,
    /// Working hours, with the working minutes before each.
    shifts: Vec<Shift>,
    /// The days on which work is done, by their index.
    workdays: Vec<u32>,
}

/// One day.
#[derive(Debug, Clone, Copy)]
struct Row {
    begin: Minute,
    end: Minute,
    /// When work ends on it.
    close: Minute,
    kind: DayKind,
    /// How many workdays there are up to and with it.
    worked: u32,
}

#[derive(Debug, Clone, Copy)]
struct Shift {
    open: Minute,
    close: Minute,
    before: Minute,
}

impl Almanac {
    /// Writes out so many days from a date on; fewer where time itself ends.
    pub fn new(calendar: &Calendar, first: Date, days: u32) -> Self {
        let begins = calendar.sheet(first).begin.unwrap_or_default();
        let mut it = Self {
            first,
            begins,
            last_day: calendar.last_day_on_holiday(),
            short_month: calendar.short_month(),
            days: Vec::new(),
            shifts: Vec::new(),
            workdays: Vec::new(),
        };
        let minute = |at: Timestamp| (at.as_second() - begins.as_second()).div_euclid(60);
        let dates = std::iter::successors(Some(first), |date| date.tomorrow().ok());
        let mut worked: Minute = 0;
        for (index, date) in (0..days.min(YEARS * 366)).zip(dates) {
            let day = calendar.sheet(date);
            let (Some(begin), Some(end)) = (day.begin, day.end) else { break };
            let close = day.close.unwrap_or(end);
            for (open, close) in &day.shifts {
                let (open, close) = (minute(*open), minute(*close));
                it.shifts.push(Shift { open, close, before: worked });
                worked += close - open;
            }
            if day.kind == DayKind::Workday {
                it.workdays.push(index);
            }
            let workdays = u32::try_from(it.workdays.len()).unwrap_or(u32::MAX);
            let (begin, end, close) = (minute(begin), minute(end), minute(close));
            it.days.push(Row { begin, end, close, kind: day.kind, worked: workdays });
        }
        it
    }

    /// The instant of a minute.
    pub fn instant(&self, minute: Minute) -> Timestamp {
        let seconds = self.begins.as_second().saturating_add(minute.saturating_mul(60));
        Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
    }

    /// The minutes of its day of this index, from the first up to the first that is no more of it; its kind.
    pub fn day(&self, index: usize) -> Option<(Minute, Minute, DayKind)> {
        self.days.get(index).map(|row| (row.begin, row.end, row.kind))
    }

    /// The day of a minute.
    pub fn day_of(&self, minute: Minute) -> Option<usize> {
        let after = self.days.partition_point(|row| row.begin <= minute);
        after.checked_sub(1).filter(|index| self.days[*index].end > minute)
    }

    /// When so long from a minute on is due; none where that lies beyond the almanac.
    pub fn due(&self, from: Minute, duration: Duration) -> Option<Minute> {
        let amount = Minute::from(duration.amount);
        if amount == 0 {
            return Some(from);
        }
        match duration.unit {
            Unit::Minute => Some(from + amount),
            Unit::Hour => Some(from + 60 * amount),
            Unit::WorkHour => self.after_work(self.worked(from) + 60 * amount),
            Unit::Workday => {
                let today = self.days.get(self.day_of(from)?)?;
                let index = usize::try_from(today.worked).ok()? + usize::try_from(amount).ok()? - 1;
                Some(self.days.get(*self.workdays.get(index)? as usize)?.close)
            }
            Unit::Day => self.end_of(self.day_of(from)?, amount),
            Unit::Week => self.end_of(self.day_of(from)?, 7 * amount),
            Unit::Month => self.months(from, amount),
            Unit::Year => self.months(from, 12 * amount),
        }
    }

    fn months(&self, from: Minute, amount: Minute) -> Option<Minute> {
        let index = self.day_of(from)?;
        let date = self.first.checked_add(i64::try_from(index).ok()?.days()).ok()?;
        let mut later = date.checked_add(amount.months()).ok()?;
        if later.day() < date.day() {
            match self.short_month? {
                ShortMonth::LastDay => {}
                ShortMonth::NextDay => later = later.tomorrow().ok()?,
            }
        }
        let days = date.until(later).ok()?.get_days();
        self.end_of(index, Minute::from(days))
    }

    /// The end of a day so many days later, or of the workday that it moves to.
    fn end_of(&self, index: usize, later: Minute) -> Option<Minute> {
        let index = index + usize::try_from(later).ok()?;
        let last = self.days.get(index..)?;
        let moves = self.last_day == LastDay::NextWorkday;
        last.iter().find(|row| !moves || row.kind == DayKind::Workday).map(|row| row.end)
    }

    /// How many minutes of work lie before a minute.
    pub fn worked(&self, minute: Minute) -> Minute {
        let after = self.shifts.partition_point(|shift| shift.open <= minute);
        let Some(shift) = after.checked_sub(1).and_then(|last| self.shifts.get(last)) else { return 0 };
        shift.before + (minute - shift.open).min(shift.close - shift.open)
    }

    /// When so many minutes of work are done.
    pub fn after_work(&self, worked: Minute) -> Option<Minute> {
        let index = self.shifts.partition_point(|shift| shift.before + (shift.close - shift.open) < worked);
        self.shifts.get(index).map(|shift| shift.open + (worked - shift.before))
    }

    /// The last minute up to which no more than so many minutes of work are done.
    fn until_work(&self, worked: Minute) -> Option<Minute> {
        let index = self.shifts.partition_point(|shift| shift.before + (shift.close - shift.open) <= worked);
        self.shifts.get(index).map(|shift| shift.open + (worked - shift.before))
    }

    /// When such a share of what is due at `due` is used, as [`fraction_of`](super::fraction_of) counts it.
    pub fn share(&self, from: Minute, due: Minute, percent: u32, working: bool) -> Option<Minute> {
        if percent >= 100 || due <= from {
            return Some(due);
        }
        let work = self.worked(due) - self.worked(from);
        if working && work > 0 {
            // A share of a minute counts as the minute begun before it.
            return self
                .after_work(self.worked(from) + work * Minute::from(percent) / 100)
                .map(|at| at.max(from));
        }
        Some(from + (due - from) * Minute::from(percent) / 100)
    }

    /// Where a deadline of a unit counts differently from before, between two minutes: of days their
    /// beginnings, of working hours where work begins and ends, and where what is due does so.
    pub(super) fn turns(&self, duration: Duration, from: Minute, to: Minute) -> Vec<Minute> {
        let mut turns: Vec<Minute> = match duration.unit {
            _ if duration.amount == 0 => Vec::new(),
            Unit::Minute | Unit::Hour => Vec::new(),
            Unit::WorkHour => {
                let length = 60 * Minute::from(duration.amount);
                let shifts = &self.shifts;
                let near = |at: &Shift, minute: Minute| at.close < minute;
                let own = shifts.iter().skip(shifts.partition_point(|shift| near(shift, from)));
                let own =
                    own.take_while(|shift| shift.open <= to).flat_map(|shift| [shift.open, shift.close]);
                let (least, most) = (self.worked(from), self.worked(to));
                let ends = shifts.iter().map(|shift| shift.before + (shift.close - shift.open) - length);
                let ends = ends.skip_while(|worked| *worked < least).take_while(|worked| *worked <= most);
                // The next minute of work is due in the next shift.
                own.chain(ends.filter_map(|worked| Some(self.until_work(worked)? + 1))).collect()
            }
            _ => {
                let first = self.days.partition_point(|row| row.begin <= from);
                self.days.iter().skip(first).map(|row| row.begin).take_while(|begin| *begin < to).collect()
            }
        };
        turns.retain(|turn| from < *turn && *turn < to);
        turns.sort_unstable();
        turns.dedup();
        turns
    }
}
