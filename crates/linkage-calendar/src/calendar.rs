//! Which days are workdays, which hours are working hours, and who says so.

use std::collections::BTreeMap;

use ecow::EcoString;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Hours;
use super::sheet::Sheets;

/// A zone, a weekly pattern, and the dates that depart from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    pub(super) zone: TimeZone,
    /// Working hours from Monday to Sunday, sorted; a day without any is a rest day.
    pub(super) week: [Vec<Hours>; 7],
    pub(super) special: BTreeMap<Date, Special>,
    /// Month, day and name of holidays that fall on one date every year.
    pub(super) yearly: BTreeMap<(i8, i8), EcoString>,
    pub(super) announced_until: Option<i16>,
    pub(super) last_day_on_holiday: LastDay,
    pub(super) short_month: Option<ShortMonth>,
    pub(super) sheets: Sheets,
}

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayKind {
    /// Work is done: by the weekly pattern, or to make up for a holiday.
    Workday,
    /// No work by the weekly pattern.
    RestDay,
    /// No work by a notice.
    Holiday,
}

/// What becomes of a deadline in days, weeks, months or years whose last day is no workday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LastDay {
    /// It stays.
    #[default]
    Keep,
    /// It moves to the next workday.
    NextWorkday,
}

/// Which day stands for that of the start where the last month has no day of its number: a month after
/// 31 January.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ShortMonth {
    /// The last of the month (Civil Code art. 202).
    LastDay,
    /// The first of the next.
    NextDay,
}

/// A date that departs from the weekly pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Special {
    /// What it is: a holiday, or a workday to make up for one.
    pub kind: DayKind,
    /// The name of the holiday, or what the workday makes up for.
    pub name: EcoString,
    /// The notice that says so.
    pub source: EcoString,
    /// Which version of the notice.
    pub version: Option<EcoString>,
    /// Working hours of this workday, where they are not the usual ones.
    pub hours: Option<Vec<Hours>>,
}

/// One date as the calendar sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'a> {
    /// The date.
    pub date: Date,
    /// What it is.
    pub kind: DayKind,
    /// Its name, if it departs from the weekly pattern.
    pub name: Option<&'a EcoString>,
    /// Its working hours, sorted.
    pub hours: &'a [Hours],
    /// Whether its year's holidays are not announced yet, so that it may become another kind.
    pub provisional: bool,
}

/// Monday to Friday, mornings and afternoons.
const STANDARD_HOURS: [Hours; 2] = [Hours { from: 8 * 60 + 30, to: 12 * 60 }, Hours { from: 810, to: 1050 }];
/// The zone of the standard calendar.
const STANDARD_ZONE: &str = "Asia/Shanghai";

impl Calendar {
    /// Where no calendar is given: Monday to Friday 08:30-12:00 and 13:30-17:30 in `Asia/Shanghai`. It
    /// knows no holidays, so every day is provisional.
    pub fn standard() -> Self {
        let work = || STANDARD_HOURS.to_vec();
        Self {
            zone: TimeZone::get(STANDARD_ZONE).unwrap_or(TimeZone::UTC),
            week: [work(), work(), work(), work(), work(), Vec::new(), Vec::new()],
            special: BTreeMap::new(),
            yearly: BTreeMap::new(),
            announced_until: Some(i16::MIN),
            last_day_on_holiday: LastDay::Keep,
            short_month: None,
            sheets: Sheets::default(),
        }
    }

    /// The zone whose clock it goes by.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Which day stands for that of the start where the last month has none of its number; none where nothing
    /// is said, so that such a deadline has no one meaning.
    pub fn short_month(&self) -> Option<ShortMonth> {
        self.short_month
    }

    /// The last year whose holidays are announced; none where the calendar claims to be complete.
    pub fn announced_until(&self) -> Option<i16> {
        self.announced_until
    }

    /// What becomes of a last day that is no workday.
    pub fn last_day_on_holiday(&self) -> LastDay {
        self.last_day_on_holiday
    }

    /// The dates that depart from the weekly pattern, in order.
    pub fn special(&self) -> impl Iterator<Item = (Date, &Special)> {
        self.special.iter().map(|(date, special)| (*date, special))
    }

    /// What this date is.
    pub fn day_kind(&self, date: Date) -> DayKind {
        self.day(date).kind
    }

    /// What this date is, what it is called, and when work is done on it.
    ///
    /// A dated entry comes before all. A holiday of every year counts only where the year is not
    /// announced yet: a notice says all there is to say about its year. A make-up workday without hours
    /// of its own has those that its weekday would have, or else those of the first weekday that has any.
    pub fn day(&self, date: Date) -> Day<'_> {
        let pattern = &self.week[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())];
        let provisional = self.announced_until.is_some_and(|year| date.year() > year);
        let plain = Day { date, kind: DayKind::Workday, name: None, hours: pattern, provisional };
        if let Some(special) = self.special.get(&date) {
            let name = Some(&special.name);
            let hours = match (special.kind, &special.hours) {
                (DayKind::Workday, Some(own)) => own.as_slice(),
                (DayKind::Workday, None) if pattern.is_empty() => self.usual_hours(),
                (DayKind::Workday, None) => pattern,
                _ => &[],
            };
            return Day { kind: special.kind, name, hours, ..plain };
        }
        let yearly = self.yearly.get(&(date.month(), date.day())).filter(|_| provisional);
        match (yearly, pattern.is_empty()) {
            (Some(name), _) => Day { kind: DayKind::Holiday, name: Some(name), hours: &[], ..plain },
            (None, true) => Day { kind: DayKind::RestDay, ..plain },
            (None, false) => plain,
        }
    }

    fn usual_hours(&self) -> &[Hours] {
        self.week.iter().find(|hours| !hours.is_empty()).map_or(&[], Vec::as_slice)
    }
}
