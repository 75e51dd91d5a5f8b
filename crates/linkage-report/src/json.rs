//! The report of `check` for programs: a contract with a published schema (`docs/schema/check.json`).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::cost::cost_words;
use super::fact::fact_words;
use super::faults;
use super::finding::{diagnose, message, page, reproduce};
use super::region::{box_values, boxes_words, point_values};
use super::waiver::fingerprint;
use linkage_analysis::checks::{Cost, Finding, Practice, Proofs, Spent, Witness, folded};
use linkage_model::Institution;
use linkage_package::Analysis;
use linkage_parallel::in_order;
use linkage_regions::{Minimal, Region};
use linkage_text::{Diagnostic, Language, Severity, Sources};

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
    /// The amendments that it was read with, as if they were adopted.
    pub amendments: Vec<String>,
    /// How many findings of each severity.
    pub summary: Summary,
    /// How many of the required properties hold.
    pub properties: Properties,
    /// The findings, the gravest first.
    pub findings: Vec<FindingReport>,
    /// The findings that are accepted: they count nowhere.
    pub accepted: Vec<AcceptedReport>,
    /// What the journal holds that `--journal` named; the findings are then in the order of what they cost.
    pub journal: Option<JournalReport>,
    /// How many findings a baseline knows; they are not listed.
    pub known: usize,
    /// How many findings are of a kind that is switched off.
    pub switched_off: usize,
}

/// A finding that is accepted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AcceptedReport {
    /// Why.
    pub reason: Option<String>,
    /// The body that answers for it.
    pub by: Option<String>,
    /// The last day.
    pub until: Option<String>,
    /// What is accepted.
    pub finding: FindingReport,
}

/// What a journal of real cases holds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JournalReport {
    /// How many cases.
    pub cases: usize,
    /// The day on which the first was opened.
    pub from: Option<String>,
    /// The day of the last record.
    pub until: Option<String>,
    /// How many cases fall under an error or a warning.
    pub touched: usize,
    /// How many are under other rules than those that are checked; they are matched by names.
    pub other_rules: usize,
    /// How many state facts that the rules don't know; they are matched by steps only.
    pub unplaced: usize,
    /// What all cases cost.
    pub spent: SpentReport,
}

/// What real cases met of a finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CasesReport {
    /// In words; none where no case falls under it.
    pub text: Option<String>,
    /// How many cases fall under it.
    pub certain: usize,
    /// How many more may: what is known of them does not tell.
    pub possible: usize,
    /// The numbers of the first few that fall under it.
    pub named: Vec<String>,
    /// What it cost those that fall under it.
    pub spent: SpentReport,
}

/// What cases cost.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SpentReport {
    /// Minutes on the clock in which something of the case was late.
    pub minutes_late: u64,
    /// How many of these minutes were working time.
    pub working_minutes_late: u64,
    /// How often a rung of a ladder was stepped on.
    pub escalations: usize,
    /// How often a step was refused, or handed to another body.
    pub hand_backs: usize,
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

/// How many of the required properties hold.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Properties {
    /// Of so many nothing is found: they hold.
    pub proved: usize,
    /// So many do not hold.
    pub refuted: usize,
    /// So many were not decided.
    pub undecided: usize,
    /// So many speak of nothing: no situation, run or channel that they are about is there.
    pub vacuous: usize,
}

/// One finding. What keeps a package from being understood has the code `SYNTAX`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingReport {
    /// Its stable code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// A mark that stays the same while the finding is about the same things; `--baseline` knows it by this.
    pub fingerprint: String,
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
    /// The fingerprint of the finding that takes this one with it, once mended.
    pub follows_from: Option<String>,
    /// The rule that settles it, where one does.
    pub settled_by: Option<String>,
    /// What real cases met of it; none without a journal, and where no case passes through what it is about.
    pub cases: Option<CasesReport>,
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
    let folded = folded(&analysis.findings);
    let at: Vec<usize> = (0..analysis.findings.len()).collect();
    findings.extend(in_order(&at, |at| {
        let cause =
            folded.under[*at].map(|cause| fingerprint(analysis.institution(), &analysis.findings[cause]));
        FindingReport { follows_from: cause, ..finding(analysis, &analysis.findings[*at], language) }
    }));
    let mut summary = Summary::default();
    for finding in &findings {
        match finding.severity {
            "error" => summary.error += 1,
            "warning" => summary.warning += 1,
            _ => summary.note += 1,
        }
    }
    let Proofs { proved, refuted, undecided, vacuous } = analysis.proofs;
    CheckReport {
        schema_version: SCHEMA_VERSION,
        package: analysis.package.name.clone(),
        as_of: analysis.day.to_string(),
        amendments: analysis.package.adopted.iter().map(ToString::to_string).collect(),
        summary,
        properties: Properties { proved, refuted, undecided, vacuous },
        findings,
        accepted: analysis.accepted.iter().map(|(it, at)| accepted(analysis, it, *at, language)).collect(),
        journal: analysis.practice.as_ref().map(journal),
        known: analysis.known,
        switched_off: analysis.off,
    }
}

/// Takes out what an earlier report of the same format knows already; each mark of it as often as it is there.
///
/// # Errors
/// The text is no such report; why, in English.
pub fn without_known(analysis: &mut Analysis, earlier: &str) -> Result<(), String> {
    #[derive(serde::Deserialize)]
    struct Known {
        findings: Vec<Mark>,
    }
    #[derive(serde::Deserialize)]
    struct Mark {
        fingerprint: String,
    }
    let earlier: Known = serde_json::from_str(earlier).map_err(|error| error.to_string())?;
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for mark in earlier.findings {
        *left.entry(mark.fingerprint).or_default() += 1;
    }
    let mut findings = std::mem::take(&mut analysis.findings);
    let before = findings.len();
    findings.retain(|finding| {
        finding.check.tells_undecided()
            || match left.get_mut(&fingerprint(analysis.institution(), finding)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
    });
    analysis.known += before - findings.len();
    analysis.findings = findings;
    Ok(())
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
    let span = |label: &linkage_text::Label| {
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

fn accepted(analysis: &Analysis, it: &Finding, at: usize, language: Language) -> AcceptedReport {
    let institution = analysis.institution();
    let acceptance = institution.acceptances.get(at);
    AcceptedReport {
        reason: acceptance.and_then(|it| it.reason.as_ref()).map(|reason| super::terminal::visible(reason)),
        by: acceptance.and_then(|it| it.by).map(|body| institution[body].head.name.to_string()),
        until: acceptance.and_then(|it| it.until).map(|until| until.to_string()),
        finding: finding(analysis, it, language),
    }
}

fn fault(sources: &Sources, diagnostic: &Diagnostic) -> FindingReport {
    FindingReport {
        code: "SYNTAX".into(),
        name: "syntax".into(),
        fingerprint: String::new(),
        severity: severity(diagnostic.severity),
        message: diagnostic.message.clone(),
        spans: spans(sources, diagnostic),
        region: None,
        witness: None,
        reproduce: None,
        cause: None,
        countermeasure: None,
        follows_from: None,
        settled_by: None,
        cases: None,
    }
}

fn journal(practice: &Practice) -> JournalReport {
    JournalReport {
        cases: practice.cases,
        from: practice.from.map(|day| day.to_string()),
        until: practice.until.map(|day| day.to_string()),
        touched: practice.touched,
        other_rules: practice.other_rules,
        unplaced: practice.unplaced,
        spent: spent(&practice.spent),
    }
}

fn cases(cost: &Cost, language: Language) -> CasesReport {
    CasesReport {
        text: cost_words(cost, language),
        certain: cost.cases,
        possible: cost.possible,
        named: cost.named.iter().map(ToString::to_string).collect(),
        spent: spent(&cost.spent),
    }
}

fn spent(spent: &Spent) -> SpentReport {
    SpentReport {
        minutes_late: spent.late,
        working_minutes_late: spent.late_working,
        escalations: spent.escalations,
        hand_backs: spent.hand_backs,
    }
}

/// A region for programs, with its fewest boxes.
pub(super) fn region_report(
    institution: &Institution,
    region: &Region,
    boxes: &Minimal,
    language: Language,
) -> RegionReport {
    RegionReport {
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
    }
}

fn finding(analysis: &Analysis, it: &Finding, language: Language) -> FindingReport {
    let institution = analysis.institution();
    let diagnostic = diagnose(analysis, it, language);
    let region = it.region.as_ref().zip(it.boxes());
    let region = region.map(|(region, boxes)| region_report(institution, region, boxes, language));
    let front = page(it.check).map(|page| &page.front);
    FindingReport {
        code: it.check.code.into(),
        name: it.check.name.into(),
        fingerprint: fingerprint(institution, it),
        severity: severity(it.severity),
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
        follows_from: None,
        settled_by: it.settled_by.as_ref().map(|fact| fact_words(institution, fact, language)),
        cases: it.cost.as_ref().map(|cost| cases(cost, language)),
    }
}
