//! The days of a calendar with their instants, a month at a time, written out when they are first asked for.
//!
//! ```text
//!   Tue 10 Feb   workday   00:00 ──── 08:30▓▓▓▓12:00 ── 13:30▓▓▓▓17:30 ──── 24:00     as instants
//! ```
//!
//! To ask a zone for an instant costs more than all that a deadline counts, and whoever runs cases asks for the
//! same few months again and again. A cache and nothing else: what it answers is what the calendar and its zone
//! answer, and whether a month was asked for before changes no answer.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::hours::{DAY, instant};
use super::{Calendar, DayKind};

/// The years that are kept; days of other years are written out each time.
const KEPT_FROM: i16 = 1970;
const KEPT_YEARS: i16 = 200;
const MONTHS: i16 = 12;

/// One day with its instants; none where they lie beyond what can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    pub kind: DayKind,
    /// Whether the holidays of its year are not announced yet.
    pub provisional: bool,
    /// Where it begins.
    pub begin: Option<Timestamp>,
    /// Where the next begins.
    pub end: Option<Timestamp>,
    /// Where its working hours end; without any, where it ends.
    pub close: Option<Timestamp>,
    /// Its working hours, in order.
    pub shifts: Vec<(Timestamp, Timestamp)>,
}

/// The days of one month.
struct Month {
    days: Box<[Sheet]>,
    /// Whether the clock is neither set forward nor back in it, nor near it.
    steady: bool,
}

/// The months that were asked for so far.
#[derive(Default)]
pub(super) struct Sheets(OnceLock<Box<[OnceLock<Box<Month>>]>>);

impl Sheets {
    fn place(&self, date: Date) -> Option<&OnceLock<Box<Month>>> {
        let year = date.year().checked_sub(KEPT_FROM).filter(|year| (0..KEPT_YEARS).contains(year))?;
        let months = self.0.get_or_init(|| (0..KEPT_YEARS * MONTHS).map(|_| OnceLock::new()).collect());
        let month = i16::from(date.month()) - 1;
        months.get(usize::try_from(year * MONTHS + month).ok()?)
    }
}

impl Calendar {
    /// A date with its instants.
    pub(super) fn sheet(&self, date: Date) -> Cow<'_, Sheet> {
        let known = self.month(date).and_then(|month| month.days.get(usize::try_from(date.day() - 1).ok()?));
        known.map_or_else(|| Cow::Owned(self.written(date)), Cow::Borrowed)
    }

    /// The date that the clock of its zone shows at an instant.
    pub fn date_of(&self, at: Timestamp) -> Date {
        // A zone's date is that of the meridian, or one beside it.
        let near = TimeZone::UTC.to_datetime(at).date();
        let holds = |date: &Date| {
            let sheet = self.sheet(*date);
            sheet.begin.is_some_and(|begin| begin <= at) && sheet.end.is_some_and(|end| at < end)
        };
        let beside = [Some(near), near.tomorrow().ok(), near.yesterday().ok()];
        let steady = self.month(near).is_some_and(|month| month.steady);
        let found = beside.into_iter().flatten().filter(|_| steady).find(holds);
        found.unwrap_or_else(|| self.zone().to_datetime(at).date())
    }

    /// When work is done on this date, as instants. Nothing past the end of representable time.
    pub(super) fn shifts(&self, date: Date) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let sheet = self.sheet(date);
        (0..sheet.shifts.len()).map(move |at| sheet.shifts[at])
    }

    fn month(&self, date: Date) -> Option<&Month> {
        let month = self.sheets.place(date)?;
        Some(month.get_or_init(|| {
            let first = date.first_of_month();
            let dates = std::iter::successors(Some(first), |date| date.tomorrow().ok());
            let days =
                dates.take_while(|other| other.month() == first.month()).map(|date| self.written(date));
            Box::new(Month { days: days.collect(), steady: self.is_steady(first) })
        }))
    }

    /// Whether the clock is neither set forward nor back from two days before a month to two days after it.
    fn is_steady(&self, first: Date) -> bool {
        let from = first.saturating_sub(2.days());
        let to = first.saturating_add(1.month()).saturating_add(2.days());
        let (Some(from), Some(to)) = (instant(self.zone(), from, 0), instant(self.zone(), to, 0)) else {
            return false;
        };
        self.zone().following(from).next().is_none_or(|change| to < change.timestamp())
    }

    fn written(&self, date: Date) -> Sheet {
        let at = |minute| instant(self.zone(), date, minute);
        let day = self.day(date);
        let shifts = day.hours.iter().filter_map(|hours| Some((at(hours.from)?, at(hours.to)?)));
        Sheet {
            kind: day.kind,
            provisional: day.provisional,
            begin: at(0),
            end: at(DAY),
            close: at(day.hours.last().map_or(DAY, |hours| hours.to)),
            shifts: shifts.collect(),
        }
    }
}

/// Of another calendar, be it a copy, nothing was asked yet.
impl Clone for Sheets {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What was asked makes no difference.
impl PartialEq for Sheets {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Sheets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sheets")
    }
}
