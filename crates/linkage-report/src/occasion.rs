//! What the calendar and counts begin, in words.

use jiff::Timestamp;

use super::names::Names;
use super::terminal::visible;
use super::told::Told;
use linkage_case::Cause;
use linkage_syntax::Keyword;
use linkage_text::Language;

/// Later than this the case was not opened at its time: the rules name a minute.
const ON_TIME_SECONDS: i64 = 60;

/// Adds why a case was opened that nobody opened: which time of the calendar came, or which cases were counted.
pub(super) fn tell(names: &Names<'_>, told: Told, because: &Cause, opened: Timestamp) -> Told {
    match because {
        Cause::Schedule { schedule, due, skipped } => {
            let (which, time) = (schedule_words(names.language, schedule), names.instant(*due));
            let mut told = told.with(names.say(
                format!("by the calendar: {which}, due {time}"),
                format!("按期启动：{which}，应于{time}"),
            ));
            if opened.as_second() - due.as_second() >= ON_TIME_SECONDS {
                let at = names.instant(opened);
                told = told.with(names.say(format!("late: opened {at}"), format!("迟延：{at}启动")));
            }
            if *skipped > 0 {
                told = told.with(names.say(
                    format!("{skipped} earlier times passed while nothing ran and are not made up for"),
                    format!("此前因停运错过{skipped}次，不再补启"),
                ));
            }
            told
        }
        Cause::Count { matter, area, within, cases } => {
            let (number, within) = (cases.len(), names.within(within));
            let word = |axis: &str, node: &str| match names.language {
                Language::En => visible(node),
                Language::Zh => visible(&super::region::fact_words(names.institution, axis, node)),
            };
            let (matter, area) = (word("matter", matter), word("area", area));
            let list: Vec<String> = cases.iter().map(ToString::to_string).collect();
            let list = list.join(names.language.pick(", ", "、"));
            told.with(names.say(
                format!("by count: {number} cases within {within} ({matter}, {area}): {list}"),
                format!("按次数启动：{within}内{number}件（{matter}，{area}）：{list}"),
            ))
        }
        Cause::Report | Cause::Event { .. } | Cause::Call { .. } => told,
    }
}

/// `monday 09:00` in a language.
fn schedule_words(language: Language, schedule: &str) -> String {
    let (day, time) = schedule.split_once(' ').unwrap_or((schedule, ""));
    let keyword = Keyword::ALL.iter().find(|keyword| keyword.spelling(Language::En) == day);
    keyword.map_or_else(|| schedule.to_owned(), |keyword| format!("{} {time}", keyword.spelling(language)))
}
