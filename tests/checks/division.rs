//! The order of claims, rule by rule, and an oracle that asks every single situation.

use jiff::civil::{Date, date};
use linkage::model::{Division, Institution, LeadershipKind, Open, Order, Reason, resolve};
use linkage::space::{Point, Region};
use linkage::syntax::parse;
use linkage::text::SourceId;
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 23);

fn institution(text: &str) -> Institution {
    let parsed = parse(SourceId::default(), text);
    assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
    let resolved = resolve(&[&parsed.file]);
    assert!(resolved.errors.is_empty(), "{:?}", resolved.errors);
    resolved.institution
}

/// Two mandates over one matter; `a` and `b` are their further clauses.
fn order(laws: &str, a: &str, b: &str) -> Order {
    let text = format!(
        "area t {{ north south }} matter m {{ x y }} body p {{ kind police }} body q {{ kind department }}
         {laws}
         mandate one {{ lead p {a} }} mandate two {{ lead q {b} }}"
    );
    let institution = institution(&text);
    Division::new(&institution, TODAY).order(0, 1)
}

const LAWS: &str = "
    law statute_old { rank statute issuer \"npc\" from 2000-01-01 article 1 }
    law statute_new { rank statute issuer \"npc\" from 2020-01-01 article 1 }
    law other_issuer { rank statute issuer \"npcsc\" from 2020-01-01 article 1 }
    law regulation { rank administrative_regulation issuer \"state council\" from 2021-01-01 article 1 }
    law local { rank local_regulation issuer \"province\" article 1 }
    law ministry { rank ministry_rule issuer \"ministry\" article 1 }";

#[test]
fn claims_are_ordered_as_the_semantics_say() {
    let case = |a: &str, b: &str| order(LAWS, a, b);
    // A lower text can't override a higher one by its own word; the higher one may open the way.
    assert_eq!(
        case("over m basis regulation art 1 notwithstanding two", "over m basis statute_new art 1"),
        Order::Yields(Reason::Rank)
    );
    assert_eq!(
        case("over m basis statute_new art 1 yields to two", "over m basis regulation art 1"),
        Order::Yields(Reason::Explicit)
    );
    assert_eq!(
        case("over m notwithstanding two", "over m notwithstanding one"),
        Order::Open(Open::BothPrevail)
    );
    // Lex superior.
    assert_eq!(
        case("over m basis statute_old art 1", "over x basis regulation art 1"),
        Order::Prevails(Reason::Rank)
    );
    assert_eq!(case("over m basis local art 1", "over x basis ministry art 1"), Order::Open(Open::Unranked));
    // Lex specialis and lex posterior, within one rank and issuer only.
    assert_eq!(
        case("over x basis statute_new art 1(2)", "over m basis statute_new art 1"),
        Order::Prevails(Reason::Special)
    );
    // Two rows of one provision are not special to each other.
    assert_eq!(
        case("over x basis statute_new art 1", "over m basis statute_new art 1"),
        Order::Open(Open::OneProvision)
    );
    assert_eq!(
        case("over m basis statute_new art 1", "over m basis statute_old art 1"),
        Order::Prevails(Reason::Later)
    );
    assert_eq!(
        case("over x basis statute_old art 1", "over m basis statute_new art 1"),
        Order::Open(Open::SpecialButOlder)
    );
    assert_eq!(
        case("over x basis statute_new art 1", "over m basis statute_old art 1"),
        Order::Prevails(Reason::Special)
    );
    assert_eq!(
        case("over x basis statute_new art 1", "over m basis other_issuer art 1"),
        Order::Open(Open::Issuers)
    );
    assert_eq!(
        case("over m basis statute_new art 1", "over m basis statute_new art 1"),
        Order::Open(Open::Equal)
    );
    assert_eq!(case("over m", "over m basis statute_new art 1"), Order::Open(Open::NoRank));
}

#[test]
fn what_is_not_in_force_claims_nothing() {
    let text = "area t matter m body p { kind police } body old { kind police }
        body heir { kind police succeeds old since 2019-01-01 }
        law ended { rank statute issuer \"npc\" until 2025-12-31 article 1 }
        law begins { rank statute issuer \"npc\" from 2026-01-01 article 1 { slot s } }
        law names { rank local_rule issuer \"town\" from 2027-01-01 article 1 { designate s as p } }
        mandate past { lead p over m basis ended art 1 }
        mandate now { lead old over m basis begins art 1 }
        mandate waits { lead s over m basis begins art 1 }";
    let institution = institution(text);
    let claims = |day: Date| {
        let division = Division::new(&institution, day);
        division
            .claims()
            .iter()
            .map(|claim| institution[claim.mandate].head.name.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(claims(date(2025, 12, 31)), ["past"]);
    assert_eq!(claims(date(2026, 1, 1)), ["now"]);
    assert_eq!(claims(date(2027, 1, 1)), ["now", "waits"]);
    let division = Division::new(&institution, TODAY);
    let body = division.claims()[0].bodies[0];
    assert_eq!(institution[body].head.name, "heir");
}

#[test]
fn a_circle_leaves_all_its_members() {
    let text = "area t matter m
        body a { kind police } body b { kind police } body c { kind police } body d { kind police }
        mandate ma { lead a over m notwithstanding mb }
        mandate mb { lead b over m notwithstanding mc }
        mandate mc { lead c over m notwithstanding ma, md }
        mandate md { lead d over m yields to ma, mb }";
    let institution = institution(text);
    let division = Division::new(&institution, TODAY);
    let leadership = division.leadership(&[0, 1, 2, 3], &std::collections::BTreeSet::new());
    assert_eq!(leadership.effective, [0, 1, 2]);
    assert_eq!(leadership.kind, LeadershipKind::Overlap);
}

/// A random small institution: four leaf matters, two areas, a severity, and up to six mandates.
fn mandates() -> impl Strategy<Value = String> {
    let clause = (0..4usize, 0..3usize, 0..3usize, 0..3usize, 0..4usize, 0..6usize).prop_map(
        |(body, over, area, severity, law, prevails)| {
            let over = ["m.a", "m.b", "m"][over];
            let area = ["t", "north", "south"][area];
            let when = ["", "when severity > 1", "when severity < 3"][severity];
            let basis = ["", "basis l0 art 1", "basis l1 art 1", "basis l2 art 1"][law];
            (format!("lead b{body} over {over} in {area} {when} {basis}"), prevails)
        },
    );
    proptest::collection::vec(clause, 1..6).prop_map(|all| {
        let count = all.len();
        all.into_iter()
            .enumerate()
            .map(|(index, (clauses, prevails))| {
                let over = prevails % count;
                let explicit = if prevails < 4 || over == index {
                    String::new()
                } else {
                    format!("notwithstanding m{over}")
                };
                format!("mandate m{index} {{ {clauses} {explicit} }}\n")
            })
            .collect()
    })
}

const WORLD: &str = "area t { north south } matter m { a b } attribute severity : 1..3
    body b0 { kind police } body b1 { kind police } body b2 { kind police } body b3 { kind police }
    law l0 { rank statute issuer \"x\" from 2000-01-01 article 1 }
    law l1 { rank statute issuer \"x\" from 2010-01-01 article 1 }
    law l2 { rank local_rule issuer \"y\" from 2010-01-01 article 1 }
    scope { over m }
    ";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Gap, overlap and leadership of regions agree with asking every single situation.
    #[test]
    fn the_division_agrees_with_every_single_situation(mandates in mandates()) {
        let institution = institution(&format!("{WORLD}{mandates}"));
        let division = Division::new(&institution, TODAY);
        let parts = division.within(&Region::full(&institution.space));
        let gaps = division.gaps(&Region::full(&institution.space));
        for matter in 0..2 {
            for area in 0..2 {
                for severity in 0..3 {
                    let point = Point(vec![matter, area, severity, 0, 0]);
                    let present: Vec<usize> = (0..division.claims().len())
                        .filter(|claim| division.mandate(*claim).region.contains(&point))
                        .collect();
                    // Effective is who is beaten, directly or through others, by none but those it beats back.
                    let beaten = |claim: &usize| present.iter().any(|other| {
                        other != claim
                            && reaches(&division, &present, *other, *claim)
                            && !reaches(&division, &present, *claim, *other)
                    });
                    let effective: Vec<usize> = present.iter().copied().filter(|claim| !beaten(claim)).collect();
                    let found: Vec<_> = parts.iter().filter(|(_, region)| region.contains(&point)).collect();
                    prop_assert_eq!(found.len(), 1);
                    let leadership = &found[0].0;
                    prop_assert_eq!(&leadership.present, &present);
                    prop_assert_eq!(&leadership.effective, &effective);
                    prop_assert_eq!(gaps.contains(&point), present.is_empty());
                    let bodies: std::collections::BTreeSet<_> =
                        effective.iter().flat_map(|claim| division.claims()[*claim].bodies.clone()).collect();
                    prop_assert_eq!(leadership.kind == LeadershipKind::One, bodies.len() == 1);
                    prop_assert_eq!(leadership.kind == LeadershipKind::Overlap, bodies.len() > 1);
                }
            }
        }
    }
}

/// Whether `from` prevails, directly or through others present, over `to`.
fn reaches(division: &Division<'_>, present: &[usize], from: usize, to: usize) -> bool {
    let mut open = vec![from];
    let mut seen = Vec::new();
    while let Some(at) = open.pop() {
        if seen.contains(&at) {
            continue;
        }
        seen.push(at);
        for next in
            present.iter().copied().filter(|next| matches!(division.order(at, *next), Order::Prevails(_)))
        {
            if next == to {
                return true;
            }
            open.push(next);
        }
    }
    false
}
