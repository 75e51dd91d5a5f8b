//! Markdown for a change request: what counts on top, the rest folded.

use std::fmt::Write;

use super::primary;
use crate::report::json::FindingReport;
use crate::report::{check_report, summary};
use crate::text::Language;
use crate::workspace::Analysis;

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
    }
    let severities = [
        ("error", language.pick("errors", "错误")),
        ("warning", language.pick("warnings", "警告")),
        ("note", language.pick("notes", "提示")),
    ];
    for (severity, name) in severities {
        let own: Vec<&FindingReport> = report.findings.iter().filter(|it| it.severity == severity).collect();
        if own.is_empty() {
            continue;
        }
        let open = if severity == "error" { " open" } else { "" };
        let _ = writeln!(out, "<details{open}><summary>{} {name}</summary>\n", own.len());
        for finding in own.iter().take(LISTED) {
            let _ = write!(out, "- **{}** {}", finding.code, text(&finding.message));
            if let Some(span) = primary(finding) {
                let _ = write!(out, " — {}", code(&format!("{}:{}", span.file, span.line)));
            }
            if let Some(command) = &finding.reproduce {
                let _ = write!(out, "<br>{}", code(command));
            }
            out.push('\n');
        }
        if own.len() > LISTED {
            let more = own.len() - LISTED;
            let _ = match language {
                Language::En => writeln!(out, "- and {more} more"),
                Language::Zh => writeln!(out, "- 另有{more}项"),
            };
        }
        out.push_str("\n</details>\n\n");
    }
    out
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
