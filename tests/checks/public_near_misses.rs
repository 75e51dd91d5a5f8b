//! What is owed, and what those get who are no officials: the smallest rules that nearly have each fault, and
//! the rules about people that must never pass.

use super::analyse;

const NONE: [&str; 0] = [];

const RULES: &str = "
    area t matter m { x y }
    body top { kind government }
    body a { kind police under top }
    body b { kind department under top }
    body team { kind volunteer }
    law act { rank statute issuer \"congress\" article 1 }
    law old { rank statute issuer \"congress\" until 2020-01-01 article 1 }
    scope { over m fallback top }
    mandate x { lead a support b over m basis act art 1 }
";

/// The codes of the families O and G that these rules show.
fn codes(rules: &str) -> Vec<&'static str> {
    let analysis = analyse(rules);
    let mut codes: Vec<&str> = analysis.findings.iter().map(|finding| finding.check.code).collect();
    codes.retain(|code| code.starts_with(['O', 'G']));
    codes.sort_unstable();
    codes.dedup();
    codes
}

const TOLD: &str = "owe feedback reply from lead to reporter within 1 day upon close";

/// One step of a procedure and what the procedure says beside.
fn with(step: &str, rest: &str) -> Vec<&'static str> {
    procedure("report of m", step, &format!("{TOLD} {rest}"))
}

fn procedure(trigger: &str, step: &str, rest: &str) -> Vec<&'static str> {
    codes(&format!(
        "{RULES} procedure p {{ trigger {trigger} lead by mandate
            step s {{ by lead {step} within 1 day outcome done -> close }}
            escalate {{ on timeout to top on refusal to top }} {rest} }}"
    ))
}

#[test]
fn what_can_never_be_discharged() {
    let owe = |from: &str, to: &str, within: &str| {
        with("", &format!("owe data d from {from} to {to} within {within} upon s"))
    };
    // Whether it is balanced is another question.
    let owe = |from: &str, to: &str, within: &str| {
        owe(from, to, within).into_iter().filter(|code| *code != "O003").collect::<Vec<_>>()
    };
    assert_eq!(owe("superior of top", "b", "1 day"), ["O001"]);
    assert!(!owe("superior of a", "b", "1 day").contains(&"O001"));
    assert_eq!(owe("support of volunteer", "b", "1 day"), ["O001"]);
    assert!(!owe("support of department", "a", "1 day").contains(&"O001"));
    assert_eq!(owe("lead", "a", "1 day"), ["O001"]);
    assert!(!owe("lead", "a, b", "1 day").contains(&"O001"));
    assert_eq!(owe("b", "a", "0 days"), ["O001"]);
}

/// Fifteen hours lie between the end of work and its beginning, and two days more at the weekend.
#[test]
fn due_before_the_debtor_is_back() {
    let owing = |within: &str| {
        let hours =
            RULES.replace("body b { kind department", "body b { kind department duty daily 08:30-17:30");
        codes(&format!(
            "{hours} procedure p {{ trigger report of m lead by mandate
                step s {{ by lead within 1 day outcome done -> close }}
                escalate {{ on timeout to top on refusal to top }} {TOLD}
                owe data d from b to a within {within} upon s owe data e from a to b within 1 day upon s }}"
        ))
    };
    assert_eq!(owing("14 hours"), ["O001"]);
    assert_eq!(owing("15 hours"), NONE);
}

#[test]
fn waiting_for_each_other() {
    let of = |name: &str, trigger: &str, emit: &str| {
        format!(
            "procedure {name} {{ {trigger} lead by mandate
                step s {{ by lead within 1 day outcome done -> close emit {emit} }}
                escalate {{ on timeout to top on refusal to top }} {TOLD} }} "
        )
    };
    let three = |first: &str| {
        let (p, q) = (of("p", first, "e"), of("q", "trigger event e", "f"));
        codes(&format!("{RULES}{p}{q}{}", of("r", "trigger event f", "g")))
    };
    assert_eq!(three("trigger event g"), ["O002"]);
    // One that begins otherwise, or that is opened by hand, brings the others about.
    assert_eq!(three("trigger event g trigger report of m"), NONE);
    assert_eq!(three(""), NONE);
    assert_eq!(three("trigger event elsewhere"), NONE);
    let subsidiary = |second: &str, over: &str| {
        let rules = RULES.replace("mandate x {", "mandate x { subsidiary to y");
        codes(&format!("{rules} mandate y {{ lead b over {over} basis act art 1 {second} }}"))
    };
    assert_eq!(subsidiary("subsidiary to x", "m"), ["O002"]);
    assert_eq!(subsidiary("", "m"), NONE);
}

#[test]
fn balance() {
    let owe =
        |from: &str, to: &str| format!("owe data d_{from}_{to} from {from} to {to} within 1 day upon s ");
    // The supporter gives its support.
    assert_eq!(with("", &owe("a", "b")), NONE);
    assert_eq!(with("", &owe("b", "a")), ["O003"]);
    assert_eq!(with("", &format!("{}{}", owe("b", "a"), owe("a", "b"))), NONE);
    assert_eq!(with("", &owe("a", "top")), ["O003"]);
    assert_eq!(with("with top", &owe("a", "top")), NONE);
}

#[test]
fn feedback() {
    let bare = |rest: &str| procedure("report of m", "", rest);
    assert_eq!(bare(""), ["O004"]);
    assert_eq!(bare(TOLD), NONE);
    assert_eq!(bare("closing { tell reporter within 1 day }"), NONE);
    assert!(!bare("owe feedback f from lead to reporter within 1 day upon s").contains(&"O004"));
    assert_eq!(bare("owe data d from lead to reporter within 1 day upon close"), ["O004"]);
    assert_eq!(bare("closing { tell top within 1 day }"), ["O004"]);
    // Who times out has not finished.
    let late = "owe feedback f from lead to reporter within 1 day upon s";
    assert_eq!(procedure("report of m", "on timeout -> close", late), ["O004"]);
    assert_eq!(procedure("request of kind department", "", ""), NONE);
    assert_eq!(procedure("request of kind volunteer", "", ""), ["O004"]);
    assert_eq!(procedure("request of kind volunteer", "", "closing { tell kind volunteer }"), NONE);
}

#[test]
fn guarantees() {
    assert_eq!(with("with team", ""), ["G001", "G002", "G003"]);
    assert_eq!(with("with team basis act art 1", ""), ["G001", "G002"]);
    assert_eq!(with("with team basis old art 1", ""), ["G001", "G002", "G003"]);
    let guarantee =
        |gets: &str| with("with team basis act art 1", &format!("guarantee kind volunteer with {gets}"));
    assert_eq!(guarantee("training"), ["G002"]);
    assert_eq!(guarantee("complaint"), ["G001"]);
    assert_eq!(guarantee("payment, complaint"), NONE);
    assert_eq!(
        with("with team basis act art 1", "guarantee kind resident with training, complaint"),
        ["G001", "G002"]
    );
    // An office is no volunteer, and who supports has no step to do.
    assert_eq!(with("with b", ""), NONE);
    assert_eq!(with("", "support team"), NONE);
    assert_eq!(
        with("with team", "guarantee team with training, complaint basis act art 1"),
        Vec::<&str>::new()
    );
}

fn personal(name: &str, holder: &str, purpose: &str, sensitive: &str) -> String {
    format!(
        "resource {name} {{ kind data holder {holder} personal {sensitive} purpose \"{purpose}\" fields \"name\"
            retention 1 year basis act art 1 }} "
    )
}

fn using(uses: &str, by: &str, trigger: &str, rest: &str) -> Vec<&'static str> {
    let mut codes = codes(&format!(
        "{RULES} body company {{ kind enterprise }} body helper {{ kind auxiliary }} {rest}
        procedure p {{ trigger {trigger} lead by mandate
            step s {{ by {by} uses {uses} basis act art 1 within 1 day outcome done -> close }}
            escalate {{ on timeout to top on refusal to top }} {TOLD}
            guarantee kind enterprise, kind volunteer with training, complaint basis act art 1 }}"
    ));
    codes.retain(|code| *code != "O003");
    codes
}

/// The prohibitions of the field, each as a rule that somebody might write.
#[test]
fn people_are_neither_followed_nor_listed() {
    let (lets, permits) = (personal("lets", "a", "letting", ""), personal("permits", "a", "permits", ""));
    let both = format!("{lets}{permits}");
    let report = "report of m";
    let channel = |carries: &str, from: &str, to: &str, mode: &str| {
        format!(
            "{both} channel k {{ carries {carries} from {from} to {to} {mode} purpose \"letting\", \"permits\" basis act art 1 owes feedback within 1 day }}"
        )
    };
    let use_both = format!(
        "{RULES}{both} procedure p {{ trigger report of m lead by mandate
            step s {{ by a uses lets within 1 day outcome done -> t }}
            step t {{ by a uses permits within 1 day outcome done -> close }}
            escalate {{ on timeout to top on refusal to top }} {TOLD} }}"
    );
    // Each for its own purpose, when a case asks for it.
    assert_eq!(codes(&use_both), NONE);
    assert_eq!(using("lets", "a", report, &lets), NONE);
    // A step that joins two registers by person.
    assert_eq!(using("lets, permits", "a", report, &both), ["G004"]);
    let same = format!("{lets}{}", personal("permits", "a", "letting", ""));
    assert_eq!(using("lets, permits", "a", report, &same), NONE);
    // Registers joined on the way; data that is bought.
    assert_eq!(using("lets", "a", report, &channel("lets, permits", "a", "b", "")), ["G004"]);
    assert_eq!(using("lets", "a", report, &channel("permits", "a", "b", "mode purchase")), ["G004"]);
    assert_eq!(using("lets", "a", report, &channel("permits", "a", "b", "mode order")), NONE);
    // A standing watch: the register is gone through every week, whatever happened.
    assert_eq!(using("lets", "a", "schedule monday 09:00", &lets), ["G004"]);
    // A list of persons, kept for nothing.
    assert_eq!(using("lets", "a", report, &both), ["G004"]);
    // A company hands its gate register over; an office pulls nothing from it.
    assert_eq!(using("lets", "a", report, &channel("permits", "company", "a", "mode agreement")), ["G004"]);
    // Volunteers record; one who is no organ pulls the video; an auxiliary keeps copies of papers.
    let films =
        |holder: &str, sensitive: &str| format!("{lets}{}", personal("films", holder, "watch", sensitive));
    assert_eq!(using("films", "team", report, &format!("{}{permits}", films("team", ""))), ["G004"]);
    assert_eq!(using("lets, films", "company", report, &films("company", "sensitive")), ["G004"]);
    let copies = personal("copies", "helper", "permits", "sensitive");
    assert_eq!(using("copies", "a", report, &copies), ["G004"]);
    // Kept after the purpose ends: no time after which it goes.
    let kept = lets.replace("retention 1 year", "");
    let analysis = analyse(&format!("{RULES}{kept}"));
    assert!(analysis.findings.iter().any(|finding| finding.check.code == "R004"));
}
