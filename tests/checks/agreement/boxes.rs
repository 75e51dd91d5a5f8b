//! The boxes of a region as reports list them, read back without the program's own code.

use std::collections::BTreeMap;

use linkage::model::Institution;
use linkage::space::Point;
use linkage::workspace::Analysis;
use serde_json::Value;

/// The values of a situation by axis; matters and areas by their whole paths.
pub type Values = BTreeMap<String, String>;

pub fn values(institution: &Institution, point: &Point) -> Values {
    let value = |axis: usize, at: u32| match axis {
        Institution::MATTER | Institution::AREA => {
            let taxonomy =
                if axis == Institution::MATTER { &institution.matters } else { &institution.areas };
            taxonomy.path(taxonomy.tree.leaf(at).expect("a leaf"))
        }
        _ => institution.space.dimensions[axis].show(at).expect("a value").to_string(),
    };
    let axes = institution.space.dimensions.iter().zip(&point.0).enumerate();
    axes.map(|(axis, (dimension, at))| (dimension.name.to_string(), value(axis, *at))).collect()
}

/// Whether a box holds a situation: on each axis that it names one of the values, and none that it takes out.
pub fn holds(listed: &BTreeMap<String, Vec<String>>, at: &Values) -> bool {
    listed.iter().all(|(axis, all)| {
        let is = |value: &&String| is(axis, value, &at[axis]);
        let (out, of): (Vec<&String>, Vec<&String>) = all.iter().partition(|value| value.starts_with('!'));
        of.iter().any(is) && !out.iter().any(|value| self::is(axis, &value[1..], &at[axis]))
    })
}

fn is(axis: &str, listed: &str, own: &str) -> bool {
    match axis {
        "matter" | "area" => {
            listed == "*"
                || own == listed
                || own.strip_prefix(listed).is_some_and(|rest| rest.starts_with('.'))
        }
        "time" => {
            let (from, to) = listed.split_once('-').expect("a range");
            // Times have two digits each: they compare as texts.
            if from < to { from <= own && own < to } else { from <= own || own < to }
        }
        _ => match listed.split_once("..") {
            Some((low, high)) => {
                let number = |text: &str| text.parse::<i64>().expect("a number");
                (number(low)..=number(high)).contains(&number(own))
            }
            None => listed == own,
        },
    }
}

/// Whether the boxes in the JSON report are the regions of the findings, as far as these situations tell. How many
/// regions have more boxes than are listed.
pub fn agree<'p>(
    analysis: &Analysis,
    report: &Value,
    points: impl Iterator<Item = &'p Point>,
) -> Result<usize, String> {
    let told = report["findings"].as_array().expect("a list");
    assert_eq!(told.len(), analysis.findings.len(), "every finding is reported");
    let points: Vec<(&Point, Values)> =
        points.map(|point| (point, values(analysis.institution(), point))).collect();
    let mut cut = 0;
    for (finding, told) in analysis.findings.iter().zip(told) {
        assert_eq!(told["code"], finding.check.code);
        let Some(region) = &finding.region else { continue };
        let listed: Vec<BTreeMap<String, Vec<String>>> =
            serde_json::from_value(told["region"]["boxes"].clone()).expect("boxes");
        if told["region"]["box_count"] != listed.len() {
            cut += 1;
            continue;
        }
        for (point, values) in &points {
            if region.contains(point) != listed.iter().any(|listed| holds(listed, values)) {
                return Err(format!(
                    "{} at {values:?}: the JSON report lists {listed:?}",
                    finding.check.code
                ));
            }
        }
    }
    Ok(cut)
}
