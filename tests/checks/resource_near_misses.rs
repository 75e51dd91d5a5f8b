//! For each fault of resources and channels the smallest rules that nearly have it, and stay silent.

use super::analyse;

const RULES: &str = "
    area t matter m
    body top { kind government }
    body a { kind police under top }
    body b { kind department under top }
    body c { kind platform under top }
    law act { rank statute issuer \"congress\" article 1 }
    law old { rank statute issuer \"congress\" until 2020-01-01 article 1 }
    scope { over m fallback top }
    mandate x { lead a over m basis act art 1 }
    resource map { kind data holder b purpose \"fire\" basis act art 1 }
    procedure p {
        trigger report of m lead by mandate
        step use_it { by lead, c uses map within 1 day outcome done -> close }
        escalate { on timeout to top on refusal to top }
    }
";

/// The codes of family R that these rules show beside [`RULES`].
fn codes(rules: &str) -> Vec<&'static str> {
    let analysis = analyse(&format!("{RULES}{rules}"));
    let mut codes: Vec<&str> = analysis.findings.iter().map(|finding| finding.check.code).collect();
    // Single points of failure have tests of their own.
    codes.retain(|code| code.starts_with('R') && *code != "R005");
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn channel(name: &str, from: &str, to: &str, rest: &str) -> String {
    format!("channel {name} {{ carries map from {from} to {to} {rest} owes feedback within 1 day }} ")
}

const FOUNDED: &str = "basis act art 1";

#[test]
fn reach() {
    assert_eq!(codes(""), ["R001"]);
    // One of two who may act has it; a chain brings it, in whatever order it is written.
    assert!(codes(&channel("k", "b", "c", FOUNDED)).is_empty());
    let (second, first) = (channel("k", "top", "a", FOUNDED), channel("l", "b", "top", FOUNDED));
    assert!(codes(&format!("{second}{first}")).is_empty());
    // The chain lacks its first link, or runs the other way.
    assert_eq!(codes(&second), ["R001"]);
    assert_eq!(codes(&channel("k", "a", "b", FOUNDED)), ["R001"]);
    // A chain that goes round brings nothing of its own.
    let round = format!("{}{}", channel("k", "a", "c", FOUNDED), channel("l", "c", "a", FOUNDED));
    assert_eq!(codes(&round), ["R001"]);
}

#[test]
fn basis_of_channels() {
    assert_eq!(codes(&channel("k", "b", "a", "")), ["R001", "R002"]);
    assert_eq!(codes(&channel("k", "b", "a", "basis old art 1")), ["R001"]);
    assert!(codes(&channel("k", "b", "a", "basis old art 1, act art 1")).is_empty());
}

#[test]
fn purposes() {
    let with = |purpose: &str| codes(&channel("k", "b", "a", &format!("{purpose} {FOUNDED}")));
    assert_eq!(with("purpose \"flood\""), ["R001", "R003"]);
    assert!(with("purpose \"flood\", \"fire\"").is_empty());
    assert!(with("").is_empty());
}

#[test]
fn personal_data() {
    let reaching = channel("k", "b", "a", FOUNDED);
    let with = |rest: &str| codes(&format!("{reaching} resource r {{ kind data holder b {rest} }}"));
    let bounds = ["purpose \"fire\"", "fields \"name\"", "retention 1 year", FOUNDED];
    assert!(with("").is_empty());
    assert!(with(&format!("personal {}", bounds.join(" "))).is_empty());
    for lacking in 0..bounds.len() {
        let rest: Vec<&str> = (0..bounds.len()).filter(|it| *it != lacking).map(|it| bounds[it]).collect();
        assert_eq!(with(&format!("personal sensitive {}", rest.join(" "))), ["R004"], "{}", bounds[lacking]);
    }
}

#[test]
fn one_way() {
    let bare = "channel k { carries map from b to a basis act art 1 } ";
    assert_eq!(codes(bare), ["R006"]);
    assert!(codes(&format!("{bare}{}", channel("l", "a", "b", FOUNDED))).is_empty());
    assert_eq!(codes(&format!("{bare}{}", channel("l", "c", "b", FOUNDED))), ["R006"]);
}

#[test]
fn hours_of_channels() {
    let by_day = |hours: &str| channel("k", "b", "d", &format!("{FOUNDED} during {hours}"));
    let rules = |hours: &str| {
        let step = "procedure q { trigger report of m step s { by d uses map within 1 day outcome done -> close } escalate { on timeout to top on refusal to top } }";
        let night = "body d { kind institution under top duty daily 20:00-23:00 } ";
        // The step of the other procedure has what it uses.
        format!("{night}{}{}{step}", by_day(hours), channel("l", "b", "c", FOUNDED))
    };
    assert_eq!(codes(&rules("workday 08:00-20:00")), ["R001"]);
    assert!(codes(&rules("workday 08:00-20:01")).is_empty());
    // Hours of two channels on the way need not begin together, but must meet.
    let chain = |second: &str| {
        format!(
            "{}{}",
            channel("k", "b", "top", &format!("{FOUNDED} during daily 08:00-12:00")),
            channel("l", "top", "a", &format!("{FOUNDED} during {second}"))
        )
    };
    assert_eq!(codes(&chain("daily 12:00-18:00")), ["R001"]);
    assert!(codes(&chain("daily 11:59-18:00")).is_empty());
}

#[test]
fn a_resource_that_is_elsewhere() {
    let places = |step: &str, areas: &str| {
        codes(&format!(
            "area u {{ u1 u2 }} resource boat {{ kind equipment holder a in {areas} }}
            procedure q {{ trigger report of m {step} step s {{ by a uses boat within 1 day outcome done -> close }}
              escalate {{ on timeout to top on refusal to top }} }}{}",
            channel("k", "b", "c", FOUNDED)
        ))
    };
    assert_eq!(places("", "u1"), ["R001"]);
    assert_eq!(places("in u", "u1"), ["R001"]);
    assert!(places("in u1", "u1").is_empty());
    assert!(places("in u", "u1, u2").is_empty());
}

#[test]
fn a_capacity_of_nothing() {
    let given = channel("k", "b", "c", FOUNDED);
    let with = |capacity: &str| {
        format!(
            "{given}body d {{ kind police under top {capacity} }} procedure q {{ trigger report of m step s {{ by d within 1 day outcome done -> close }} escalate {{ on timeout to top on refusal to top }} }}"
        )
    };
    assert_eq!(codes(&with("capacity 0")), ["R007"]);
    assert!(codes(&with("capacity 1")).is_empty());
    // Who has no step carries nothing.
    assert!(codes(&format!("{given}body d {{ kind police under top capacity 0 }}")).is_empty());
}
