//! JUnit XML, which build servers show: errors fail, what else is found is told beside a case that passes,
//! what is accepted is skipped, and a check that finds nothing is a case that passes.

use maud::{PreEscaped, html};

use super::{primary, waived};
use crate::check_report;
use crate::json::FindingReport;
use linkage_analysis::checks::CHECKS;
use linkage_package::Analysis;
use linkage_text::Language;

/// The findings as JUnit XML.
pub fn junit(analysis: &Analysis, language: Language) -> String {
    let report = check_report(analysis, language);
    let accepted = || report.accepted.iter().map(|accepted| &accepted.finding);
    let clean: Vec<_> = CHECKS
        .iter()
        .filter(|check| {
            analysis.is_understood()
                && report.findings.iter().chain(accepted()).all(|it| it.code != check.code)
        })
        .collect();
    let tests = report.findings.len() + report.accepted.len() + clean.len();
    let skipped = report.accepted.len();
    let body = html! {
        testsuites name="linkage" tests=(tests) failures=(report.summary.error) skipped=(skipped) {
            testsuite name=(report.package) tests=(tests) failures=(report.summary.error) skipped=(skipped) {
                @for finding in &report.findings {
                    @let span = primary(finding);
                    testcase classname=(format!("{} {}", finding.code, finding.name)) name=(finding.message)
                        file=[span.map(|span| &span.file)] line=[span.map(|span| span.line)] {
                        @if finding.severity == "error" {
                            failure type=(finding.code) message=(finding.message) { (told(finding)) }
                        } @else {
                            "system-out" { (format!("{}: {}", finding.severity, told(finding))) }
                        }
                    }
                }
                @for accepted in &report.accepted {
                    @let finding = &accepted.finding;
                    @let span = primary(finding);
                    testcase classname=(format!("{} {}", finding.code, finding.name)) name=(finding.message)
                        file=[span.map(|span| &span.file)] line=[span.map(|span| span.line)] {
                        skipped message=(waived(accepted, language)) {}
                    }
                }
                @for check in &clean {
                    testcase classname=(format!("{} {}", check.code, check.name)) name=(check.name) {}
                }
            }
        }
    };
    let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", PreEscaped(body.into_string()).0);
    // Each case on a line of its own, for those who compare two reports.
    text.replace("<testcase", "\n<testcase").replace("</testsuite>", "\n</testsuite>")
}

fn told(finding: &FindingReport) -> String {
    let mut lines = vec![finding.message.clone()];
    lines.extend(finding.spans.iter().map(|span| format!("{}:{}: {}", span.file, span.line, span.label)));
    lines.extend(finding.cases.as_ref().and_then(|cases| cases.text.clone()));
    lines.extend(finding.reproduce.clone());
    lines.join("\n")
}
