//! The figures of the region algebra: `cargo bench --bench tables [-- curve|province|noise|hard|change]`.
//!
//! Every line stands beside its limit, and every answer that is known by construction is held against it:
//! a wrong answer ends the run. `write=FILE` writes a table for other programs (`benches/peers`).

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark prints times"
)]

use std::time::{Duration, Instant};

use linkage::space::tables::{Faults, Table, constraints, mixed, numeric, random, split};
use linkage::space::{Cover, Gaps, Measure, Region, Side, Survey, cover, gaps_within, minimal};

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let runs = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    if runs("noise") {
        for (boxes, axes, limit) in
            [(1500, 3, 20), (1500, 7, 40), (1500, 15, 100), (10_000, 12, 1000), (100_000, 7, 3000)]
        {
            known("noise", split(numeric(axes), boxes, Faults::tenth(boxes), 7), limit);
            if boxes == 1500 {
                known("mixed", split(mixed(axes), boxes, Faults::tenth(boxes), 7), limit);
            }
        }
    }
    if runs("province") {
        let few = Faults { shrunk: 10, widened: 20 };
        known("province", split(numeric(6), 100_000, few, 7), 300);
        known("province", split(numeric(5), 1_000_000, few, 7), 4000);
    }
    if runs("hard") {
        hard();
    }
    if runs("change") {
        change();
    }
    if runs("million") {
        known("noise", split(numeric(7), 1_000_000, Faults::tenth(1_000_000), 7), 40_000);
    }
}

/// The whole analysis of a table whose answer is known, the best of three rounds.
fn known(name: &str, table: Table, limit: u64) {
    let scope = Region::full(&table.space);
    let regions = table.regions();
    let mut best = Duration::MAX;
    for _ in 0..if regions.len() > 50_000 { 1 } else { 3 } {
        let start = Instant::now();
        let Cover { gaps, overlaps } = cover(&scope, &regions, |_| true, usize::MAX);
        let walked = start.elapsed();
        let few = minimal(&gaps.found);
        let took = start.elapsed();
        if took < best {
            best = took;
            println!(
                "{name} {} x {}: {took:.1?} of {limit} ms; walk {walked:.1?}; cells {}, gap boxes {} of {} slabs{}; {} groups",
                regions.len(),
                table.space.dimensions.len(),
                gaps.found.cuboids().len(),
                few.cuboids.len(),
                table.known.slabs.len(),
                if few.exact { ", fewest" } else { "" },
                overlaps.groups.len()
            );
        }
        assert_eq!(Some(gaps.found.count()), table.known.gaps, "the gaps");
        let found: Vec<_> =
            overlaps.groups.iter().map(|(set, region)| (set.clone(), region.count())).collect();
        let known: Vec<_> =
            table.known.overlaps.iter().map(|(set, count)| (set.to_vec(), count.clone())).collect();
        assert!(found == known, "the overlaps");
    }
}

/// Families on which cells are too many; limits in milliseconds.
fn hard() {
    let table = constraints(12, 8, 16_000, 7);
    counted("constraints", &table, 10_000);
    for (boxes, axes) in [(40, 6), (20, 8)] {
        counted("random", &random(axes, boxes, 7), 10_000);
    }
}

fn counted(name: &str, table: &Table, limit: u64) {
    let scope = Region::full(&table.space);
    let start = Instant::now();
    let gaps = gaps_within(&scope, &table.regions(), 3_000_000);
    let took = start.elapsed();
    if let Some(known) = &table.known.gaps {
        assert_eq!(gaps.measure.exact(), Some(known), "the gaps");
    }
    println!(
        "{name} {} x {}: {took:.1?} of {limit} ms; {}; least {:?}; {:?}",
        table.regions.len(),
        table.space.dimensions.len(),
        share(table, &gaps),
        gaps.witness().map(|p| p.0),
        gaps.spent
    );
}

/// The exact number of gaps, and what of it the largest boxes cover.
fn share(table: &Table, gaps: &Gaps) -> String {
    let Measure::Exact(count) = &gaps.measure else { return format!("{:?}", gaps.measure) };
    if gaps.largest.is_empty() {
        return format!("{count} gaps, all in boxes");
    }
    let covered = Region::from_cuboids(&table.space, gaps.largest.iter().cloned()).count() * 1000u32 / count;
    format!("{count} gaps; the {} largest boxes hold {covered} of 1000", gaps.largest.len())
}

/// One region of very many changes: it is shrunk, then put back.
fn change() {
    let table = split(numeric(7), 100_000, Faults::tenth(100_000), 7);
    let regions = table.regions.clone();
    let mut survey = Survey::new(&Region::full(&table.space), regions, |_| true);
    let mut worst = Duration::ZERO;
    for at in (0..100_000).step_by(997) {
        let own = table.regions[at].clone();
        let cuboid = &own.cuboids()[0];
        let run = cuboid.sides()[0].runs()[0];
        let less = cuboid.with(0, Side::interval(run.start, run.start + run.len().div_ceil(2)));
        for region in [Region::from_cuboid(&table.space, less), own] {
            let start = Instant::now();
            survey.replace(at, region);
            worst = worst.max(start.elapsed());
        }
    }
    assert_eq!(Some(survey.gap_count()), table.known.gaps.as_ref(), "the gaps");
    let counts: Vec<_> = survey.overlap_counts().map(|(set, count)| (set.to_vec(), count.clone())).collect();
    let known: Vec<_> =
        table.known.overlaps.iter().map(|(set, count)| (set.to_vec(), count.clone())).collect();
    assert!(counts == known, "the overlaps");
    println!("change 1 of 100000 x 7, 202 times: at worst {worst:.1?} of 50 ms");
}
