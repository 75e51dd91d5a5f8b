//! Who works with whom, and what a resource depends on: the smallest rules that nearly have each fault.

use super::analyse;

const NONE: [&str; 0] = [];

const RULES: &str = "
    area t matter m { v w x y z }
    body top { kind government }
    body a { kind police under top }
    body b { kind department under top }
    law act { rank statute issuer \"congress\" article 1 }
    scope { over m fallback top }
    mandate first { lead a support b over v basis act art 1 }
";

/// The codes of the family N, and R005, that these rules show beside [`RULES`].
fn codes(rules: &str) -> Vec<&'static str> {
    let analysis = analyse(&format!("{RULES}{rules}"));
    let mut codes: Vec<&str> = analysis.findings.iter().map(|finding| finding.check.code).collect();
    codes.retain(|code| code.starts_with('N') || *code == "R005");
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn taking_part() {
    let fifth = "body c { kind department under top } ";
    assert_eq!(codes(fifth), ["N001"]);
    let but = |rest: &str| codes(&format!("{fifth}{rest}"));
    // Whoever only stands above is there for that; what only forbids gives no part.
    assert_eq!(
        codes(
            "body high { kind government } body c { kind department under high } mandate s { lead b support c over w basis act art 1 }"
        ),
        NONE
    );
    assert_eq!(but("exclude e { body c over m }"), ["N001"]);
    assert_eq!(but("resource r { kind data holder c basis act art 1 }"), ["N001"]);
    assert_eq!(but("mandate s { lead b support kind department over w basis act art 1 }"), NONE);
    assert_eq!(
        but(
            "resource r { kind data holder c basis act art 1 } channel k { carries r from c to b basis act art 1 owes feedback within 1 day }"
        ),
        NONE
    );
    assert_eq!(
        codes(
            "body c { kind department under top } body d { kind department under top succeeds c since 2020-01-01 } mandate s { lead b support d over w basis act art 1 }"
        ),
        NONE
    );
}

#[test]
fn islands() {
    let two = "body c { kind department under top } body d { kind department under top } ";
    let with =
        |rest: &str| codes(&format!("{two} mandate s {{ lead c support d over w basis act art 1 }} {rest}"));
    assert_eq!(with(""), ["N002"]);
    assert_eq!(with("mandate t { lead b support c over x basis act art 1 }"), NONE);
    // A rung ties, and so does a step that follows.
    let procedure = |second: &str, to: &str| {
        format!("procedure p {{ trigger report of v lead by mandate
            step s {{ by a within 1 day outcome done -> u }} step u {{ by {second} within 1 day outcome done -> close }}
            escalate {{ on timeout to {to} on refusal to {to} }} }}")
    };
    assert_eq!(with(&procedure("b", "c")), NONE);
    assert_eq!(with(&procedure("c", "top")), NONE);
    assert_eq!(with(&procedure("b", "top")), ["N002"]);
}

/// Six around one in the middle, and `chords` of the pairs of neighbours tied beside it.
fn wheel(chords: usize) -> Vec<&'static str> {
    let mut rules = String::from(
        "body hub { kind platform under top } resource r { kind data holder hub basis act art 1 } ",
    );
    rules += "channel inward { carries r from hub to a, b basis act art 1 owes feedback within 1 day } ";
    for at in 0..6 {
        rules += &format!("body n{at} {{ kind department under top }} ");
        let mut to = vec!["hub".to_owned()];
        to.extend((at < chords).then(|| format!("n{}", (at + 1) % 6)));
        rules += &format!(
            "channel k{at} {{ carries r from n{at} to {} basis act art 1 owes feedback within 1 day }} ",
            to.join(", ")
        );
    }
    codes(&rules)
}

#[test]
fn passed_through() {
    assert_eq!(wheel(0), ["N003"]);
    // Of 28 pairs of others all pass the middle, less seven that are tied and the half of six that have a way beside.
    assert_eq!(wheel(6), ["N003"]);
    assert_eq!(codes(""), NONE);
}

#[test]
fn leads_in_few_hands() {
    let led = |leads: [&str; 5]| {
        let bodies = "body c { kind department under top } body d { kind department under top } mandate tie { lead a support b, c, d over v basis act art 1 parallel with first } ";
        let of = |(matter, lead): (&str, &str)| {
            format!("mandate over_{matter} {{ lead {lead} over {matter} basis act art 1 }} ")
        };
        let own: String = ["w", "x", "y", "z"].into_iter().zip(leads.into_iter().skip(1)).map(of).collect();
        codes(&format!("{bodies}{own}"))
    };
    // a leads v and w of five: two fifths.
    assert_eq!(led(["a", "a", "b", "c", "d"]), NONE);
    // Three bodies lead: too few to speak of. Four of ten each and more: a leads three fifths.
    assert_eq!(led(["a", "a", "a", "b", "c"]), NONE);
    assert_eq!(led(["a", "b", "c", "d", "a, d parallel"]), Vec::<&str>::new());
}

#[test]
fn single_points() {
    let resource = |holders: &str| format!("resource r {{ kind data holder {holders} basis act art 1 }} ");
    let channel = |name: &str, from: &str, to: &str| {
        format!(
            "channel {name} {{ carries r from {from} to {to} basis act art 1 owes feedback within 1 day }} "
        )
    };
    let with = |holders: &str, rest: &str| {
        codes(&format!(
            "{}{rest} mandate tie {{ lead b support top, a over w basis act art 1 }}
            procedure p {{ trigger report of v lead by mandate
                step s {{ by lead uses r within 1 day outcome done -> close }}
                escalate {{ on timeout to top on refusal to top }} }}",
            resource(holders)
        ))
    };
    // Its own resource comes by no way; what comes by none is out of reach (R001).
    assert_eq!(with("a", ""), NONE);
    assert_eq!(with("b", ""), NONE);
    assert_eq!(with("b", &channel("k", "b", "a")), ["R005"]);
    // Two channels from one holder: the holder is the point. Two holders by one channel: the channel.
    assert_eq!(with("b", &format!("{}{}", channel("k", "b", "a"), channel("l", "b", "a"))), ["R005"]);
    assert_eq!(with("b, top", &channel("k", "b, top", "a")), ["R005"]);
    assert_eq!(with("b, top", &format!("{}{}", channel("k", "b", "a"), channel("l", "top", "a"))), NONE);
    // A second way that comes through the first is none.
    let round = format!("{}{}", channel("k", "b", "top, a"), channel("l", "top", "a"));
    assert_eq!(with("b", &round), ["R005"]);
}

#[test]
fn unused_declarations() {
    let unused = |rules: &str| {
        let analysis = analyse(&format!("{RULES}{rules}"));
        analysis.findings.iter().filter(|finding| finding.check.code == "U006").count()
    };
    assert_eq!(unused(""), 0);
    assert_eq!(
        unused(
            "power p { undelegable } attribute wet : boolean law l { rank statute issuer \"c\" article 1 }"
        ),
        3
    );
    assert_eq!(unused("power p { undelegable } power q { undelegable }"), 1, "one finding a kind");
    let granted = "power p { undelegable } law l { rank statute issuer \"c\" article 1 { grant p to a } }";
    assert_eq!(unused(granted), 0);
    let dependent =
        "attribute wet : boolean mandate s { lead b support a over w when not wet basis act art 1 }";
    assert_eq!(unused(dependent), 0);
    // A condition that holds whatever the attribute says depends on nothing.
    assert_eq!(unused(&dependent.replace("not wet", "wet or not wet")), 1);
    assert_eq!(unused("resource r { kind data holder b basis act art 1 }"), 1);
    assert_eq!(unused("law n { rank statute issuer \"c\" replaces act article 1 }"), 0);
}
