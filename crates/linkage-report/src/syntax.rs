//! Sentences for what is wrong with a text.

use super::habit::instead;
use linkage_syntax::{Expectation, Keyword, SyntaxError};
use linkage_text::{Diagnostic, Label, Language, did_you_mean};

/// A syntax error in words, with what to write instead where the text is a known habit.
pub fn diagnose(error: &SyntaxError, text: &str, language: Language) -> Diagnostic {
    let diagnostic = diagnose_alone(error, language);
    match instead(error, text, language) {
        // What the block can hold is no help to whoever meant the right clause.
        Some(instead) => Diagnostic { helps: vec![instead], notes: Vec::new(), ..diagnostic },
        None => diagnostic,
    }
}

#[expect(clippy::too_many_lines, reason = "one arm an error, each with its sentences")]
fn diagnose_alone(error: &SyntaxError, language: Language) -> Diagnostic {
    let zh = language == Language::Zh;
    let say = |en: String, zh_text: String| if zh { zh_text } else { en };
    let at = |text: String| Label::primary(error.span(), text);
    match error {
        SyntaxError::UnknownClause { word, block, expected, follows, .. } => {
            unknown_clause(error, word, *block, expected, *follows, language)
        }
        SyntaxError::Unexpected { found, clause, clause_span, expected, .. } => {
            let wanted = list(expected.iter().map(|one| expectation(*one, language)), language);
            let message = if found.trim().is_empty() {
                say("the clause stops too early".into(), "条款没有写完".into())
            } else {
                say(format!("`{found}` can't stand here"), format!("此处不能是“{found}”"))
            };
            let mut diagnostic = Diagnostic::error(message)
                .label(at(say(format!("expected {wanted}"), format!("此处应为{wanted}"))));
            if let Some(clause) = clause {
                let word = clause.spelling(language);
                let text = say(format!("in this `{word}` clause"), format!("在此“{word}”条款中"));
                diagnostic = diagnostic.label(Label::secondary(*clause_span, text));
            }
            let near = did_you_mean(
                found,
                expected.iter().filter_map(|one| match one {
                    Expectation::Keyword(keyword) => Some(keyword.spelling(spelled_in(found))),
                    _ => None,
                }),
            );
            with_near(diagnostic, near, language)
        }
        SyntaxError::GluedKeyword { keyword, rest, .. } => {
            let word = keyword.spelling(Language::Zh);
            Diagnostic::error(say(
                format!("the keyword `{word}` is written together with `{rest}`"),
                format!("关键词“{word}”与“{rest}”连写"),
            ))
            .label(at(say("a space is missing".into(), "缺少空格".into())))
            .help(say(format!("write `{word} {rest}`"), format!("写作“{word} {rest}”")))
        }
        SyntaxError::UnclosedBlock { keyword, name, missed, .. } => {
            let word = keyword.spelling(language);
            let of = name.as_ref().map_or(String::new(), |name| format!(" {name}"));
            Diagnostic::error(say(
                format!("the block of `{word}{of}` is never closed"),
                format!("“{word}{of}”的括号没有闭合"),
            ))
            .label(at(say("opened here".into(), "在此打开".into())))
            .label(Label::secondary(
                *missed,
                say("a `}` is missing before this".into(), "此前缺少“}”".into()),
            ))
            .help(say("add `}` where the block ends".into(), "在条款结束处补上“}”".into()))
        }
        SyntaxError::StrayBrace { .. } => {
            Diagnostic::error(say("this `}` closes nothing".into(), "此“}”没有对应的“{”".into()))
                .label(at(say("nothing is open here".into(), "此处没有打开的括号".into())))
                .help(say("remove it, or add the missing `{` above".into(), "删除它，或在前面补上“{”".into()))
        }
        SyntaxError::UnclosedText { .. } => {
            Diagnostic::error(say("the text is never closed".into(), "文字没有结束引号".into()))
                .label(at(say("it begins here".into(), "自此开始".into())))
                .help(say("end it with `\"` in the same line".into(), "在同一行内以引号结束".into()))
        }
        SyntaxError::UnclosedComment { .. } => {
            Diagnostic::error(say("the comment is never closed".into(), "注释没有结束".into()))
                .label(at(say("it begins here".into(), "自此开始".into())))
                .help(say("end it with `*/`".into(), "以“*/”结束".into()))
        }
        SyntaxError::ReservedName { word, .. } => Diagnostic::error(say(
            format!("`{word}` is a keyword and can't be a name"),
            format!("“{word}”是关键词，不能作名称"),
        ))
        .label(at(say("a name is wanted here".into(), "此处应为名称".into())))
        .help(say(
            format!(
                "take another name, such as `{word}_1`; if a new clause begins here, finish the one before it"
            ),
            format!("换一个名称，例如“{word}_1”；如果此处是新条款，请先写完前面的条款"),
        )),
        SyntaxError::MissingUnit { amount, .. } => {
            Diagnostic::error(say(format!("{amount} of what?"), format!("“{amount}”缺少单位")))
                .label(at(say("a unit is missing".into(), "缺少单位".into())))
                .help(say(
                    format!("write `{amount} hours`, `{amount} days` or `{amount} workdays`: they differ"),
                    format!("写作“{amount}小时”“{amount}日”或“{amount}个工作日”：含义不同"),
                ))
        }
        SyntaxError::NoSuchDate { text, .. } => {
            Diagnostic::error(say(format!("there is no day `{text}`"), format!("没有“{text}”这一天")))
                .label(at(say("not in any calendar".into(), "日历中不存在".into())))
                .help(say(
                    "write year-month-day, such as `2026-02-28`".into(),
                    "按“年-月-日”书写，如“2026-02-28”".into(),
                ))
        }
        SyntaxError::NoSuchTime { text, .. } => Diagnostic::error(say(
            format!("there are no such times: `{text}`"),
            format!("没有这样的时刻：“{text}”"),
        ))
        .label(at(say("a day has 00:00 to 24:00".into(), "一天为00:00至24:00".into())))
        .help(say(
            "write `08:30-17:30`; `22:00-06:00` goes past midnight".into(),
            "写作“08:30-17:30”；“22:00-06:00”表示跨夜".into(),
        )),
        SyntaxError::TooLarge { text, .. } => {
            Diagnostic::error(say(format!("`{text}` is too large"), format!("“{text}”过大")))
                .label(at(say("beyond what can be meant".into(), "超出合理范围".into())))
                .help(say("write a smaller number".into(), "请写较小的数".into()))
        }
        SyntaxError::EmptyRange { text, .. } => {
            Diagnostic::error(say(format!("the range `{text}` is empty"), format!("区间“{text}”为空")))
                .label(at(say("the end lies before the beginning".into(), "终点小于起点".into())))
                .help(say("write the smaller number first".into(), "先写较小的数".into()))
        }
        SyntaxError::TooDeep { limit, .. } => {
            Diagnostic::error(say(format!("nested deeper than {limit} levels"), format!("嵌套超过{limit}层")))
                .label(at(say("the limit is passed here".into(), "在此超限".into())))
                .help(say(
                    "this file was not read; divide what is nested".into(),
                    "本文件未读取；请拆分嵌套内容".into(),
                ))
        }
        SyntaxError::HiddenCharacter { character, .. } => Diagnostic::warning(say(
            format!("a character that can't be seen: U+{:04X}", *character as u32),
            format!("不可见字符：U+{:04X}", *character as u32),
        ))
        .label(at(say("here".into(), "在此".into())))
        .help(say("remove it: a text must be what it looks like".into(), "请删除：文本应所见即所得".into())),
    }
}

fn unknown_clause(
    error: &SyntaxError,
    word: &str,
    block: Option<Keyword>,
    expected: &[Keyword],
    follows: Option<Keyword>,
    language: Language,
) -> Diagnostic {
    let zh = language == Language::Zh;
    let place = match block {
        Some(block) if zh => format!("“{}”", block.spelling(language)),
        Some(block) => format!("`{}`", block.spelling(language)),
        None => language.pick("a file", "文件").to_owned(),
    };
    let is_keyword = linkage_syntax::keywords::reserved(word).is_some();
    let message = match (is_keyword, zh) {
        (true, false) => format!("`{word}` can't stand in {place}"),
        (true, true) => format!("{place}中不能有“{word}”"),
        (false, false) => format!("no clause of {place} begins with `{word}`"),
        (false, true) => format!("{place}中没有以“{word}”开头的条款"),
    };
    let spelled = if word.chars().any(char::is_alphanumeric) { spelled_in(word) } else { language };
    let wanted = list(expected.iter().map(|keyword| format!("`{}`", keyword.spelling(spelled))), language);
    let mut diagnostic = Diagnostic::error(message)
        .label(Label::primary(error.span(), language.pick("not known here", "此处不认识")));
    let near = did_you_mean(word, expected.iter().map(|keyword| keyword.spelling(spelled)));
    diagnostic = with_near(diagnostic, near, language);
    if let (Some(follows), None) = (follows, near) {
        let before = follows.spelling(spelled);
        diagnostic = diagnostic.help(if zh {
            format!("若它属于前面的“{before}”，请在其前加逗号")
        } else {
            format!("if it belongs to the `{before}` before it, put a comma between")
        });
    }
    if expected.is_empty() || near.is_some() {
        return diagnostic;
    }
    diagnostic.note(if zh {
        format!("{place}中可以有：{wanted}")
    } else {
        format!("{place} can hold {wanted}")
    })
}

fn with_near(diagnostic: Diagnostic, near: Option<&str>, language: Language) -> Diagnostic {
    match near {
        Some(near) if language == Language::Zh => diagnostic.help(format!("是否指“{near}”？")),
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

/// The language that a word is written in, so that suggestions come in the same.
fn spelled_in(word: &str) -> Language {
    if word.is_ascii() { Language::En } else { Language::Zh }
}

/// `a, b or c`.
fn list(items: impl Iterator<Item = String>, language: Language) -> String {
    let mut items: Vec<String> = items.collect();
    items.dedup();
    match (items.pop(), language) {
        (None, _) => language.pick("something else", "其他内容").to_owned(),
        (Some(last), _) if items.is_empty() => last,
        (Some(last), Language::En) => format!("{} or {last}", items.join(", ")),
        (Some(last), Language::Zh) => format!("{}或{last}", items.join("、")),
    }
}

/// What would have been right, in the user's words.
fn expectation(it: Expectation, language: Language) -> String {
    match it {
        Expectation::Keyword(keyword) => return format!("`{}`", keyword.spelling(language)),
        Expectation::Mark(mark) => return format!("`{mark}`"),
        Expectation::Declaration => language.pick("a declaration", "声明"),
        Expectation::Name => language.pick("a name", "名称"),
        Expectation::Text => language.pick("a text in quotes", "引号中的文字"),
        Expectation::Number => language.pick("a whole number", "整数"),
        Expectation::Range => language.pick("a range such as `1..5`", "区间（如 1..5）"),
        Expectation::Percent => language.pick("a share such as `75%`", "百分比（如 75%）"),
        Expectation::Duration => language.pick("a duration such as `3 workdays`", "时限（如 3个工作日）"),
        Expectation::Date => language.pick("a date such as `2026-01-01`", "日期（如 2026-01-01）"),
        Expectation::Clock => language.pick("a time such as `09:00`", "时刻（如 09:00）"),
        Expectation::Hours => language.pick("hours such as `08:30-17:30`", "时段（如 08:30-17:30）"),
        Expectation::Article => language.pick("an article such as `art 53`", "条文（如 第53条）"),
        Expectation::Condition => {
            language.pick("a condition such as `severity <= 3`", "条件（如 严重程度 <= 3）")
        }
        Expectation::Operator => language.pick("a comparison sign", "比较符号"),
        Expectation::Performer => language.pick("a body or a role", "主体或角色"),
    }
    .to_owned()
}
