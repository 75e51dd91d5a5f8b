//! Markdown for a change request: what counts on top, the rest folded.

use std::fmt::Write;

use super::{primary, waived};
use crate::cost::practice_words;
use crate::json::{AcceptedReport, FindingReport};
use crate::{check_report, summary};
use linkage_package::Analysis;
use linkage_text::Language;

/// So many findings of a severity are listed: forges cut long comments off.
const LISTED: usize = 100;

/// The findings as Markdown.
pub fn markdown(analysis: &Analysis, language: Language) -> String {
    let report = check_report(analysis, language);
    let mut out = String::new();
    let head = summary(analysis, language);
    let mut head = head.lines();
    let _ = writeln!(out, "### {}\n", text(head.next().unwrap_or_default()));
    if analysis.is_understood() {
        let _ = writeln!(out, "{}\n", text(head.next().unwrap_or_default()));
        if let Some(practice) = &analysis.practice {
            let _ = writeln!(out, "{}\n", text(&practice_words(practice, language)));
        }
    }
    let severities = [
        ("error", language.pick("errors", "错误")),
        ("warning", language.pick("warnings", "警告")),
        ("note", language.pick("notes", "提示")),
    ];
    for (severity, name) in severities {
        let stands = |it: &&FindingReport| it.severity == severity && it.follows_from.is_none();
        let own: Vec<&FindingReport> = report.findings.iter().filter(stands).collect();
        let all = report.findings.iter().filter(|it| it.severity == severity).count();
        if all == 0 {
            continue;
        }
        let under = match (all - own.len(), language) {
            (0, _) => String::new(),
            (more, Language::En) => format!(", {more} more under what they follow from"),
            (more, Language::Zh) => format!("，另有{more}项列于其起因之下"),
        };
        let open = if severity == "error" { " open" } else { "" };
        let _ = writeln!(out, "<details{open}><summary>{} {name}{under}</summary>\n", own.len());
        for finding in own.iter().take(LISTED) {
            line(&mut out, finding);
            if let Some(cases) = finding.cases.as_ref().and_then(|cases| cases.text.as_ref()) {
                let _ = write!(out, "<br>{}", text(cases));
            }
            if let Some(command) = &finding.reproduce {
                let _ = write!(out, "<br>{}", code(command));
            }
            let mark = Some(&finding.fingerprint);
            for other in report.findings.iter().filter(|it| it.follows_from.as_ref() == mark) {
                let word = language.pick("from this follows", "由此产生");
                let _ = write!(out, "<br>{word} **{}** {}", other.code, text(&other.message));
            }
            out.push('\n');
        }
        more(&mut out, own.len(), language);
        out.push_str("\n</details>\n\n");
    }
    accepted(&mut out, &report.accepted, language);
    out
}

/// What a finding says, and where.
fn line(out: &mut String, finding: &FindingReport) {
    let _ = write!(out, "- **{}** {}", finding.code, text(&finding.message));
    if let Some(span) = primary(finding) {
        let _ = write!(out, " — {}", code(&format!("{}:{}", span.file, span.line)));
    }
}

fn more(out: &mut String, count: usize, language: Language) {
    if count > LISTED {
        let more = count - LISTED;
        let _ = match language {
            Language::En => writeln!(out, "- and {more} more"),
            Language::Zh => writeln!(out, "- 另有{more}项"),
        };
    }
}

/// What is accepted, apart and folded.
fn accepted(out: &mut String, accepted: &[AcceptedReport], language: Language) {
    if accepted.is_empty() {
        return;
    }
    let name = language.pick("accepted", "已认可");
    let _ = writeln!(out, "<details><summary>{} {name}</summary>\n", accepted.len());
    for one in accepted.iter().take(LISTED) {
        line(out, &one.finding);
        let _ = writeln!(out, "<br>{}", text(&waived(one, language)));
    }
    more(out, accepted.len(), language);
    out.push_str("\n</details>\n\n");
}

/// A text that stays text: no emphasis, no link, no element, no mention of a person, no new line.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A mention or a reference begins with these.
            '@' => out.push_str("&#64;"),
            '#' => out.push_str("&#35;"),
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A text as code, within a fence longer than any run of ticks that it has.
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
