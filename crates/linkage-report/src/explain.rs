//! The pages of the checks as `explain` prints them.

use std::fmt::Write;

use super::finding::page;
use linkage_analysis::checks::{CHECKS, Check};
use linkage_text::{Language, Severity};

/// The page of a check, in Markdown.
pub fn explain(check: &Check, language: Language) -> String {
    let mut out = String::new();
    let Some(page) = page(check) else { return out };
    let front = &page.front;
    let title = front.title.in_language(language);
    let _ = writeln!(out, "# {} {}: {title}\n", check.code, check.name);
    let (severity, cause) = (severity_word(check.severity, language), front.cause.in_words(language));
    let countermeasure = front.countermeasure.in_words(language);
    let help = front.help.in_language(language);
    let configure = language.pick("Default severity", "默认级别");
    let _ = writeln!(out, "- {configure}: {severity}");
    let _ = writeln!(out, "- {}: {cause}", language.pick("Cause, in the study's words", "成因"));
    let _ = writeln!(out, "- {}: {countermeasure}", language.pick("Countermeasure", "对策"));
    let _ = writeln!(out, "- {}: {help}", language.pick("What to do", "处理"));
    let only = language.pick("Report it alone", "仅报告此项");
    let _ = writeln!(out, "- {only}: `linkage check --only {}`\n", check.code);
    for section in sections(&page.body, language) {
        let _ = writeln!(out, "{section}\n");
    }
    out
}

/// The sections of a page in a language: of the two on why it matters one is left out, and the headings
/// of the others are put into Chinese.
fn sections(body: &str, language: Language) -> Vec<String> {
    let other = language.pick("为何重要", "Why it matters");
    let sections =
        body.split("## ").filter(|section| !section.trim().is_empty() && !section.starts_with(other));
    let heading = |section: &str| {
        let section = section.trim();
        let (title, text) = section.split_once('\n').unwrap_or((section, ""));
        let title = match title {
            "Bad" => language.pick(title, "反例"),
            "Mended" => language.pick(title, "改正"),
            "Source" => language.pick(title, "出处"),
            title => title,
        };
        format!("## {title}\n{text}")
    };
    sections.map(heading).collect()
}

/// All checks, one a line.
pub fn catalogue(language: Language) -> String {
    let mut out = String::new();
    for check in CHECKS {
        let title = page(check).map_or("", |page| page.front.title.in_language(language));
        let severity = severity_word(check.severity, language);
        let _ = writeln!(out, "{} {:<26} {severity:<8} {title}", check.code, check.name);
    }
    out
}

fn severity_word(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Error => language.pick("error", "错误"),
        Severity::Warning => language.pick("warning", "警告"),
        Severity::Note => language.pick("note", "提示"),
    }
}
