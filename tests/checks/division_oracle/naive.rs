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

/// Bodies that a mandate names and an exclusion speaks of: bodies, mandate, exclusion, and whether it binds.
pub type Barred = (Vec<usize>, usize, usize, bool);

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
    /// Outside the scope, whoever claims it.
    Outside,
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
    entrusted: Option<(Vec<usize>, Vec<usize>, Vec<bool>)>,
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
            let (from, to) = (heirs(package, it.from), heirs(package, it.to));
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
                let (hit, binds) = self.hit(mandate, exclusion, &self.named[mandate]);
                if binds {
                    bodies.retain(|body| !hit.contains(body));
                }
                if !hit.is_empty() {
                    barred.push((hit, mandate, exclusion, binds));
                }
            }
            if !bodies.is_empty() {
                claims.push(Claim { mandate, bodies });
            }
        }
        (claims, barred)
    }

    /// Of which of these bodies an exclusion speaks, and whether it binds the mandate.
    fn hit(&self, mandate: usize, exclusion: usize, bodies: &[usize]) -> (Vec<usize>, bool) {
        let (package, of) = (self.package, &self.package.exclusions[exclusion]);
        if of.basis.is_some_and(|law| !in_time(package.laws[law].time)) {
            return (Vec::new(), true);
        }
        let meant = |body: &usize| {
            of.who.iter().any(|who| match who {
                Who::Name(name) => standing(package, *name).contains(body),
                Who::Kind(kind) => package.bodies[*body].kind == *kind,
            })
        };
        let hit = bodies.iter().copied().filter(meant).collect();
        (hit, self.binds(mandate, exclusion))
    }

    /// Whether an exclusion binds a mandate: by rank; within one rank and issuer unless the mandate is the special
    /// one; without a basis only what has none either.
    fn binds(&self, mandate: usize, exclusion: usize) -> bool {
        let package = self.package;
        let own = best_laws(package, &package.mandates[mandate].basis);
        let bar = package.exclusions[exclusion].basis;
        let (Some(first), Some(bar)) = (own.first(), bar) else { return own.is_empty() };
        let (Some(rank), Some(against)) = (package.laws[*first].rank, package.laws[bar].rank) else {
            return false;
        };
        if !comparable(rank, against) {
            return false;
        }
        if RANKS[rank].1 != RANKS[against].1 {
            return RANKS[rank].1 < RANKS[against].1;
        }
        let issuer = package.laws[bar].issuer;
        let same = issuer.is_some() && own.iter().any(|law| package.laws[*law].issuer == issuer);
        let (region, excluded) = (&self.mandates[mandate], &self.exclusions[exclusion]);
        let inside = region.iter().zip(excluded).all(|(own, other)| !own || *other);
        same && !(inside && region != excluded)
    }

    /// How two claims stand to each other at a situation.
    fn pair(&self, a: &Claim, b: &Claim, at: usize) -> Pair {
        if a.bodies == b.bodies && !self.said_otherwise(a, b) {
            return Pair::Same;
        }
        let with = |these: &[usize], those: &[usize]| {
            these.iter().all(|body| those.contains(body) || self.in_name(*body, those, at))
        };
        if a.bodies != b.bodies && with(&a.bodies, &b.bodies) && with(&b.bodies, &a.bodies) {
            return Pair::United;
        }
        let (one, other) = (&self.package.mandates[a.mandate], &self.package.mandates[b.mandate]);
        match (shares(one, b.mandate), shares(other, a.mandate)) {
            (None, None) => {}
            // Each standing in for the other is no order.
            (Some(how), Some(back)) if how != back || how == "subsidiary" => {
                return Pair::Open(Doubt::Unsaid);
            }
            _ => return Pair::Shared,
        }
        let by_law = self.by_law(a.mandate, b.mandate);
        let yields = [other.yields.contains(&a.mandate), one.yields.contains(&b.mandate)];
        // A text of lower rank can't override by its own word.
        let over = yields[0] || one.over.contains(&b.mandate) && by_law != Pair::Second(Why::Rank);
        let under = yields[1] || other.over.contains(&a.mandate) && by_law != Pair::First(Why::Rank);
        match (over, under) {
            (true, true) => Pair::Open(Doubt::BothPrevail),
            (true, false) => Pair::First(Why::Explicit),
            (false, true) => Pair::Second(Why::Explicit),
            // The same bodies, who say of themselves that they share in two ways.
            (false, false) if a.bodies == b.bodies && matches!(by_law, Pair::Open(_)) => {
                Pair::Open(Doubt::Unsaid)
            }
            (false, false) => by_law,
        }
    }

    fn by_law(&self, a: usize, b: usize) -> Pair {
        let package = self.package;
        let laws = |mandate: usize| best_laws(package, &package.mandates[mandate].basis);
        let (own, against) = (laws(a), laws(b));
        let (Some(first), Some(second)) = (own.first(), against.first()) else {
            return Pair::Open(Doubt::Unsaid);
        };
        let (one, other) = (&package.laws[*first], &package.laws[*second]);
        let (Some(rank), Some(other_rank)) = (one.rank, other.rank) else { return Pair::Open(Doubt::Unsaid) };
        if !comparable(rank, other_rank) {
            return Pair::Open(Doubt::Undecidable);
        }
        if RANKS[rank].1 > RANKS[other_rank].1 {
            return Pair::First(Why::Rank);
        }
        if RANKS[rank].1 < RANKS[other_rank].1 {
            return Pair::Second(Why::Rank);
        }
        let issuer = |law: &usize| package.laws[*law].issuer;
        if !own.iter().any(|law| issuer(law).is_some() && against.iter().any(|it| issuer(it) == issuer(law)))
        {
            return Pair::Open(Doubt::Undecidable);
        }
        // Rows that cite nothing of their own are not special to each other.
        let nothing_own = |one: &[usize], other: &[usize]| one.iter().all(|law| other.contains(law));
        let special = match (self.inside[a][b], self.inside[b][a]) {
            (true, false) if !nothing_own(&own, &against) => 1,
            (false, true) if !nothing_own(&against, &own) => -1,
            _ => 0_i8,
        };
        // A law without a first day is the oldest.
        let later = match one.time.0.cmp(&other.time.0) {
            std::cmp::Ordering::Greater => 1,
            std::cmp::Ordering::Less => -1,
            std::cmp::Ordering::Equal => 0_i8,
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
        let given = |one: usize, other: usize| from.contains(&one) && to.contains(&other);
        let pair = |other: usize| body != other && (given(body, other) || given(other, body));
        place[at] && those.iter().any(|other| pair(*other))
    }

    /// Whether two mandates that name the same bodies say otherwise how these share the lead.
    fn said_otherwise(&self, a: &Claim, b: &Claim) -> bool {
        let said = |claim: &Claim| self.package.mandates[claim.mandate].own.map(|own| SHARINGS[own]);
        let turns = |claim: &Claim| -> Vec<usize> {
            let mut turns = Vec::new();
            for name in &self.package.mandates[claim.mandate].leads {
                for body in standing(self.package, *name) {
                    if claim.bodies.contains(&body) && !turns.contains(&body) {
                        turns.push(body);
                    }
                }
            }
            turns
        };
        let (Some(own), Some(other)) = (said(a), said(b)) else { return false };
        a.bodies.len() > 1 && (own != other || own == "subsidiary" && turns(a) != turns(b))
    }

    /// Whether a mandate leaves open how the bodies that it names share the lead.
    pub fn torn(&self, claim: &Claim, at: usize) -> bool {
        let one_power = |body: &usize| self.in_name(*body, &claim.bodies, at);
        claim.bodies.len() > 1 && !self.says_how(claim) && !claim.bodies.iter().all(one_power)
    }

    /// Whether a mandate says how the bodies that it names share the lead. `subsidiary` orders the names; where one of
    /// them stands for several, these have no order.
    fn says_how(&self, claim: &Claim) -> bool {
        let mandate = &self.package.mandates[claim.mandate];
        match mandate.own.map(|own| SHARINGS[own]) {
            None => false,
            Some("subsidiary") => mandate.leads.iter().all(|name| standing(self.package, *name).len() < 2),
            Some(_) => true,
        }
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
        if !circle && !torn && doubts.is_empty() && !self.fits_together(claims, effective, at) {
            doubts.push(Doubt::Unsaid);
        }
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
                && !self.says_how(claim)
        };
        let one_power = effective.iter().all(|it| united.contains(it) || alone(it));
        if one_power { Outcome::Entrusted } else { Outcome::Shared }
    }

    /// Whether all that is said of how those who lead share it holds at once: bodies are given turns, by trying all of
    /// them; who must act together, or each may, has one turn, and of one turn only one of the two is said.
    fn fits_together(&self, claims: &[Claim], effective: &[usize], at: usize) -> bool {
        let words = self.words(claims, effective, at);
        let bodies: Vec<usize> =
            words.iter().flat_map(|(a, b, _)| [*a, *b]).collect::<BTreeSet<_>>().into_iter().collect();
        let place = |body: &usize| bodies.iter().position(|own| own == body).expect("one of them");
        let count = bodies.len();
        let holds = |turns: &[usize]| {
            let mut said: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); count];
            let each = words.iter().all(|(a, b, how)| {
                let (one, other) = (turns[place(a)], turns[place(b)]);
                if *how == "subsidiary" {
                    return one > other;
                }
                said[one].insert(how);
                one == other
            });
            each && said.iter().all(|own| own.len() < 2)
        };
        let tries = count.pow(u32::try_from(count).expect("few bodies"));
        (0..tries.max(1)).any(|number| {
            let turns: Vec<usize> = (0..count).map(|at| number / count.pow(at as u32) % count).collect();
            holds(&turns)
        })
    }

    /// What is said of two bodies that lead: how the first shares with the second.
    fn words(&self, claims: &[Claim], effective: &[usize], at: usize) -> Vec<(usize, usize, &'static str)> {
        let mut words = Vec::new();
        for claim in effective.iter().map(|it| &claims[*it]) {
            let mandate = &self.package.mandates[claim.mandate];
            let Some(how) = mandate.own.map(|own| SHARINGS[own]) else { continue };
            let mut turns: Vec<usize> = Vec::new();
            for body in mandate.leads.iter().flat_map(|name| standing(self.package, *name)) {
                if claim.bodies.contains(&body) && !turns.contains(&body) {
                    turns.push(body);
                }
            }
            let unordered = mandate.leads.iter().any(|name| standing(self.package, *name).len() > 1);
            if how == "subsidiary" && unordered {
                continue;
            }
            for (place, later) in turns.iter().enumerate() {
                words.extend(turns[..place].iter().map(|before| (*later, *before, how)));
            }
        }
        for a in effective {
            for b in effective.iter().filter(|b| *b != a) {
                let (one, other) = (&claims[*a], &claims[*b]);
                let how = shares(&self.package.mandates[one.mandate], other.mandate);
                let Some(how) = how.filter(|_| self.pair(one, other, at) == Pair::Shared) else { continue };
                for body in &one.bodies {
                    words.extend(other.bodies.iter().filter(|it| *it != body).map(|it| (*body, *it, how)));
                }
            }
        }
        words
    }

    /// The resolution that speaks of the situation and of all who claim it; of several the most special one.
    fn resolved(&self, mandates: &[usize], at: usize) -> Option<usize> {
        let between = |it: usize| &self.package.resolutions[it].between;
        let settles = |it: &usize| {
            self.resolutions[*it][at]
                && (between(*it).is_empty() || mandates.iter().all(|own| between(*it).contains(own)))
        };
        let all: Vec<usize> = (0..self.resolutions.len()).filter(settles).collect();
        let special = |one: usize, other: usize| {
            let within = |a: usize, b: usize| {
                self.resolutions[a].iter().zip(&self.resolutions[b]).all(|(a, b)| !a || *b)
            };
            // Naming none is naming all.
            let named = |it: usize| -> BTreeSet<usize> {
                let all = 0..self.package.mandates.len() + 1;
                if between(it).is_empty() { all.collect() } else { between(it).iter().copied().collect() }
            };
            let (a, b) = (named(one), named(other));
            within(one, other) && (!within(other, one) || a.is_subset(&b) && a != b)
        };
        all.iter().copied().find(|it| all.iter().all(|other| other == it || special(*it, *other)))
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
    mandate.with.iter().find(|(_, other)| *other == with).map(|(how, _)| SHARINGS[*how])
}

/// Whether ranks are ranked at all: local regulations and ministry rules are not, party regulations stand apart.
fn comparable(a: usize, b: usize) -> bool {
    let names = [RANKS[a].0, RANKS[b].0];
    let both = names.contains(&"local_regulation") && names.contains(&"ministry_rule");
    let party = names.iter().filter(|name| **name == "party_regulation").count();
    !both && party != 1
}

/// Of the laws in force those of the highest rank, then the latest; of ranks of one height the one listed first. One
/// without a rank is below all.
fn best_laws(package: &Package, cited: &[usize]) -> Vec<usize> {
    let height = |law: &usize| {
        let law = &package.laws[*law];
        (law.rank.map(|rank| RANKS[rank].1), law.time.0, law.rank.map(std::cmp::Reverse))
    };
    let there: Vec<usize> = cited.iter().copied().filter(|law| in_time(package.laws[*law].time)).collect();
    let best = there.iter().map(height).max();
    there.into_iter().filter(|law| Some(height(law)) == best).collect()
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
        return heirs(package, name);
    }
    let filled = package.slots[name - bodies].iter().filter(|(law, _)| in_time(package.laws[*law].time));
    let all: BTreeSet<usize> = filled.flat_map(|(_, body)| heirs(package, *body)).collect();
    all.into_iter().collect()
}

/// Who took a body's place, and its heir's, and so on: all of them, where several did.
fn heirs(package: &Package, body: usize) -> Vec<usize> {
    let took = |(at, heir): (usize, &super::package::Body)| {
        let own =
            heir.succeeds.is_some_and(|(of, since)| of == body && since.is_none_or(|since| since <= TODAY));
        own.then_some(at)
    };
    let next: Vec<usize> = package.bodies.iter().enumerate().filter_map(took).collect();
    if next.is_empty() {
        return vec![body];
    }
    let all: BTreeSet<usize> = next.into_iter().flat_map(|heir| heirs(package, heir)).collect();
    all.into_iter().collect()
}
