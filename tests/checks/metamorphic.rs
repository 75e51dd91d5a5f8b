//! What must not matter: the same rules in another order, in two files, by other names, with other keywords, with an
//! axis that nothing uses, with an area cut in two. The findings must be the same, and known again where nothing that
//! a finding speaks of is another.
//!
//! `LINKAGE_METAMORPHIC_CASES=10000 cargo test --test main metamorphic` tries that many packages.

use std::collections::BTreeMap;
use std::path::Path;

use linkage::case::{Facts, region};
use linkage::checks::Witness;
use linkage::report::{check_report, faults, point_facts, sarif};
use linkage::space::{Point, Region};
use linkage::syntax::{Keyword, Keywords, format, parse};
use linkage::text::{Language, Source, SourceId};
use linkage::workspace::{Analysis, Package as Read, analyse_package, load};
use proptest::prelude::*;

use super::agreement::{today, with_procedure};
use super::division_oracle::naive::Naive;
use super::division_oracle::package::{Package, package};
use super::division_oracle::point;

/// The situations at which findings of a random package are compared.
const SITUATIONS_COMPARED: usize = 24;

/// What a finding is known by: code, sentence, fingerprint, severity, and at which of the situations it holds.
type Known = (String, String, String, String, Vec<u8>);

/// How often each finding is told.
type Told = BTreeMap<Known, usize>;

/// Rule texts, a file each.
type Files = Vec<String>;

/// Another way of writing the same rules.
struct Change {
    name: &'static str,
    write: fn(&Files) -> Files,
    /// Names in another spelling; nothing where they stay.
    renamed: Option<fn(&str) -> String>,
    /// Whether findings keep their fingerprints.
    known_again: bool,
    /// Whether a gap falls apart into the same findings: it does so by what lies side by side, which for matters, areas
    /// and listed values is the order in which they are declared.
    same_neighbours: bool,
    /// Codes of findings that the change itself may bring or take away.
    but_for: &'static [&'static str],
}

const PLAIN: Change = Change {
    name: "",
    write: Files::clone,
    renamed: None,
    known_again: true,
    same_neighbours: true,
    but_for: &[],
};

const CHANGES: [Change; 6] = [
    Change { name: "in reverse order", write: reversed, same_neighbours: false, ..PLAIN },
    Change { name: "in another order", write: interleaved, same_neighbours: false, ..PLAIN },
    Change { name: "in two files", write: in_two_files, same_neighbours: false, ..PLAIN },
    Change { name: "with Chinese keywords", write: in_chinese, ..PLAIN },
    Change { name: "with Chinese keywords and back", write: there_and_back, ..PLAIN },
    Change {
        name: "with an attribute that nothing uses",
        write: with_idle_attribute,
        but_for: &["U006"],
        ..PLAIN
    },
];

const RENAMED: Change = Change {
    name: "by other names",
    write: |files| files.iter().map(|text| renamed(text)).collect(),
    renamed: Some(renamed),
    known_again: false,
    same_neighbours: true,
    but_for: &[],
};

/// The declarations of a text, each as it is written.
fn declarations(text: &str) -> Vec<&str> {
    let parsed = parse(SourceId::default(), text);
    assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
    let spans = parsed.file.declarations.iter().map(|clause| clause.span);
    spans.map(|span| &text[span.start as usize..span.end as usize]).collect()
}

fn reversed(files: &Files) -> Files {
    let file = |text: &String| declarations(text).into_iter().rev().collect::<Vec<_>>().join("\n");
    files.iter().rev().map(file).collect()
}

/// First every third declaration, then those behind them.
fn interleaved(files: &Files) -> Files {
    let file = |text: &String| {
        let all = declarations(text);
        let from = |first: usize| all.iter().skip(first).step_by(3).copied();
        from(2).chain(from(0)).chain(from(1)).collect::<Vec<_>>().join("\n")
    };
    files.iter().map(file).collect()
}

fn in_two_files(files: &Files) -> Files {
    let all: Vec<&str> = files.iter().flat_map(|text| declarations(text)).collect();
    let from = |first: usize| all.iter().skip(first).step_by(2).copied().collect::<Vec<_>>().join("\n");
    vec![from(1), from(0)]
}

fn in_chinese(files: &Files) -> Files {
    files.iter().map(|text| format(text, Keywords::All(Language::Zh)).expect("it formats")).collect()
}

fn there_and_back(files: &Files) -> Files {
    let back = |text: &String| format(text, Keywords::All(Language::En)).expect("it formats");
    in_chinese(files).iter().map(back).collect()
}

fn with_idle_attribute(files: &Files) -> Files {
    let mut files = files.clone();
    files.insert(0, "attribute idle_axis : { one, other }\n".to_owned());
    files
}

/// Names of the random packages are a letter and a number: turned round, so that they sort the other way.
fn renamed(text: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        let number = word.get(1..).and_then(|rest| rest.parse::<usize>().ok());
        match number.filter(|_| word.starts_with(|c: char| c.is_ascii_lowercase())) {
            Some(number) if !word.starts_with('i') => {
                out += &std::format!("z{}{}", word.get(..1).unwrap_or_default(), 99 - number);
            }
            _ => out += &word,
        }
        word.clear();
        out.push(c);
    }
    out.pop();
    out
}

fn analysed(files: &Files, base: impl FnOnce() -> Read) -> Analysis {
    let mut read = base();
    read.files.clear();
    for (number, text) in files.iter().enumerate() {
        let id = read.sources.add(Source::new(std::format!("{number}.linkage"), text.as_str()));
        read.files.push((id, parse(id, text)));
    }
    let analysis = analyse_package(read, today());
    let faults: Vec<String> = faults(&analysis, Language::En).into_iter().map(|it| it.message).collect();
    assert!(faults.is_empty(), "{faults:?}\n{}", files.join("\n--\n"));
    analysis
}

fn told(analysis: &Analysis, at: &[Facts], change: &Change) -> Told {
    let report = check_report(analysis, Language::En);
    let regions: Vec<Region> = at.iter().map(|facts| region(analysis.institution(), facts)).collect();
    let mut told = Told::new();
    let mut gaps: BTreeMap<(String, String, String), Vec<u8>> = BTreeMap::new();
    for (finding, reported) in analysis.findings.iter().zip(&report.findings) {
        if change.but_for.contains(&finding.check.code) {
            continue;
        }
        let holds = |situation: &Region| match &finding.region {
            Some(region) if situation.is_subset(region) => 1,
            Some(region) if !situation.is_disjoint(region) => 2,
            Some(_) | None => 0,
        };
        let fingerprint = if change.known_again { reported.fingerprint.clone() } else { String::new() };
        let known = (
            finding.check.code.to_owned(),
            finding.sentence.to_owned(),
            fingerprint,
            reported.severity.to_owned(),
            regions.iter().map(holds).collect(),
        );
        if change.same_neighbours || !["D001", "D013"].contains(&finding.check.code) {
            *told.entry(known).or_default() += 1;
            continue;
        }
        let (code, sentence, _, severity, holds) = known;
        let all = gaps.entry((code, sentence, severity)).or_insert_with(|| vec![0; at.len()]);
        for (all, own) in all.iter_mut().zip(holds) {
            *all = own.max(*all);
        }
    }
    if change.known_again {
        told.extend(prints(analysis, change));
    }
    let whole = |((code, sentence, severity), holds)| ((code, sentence, String::new(), severity, holds), 1);
    told.extend(gaps.into_iter().map(whole));
    told
}

/// The marks by which programs that read SARIF know findings again.
fn prints(analysis: &Analysis, change: &Change) -> Told {
    let sarif: serde_json::Value = serde_json::from_str(&sarif(analysis, Language::En)).expect("it is JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let mut told = Told::new();
    for result in results {
        let code = result["ruleId"].as_str().expect("a code");
        let parted = !change.same_neighbours && ["D001", "D013"].contains(&code);
        if parted || change.but_for.contains(&code) {
            continue;
        }
        let marks = result["partialFingerprints"].to_string();
        *told.entry((code.to_owned(), "sarif".to_owned(), marks, String::new(), Vec::new())).or_default() +=
            1;
    }
    told
}

/// Whether a change of the way of writing leaves the findings as they are.
fn same(
    files: &Files,
    base: &dyn Fn() -> Read,
    before: &Analysis,
    at: &[Facts],
    change: &Change,
) -> Result<(), String> {
    let written = (change.write)(files);
    let after = analysed(&written, base);
    let new_name = |facts: &Facts| -> Facts {
        let fact = |fact: &linkage::case::Fact| match (fact, change.renamed) {
            (linkage::case::Fact::Text(text), Some(renamed)) => {
                linkage::case::Fact::Text(renamed(text).into())
            }
            _ => fact.clone(),
        };
        facts.iter().map(|(axis, own)| (axis.clone(), fact(own))).collect()
    };
    let there: Vec<Facts> = at.iter().map(new_name).collect();
    let (was, is) = (told(before, at, change), told(&after, &there, change));
    if was == is {
        return Ok(());
    }
    let lost: Vec<_> = was.iter().filter(|(known, count)| is.get(*known) != Some(*count)).collect();
    let found: Vec<_> = is.iter().filter(|(known, count)| was.get(*known) != Some(*count)).collect();
    Err(std::format!(
        "{}: no longer {lost:#?}\nbut {found:#?}\n{}\n── and ──\n{}",
        change.name,
        files.join("\n--\n"),
        written.join("\n--\n")
    ))
}

/// A leaf area of the package cut in two.
fn with_divided_area(package: &Package) -> Package {
    let mut divided = package.clone();
    let count = divided.areas.0.len();
    let leaf = (0..count).rev().find(|node| package.areas.children(*node).next().is_none());
    divided.areas.0.extend([leaf.expect("a leaf"); 2]);
    divided
}

fn base() -> Read {
    Read::of_text("rules.linkage", "")
}

fn survives(package: &Package) -> Result<(), String> {
    let files = vec![with_procedure(package)];
    let before = analysed(&files, base);
    let all: Vec<Point> = Naive::new(package).world.all.iter().map(point).collect();
    let step = (all.len() / SITUATIONS_COMPARED).max(1);
    let at: Vec<Facts> =
        all.iter().step_by(step).map(|point| point_facts(before.institution(), point)).collect();
    for change in CHANGES.iter().chain([&RENAMED]) {
        same(&files, &base, &before, &at, change)?;
    }
    // A finding that names nothing is known by the values of its region, among them the areas.
    // What a gap is parted into follows its largest boxes, and of those there may be several choices.
    let divided = Change {
        name: "with an area cut in two",
        known_again: false,
        same_neighbours: false,
        // Two areas are more situations than one, so shares of them are others.
        but_for: &["U006", "N004"],
        ..PLAIN
    };
    let text = with_procedure(&with_divided_area(package));
    let after = analysed(&vec![text.clone()], base);
    let (was, is) = (told(&before, &at, &divided), told(&after, &at, &divided));
    if was == is { Ok(()) } else { Err(std::format!("{}: {was:#?}\nbut {is:#?}\n{text}", divided.name)) }
}

/// What takes about ten seconds.
const PACKAGES_IN_SUITE: u32 = 32;

fn cases() -> u32 {
    let cases = std::env::var("LINKAGE_METAMORPHIC_CASES").ok().and_then(|cases| cases.parse().ok());
    cases.unwrap_or(PACKAGES_IN_SUITE)
}

#[test]
fn the_way_of_writing_does_not_matter() {
    let config = ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    match runner.run(&package(), |package| survives(&package).map_err(TestCaseError::fail)) {
        Ok(()) => {}
        Err(proptest::test_runner::TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(other) => panic!("{other}"),
    }
}

/// The situations that findings show.
fn witnesses(analysis: &Analysis) -> Vec<Facts> {
    let points = analysis.findings.iter().filter_map(|finding| match finding.witness.as_ref()? {
        Witness::Situation(point)
        | Witness::Report(point)
        | Witness::Run(_, _, point)
        | Witness::Slowest(_, _, point, _) => Some(point),
    });
    points.take(60).map(|point| point_facts(analysis.institution(), point)).collect()
}

/// Packages with every kind of declaration, one of them large.
#[test]
fn the_way_of_writing_whole_packages_does_not_matter() {
    let whole = base_of(&[include_str!("../syntax/whole.linkage")]);
    let luzhi = || load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/luzhi"))).expect("it loads");
    let files = |read: &Read| -> Files {
        let text = |id: SourceId| read.sources.get(id).text.clone();
        read.files.iter().map(|(id, _)| without_use(&text(*id))).collect()
    };
    // Times in months end by its calendar.
    let dated = || Read { calendar: luzhi().calendar, ..base() };
    let packages: [(&dyn Fn() -> Read, Files); 2] =
        [(&dated, whole.iter().map(|text| without_use(text)).collect()), (&luzhi, files(&luzhi()))];
    for (base, files) in packages {
        let before = analysed(&files, base);
        assert!(!before.findings.is_empty());
        let at = witnesses(&before);
        for change in &CHANGES {
            same(&files, base, &before, &at, change).unwrap_or_else(|wrong| panic!("{}", &wrong));
        }
    }
}

fn base_of(texts: &[&str]) -> Files {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The declarations of a text but for what reads other files, which are read already.
fn without_use(text: &str) -> String {
    let parsed = parse(SourceId::default(), text);
    let own = parsed.file.declarations.iter().filter(|clause| clause.keyword != Keyword::Use);
    let own = own.map(|clause| &text[clause.span.start as usize..clause.span.end as usize]);
    own.collect::<Vec<_>>().join("\n")
}
