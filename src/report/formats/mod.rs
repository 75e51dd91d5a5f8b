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

use super::json::{FindingReport, SpanReport};

/// Where a finding is written.
fn primary(finding: &FindingReport) -> Option<&SpanReport> {
    finding.spans.iter().find(|span| span.primary).or_else(|| finding.spans.first())
}
