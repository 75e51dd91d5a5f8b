//! The figures of the region algebra: `cargo bench --bench tables [-- noise|shuffled|province|hard|change|curve]`.
//!
//! Every line stands beside its limit, and every answer that is known by construction is held against it:
//! a wrong answer ends the run. `write=FILE` writes a table of 1,500 boxes over 7 axes (`write=FILE axes=N` over
//! N) for other programs, `read=FILE` measures such a table (`benches/peers`).

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark prints times"
)]

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use linkage::space::tables::{Change, Faults, Table, constraints, mixed, numeric, random, shuffled, split};
use linkage::space::{
    Cover, Cuboid, Dimension, Gaps, Kind, Measure, Region, Side, Space, Survey, cover, first_gap,
    gaps_within, largest_gaps, minimal,
};
use num_bigint::BigUint;
use serde_json::{Value, json};

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let runs = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    if runs("noise") {
        for (boxes, axes, limit) in
            [(1500, 3, 20), (1500, 7, 40), (1500, 15, 100), (10_000, 12, 1000), (100_000, 7, 3000)]
        {
            known("noise", &split(numeric(axes), boxes, Faults::tenth(boxes), 7), limit);
            if boxes == 1500 {
                known("mixed", &split(mixed(axes), boxes, Faults::tenth(boxes), 7), limit);
            }
        }
    }
    if runs("shuffled") {
        for (boxes, seed) in [(1000, 2), (1500, 1), (10_000, 1)] {
            shrunk(&shuffled(boxes, 5, 10, Change::Shrunk, seed), 200);
        }
        for (boxes, seed) in [(1000, 2), (1500, 1)] {
            widened(&shuffled(boxes, 5, 10, Change::Widened, seed), 300);
        }
    }
    if runs("province") {
        let few = Faults { shrunk: 10, widened: 20 };
        known("province", &split(numeric(6), 100_000, few, 7), 300);
        known("province", &split(numeric(5), 1_000_000, few, 7), 4000);
    }
    if runs("hard") {
        hard();
    }
    if runs("change") {
        change();
    }
    if runs("curve") {
        for boxes in [1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000] {
            known("curve", &split(numeric(7), boxes, Faults::tenth(boxes), 7), 40_000);
        }
    }
    let value = |name: &str| wanted.iter().find_map(|wanted| wanted.strip_prefix(name));
    if let Some(path) = value("write=") {
        let axes = value("axes=").and_then(|axes| axes.parse().ok()).unwrap_or(7);
        write(path, &split(numeric(axes), 1500, Faults::tenth(1500), 7));
    }
    if let Some(path) = value("read=") {
        read(path);
    }
}

/// The whole analysis of a table whose answer is known, the best of three rounds.
fn known(name: &str, table: &Table, limit: u64) {
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

/// The gaps among enumerations cut into arbitrary sets, the best of three rounds.
fn shrunk(table: &Table, limit: u64) {
    let scope = Region::full(&table.space);
    let best = (0..3).map(|_| {
        let start = Instant::now();
        let Cover { gaps, overlaps } = cover(&scope, &table.regions(), |_| true, usize::MAX);
        let walked = start.elapsed();
        let few = minimal(&gaps.found);
        assert_eq!(Some(gaps.found.count()), table.known.gaps, "the gaps");
        assert!(overlaps.groups.is_empty(), "nothing meets");
        (start.elapsed(), walked, gaps.found.cuboids().len(), few.cuboids.len())
    });
    if let Some((took, walked, cells, boxes)) = best.min() {
        let slabs = table.known.slabs.len();
        println!(
            "shuffled {} x {}, shrunk: {took:.1?} of {limit} ms; walk {walked:.1?}; cells {cells}, gap boxes {boxes} of {slabs} slabs",
            table.regions.len(),
            table.space.dimensions.len(),
        );
    }
}

/// Who meets there, and in how many points.
fn widened(table: &Table, limit: u64) {
    let scope = Region::full(&table.space);
    let start = Instant::now();
    let found = cover(&scope, &table.regions(), |_| true, usize::MAX);
    let took = start.elapsed();
    assert!(found.gaps.found.is_empty(), "no gap");
    let mut pairs = BTreeSet::new();
    let mut twice = BigUint::ZERO;
    for (set, region) in &found.overlaps.groups {
        pairs.extend(set.iter().enumerate().flat_map(|(nth, a)| set[..nth].iter().map(|b| [*b, *a])));
        twice += region.count() * (set.len() - 1);
    }
    assert!(pairs.iter().eq(&table.known.pairs), "the pairs");
    // Together the boxes have each point of the space once, and those that they share as often again as more share it.
    let all: BigUint = table.regions.iter().map(Region::count).sum();
    assert_eq!(twice, all - scope.count(), "the measures");
    println!(
        "shuffled {} x {}, widened: {took:.1?} of {limit} ms; {} pairs, {} groups of at most {}, {} cells",
        table.regions.len(),
        table.space.dimensions.len(),
        pairs.len(),
        found.overlaps.groups.len(),
        found.overlaps.groups.iter().map(|(set, _)| set.len()).max().unwrap_or(0),
        found.overlaps.groups.iter().map(|(_, region)| region.cuboids().len()).sum::<usize>(),
    );
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
    let least = first_gap(&scope, &table.regions());
    let first = start.elapsed();
    let start = Instant::now();
    let gaps = gaps_within(&scope, &table.regions(), 3_000_000);
    let took = start.elapsed();
    if let Some(known) = &table.known.gaps {
        assert_eq!(gaps.measure.exact(), Some(known), "the gaps");
    }
    assert_eq!(least, gaps.witness(), "the least gap");
    println!(
        "{name} {} x {}: volume in {took:.1?} of {limit} ms, first witness in {first:.1?}; {}",
        table.regions.len(),
        table.space.dimensions.len(),
        share(table, &gaps)
    );
}

/// The exact number of gaps, and what of it the largest boxes cover.
fn share(table: &Table, gaps: &Gaps) -> String {
    let Measure::Exact(count) = &gaps.measure else { return format!("{:?}", gaps.measure) };
    if gaps.witness().is_none() {
        return "complete".to_owned();
    }
    let start = Instant::now();
    let Some((largest, counted)) = largest_gaps(&Region::full(&table.space), &table.regions()) else {
        return format!("{count} gaps");
    };
    assert_eq!(counted, *count, "the diagram against the cells");
    let covered = Region::from_cuboids(&table.space, largest.iter().cloned()).count() * 1000u32 / count;
    let took = start.elapsed();
    format!("{count} gaps; the {} largest boxes hold {covered} of 1000, in {took:.1?}", largest.len())
}

/// A table for other programs: sizes of the axes, boxes as `[start, end)` on each axis, the known volume.
fn write(path: &str, table: &Table) {
    let run = |side: &Side| side.hull().map_or([0, 0], |run| [run.start, run.end]);
    let boxes: Vec<Vec<[u32; 2]>> = table
        .regions
        .iter()
        .flat_map(Region::cuboids)
        .map(|cuboid| cuboid.sides().iter().map(run).collect())
        .collect();
    let sizes: Vec<u32> = table.space.sizes().collect();
    let gaps = table.known.gaps.as_ref().map(ToString::to_string);
    let file =
        json!({ "sizes": sizes, "boxes": boxes, "gaps": gaps, "overlaps": table.known.overlaps.len() });
    std::fs::write(path, file.to_string()).expect("the path is writable");
}

fn read(path: &str) {
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("readable")).expect("JSON");
    let sizes: Vec<u32> = serde_json::from_value(file["sizes"].clone()).expect("sizes");
    let boxes: Vec<Vec<[u32; 2]>> = serde_json::from_value(file["boxes"].clone()).expect("boxes");
    let axis = |size: &u32| Dimension::new("n", Kind::Integer { lowest: 0, highest: i64::from(*size) - 1 });
    let space = Space::new(sizes.iter().map(axis).collect());
    let region = |sides: &Vec<[u32; 2]>| {
        let sides = sides.iter().map(|run| Side::interval(run[0], run[1]));
        Region::from_cuboid(&space, Cuboid::new(&space, sides))
    };
    let regions: Vec<Region> = boxes.iter().map(region).collect();
    let regions: Vec<&Region> = regions.iter().collect();
    let scope = Region::full(&space);
    let start = Instant::now();
    let found = cover(&scope, &regions, |_| true, usize::MAX);
    let few = minimal(&found.gaps.found);
    println!(
        "linkage: gaps, maximal boxes and overlaps in {:.1?}: {} boxes, {} points, {} groups",
        start.elapsed(),
        few.cuboids.len(),
        found.gaps.found.count(),
        found.overlaps.groups.len()
    );
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
