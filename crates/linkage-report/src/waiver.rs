//! Accepted findings in words, and the marks by which a finding is known again.

use std::collections::BTreeSet;

use ecow::EcoString;

use linkage_analysis::checks::{Fact, Finding, mentions};
use linkage_model::Institution;
use linkage_regions::{Kind, NodeRef, Region, Side};
use linkage_text::Language;

use super::fact::fact_words;
use super::terminal::visible;

/// Why, by whom and until when a finding is accepted.
pub(super) fn words(institution: &Institution, at: usize, language: Language) -> String {
    let Some(acceptance) = institution.acceptances.get(at) else { return String::new() };
    let mut words = visible(acceptance.reason.as_deref().unwrap_or_default());
    if let Some(body) = acceptance.by {
        let body = fact_words(institution, &Fact::Body(body), language);
        words += &language.pick(format!("; by {body}"), format!("；{body}"));
    }
    if let Some(until) = acceptance.until {
        words += &language.pick(format!("; until {until}"), format!("；至{until}"));
    }
    words
}

/// A mark that stays the same while a finding is about the same things: its code and the names that it speaks
/// of, not the lines that it stands in, nor how many situations it is about. A finding that names nothing is
/// known by the values that its region has on each axis, whatever the order in which they are declared.
pub(super) fn fingerprint(institution: &Institution, finding: &Finding) -> String {
    let mut hasher = blake3::Hasher::new();
    let names = mentions(institution, finding);
    let mut parts = vec![finding.check.code.to_owned(), finding.sentence.to_owned()];
    if names.is_empty() {
        parts.extend(finding.region.iter().flat_map(|region| shadows(institution, region)));
    }
    parts.extend(names.iter().map(ToString::to_string));
    for part in parts {
        hasher.update(part.as_bytes()).update(b"\n");
    }
    hasher.finalize().to_hex().chars().take(16).collect()
}

/// For each axis that tells the region apart from the rest, the values that it has there, in the order of their
/// names; of numbers and minutes the runs.
fn shadows(institution: &Institution, region: &Region) -> Vec<String> {
    let axes = institution.space.dimensions.iter().enumerate();
    let shadow = |(axis, dimension): (usize, &linkage_regions::Dimension)| {
        let own = region.cuboids().iter().fold(Side::empty(), |all, cuboid| all.union(&cuboid.sides()[axis]));
        if own.len() == dimension.size() {
            return None;
        }
        let taxonomy = match axis {
            Institution::MATTER => Some(&institution.matters),
            Institution::AREA => Some(&institution.areas),
            _ => None,
        };
        let named = |value: u32| match taxonomy {
            Some(taxonomy) => taxonomy.tree.leaf(value).map(|leaf: NodeRef| taxonomy.path(leaf)),
            None => dimension.show(value).map(|name: EcoString| name.to_string()),
        };
        let values: BTreeSet<String> = match dimension.kind {
            Kind::List(_) | Kind::Tree(_) => own.values().filter_map(named).collect(),
            Kind::Integer { .. } | Kind::Minutes => own.runs().iter().map(|run| format!("{run:?}")).collect(),
        };
        Some(format!("{}={}", dimension.name, values.into_iter().collect::<Vec<_>>().join(",")))
    };
    let mut all: Vec<String> = axes.filter_map(shadow).collect();
    all.sort();
    all
}
