//! Certificates that are true are taken, and corrupted ones are not.

use linkage::certify::{Certificate, check};
use linkage::report::certificate;
use linkage::workspace::{Package, analyse_package};
use proptest::prelude::*;
use serde_json::Value;

const RULES: &str = "
area t { n { n1 n2 } s }
matter m { fire noise { bar street } }
attribute severity : 1..5
body a { kind police }
body b { kind fire_rescue }
body c { kind department }
mandate one { lead a over fire }
mandate two { lead b over fire when severity >= 3 }
mandate three { lead b over bar in n }
mandate four { lead c over bar in n1 during 08:00-18:00 }
mandate five { lead a, c over street in s when severity <= 2 }
mandate six { lead b over street in s during 22:00-06:00 }
scope whole { over m }
";

fn paper() -> Certificate {
    let analysis = analyse_package(Package::of_text("rules", RULES), jiff::civil::date(2026, 11, 23));
    assert!(
        analysis.is_understood(),
        "{:?}",
        linkage::report::faults(&analysis, linkage::text::Language::En)
    );
    certificate(&analysis).expect("few cells")
}

#[test]
fn true_certificates_are_taken() {
    let paper = paper();
    assert!(paper.gaps.len() > 1 && paper.overlaps.len() > 1);
    assert_eq!(check(&paper), []);
    let town = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/luzhi");
    for day in [jiff::civil::date(2025, 12, 31), jiff::civil::date(2026, 11, 23)] {
        let analysis = linkage::workspace::analyse(&town, day).expect("the town is readable");
        assert_eq!(check(&certificate(&analysis).expect("few cells")), []);
    }
}

/// The places of a JSON value that a corruption can hit: numbers, volumes, boxes and groups of boxes.
fn targets(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(at.to_owned()),
        Value::String(_) if at.starts_with("/volumes") => found.push(at.to_owned()),
        Value::Array(items) => {
            if !items.is_empty() {
                found.push(at.to_owned());
            }
            for (place, item) in items.iter().enumerate() {
                targets(item, &format!("{at}/{place}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                targets(item, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn corrupted_certificates_are_refused(pick: prop::sample::Index, other: prop::sample::Index, kind in 0u8..3, by in 1u32..4) {
        let paper = paper();
        let mut value = serde_json::to_value(&paper).expect("plain data");
        let mut all = Vec::new();
        targets(&value, "", &mut all);
        let at = &all[pick.index(all.len())];
        match value.pointer_mut(at).expect("it is there") {
            Value::Number(number) => {
                let old = number.as_u64().expect("a count");
                let by = u64::from(by);
                *number = if kind == 0 { old.saturating_sub(by) } else { old + by }.into();
            }
            Value::String(text) => text.insert(other.index(text.len() + 1), '1'),
            Value::Array(items) => {
                let place = other.index(items.len());
                match kind {
                    0 => drop(items.remove(place)),
                    1 => items.insert(place, items[place].clone()),
                    _ => items.swap(0, place),
                }
            }
            _ => {}
        }
        if let Ok(corrupted) = serde_json::from_value::<Certificate>(value) {
            // What is taken must be true: a corruption may leave the meaning as it was.
            let faults = check(&corrupted);
            if faults.is_empty() {
                prop_assert!(is_true(&corrupted), "{at} is taken");
            }
        }
    }
}

/// Whether a certificate is true, by the room that finds gaps and overlaps.
fn is_true(paper: &Certificate) -> bool {
    use linkage::space::{Cuboid, Dimension, Kind, Region, Run, Side, Space, cover};
    let axis = |axis: &linkage::certify::Axis| {
        Dimension::new(axis.name.as_str(), Kind::Integer { lowest: 0, highest: i64::from(axis.size) - 1 })
    };
    let space = Space::new(paper.axes.iter().map(axis).collect());
    let region = |boxes: &[linkage::certify::Sides]| {
        let side = |runs: &Vec<[u32; 2]>| Side::from_runs(runs.iter().map(|run| Run::new(run[0], run[1])));
        Region::from_cuboids(&space, boxes.iter().map(|sides| Cuboid::new(&space, sides.iter().map(side))))
    };
    let claims: Vec<Region> = paper.claims.iter().map(|claim| region(&claim.boxes)).collect();
    let differ = |set: &[usize]| set.iter().any(|at| paper.claims[*at].owners != paper.claims[set[0]].owners);
    let found = cover(&region(&paper.scope), &claims.iter().collect::<Vec<_>>(), differ, usize::MAX);
    let groups: Vec<_> = found.overlaps.groups.iter().collect();
    let mut listed: Vec<_> = paper.overlaps.iter().collect();
    listed.sort_by(|a, b| a.claims.cmp(&b.claims));
    let met: num_bigint::BigUint = groups.iter().map(|(_, region)| region.count()).sum();
    let scope = region(&paper.scope).count();
    found.gaps.found.same_as(&region(&paper.gaps))
        && groups.len() == listed.len()
        && groups
            .iter()
            .zip(&listed)
            .all(|((set, own), group)| *set == group.claims && own.same_as(&region(&group.boxes)))
        && paper.volumes.scope == scope.to_string()
        && paper.volumes.gaps == found.gaps.found.count().to_string()
        && paper.volumes.held == (scope - found.gaps.found.count()).to_string()
        && paper.volumes.overlaps == met.to_string()
}
