//! SARIF 2.1.0, which code scanning reads.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::{primary, waived};
use crate::check_report;
use crate::finding::page;
use crate::json::{AcceptedReport, FindingReport, SpanReport, severity};
use linkage_analysis::checks::{CHECKS, Check};
use linkage_package::Analysis;
use linkage_text::Language;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The findings as SARIF; messages in a language.
pub fn sarif(analysis: &Analysis, language: Language) -> String {
    let report = check_report(analysis, language);
    let mut rules: Vec<Value> = CHECKS.iter().map(|check| rule(check, language)).collect();
    // What keeps a package from being understood is no check.
    rules.push(json!({ "id": "SYNTAX", "name": "syntax" }));
    let mut marks = Marks::default();
    let mut results: Vec<Value> = report.findings.iter().map(|it| result(it, &mut marks)).collect();
    results.extend(report.accepted.iter().map(|accepted| suppressed(accepted, &mut marks, language)));
    let sarif = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "linkage",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "language": language.pick("en", "zh-CN"),
            "properties": { "package": report.package, "asOf": report.as_of },
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&sarif).unwrap_or_default() + "\n"
}

fn rule(check: &Check, language: Language) -> Value {
    let level = severity(check.severity);
    let Some(page) = page(check) else { return json!({ "id": check.code, "name": check.name }) };
    json!({
        "id": check.code,
        "name": check.name,
        "shortDescription": { "text": page.front.title.in_language(language) },
        "help": { "text": page.front.help.in_language(language) },
        "defaultConfiguration": { "level": level },
        "properties": { "tags": [page.front.cause.key(), page.front.countermeasure.key()] },
    })
}

/// How often each mark was given: findings about the same things are told apart by a number.
#[derive(Default)]
struct Marks(BTreeMap<String, usize>);

impl Marks {
    /// The mark by which a finding is known again: it says what the finding is about, not how or where it is written.
    /// So it stays when lines move, declarations change places, or keywords their language.
    fn of(&mut self, finding: &FindingReport) -> String {
        let mark = if finding.fingerprint.is_empty() {
            // What keeps a package from being understood has no mark of its own.
            let said = blake3::hash(format!("{}\0{}", finding.code, finding.message).as_bytes());
            said.to_hex().chars().take(16).collect()
        } else {
            finding.fingerprint.clone()
        };
        let count = self.0.entry(mark.clone()).or_default();
        *count += 1;
        if *count == 1 { mark } else { format!("{mark}:{count}") }
    }
}

fn result(finding: &FindingReport, marks: &mut Marks) -> Value {
    let index = CHECKS.iter().position(|check| check.code == finding.code).unwrap_or(CHECKS.len());
    let first = primary(finding);
    let locations: Vec<Value> = first.iter().map(|span| json!({ "physicalLocation": place(span) })).collect();
    let others = finding.spans.iter().filter(|span| !first.is_some_and(|first| std::ptr::eq(*span, first)));
    let related: Vec<Value> = others
        .map(|span| json!({ "physicalLocation": place(span), "message": { "text": span.label } }))
        .collect();
    let mut properties = json!({ "cause": finding.cause, "countermeasure": finding.countermeasure });
    if let Some(region) = &finding.region {
        properties["situations"] = json!(region.situations);
        properties["region"] = json!(region.text);
    }
    if let Some(command) = &finding.reproduce {
        properties["reproduce"] = json!(command);
    }
    if let Some(cause) = &finding.follows_from {
        properties["followsFrom"] = json!(cause);
    }
    if let Some(cases) = &finding.cases {
        properties["cases"] = json!(cases);
    }
    json!({
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity,
        "message": { "text": finding.message },
        "locations": locations,
        "relatedLocations": related,
        "partialFingerprints": { "about/v1": marks.of(finding) },
        "properties": properties,
    })
}

/// What is accepted: a result that viewers fold away, with who answers for it.
fn suppressed(accepted: &AcceptedReport, marks: &mut Marks, language: Language) -> Value {
    let mut result = result(&accepted.finding, marks);
    result["suppressions"] = json!([{
        "kind": "external",
        "status": "accepted",
        "justification": waived(accepted, language),
        "properties": { "by": accepted.by, "until": accepted.until },
    }]);
    result
}

fn place(span: &SpanReport) -> Value {
    json!({
        "artifactLocation": { "uri": uri(&span.file) },
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    })
}

/// A path as a relative reference: what a reference could not hold is written as bytes.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
