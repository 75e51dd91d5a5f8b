//! The figures of docs/performance.md: `cargo bench --bench speed [-- memory|parse|check|write=FILE]`;
//! `write=FILE` writes the generated 10 MB package, to be looked at or checked as a whole.
//!
//! Machines are noisy, so each figure is a ratio to a yardstick measured in the same run: the best of
//! several interleaved rounds of each.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark prints times"
)]

mod generate;

use std::time::{Duration, Instant};

use generate::{Sizes, package};
use linkage::model::{Division, resolve};
use linkage::syntax::{parse, recognise};
use linkage::text::SourceId;

const ROUNDS: usize = 5;

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let runs = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    // First, while nothing else has raised the peak.
    if runs("memory") {
        memory();
    }
    if runs("parse") {
        parse_against_pest();
    }
    if runs("check") {
        check();
    }
    if let Some(path) = wanted.iter().find_map(|wanted| wanted.strip_prefix("write=")) {
        std::fs::write(path, package(Sizes::of_bytes(10_000_000, true))).expect("the path is writable");
    }
}

/// Text to syntax tree against bare recognition by pest, on the same 10 MB.
fn parse_against_pest() {
    for chinese in [false, true] {
        let text = package(Sizes::of_bytes(10_000_000, chinese));
        let (mut bare, mut tree) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            bare = bare.min(timed(|| assert!(recognise(&text))));
            tree = tree.min(timed(|| assert!(parse(SourceId::default(), &text).errors.is_empty())));
        }
        let megabytes = text.len() as f64 / 1e6;
        println!(
            "parse {}: {megabytes:.1} MB; bare pest {:.1} MB/s; text to tree {:.1} MB/s; {:.0} % of bare pest",
            if chinese { "zh" } else { "en" },
            megabytes / bare.as_secs_f64(),
            megabytes / tree.as_secs_f64(),
            100.0 * bare.as_secs_f64() / tree.as_secs_f64(),
        );
    }
}

/// Peak memory of parsing against the size of the source, as the system counts it.
fn memory() {
    let text = package(Sizes::of_bytes(10_000_000, true));
    let before = resident("VmRSS:");
    let parsed = parse(SourceId::default(), &text);
    let peak = resident("VmHWM:");
    println!(
        "memory: {:.1} MB of source; {:.1} MB more at the peak of parsing: {:.1} times the source",
        text.len() as f64 / 1e6,
        (peak - before) / 1e3,
        (peak - before) * 1e3 / text.len() as f64,
    );
    drop(parsed);
}

fn resident(key: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(key)).unwrap_or_default().to_owned();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse().ok()).unwrap_or(0.0)
}

/// A whole check of generated packages, by the number of mandates.
fn check() {
    for mandates in [100, 1000, 5000] {
        let sizes = Sizes { mandates, procedures: mandates / 10, ..Sizes::of_bytes(1_000_000, true) };
        let text = package(sizes);
        let mut best = Duration::MAX;
        let mut found = 0;
        for _ in 0..3 {
            best = best.min(timed(|| {
                let parsed = parse(SourceId::default(), &text);
                let resolved = resolve(&[&parsed.file]);
                assert!(resolved.errors.is_empty(), "{:?}", resolved.errors);
                let division = Division::new(&resolved.institution, jiff::civil::date(2026, 11, 23));
                found =
                    linkage::checks::run(&division, &resolved.warnings, &linkage::time::Calendar::standard())
                        .len();
            }));
        }
        println!("check: {mandates} mandates, {} procedures: {best:.0?}, {found} findings", sizes.procedures);
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
