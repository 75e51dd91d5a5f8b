//! From text through the whole program: `cargo bench --bench whole [-- tables|shuffled|province|diff|noise|million|million-noise|write=FAMILY,BOXES,AXES,FOLDER|phases=PACKAGE]`.
//!
//! Writes tables whose answer is known as rule packages, runs `linkage check --format json` on them as users
//! do, and prints time and peak memory beside the limit. The count of situations without a lead that the
//! program reports is held against the table's: a wrong answer ends the run.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a benchmark prints times"
)]

#[path = "generate/rules.rs"]
mod rules;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use linkage::space::tables::{Change, Faults, Table, mixed, numeric, shuffled, split};
use linkage::text::Language;

/// A province is mostly right.
const FEW: Faults = Faults { shrunk: 10, widened: 20 };

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let runs = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    if runs("tables") {
        for (axes, limit) in [(3, 60), (7, 100), (15, 250)] {
            whole("noise", &split(numeric(axes), 1500, Faults::tenth(1500), 7), limit);
            whole("mixed", &split(mixed(axes), 1500, Faults::tenth(1500), 7), limit);
        }
    }
    if runs("shuffled") {
        whole("shrunk", &shuffled(1500, 5, 10, Change::Shrunk, 1), 1000);
        whole("widened", &shuffled(1500, 5, 10, Change::Widened, 1), 2000);
    }
    if runs("province") {
        whole("province", &split(mixed(6), 100_000, FEW, 7), 4000);
    }
    if runs("diff") {
        diff();
    }
    if runs("noise") {
        whole("noise", &split(numeric(7), 100_000, Faults::tenth(100_000), 7), 40_000);
    }
    // Hundreds of megabytes of text: only when asked for.
    if wanted.iter().any(|wanted| wanted == "million") {
        whole("million", &split(mixed(5), 1_000_000, FEW, 7), 40_000);
    }
    if wanted.iter().any(|wanted| wanted == "million-noise") {
        whole("million", &split(numeric(7), 1_000_000, Faults::tenth(1_000_000), 7), 40_000);
    }
    if let Some(path) = wanted.iter().find_map(|wanted| wanted.strip_prefix("phases=")) {
        phases(Path::new(path));
    }
    if let Some(asked) = wanted.iter().find_map(|wanted| wanted.strip_prefix("write=")) {
        write(asked);
    }
}

/// `FAMILY,BOXES,AXES,FOLDER`: `mixed` or `numeric` axes with every tenth box changed; `province`: mixed axes and few
/// faults; `shrunk` or `widened`: a third of the axes enumerations that are cut into arbitrary sets.
fn write(asked: &str) {
    let parts: Vec<&str> = asked.splitn(4, ',').collect();
    let [family, boxes, axes, folder] = parts[..] else { panic!("FAMILY,BOXES,AXES,FOLDER") };
    let (boxes, axes) = (boxes.parse().expect("a number"), axes.parse().expect("a number"));
    let drawn = |change| shuffled(boxes, axes / 3, axes - axes / 3, change, 1);
    let table = match family {
        "shrunk" => drawn(Change::Shrunk),
        "widened" => drawn(Change::Widened),
        "numeric" => split(numeric(axes), boxes, Faults::tenth(boxes), 7),
        "province" => split(mixed(axes), boxes, FEW, 7),
        _ => split(mixed(axes), boxes, Faults::tenth(boxes), 7),
    };
    rules::write(&table, Path::new(folder));
}

/// Where the time of one check goes.
fn phases(path: &Path) {
    let start = Instant::now();
    let told = |what: &str| println!("{what}: {:.2?} since the start", start.elapsed());
    let package = linkage::workspace::load(path).expect("it can be read");
    told("read and parsed");
    let files: Vec<_> = package.files.iter().map(|(_, parsed)| &parsed.file).collect();
    let resolved = linkage::model::resolve(&files);
    told("resolved");
    let division = linkage::model::Division::new(&resolved.institution, jiff::civil::date(2026, 11, 23));
    told("divided");
    let context = linkage::checks::Context::new(&division, &resolved.warnings);
    told("regions computed");
    let mut total = 0;
    for check in linkage::checks::CHECKS {
        let before = start.elapsed();
        total += (check.run)(&context).len();
        let took = start.elapsed().saturating_sub(before);
        if took > Duration::from_millis(50) {
            println!("  {}: {took:.2?}", check.name);
        }
    }
    told("checked");
    println!("{total} findings");
}

/// Where a mandate of a generated package names who leads.
const LEAD: &str = "\n  lead body_";

fn boxes(told: &linkage::report::DiffReport) -> usize {
    told.leads.iter().map(|lead| lead.region.box_count).sum()
}

/// What `diff` takes beyond loading two provinces of 100,000 mandates that differ in ten.
fn diff() {
    let folders = ["old", "new"]
        .map(|side| std::env::temp_dir().join(format!("linkage-diff-{side}-{}", std::process::id())));
    let table = split(mixed(6), 100_000, FEW, 7);
    for folder in &folders {
        rules::write(&table, folder);
    }
    let mut changed = 0;
    for file in std::fs::read_dir(&folders[1]).expect("it is there") {
        let path = file.expect("readable").path();
        let text = std::fs::read_to_string(&path).expect("readable");
        // The first and the last mandate of a file: another leads them.
        let (Some(first), Some(last)) = (text.find(LEAD), text.rfind(LEAD)) else { continue };
        let mut text = text;
        for at in [last, first] {
            let number = at + LEAD.len()..at + LEAD.len() + 1;
            let other = if text[number.clone()].starts_with('1') { "2" } else { "1" };
            text.replace_range(number, other);
            changed += 1;
        }
        std::fs::write(&path, text).expect("writable");
    }
    assert_eq!(changed, 10, "five files have mandates");
    let day = jiff::civil::date(2026, 11, 23);
    let start = Instant::now();
    let loaded = folders.each_ref().map(|folder| {
        linkage::workspace::understand(linkage::workspace::load(folder).expect("it can be read"), day)
    });
    let loading = start.elapsed();
    let start = Instant::now();
    let mut found = linkage::cores::in_order(&loaded, linkage::workspace::examine).into_iter();
    let [before, after] = loaded.map(|side| side.with(found.next().expect("of each")));
    let divided = [&before, &after].map(|side| linkage::model::Division::new(side.institution(), day));
    let changes = linkage::compare::compare(&divided[0], &divided[1]);
    let told = linkage::report::diff_report(&before, &after, &changes, Language::En);
    let took = start.elapsed();
    for folder in &folders {
        std::fs::remove_dir_all(folder).expect("the folder is ours");
    }
    println!(
        "diff of two provinces that differ in ten mandates: {took:.2?} of 1 s beyond loading ({loading:.2?}), {} boxes with another lead",
        boxes(&told)
    );
    assert!(boxes(&told) >= 10, "each change is a box");
}

fn whole(name: &str, table: &Table, limit: u64) {
    let (boxes, axes) = (table.regions.len(), table.space.dimensions.len());
    let folder = std::env::temp_dir().join(format!("linkage-{name}-{boxes}-{axes}-{}", std::process::id()));
    let bytes = rules::write(table, &folder);
    let runs = if boxes > 50_000 { 1 } else { 5 };
    let measured = (0..runs).map(|_| run(&folder)).min_by_key(|(took, ..)| *took);
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    let Some((took, peak, report)) = measured else { return };
    println!(
        "{name} {boxes} x {axes}: {took:.1?} of {limit} ms, {peak} MiB at the peak, {:.1} MB of text, {} findings",
        f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e6,
        report["findings"].as_array().map_or(0, Vec::len),
    );
    check(table, &report);
}

/// Time, peak memory in MiB and report of one run.
fn run(folder: &Path) -> (Duration, u64, serde_json::Value) {
    let out = folder.with_extension("json");
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_linkage"))
        .args(["check", "--as-of", "2026-11-23", "--format", "json", "--output"])
        .args([&out, &folder.to_path_buf()])
        .stdout(Stdio::null())
        .spawn()
        .expect("the program runs");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("it is ours").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
        peak = peak.max(line.split_whitespace().nth(1).and_then(|it| it.parse::<u64>().ok()).unwrap_or(0));
        std::thread::sleep(Duration::from_micros(500));
    }
    let took = start.elapsed();
    let report = std::fs::read(&out).expect("it wrote the report");
    std::fs::remove_file(&out).expect("the file is ours");
    (took, peak / 1024, serde_json::from_slice(&report).expect("it is JSON"))
}

/// The gap has as many situations as the table leaves out; the axes of the package that the table lacks
/// multiply both.
fn check(table: &Table, report: &serde_json::Value) {
    let findings = report["findings"].as_array().expect("findings");
    let gaps = findings.iter().filter(|finding| finding["code"] == "D001");
    let count = |finding: &serde_json::Value| {
        finding["region"]["situations"].as_str().and_then(|count| count.parse::<num_bigint::BigUint>().ok())
    };
    let found: num_bigint::BigUint = gaps.filter_map(count).sum();
    let known = table.known.gaps.clone().expect("the answer is known");
    if known == num_bigint::BigUint::ZERO {
        assert!(found == known, "{found} situations, none in the table");
        return;
    }
    assert!(&found % &known == num_bigint::BigUint::ZERO, "{found} situations, {known} in the table");
    let factor = &found / &known;
    assert!([1u32, 3, 1440, 4320].iter().any(|own| factor == (*own).into()), "{factor} times too many");
}
