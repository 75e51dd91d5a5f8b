//! A table with a line for each finding, for spreadsheets.

use super::primary;
use crate::report::check_report;
use crate::report::json::FindingReport;
use crate::text::Language;
use crate::workspace::Analysis;

const COLUMNS: [&str; 12] = [
    "severity",
    "code",
    "name",
    "message",
    "file",
    "line",
    "column",
    "situations",
    "region",
    "cause",
    "countermeasure",
    "reproduce",
];

/// The findings as CSV.
pub fn csv(analysis: &Analysis, language: Language) -> String {
    let report = check_report(analysis, language);
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    drop(writer.write_record(COLUMNS));
    for finding in &report.findings {
        drop(writer.write_record(row(finding).map(|cell| plain(&cell))));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn row(finding: &FindingReport) -> [String; 12] {
    let span = primary(finding);
    let region = finding.region.as_ref();
    [
        finding.severity.to_owned(),
        finding.code.clone(),
        finding.name.clone(),
        finding.message.clone(),
        span.map(|span| span.file.clone()).unwrap_or_default(),
        span.map(|span| span.line.to_string()).unwrap_or_default(),
        span.map(|span| span.column.to_string()).unwrap_or_default(),
        region.map(|region| region.situations.clone()).unwrap_or_default(),
        region.map(|region| region.text.clone()).unwrap_or_default(),
        finding.cause.unwrap_or_default().to_owned(),
        finding.countermeasure.unwrap_or_default().to_owned(),
        finding.reproduce.clone().unwrap_or_default(),
    ]
}

/// A cell that no spreadsheet takes for a formula.
fn plain(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        return format!("'{cell}");
    }
    cell.to_owned()
}
