//! Annotations as GitHub's runners read them from the output of a step: one line a finding.

use std::fmt::Write;

use super::primary;
use crate::check_report;
use linkage_package::Analysis;
use linkage_text::Language;

/// The findings as workflow commands.
pub fn github(analysis: &Analysis, language: Language) -> String {
    let mut out = String::new();
    for finding in &check_report(analysis, language).findings {
        let level = if finding.severity == "note" { "notice" } else { finding.severity };
        let _ = write!(out, "::{level} ");
        if let Some(span) = primary(finding) {
            let _ = write!(out, "file={},line={},", property(&span.file), span.line);
            if span.end_line == span.line {
                let _ = write!(out, "col={},endColumn={},", span.column, span.end_column);
            } else {
                let _ = write!(out, "endLine={},", span.end_line);
            }
        }
        let title = format!("{} {}", finding.code, finding.name);
        let _ = writeln!(out, "title={}::{}", property(&title), message(&finding.message));
    }
    out
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
