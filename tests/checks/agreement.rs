//! One answer: check, who, executor, diff, JSON and HTML must say the same of every situation of a random package.
//!
//! ```text
//!   package ── written, with one procedure over everything
//!      │
//!      ├─ who of a situation ◄──────── the others are compared with it
//!      ├─ the executor: a case opened there
//!      ├─ the findings, and their boxes in the JSON report
//!      ├─ the cells of the HTML matrix
//!      ├─ diff with the package itself, and with one mandate left out
//!      └─ who of a region, and a case of which one fact is not known
//! ```
//!
//! `LINKAGE_AGREEMENT_CASES=100000 cargo test --test main agreement` asks that many packages.

mod answer;
mod boxes;
mod kept;
mod matrix;
mod region;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use linkage::case::{Facts, Rules};
use linkage::compare::compare;
use linkage::model::{Days, Division};
use linkage::report::{check_report, html, point_facts};
use linkage::space::Point;
use linkage::text::Language;
use linkage::workspace::{Analysis, Package as Read, analyse_package};
use proptest::prelude::*;

use super::division_oracle::fit::fitted;
use super::division_oracle::naive::{Naive, Outcome};
use super::division_oracle::package::{DAYS, Package, TODAY, package};
use super::division_oracle::point;
use super::division_oracle::told::{Truth, truths};
use super::division_oracle::written::written;
use answer::{Lead, asked, changed, executed, found, situation};

/// How many situations of a package are asked one by one.
const SITUATIONS_ASKED: usize = 48;

/// The HTML report is made of one package in this many: it takes as long as all the rest.
const PACKAGES_PER_PAGE: usize = 8;

/// What was asked.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    packages: usize,
    situations: usize,
    boxes_cut: usize,
    pages: usize,
    changes: usize,
    regions: usize,
    undecided: usize,
}

/// The rule text with a procedure that whatever is reported starts.
pub fn with_procedure(package: &Package) -> String {
    let roots: Vec<String> = (0..package.matters.0.len())
        .filter(|node| package.matters.0[*node] == *node)
        .map(|root| format!("m{root}"))
        .collect();
    format!(
        "{}procedure course {{ trigger report of {} lead by mandate\n\
         step only {{ by lead within 1 day outcome done -> close solved }} }}\n",
        written(package),
        roots.join(", ")
    )
}

pub fn today() -> Date {
    DAYS[TODAY].parse().expect("a date")
}

fn analysed(text: &str) -> Result<Analysis, String> {
    let analysis = analyse_package(Read::of_text("rules.linkage", text), today());
    let faults = linkage::report::faults(&analysis, Language::En);
    if faults.is_empty() { Ok(analysis) } else { Err(format!("{faults:?}")) }
}

/// A package with what is asked of it again and again.
struct Asked<'a> {
    analysis: &'a Analysis,
    division: Division<'a>,
    rules: Rules<'a>,
    noon: Timestamp,
}

impl<'a> Asked<'a> {
    fn new(analysis: &'a Analysis, days: &'a Days) -> Self {
        let calendar = &analysis.package.calendar;
        let rules = Rules::new(analysis.institution(), calendar).knowing(days);
        let noon = calendar.zone().to_timestamp(today().at(12, 0, 0, 0)).expect("in range");
        Self { analysis, division: rules.division(today()), rules, noon }
    }

    fn facts(&self, point: &Point) -> Facts {
        point_facts(self.analysis.institution(), point)
    }
}

/// Which situations are asked: two of each kind that the naive truth tells apart, the rest evenly from all.
fn chosen(truths: &[Truth]) -> Vec<usize> {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    let mut chosen = Vec::new();
    for (at, truth) in truths.iter().enumerate() {
        let count = met.entry(format!("{truth:?}")).or_default();
        *count += 1;
        if *count <= 2 && chosen.len() < SITUATIONS_ASKED / 2 {
            chosen.push(at);
        }
    }
    let step = (truths.len() / (SITUATIONS_ASKED / 2)).max(1);
    chosen.extend((0..truths.len()).step_by(step));
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// The package without its last mandate, and without what speaks of it.
fn without_last(package: &Package) -> Package {
    let mut less = package.clone();
    less.mandates.pop();
    let last = less.mandates.len();
    for mandate in &mut less.mandates {
        mandate.yields.retain(|other| *other != last);
        mandate.over.retain(|other| *other != last);
        mandate.with.retain(|(_, other)| *other != last);
    }
    for resolution in &mut less.resolutions {
        resolution.between.retain(|other| *other != last);
    }
    fitted(less)
}

fn agree(package: &Package, counts: &mut Counts) -> Result<(), String> {
    let text = with_procedure(package);
    same_everywhere(package, &text, counts).map_err(|wrong| format!("{wrong}\n{text}"))
}

fn same_everywhere(package: &Package, text: &str, counts: &mut Counts) -> Result<(), String> {
    let analysis = analysed(text)?;
    let days = Days::default();
    let now = Asked::new(&analysis, &days);
    let naive = Naive::new(package);
    let (truths, _) = truths(&naive);
    let points: Vec<Point> = naive.world.all.iter().map(point).collect();
    let chosen = chosen(&truths);

    let mut leads: BTreeMap<usize, Lead> = BTreeMap::new();
    for at in &chosen {
        let lead = asked(&now, &situation(&now, &points[*at]))?;
        let facts = now.facts(&points[*at]);
        let wrong = |who: &str, told: &dyn std::fmt::Debug| {
            format!("{facts:?}: {who} says {told:?}, and who says {lead:?}")
        };
        if !lead.is_as(&truths[*at]) {
            return Err(wrong("the naive truth", &truths[*at]));
        }
        match executed(&now, &facts)? {
            Ok(told) if told == lead.as_executed() => {}
            told => return Err(wrong("the executor", &told)),
        }
        let told = found(&analysis, &points[*at])?;
        if told != lead.findings() {
            return Err(wrong("check", &told));
        }
        leads.insert(*at, lead);
        counts.situations += 1;
    }

    let report = serde_json::to_value(check_report(&analysis, Language::En)).expect("it is JSON");
    counts.boxes_cut += boxes::agree(&analysis, &report, chosen.iter().map(|at| &points[*at]))?;

    if counts.packages.is_multiple_of(PACKAGES_PER_PAGE) {
        matrix::agree(&html(&analysis, Language::En), &truths, &naive.world.all)?;
        counts.pages += 1;
    }

    if !compare(&now.division, &now.division).is_empty() {
        return Err("diff of a package with itself is not empty".to_owned());
    }
    let less = with_procedure(&without_last(package));
    let analysis_of_less = analysed(&less)?;
    let days_of_less = Days::default();
    let after = Asked::new(&analysis_of_less, &days_of_less);
    let changes = compare(&now.division, &after.division);
    for (at, lead) in &leads {
        let is = asked(&after, &situation(&after, &points[*at]))?;
        let told = changed(&now, &after, &changes, &points[*at]);
        let facts = || now.facts(&points[*at]);
        counts.changes += usize::from(*lead != is);
        let right = match &told {
            None => lead.as_compared() == is.as_compared(),
            Some((before, after)) => {
                *before == lead.as_compared() && *after == is.as_compared() && before != after
            }
        };
        if !right {
            return Err(format!(
                "{:?}: diff says {told:?}, who says {lead:?} and then {is:?}\n{less}",
                facts()
            ));
        }
    }

    for (turn, at) in chosen.iter().enumerate().step_by(3) {
        let undecided = region::agree(&now, &naive.world.all, *at, turn / 3)?;
        counts.regions += 1;
        counts.undecided += usize::from(undecided);
    }
    counts.packages += 1;
    Ok(())
}

/// What takes about ten seconds.
const PACKAGES_IN_SUITE: u32 = 64;

fn cases() -> u32 {
    let cases = std::env::var("LINKAGE_AGREEMENT_CASES").ok().and_then(|cases| cases.parse().ok());
    cases.unwrap_or(PACKAGES_IN_SUITE)
}

#[test]
fn whoever_is_asked_gives_one_answer() {
    let config = ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() };
    let counts = std::cell::Cell::new(Counts::default());
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let outcome = runner.run(&package(), |package| {
        let mut own = counts.get();
        let outcome = agree(&package, &mut own);
        counts.set(own);
        outcome.map_err(TestCaseError::fail)
    });
    println!("{:?}", counts.get());
    match outcome {
        Ok(()) => {}
        Err(proptest::test_runner::TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(other) => panic!("{other}"),
    }
}
