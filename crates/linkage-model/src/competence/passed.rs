//! What is passed on: each passing, where it is founded on something that its giver holds, and where not.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::super::succession::narrowed;
use super::super::{Bearer, BodyId, Institution, Passing, PassingMode, PowerId};
use super::cell::{Cell, Edge, Fate};
use super::granted::{left, may_hold, meet};
use super::sources::{Basis, Prohibition, Sources, best_basis};
use super::standing::each_once;
use super::{Divested, Failure, Ground, Held, Holding, HoldingMode, Link, Names, NormId, Void};
use linkage_regions::{Region, partition};

/// Adds what passings give to the holdings, takes away what transfers take, and notes what comes to nothing.
pub(super) fn passed(
    institution: &Institution,
    names: &Names,
    (power, day): (PowerId, Date),
    sources: &Sources,
    prohibitions: &[Prohibition<'_>],
    held: &mut Held,
) {
    let mut edges: Vec<(Edge, Region)> = Vec::new();
    for id in &sources.passings {
        let passing = &institution[*id];
        let in_time =
            passing.from.is_none_or(|from| from <= day) && passing.until.is_none_or(|end| day <= end);
        if !in_time {
            continue;
        }
        let basis = best_basis(institution, &passing.basis, day);
        let ground = Ground::Passing(*id);
        for Bearer { body: receiver, region: receives } in each(names, &passing.receivers) {
            let received = narrowed(&passing.region, receives.as_ref());
            let stopped = stopped(institution, power, passing, basis, receiver);
            let met = match stopped {
                Some(_) => Vec::new(),
                None => {
                    let receiver = Bearer { body: receiver, region: receives.clone() };
                    meet(institution, ground, basis.law(), &[receiver], prohibitions, held)
                }
            };
            let free = left(&received, &met, receiver);
            for Bearer { body: giver, region: gives } in each(names, &passing.givers) {
                let passed = narrowed(&received, gives.as_ref());
                if passed.is_empty() && !passing.region.is_empty() {
                    continue;
                }
                let link = Link { passing: *id, mode: passing.mode, giver, receiver };
                if let Some(why) = stopped {
                    held.failures.push(Failure { link, region: passed, why });
                    continue;
                }
                let mut free = narrowed(&free, gives.as_ref());
                // What is reserved stays, whatever the passing rests on.
                for reserve in prohibitions.iter().filter(|it| it.reserves) {
                    let super::Negative::Norm(by) = reserve.source else { continue };
                    let Some(kept) = reserve.takes_from(receiver) else { continue };
                    let region = passed.intersect(&kept);
                    if !region.is_empty() {
                        held.failures.push(Failure { link, region, why: Void::Reserved(by) });
                        free = free.minus(&kept);
                    }
                }
                for (prohibition, order) in &met {
                    if matches!(order, super::super::Order::Yields(_)) && !prohibition.reserves {
                        let taken = prohibition.takes_from(receiver);
                        let region = taken.map(|taken| passed.intersect(&taken));
                        let why = Void::Prohibited(prohibition.source);
                        let region = region.filter(|region| !region.is_empty());
                        held.failures.extend(region.map(|region| Failure { link, region, why }));
                    }
                }
                if !free.is_empty() {
                    let law = basis.law().map(|law| &institution[law]);
                    let rank = law.and_then(|law| law.rank);
                    let since = passing.from.or(law.and_then(|law| law.from).map(|(from, _)| from));
                    edges.push((Edge { link, onward: passing.onward, rank, since }, free));
                }
            }
        }
    }
    if !edges.is_empty() {
        along(institution, &edges, held);
    }
}

fn each(names: &Names, declared: &[(BodyId, linkage_text::Span)]) -> Vec<Bearer> {
    each_once(declared.iter().flat_map(|(body, _)| names.bearers(*body).iter().cloned()).collect())
}

/// What stops a passing everywhere.
fn stopped(
    institution: &Institution,
    power: PowerId,
    passing: &Passing,
    basis: Basis,
    receiver: BodyId,
) -> Option<Void> {
    match basis {
        Basis::Stale => return Some(Void::NoBasisInForce),
        Basis::None if passing.mode == PassingMode::Transfer => return Some(Void::NoBasis),
        _ => {}
    }
    let declared = &institution[power];
    // Coercion is not passed on unless the law says so (Administrative Compulsory Law art 17).
    if !declared.delegable.unwrap_or(!declared.coercive) {
        return Some(Void::NotDelegable);
    }
    (!may_hold(institution, power, receiver)).then_some(Void::WrongKind)
}

/// Parts the space by the links and the original holdings of those who give, and asks each part.
fn along(institution: &Institution, edges: &[(Edge, Region)], held: &mut Held) {
    let givers: BTreeSet<BodyId> = edges.iter().map(|(edge, _)| edge.link.giver).collect();
    let originals: Vec<usize> =
        (0..held.holdings.len()).filter(|index| givers.contains(&held.holdings[*index].body)).collect();
    let mut regions: Vec<&Region> = edges.iter().map(|(_, region)| region).collect();
    regions.extend(originals.iter().map(|index| &held.holdings[*index].region));
    let around = edges.iter().fold(Region::empty(&institution.space), |all, (_, region)| all.union(region));
    let cells = partition(&around, &regions, |_| true, usize::MAX).groups;
    let mut found = Found::default();
    for (present, region) in cells {
        let here = |index: usize| present.binary_search(&(edges.len() + index)).is_ok();
        let by_law = || originals.iter().enumerate().filter(|(at, _)| here(*at)).map(|(_, index)| *index);
        let roots: BTreeMap<BodyId, usize> =
            by_law().rev().map(|index| (held.holdings[index].body, index)).collect();
        let links = present.iter().filter(|at| **at < edges.len()).map(|at| (*at, &edges[*at].0));
        let origins = roots.keys().copied().collect();
        let mut cell = Cell { edges: links.collect(), origins, spent: BTreeMap::new() };
        for (number, why) in cell.without_rivals() {
            join(&mut found.failures, (edges[number].0.link, why), &region);
        }
        for index in by_law() {
            let gone = cell.origin_spent(held.holdings[index].body);
            if !gone.is_empty() {
                join(&mut found.spent, index, &region);
            }
            for by in gone {
                join(&mut found.divested, edges[by].0.link, &region);
            }
        }
        for (number, fate) in cell.fates() {
            let edge = edges[number].0;
            let chain = match fate {
                Fate::Void(why) => {
                    join(&mut found.failures, (edge.link, why), &region);
                    continue;
                }
                Fate::Founded(chain) => chain,
            };
            let is_transfer = edge.link.mode == PassingMode::Transfer;
            let gone = if is_transfer { cell.link_spent(&edge) } else { Vec::new() };
            for by in &gone {
                join(&mut found.divested, edges[*by].0.link, &region);
            }
            if !gone.is_empty() {
                continue;
            }
            let first = chain.first().map(|at| edges[*at].0.link.giver);
            let Some(root) = first.and_then(|body| roots.get(&body)) else { continue };
            join(&mut found.given, (held.holdings[*root].grant, chain), &region);
        }
    }
    found.settle(edges, held);
}

/// What the parts come to, put together.
#[derive(Default)]
struct Found {
    /// Original holdings, by index, that are given away.
    spent: BTreeMap<usize, Region>,
    divested: BTreeMap<Link, Region>,
    failures: BTreeMap<(Link, Void), Region>,
    given: BTreeMap<(NormId, Vec<usize>), Region>,
}

impl Found {
    fn settle(self, edges: &[(Edge, Region)], held: &mut Held) {
        for (index, region) in self.spent {
            let own = &mut held.holdings[index].region;
            *own = own.minus(&region);
        }
        held.holdings.retain(|holding| !holding.region.is_empty());
        for ((grant, chain), region) in self.given {
            let chain: Vec<Link> = chain.into_iter().map(|at| edges[at].0.link).collect();
            let Some(last) = chain.last() else { continue };
            let mode = match last.mode {
                PassingMode::Transfer => HoldingMode::Transferred(last.giver),
                PassingMode::Entrust => HoldingMode::Entrusted(last.giver),
            };
            held.holdings.push(Holding { body: last.receiver, mode, region, grant, chain });
        }
        held.divested.extend(self.divested.into_iter().map(|(link, region)| Divested { link, region }));
        let failures = self.failures.into_iter();
        held.failures.extend(failures.map(|((link, why), region)| Failure { link, region, why }));
    }
}

fn join<K: Ord>(map: &mut BTreeMap<K, Region>, key: K, region: &Region) {
    match map.get_mut(&key) {
        Some(whole) => *whole = whole.union(region),
        None => drop(map.insert(key, region.clone())),
    }
}
