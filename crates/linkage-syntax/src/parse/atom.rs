//! The small things with a text of their own: numbers, dates, times, durations, articles.

use ecow::EcoString;
use jiff::civil::Date;

use super::super::grammar::Rule;
use super::super::{Name, Part, Spelling, Symbol, SyntaxError};
use linkage_calendar::{Duration, Unit};
use linkage_text::Span;

/// The part of a rule with its own text, or what is wrong with it.
///
/// What is wrong still gives a part where one can be guessed, so that one slip is told once.
pub(super) fn atom(rule: Rule, text: &str, span: Span) -> (Option<Part>, Option<SyntaxError>) {
    let too_large = || SyntaxError::TooLarge { text: text.into(), span };
    let part = match rule {
        Rule::comma => Part::Symbol(Symbol::Comma),
        Rule::colon => Part::Symbol(Symbol::Colon),
        Rule::arrow => Part::Symbol(Symbol::Arrow),
        Rule::name | Rule::path | Rule::code => Part::Name(Name { text: text.into(), span }),
        Rule::text => Part::Text(unquoted(text), span),
        Rule::number => match text.parse() {
            Ok(number) => Part::Number(number, span),
            Err(_) => return (Some(Part::Number(i64::MAX, span)), Some(too_large())),
        },
        Rule::range => {
            match text.split_once("..").map(|(low, high)| (low.trim().parse(), high.trim().parse())) {
                Some((Ok(low), Ok(high))) if low <= high => Part::Range(low, high, span),
                Some((Ok(low), Ok(_))) => {
                    let empty = SyntaxError::EmptyRange { text: text.into(), span };
                    return (Some(Part::Range(low, low, span)), Some(empty));
                }
                _ => return (Some(Part::Range(0, 0, span)), Some(too_large())),
            }
        }
        Rule::percent => match digits(text).next() {
            Some(share) if share <= 100 => Part::Percent(share, span),
            _ => return (Some(Part::Percent(100, span)), Some(too_large())),
        },
        Rule::date => match date(text) {
            Some(date) => Part::Date(date, span),
            None => {
                let none = SyntaxError::NoSuchDate { text: text.into(), span };
                return (Some(Part::Date(Date::constant(2000, 1, 1), span)), Some(none));
            }
        },
        Rule::clock => match clock(text) {
            Some(minute) => Part::Clock(minute, span),
            None => return (Some(Part::Clock(0, span)), Some(no_such_time(text, span))),
        },
        Rule::hours => match hours(text) {
            Some((from, to)) => Part::Hours(from, to, span),
            None => return (Some(Part::Hours(0, 1440, span)), Some(no_such_time(text, span))),
        },
        Rule::amount_with_unit => match duration(text) {
            Some((duration, spelling)) => Part::Duration(duration, spelling, span),
            None => return (None, Some(too_large())),
        },
        Rule::amount_without_unit => {
            return (None, Some(SyntaxError::MissingUnit { amount: text.into(), span }));
        }
        Rule::article_number => Part::Article(half_width(text), Spelling::En, span),
        Rule::article_zh => match article_zh(text) {
            Some(number) => Part::Article(number, Spelling::Zh, span),
            None => return (Some(Part::Article(text.into(), Spelling::Zh, span)), Some(too_large())),
        },
        _ => return (None, None),
    };
    (Some(part), None)
}

fn no_such_time(text: &str, span: Span) -> SyntaxError {
    SyntaxError::NoSuchTime { text: text.into(), span }
}

/// The text between the quotation marks.
fn unquoted(text: &str) -> EcoString {
    let mut inner = text.chars();
    let mark = inner.next();
    inner.next_back();
    let inner = inner.as_str();
    if mark == Some('"') && inner.contains('\\') {
        let mut plain = EcoString::new();
        let mut letters = inner.chars().peekable();
        while let Some(letter) = letters.next() {
            match (letter, letters.peek()) {
                ('\\', Some(next @ ('"' | '\\'))) => {
                    plain.push(*next);
                    letters.next();
                }
                _ => plain.push(letter),
            }
        }
        return plain;
    }
    inner.into()
}

/// The runs of ASCII digits in a text, as numbers; one too large for `u32` is `u32::MAX`.
fn digits(text: &str) -> impl Iterator<Item = u32> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .map(|run| run.parse().unwrap_or(u32::MAX))
}

fn date(text: &str) -> Option<Date> {
    let mut numbers = digits(text);
    let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn clock(text: &str) -> Option<u16> {
    let mut numbers = digits(text);
    minute_of_day(numbers.next()?, numbers.next()?)
}

fn hours(text: &str) -> Option<(u16, u16)> {
    let mut numbers = digits(text);
    let from = minute_of_day(numbers.next()?, numbers.next()?)?;
    let to = minute_of_day(numbers.next()?, numbers.next()?)?;
    (from != to && from < 1440).then_some((from, to))
}

/// Minutes since midnight; 24:00 is the end of the day.
fn minute_of_day(hour: u32, minute: u32) -> Option<u16> {
    let minutes = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && minutes <= 1440).then(|| u16::try_from(minutes).ok())?
}

fn duration(text: &str) -> Option<(Duration, Spelling)> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
    let amount: u32 = text[..unit_at].parse().ok()?;
    let word = text[unit_at..].trim_start_matches(is_white);
    let unit = match word {
        "minute" | "minutes" | "分钟" => Unit::Minute,
        "hour" | "hours" | "小时" | "个小时" => Unit::Hour,
        "day" | "days" | "日" | "天" => Unit::Day,
        "week" | "weeks" | "周" => Unit::Week,
        "month" | "months" | "个月" => Unit::Month,
        "year" | "years" | "年" => Unit::Year,
        "workday" | "workdays" | "工作日" | "个工作日" => Unit::Workday,
        _ => Unit::WorkHour,
    };
    let spelling = if word.is_ascii() { Spelling::En } else { Spelling::Zh };
    Some((Duration { amount, unit }, spelling))
}

/// The number of an article as people write it, in the one form that rules keep: `53`, `60（3）` and `第六十条第三款` are
/// `53` and `60(3)`; none if it is no such number.
pub fn article_number(text: &str) -> Option<EcoString> {
    let text = text.trim();
    if text.starts_with('第') {
        article_zh(text)
    } else {
        Some(half_width(text)).filter(|own| !own.is_empty())
    }
}

/// Half-width brackets, and of white space only the blank behind the name of a unit: `60 （ item 3 ）` is `60(item 3)`.
fn half_width(text: &str) -> EcoString {
    let mut plain = EcoString::new();
    let mut letters = text.chars().filter(|letter| !is_white(*letter)).peekable();
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '（' => '(',
            '）' => ')',
            letter => letter,
        });
        if letter.is_ascii_alphabetic() && letters.peek().is_some_and(char::is_ascii_digit) {
            plain.push(' ');
        }
    }
    plain
}

/// What the grammar takes for white space.
fn is_white(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

/// The units below an article, from above: paragraph, item, point; in brackets a unit is named only where one above
/// it is left out.
const ARTICLE_UNITS: [(char, &str); 3] = [('款', "paragraph"), ('项', "item"), ('目', "point")];

/// The number of an article as a Chinese text writes it: `53-1(2)` as `第53条之1第2款`, `9(item 3)` as `第9条第3项`.
pub fn article_in_zh(number: &str) -> String {
    let (article, below) = number.split_at(number.find('(').unwrap_or(number.len()));
    let mut text = match article.split_once('-') {
        Some((article, added)) => format!("第{article}条之{added}"),
        None => format!("第{article}条"),
    };
    let mut level = 0;
    for part in below.split(['(', ')']).filter(|part| !part.is_empty()) {
        let named = |(_, unit): &(char, &str)| part.starts_with(unit);
        level = ARTICLE_UNITS.iter().position(named).unwrap_or(level);
        let Some((mark, unit)) = ARTICLE_UNITS.get(level) else { break };
        text.push('第');
        text.push_str(part.trim_start_matches(unit).trim_start());
        text.push(*mark);
        level += 1;
    }
    text
}

/// `第五十三条之一第二款` as `53-1(2)`.
fn article_zh(text: &str) -> Option<EcoString> {
    let text: String = text.chars().filter(|letter| !is_white(*letter)).collect();
    let mut number = EcoString::new();
    let rest = text.strip_prefix('第')?;
    let (article, mut rest) = rest.split_once('条')?;
    number.push_str(&zh_number(article)?.to_string());
    if let Some(added) = rest.strip_prefix('之') {
        let end = added.find('第').unwrap_or(added.len());
        number.push_str(&format!("-{}", zh_number(&added[..end])?));
        rest = &added[end..];
    }
    let mut level = 0;
    for (own, (mark, unit)) in ARTICLE_UNITS.iter().enumerate() {
        if let Some((inner, after)) = rest.strip_prefix('第').and_then(|rest| rest.split_once(*mark)) {
            // A unit that does not follow right below the one before names itself.
            let unit = if own == level { String::new() } else { format!("{unit} ") };
            number.push_str(&format!("({unit}{})", zh_number(inner)?));
            rest = after;
            level = own + 1;
        }
    }
    Some(number)
}

/// A Chinese or Arabic number below 10,000.
fn zh_number(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().filter(|number| *number < 100_000);
    }
    let (mut total, mut digit) = (0_u32, None);
    for letter in text.chars() {
        let value = match letter {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                let ones = "零一二三四五六七八九".chars().position(|ones| ones == letter);
                let one = u32::try_from(ones.or((letter == '〇').then_some(0))?).ok()?;
                digit = Some(digit.unwrap_or(0_u32).saturating_mul(10).saturating_add(one));
                continue;
            }
        };
        total = total.checked_add(digit.take().unwrap_or(1).checked_mul(value)?)?;
    }
    total.checked_add(digit.unwrap_or(0)).filter(|number| *number < 100_000)
}

#[cfg(test)]
mod tests {
    use super::{article_zh, zh_number};

    #[test]
    fn articles_are_read_as_lawyers_write_them() {
        assert_eq!(article_zh("第五十三条").as_deref(), Some("53"));
        assert_eq!(article_zh("第53条第2款").as_deref(), Some("53(2)"));
        assert_eq!(article_zh("第一百零九条之一第二款第三项").as_deref(), Some("109-1(2)(3)"));
        assert_eq!(article_zh("第九条第三项").as_deref(), Some("9(item 3)"));
        assert_eq!(article_zh("第九条第三项第二目").as_deref(), Some("9(item 3)(2)"));
        assert_eq!(article_zh("第九条第一款第二目").as_deref(), Some("9(1)(point 2)"));
        for text in ["第9条第3项", "第9条第3项第2目", "第109条之1第2款第3项", "第9条第1款第2目"]
        {
            assert_eq!(article_zh(text).map(|number| super::article_in_zh(&number)).as_deref(), Some(text));
        }
        assert_eq!(article_zh("第一千二百四十二条").as_deref(), Some("1242"));
        assert_eq!(article_zh("第 53 条 第 2 款").as_deref(), Some("53(2)"));
        assert_eq!(super::article_number("60 （ item 3 ） (2)").as_deref(), Some("60(item 3)(2)"));
        assert_eq!(zh_number("十"), Some(10));
        assert_eq!(zh_number("九九九九九九九九九九"), None);
    }
}
