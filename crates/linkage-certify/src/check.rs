//! The checker: every sentence of a certificate held against its boxes.

use num_bigint::BigUint;

use super::measure::{Labelled, count, meet, size};
use super::{Certificate, FORMAT, Fault, Part, Place, Sides};

/// The label of the scope; claims have those from 1 on.
const SCOPE: usize = 0;

/// Everything that is wrong with a certificate; nothing if it is true.
pub fn check(paper: &Certificate) -> Vec<Fault> {
    let mut faults = shape(paper);
    if !faults.is_empty() {
        return faults;
    }
    let sizes: Vec<u32> = paper.axes.iter().map(|axis| axis.size).collect();
    gaps(paper, &sizes, &mut faults);
    overlaps(paper, &sizes, &mut faults);
    volumes(paper, &sizes, &mut faults);
    faults
}

/// Boxes are boxes, groups are groups.
fn shape(paper: &Certificate) -> Vec<Fault> {
    let mut faults = Vec::new();
    if paper.format != FORMAT {
        faults.push(Fault::Format);
    }
    let is_side = |(side, size): (&Vec<[u32; 2]>, u32)| {
        !side.is_empty()
            && side.iter().all(|run| run[0] < run[1] && run[1] <= size)
            && side.windows(2).all(|two| two[0][1] < two[1][0])
    };
    let is_box = |sides: &Sides| {
        sides.len() == paper.axes.len()
            && sides.iter().zip(paper.axes.iter().map(|axis| axis.size)).all(is_side)
    };
    faults.extend(places(paper).filter(|(_, sides)| !is_box(sides)).map(|(place, _)| Fault::Shape(place)));
    for (at, claim) in paper.claims.iter().enumerate() {
        if claim.owners.is_empty() || !claim.owners.is_sorted_by(|a, b| a < b) {
            faults.push(Fault::Owners(at));
        }
    }
    for (at, group) in paper.overlaps.iter().enumerate() {
        let owners = |claim: &usize| paper.claims.get(*claim).map(|claim| &claim.owners);
        let first = group.claims.first().and_then(owners);
        let known = group.claims.iter().all(|claim| owners(claim).is_some());
        let differ = group.claims.iter().any(|claim| owners(claim) != first);
        let twice = paper.overlaps[..at].iter().any(|other| other.claims == group.claims);
        let sorted = group.claims.is_sorted_by(|a, b| a < b);
        if !known || !differ || !sorted || twice || group.boxes.is_empty() {
            faults.push(Fault::Group(at));
        }
    }
    faults
}

fn places(paper: &Certificate) -> impl Iterator<Item = (Place, &Sides)> {
    let scope = paper.scope.iter().enumerate().map(|(at, sides)| (Place::Scope(at), sides));
    let gaps = paper.gaps.iter().enumerate().map(|(at, sides)| (Place::Gap(at), sides));
    let claims = paper.claims.iter().enumerate().flat_map(|(claim, own)| {
        own.boxes.iter().enumerate().map(move |(at, sides)| (Place::Claim(claim, at), sides))
    });
    let overlaps = paper.overlaps.iter().enumerate().flat_map(|(group, own)| {
        own.boxes.iter().enumerate().map(move |(at, sides)| (Place::Overlap(group, at), sides))
    });
    scope.chain(claims).chain(gaps).chain(overlaps)
}

/// No gap box reaches out of the scope, into a claim or into another.
fn gaps(paper: &Certificate, sizes: &[u32], faults: &mut Vec<Fault>) {
    for (at, gap) in paper.gaps.iter().enumerate() {
        let place = Place::Gap(at);
        if !inside(sizes, gap, &paper.scope) {
            faults.push(Fault::Outside(place));
        }
        let earlier = paper.gaps[..at].iter().enumerate().map(|(other, own)| (Place::Gap(other), own));
        let claims = places(paper).filter(|(other, _)| matches!(other, Place::Claim(..)));
        let met = earlier.chain(claims).filter(|(_, own)| meet(own, gap));
        faults.extend(met.map(|(other, _)| Fault::Share(place, other)));
    }
}

/// Every overlap box lies in the scope, in the claims of its group and in no other.
fn overlaps(paper: &Certificate, sizes: &[u32], faults: &mut Vec<Fault>) {
    for (at, group) in paper.overlaps.iter().enumerate() {
        for (own, sides) in group.boxes.iter().enumerate() {
            let place = Place::Overlap(at, own);
            if !inside(sizes, sides, &paper.scope) {
                faults.push(Fault::Outside(place));
            }
            let earlier = group.boxes[..own].iter().enumerate().filter(|(_, other)| meet(other, sides));
            faults.extend(earlier.map(|(other, _)| Fault::Share(place, Place::Overlap(at, other))));
            for (claim, of) in paper.claims.iter().enumerate() {
                if group.claims.binary_search(&claim).is_ok() {
                    if !inside(sizes, sides, &of.boxes) {
                        faults.push(Fault::NotIn(place, claim));
                    }
                } else {
                    let met = of.boxes.iter().enumerate().filter(|(_, other)| meet(other, sides));
                    faults.extend(met.map(|(other, _)| Fault::Share(place, Place::Claim(claim, other))));
                }
            }
        }
    }
}

/// Whether every point of a box is in one of others.
fn inside(sizes: &[u32], sides: &Sides, others: &[Sides]) -> bool {
    let own = [Labelled { label: 1, sides }];
    let near = others.iter().filter(|other| meet(other, sides));
    let boxes: Vec<_> = own.into_iter().chain(near.map(|sides| Labelled { label: 0, sides })).collect();
    let outside = |holding: &[usize], all: &[usize]| {
        if !all.contains(&1) || holding.contains(&0) {
            Some(false)
        } else if holding.contains(&1) && !all.contains(&0) {
            Some(true)
        } else {
            None
        }
    };
    count(sizes, &boxes, &outside) == BigUint::default()
}

/// The numbers are right, and nothing is missing.
fn volumes(paper: &Certificate, sizes: &[u32], faults: &mut Vec<Fault>) {
    let mut owners: Vec<&Vec<String>> = paper.claims.iter().map(|claim| &claim.owners).collect();
    owners.sort_unstable();
    owners.dedup();
    let label = |of: &Vec<String>| 1 + owners.partition_point(|own| *own < of);
    let scope = paper.scope.iter().map(|sides| Labelled { label: SCOPE, sides });
    let claims = paper.claims.iter().flat_map(|claim| {
        let label = label(&claim.owners);
        claim.boxes.iter().map(move |sides| Labelled { label, sides })
    });
    let boxes: Vec<Labelled<'_>> = scope.chain(claims).collect();
    // Points of the scope in claims of so many different owners.
    let with = |least: usize| {
        move |holding: &[usize], all: &[usize]| {
            let many = |labels: &[usize]| labels.first() == Some(&SCOPE) && labels.len() > least;
            if many(holding) {
                Some(true)
            } else if many(all) {
                None
            } else {
                Some(false)
            }
        }
    };
    let of_scope = count(sizes, &boxes, &with(0));
    let held = count(sizes, &boxes, &with(1));
    let met = count(sizes, &boxes, &with(2));
    let gaps: BigUint = paper.gaps.iter().map(size).sum();
    let listed: BigUint = paper.overlaps.iter().flat_map(|group| &group.boxes).map(size).sum();
    let stated = &paper.volumes;
    for (part, stated, measured) in [
        (Part::Scope, &stated.scope, &of_scope),
        (Part::Held, &stated.held, &held),
        (Part::Gaps, &stated.gaps, &gaps),
        (Part::Overlaps, &stated.overlaps, &listed),
    ] {
        if *stated != measured.to_string() {
            faults.push(Fault::Volume(part, measured.clone()));
        }
    }
    if &held + &gaps < of_scope {
        faults.push(Fault::Missing(Part::Gaps, gaps));
    }
    if listed < met {
        faults.push(Fault::Missing(Part::Overlaps, listed));
    }
}
