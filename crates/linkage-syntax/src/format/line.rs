//! One line of canonical text: words with blanks between them, broken behind commas where it grows long.

use ecow::EcoString;
use unicode_width::UnicodeWidthStr;

use super::super::Keyword;
use super::super::article_in_zh;
use super::super::tree::{Clause, Comparison, Expr, Operator, Part, Spelling, Symbol};
use super::{Keywords, language_of};
use linkage_calendar::{Duration, Unit};
use linkage_text::Language;

/// Lines are broken when they would grow wider than this many columns.
const WIDTH: usize = 100;

/// The words of a line.
#[derive(Default)]
pub(super) struct Line {
    words: Vec<String>,
}

impl Line {
    pub(super) fn word(&mut self, word: impl Into<String>) {
        self.words.push(word.into());
    }

    /// Glues a mark to the word before.
    fn glue(&mut self, mark: &str) {
        match self.words.last_mut() {
            Some(last) if !last.starts_with("//") => last.push_str(mark),
            _ => self.word(mark),
        }
    }

    /// The line, however wide it grows.
    pub(super) fn joined(&self) -> EcoString {
        self.words.join(" ").into()
    }

    /// Writes the line, broken behind a comma or before `and`/`or` where it grows too wide.
    pub(super) fn write(&self, depth: usize, out: &mut String) {
        let mut column = depth * 2;
        out.push_str(&" ".repeat(column));
        let mut fresh = true;
        for (index, word) in self.words.iter().enumerate() {
            let run: usize = self.run_width(index);
            let after_comma = index > 0 && self.words[index - 1].ends_with(',');
            let after_line_comment = index > 0 && self.words[index - 1].starts_with("//");
            if after_line_comment || (after_comma && column + 1 + run > WIDTH) {
                out.push('\n');
                column = depth * 2 + 4;
                out.push_str(&" ".repeat(column));
                fresh = true;
            }
            if !fresh {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += word.width();
            fresh = false;
        }
        out.push('\n');
    }

    /// The width of the words from here to the next place where the line may be broken.
    fn run_width(&self, from: usize) -> usize {
        let mut width = 0;
        for word in &self.words[from..] {
            width += word.width() + 1;
            if word.ends_with(',') {
                break;
            }
        }
        width
    }
}

/// The words of some parts of a clause.
pub(super) fn words_of(clause: &Clause, parts: &[Part], keywords: Keywords, line: &mut Line) {
    let head_is_zh_article =
        clause.keyword == Keyword::Article && language_of(clause.spelling, keywords) == Language::Zh;
    let comments = parts.iter().take_while(|part| matches!(part, Part::Comment(_))).count();
    let (comments, mut rest) = parts.split_at(comments);
    if let [Part::Article(number, _, _), behind @ ..] = rest
        && clause.keyword == Keyword::Article
    {
        line.word(if head_is_zh_article { article_in_zh(number) } else { number.to_string() });
        rest = behind;
    }
    comments.iter().chain(rest).for_each(|part| word(part, keywords, line));
}

fn word(part: &Part, keywords: Keywords, line: &mut Line) {
    let language = |spelling: Spelling| language_of(spelling, keywords);
    match part {
        Part::Word(word) => line.word(word.keyword.spelling(language(word.spelling))),
        Part::Name(name) => line.word(name.text.as_str()),
        Part::Text(text, _) => {
            line.word(format!("\"{}\"", text.as_str().replace('\\', "\\\\").replace('"', "\\\"")))
        }
        Part::Number(number, _) => line.word(number.to_string()),
        Part::Range(low, high, _) => line.word(format!("{low}..{high}")),
        Part::Percent(share, _) => line.word(format!("{share}%")),
        Part::Duration(duration, spelling, _) => line.word(duration_word(*duration, language(*spelling))),
        Part::Date(date, _) => line.word(date.to_string()),
        Part::Hours(from, to, _) => line.word(format!("{}-{}", clock(*from), clock(*to))),
        Part::Clock(minute, _) => line.word(clock(*minute)),
        Part::Article(number, spelling, _) => line.word(match language(*spelling) {
            Language::En => format!("art {number}"),
            Language::Zh => article_in_zh(number),
        }),
        Part::Symbol(Symbol::Comma) => line.glue(","),
        Part::Symbol(Symbol::Colon) => line.word(":"),
        Part::Symbol(Symbol::Arrow) => line.word("->"),
        Part::Symbol(Symbol::Open) => line.word("{"),
        Part::Symbol(Symbol::Close) => line.word("}"),
        Part::Expr(condition) => expr(condition, keywords, line),
        Part::Comment(text) => line.word(text.as_str()),
    }
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn duration_word(duration: Duration, language: Language) -> String {
    let (en, zh) = match duration.unit {
        Unit::Minute => ("minute", "分钟"),
        Unit::Hour => ("hour", "小时"),
        Unit::Day => ("day", "日"),
        Unit::Week => ("week", "周"),
        Unit::Month => ("month", "个月"),
        Unit::Year => ("year", "年"),
        Unit::Workday => ("workday", "个工作日"),
        Unit::WorkHour => ("workhour", "个工作时"),
    };
    match language {
        Language::En => format!("{} {en}{}", duration.amount, if duration.amount == 1 { "" } else { "s" }),
        Language::Zh => format!("{}{zh}", duration.amount),
    }
}

fn expr(it: &Expr, keywords: Keywords, line: &mut Line) {
    let (all, joint) = match it {
        Expr::And(all, spelling) => (all, Keyword::And.spelling(language_of(*spelling, keywords))),
        Expr::Or(all, spelling) => (all, Keyword::Or.spelling(language_of(*spelling, keywords))),
        Expr::Not(inner, spelling) => {
            line.word(Keyword::Not.spelling(language_of(*spelling, keywords)));
            return operand(inner, !matches!(**inner, Expr::Compare(_) | Expr::Not(..)), keywords, line);
        }
        Expr::Compare(comparison) => return compare(comparison, keywords, line),
    };
    for (index, inner) in all.iter().enumerate() {
        if index > 0 {
            line.word(joint);
        }
        let brackets = match inner {
            Expr::Or(..) => true,
            Expr::And(..) => matches!(it, Expr::And(..)),
            Expr::Not(..) | Expr::Compare(_) => false,
        };
        operand(inner, brackets, keywords, line);
    }
}

fn operand(it: &Expr, brackets: bool, keywords: Keywords, line: &mut Line) {
    if !brackets {
        return expr(it, keywords, line);
    }
    let mut inner = Line::default();
    expr(it, keywords, &mut inner);
    let count = inner.words.len();
    for (index, mut word) in inner.words.into_iter().enumerate() {
        if index == 0 {
            word.insert(0, '(');
        }
        if index + 1 == count {
            word.push(')');
        }
        line.word(word);
    }
}

fn compare(it: &Comparison, keywords: Keywords, line: &mut Line) {
    word(&it.operand, keywords, line);
    let (sign, braces) = match it.operator {
        Operator::Holds => return,
        Operator::Less => ("<", false),
        Operator::AtMost => ("<=", false),
        Operator::Greater => (">", false),
        Operator::AtLeast => (">=", false),
        Operator::Equal => ("=", false),
        Operator::Unequal => ("!=", false),
        Operator::Among(spelling) => (Keyword::Among.spelling(language_of(spelling, keywords)), false),
        Operator::AmongSet(spelling) => (Keyword::Among.spelling(language_of(spelling, keywords)), true),
    };
    line.word(sign);
    if braces {
        line.word("{");
    }
    for (index, value) in it.values.iter().enumerate() {
        if index > 0 {
            line.glue(",");
        }
        word(value, keywords, line);
    }
    if braces {
        line.word("}");
    }
}
