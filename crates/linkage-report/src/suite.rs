//! How the scenarios of a package went: as text, as JSON, as JUnit.

use std::fmt::Write;

use quick_junit::{NonSuccessKind, TestCaseStatus};
use serde::Serialize;

use linkage_scenario::{Coverage, Unit};
use linkage_text::Language;

/// How a case went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Went {
    /// As expected.
    Passed,
    /// Not as expected: each expectation in a sentence.
    Failed {
        /// What is otherwise.
        unmet: Vec<String>,
    },
    /// It says that it is not to be run, and why.
    Skipped {
        /// Why.
        reason: String,
    },
    /// It can't be run: the file or the rules can't be understood.
    Broken {
        /// What is wrong.
        faults: Vec<String>,
    },
}

/// One case.
#[derive(Debug, Serialize)]
pub struct TestCase {
    /// The file.
    pub file: String,
    /// Its titles, from the top of the file down.
    pub name: String,
    /// How it went.
    #[serde(flatten)]
    pub went: Went,
}

/// What the scenarios have been through, of one kind of thing.
#[derive(Debug, Serialize)]
pub struct Covered {
    /// What kind.
    pub kind: &'static str,
    /// How many have been gone through.
    pub met: usize,
    /// How many there are.
    pub all: usize,
    /// Those that have not, by name.
    pub missed: Vec<String>,
}

/// How all went.
#[derive(Debug, Serialize)]
pub struct SuiteReport {
    /// The version of this format.
    pub schema_version: u32,
    /// The cases.
    pub cases: Vec<TestCase>,
    /// What was gone through, in hundredths.
    pub percent: Option<usize>,
    /// The same, by kind.
    pub coverage: Vec<Covered>,
}

impl SuiteReport {
    /// How many cases went in a way.
    pub fn count(&self, way: fn(&Went) -> bool) -> usize {
        self.cases.iter().filter(|case| way(&case.went)).count()
    }
}

/// A kind of thing: its name in both languages, and what is of it.
type Kind = (&'static str, &'static str, fn(&Unit) -> bool);

/// Coverage by kind.
pub fn covered(coverage: &Coverage, language: Language) -> Vec<Covered> {
    let kinds: [Kind; 5] = [
        ("mandates", "职责", |unit| matches!(unit, Unit::Mandate(_))),
        ("steps", "步骤", |unit| matches!(unit, Unit::Step(..))),
        ("outcomes", "结果", |unit| matches!(unit, Unit::Outcome(..))),
        ("rungs", "升级", |unit| matches!(unit, Unit::Rung(..))),
        ("obligations", "互惠义务", |unit| matches!(unit, Unit::Obligation(..))),
    ];
    let name = |unit: &Unit| match unit {
        Unit::Mandate(name) => name.to_string(),
        Unit::Step(of, name) | Unit::Obligation(of, name) => format!("{of}.{name}"),
        Unit::Outcome(of, step, name) => format!("{of}.{step} → {name}"),
        Unit::Rung(of, None, number) => format!("{of} {number}"),
        Unit::Rung(of, Some(step), number) => format!("{of}.{step} {number}"),
    };
    let kind = |(en, zh, is): Kind| Covered {
        kind: language.pick(en, zh),
        met: coverage.met.iter().filter(|unit| is(unit)).count(),
        all: coverage.all.iter().filter(|unit| is(unit)).count(),
        missed: coverage.missed().filter(|unit| is(unit)).map(name).collect(),
    };
    kinds.into_iter().map(kind).collect()
}

/// As text: what did not pass, the count, and coverage with what was missed where asked.
pub fn suite_text(report: &SuiteReport, missed: bool, language: Language) -> String {
    let mut out = String::new();
    for case in &report.cases {
        let (word, lines) = match &case.went {
            Went::Passed => continue,
            Went::Failed { unmet } => (language.pick("failed", "未通过"), unmet.clone()),
            Went::Skipped { reason } => (language.pick("skipped", "跳过"), vec![reason.clone()]),
            Went::Broken { faults } => (language.pick("broken", "无法运行"), faults.clone()),
        };
        let _ = writeln!(out, "{word}: {} · {}", case.file, case.name);
        for line in lines.iter().filter(|line| !line.is_empty()) {
            let _ = writeln!(out, "  {line}");
        }
    }
    let passed = report.count(|went| *went == Went::Passed);
    let failed = report.count(|went| matches!(went, Went::Failed { .. }));
    let broken = report.count(|went| matches!(went, Went::Broken { .. }));
    let skipped = report.count(|went| matches!(went, Went::Skipped { .. }));
    let _ = match language {
        Language::En => writeln!(out, "{passed} passed, {failed} failed, {broken} broken, {skipped} skipped"),
        Language::Zh => {
            writeln!(out, "通过{passed}项，未通过{failed}项，无法运行{broken}项，跳过{skipped}项")
        }
    };
    let Some(percent) = report.percent else { return out };
    let _ = writeln!(out, "{} {percent}%", language.pick("gone through:", "覆盖："));
    for kind in &report.coverage {
        let _ = writeln!(out, "  {}/{} {}", kind.met, kind.all, kind.kind);
        for name in kind.missed.iter().filter(|_| missed) {
            let _ = writeln!(out, "    {} {name}", language.pick("never:", "未经："));
        }
    }
    out
}

/// As JUnit XML, one suite a file. A broken case is an error, a failed one a failure.
pub fn suite_junit(report: &SuiteReport) -> String {
    let mut whole = quick_junit::Report::new("linkage");
    let mut files: Vec<&str> = report.cases.iter().map(|case| case.file.as_str()).collect();
    files.dedup();
    for file in files {
        let mut suite = quick_junit::TestSuite::new(file);
        for case in report.cases.iter().filter(|case| case.file == file) {
            let status = match &case.went {
                Went::Passed => TestCaseStatus::success(),
                Went::Failed { unmet } => unsuccessful(NonSuccessKind::Failure, unmet),
                Went::Broken { faults } => unsuccessful(NonSuccessKind::Error, faults),
                Went::Skipped { reason } => {
                    let mut skipped = TestCaseStatus::skipped();
                    skipped.set_message(reason.as_str());
                    skipped
                }
            };
            let mut told = quick_junit::TestCase::new(case.name.as_str(), status);
            told.set_classname(file);
            suite.add_test_case(told);
        }
        whole.add_test_suite(suite);
    }
    whole.to_string().unwrap_or_default()
}

/// A case that did not go as it should: the first line as the message, all of them as the text.
fn unsuccessful(kind: NonSuccessKind, lines: &[String]) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(lines.first().map_or("", String::as_str)).set_description(lines.join("\n"));
    status
}
