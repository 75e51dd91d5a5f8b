//! Passings where the same acts and holdings meet: who is reached from a grant, as a question about a graph.
//!
//! A chain begins with a body that holds by law and never comes to a body twice, so a circle founds nothing.
//! Transfers come first: they are in the own name. An entrusted body holds nothing that it could transfer.
//! Whoever has transferred what it holds can't entrust it. Each link but the last must say `onward`.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::super::{BodyId, PassingMode, Rank};
use super::{Link, Void};

/// A link that nothing stops, and whether it may be followed by another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) link: Link,
    pub(super) onward: bool,
    /// How high its basis stands.
    pub(super) rank: Option<Rank>,
    /// Since when it is in force; without a day it is the oldest.
    pub(super) since: Option<Date>,
}

impl Edge {
    /// Whether it came before another transfer by the same giver: by rank of basis, else by day.
    fn came_before(&self, other: &Self) -> bool {
        match self.rank.zip(other.rank).and_then(|(own, other)| own.compare(other)) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Less) => false,
            Some(Ordering::Equal) | None => self.since < other.since,
        }
    }
}

/// What holds where the same links and original holdings meet.
pub(super) struct Cell<'c> {
    /// The links, with their numbers.
    pub(super) edges: Vec<(usize, &'c Edge)>,
    /// Who holds by law.
    pub(super) origins: BTreeSet<BodyId>,
    /// Who has given away what it holds to several, by which links: who of them has it is not decided.
    pub(super) spent: BTreeMap<BodyId, Vec<usize>>,
}

/// How one link fares: the chain of links that ends with it, or why there is none.
pub(super) enum Fate {
    Founded(Vec<usize>),
    Void(Void),
}

impl Cell<'_> {
    /// Takes out the transfers by which somebody gives away again what it has given away: all but the first, and
    /// that too where nothing says which is the first. Answers what was taken out, and why.
    pub(super) fn without_rivals(&mut self) -> Vec<(usize, Void)> {
        let mut out = Vec::new();
        while let Some((giver, rivals)) = self.rivals() {
            let edge =
                |number: usize| self.edges.iter().find(|(own, _)| *own == number).map(|(_, edge)| *edge);
            let before = |one: usize, other: usize| {
                edge(one).zip(edge(other)).is_some_and(|(one, other)| one.came_before(other))
            };
            let first: Vec<usize> = rivals
                .iter()
                .copied()
                .filter(|own| !rivals.iter().any(|other| before(*other, *own)))
                .collect();
            let passing = |number: usize| edge(number).map(|edge| edge.link.passing);
            let decided = first.iter().all(|own| passing(*own) == passing(first[0]));
            let gone: Vec<(usize, Void)> = rivals
                .iter()
                .filter(|own| !(decided && first.contains(own)))
                .map(|own| (*own, if first.contains(own) { Void::GivenTwice } else { Void::NotHeld }))
                .collect();
            if !decided {
                self.spent.insert(giver, first.clone());
            }
            if gone.is_empty() {
                break;
            }
            self.edges.retain(|(number, _)| gone.iter().all(|(own, _)| own != number));
            out.extend(gone);
        }
        out
    }

    /// The founded transfers of a giver that gives by several acts to different receivers.
    fn rivals(&self) -> Option<(BodyId, Vec<usize>)> {
        let mut by_giver: BTreeMap<BodyId, Vec<(usize, Link)>> = BTreeMap::new();
        for (number, edge) in &self.edges {
            let founded = || matches!(self.fate(*number, edge), Fate::Founded(_));
            if edge.link.mode == PassingMode::Transfer && founded() {
                by_giver.entry(edge.link.giver).or_default().push((*number, edge.link));
            }
        }
        by_giver.into_iter().find_map(|(giver, links)| {
            let rival = |(_, one): &(usize, Link)| {
                links.iter().any(|(_, other)| other.passing != one.passing && other.receiver != one.receiver)
            };
            let rivals: Vec<usize> =
                links.iter().filter(|link| rival(link)).map(|(number, _)| *number).collect();
            (!rivals.is_empty()).then_some((giver, rivals))
        })
    }

    /// Which chain founds each body in its own name so that it may pass the power on, not coming by these.
    fn own(&self, avoid: &[BodyId]) -> BTreeMap<BodyId, Vec<usize>> {
        let begin = self.origins.iter().filter(|body| !avoid.contains(body));
        let mut found: BTreeMap<BodyId, Vec<usize>> = begin.map(|body| (*body, Vec::new())).collect();
        let mut open: Vec<BodyId> = found.keys().copied().collect();
        let mut at = 0;
        while let Some(body) = open.get(at).copied() {
            at += 1;
            for (number, edge) in self.from(body, PassingMode::Transfer) {
                let to = edge.link.receiver;
                if edge.onward && !avoid.contains(&to) && !found.contains_key(&to) {
                    let mut chain = found.get(&body).cloned().unwrap_or_default();
                    chain.push(number);
                    found.insert(to, chain);
                    open.push(to);
                }
            }
        }
        found
    }

    fn from(&self, body: BodyId, mode: PassingMode) -> impl Iterator<Item = (usize, &Edge)> {
        let own = move |(_, edge): &&(usize, &Edge)| edge.link.giver == body && edge.link.mode == mode;
        self.edges.iter().filter(own).map(|(number, edge)| (*number, *edge))
    }

    /// The links by which a body has transferred what it holds by law.
    pub(super) fn origin_spent(&self, body: BodyId) -> Vec<usize> {
        let gone = self.from(body, PassingMode::Transfer).filter(|(_, edge)| edge.link.receiver != body);
        self.or_undecided(body, gone.map(|(number, _)| number).collect())
    }

    /// The links by which the receiver of a transfer has transferred on what came by it.
    pub(super) fn link_spent(&self, edge: &Edge) -> Vec<usize> {
        let Link { giver, receiver: body, .. } = edge.link;
        if !edge.onward {
            return Vec::new();
        }
        let gone = self.from(body, PassingMode::Transfer).filter(|(_, next)| next.link.receiver != body);
        let gone = gone.filter(|(_, next)| self.own(&[body, next.link.receiver]).contains_key(&giver));
        self.or_undecided(body, gone.map(|(number, _)| number).collect())
    }

    /// The transfers that conflict with equal standing, where no valid transfer took the power away.
    fn or_undecided(&self, body: BodyId, gone: Vec<usize>) -> Vec<usize> {
        if gone.is_empty() { self.spent.get(&body).cloned().unwrap_or_default() } else { gone }
    }

    /// How each link fares.
    pub(super) fn fates(&self) -> Vec<(usize, Fate)> {
        self.edges.iter().map(|(number, edge)| (*number, self.fate(*number, edge))).collect()
    }

    fn fate(&self, number: usize, edge: &Edge) -> Fate {
        let Link { mode, giver, receiver, .. } = edge.link;
        if giver == receiver {
            return Fate::Void(Void::Circle);
        }
        let (founded, arrived) = match mode {
            PassingMode::Transfer => (self.own(&[receiver]).remove(&giver), self.arrives(giver, receiver)),
            PassingMode::Entrust => self.entrusted(giver, receiver),
        };
        if let Some(mut chain) = founded {
            chain.push(number);
            return Fate::Founded(chain);
        }
        Fate::Void(match () {
            () if arrived => Void::NotOnward,
            () if self.leads(receiver, giver) => Void::Circle,
            () => Void::NotHeld,
        })
    }

    /// Whether a body holds in its own name without coming by another, be it so that it may not pass it on.
    fn arrives(&self, body: BodyId, without: BodyId) -> bool {
        self.origins.contains(&body)
            || self.edges.iter().any(|(_, edge)| {
                edge.link.mode == PassingMode::Transfer
                    && edge.link.receiver == body
                    && self.own(&[body, without]).contains_key(&edge.link.giver)
            })
    }

    /// The chain by which a body may entrust, not coming by the receiver; and whether there is one by which
    /// it holds at all.
    fn entrusted(&self, giver: BodyId, receiver: BodyId) -> (Option<Vec<usize>>, bool) {
        let mut arrived = false;
        // Who holds in its own name and has not given it away: by law, then by a transfer.
        for origin in self.origins.iter().copied().filter(|body| *body != receiver) {
            if self.origin_spent(origin).is_empty() {
                let found = self.down_from(origin, None, giver, receiver, &mut arrived);
                if found.is_some() {
                    return (found, arrived);
                }
            }
        }
        for (number, edge) in &self.edges {
            let base = edge.link.receiver;
            if edge.link.mode != PassingMode::Transfer || base == edge.link.giver || base == receiver {
                continue;
            }
            if !self.link_spent(edge).is_empty() {
                continue;
            }
            if !edge.onward {
                arrived |= base == giver && self.own(&[base, receiver]).contains_key(&edge.link.giver);
                continue;
            }
            let found = self.down_from(base, Some((*number, edge.link.giver)), giver, receiver, &mut arrived);
            if found.is_some() {
                return (found, arrived);
            }
        }
        (None, arrived)
    }

    /// Goes down the entrustments from a body that holds in its own name. Where it holds by a transfer, the
    /// chain up to it must not come by those below.
    fn down_from(
        &self,
        base: BodyId,
        by: Option<(usize, BodyId)>,
        giver: BodyId,
        receiver: BodyId,
        arrived: &mut bool,
    ) -> Option<Vec<usize>> {
        let mut seen: BTreeSet<BodyId> = BTreeSet::new();
        let mut open: Vec<(Vec<BodyId>, Vec<usize>)> = vec![(vec![base], Vec::new())];
        while let Some((path, links)) = open.pop() {
            let at = *path.last()?;
            // From a body that holds by law any way to here is as good as another.
            if by.is_none() && !seen.insert(at) {
                continue;
            }
            let above = match by {
                None => Vec::new(),
                Some((number, from)) => {
                    let avoid: Vec<BodyId> = path.iter().copied().chain([receiver]).collect();
                    let Some(mut above) = self.own(&avoid).remove(&from) else { continue };
                    above.push(number);
                    above
                }
            };
            if at == giver {
                *arrived = true;
                return Some(above.into_iter().chain(links).collect());
            }
            for (number, edge) in self.from(at, PassingMode::Entrust) {
                let to = edge.link.receiver;
                if to == receiver || path.contains(&to) {
                    continue;
                }
                let further: Vec<BodyId> = path.iter().copied().chain([to]).collect();
                if edge.onward {
                    let links = links.iter().copied().chain([number]).collect();
                    open.push((further, links));
                } else if to == giver {
                    let avoid: Vec<BodyId> = further.into_iter().chain([receiver]).collect();
                    *arrived |= by.is_none_or(|(_, from)| self.own(&avoid).contains_key(&from));
                }
            }
        }
        None
    }

    /// Whether links lead from one body to another.
    fn leads(&self, from: BodyId, to: BodyId) -> bool {
        let mut seen = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            if at == to {
                return true;
            }
            for (_, edge) in &self.edges {
                if edge.link.giver == at && seen.insert(edge.link.receiver) {
                    open.push(edge.link.receiver);
                }
            }
        }
        false
    }
}
