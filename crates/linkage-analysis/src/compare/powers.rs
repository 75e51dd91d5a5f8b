//! Where bodies come to support or to hold a power, and where they no longer do.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::Carry;
use super::names::{holders, paired};
use linkage_model::{Division, Holder, Mandate, Standing};
use linkage_regions::Region;

/// A body gains or loses something on a region of the later package.
#[derive(Debug)]
pub struct Shift {
    /// The body, by name.
    pub body: EcoString,
    /// What.
    pub of: ShiftOf,
    /// Whether it gains.
    pub gains: bool,
    /// Where.
    pub region: Region,
}

/// What is gained or lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShiftOf {
    /// Support of whoever leads.
    Support,
    /// A power, by name.
    Power(EcoString),
}

/// The powers of all bodies, held against each other.
pub(super) fn powers(before: &Division<'_>, after: &Division<'_>, onward: &Carry) -> Vec<Shift> {
    let mut shifts = Vec::new();
    let (old, new) = (before.institution, after.institution);
    for power in paired(&old.powers, &new.powers, |power| &power.head).keys() {
        let (earlier, later) = (held(before, power), held(after, power));
        let bodies: std::collections::BTreeSet<&EcoString> = earlier.keys().chain(later.keys()).collect();
        for body in bodies {
            let earlier = earlier.get(body).map(|region| onward.region(region));
            let of = ShiftOf::Power(power.clone());
            shift(&mut shifts, body, &of, earlier.as_ref(), later.get(body), new);
        }
    }
    shifts
}

/// Where each body holds a power of a name.
fn held(division: &Division<'_>, power: &str) -> BTreeMap<EcoString, Region> {
    let institution = division.institution;
    let Some((id, _)) = institution.powers().find(|(_, own)| own.head.name == power) else {
        return BTreeMap::new();
    };
    let mut held: BTreeMap<EcoString, Region> = BTreeMap::new();
    for holding in &division.competence().of(id).holdings {
        let name = institution[holding.body].head.name.clone();
        let cuboids = holding.region.cuboids().iter().cloned();
        match held.get_mut(&name) {
            Some(region) => *region = region.union(&holding.region),
            None => drop(held.insert(name, Region::from_cuboids(&institution.space, cuboids))),
        }
    }
    held
}

/// Who supports where, of the mandates that have changed.
pub(super) fn supports(before: &Division<'_>, after: &Division<'_>, onward: &Carry) -> Vec<Shift> {
    let (old, new) = (before.institution, after.institution);
    let names = |division: &Division<'_>, mandate: &Mandate| {
        let all: Vec<Holder> = mandate.supports.iter().map(|(holder, _)| *holder).collect();
        holders(division.institution, &all)
    };
    let mut touched: std::collections::BTreeSet<EcoString> = std::collections::BTreeSet::new();
    for pair in paired(&old.mandates, &new.mandates, |mandate| &mandate.head).values() {
        match pair {
            (Some(one), Some(other)) => {
                let (was, is) = (names(before, one), names(after, other));
                if was != is || !alike(&onward.region(&one.region), &other.region) {
                    touched.extend(was.into_iter().chain(is));
                }
            }
            (one, other) => {
                touched.extend(one.iter().flat_map(|mandate| names(before, mandate)));
                touched.extend(other.iter().flat_map(|mandate| names(after, mandate)));
            }
        }
    }
    let supported = |division: &Division<'_>| {
        let mut all: BTreeMap<EcoString, Region> = BTreeMap::new();
        for (id, mandate) in division.institution.mandates() {
            if matches!(division.standing(id), Standing::OutOfTime | Standing::NoBasisInForce) {
                continue;
            }
            for name in names(division, mandate).into_iter().filter(|name| touched.contains(name)) {
                let region = all.entry(name).or_insert_with(|| Region::empty(&division.institution.space));
                *region = region.union(&mandate.region);
            }
        }
        all
    };
    let (earlier, later) = (supported(before), supported(after));
    let mut shifts = Vec::new();
    for body in &touched {
        let earlier = earlier.get(body).map(|region| onward.region(region));
        shift(&mut shifts, body, &ShiftOf::Support, earlier.as_ref(), later.get(body), new);
    }
    shifts
}

fn shift(
    shifts: &mut Vec<Shift>,
    body: &EcoString,
    of: &ShiftOf,
    earlier: Option<&Region>,
    later: Option<&Region>,
    institution: &linkage_model::Institution,
) {
    let none = Region::empty(&institution.space);
    let (earlier, later) = (earlier.unwrap_or(&none), later.unwrap_or(&none));
    if alike(earlier, later) {
        return;
    }
    for (gains, region) in [(true, later.minus(earlier)), (false, earlier.minus(later))] {
        if !region.is_empty() {
            shifts.push(Shift { body: body.clone(), of: of.clone(), gains, region });
        }
    }
}

/// Whether two regions are written alike: then they need not be held against each other.
pub(super) fn alike(one: &Region, other: &Region) -> bool {
    one.cuboids() == other.cuboids()
}
