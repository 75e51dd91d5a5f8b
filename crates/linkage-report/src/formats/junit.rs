//! JUnit XML, which build servers show: errors fail, what else is found is told beside a case that passes,
//! what is accepted is skipped, and a check that finds nothing is a case that passes.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{primary, waived};
use crate::check_report;
use crate::json::FindingReport;
use linkage_analysis::checks::CHECKS;
use linkage_package::Analysis;
use linkage_text::Language;

/// The findings as JUnit XML.
pub fn junit(analysis: &Analysis, language: Language) -> String {
    let report = check_report(analysis, language);
    let mut suite = TestSuite::new(report.package.as_str());
    for finding in &report.findings {
        suite.add_test_case(if finding.severity == "error" {
            let mut failure = TestCaseStatus::non_success(NonSuccessKind::Failure);
            failure.set_type(finding.code.as_str()).set_message(finding.message.as_str());
            failure.set_description(told(finding));
            case(finding, failure)
        } else {
            let mut case = case(finding, TestCaseStatus::success());
            case.set_system_out(format!("{}: {}", finding.severity, told(finding)));
            case
        });
    }
    for accepted in &report.accepted {
        let mut skipped = TestCaseStatus::skipped();
        skipped.set_message(waived(accepted, language));
        suite.add_test_case(case(&accepted.finding, skipped));
    }
    let found = || report.findings.iter().chain(report.accepted.iter().map(|accepted| &accepted.finding));
    let is_clean = |code: &str| analysis.is_understood() && found().all(|it| it.code != code);
    for check in CHECKS.iter().filter(|check| is_clean(check.code)) {
        let mut case = TestCase::new(check.name, TestCaseStatus::success());
        case.set_classname(format!("{} {}", check.code, check.name));
        suite.add_test_case(case);
    }
    written(suite)
}

/// A suite as a whole file.
fn written(suite: TestSuite) -> String {
    let mut report = Report::new("linkage");
    report.add_test_suite(suite);
    report.to_string().unwrap_or_default()
}

/// A finding as a case of its check, with its place.
fn case(finding: &FindingReport, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(finding.message.as_str(), status);
    case.set_classname(format!("{} {}", finding.code, finding.name));
    if let Some(span) = primary(finding) {
        case.extra.insert("file".into(), span.file.as_str().into());
        case.extra.insert("line".into(), span.line.to_string().into());
    }
    case
}

fn told(finding: &FindingReport) -> String {
    let mut lines = vec![finding.message.clone()];
    lines.extend(finding.spans.iter().map(|span| format!("{}:{}: {}", span.file, span.line, span.label)));
    lines.extend(finding.cases.as_ref().and_then(|cases| cases.text.clone()));
    lines.extend(finding.reproduce.clone());
    lines.join("\n")
}
