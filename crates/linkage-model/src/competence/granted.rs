//! What the law itself gives: grants, less what prohibitions that prevail over them take away.

use std::cmp::Ordering;

use super::super::precedence::{Footing, by_law};
use super::super::succession::narrowed;
use super::super::{Bearer, BodyId, Institution, LawId, Modality, Open, Order, PowerId, Reason};
use super::sources::{Prohibition, Sources};
use super::{Conflict, Ground, Held, Holding, HoldingMode, Names};
use linkage_regions::Region;

/// The original holdings of a power, the conflicts in which they stand, and the grants to the wrong kind.
pub(super) fn granted(
    institution: &Institution,
    names: &Names,
    power: PowerId,
    sources: &Sources,
    prohibitions: &[Prohibition<'_>],
    held: &mut Held,
) {
    for id in &sources.norms {
        let norm = institution.norm(*id);
        if norm.modality != Modality::Grant {
            continue;
        }
        let (fit, unfit): (Vec<Bearer>, Vec<Bearer>) = names
            .of_all(institution, &norm.holders)
            .into_iter()
            .partition(|bearer| may_hold(institution, power, bearer.body));
        held.misplaced.extend(unfit.into_iter().map(|bearer| (*id, bearer.body)));
        let ground = Ground::Norm(*id);
        let met = meet(institution, ground, Some(id.law), &fit, prohibitions, held);
        for Bearer { body, region: place } in fit {
            let region = left(&narrowed(&norm.region, place.as_ref()), &met, body);
            if !region.is_empty() {
                let mode = HoldingMode::Original;
                held.holdings.push(Holding { body, mode, region, grant: *id, chain: Vec::new() });
            }
        }
    }
}

/// Whether a body is of a kind that can hold the power.
pub(super) fn may_hold(institution: &Institution, power: PowerId, body: BodyId) -> bool {
    let kinds = &institution[power].holders;
    kinds.is_empty() || institution[body].kind.is_some_and(|kind| kinds.contains(&kind))
}

/// The prohibitions that meet a ground, with how it stands to each; conflicts are noted.
pub(super) fn meet<'p, 'i>(
    institution: &Institution,
    ground: Ground,
    law: Option<LawId>,
    bearers: &[Bearer],
    prohibitions: &'p [Prohibition<'i>],
    held: &mut Held,
) -> Vec<(&'p Prohibition<'i>, Order)> {
    let region = ground.region(institution);
    let mut met = Vec::new();
    for prohibition in prohibitions {
        let (mut hit, mut parts) = (Vec::new(), Region::empty(&institution.space));
        for bearer in bearers {
            let taken = prohibition.takes_from(bearer.body);
            let part = taken.map(|taken| narrowed(region, bearer.region.as_ref()).intersect(&taken));
            if let Some(part) = part.filter(|part| !part.is_empty()) {
                hit.push(bearer.body);
                parts = parts.union(&part);
            }
        }
        if hit.is_empty() {
            continue;
        }
        let order = stands(institution, law, region, prohibition);
        held.conflicts.push(Conflict {
            ground,
            against: prohibition.source,
            reserved: prohibition.reserves,
            bodies: hit,
            region: parts,
            order,
        });
        met.push((prohibition, order));
    }
    met
}

/// How what rests on a law stands to a prohibition. A passing that cites no law yields to every prohibition
/// that has one: a bare act is below the law.
fn stands(
    institution: &Institution,
    law: Option<LawId>,
    region: &Region,
    prohibition: &Prohibition<'_>,
) -> Order {
    match (law, prohibition.law) {
        (Some(law), Some(against)) => {
            let (ground, negative) =
                (Footing::of_law(&institution[law]), Footing::of_law(&institution[against]));
            by_law(&ground, region, &negative, prohibition.region)
        }
        (None, Some(_)) => Order::Yields(Reason::Rank),
        (_, None) => Order::Open(Open::NoRank),
    }
}

/// What is left of a region for a body by those prohibitions that don't prevail.
pub(super) fn left(region: &Region, met: &[(&Prohibition<'_>, Order)], body: BodyId) -> Region {
    let prevailing = met.iter().filter(|(_, order)| matches!(order, Order::Yields(_)));
    let taken = prevailing.filter_map(|(it, _)| it.takes_from(body));
    taken.fold(region.clone(), |left, taken| left.minus(&taken))
}

/// Holdings in the order of bodies, then as found.
pub(super) fn by_body(one: &Holding, other: &Holding) -> Ordering {
    one.body.cmp(&other.body)
}
