//! When something is due, with an account of every day on the way.
//!
//! Five ways of counting, by the unit of the duration:
//!
//! - **minutes, hours** run on the clock from the start, through nights and holidays;
//! - **days, weeks** are days of the calendar in its zone. The day of the start is not counted, and
//!   the last day counts whole: due at 24:00. (So Chinese civil law, Civil Code art. 201 and 203, and
//!   Regulation (EEC) 1182/71 art. 3: who learns of something at noon has whole days.)
//! - **months, years** end on the day of the start's number in the later month, at 24:00. Where the
//!   month has no such day the calendar says which it is (its last by Civil Code art. 202); if it says
//!   nothing there is no answer. Months are counted from the start and not one from the other, so
//!   31 January and two months is 31 March.
//! - **workdays** are days on which work is done. The day of the start is not counted, and the last
//!   ends with its working hours: after them nobody is there to receive anything.
//! - **workhours** run from the start at once, but only inside working hours.
//!
//! A last day that is no workday stays or moves, as the calendar says ([`LastDay`]). Nothing of
//! anything is due at once.
//!
//! Where the clock stood ([`Pause`]) no time is used: minutes and hours go on when it runs again; a day on
//! which it stood, be it for a minute, does not count, and adds a day to months. What was used before stays
//! used.

use ecow::EcoString;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::calendar::{LastDay, ShortMonth};
use super::pause::{self, Pause};
use super::{Calendar, DayKind, DeadlineFault, Duration, Unit};

/// The furthest that a deadline may lie ahead.
pub(super) const YEARS: u32 = 100;
const DAYS: u32 = YEARS * 366;

/// When something is due, and why then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The duration that was given.
    pub duration: Duration,
    /// The first instant that is too late.
    pub due: Timestamp,
    /// Whether it depends on a year whose holidays are not announced yet.
    pub provisional: bool,
    /// What `counted` and `total` of each day are numbers of.
    pub counted_in: CountedIn,
    /// The days from that of the start to the last, in order; of months, the day that ends each.
    pub days: Vec<DayAccount>,
}

/// What is counted in the account of a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountedIn {
    /// Minutes on the clock, or inside working hours.
    Minutes,
    /// Days of the calendar, or workdays.
    Days,
    /// Months; a year is twelve.
    Months,
}

/// What one day adds to a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayAccount {
    /// The date in the zone of the calendar.
    pub date: Date,
    /// What the day is.
    pub kind: DayKind,
    /// The name of the holiday or of what is made up for.
    pub name: Option<EcoString>,
    /// How much of the duration this day used; 0 if it did not count.
    pub counted: u32,
    /// How much is used by the end of this day.
    pub total: u32,
    /// Whether the holidays of this day's year are not announced yet.
    pub provisional: bool,
    /// What else is to be said of it.
    pub note: Option<Note>,
}

/// Why a day counts as it does, beyond its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Note {
    /// The day of the start is not counted.
    DayOfStart,
    /// The month has no day of the start's number; this one stands for it.
    ShortMonth,
    /// The clock stood on this day, or on a part of it.
    Stood,
    /// It makes up for a day on which the clock stood.
    MadeUp,
    /// The last day would have been earlier, but was no workday; this one is none either, or is where
    /// the deadline moved to.
    MovedOn,
}

/// When `duration` from `start` is due by this calendar. See the head of this file for how each unit
/// counts, and why.
pub fn deadline(
    start: Timestamp,
    duration: Duration,
    calendar: &Calendar,
) -> Result<Deadline, DeadlineFault> {
    deadline_around(start, duration, &[], calendar)
}

/// The same where the clock stood in between.
pub fn deadline_around(
    start: Timestamp,
    duration: Duration,
    pauses: &[Pause],
    calendar: &Calendar,
) -> Result<Deadline, DeadlineFault> {
    counted(start, duration, pauses, calendar, true)
}

/// The same without the account of the days: for all who only ask when, and ask often.
pub fn deadline_alone(
    start: Timestamp,
    duration: Duration,
    pauses: &[Pause],
    calendar: &Calendar,
) -> Result<Deadline, DeadlineFault> {
    counted(start, duration, pauses, calendar, false)
}

fn counted(
    start: Timestamp,
    duration: Duration,
    pauses: &[Pause],
    calendar: &Calendar,
    kept: bool,
) -> Result<Deadline, DeadlineFault> {
    let first = calendar.date_of(start);
    let counted_in = match duration.unit {
        Unit::Minute | Unit::Hour | Unit::WorkHour => CountedIn::Minutes,
        Unit::Day | Unit::Week | Unit::Workday => CountedIn::Days,
        Unit::Month | Unit::Year => CountedIn::Months,
    };
    let pauses = pause::since(start, pauses);
    let mut account = Account { calendar, pauses, kept, total: 0, provisional: false, days: Vec::new() };
    let due = if duration.amount == 0 {
        start
    } else {
        match duration.unit {
            Unit::Minute => {
                account.elapsed(start, first, SignedDuration::from_mins(duration.amount.into()))?
            }
            Unit::Hour => {
                account.elapsed(start, first, SignedDuration::from_hours(duration.amount.into()))?
            }
            Unit::WorkHour => account.work_hours(start, first, duration.amount)?,
            Unit::Day => account.days(first, u64::from(duration.amount))?,
            Unit::Week => account.days(first, u64::from(duration.amount) * 7)?,
            Unit::Workday => account.workdays(first, duration.amount)?,
            Unit::Month => account.months(first, u64::from(duration.amount))?,
            Unit::Year => account.months(first, u64::from(duration.amount) * 12)?,
        }
    };
    Ok(Deadline { duration, due, provisional: account.provisional, counted_in, days: account.days })
}

struct Account<'a> {
    calendar: &'a Calendar,
    pauses: Vec<Pause>,
    /// Whether the days are kept.
    kept: bool,
    total: u32,
    provisional: bool,
    days: Vec<DayAccount>,
}

impl Account<'_> {
    fn enter(&mut self, date: Date, counted: u32, note: Option<Note>) {
        self.total += counted;
        if !self.kept {
            return;
        }
        let day = self.calendar.day(date);
        self.days.push(DayAccount {
            date,
            kind: day.kind,
            name: day.name.cloned(),
            counted,
            total: self.total,
            provisional: day.provisional,
            note,
        });
    }

    /// The day is decisive: if it may yet become another kind, so may the deadline.
    fn rely_on(&mut self, date: Date) -> DayKind {
        let day = self.calendar.sheet(date);
        self.provisional |= day.provisional;
        day.kind
    }

    fn elapsed(
        &mut self,
        start: Timestamp,
        first: Date,
        length: SignedDuration,
    ) -> Result<Timestamp, DeadlineFault> {
        let century = SignedDuration::from_hours(i64::from(DAYS) * 24);
        if length > century {
            return Err(DeadlineFault::TooFar(YEARS));
        }
        let mut due = start.checked_add(length).map_err(|_| DeadlineFault::BeyondTime)?;
        for pause in &self.pauses {
            if pause.from < due {
                let stood = pause.to.duration_since(pause.from);
                due = due.checked_add(stood).map_err(|_| DeadlineFault::BeyondTime)?;
            }
        }
        if !self.kept {
            // Where the last day can't be told, nothing is due on it, with its account or without.
            let last = due.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(due);
            return self.end_of(self.calendar.date_of(last)).map(|_| due);
        }
        let mut date = first;
        loop {
            let until = self.end_of(date)?.min(due);
            let used = whole_minutes(pause::ran(start, until, &self.pauses));
            let note = self.stood(date).then_some(Note::Stood);
            self.enter(date, used.saturating_sub(self.total), note);
            if until == due {
                return Ok(due);
            }
            date = next(date)?;
        }
    }

    fn work_hours(&mut self, start: Timestamp, first: Date, amount: u32) -> Result<Timestamp, DeadlineFault> {
        let length = SignedDuration::from_hours(amount.into());
        let mut used = SignedDuration::ZERO;
        let mut date = first;
        for _ in 0..DAYS {
            self.rely_on(date);
            let mut due = None;
            let shifts = self.calendar.shifts(date).map(|(open, close)| (open.max(start), close));
            for (from, to) in shifts.flat_map(|(open, close)| pause::without(open, close, &self.pauses)) {
                let shift = to.duration_since(from);
                if used + shift >= length {
                    due = Some(from.checked_add(length - used).map_err(|_| DeadlineFault::BeyondTime)?);
                    used = length;
                    break;
                }
                used += shift;
            }
            let note = self.stood(date).then_some(Note::Stood);
            self.enter(date, whole_minutes(used).saturating_sub(self.total), note);
            if let Some(due) = due {
                return Ok(due);
            }
            date = next(date)?;
        }
        Err(self.endless())
    }

    fn workdays(&mut self, first: Date, amount: u32) -> Result<Timestamp, DeadlineFault> {
        self.enter(first, 0, Some(Note::DayOfStart));
        let mut date = first;
        for _ in 0..DAYS {
            date = next(date)?;
            let stood = self.stood(date);
            let counts = !stood && self.rely_on(date) == DayKind::Workday;
            self.enter(date, u32::from(counts), stood.then_some(Note::Stood));
            if self.total == amount {
                return self.calendar.sheet(date).close.ok_or(DeadlineFault::BeyondTime);
            }
        }
        Err(self.endless())
    }

    fn days(&mut self, first: Date, amount: u64) -> Result<Timestamp, DeadlineFault> {
        if amount > u64::from(DAYS) {
            return Err(DeadlineFault::TooFar(YEARS));
        }
        self.enter(first, 0, Some(Note::DayOfStart));
        let mut date = first;
        while u64::from(self.total) < amount {
            date = next(date)?;
            let stood = self.stood(date);
            self.enter(date, u32::from(!stood), stood.then_some(Note::Stood));
        }
        self.last_day(date)
    }

    fn months(&mut self, first: Date, amount: u64) -> Result<Timestamp, DeadlineFault> {
        let amount = u32::try_from(amount).unwrap_or(u32::MAX);
        if amount > YEARS * 12 {
            return Err(DeadlineFault::TooFar(YEARS));
        }
        self.enter(first, 0, Some(Note::DayOfStart));
        let mut date = first;
        for months in 1..=amount {
            date = first.checked_add(i64::from(months).months()).map_err(|_| DeadlineFault::BeyondTime)?;
            let short = date.day() < first.day();
            if short && months == amount {
                match self.calendar.short_month() {
                    Some(ShortMonth::LastDay) => {}
                    Some(ShortMonth::NextDay) => date = next(date)?,
                    None => return Err(DeadlineFault::ShortMonth),
                }
            }
            self.enter(date, 1, short.then_some(Note::ShortMonth));
        }
        let mut stood = first;
        while !self.pauses.is_empty() && stood < date {
            stood = next(stood)?;
            if self.stood(stood) {
                date = next(date)?;
                self.enter(date, 0, Some(Note::MadeUp));
            }
        }
        self.last_day(date)
    }

    fn stood(&self, date: Date) -> bool {
        pause::stood(date, &self.pauses, self.calendar)
    }

    /// The end of the last day, or of the workday that it moves to.
    fn last_day(&mut self, mut date: Date) -> Result<Timestamp, DeadlineFault> {
        if self.calendar.last_day_on_holiday() == LastDay::NextWorkday {
            for _ in 0..DAYS {
                if self.rely_on(date) == DayKind::Workday {
                    return self.end_of(date);
                }
                date = next(date)?;
                self.enter(date, 0, Some(Note::MovedOn));
            }
            return Err(DeadlineFault::NoWork);
        }
        self.end_of(date)
    }

    fn end_of(&self, date: Date) -> Result<Timestamp, DeadlineFault> {
        self.calendar.sheet(date).end.ok_or(DeadlineFault::BeyondTime)
    }

    /// Why working time did not suffice: too much was asked, or there is none.
    fn endless(&self) -> DeadlineFault {
        if self.total == 0 { DeadlineFault::NoWork } else { DeadlineFault::TooFar(YEARS) }
    }
}

fn next(date: Date) -> Result<Date, DeadlineFault> {
    date.tomorrow().map_err(|_| DeadlineFault::BeyondTime)
}

fn whole_minutes(duration: SignedDuration) -> u32 {
    u32::try_from(duration.as_mins()).unwrap_or(0)
}
