//! The findings in the formats that other programs read: for code scanning, change requests, test reports,
//! spreadsheets, annotations. All are made from [`CheckReport`](super::CheckReport).

mod csv;
mod github;
mod junit;
mod markdown;
mod sarif;

pub use csv::csv;
pub use github::github;
pub use junit::junit;
pub use markdown::markdown;
pub use sarif::sarif;

use super::json::{AcceptedReport, FindingReport, SpanReport};
use linkage_text::Language;

/// Where a finding is written.
fn primary(finding: &FindingReport) -> Option<&SpanReport> {
    finding.spans.iter().find(|span| span.primary).or_else(|| finding.spans.first())
}

/// Why, by whom and until when a finding is accepted.
fn waived(accepted: &AcceptedReport, language: Language) -> String {
    let mut words = accepted.reason.clone().unwrap_or_default();
    if let Some(by) = &accepted.by {
        words += &language.pick(format!("; by {by}"), format!("；{by}"));
    }
    if let Some(until) = &accepted.until {
        words += &language.pick(format!("; until {until}"), format!("；至{until}"));
    }
    words
}
