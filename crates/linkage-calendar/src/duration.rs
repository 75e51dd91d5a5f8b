//! An amount of time as rules give it: "3 workdays", "3个工作日".

use std::cmp::Ordering;
use std::fmt;

use ecow::EcoString;

use linkage_text::Language;

/// So many of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: Unit,
}

/// What a duration is counted in. A day is not 24 working hours, nor a month 30 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Sixty seconds on the clock.
    Minute,
    /// Sixty minutes on the clock.
    Hour,
    /// An hour inside working hours.
    WorkHour,
    /// A day of the calendar, whatever its kind.
    Day,
    /// A day on which work is done.
    Workday,
    /// Seven days of the calendar.
    Week,
    /// To the day of the same number in a later month.
    Month,
    /// To the same day of a later year.
    Year,
}

impl Unit {
    /// Every unit, the shortest first.
    pub const ALL: [Self; 8] = [
        Self::Minute,
        Self::Hour,
        Self::WorkHour,
        Self::Day,
        Self::Workday,
        Self::Week,
        Self::Month,
        Self::Year,
    ];

    /// Whether a calendar's working days or hours decide how long it takes.
    pub fn is_working(self) -> bool {
        matches!(self, Self::WorkHour | Self::Workday)
    }

    /// How many of a base unit it is; units of one base compare without a calendar.
    fn base(self) -> (Self, u64) {
        match self {
            Self::Hour => (Self::Minute, 60),
            Self::Week => (Self::Day, 7),
            Self::Year => (Self::Month, 12),
            same => (same, 1),
        }
    }

    fn name(self, language: Language, amount: u32) -> &'static str {
        let (one, many, zh) = match self {
            Self::Minute => ("minute", "minutes", "分钟"),
            Self::Hour => ("hour", "hours", "小时"),
            Self::WorkHour => ("workhour", "workhours", "个工作小时"),
            Self::Day => ("day", "days", "日"),
            Self::Workday => ("workday", "workdays", "个工作日"),
            Self::Week => ("week", "weeks", "周"),
            Self::Month => ("month", "months", "个月"),
            Self::Year => ("year", "years", "年"),
        };
        language.pick(if amount == 1 { one } else { many }, zh)
    }
}

impl Duration {
    /// So many of the unit.
    pub fn new(amount: u32, unit: Unit) -> Self {
        Self { amount, unit }
    }

    /// Reads it as [`Display`](fmt::Display) writes it: an amount and an English unit.
    pub fn read(text: &str) -> Option<Self> {
        let (amount, word) = text.split_once(' ')?;
        let amount: u32 = amount.parse().ok()?;
        let is = |unit: &Unit| unit.name(Language::En, amount) == word;
        Unit::ALL.into_iter().find(is).map(|unit| Self { amount, unit })
    }

    /// Which is longer, where that is so whatever the start and the calendar: minutes with hours, days
    /// with weeks, months with years, workdays and workhours each with their like. For the rest see
    /// [`elapsed_bounds`](super::elapsed_bounds).
    pub fn compare(self, other: Self) -> Option<Ordering> {
        let ((own, times), (others, other_times)) = (self.unit.base(), other.unit.base());
        let (a, b) = (u64::from(self.amount) * times, u64::from(other.amount) * other_times);
        (own == others).then(|| a.cmp(&b))
    }

    /// Both one after the other, where that needs no calendar: minutes with hours, days with weeks, months
    /// with years, workdays and workhours each with their like; in the unit of the first if that is exact.
    pub fn plus(self, more: Self) -> Option<Self> {
        let ((own, times), (others, other_times)) = (self.unit.base(), more.unit.base());
        if own != others {
            return None;
        }
        let sum = u64::from(self.amount) * times + u64::from(more.amount) * other_times;
        let (unit, amount) = if sum % times == 0 { (self.unit, sum / times) } else { (own, sum) };
        u32::try_from(amount).ok().map(|amount| Self { amount, unit })
    }

    /// Reads it in either language, as people write it: `3 workdays`, `3个工作日`, `3 个工作日`.
    pub fn read_words(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (amount, word) = text.split_at(digits);
        let (amount, word): (u32, &str) = (amount.parse().ok()?, word.trim());
        let plain = |name: &str| name.trim_start_matches('个').to_owned();
        let is = |unit: &Unit| {
            let en = [1, 2].map(|amount| unit.name(Language::En, amount));
            en.contains(&word) || plain(unit.name(Language::Zh, amount)) == plain(word)
        };
        let other = match plain(word).as_str() {
            "天" => Some(Unit::Day),
            "工作时" => Some(Unit::WorkHour),
            _ => None,
        };
        Unit::ALL.into_iter().find(is).or(other).map(|unit| Self { amount, unit })
    }

    /// As records keep it, and [`read`](Self::read) reads it: `3 workdays`.
    pub fn as_kept(self) -> EcoString {
        let mut text = EcoString::from(itoa::Buffer::new().format(self.amount));
        text.push(' ');
        text.push_str(self.unit.name(Language::En, self.amount));
        text
    }

    /// As it is written in this language.
    pub fn in_words(self, language: Language) -> String {
        let name = self.unit.name(language, self.amount);
        let gap = language.pick(" ", "");
        format!("{}{gap}{name}", self.amount)
    }
}

/// In English.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_kept())
    }
}
