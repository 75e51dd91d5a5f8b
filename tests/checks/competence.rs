//! Who holds which power: the rules one by one, and an oracle that asks every single situation.

mod oracle;

use jiff::civil::{Date, date};
use linkage::model::{BodyId, Competence, HoldingMode, Institution, PowerId, Void, resolve};
use linkage::space::Region;
use linkage::syntax::parse;
use linkage::text::SourceId;

const TODAY: Date = date(2026, 11, 23);

pub(super) fn institution(text: &str) -> Institution {
    let parsed = parse(SourceId::default(), text);
    assert!(parsed.errors.is_empty(), "{:?}\n{text}", parsed.errors);
    let resolved = resolve(&[&parsed.file]);
    assert!(resolved.errors.is_empty(), "{:?}\n{text}", resolved.errors);
    resolved.institution
}

const WORLD: &str = "area t matter m { x y }
    body a { kind police } body b { kind department } body c { kind department } body d { kind committee }
    law old { rank statute issuer \"npc\" from 2000-01-01 article 1 { grant inspect to a over m } article 2 }
    power inspect { }
    ";

/// Who holds `inspect` on the whole and how; and what came to nothing, and why.
fn told(further: &str) -> (Vec<String>, Vec<String>) {
    let institution = institution(&format!("{WORLD}{further}"));
    let competence = Competence::new(&institution, TODAY);
    let held = competence.of(PowerId(0));
    let name = |body: BodyId| institution[body].head.name.as_str();
    let whole = Region::full(&institution.space);
    let holdings = held.holdings.iter().map(|holding| {
        let how = match holding.mode {
            HoldingMode::Original => String::new(),
            HoldingMode::Transferred(from) => format!(" transferred by {}", name(from)),
            HoldingMode::Entrusted(from) => format!(" entrusted by {}", name(from)),
        };
        let part = if holding.region.same_as(&whole) { "" } else { " in part" };
        format!("{}{how}{part}", name(holding.body))
    });
    let failures = held.failures.iter().map(|failure| {
        let why = match failure.why {
            Void::Reserved(_) => "Reserved".to_owned(),
            Void::Prohibited(_) => "Prohibited".to_owned(),
            why => format!("{why:?}"),
        };
        format!("{}: {why}", institution[failure.link.passing].head.name)
    });
    (holdings.collect(), failures.collect())
}

#[test]
fn silence_is_disability() {
    assert_eq!(told("").0, ["a"]);
    assert_eq!(told("law gone { until 2020-01-01 article 1 { grant inspect to b } }").0, ["a"]);
    assert_eq!(
        told("law now { article 1 { grant inspect to kind department over x } }").0,
        ["a", "b in part", "c in part"]
    );
}

#[test]
fn a_prohibition_takes_away_where_it_prevails() {
    let forbid = |law: &str| told(&format!("law f {{ {law} article 1 {{ forbid inspect to a over x }} }}")).0;
    // Special; and of another issuer: then no rule decides, and it counts as held.
    assert_eq!(forbid("rank statute issuer \"npc\" from 2030-01-01").len(), 1);
    assert_eq!(forbid("rank statute issuer \"npc\" from 2020-01-01"), ["a in part"]);
    // Special, but older: a law without a first day is the oldest.
    assert_eq!(forbid("rank statute issuer \"npc\""), ["a"]);
    assert_eq!(forbid("rank statute issuer \"other\""), ["a"]);
    assert_eq!(forbid("rank constitution issuer \"other\""), ["a in part"]);
    assert_eq!(forbid("rank local_rule issuer \"other\""), ["a"]);
    assert_eq!(
        told("law r { rank constitution article 1 { reserve inspect to b } }").0,
        Vec::<String>::new()
    );
    assert_eq!(
        told("law e { rank constitution article 1 } exclude no { body kind police power inspect over x basis e }").0,
        ["a in part"]
    );
    // An exclusion that cites no law has no rank: nothing decides.
    assert_eq!(told("exclude no { body a power inspect }").0, ["a"]);
}

#[test]
fn a_transfer_divests_and_an_entrustment_does_not() {
    assert_eq!(told("transfer p { from a to b power inspect basis old }").0, ["b transferred by a"]);
    assert_eq!(
        told("transfer p { from a to b power inspect over x basis old }").0,
        ["a in part", "b transferred by a in part"]
    );
    assert_eq!(told("entrust p { from a to b power inspect }").0, ["a", "b entrusted by a"]);
    // What was transferred can't be entrusted any more.
    let (_, failures) =
        told("transfer p { from a to b power inspect basis old } entrust q { from a to c power inspect }");
    assert_eq!(failures, ["q: NotHeld"]);
}

#[test]
fn passings_come_to_nothing() {
    let failures = |further: &str| told(further).1;
    assert_eq!(failures("transfer p { from a to b power inspect }"), ["p: NoBasis"]);
    assert_eq!(
        failures("law gone { until 2020-01-01 } transfer p { from a to b power inspect basis gone }"),
        ["p: NoBasisInForce"]
    );
    assert_eq!(failures("entrust p { from b to c power inspect }"), ["p: NotHeld"]);
    let twice = |onward: &str| {
        failures(&format!(
            "transfer p {{ from a to b power inspect basis old {onward} }}
             transfer q {{ from b to c power inspect basis old }}"
        ))
    };
    assert_eq!(twice(""), ["q: NotOnward"]);
    assert_eq!(twice("onward"), Vec::<String>::new());
    // In another's name nothing is held that could be transferred.
    assert_eq!(
        failures(
            "entrust p { from a to b power inspect onward } transfer q { from b to c power inspect basis old }"
        ),
        ["q: NotHeld"]
    );
    assert_eq!(
        failures(
            "transfer p { from b to c power inspect basis old onward }
             transfer q { from c to b power inspect basis old onward }"
        ),
        ["p: Circle", "q: Circle"]
    );
    // What comes back to where it came from founds nothing, and the giver stays divested.
    let (holdings, failures) = told(
        "transfer p { from a to b power inspect basis old onward }
         transfer q { from b to a power inspect basis old onward }",
    );
    assert_eq!((holdings, failures), (vec!["b transferred by a".into()], vec!["q: Circle".into()]));
}

#[test]
fn what_must_stay_stays() {
    let with = |flags: &str, further: &str| {
        let world = WORLD.replace("power inspect { }", &format!("power inspect {{ {flags} }}"));
        let institution = institution(&format!("{world}{further}"));
        let competence = Competence::new(&institution, TODAY);
        competence.of(PowerId(0)).failures.iter().map(|failure| failure.why).collect::<Vec<_>>()
    };
    let entrust = "entrust p { from a to d power inspect }";
    assert_eq!(with("undelegable", entrust), [Void::NotDelegable]);
    assert_eq!(with("coercive", entrust), [Void::NotDelegable]);
    assert_eq!(with("coercive delegable", entrust), []);
    assert_eq!(with("holders police, department", entrust), [Void::WrongKind]);
    let reserved = "law r { rank local_rule article 1 { reserve inspect to kind police over x } }";
    assert!(matches!(with("", &format!("{reserved} {entrust}"))[..], [Void::Reserved(_)]));
    let forbidden = "law r { rank local_rule article 1 { forbid inspect to kind committee over x } }";
    assert!(matches!(with("", &format!("{forbidden} {entrust}"))[..], [Void::Prohibited(_)]));
}

#[test]
fn old_names_and_slots_hold_for_those_behind_them() {
    let (holdings, _) = told(
        "body heir { kind police succeeds a since 2020-01-01 }
         law s { article 1 { slot open grant inspect to open over x } }
         law t { from 2027-01-01 article 1 { designate open as b } }",
    );
    assert_eq!(holdings, ["heir"]);
}

#[test]
fn pairs_are_told_where_one_acts_for_the_other() {
    let institution = institution(&format!(
        "{WORLD} entrust p {{ from a to b power inspect over x onward }} entrust q {{ from b to c power inspect }}"
    ));
    let competence = Competence::new(&institution, TODAY);
    let body = |name: &str| institution.body_named(name).expect("declared");
    let whole = Region::full(&institution.space);
    let pair = |one: &str, other: &str| !competence.entrusted_pair(body(one), body(other), &whole).is_empty();
    assert!(pair("a", "b") && pair("b", "a") && pair("a", "c"));
    assert!(!pair("b", "c") && !pair("a", "d"));
    assert!(competence.transferred_pair(body("a"), body("b"), &whole).is_empty());
}
