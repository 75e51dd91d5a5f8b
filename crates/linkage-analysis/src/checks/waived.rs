//! What a package makes of what was found: levels set, findings accepted by those who answer for them.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::levels::Levels;
use super::mentions::mentions;
use super::{Finding, idle_waiver};
use linkage_model::{Acceptance, Division, Institution};
use linkage_regions::{Cuboid, Region};

/// The findings as the package wants them told.
#[derive(Debug, Clone, Default)]
pub struct Waived {
    /// Those that stand, the gravest first.
    pub findings: Vec<Finding>,
    /// Those that are accepted, each with the index of the acceptance.
    pub accepted: Vec<(Finding, usize)>,
    /// How many are of a kind that is switched off.
    pub off: usize,
}

/// Sorts what was found into what stands, what is accepted, and what is switched off. An acceptance that meets
/// nothing is itself told.
pub fn waive(division: &Division<'_>, levels: &Levels, found: Vec<Finding>) -> Waived {
    let (institution, day) = (division.institution, division.day);
    let mut waived = Waived::default();
    let mut met = vec![false; institution.acceptances.len()];
    for finding in found {
        let all = accepting(institution, day, &finding);
        for at in &all {
            met[*at] = true;
        }
        match all.first().copied() {
            Some(at) => waived.accepted.push((finding, at)),
            None => waived.findings.push(finding),
        }
    }
    // What only a journal tells may be met by one that is not at hand.
    let is_idle = |at: &usize| {
        let acceptance = &institution.acceptances[*at];
        !met[*at] && in_force(acceptance, day) && !super::capacity_exceeded::is_meant_by(acceptance)
    };
    let idle = (0..met.len()).filter(is_idle);
    waived.findings.extend(idle.map(|at| idle_waiver::told(&institution.acceptances[at])));
    waived.findings.retain_mut(|finding| match levels.of(finding.check) {
        Some(severity) => {
            finding.severity = severity;
            true
        }
        None => {
            waived.off += 1;
            false
        }
    });
    waived.findings.sort_by_key(|finding| Reverse(finding.severity));
    waived
}

/// The same for findings that come in later: those that stand, those that are accepted, how many are switched off.
pub fn waived_of(
    institution: &Institution,
    day: Date,
    levels: &Levels,
    found: Vec<Finding>,
) -> (Vec<Finding>, Vec<(Finding, usize)>, usize) {
    let (mut findings, mut accepted, mut off) = (Vec::new(), Vec::new(), 0);
    for mut finding in found {
        let by = accepting(institution, day, &finding).first().copied();
        match (by, levels.of(finding.check)) {
            (Some(at), _) => accepted.push((finding, at)),
            (None, Some(severity)) => {
                finding.severity = severity;
                findings.push(finding);
            }
            (None, None) => off += 1,
        }
    }
    (findings, accepted, off)
}

/// The acceptances that meet a finding, whatever their order: first the one that names most of what it is about, then
/// the one that holds longest, then by their words.
fn accepting(institution: &Institution, day: Date, finding: &Finding) -> Vec<usize> {
    let all = institution.acceptances.iter().enumerate();
    let meets = |it: &Acceptance| in_force(it, day) && accepts(institution, it, finding);
    let mut all: Vec<(usize, &Acceptance)> = all.filter(|(_, it)| meets(it)).collect();
    all.sort_by_key(|(_, it)| {
        let until = it.until.map_or((0, None), |until| (1, Some(Reverse(until))));
        let by = it.by.map(|body| &institution[body].head.name);
        (Reverse(it.on.len()), until, &it.reason, by)
    });
    all.into_iter().map(|(at, _)| at).collect()
}

/// Whether an acceptance still holds on a day.
pub(super) fn in_force(acceptance: &Acceptance, day: Date) -> bool {
    acceptance.until.is_none_or(|until| day <= until)
}

/// Whether an acceptance is about a finding: of its code or name, and about all that it names. A matter or an
/// area is met where the whole region of the finding lies in it.
fn accepts(institution: &Institution, acceptance: &Acceptance, finding: &Finding) -> bool {
    let check = finding.check;
    if check.tells_undecided() {
        return false;
    }
    if !(check.code.eq_ignore_ascii_case(&acceptance.code) || check.name == acceptance.code) {
        return false;
    }
    let names = mentions(institution, finding);
    acceptance.on.iter().all(|(name, _)| {
        names.contains(name)
            || finding.region.as_ref().is_some_and(|region| lies_in(institution, name, region))
    })
}

fn lies_in(institution: &Institution, name: &str, region: &Region) -> bool {
    let trees = [(&institution.matters, Institution::MATTER), (&institution.areas, Institution::AREA)];
    trees.into_iter().any(|(taxonomy, axis)| {
        let sides = taxonomy.find(name).into_iter().map(|node| taxonomy.tree.side(node));
        let places = sides.map(|side| Cuboid::full(&institution.space).with(axis, side));
        places
            .map(|place| Region::from_cuboid(&institution.space, place))
            .any(|place| region.is_subset(&place))
    })
}
