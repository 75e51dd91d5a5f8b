//! The pages of the keywords as `explain` prints them.

use std::fmt::Write;

use linkage_syntax::{Keyword, Keywords, Usage, format, usages};
use linkage_text::Language;

/// What a keyword is for, each clause that begins with it with a sample, and what may stand in its block.
pub fn explain_keyword(keyword: Keyword, language: Language) -> String {
    let mut out = String::new();
    let other = language.pick(Language::Zh, Language::En);
    let (own, twin) = (keyword.spelling(language), keyword.spelling(other));
    let _ = writeln!(out, "{own} ({twin}): {}", keyword.meaning());
    let usages = usages(keyword);
    if usages.is_empty() {
        let inside = language.pick("It stands inside other clauses.", "它用在其他条款之中。");
        let _ = writeln!(out, "{inside}");
    }
    for usage in &usages {
        write_usage(&mut out, usage, language);
    }
    out
}

fn write_usage(out: &mut String, usage: &Usage, language: Language) {
    let named = |keyword: &Option<Keyword>| match keyword {
        Some(keyword) => format!("`{}`", keyword.spelling(language)),
        None => language.pick("a file", "文件").to_owned(),
    };
    let places: Vec<String> = usage.stands_in.iter().map(named).collect();
    let places = places.join(language.pick(", ", "、"));
    let _ = match language {
        Language::En => writeln!(out, "\nIn {places}:\n"),
        Language::Zh => writeln!(out, "\n用于{places}：\n"),
    };
    // A declaration alone is a file, so that it can be laid out as `fmt` would.
    let keywords = Keywords::All(language);
    let shown = format(&usage.sample, keywords).unwrap_or_else(|_| usage.sample.clone());
    for line in shown.lines() {
        let _ = writeln!(out, "    {line}");
    }
    if !usage.note.is_empty() {
        let _ = writeln!(out, "\n{}", usage.note);
    }
    if usage.holds.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}\n", language.pick("Its block can hold:", "其中可以写："));
    let width =
        usage.holds.iter().map(|keyword| keyword.spelling(language).chars().count()).max().unwrap_or(0);
    for keyword in &usage.holds {
        let word = keyword.spelling(language);
        let gap = " ".repeat(width - word.chars().count());
        let _ = writeln!(out, "    {word}{gap}  {}", keyword.meaning());
    }
}

/// The declarations that a file can hold, with what each is for.
pub fn declarations(language: Language) -> String {
    let mut out = String::new();
    let top = |keyword: &&Keyword| usages(**keyword).iter().any(|usage| usage.stands_in.contains(&None));
    for keyword in Keyword::ALL.iter().filter(top) {
        let other = language.pick(Language::Zh, Language::En);
        let _ = writeln!(
            out,
            "{:<12} {}  {}",
            keyword.spelling(language),
            keyword.spelling(other),
            keyword.meaning()
        );
    }
    let _ = writeln!(
        out,
        "\n{}",
        language.pick(
            "`linkage explain mandate` tells what stands in one of them.",
            "“linkage explain 职责”说明其中可以写什么。"
        )
    );
    out
}
