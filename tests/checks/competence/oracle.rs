//! The semantics of competence, asked at every single situation by enumeration: no region algebra, no graph
//! search. Every chain of passings that visits no body twice is written out, and who holds what is read off.
//!
//! `PROPTEST_CASES=100000 cargo test --test main oracle` runs so many packages.

use std::collections::BTreeSet;
use std::fmt::Write;

use linkage::model::{Competence, HoldingMode, PassingMode, PowerId, Void};
use linkage::space::Point;
use proptest::prelude::*;

use super::{TODAY, institution};

/// Four situations: two matters in two areas.
const POINTS: usize = 4;
const BODIES: usize = 5;
const POWERS: usize = 5;

/// The bodies behind each name: five bodies, an old name of b0, a slot that b1 fills, and one that nobody fills.
const NAMES: [(&str, &[usize]); 8] = [
    ("b0", &[0]),
    ("b1", &[1]),
    ("b2", &[2]),
    ("b3", &[3]),
    ("b4", &[4]),
    ("old", &[0]),
    ("filled", &[1]),
    ("open", &[]),
];
const KINDS: [&str; BODIES] = ["police", "police", "department", "department", "committee"];
/// Rank, issuer, first year, and whether it is in force.
const LAWS: [(&str, u8, &str, i32, bool); 7] = [
    ("statute", 5, "x", 2000, true),
    ("statute", 5, "x", 2010, true),
    ("statute", 5, "y", 2010, true),
    ("local_rule", 2, "z", 2010, true),
    ("local_regulation", 3, "z", 2010, true),
    ("ministry_rule", 2, "w", 2010, true),
    ("statute", 5, "x", 2005, false),
];

#[derive(Debug, Clone, Copy)]
enum Who {
    Name(usize),
    Kind(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Grant,
    Forbid,
    Reserve,
    Exclude,
}

/// A grant, a prohibition, or an exclusion (whose law may be missing).
#[derive(Debug, Clone)]
struct Norm {
    verb: Verb,
    law: Option<usize>,
    power: usize,
    who: Who,
    place: (usize, usize),
}

#[derive(Debug, Clone)]
struct Passing {
    transfer: bool,
    from: usize,
    to: usize,
    power: usize,
    place: (usize, usize),
    law: Option<usize>,
    onward: bool,
    over: bool,
}

const OVER: [&str; 3] = ["m", "m.x", "m.y"];
const IN: [&str; 3] = ["t", "n", "s"];

/// The situations of a region, as a set of bits.
fn bits(place: (usize, usize)) -> u8 {
    let mut bits = 0;
    for point in 0..POINTS {
        let (matter, area) = (point / 2, point % 2);
        let in_matter = place.0 == 0 || place.0 == matter + 1;
        let in_area = place.1 == 0 || place.1 == area + 1;
        if in_matter && in_area {
            bits |= 1 << point;
        }
    }
    bits
}

fn bodies(who: Who) -> Vec<usize> {
    match who {
        Who::Name(name) => NAMES[name].1.to_vec(),
        Who::Kind(of) => (0..BODIES).filter(|body| KINDS[*body] == KINDS[of]).collect(),
    }
}

/// Whether the second rule prevails over the first: rank, then within one issuer special and later.
fn yields(law: Option<usize>, own: u8, against: Option<usize>, other: u8, bare: bool) -> bool {
    let Some(against) = against else { return false };
    let Some(law) = law else { return bare };
    let ((rank, height, issuer, since, _), (other_rank, other_height, other_issuer, other_since, _)) =
        (LAWS[law], LAWS[against]);
    let ranks = [rank, other_rank];
    if ranks.contains(&"local_regulation") && ranks.contains(&"ministry_rule") {
        return false;
    }
    if height != other_height {
        return height < other_height;
    }
    if issuer != other_issuer {
        return false;
    }
    let inside = own & other == own && own != other;
    let around = own & other == other && own != other;
    let special = i32::from(around) - i32::from(inside);
    let later = (other_since - since).signum();
    special + later > 0 && special * later >= 0
}

fn may_hold(power: usize, body: usize) -> bool {
    power != 3 || KINDS[body] != "committee"
}

/// One link from body to body, at one situation.
#[derive(Debug, Clone, Copy)]
struct Link {
    passing: usize,
    transfer: bool,
    from: usize,
    to: usize,
    onward: bool,
}

/// Who holds: body, `o`, `t` or `e`, and the passing and giver if any.
type Holder = (usize, char, Option<(usize, usize)>);
/// What comes to nothing: passing, giver, receiver, and a word for why.
type Nothing = (usize, usize, usize, &'static str);

fn at(
    point: usize,
    power: usize,
    norms: &[Norm],
    passings: &[Passing],
) -> (BTreeSet<Holder>, BTreeSet<Nothing>) {
    let bit = 1u8 << point;
    let in_force = |law: Option<usize>| law.is_none_or(|law| LAWS[law].4);
    let here: Vec<&Norm> = norms
        .iter()
        .filter(|norm| norm.power == power && in_force(norm.law) && bits(norm.place) & bit != 0)
        .collect();
    let hits = |norm: &Norm, body: usize| match norm.verb {
        Verb::Grant => false,
        Verb::Forbid | Verb::Exclude => bodies(norm.who).contains(&body),
        Verb::Reserve => !bodies(norm.who).contains(&body),
    };
    let mut origins = BTreeSet::new();
    for grant in here.iter().filter(|norm| norm.verb == Verb::Grant) {
        for body in bodies(grant.who).into_iter().filter(|body| may_hold(power, *body)) {
            let taken = here.iter().any(|norm| {
                hits(norm, body) && yields(grant.law, bits(grant.place), norm.law, bits(norm.place), false)
            });
            if !taken {
                origins.insert(body);
            }
        }
    }
    let mut nothing = BTreeSet::new();
    let mut links = Vec::new();
    for (index, passing) in passings.iter().enumerate() {
        if passing.power != power || passing.over || bits(passing.place) & bit == 0 {
            continue;
        }
        for from in NAMES[passing.from].1.iter().copied() {
            for to in NAMES[passing.to].1.iter().copied() {
                let stays = power == 1 || power == 2;
                let reserved = here.iter().any(|norm| norm.verb == Verb::Reserve && hits(norm, to));
                let forbidden = here.iter().any(|norm| {
                    norm.verb != Verb::Reserve
                        && hits(norm, to)
                        && yields(passing.law, bits(passing.place), norm.law, bits(norm.place), true)
                });
                let why = match () {
                    () if !in_force(passing.law) => Some("stale"),
                    () if passing.law.is_none() && passing.transfer => Some("no basis"),
                    () if stays => Some("stays"),
                    () if !may_hold(power, to) => Some("kind"),
                    () => None,
                };
                if let Some(why) = why {
                    nothing.insert((index, from, to, why));
                    continue;
                }
                if reserved {
                    nothing.insert((index, from, to, "reserved"));
                }
                if forbidden {
                    nothing.insert((index, from, to, "forbidden"));
                }
                if !reserved && !forbidden {
                    let (transfer, onward) = (passing.transfer, passing.onward);
                    links.push(Link { passing: index, transfer, from, to, onward });
                }
            }
        }
    }
    let (links, given, spent) = given_once(&origins, links, passings);
    nothing.extend(given);
    let (holders, unfounded) = chains(&origins, &links, &spent);
    nothing.extend(unfounded);
    (holders, nothing)
}

/// Takes out what is given away again: of the transfers by which a giver gives to several by several acts only the
/// first counts, by rank and then by year; where that does not tell, none does, and the giver has it no more.
fn given_once(
    origins: &BTreeSet<usize>,
    mut links: Vec<Link>,
    passings: &[Passing],
) -> (Vec<Link>, Vec<Nothing>, BTreeSet<usize>) {
    let (mut nothing, mut spent) = (Vec::new(), BTreeSet::new());
    let came_before = |one: &Link, other: &Link| {
        let law = |link: &Link| passings[link.passing].law.map(|law| LAWS[law]);
        let (Some(one), Some(other)) = (law(one), law(other)) else { return false };
        let ranks = [one.0, other.0];
        let apart = ranks.contains(&"local_regulation") && ranks.contains(&"ministry_rule");
        if one.1 != other.1 && !apart { one.1 > other.1 } else { one.3 < other.3 }
    };
    loop {
        let founded = founded_transfers(origins, &links);
        let rivals_of = |from: usize| -> Vec<Link> {
            let own: Vec<Link> = founded.iter().copied().filter(|link| link.from == from).collect();
            let rival = |one: &Link| own.iter().any(|it| it.passing != one.passing && it.to != one.to);
            own.iter().copied().filter(rival).collect()
        };
        let Some(rivals) = (0..BODIES).map(rivals_of).find(|rivals| !rivals.is_empty()) else {
            return (links, nothing, spent);
        };
        let beaten = |own: &Link| rivals.iter().any(|other| came_before(other, own));
        let first: Vec<Link> = rivals.iter().copied().filter(|own| !beaten(own)).collect();
        let decided = first.iter().all(|own| own.passing == first[0].passing);
        if !decided {
            spent.insert(first[0].from);
        }
        for own in rivals.iter().filter(|own| beaten(own) || !decided) {
            let why = if beaten(own) { "not held" } else { "given twice" };
            nothing.push((own.passing, own.from, own.to, why));
            links.retain(|link| (link.passing, link.from, link.to) != (own.passing, own.from, own.to));
        }
    }
}

/// The transfers that end some chain from an origin that visits no body twice.
fn founded_transfers(origins: &BTreeSet<usize>, links: &[Link]) -> Vec<Link> {
    let mut chains: Vec<(Vec<usize>, Option<usize>)> =
        origins.iter().map(|body| (vec![*body], None)).collect();
    let mut founded = BTreeSet::new();
    while let Some((bodies, last)) = chains.pop() {
        if last.is_some_and(|last: usize| !links[last].onward) {
            continue;
        }
        for (index, link) in links.iter().enumerate().filter(|(_, link)| link.transfer) {
            if bodies.last() == Some(&link.from) && !bodies.contains(&link.to) {
                founded.insert(index);
                chains.push((bodies.iter().copied().chain([link.to]).collect(), Some(index)));
            }
        }
    }
    founded.into_iter().map(|index| links[index]).collect()
}

/// Every chain from an origin that visits no body twice: the bodies on it and its links.
type Chain = (Vec<usize>, Vec<usize>);

fn chains(
    origins: &BTreeSet<usize>,
    links: &[Link],
    gone: &BTreeSet<usize>,
) -> (BTreeSet<Holder>, BTreeSet<Nothing>) {
    let passable = |chain: &Chain| chain.1.last().is_none_or(|last| links[*last].onward);
    let end = |chain: &Chain| *chain.0.last().expect("a chain has a body");
    let extended = |begin: Vec<Chain>, transfer: bool| {
        let mut all = begin;
        let mut next = 0;
        while next < all.len() {
            let chain = all[next].clone();
            next += 1;
            for (index, link) in links.iter().enumerate() {
                if link.transfer == transfer
                    && link.from == end(&chain)
                    && passable(&chain)
                    && !chain.0.contains(&link.to)
                {
                    let mut longer = chain.clone();
                    longer.0.push(link.to);
                    longer.1.push(index);
                    all.push(longer);
                }
            }
        }
        all
    };
    let own = extended(origins.iter().map(|body| (vec![*body], Vec::new())).collect(), true);
    // What came by the last link of a chain is given away if the chain can be prolonged by a transfer.
    let gives = |chain: &Chain| {
        passable(chain)
            && (gone.contains(&end(chain))
                || links
                    .iter()
                    .any(|link| link.transfer && link.from == end(chain) && !chain.0.contains(&link.to)))
    };
    let spent: BTreeSet<(usize, Option<usize>)> =
        own.iter().filter(|chain| gives(chain)).map(|chain| (end(chain), chain.1.last().copied())).collect();
    let live: Vec<Chain> =
        own.iter().filter(|chain| !spent.contains(&(end(chain), chain.1.last().copied()))).cloned().collect();
    let all = extended(live.clone(), false);
    let holders = all
        .iter()
        .map(|chain| match chain.1.last().map(|last| links[*last]) {
            None => (end(chain), 'o', None),
            Some(link) => (link.to, if link.transfer { 't' } else { 'e' }, Some((link.passing, link.from))),
        })
        .collect();
    let mut nothing = BTreeSet::new();
    for (index, link) in links.iter().enumerate() {
        let founding = if link.transfer { &own } else { &all };
        let founded = founding.iter().any(|chain| chain.1.last() == Some(&index));
        if founded {
            continue;
        }
        let arrives =
            link.from != link.to && founding.iter().any(|c| end(c) == link.from && !c.0.contains(&link.to));
        let why = match () {
            () if arrives => "onward",
            () if leads(links, link.to, link.from) => "circle",
            () => "not held",
        };
        nothing.insert((link.passing, link.from, link.to, why));
    }
    (holders, nothing)
}

fn leads(links: &[Link], from: usize, to: usize) -> bool {
    let mut reached = BTreeSet::from([from]);
    for _ in 0..links.len() {
        for link in links {
            if reached.contains(&link.from) {
                reached.insert(link.to);
            }
        }
    }
    reached.contains(&to)
}

fn written(norms: &[Norm], passings: &[Passing]) -> String {
    let who = |who: Who| match who {
        Who::Name(name) => NAMES[name].0.to_owned(),
        Who::Kind(of) => format!("kind {}", KINDS[of]),
    };
    let place = |place: (usize, usize)| format!("over {} in {}", OVER[place.0], IN[place.1]);
    let basis = |law: Option<usize>| law.map_or(String::new(), |law| format!("basis l{law}"));
    let mut text = String::from("area t { n s } matter m { x y }\n");
    for (index, kind) in KINDS.iter().enumerate() {
        let succeeds = if index == 0 { "succeeds old since 2020-01-01" } else { "" };
        let _ = writeln!(text, "body b{index} {{ kind {kind} {succeeds} }}");
    }
    text.push_str(
        "body old { kind police }
        law names { article 1 { slot filled slot open } article 2 { designate filled as b1 } }
        power p0 {} power p1 { undelegable } power p2 { coercive }
        power p3 { holders police, department } power p4 { coercive delegable }\n",
    );
    for (index, (rank, _, issuer, since, in_force)) in LAWS.iter().enumerate() {
        let until = if *in_force { "" } else { "until 2020-12-31" };
        let _ = writeln!(text, "law l{index} {{ rank {rank} issuer \"{issuer}\" from {since}-01-01 {until}");
        for (article, norm) in norms.iter().enumerate() {
            let verb = match norm.verb {
                Verb::Grant => "grant",
                Verb::Forbid => "forbid",
                Verb::Reserve => "reserve",
                Verb::Exclude => continue,
            };
            if norm.law == Some(index) {
                let (power, who, place) = (norm.power, who(norm.who), place(norm.place));
                let _ = writeln!(text, "  article {} {{ {verb} p{power} to {who} {place} }}", article + 1);
            }
        }
        text.push_str("}\n");
    }
    for (index, norm) in norms.iter().enumerate().filter(|(_, norm)| norm.verb == Verb::Exclude) {
        let (power, who, place, basis) = (norm.power, who(norm.who), place(norm.place), basis(norm.law));
        let _ = writeln!(text, "exclude x{index} {{ body {who} power p{power} {place} {basis} }}");
    }
    for (index, passing) in passings.iter().enumerate() {
        let verb = if passing.transfer { "transfer" } else { "entrust" };
        let (from, to) = (NAMES[passing.from].0, NAMES[passing.to].0);
        let (power, place, basis) = (passing.power, place(passing.place), basis(passing.law));
        let onward = if passing.onward { "onward" } else { "" };
        let until = if passing.over { "until 2025-12-31" } else { "" };
        let _ = writeln!(
            text,
            "{verb} d{index} {{ from {from} to {to} power p{power} {place} {basis} {until} {onward} }}"
        );
    }
    text
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![4 => (0..NAMES.len()).prop_map(Who::Name), 1 => (0..BODIES).prop_map(Who::Kind)]
}

/// Most speak of the first power, so that they meet.
fn power() -> impl Strategy<Value = usize> {
    prop_oneof![5 => Just(0), 1 => 1..POWERS]
}

fn norm() -> impl Strategy<Value = Norm> {
    let verb = prop_oneof![
        6 => Just(Verb::Grant),
        1 => Just(Verb::Forbid),
        1 => Just(Verb::Reserve),
        1 => Just(Verb::Exclude)
    ];
    (verb, proptest::option::weighted(0.9, 0..LAWS.len()), power(), who(), (0..3usize, 0..3usize)).prop_map(
        |(verb, law, power, who, place)| {
            let law = if verb == Verb::Exclude { law } else { Some(law.unwrap_or(0)) };
            Norm { verb, law, power, who, place }
        },
    )
}

fn passing() -> impl Strategy<Value = Passing> {
    let ends = (any::<bool>(), 0..NAMES.len(), 0..NAMES.len(), power(), (0..3usize, 0..3usize));
    let terms =
        (proptest::option::weighted(0.85, 0..LAWS.len()), any::<bool>(), proptest::bool::weighted(0.1));
    (ends, terms).prop_map(|((transfer, from, to, power, place), (law, onward, over))| Passing {
        transfer,
        from,
        to,
        power,
        place,
        law,
        onward,
        over,
    })
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// Who holds what, in which mode, by whom, and what comes to nothing: as every single situation says.
    #[test]
    fn competence_agrees_with_every_single_situation(
        norms in proptest::collection::vec(norm(), 0..7),
        passings in proptest::collection::vec(passing(), 0..8),
    ) {
        let text = written(&norms, &passings);
        let institution = institution(&text);
        let competence = Competence::new(&institution, TODAY);
        for power in 0..POWERS {
            let held = competence.of(PowerId::at(power));
            for point in 0..POINTS {
                let situation = Point(vec![u32::from(point >= 2), u32::from(point % 2 == 1), 0, 0]);
                let found: BTreeSet<Holder> = held
                    .holdings
                    .iter()
                    .filter(|holding| holding.region.contains(&situation))
                    .map(|holding| {
                        let mode = match holding.mode {
                            HoldingMode::Original => 'o',
                            HoldingMode::Transferred(_) => 't',
                            HoldingMode::Entrusted(_) => 'e',
                        };
                        let last = holding.chain.last().map(|link| (link.passing.index(), link.giver.index()));
                        (holding.body.index(), mode, last)
                    })
                    .collect();
                let failed: BTreeSet<Nothing> = held
                    .failures
                    .iter()
                    .filter(|failure| failure.region.contains(&situation))
                    .map(|failure| {
                        let why = match failure.why {
                            Void::NoBasis => "no basis",
                            Void::NoBasisInForce => "stale",
                            Void::NotDelegable => "stays",
                            Void::WrongKind => "kind",
                            Void::Reserved(_) => "reserved",
                            Void::Prohibited(_) => "forbidden",
                            Void::NotOnward => "onward",
                            Void::Circle => "circle",
                            Void::NotHeld => "not held",
                            Void::GivenTwice => "given twice",
                        };
                        let link = failure.link;
                        (link.passing.index(), link.giver.index(), link.receiver.index(), why)
                    })
                    .collect();
                let (holders, nothing) = at(point, power, &norms, &passings);
                prop_assert_eq!(&found, &holders, "p{} at {}\n{}", power, point, text);
                prop_assert_eq!(&failed, &nothing, "p{} at {}\n{}", power, point, text);
                for holding in held.holdings.iter().filter(|holding| holding.region.contains(&situation)) {
                    let onward = holding.chain.iter().rev().skip(1);
                    prop_assert!(onward.clone().all(|link| institution[link.passing].onward));
                    let modes = holding.chain.iter().map(|link| link.mode == PassingMode::Entrust);
                    prop_assert!(modes.is_sorted(), "{}", text);
                }
            }
        }
    }
}
