//! The division of powers against an oracle: every situation of a small random package is asked by itself,
//! with code that knows no regions, and the findings must say the same.
//!
//! `LINKAGE_ORACLE_CASES=100000 cargo test --test main division_oracle` asks so many packages.

mod compared;
pub(super) mod fit;
mod kept;
pub(super) mod naive;
pub(super) mod package;
pub(super) mod space;
pub(super) mod told;
pub(super) mod written;

use std::collections::BTreeSet;

use jiff::civil::Date;
use linkage::checks::{Fact, Finding, run};
use linkage::model::{Division, Institution, LeadershipKind, Reason, resolve};
use linkage::space::{Point, Region};
use linkage::syntax::parse;
use linkage::text::SourceId;
use proptest::prelude::*;

use naive::{Naive, Outcome};
use package::{DAYS, Package, TODAY, package};
use space::Situation;
use told::{Told, Truth, truths};
use written::written;

fn institution(text: &str) -> Institution {
    let parsed = parse(SourceId::default(), text);
    assert!(parsed.errors.is_empty(), "{:?}\n{text}", parsed.errors);
    let resolved = resolve(&[&parsed.file]);
    assert!(resolved.errors.is_empty(), "{:?}\n{text}", resolved.errors);
    resolved.institution
}

pub(super) fn point(at: &Situation) -> Point {
    let numbers = [at.matter, at.area, at.grade, usize::from(at.flag), at.level, at.day];
    let mut values: Vec<u32> = numbers.map(|number| u32::try_from(number).expect("small")).to_vec();
    values.push(at.minute());
    Point(values)
}

/// The facts of a finding as numbers; none for gaps and for what this oracle does not look at.
fn told_by(finding: &Finding) -> Option<Told> {
    let fact = |name: &str| {
        let found = finding.facts.iter().find(|(own, _)| *own == name).map(|(_, fact)| fact);
        found.map_or(Vec::new(), numbers)
    };
    let all = |names: &[&str]| names.iter().flat_map(|name| fact(name)).collect::<Vec<_>>();
    let by_rule = finding.sentence != "resolved";
    Some(match finding.check.code {
        "D003" if by_rule => ("D003", all(&["mandate", "other"]), fact("reason")),
        "D003" => ("D003 resolved", fact("bodies"), fact("resolution")),
        "D009" => ("D009", fact("circle"), fact("mandates")),
        code @ ("D002" | "D010" | "D011") => (code, fact("bodies"), fact("mandates")),
        "D012" => ("D012", fact("bodies"), Vec::new()),
        code @ ("D014" | "D015") => (code, fact("body"), fact("mandate")),
        code @ ("D016" | "D017") => (code, fact("bodies"), all(&["mandate", "exclusion"])),
        _ => return None,
    })
}

fn numbers(fact: &Fact) -> Vec<usize> {
    match fact {
        Fact::Body(body) => vec![body.index()],
        Fact::Bodies(bodies) => bodies.iter().map(|body| body.index()).collect(),
        Fact::Mandate(mandate) => vec![mandate.index()],
        Fact::Mandates(mandates) => mandates.iter().map(|mandate| mandate.index()).collect(),
        Fact::Resolution(resolution) => vec![resolution.index()],
        Fact::Exclusion(exclusion) => vec![exclusion.index()],
        Fact::Reason(reason) => vec![match reason {
            Reason::Explicit => 0,
            Reason::Rank => 1,
            Reason::Special => 2,
            Reason::Later => 3,
        }],
        other => panic!("{other:?}"),
    }
}

/// What the findings tell at each situation: the same things as [`Truth`], read off their regions.
fn found(findings: &[Finding], points: &[Point]) -> Result<Vec<BTreeSet<Told>>, String> {
    let mut at_each = vec![BTreeSet::new(); points.len()];
    for finding in findings {
        let Some(told) = told_by(finding) else { continue };
        let region = finding.region.as_ref().ok_or("a finding without a region")?;
        for (point, told_here) in points.iter().zip(&mut at_each) {
            if region.contains(point) {
                told_here.insert(told.clone());
            }
        }
    }
    Ok(at_each)
}

/// Gaps: each situation told once, under the right code, and as many as there are.
fn gaps_agree(
    findings: &[Finding],
    truths: &[Truth],
    all: &[Situation],
    points: &[Point],
) -> Result<(), String> {
    let code = |finding: &&Finding| ["D001", "D013"].contains(&finding.check.code);
    let gaps: Vec<(&str, &Region)> = findings
        .iter()
        .filter(code)
        .filter_map(|finding| Some((finding.check.code, finding.region.as_ref()?)))
        .collect();
    for (truth, point) in truths.iter().zip(points) {
        let here: Vec<&str> =
            gaps.iter().filter(|(_, region)| region.contains(point)).map(|(code, _)| *code).collect();
        let right = match (truth.gap, truth.supported) {
            (false, _) => here.is_empty(),
            (true, true) => here == ["D013"],
            (true, false) => here.len() == 1,
        };
        if !right {
            return Err(format!("{here:?} at {point:?}, which is {truth:?}"));
        }
    }
    for (_, region) in gaps.iter().filter(|(code, _)| *code == "D013") {
        if !truths.iter().zip(points).any(|(truth, point)| truth.supported && region.contains(point)) {
            return Err("D013 where nobody supports".to_owned());
        }
    }
    let naive: u64 = truths.iter().zip(all).filter(|(truth, _)| truth.gap).map(|(_, at)| at.minutes()).sum();
    let counted: u64 = gaps.iter().map(|(_, region)| count(region)).sum();
    if naive == counted { Ok(()) } else { Err(format!("{counted} situations in gaps, {naive} by counting")) }
}

fn count(region: &Region) -> u64 {
    u64::try_from(region.count()).expect("small spaces")
}

/// Who leads where, asked of the whole space at once.
fn leads_agree(division: &Division<'_>, truths: &[Truth], points: &[Point]) -> Result<(), String> {
    let parts = division.within(&Region::full(&division.institution.space));
    for (truth, point) in truths.iter().zip(points) {
        let here: Vec<_> = parts.iter().filter(|(_, region)| region.contains(point)).collect();
        let [(leadership, _)] = here.as_slice() else {
            return Err(format!("{} parts at {point:?}", here.len()));
        };
        let bodies: Vec<usize> = leadership.bodies.iter().map(|body| body.index()).collect();
        let same = match (leadership.kind, truth.kind) {
            (LeadershipKind::Nobody, Some(Outcome::Nobody))
            | (LeadershipKind::One, Some(Outcome::One))
            | (LeadershipKind::Outside, Some(Outcome::Outside))
            | (LeadershipKind::Entrusted, Some(Outcome::Entrusted))
            | (LeadershipKind::Shared(_), Some(Outcome::Shared))
            | (LeadershipKind::Overlap, Some(Outcome::Circle | Outcome::Undecidable | Outcome::Unsaid)) => {
                true
            }
            (LeadershipKind::Resolved(id), Some(Outcome::Resolved(resolution))) => id.index() == resolution,
            _ => false,
        };
        if bodies != truth.bodies || !same {
            return Err(format!("{leadership:?} at {point:?}, which is {truth:?}"));
        }
    }
    Ok(())
}

/// Whether analyser and oracle say the same of a package; how many situations were asked.
fn agree(package: &Package) -> Result<usize, String> {
    let text = written(package);
    let told = |wrong: String| format!("{wrong}\n{text}");
    let institution = institution(&text);
    let today: Date = DAYS[TODAY].parse().expect("a date");
    let division = Division::new(&institution, today);
    let naive = Naive::new(package);
    let (truths, never) = truths(&naive);
    let points: Vec<Point> = naive.world.all.iter().map(point).collect();
    leads_agree(&division, &truths, &points).map_err(told)?;
    let findings = run(&division, &[], &linkage::time::Calendar::standard());
    gaps_agree(&findings, &truths, &naive.world.all, &points).map_err(told)?;
    for ((truth, found), point) in truths.iter().zip(found(&findings, &points).map_err(told)?).zip(&points) {
        if truth.told != found {
            return Err(told(format!("at {point:?} found {found:?},\nwhich is {truth:?}")));
        }
    }
    let idle = findings.iter().filter(|finding| finding.check.code == "D004").flat_map(|finding| {
        finding.facts.iter().filter(|(name, _)| *name == "mandate").flat_map(|(_, fact)| numbers(fact))
    });
    let idle: BTreeSet<usize> = idle.collect();
    if idle != never {
        return Err(told(format!("never effective {idle:?}, by the oracle {never:?}")));
    }
    Ok(points.len())
}

fn cases() -> u32 {
    std::env::var("LINKAGE_ORACLE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(256)
}

#[test]
fn the_findings_agree_with_every_single_situation() {
    let config = ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() };
    let situations = std::cell::Cell::new(0);
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let outcome = runner.run(&package(), |package| {
        situations.set(situations.get() + agree(&package).map_err(TestCaseError::fail)?);
        Ok(())
    });
    println!("{} packages, {} situations", cases(), situations.get());
    // The message says all; the package as data would be pages.
    match outcome {
        Ok(()) => {}
        Err(proptest::test_runner::TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(other) => panic!("{other}"),
    }
}
