//! A table with a line for each finding, for spreadsheets; what is accepted comes last, and says so.

use super::primary;
use crate::check_report;
use crate::json::{AcceptedReport, CasesReport, FindingReport};
use linkage_package::Analysis;
use linkage_text::Language;

const COLUMNS: [&str; 22] = [
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
    "accepted",
    "accepted_because",
    "accepted_by",
    "accepted_until",
    "cases",
    "cases_possible",
    "minutes_late",
    "working_minutes_late",
    "escalations",
    "hand_backs",
];

/// The findings as CSV.
pub fn csv(analysis: &Analysis, language: Language) -> String {
    let report = check_report(analysis, language);
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    drop(writer.write_record(COLUMNS));
    for finding in &report.findings {
        drop(writer.write_record(row(finding, None).map(|cell| plain(&cell))));
    }
    for accepted in &report.accepted {
        drop(writer.write_record(row(&accepted.finding, Some(accepted)).map(|cell| plain(&cell))));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn row(finding: &FindingReport, accepted: Option<&AcceptedReport>) -> [String; 22] {
    let cases = |pick: fn(&CasesReport) -> u64| {
        finding.cases.as_ref().map(pick).map_or_else(String::new, |it| it.to_string())
    };
    let said = |pick: fn(&AcceptedReport) -> &Option<String>| {
        accepted.and_then(|it| pick(it).clone()).unwrap_or_default()
    };
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
        if accepted.is_some() { "yes".to_owned() } else { "no".to_owned() },
        said(|it| &it.reason),
        said(|it| &it.by),
        said(|it| &it.until),
        cases(|it| it.certain as u64),
        cases(|it| it.possible as u64),
        cases(|it| it.spent.minutes_late),
        cases(|it| it.spent.working_minutes_late),
        cases(|it| it.spent.escalations as u64),
        cases(|it| it.spent.hand_backs as u64),
    ]
}

/// A cell that no spreadsheet takes for a formula.
fn plain(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        return format!("'{cell}");
    }
    cell.to_owned()
}
