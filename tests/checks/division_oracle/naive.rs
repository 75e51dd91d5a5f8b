//! The semantics of the division of powers at one situation: who claims, who prevails, who leads.

use std::collections::BTreeSet;

use super::package::{Mandate, Package, RANKS, SHARINGS, TODAY, Time, Who};
use super::space::World;

/// A mandate with the bodies for which it claims the lead at a situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub mandate: usize,
    pub bodies: Vec<usize>,
}

/// Bodies that a mandate names and an exclusion bars: bodies, mandate, exclusion.
pub type Barred = (Vec<usize>, usize, usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    Explicit,
    Rank,
    Special,
    Later,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    BothPrevail,
    Undecidable,
    Unsaid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pair {
    Same,
    United,
    Shared,
    First(Why),
    Second(Why),
    Open(Doubt),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Nobody,
    One,
    Entrusted,
    Shared,
    Resolved(usize),
    Circle,
    Undecidable,
    Unsaid,
}

/// What comes of the claims at one situation.
#[derive(Debug, Clone)]
pub struct Lead {
    pub effective: Vec<Claim>,
    pub bodies: Vec<usize>,
    pub outcome: Outcome,
    pub circle: Vec<usize>,
    /// Winner, loser and why.
    pub overridden: Vec<(usize, usize, Why)>,
}

/// A package on the day asked about, with the situations of each of its rules.
pub struct Naive<'p> {
    pub package: &'p Package,
    pub world: World,
    pub scope: Vec<bool>,
    pub mandates: Vec<Vec<bool>>,
    /// The bodies that each mandate names, if it is worth anything.
    pub named: Vec<Vec<usize>>,
    pub exclusions: Vec<Vec<bool>>,
    resolutions: Vec<Vec<bool>>,
    entrusted: Option<(usize, usize, Vec<bool>)>,
    /// Whether the situations of a mandate all lie in those of another, pair by pair.
    inside: Vec<Vec<bool>>,
}

pub fn in_time((from, until): Time) -> bool {
    from.is_none_or(|from| from <= TODAY) && until.is_none_or(|until| TODAY <= until)
}

impl<'p> Naive<'p> {
    pub fn new(package: &'p Package) -> Self {
        let world = World::new(package);
        let mandates: Vec<Vec<bool>> = package.mandates.iter().map(|it| world.set(&it.place)).collect();
        let within = |a: &Vec<bool>, b: &Vec<bool>| a.iter().zip(b).all(|(a, b)| !a || *b);
        let entrusted = package.entrustment.as_ref().filter(|it| in_time(it.time)).map(|it| {
            let (from, to) = (heir(package, it.from), heir(package, it.to));
            (from, to, world.set(&it.place))
        });
        Self {
            package,
            scope: package.scope.as_ref().map_or(vec![true; world.all.len()], |it| world.set(it)),
            inside: mandates.iter().map(|a| mandates.iter().map(|b| within(a, b)).collect()).collect(),
            named: package.mandates.iter().map(|it| named(package, it)).collect(),
            exclusions: package.exclusions.iter().map(|it| world.set(&it.place)).collect(),
            resolutions: package.resolutions.iter().map(|it| world.set(&it.place)).collect(),
            entrusted,
            mandates,
            world,
        }
    }

    /// Who claims, and who is barred from it, at a situation.
    pub fn claims(&self, at: usize) -> (Vec<Claim>, Vec<Barred>) {
        let (mut claims, mut barred) = (Vec::new(), Vec::new());
        for (mandate, _) in self.mandates.iter().enumerate().filter(|(_, set)| set[at]) {
            let mut bodies = self.named[mandate].clone();
            for exclusion in (0..self.exclusions.len()).filter(|it| self.exclusions[*it][at]) {
                let hit = self.hit(mandate, exclusion, &bodies);
                bodies.retain(|body| !hit.contains(body));
                if !hit.is_empty() {
                    barred.push((hit, mandate, exclusion));
                }
            }
            if !bodies.is_empty() {
                claims.push(Claim { mandate, bodies });
            }
        }
        (claims, barred)
    }

    /// Which of these bodies an exclusion keeps from acting, unless the mandate rests on a higher rank.
    fn hit(&self, mandate: usize, exclusion: usize, bodies: &[usize]) -> Vec<usize> {
        let (package, exclusion) = (self.package, &self.package.exclusions[exclusion]);
        let in_force = |law: usize| in_time(package.laws[law].time);
        if exclusion.basis.is_some_and(|law| !in_force(law)) {
            return Vec::new();
        }
        let own = best_law(package, &package.mandates[mandate].basis).and_then(|law| package.laws[law].rank);
        let other = exclusion.basis.and_then(|law| package.laws[law].rank);
        if let (Some(own), Some(other)) = (own, other)
            && comparable(own, other)
            && RANKS[own].1 > RANKS[other].1
        {
            return Vec::new();
        }
        let meant = |body: &usize| {
            exclusion.who.iter().any(|who| match who {
                Who::Name(name) => standing(package, *name).contains(body),
                Who::Kind(kind) => package.bodies[*body].kind == *kind,
            })
        };
        bodies.iter().copied().filter(meant).collect()
    }

    /// How two claims stand to each other at a situation.
    fn pair(&self, a: &Claim, b: &Claim, at: usize) -> Pair {
        if a.bodies == b.bodies {
            return Pair::Same;
        }
        let with = |these: &[usize], those: &[usize]| {
            these.iter().all(|body| those.contains(body) || self.in_name(*body, those, at))
        };
        if with(&a.bodies, &b.bodies) && with(&b.bodies, &a.bodies) {
            return Pair::United;
        }
        let (one, other) = (&self.package.mandates[a.mandate], &self.package.mandates[b.mandate]);
        if shares(one, b.mandate).or(shares(other, a.mandate)).is_some() {
            return Pair::Shared;
        }
        let over = one.over.contains(&b.mandate) || other.yields.contains(&a.mandate);
        let under = other.over.contains(&a.mandate) || one.yields.contains(&b.mandate);
        match (over, under) {
            (true, true) => Pair::Open(Doubt::BothPrevail),
            (true, false) => Pair::First(Why::Explicit),
            (false, true) => Pair::Second(Why::Explicit),
            (false, false) => self.by_law(a.mandate, b.mandate),
        }
    }

    fn by_law(&self, a: usize, b: usize) -> Pair {
        let package = self.package;
        let law = |mandate: usize| {
            best_law(package, &package.mandates[mandate].basis).map(|law| &package.laws[law])
        };
        let (Some(one), Some(other)) = (law(a), law(b)) else { return Pair::Open(Doubt::Unsaid) };
        let (Some(rank), Some(against)) = (one.rank, other.rank) else { return Pair::Open(Doubt::Unsaid) };
        if !comparable(rank, against) {
            return Pair::Open(Doubt::Undecidable);
        }
        if RANKS[rank].1 > RANKS[against].1 {
            return Pair::First(Why::Rank);
        }
        if RANKS[rank].1 < RANKS[against].1 {
            return Pair::Second(Why::Rank);
        }
        if one.issuer.is_none() || one.issuer != other.issuer {
            return Pair::Open(Doubt::Undecidable);
        }
        let special = i8::from(self.inside[a][b]) - i8::from(self.inside[b][a]);
        let later = match (one.time.0, other.time.0) {
            (Some(a), Some(b)) => i8::from(a > b) - i8::from(a < b),
            _ => 0,
        };
        match (special, later) {
            (0, 0) => Pair::Open(Doubt::Unsaid),
            (1, -1) | (-1, 1) => Pair::Open(Doubt::Undecidable),
            (1, _) => Pair::First(Why::Special),
            (-1, _) => Pair::Second(Why::Special),
            (_, 1) => Pair::First(Why::Later),
            _ => Pair::Second(Why::Later),
        }
    }

    /// Whether a body is one power with one of these: one acts in the other's name.
    fn in_name(&self, body: usize, those: &[usize], at: usize) -> bool {
        let Some((from, to, place)) = &self.entrusted else { return false };
        let pair = |other: usize| (body == *from && other == *to) || (body == *to && other == *from);
        place[at] && from != to && those.iter().any(|other| pair(*other))
    }

    /// Whether a mandate leaves open how the bodies that it names share the lead.
    pub fn torn(&self, claim: &Claim, at: usize) -> bool {
        let one_power = |body: &usize| self.in_name(*body, &claim.bodies, at);
        claim.bodies.len() > 1
            && self.package.mandates[claim.mandate].own.is_none()
            && !claim.bodies.iter().all(one_power)
    }

    pub fn lead(&self, claims: &[Claim], at: usize) -> Lead {
        let pair = |a: usize, b: usize| self.pair(&claims[a], &claims[b], at);
        let count = claims.len();
        let over: Vec<Vec<Option<Why>>> = (0..count)
            .map(|a| {
                let why = |b: usize| match pair(a, b) {
                    Pair::First(why) if a != b => Some(why),
                    _ => None,
                };
                (0..count).map(why).collect()
            })
            .collect();
        let reach = closure(&over);
        // Effective is who is beaten, directly or through others, by none but those it beats back.
        let beaten = |claim: usize| (0..count).any(|other| reach[other][claim] && !reach[claim][other]);
        let effective: Vec<usize> = (0..count).filter(|claim| !beaten(*claim)).collect();
        let circle: Vec<usize> = effective.iter().copied().filter(|it| reach[*it][*it]).collect();
        let mut overridden = Vec::new();
        for winner in &effective {
            for loser in (0..count).filter(|it| beaten(*it)) {
                overridden.extend(
                    over[*winner][loser].map(|why| (claims[*winner].mandate, claims[loser].mandate, why)),
                );
            }
        }
        let bodies: BTreeSet<usize> = effective.iter().flat_map(|it| claims[*it].bodies.clone()).collect();
        let outcome = match bodies.len() {
            0 => Outcome::Nobody,
            1 => Outcome::One,
            _ => self.outcome(claims, &effective, !circle.is_empty(), at),
        };
        let of = |all: &[usize]| all.iter().map(|it| claims[*it].mandate).collect::<Vec<_>>();
        Lead {
            circle: if circle.is_empty() { of(&effective) } else { of(&circle) },
            effective: effective.iter().map(|it| claims[*it].clone()).collect(),
            bodies: bodies.into_iter().collect(),
            outcome,
            overridden,
        }
    }

    fn outcome(&self, claims: &[Claim], effective: &[usize], circle: bool, at: usize) -> Outcome {
        let mut doubts = Vec::new();
        let mut united = BTreeSet::new();
        for (index, a) in effective.iter().enumerate() {
            for b in &effective[index + 1..] {
                match self.pair(&claims[*a], &claims[*b], at) {
                    Pair::Open(doubt) => doubts.push(doubt),
                    Pair::United => united.extend([*a, *b]),
                    _ => {}
                }
            }
        }
        let torn = effective.iter().any(|it| self.torn(&claims[*it], at));
        if circle || torn || !doubts.is_empty() {
            let mandates: Vec<usize> = effective.iter().map(|it| claims[*it].mandate).collect();
            if let Some(resolution) = self.resolved(&mandates, at) {
                return Outcome::Resolved(resolution);
            }
            return match () {
                () if circle || doubts.contains(&Doubt::BothPrevail) => Outcome::Circle,
                () if doubts.is_empty() || doubts.contains(&Doubt::Unsaid) => Outcome::Unsaid,
                () => Outcome::Undecidable,
            };
        }
        let alone = |it: &usize| {
            let claim = &claims[*it];
            claim.bodies.len() > 1
                && claim.bodies.iter().all(|body| self.in_name(*body, &claim.bodies, at))
                && self.package.mandates[claim.mandate].own.is_none()
        };
        let one_power = effective.iter().all(|it| united.contains(it) || alone(it));
        if one_power { Outcome::Entrusted } else { Outcome::Shared }
    }

    /// The first resolution that speaks of the situation and of all who claim it.
    fn resolved(&self, mandates: &[usize], at: usize) -> Option<usize> {
        let settles = |it: &usize| {
            let between = &self.package.resolutions[*it].between;
            self.resolutions[*it][at]
                && (between.is_empty() || mandates.iter().all(|it| between.contains(it)))
        };
        (0..self.resolutions.len()).find(settles)
    }
}

/// Who reaches whom along what prevails; itself only round a circle.
fn closure(over: &[Vec<Option<Why>>]) -> Vec<Vec<bool>> {
    let mut reach: Vec<Vec<bool>> =
        over.iter().map(|row| row.iter().map(Option::is_some).collect()).collect();
    for via in 0..over.len() {
        for from in 0..over.len() {
            for to in 0..over.len() {
                reach[from][to] |= reach[from][via] && reach[via][to];
            }
        }
    }
    reach
}

/// How a mandate says it shares the lead with another.
pub fn shares(mandate: &Mandate, with: usize) -> Option<&'static str> {
    mandate.with.filter(|(_, other)| *other == with).map(|(how, _)| SHARINGS[how])
}

/// Whether ranks are ranked at all: local regulations and ministry rules are not, party regulations stand apart.
fn comparable(a: usize, b: usize) -> bool {
    let names = [RANKS[a].0, RANKS[b].0];
    let both = names.contains(&"local_regulation") && names.contains(&"ministry_rule");
    let party = names.iter().filter(|name| **name == "party_regulation").count();
    !both && party != 1
}

/// Of the laws in force the one of the highest rank, then the latest, then the last cited. One without a
/// rank is below all.
fn best_law(package: &Package, cited: &[usize]) -> Option<usize> {
    let mut best: Option<usize> = None;
    for law in cited.iter().copied().filter(|law| in_time(package.laws[*law].time)) {
        let height = |law: usize| {
            let law = &package.laws[law];
            (law.rank.map(|rank| RANKS[rank].1), law.time.0)
        };
        if best.is_none_or(|best| height(law) >= height(best)) {
            best = Some(law);
        }
    }
    best
}

/// The bodies that a mandate names to lead; none if it is worth nothing on the day.
fn named(package: &Package, mandate: &Mandate) -> Vec<usize> {
    if !worth(package, mandate) {
        return Vec::new();
    }
    let bodies: BTreeSet<usize> = mandate.leads.iter().flat_map(|name| standing(package, *name)).collect();
    bodies.into_iter().collect()
}

/// Whether a mandate says anything on the day: within its time, and a basis in force if it cites any.
pub fn worth(package: &Package, mandate: &Mandate) -> bool {
    let founded =
        mandate.basis.is_empty() || mandate.basis.iter().any(|law| in_time(package.laws[*law].time));
    in_time(mandate.time) && founded
}

/// The bodies for which a name stands on the day.
pub fn standing(package: &Package, name: usize) -> Vec<usize> {
    let bodies = package.bodies.len();
    if name < bodies {
        return vec![heir(package, name)];
    }
    let filled = package.slots[name - bodies].iter().filter(|(law, _)| in_time(package.laws[*law].time));
    filled.map(|(_, body)| heir(package, *body)).collect()
}

/// Who took a body's place, and its heir's, and so on; of several heirs the first in the text.
fn heir(package: &Package, body: usize) -> usize {
    let took = |old: usize| {
        package.bodies.iter().position(|body| {
            body.succeeds.is_some_and(|(of, since)| of == old && since.is_none_or(|since| since <= TODAY))
        })
    };
    took(body).map_or(body, |next| heir(package, next))
}
