//! Declarations by their names: ids mean nothing outside their own institution.

use std::collections::BTreeMap;

use ecow::EcoString;

use linkage_model::{Head, Holder, Institution};

/// The names of bodies and kinds.
pub(super) fn holders(institution: &Institution, holders: &[Holder]) -> Vec<EcoString> {
    let mut names: Vec<EcoString> = holders.iter().map(|it| holder(institution, *it)).collect();
    names.sort();
    names
}

fn holder(institution: &Institution, holder: Holder) -> EcoString {
    match holder {
        Holder::Body(body) => institution[body].head.name.clone(),
        Holder::Kind(kind) => ecow::eco_format!("{kind:?}"),
    }
}

/// Two lists paired by name: what both have, what only the earlier, what only the later, by name.
pub(super) fn paired<'a, T>(
    before: impl IntoIterator<Item = &'a T>,
    after: impl IntoIterator<Item = &'a T>,
    head: impl Fn(&T) -> &Head,
) -> BTreeMap<EcoString, (Option<&'a T>, Option<&'a T>)> {
    let mut pairs: BTreeMap<EcoString, (Option<&T>, Option<&T>)> = BTreeMap::new();
    for it in before {
        pairs.entry(head(it).name.clone()).or_default().0 = Some(it);
    }
    for it in after {
        pairs.entry(head(it).name.clone()).or_default().1 = Some(it);
    }
    pairs
}
