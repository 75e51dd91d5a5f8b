//! The figures on procedures of docs/performance.md: `cargo bench --bench flows`.
//!
//! Every check of families P and E on generated procedures, the best of five rounds beside its limit. What the
//! rules contain is known, so the number of findings is held as well.

#![allow(clippy::print_stdout, clippy::disallowed_methods, missing_docs, reason = "a benchmark prints times")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use linkage::checks::{CHECKS, Context};
use linkage::model::{Division, resolve};
use linkage::syntax::parse;
use linkage::text::SourceId;
use linkage::time::Calendar;

const ROUNDS: usize = 5;

const BODIES: &str = "
    area t matter m attribute level : 1..5
    body top { kind government } body a { kind police under top }
    law act { rank statute issuer \"congress\" article 1 }
    scope { over m fallback top }
    mandate lead_m { lead a over m basis act art 1 }
";
const LADDER: &str = "escalate { after 75% to a on timeout to top on refusal to top }";

fn main() {
    for branches in [17, 20, 200] {
        all(
            &format!("a block of {branches} branches"),
            if branches == 17 { 5 } else { 20 },
            &block(branches),
        );
    }
    all("500 steps in a row", 20, &row(500));
    all("1,000 procedures of 30 steps", 3000, &many(1000));
}

/// Branches side by side, two steps each.
fn block(branches: usize) -> String {
    let mut text = format!(
        "{BODIES} procedure p {{ trigger report of m lead by mandate within 30 workdays all side {{ "
    );
    for branch in 0..branches {
        let _ = write!(
            text,
            "step a{branch} {{ by lead within 1 workday outcome go -> b{branch} outcome done -> join }}
             step b{branch} {{ by lead within 2 workdays outcome done -> join on timeout -> join }} "
        );
    }
    text + "then close } " + LADDER + "}"
}

fn row(steps: usize) -> String {
    let mut text = format!("{BODIES} procedure p {{ trigger report of m lead by mandate within 60 months ");
    for step in 0..steps {
        let next = if step + 1 < steps { format!("s{}", step + 1) } else { "close".to_owned() };
        let back = step / 2;
        let _ = write!(
            text,
            "step s{step} {{ by lead within 1 workday outcome go -> {next} outcome again -> s{back} }} "
        );
    }
    text + LADDER + "}"
}

/// Thirty steps each: some in a row, a choice, a block of three branches in one of which is another block.
fn many(procedures: usize) -> String {
    let mut text = BODIES.replace("m attribute", &format!("m {{ {} }} attribute", leaves(procedures)));
    for number in 0..procedures {
        let _ = write!(
            text,
            "procedure p{number} {{ trigger report of m{number} lead by mandate within 30 workdays "
        );
        let step = |name: &str, more: &str| format!("step {name} {{ by lead within 1 workday {more} }} ");
        for at in 0..8 {
            text += &step(&format!("s{at}"), &format!("outcome go -> s{}", at + 1));
        }
        text += &step("s8", "outcome go -> way outcome again -> s4");
        text += "choose way { when level >= 4 -> side otherwise -> t0 } ";
        text += "all side { ";
        text += &step("l0", "outcome go -> l1");
        text += &step("l1", "outcome go -> join");
        text += "all inner { ";
        for at in 0..4 {
            text += &step(&format!("i{at}"), "outcome go -> join on timeout -> join");
        }
        text += "then m0 } ";
        text += &step("m0", "outcome go -> join");
        text += "any quick { ";
        for at in 0..4 {
            text += &step(&format!("q{at}"), "outcome go -> join");
        }
        text += "then join } then t0 } ";
        for at in 0..9 {
            text += &step(&format!("t{at}"), &format!("outcome go -> t{}", at + 1));
        }
        text += &step("t9", "outcome done -> close outcome again -> s8");
        text = text + LADDER + "}\n";
    }
    text
}

fn leaves(count: usize) -> String {
    (0..count).map(|leaf| format!("m{leaf}")).collect::<Vec<_>>().join(" ")
}

fn all(what: &str, limit: u64, text: &str) {
    let parsed = parse(SourceId::default(), text);
    assert!(parsed.errors.is_empty(), "{:?}", parsed.errors.first());
    let resolved = resolve(&[&parsed.file]);
    assert!(resolved.errors.is_empty(), "{:?}", resolved.errors.first());
    let division = Division::new(&resolved.institution, jiff::civil::date(2026, 11, 23));
    let calendar = Calendar::standard();
    let (mut best, mut slowest, mut found) = (Duration::MAX, (Duration::ZERO, ""), Vec::new());
    for _ in 0..ROUNDS {
        let context = Context::new(&division, &resolved.warnings).by(&calendar);
        let mut took = Duration::ZERO;
        found.clear();
        slowest = (Duration::ZERO, "");
        for check in CHECKS.iter().filter(|check| check.code.starts_with(['P', 'E'])) {
            let start = Instant::now();
            found.extend((check.run)(&context).into_iter().map(|finding| finding.check.code));
            let own = start.elapsed();
            took += own;
            slowest = slowest.max((own, check.name));
        }
        best = best.min(took);
    }
    found.dedup();
    println!("{what}: {best:.1?} of {limit} ms; most of it {} {:.1?}; {found:?}", slowest.1, slowest.0);
}
