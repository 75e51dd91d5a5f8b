//! The report of `check` for programs: a contract with a published schema (`docs/schema/check.json`).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::fact::fact_words;
use super::faults;
use super::finding::{diagnose, message, page, reproduce};
use super::region::{box_values, boxes_words, point_values};
use crate::checks::{Finding, Witness};
use crate::cores::in_order;
use crate::text::{Diagnostic, Language, Severity, Sources};
use crate::workspace::Analysis;

/// The version of this format; a change that breaks readers raises it.
const SCHEMA_VERSION: u32 = 1;

/// How many boxes of a region are listed; the count of situations is always exact.
const BOXES_LISTED: usize = 200;

/// What `check --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckReport {
    /// The version of this format.
    pub schema_version: u32,
    /// The name of the package.
    pub package: String,
    /// The day as of which it was checked.
    pub as_of: String,
    /// How many findings of each severity.
    pub summary: Summary,
    /// The findings, the gravest first.
    pub findings: Vec<FindingReport>,
}

/// How many findings of each severity.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Summary {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Notes.
    pub note: usize,
}

/// One finding. What keeps a package from being understood has the code `SYNTAX`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingReport {
    /// Its stable code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// One sentence.
    pub message: String,
    /// Where it is written.
    pub spans: Vec<SpanReport>,
    /// The situations that it holds on.
    pub region: Option<RegionReport>,
    /// One concrete case: the value on each axis; for a run also `run`.
    pub witness: Option<BTreeMap<String, String>>,
    /// The command that shows it.
    pub reproduce: Option<String>,
    /// The cause, in the words of the study.
    pub cause: Option<&'static str>,
    /// Which of the study's countermeasures removes it.
    pub countermeasure: Option<&'static str>,
    /// The rule that settles it, where one does.
    pub settled_by: Option<String>,
}

/// A place in a rule file; lines and columns count from one, columns in characters.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SpanReport {
    /// The file.
    pub file: String,
    /// The first line.
    pub line: usize,
    /// The first column.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// The column behind the last character.
    pub end_column: usize,
    /// What is to be seen there.
    pub label: String,
    /// Whether the finding is about this place.
    pub primary: bool,
}

/// A set of situations.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RegionReport {
    /// In words.
    pub text: String,
    /// How many situations, exactly, in decimal digits.
    pub situations: String,
    /// Boxes that together are the region: per axis the values or ranges; an axis that is not named is whole.
    /// `!x` takes the subtree `x` out.
    pub boxes: Vec<BTreeMap<String, Vec<String>>>,
    /// Whether no fewer boxes suffice; false also where boxes were left out.
    pub minimal: bool,
    /// How many boxes there are; more than listed where they are too many.
    pub box_count: usize,
}

/// The report of an analysis; messages in a language.
pub fn check_report(analysis: &Analysis, language: Language) -> CheckReport {
    let sources = &analysis.package.sources;
    let mut findings: Vec<FindingReport> =
        faults(analysis, language).iter().map(|diagnostic| fault(sources, diagnostic)).collect();
    findings.extend(in_order(&analysis.findings, |it| finding(analysis, it, language)));
    let mut summary = Summary::default();
    for finding in &findings {
        match finding.severity {
            "error" => summary.error += 1,
            "warning" => summary.warning += 1,
            _ => summary.note += 1,
        }
    }
    CheckReport {
        schema_version: SCHEMA_VERSION,
        package: analysis.package.name.clone(),
        as_of: analysis.day.to_string(),
        summary,
        findings,
    }
}

/// The JSON Schema of [`CheckReport`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(CheckReport).to_value()
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn spans(sources: &Sources, diagnostic: &Diagnostic) -> Vec<SpanReport> {
    let span = |label: &crate::text::Label| {
        let source = sources.get(label.span.source);
        let (start, end) = (source.position(label.span.start), source.position(label.span.end));
        SpanReport {
            file: source.name.clone(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            label: label.text.clone(),
            primary: label.primary,
        }
    };
    diagnostic.labels.iter().map(span).collect()
}

fn fault(sources: &Sources, diagnostic: &Diagnostic) -> FindingReport {
    FindingReport {
        code: "SYNTAX".into(),
        name: "syntax".into(),
        severity: severity(diagnostic.severity),
        message: diagnostic.message.clone(),
        spans: spans(sources, diagnostic),
        region: None,
        witness: None,
        reproduce: None,
        cause: None,
        countermeasure: None,
        settled_by: None,
    }
}

fn finding(analysis: &Analysis, it: &Finding, language: Language) -> FindingReport {
    let institution = analysis.institution();
    let diagnostic = diagnose(analysis, it, language);
    let region = it.region.as_ref().zip(it.boxes()).map(|(region, boxes)| RegionReport {
        text: boxes_words(institution, &boxes.cuboids, language, 3),
        situations: region.count().to_string(),
        minimal: boxes.exact && boxes.cuboids.len() <= BOXES_LISTED,
        box_count: boxes.cuboids.len(),
        boxes: boxes
            .cuboids
            .iter()
            .take(BOXES_LISTED)
            .map(|cuboid| box_values(institution, cuboid).into_iter().collect())
            .collect(),
    });
    let front = page(it.check).map(|page| &page.front);
    FindingReport {
        code: it.check.code.into(),
        name: it.check.name.into(),
        severity: severity(it.check.severity),
        message: message(institution, it, language),
        spans: spans(&analysis.package.sources, &diagnostic),
        region,
        witness: it.witness.as_ref().map(|witness| match witness {
            Witness::Situation(point)
            | Witness::Report(point)
            | Witness::Run(_, _, point)
            | Witness::Slowest(_, _, point, _) => point_values(institution, point).into_iter().collect(),
        }),
        reproduce: reproduce(analysis, it),
        cause: front.map(|front| front.cause.key()),
        countermeasure: front.map(|front| front.countermeasure.key()),
        settled_by: it.settled_by.as_ref().map(|fact| fact_words(institution, fact, language)),
    }
}
