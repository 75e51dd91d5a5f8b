//! What is wrong with a calendar or a deadline, said to the person who can mend it.

use super::{CalendarFact, CalendarFault, DeadlineFault, Wanted};
use linkage_text::Language;
use linkage_text::yaml::located;

impl CalendarFault {
    /// The fault in one or two sentences: where, what, and what to write instead.
    pub fn sentence(&self, language: Language) -> String {
        located(&self.path, self.fact.sentence(language), language)
    }
}

impl CalendarFact {
    fn sentence(&self, language: Language) -> String {
        let (en, zh) = match self {
            Self::NotYaml(reason) => (format!("not YAML: {reason}"), format!("不是 YAML：{reason}")),
            Self::Shape(wanted) => (
                format!("{} is wanted here", wanted.name(Language::En)),
                format!("此处应为{}", wanted.name(Language::Zh)),
            ),
            Self::UnknownKey(Some(near)) => {
                (format!("no such key; did you mean `{near}`?"), format!("没有这个键；是否想写 `{near}`？"))
            }
            Self::UnknownKey(None) => ("no such key".into(), "没有这个键".into()),
            Self::Missing => ("this key is needed".into(), "必须写明".into()),
            Self::Zone(name) => (
                format!("no time zone is called `{name}`; write one such as Asia/Shanghai"),
                format!("没有名为 `{name}` 的时区；请写 Asia/Shanghai 这样的名称"),
            ),
            Self::Choice(text, choices) => (
                format!("`{text}` is not possible here; write {}", choices.join(" or ")),
                format!("此处不能写 `{text}`；请写 {}", choices.join(" 或 ")),
            ),
            Self::NoWork => (
                "no weekday has working hours, so nothing counted in workdays would ever be due".into(),
                "没有一天有工作时间，以工作日计算的期限将永远不会届满".into(),
            ),
            dates => {
                return dates
                    .about_dates(language)
                    .or_else(|| dates.about_hours(language))
                    .unwrap_or_default();
            }
        };
        language.pick(en, zh)
    }

    fn about_dates(&self, language: Language) -> Option<String> {
        let (en, zh) = match self {
            Self::Date(text) => (
                format!("`{text}` is no date; write year-month-day such as 2026-01-04"),
                format!("`{text}` 不是日期；请按“年-月-日”写，例如 2026-01-04"),
            ),
            Self::DayOfYear(text) => (
                format!("`{text}` is no day of the year; write month-day such as 10-01"),
                format!("`{text}` 不是一年中的日子；请按“月-日”写，例如 10-01"),
            ),
            Self::BackwardDates(text) => {
                (format!("`{text}` ends before it starts"), format!("`{text}` 的结束日期早于开始日期"))
            }
            Self::LongDates(text) => (
                format!("`{text}` is longer than a year; change the weekly pattern instead"),
                format!("`{text}` 超过一年；请改每周的工作时间"),
            ),
            Self::SameDate(date, first) => {
                (format!("{date} is already given by {first}"), format!("{date} 已由 {first} 给出"))
            }
            Self::BothKinds(date, other) => (
                format!("{date} is a workday here and a holiday in {other}; it can be only one"),
                format!("{date} 在此处是工作日，在 {other} 是假日；只能是其中之一"),
            ),
            Self::NoSource(year) => (
                format!("who says so? Give it a `source`, or the notice of the year under `notices: {year}`"),
                format!("依据何在？请写 `source`，或在 `notices: {year}` 写明当年的通知"),
            ),
            _ => return None,
        };
        Some(language.pick(en, zh))
    }

    fn about_hours(&self, language: Language) -> Option<String> {
        let (en, zh) = match self {
            Self::Hours(text) => (
                format!("`{text}` is no range of times; write it such as 08:30-12:00"),
                format!("`{text}` 不是时间段；请写成 08:30-12:00 这样"),
            ),
            Self::EmptyHours(text) => (
                format!("`{text}` does not end after it starts; split a night at 24:00"),
                format!("`{text}` 的结束时间不晚于开始时间；跨夜的时间段请在 24:00 处分开"),
            ),
            Self::OverlappingHours(text, other) => {
                (format!("`{text}` and `{other}` overlap"), format!("`{text}` 与 `{other}` 重叠"))
            }
            Self::SameWeekday(weekday) => {
                (format!("{weekday} already has its hours"), format!("{weekday} 的工作时间已经写过"))
            }
            _ => return None,
        };
        Some(language.pick(en, zh))
    }
}

impl Wanted {
    fn name(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Self::Mapping => ("a block of keys with values", "由键和值组成的块"),
            Self::List => ("a list", "列表"),
            Self::Text => ("text", "文字"),
            Self::Year => ("a year such as 2026", "年份，例如 2026"),
            Self::Weekdays => {
                ("a weekday such as monday, or monday-friday", "星期，例如 monday 或 monday-friday")
            }
        };
        language.pick(en, zh)
    }
}

impl DeadlineFault {
    /// Why there is no due date, in one sentence.
    pub fn sentence(self, language: Language) -> String {
        let (en, zh) = match self {
            Self::TooFar(years) => (
                format!("this would be due more than {years} years from its start"),
                format!("期限自起算超过{years}年"),
            ),
            Self::ShortMonth => (
                "the last month has no day of this number, and the calendar does not say which day stands for it \
                 (short_month)"
                    .into(),
                "期满月没有对应日，而日历未写明以哪一天为准（short_month）".into(),
            ),
            Self::NoWork => (
                "the calendar has no working time in which to be done".into(),
                "日历中没有任何工作时间".into(),
            ),
            Self::BeyondTime => (
                "this would be due after the last date that can be written".into(),
                "期限超出可表示的最后日期".into(),
            ),
        };
        language.pick(en, zh)
    }
}
