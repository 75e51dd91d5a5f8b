//! What can be wrong with a calendar file or a deadline: facts, whose sentences are in `sentence`.

use jiff::civil::Date;

use linkage_text::Language;

/// Something wrong in a calendar file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence(Language::En))]
pub struct CalendarFault {
    /// Where: `holidays[3].date`; empty for the file as a whole.
    pub path: String,
    /// What is wrong there.
    pub fact: CalendarFact,
}

/// What can be wrong at a place of a calendar file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarFact {
    /// The text is not YAML, for this reason.
    NotYaml(String),
    /// A value of this kind is wanted.
    Shape(Wanted),
    /// No such key is known; perhaps this one is meant.
    UnknownKey(Option<&'static str>),
    /// A key is needed that is not there.
    Missing,
    /// No time zone has this name.
    Zone(String),
    /// This is not a date that there is, or not written as one.
    Date(String),
    /// This is not a day of every year, or not written as one.
    DayOfYear(String),
    /// The first date of this range is after the last.
    BackwardDates(String),
    /// This range of dates is longer than a year.
    LongDates(String),
    /// This is not a range of times.
    Hours(String),
    /// This range of times does not end after it starts.
    EmptyHours(String),
    /// These two ranges of times share minutes.
    OverlappingHours(String, String),
    /// This weekday is given twice.
    SameWeekday(&'static str),
    /// This date was given before, at this place.
    SameDate(Date, String),
    /// This date is a workday here and a holiday at that place.
    BothKinds(Date, String),
    /// A date of this year without a notice that says so.
    NoSource(i16),
    /// This is none of the words that are possible.
    Choice(String, &'static [&'static str]),
    /// No weekday has working hours.
    NoWork,
}

/// The kind of value that is wanted at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Keys with values.
    Mapping,
    /// A list.
    List,
    /// Text.
    Text,
    /// A year.
    Year,
    /// A weekday, or two with a hyphen between.
    Weekdays,
}

/// Why something has no due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence(Language::En))]
pub enum DeadlineFault {
    /// It lies more than so many years ahead.
    TooFar(u32),
    /// The calendar has no working time.
    NoWork,
    /// It lies past the last date that can be written.
    BeyondTime,
    /// The last month has no day of the start's number, and the calendar does not say which stands for it.
    ShortMonth,
}
