//! What state each situation of the scope is in, as disjoint regions: computed from the division of powers
//! itself, so that what no finding tells is counted too.

use num_bigint::BigUint;

use linkage_analysis::checks::{Context, nobody_there};
use linkage_model::LeadershipKind;
use linkage_regions::{Cuboid, Region};

/// What state a situation is in, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// Nobody leads.
    Gap,
    /// Several claim the lead, and nothing settles it.
    Overlap,
    /// It could not be decided.
    Undecided,
    /// Somebody leads, and is not there.
    OffDuty,
    /// Several claim the lead, and a rule settles it.
    Settled,
    /// One leads.
    One,
    /// The package does not claim to govern it.
    Outside,
}

/// The states that have a region of their own; the rest of the scope is [`State::One`].
pub(super) const PARTED: [State; 5] =
    [State::Gap, State::Overlap, State::Undecided, State::OffDuty, State::Settled];

/// The scope, parted by state.
pub(super) struct States {
    /// The whole, in boxes no two of which meet.
    pub scope: Region,
    /// One region for each of [`PARTED`], in boxes no two of which meet.
    pub parts: [Region; 5],
}

impl States {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let institution = context.institution();
        let space = &institution.space;
        let together = |regions: Vec<&Region>| -> Region {
            let all: Vec<Cuboid> = regions.into_iter().flat_map(|it| it.cuboids().iter().cloned()).collect();
            Region::from_cuboids(space, all)
        };
        let less = |region: Region, others: &[&Region]| {
            let meets = others.iter().filter(|other| !other.is_disjoint(&region));
            meets.fold(region.clone(), |left, other| left.minus(other)).disjoint()
        };
        let gap = context.gaps.found.disjoint();
        let met = |overlap: bool| {
            let own =
                context.meetings.iter().filter(|(it, _)| (it.kind == LeadershipKind::Overlap) == overlap);
            together(own.map(|(_, region)| region).collect())
        };
        let overlap = met(true).disjoint();
        let undecided = together(vec![&context.gaps.undecided, &context.met.undecided]);
        let undecided = less(undecided, &[&gap, &overlap]);
        let absent: Vec<Region> = (0..context.division.claims().len())
            .filter(|claim| {
                context.division.claims()[*claim].bodies.iter().any(|body| institution[*body].duty.is_some())
            })
            .map(|claim| nobody_there(context, claim))
            .collect();
        let off_duty = less(together(absent.iter().collect()), &[&overlap, &undecided]);
        let settled = less(met(false), &[&off_duty, &undecided]);
        Self {
            scope: institution.scope.region.disjoint(),
            parts: [gap, overlap, undecided, off_duty, settled],
        }
    }

    /// How many situations of the scope are in each state, of [`PARTED`] and then [`State::One`].
    pub(super) fn counts(&self) -> Vec<(State, BigUint)> {
        let mut left = self.scope.count();
        let mut counts: Vec<(State, BigUint)> = Vec::new();
        for (state, region) in PARTED.into_iter().zip(&self.parts) {
            let count = region.count();
            left = if left > count { left - &count } else { BigUint::ZERO };
            counts.push((state, count));
        }
        counts.push((State::One, left));
        counts
    }
}

/// A share in percent: whole numbers, and never none or all where it is not.
pub(super) fn percent(part: &BigUint, whole: &BigUint) -> String {
    if *whole == BigUint::ZERO || *part == BigUint::ZERO {
        return "0%".to_owned();
    }
    if part >= whole {
        return "100%".to_owned();
    }
    let share = (part * 100_u32 / whole).to_string();
    if share == "0" { "<1%".to_owned() } else { format!("{share}%") }
}
