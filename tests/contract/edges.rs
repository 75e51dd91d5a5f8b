//! Edges of the semantics that once had two answers: one small package each, in the words of one town.

use jiff::civil::date;
use linkage::case::{Happening, NoLead, Rules};
use linkage::model::{Division, LeadershipKind, Sharing};
use linkage::report::diagnose;
use linkage::sim::{Moment, Scenario, run};
use linkage::text::Language;
use linkage::workspace::{Analysis, Package, analyse_package};

use super::{DAY, facts, opened, told, who};

const TOWN: &str = "area town { n s } matter m { a b }
    body gov { kind government } body centre { kind platform under gov }
    body x { kind department under gov } body y { kind department under gov } body z { kind department under gov }
    law s1 { rank statute issuer \"c\" from 2010-01-01 article 1 article 60 article 61 }
    scope { over m fallback centre }";

fn of(rules: &str) -> Analysis {
    of_text(&format!("{TOWN} {rules}"))
}

fn of_text(text: &str) -> Analysis {
    let analysis = analyse_package(Package::of_text("rules.linkage", text), DAY);
    assert!(analysis.is_understood(), "{text}");
    analysis
}

/// The sentences of the findings with a code.
fn said(analysis: &Analysis, code: &str) -> Vec<String> {
    let findings = analysis.findings.iter().filter(|finding| finding.check.code == code);
    findings.map(|finding| diagnose(analysis, finding, Language::En).message).collect()
}

/// What happens in a scenario, by its YAML; refusals are left out.
fn played(analysis: &Analysis, yaml: &str) -> Vec<Happening> {
    let rules = Rules::new(analysis.institution(), &analysis.package.calendar);
    let story = run(&rules, &Scenario::from_yaml(yaml).expect("a scenario"));
    let happened = story.moments.into_iter().filter_map(|moment| match moment {
        Moment::Event(event) => Some(event.what),
        Moment::Refused { .. } => None,
    });
    happened.collect()
}

/// A procedure with one step of the centre, begun in some way.
fn begun_by(name: &str, trigger: &str) -> String {
    format!(
        "procedure {name} {{ trigger {trigger} lead by mandate
           step act {{ by lead, centre within 1 day outcome ok -> close solved }}
           escalate {{ on timeout to gov on refusal to gov }} }} "
    )
}

#[test]
fn outside_the_scope_nothing_begins_whatever_the_trigger() {
    let narrow = TOWN.replace("scope { over m ", "scope { over a ");
    let mandate = "mandate k { lead x over a basis s1 art 1 }";
    let begun = [
        begun_by("counted", "count 2 of b within 7 days"),
        begun_by("by_calendar", "schedule monday 09:00 over b"),
        begun_by("asked_for", "request of y over b"),
        begun_by("on_some_days", "schedule monday 09:00 over m"),
    ];
    let analysis = of_text(&format!("{narrow} {mandate} {}", begun.concat()));
    let outside = said(&analysis, "P027");
    // P023 tells of the count and the schedule that lie outside as a whole.
    assert_eq!(outside.len(), 1, "{outside:?}");
    assert!(outside.iter().any(|it| it.starts_with("all that may be asked of asked_for here")));
    assert_eq!(said(&analysis, "P023").len(), 2);
    let happened = played(
        &analysis,
        "title: outside
start: 2026-11-23T08:00
facts: { matter: b, area: n }
scheduled: true
script:
  - { at: +1h, as: y, do: open, procedure: asked_for, facts: { matter: b, area: n } }
  - { at: +2h, as: y, do: open, facts: { matter: b, area: n } }
until: 2026-12-01T00:00
",
    );
    let started: Vec<&Happening> = happened
        .iter()
        .filter(|it| match it {
            Happening::Opened { procedure, .. } => !procedure.is_empty(),
            Happening::Led { .. } | Happening::Assigned { .. } => true,
            _ => false,
        })
        .collect();
    // What the calendar begins for everything is about what the scope governs.
    let governed = |it: &&Happening| match it {
        Happening::Opened { procedure, facts, .. } => {
            procedure == "on_some_days" && format!("{facts:?}").contains("Text(\"m.a\")")
        }
        Happening::Led { to, .. } | Happening::Assigned { to, .. } => to[0].body == "x",
        _ => false,
    };
    assert!(started.len() == 6 && started.iter().all(governed), "{started:?}");
    let referred = happened.iter().filter(|it| matches!(it, Happening::ReferredOn { .. })).count();
    // Three reports, and two Mondays of the schedule that lies outside.
    assert_eq!(referred, 5, "{happened:?}");
}

/// What is referred on is no case: it does not count, not even beside cases that do.
#[test]
fn what_is_referred_on_does_not_count() {
    let narrow = TOWN.replace("scope { over m ", "scope { over a ");
    let mandate = "mandate k { lead x over a basis s1 art 1 }";
    let begun = [begun_by("each", "report of m"), begun_by("counted", "count 2 of m within 7 days in town")];
    let analysis = of_text(&format!("{narrow} {mandate} {}", begun.concat()));
    let scenario = |second: &str| {
        format!(
            "title: counted
start: 2026-11-23T08:00
facts: {{ matter: a, area: n }}
script:
  - {{ at: +1h, as: y, do: open, facts: {{ matter: {second}, area: n }} }}
until: 2026-11-23T12:00
"
        )
    };
    let counted = |second: &str| {
        let happened = played(&analysis, &scenario(second));
        happened.iter().any(|it| matches!(it, Happening::Opened { procedure, .. } if procedure == "counted"))
    };
    assert!(counted("a") && !counted("b"));
}

/// How several share a situation of matter `a`: the way, who comes first, and who stands in, turn by turn.
type Shared = (LeadershipKind, Vec<String>, Vec<(Vec<String>, Sharing)>);

fn shared(analysis: &Analysis) -> Shared {
    let institution = analysis.institution();
    let division = Division::new(institution, DAY);
    let asked = linkage::case::region(institution, &facts(analysis, &[("matter", "a"), ("area", "n")]));
    let parts = division.within(&asked);
    assert_eq!(parts.len(), 1);
    let names = |bodies: &[linkage::model::BodyId]| -> Vec<String> {
        bodies.iter().map(|body| institution[*body].head.name.to_string()).collect()
    };
    let leadership = &parts[0].0;
    let first: Vec<_> =
        leadership.bodies.iter().filter(|body| !leadership.standby.contains(body)).copied().collect();
    let turns = leadership.turns().into_iter().map(|(bodies, sharing)| (names(&bodies), sharing)).collect();
    (leadership.kind, names(&first), turns)
}

const A: &str = "over m basis s1 art 1";
const B: &str = "over m basis s1 art 60";
const C: &str = "over m basis s1 art 61";

/// Each two bodies have one word, and all words hold in one order; else it is told, and nobody is picked.
#[test]
fn what_is_said_of_three_is_held_or_told() {
    let contradicts = [
        // Of those who act at once some must and others may.
        format!(
            "mandate A {{ lead x {A} parallel with B, C }} mandate B {{ lead y {B} joint with C }} mandate C {{ lead z {C} }}"
        ),
        format!(
            "mandate A {{ lead x {A} joint with B, C }} mandate B {{ lead y {B} parallel with C }} mandate C {{ lead z {C} }}"
        ),
        // All of both must act, and one of them only where another does not.
        format!(
            "mandate A {{ lead x {A} joint with B, C }} mandate B {{ lead y {B} subsidiary to C }} mandate C {{ lead z {C} }}"
        ),
        format!("mandate A {{ lead x, y {A} subsidiary joint with B }} mandate B {{ lead z {B} }}"),
        format!("mandate A {{ lead x, y {A} joint parallel with B }} mandate B {{ lead z {B} }}"),
        // Each stands in for the next, all the way round.
        format!(
            "mandate A {{ lead x {A} subsidiary to B }} mandate B {{ lead y {B} subsidiary to C }} mandate C {{ lead z {C} subsidiary to A }}"
        ),
    ];
    for rules in contradicts {
        let analysis = of(&rules);
        let codes = told(&analysis);
        assert!(codes.contains(&"D002") && codes.contains(&"D020"), "{codes:?} of {rules}");
        assert_eq!(shared(&analysis).0, LeadershipKind::Overlap, "{rules}");
        // The order of declarations decides nothing.
        let mut declared: Vec<&str> = rules.split_inclusive('}').collect();
        declared.reverse();
        assert_eq!(shared(&of(&declared.concat())).0, LeadershipKind::Overlap, "{rules}");
    }
}

#[test]
fn those_who_stand_in_together_act_together() {
    let (x, y, z) = ("x".to_owned(), "y".to_owned(), "z".to_owned());
    let rules =
        |how: &str| format!("mandate A {{ lead x, y {A} {how} subsidiary to B }} mandate B {{ lead z {B} }}");
    for (how, sharing) in [("joint", Sharing::Joint), ("parallel", Sharing::Parallel)] {
        let analysis = of(&rules(how));
        let codes = told(&analysis);
        assert!(codes.iter().all(|code| !code.starts_with('D')), "{codes:?}");
        let behind = vec![(vec![x.clone(), y.clone()], sharing)];
        let expected = (LeadershipKind::Shared(Sharing::Subsidiary), vec![z.clone()], behind);
        assert_eq!(shared(&analysis), expected);
    }
    let analysis = of(&rules("subsidiary"));
    let one = |body: &String| (vec![body.clone()], Sharing::Subsidiary);
    let expected = (LeadershipKind::Shared(Sharing::Subsidiary), vec![z.clone()], vec![one(&x), one(&y)]);
    assert_eq!(shared(&analysis), expected);
    // The executor does the same: z refuses, and both must act.
    let acts = "procedure p { trigger report of m lead by mandate
        step act { by lead within 1 day outcome ok -> close solved outcome no -> close unsolved }
        escalate { on timeout to gov on refusal to gov } closing { tell reporter within 1 day } }";
    let analysis = of(&format!("{} {acts}", rules("joint")));
    let happened = played(
        &analysis,
        "title: together
start: 2026-11-23T08:00
facts: { matter: a, area: n }
script:
  - { at: +1h, as: z, do: refuse, step: act, reason: not ours }
  - { at: +2h, as: x, do: done, step: act, outcome: ok }
  - { at: +3h, as: y, do: done, step: act, outcome: ok }
until: 2026-11-23T12:00
",
    );
    let again = happened.iter().find_map(|it| match it {
        Happening::Reassigned { to, mode, .. } => Some((to.len(), *mode)),
        _ => None,
    });
    assert_eq!(again, Some((2, linkage::case::Mode::Joint { quorum: 2, silence_is_assent: false })));
    let voiced = happened.iter().filter(|it| matches!(it, Happening::Voiced { .. })).count();
    let done = happened.iter().filter(|it| matches!(it, Happening::Completed { .. })).count();
    assert_eq!((voiced, done), (2, 1), "{happened:?}");
}

/// The same bodies, named in another order and sharing otherwise, are no agreement.
#[test]
fn the_same_bodies_sharing_otherwise_overlap() {
    let pair = |a: &str, b: &str| {
        told(&of(&format!("mandate A {{ lead {a} {A} }} mandate B {{ lead {b} over m basis s1 art 1 }}")))
    };
    let (a, b) = ("x, y JOINT", "y, x PARALLEL");
    let clause = |text: &str, how: &str| text.replace("JOINT", how).replace("PARALLEL", how);
    assert!(pair(&clause(a, ""), &clause(b, "")).contains(&"D002"));
    let with = |first: &str, second: &str| {
        let rules = format!(
            "mandate A {{ lead x, y {A} {first} }} mandate B {{ lead y, x over m basis s1 art 1 {second} }}"
        );
        told(&of(&rules))
    };
    assert!(with("joint", "joint").is_empty());
    assert!(with("joint", "parallel").contains(&"D002"));
    assert!(with("subsidiary", "subsidiary").contains(&"D002"));
    // Who leads is not in doubt, whatever the bases: what is said of sharing contradicts itself, and that is told.
    let other = [A, B, "over m"];
    for region in other {
        let rules = format!(
            "mandate A {{ lead x, y over m basis s1 art 1 joint }} mandate B {{ lead y, x {region} parallel }}"
        );
        let analysis = of(&rules);
        assert!(told(&analysis).contains(&"D020"), "{region}: {:?}", told(&analysis));
        let overlaps = said(&analysis, "D002");
        assert!(overlaps[0].ends_with("what is said of how they share contradicts itself"), "{overlaps:?}");
        let division = Division::new(analysis.institution(), DAY);
        let here = linkage::case::region(analysis.institution(), &facts(&analysis, &[("matter", "a")]));
        let answer =
            linkage::report::who_text(&linkage::report::who(&division, &here, Language::En), Language::En);
        assert!(
            answer.contains("nobody is picked: what is said of how they share contradicts itself"),
            "{answer}"
        );
    }
}

/// Where nobody can end a dispute, the overlap does not say that somebody could settle it.
#[test]
fn who_could_settle_a_dispute_is_one_answer() {
    let notes = |rules: &str| {
        let analysis = of_text(rules);
        let finding =
            analysis.findings.iter().find(|finding| finding.check.code == "D002").expect("an overlap");
        let notes = diagnose(&analysis, finding, Language::En).notes;
        (told(&analysis).contains(&"D011"), notes.concat())
    };
    let claims = "mandate A { lead x over m } mandate B { lead y over m }";
    let (endless, notes_below) = notes(&format!("{TOWN} {claims}"));
    assert!(!endless && notes_below.contains("who could settle it: "), "{notes_below}");
    let apart = TOWN.replace("body y { kind department under gov }", "body y { kind department }");
    let (endless, notes_apart) = notes(&format!("{apart} {claims}"));
    assert!(endless && notes_apart.contains("nobody can decide"), "{notes_apart}");
    assert!(!notes_apart.contains("who could settle it"), "{notes_apart}");
}

const FILLED: &str = "law code { rank statute issuer \"c\" from 2010-01-01 article 1 { slot dep } }
    law notice { rank normative_document issuer \"t\" from 2011-01-01 article 1 { designate dep as x over a } }
    mandate k { lead y over m basis s1 art 1 }";

/// A slot that is filled in a part only is told of wherever rules name it.
#[test]
fn a_slot_filled_in_part_is_told_where_it_is_used() {
    let procedure = |step: &str, more: &str| {
        format!(
            "{FILLED} procedure p {{ trigger report of m lead by mandate
               step act {{ {step} within 1 day outcome ok -> close solved }}
               escalate {{ on timeout to gov on refusal to gov }} {more} }}"
        )
    };
    let told_of = |rules: &str| said(&of(rules), "D005");
    let used = [
        procedure("by dep", ""),
        procedure("by gov escalate { after 50% to dep on timeout to gov on refusal to gov }", ""),
        procedure("by gov", "closing { tell dep within 1 day }"),
        format!("{FILLED} mandate sup {{ support dep over m basis s1 art 60 }}"),
    ];
    for rules in used {
        let expected = ["dep is to be named by another act, and no act in force names it for b"];
        assert_eq!(told_of(&rules), expected, "{rules}");
    }
    let narrow = procedure("by dep", "").replace("trigger report of m", "trigger report of a");
    assert!(told_of(&narrow).is_empty());
}

const POWER: &str = "power fine { penalty delegable }
    law grants { rank statute issuer \"c\" from 2010-01-01 article 1 { grant fine to x over m } }";

/// Where nobody else has a step the fallback body has it: what it lacks is told of it, as the executor refuses it.
#[test]
fn what_comes_to_the_fallback_body_is_asked_of_it() {
    let step = |by: &str, trigger: &str| {
        format!(
            "procedure p {{ trigger report of {trigger} lead by mandate
               step act {{ by {by} needs fine within 1 day outcome ok -> close solved }}
               escalate {{ on timeout to gov on refusal to gov }} closing {{ tell reporter within 1 day }} }}"
        )
    };
    let gap = of(&format!("{POWER} mandate k {{ lead x over a basis s1 art 1 }} {}", step("lead", "m")));
    assert_eq!(
        said(&gap, "A001"),
        ["act goes to centre, the fallback body, and needs fine, which nothing gives it there: b"]
    );
    let none = of(&format!("{POWER} mandate k {{ lead x over a basis s1 art 1 }} {}", step("lead", "a")));
    assert!(said(&none, "A001").is_empty());
    let slot = of(&format!("{POWER} {FILLED} {}", step("dep", "m")));
    assert_eq!(
        said(&slot, "A001"),
        ["act goes to centre, the fallback body, and needs fine, which nothing gives it there: b"]
    );
}

/// A successor for a part supervises that part, and no more.
#[test]
fn who_succeeds_in_a_part_supervises_itself_there() {
    let procedure = "body heir { kind department under gov succeeds y since 2020-01-01 over a }
        mandate k { lead z over m basis s1 art 1 }
        procedure p { trigger report of m lead by mandate
          step act { by y within 1 day outcome ok -> close solved }
          escalate { on timeout to y on refusal to gov } closing { tell reporter within 1 day } }";
    let told = said(&of(procedure), "D015");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().any(|it| it.contains("heir")), "{told:?}");
    let supervised = "body heir { kind department under gov succeeds y since 2020-01-01 over a }
        mandate k { lead heir over m basis s1 art 1 }
        mandate w { supervise y over m basis s1 art 60 }";
    let analysis = of(supervised);
    let findings: Vec<_> = analysis.findings.iter().filter(|it| it.check.code == "D015").collect();
    assert_eq!(findings.len(), 1);
    let at_b = linkage::case::region(analysis.institution(), &facts(&analysis, &[("matter", "b")]));
    assert!(findings[0].region.as_ref().is_some_and(|region| region.is_disjoint(&at_b)));
}

/// What a package is told, by fingerprints and by what SARIF readers know findings by.
fn marks(text: &str) -> (Vec<String>, Vec<String>) {
    let analysis = of_text(text);
    let report = linkage::report::check_report(&analysis, Language::En);
    let mut known: Vec<String> =
        report.findings.iter().map(|it| format!("{} {}", it.code, it.fingerprint)).collect();
    let sarif = linkage::report::sarif(&analysis, Language::En);
    let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("it is JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let print = |it: &serde_json::Value| format!("{} {}", it["ruleId"], it["partialFingerprints"]);
    let mut prints: Vec<String> = results.iter().map(print).collect();
    known.sort();
    prints.sort();
    (known, prints)
}

/// Powers passed on in several ways: reordered, and with other keywords, findings are known again.
#[test]
fn findings_are_known_again_in_another_order_and_in_other_words() {
    let rules = [
        POWER,
        "mandate k { lead y over m basis s1 art 1 power fine }",
        "mandate l { lead x over m basis s1 art 60 }",
        "entrust e2 { from x to z power fine over a basis s1 art 60 }",
        "transfer t8 { from x to z power fine over b in n basis s1 art 60 }",
        "transfer t5 { from x to y power fine over b in s basis s1 art 60 }",
        "transfer t6 { from x to z power fine over b in s basis s1 art 60 }",
        "require no m led by x",
        "require every procedure passes act",
        "procedure p { trigger report of m lead by mandate
           step act { by lead needs fine within 1 day outcome ok -> close solved }
           escalate { on timeout to gov on refusal to gov } }",
    ];
    let text = format!("{TOWN} {}", rules.join("\n"));
    let parsed = linkage::syntax::parse(linkage::text::SourceId::default(), &text);
    let declared = parsed.file.declarations.iter().map(|it| it.span);
    let mut declared: Vec<&str> =
        declared.map(|span| &text[span.start as usize..span.end as usize]).collect();
    declared.reverse();
    let before = marks(&text);
    assert!(
        before.0.iter().any(|it| it.starts_with("A002")) && before.0.iter().any(|it| it.starts_with("Q002"))
    );
    assert_eq!(marks(&declared.join("\n")), before);
    for keywords in [Language::Zh, Language::En].map(linkage::syntax::Keywords::All) {
        assert_eq!(marks(&linkage::syntax::format(&text, keywords).expect("it formats")), before);
    }
    // Who gave the power away is told of both acts between which nothing decides.
    let analysis = of_text(&text);
    let asked =
        linkage::case::region(analysis.institution(), &facts(&analysis, &[("matter", "b"), ("area", "s")]));
    let division = Division::new(analysis.institution(), DAY);
    let power = linkage::model::PowerId::at(0);
    let answer = linkage::report::who_holds(division.competence(), power, &asked, Language::En);
    let gone: Vec<&String> = answer.against.iter().filter(|line| line.starts_with("not x")).collect();
    assert_eq!(gone.len(), 2, "{:?}", answer.against);
}

/// The record of a gap says what took the lead away.
#[test]
fn the_record_says_why_nobody_leads() {
    let rules = "mandate k { lead x over m basis s1 art 1 } exclude no_x { body x over a basis s1 art 60 }
        procedure p { trigger report of m lead by mandate
          step act { by lead within 1 day outcome ok -> close solved }
          escalate { on timeout to gov on refusal to gov } closing { tell reporter within 1 day } }";
    let analysis = of(rules);
    let happened = opened(&analysis, &[("matter", "a"), ("area", "n")]);
    let because = happened.iter().find_map(|it| match it {
        Happening::GapMet { because } => Some(because.clone()),
        _ => None,
    });
    let because = because.expect("a gap");
    assert_eq!(because.len(), 1);
    assert_eq!(because[0].mandate, "k");
    assert_eq!(because[0].why, NoLead::Excluded { bodies: vec!["x".into()], by: "no_x".into() });
}

#[test]
fn a_lower_text_does_not_override_a_higher_exclusion() {
    let rules = |basis: &str, how: &str| {
        format!(
            "law low {{ rank normative_document issuer \"t\" from 2012-01-01 article 1 }}
             mandate k {{ lead x over m {basis} {how} }} exclude e_f {{ body x over m basis s1 art 60 }}"
        )
    };
    let analysis = of(&rules("basis low art 1", "notwithstanding e_f"));
    assert_eq!(told(&analysis), ["D001", "D016", "D018"]);
    assert_eq!(who(&analysis, &[]), [(LeadershipKind::Nobody, Vec::new())]);
    assert_eq!(told(&of(&rules("basis low art 1", ""))), ["D001", "D016"]);
    // What rests on no law does not override what rests on one; between two that rest on none it does.
    assert_eq!(told(&of(&rules("", "notwithstanding e_f"))), ["D001", "D016", "D018"]);
    let bare = rules("", "notwithstanding e_f").replace("over m basis s1 art 60", "over m");
    assert_eq!(told(&of(&bare)), ["D017"]);
}

/// Whom mandates name for a part of what is known only, the record does not name for all of it.
#[test]
fn the_record_of_a_report_outside_names_nobody_too_many() {
    let narrow = TOWN.replace("scope { over m ", "attribute grave : 1..3 scope { over a ");
    let rules = "mandate k { lead x over m basis s1 art 1 }
        mandate l { lead y over b when grave >= 2 basis s1 art 60 joint with k }";
    let analysis = of_text(&format!("{narrow} {rules}"));
    let referred = |stated: &[(&str, &str)]| {
        let happened = opened(&analysis, stated);
        happened.into_iter().find_map(|it| match it {
            Happening::ReferredOn { to, perhaps } => Some((to, perhaps)),
            _ => None,
        })
    };
    let unknown = referred(&[("matter", "b"), ("area", "n")]);
    assert_eq!(unknown, Some((vec!["x".into()], vec!["y".into()])));
}

/// A gap is shown in the scope that claims it.
#[test]
fn a_gap_is_shown_in_its_own_scope() {
    let town =
        TOWN.replace("scope { over m fallback centre }", "scope { over a fallback centre } scope { over b }");
    let analysis = of_text(&format!("{town} mandate k {{ lead x over a basis s1 art 1 }}"));
    let gap = analysis.findings.iter().find(|it| it.check.code == "D001").expect("a gap");
    let scopes: Vec<_> = gap.places.iter().filter(|place| place.label == "scope").collect();
    assert_eq!(scopes.len(), 1);
    let start = scopes[0].span.start as usize;
    let text = format!("{town} mandate");
    assert!(text[start..].starts_with("scope { over b }"));
}

/// What a successor takes over in a part, the listing over time does not tell as mended.
#[test]
fn a_part_that_passes_to_an_heir_is_not_mended() {
    let rules = format!(
        "{TOWN} body heir {{ kind department under gov succeeds y since 2020-01-01 over a }}
         mandate k {{ lead z over m basis s1 art 1 }}
         procedure p {{ trigger report of m lead by mandate
           step act {{ by y within 1 day outcome ok -> close solved }}
           escalate {{ on timeout to y on refusal to gov }} closing {{ tell reporter within 1 day }} }}"
    );
    let package = Package::of_text("rules.linkage", &rules);
    let timeline = linkage::workspace::timeline(package, date(2019, 6, 1), date(2020, 6, 1));
    let appeared = timeline.turns.iter().flat_map(|turn| &turn.appeared);
    assert_eq!(appeared.filter(|it| it.finding.check.code == "D015").count(), 2);
}

/// A package has one fallback body and one forum: which of two counts is not left to their order.
#[test]
fn two_fallback_bodies_are_an_error() {
    let town = |first: &str, second: &str| {
        TOWN.replace(
            "scope { over m fallback centre }",
            &format!("scope {{ over a {first} }} scope {{ over b {second} }}"),
        )
    };
    let faults = |text: &str| {
        let analysis = analyse_package(Package::of_text("rules.linkage", text), DAY);
        linkage::report::faults(&analysis, Language::En).into_iter().map(|it| it.message).collect::<Vec<_>>()
    };
    let two = [
        ("fallback centre", "fallback gov", "two `fallback` clauses"),
        ("forum { superior }", "forum { first_receiver }", "two `forum` clauses"),
    ];
    for (first, second, expected) in two {
        assert_eq!(faults(&town(first, second)), [expected]);
        assert_eq!(faults(&town(second, first)), [expected]);
        assert!(faults(&town(first, first)).is_empty());
    }
}

/// How several share the lead, said where one leads, does nothing and is told.
#[test]
fn sharing_of_one_alone_is_told() {
    assert_eq!(told(&of(&format!("mandate k {{ lead x joint {A} }}"))), ["D021"]);
    assert!(!told(&of(&format!("mandate k {{ lead x, y joint {A} }}"))).contains(&"D021"));
}

/// Which of two acceptances answers for a finding is not left to their order.
#[test]
fn which_acceptance_counts_does_not_depend_on_their_order() {
    let rules = "mandate k { lead x over m basis s1 art 1 } mandate l { lead y over m basis s1 art 60 }";
    let accepts = [
        "accept overlap { on k, l reason \"for a while\" until 2027-01-01 } ",
        "accept overlap { on k, l reason \"for good\" } ",
        "accept overlap { on k reason \"whatever else\" } ",
    ];
    let reason = |accepts: &[&str]| {
        let analysis = of(&format!("{rules} {}", accepts.concat()));
        let report = linkage::report::check_report(&analysis, Language::En);
        report.accepted.first().and_then(|it| it.reason.clone())
    };
    let [one, two, three] = accepts;
    for order in [[one, two, three], [three, two, one], [two, one, three]] {
        assert_eq!(reason(&order).as_deref(), Some("for good"));
    }
}

/// Silence that counts as assent is told as silence: the record does not say that somebody agreed.
#[test]
fn the_record_tells_silence_as_silence() {
    let rules = |silence: &str| {
        format!(
            "mandate k {{ lead x {A} }} procedure p {{ trigger report of m lead by mandate
               consult meet {{ by x, y, z quorum 2 silence {silence} within 1 day
                 outcome yes -> close solved outcome no -> close unsolved on refusal -> close unsolved }}
               escalate {{ on timeout to gov on refusal to gov }} }}"
        )
    };
    let silent = |silence: &str, says: &str| {
        let yaml = format!(
            "title: silence\nstart: 2026-11-23T08:00\nfacts: {{ matter: a, area: n }}\nscript:\n  - {{ at: +1h, as: x, do: done, step: meet, outcome: {says} }}\nuntil: 2026-11-26T00:00\n"
        );
        let happened = played(&of(&rules(silence)), &yaml);
        happened.into_iter().find_map(|it| match it {
            Happening::Completed { outcome, silent, .. } => Some((outcome, silent)),
            _ => None,
        })
    };
    let both = || vec!["y".into(), "z".into()];
    assert_eq!(silent("assent", "no"), Some(("yes".into(), both())));
    assert_eq!(silent("assent", "yes"), Some(("yes".into(), both())));
    assert_eq!(silent("refusal", "yes"), None);
}

/// Who supervises, chairs or decides by the name of a body whose place was taken in a part is who stands there.
#[test]
fn a_part_that_passes_on_takes_its_supervision_along() {
    let rules = "body heir { kind department under gov succeeds y since 2020-01-01 over a }
        mandate k { lead x over m basis s1 art 1 supervise y }
        procedure p { trigger report of m lead by mandate
          step act { by x within 1 day outcome ok -> close solved }
          consult meet { by x, z chair y quorum 1 silence refusal within 1 day outcome ok -> close solved }
          escalate { on timeout to gov on refusal to gov } }";
    let analysis = of(rules);
    for (matter, expected) in [("a", "heir"), ("b", "y")] {
        let happened = opened(&analysis, &[("matter", matter), ("area", "n")]);
        let supervisors = happened.iter().find_map(|it| match it {
            Happening::Supervised { supervisors } => {
                Some(supervisors.iter().map(|it| it.body.to_string()).collect::<Vec<_>>())
            }
            _ => None,
        });
        assert_eq!(supervisors, Some(vec![expected.to_owned()]), "{matter}");
    }
    let coordinated = TOWN.replace("fallback centre }", "fallback centre forum { coordinator dep } }");
    let slot = "law code { rank statute issuer \"c\" from 2010-01-01 article 1 { slot dep } }
        law notice { rank normative_document issuer \"t\" from 2011-01-01 article 1 { designate dep as z over a } }
        mandate k { lead x over m basis s1 art 1 } mandate l { lead y over m basis s1 art 60 }
        procedure p { trigger report of m lead by mandate
          step act { by lead within 1 day outcome ok -> close solved }
          escalate { on timeout to gov on refusal to gov } }";
    let analysis = of_text(&format!("{coordinated} {slot}"));
    let decided = |matter: &str| {
        let happened = opened(&analysis, &[("matter", matter), ("area", "n")]);
        happened.iter().any(|it| matches!(it, Happening::ForumOpened { .. }))
    };
    assert!(decided("a") && !decided("b"));
}

/// Two acts that name one body for a slot name it once: its heirs, and theirs, stand for the slot.
#[test]
fn a_slot_filled_twice_passes_to_the_last_heir() {
    let rules = "law code { rank statute issuer \"c\" from 2010-01-01 article 1 { slot dep } }
        law notice { rank normative_document issuer \"t\" from 2011-01-01
          article 1 { designate dep as x } article 2 { designate dep as x } }
        body heir { kind department under gov succeeds x }
        body grandchild { kind department under gov succeeds heir }
        mandate k { lead dep over m basis s1 art 1 }";
    let analysis = of(rules);
    assert_eq!(who(&analysis, &[]), [(LeadershipKind::One, vec!["grandchild".to_owned()])]);
}

/// `-> escalate` steps on a rung of its kind, else on any: a missed deadline then leads on.
#[test]
fn a_step_sent_up_its_ladder_leads_on() {
    let step = |clauses: &str, ladder: &str| {
        let analysis = of(&format!(
            "mandate k {{ lead x {A} }} procedure p {{ trigger report of m lead by mandate
               step act {{ by lead {clauses} outcome ok -> close solved }} escalate {{ {ladder} }} }}"
        ));
        said(&analysis, "E001")
    };
    assert!(step("within 1 day on timeout -> escalate", "on refusal to gov").is_empty());
    assert!(step("within 1 day on refusal -> escalate", "on timeout to gov").is_empty());
    assert_eq!(step("within 1 day", "on refusal to gov"), ["a missed deadline of act leads nowhere"]);
    assert_eq!(step("within 1 day", "on timeout to gov"), ["a refusal of act leads nowhere"]);
    let analysis = of(&format!(
        "mandate k {{ lead x {A} }} procedure p {{ trigger report of m lead by mandate
           step act {{ by lead within 1 day on timeout -> escalate outcome ok -> close solved }}
           escalate {{ on refusal to gov }} }}"
    ));
    let happened = played(
        &analysis,
        "title: late
start: 2026-11-23T08:00
facts: { matter: a, area: n }
until: 2026-12-01T00:00
",
    );
    assert!(happened.iter().any(|it| matches!(it, Happening::Escalated { holds: true, .. })), "{happened:?}");
}

/// A called procedure that ends without saying whether the problem is solved: the call goes on as solved, and the
/// record does not say that it was.
#[test]
fn an_end_that_says_nothing_is_recorded_as_unsaid() {
    let called = |end: &str| {
        let analysis = of(&format!(
            "mandate k {{ lead x {A} }}
             procedure p {{ trigger report of m lead by mandate
               call other {{ runs inner within 5 days outcome solved -> close solved outcome unsolved -> close unsolved
                 on timeout -> close unsolved }} }}
             procedure inner {{ lead by mandate step act {{ by lead within 1 day outcome ok -> {end} }}
               escalate {{ on timeout to gov on refusal to gov }} }}"
        ));
        let happened = played(
            &analysis,
            "title: called
start: 2026-11-23T08:00
facts: { matter: a, area: n }
procedure: p
script:
  - { at: +1h, as: x, do: done, step: act, outcome: ok, case: C2 }
until: 2026-11-24T00:00
",
        );
        happened.into_iter().find_map(|it| match it {
            Happening::Returned { solved, unsaid, .. } => Some((solved, unsaid)),
            _ => None,
        })
    };
    assert_eq!(called("close"), Some((true, true)));
    assert_eq!(called("close solved"), Some((true, false)));
    assert_eq!(called("close unsolved"), Some((false, false)));
}

/// Two resolutions that contradict each other are told where they settle nothing, also by `who`.
#[test]
fn resolutions_that_contradict_each_other_are_told() {
    let analysis = of(&format!(
        "mandate A {{ lead x {A} }} mandate B {{ lead y {A} }}
         resolve r1 {{ between A, B precedence x, y }} resolve r2 {{ between B, A precedence y, x }}"
    ));
    let finding = analysis.findings.iter().find(|finding| finding.check.code == "D002").expect("an overlap");
    let labels = diagnose(&analysis, finding, Language::En).labels;
    let torn = labels.iter().filter(|label| label.text.starts_with("this and another resolution")).count();
    assert_eq!(torn, 2);
    let division = Division::new(analysis.institution(), DAY);
    let here = linkage::case::region(analysis.institution(), &facts(&analysis, &[("matter", "a")]));
    let answer = linkage::report::who(&division, &here, Language::En);
    let reasons = &answer.parts[0].reasons;
    assert!(
        reasons.iter().any(|it| it == "r1 and r2 contradict each other and settle nothing"),
        "{reasons:?}"
    );
}

/// What the calendar begins before anybody knows whether the rules govern it is told.
#[test]
fn a_schedule_that_may_turn_out_to_lie_outside_is_told() {
    let narrow =
        TOWN.replace("scope { over m ", "scope { over a in n fallback centre } scope { over b in s ");
    let outside = |schedule: &str| {
        let rules = format!("{narrow} mandate k {{ lead x {A} }} {}", begun_by("p", schedule));
        said(&of_text(&rules), "P027")
    };
    let told = outside("schedule monday 09:00");
    assert!(
        told.len() == 1 && told[0].starts_with("p is begun by the calendar before it is known"),
        "{told:?}"
    );
    assert!(outside("schedule monday 09:00 over a in n").is_empty());
    assert!(outside("schedule monday 09:00 over a in n, s")[0].contains("outside the scope"));
}

/// Who supervises a procedure and leads its cases supervises itself; a chair chairs something.
#[test]
fn a_supervisor_of_its_own_cases_and_a_chair_of_nothing_are_told() {
    let own = |clauses: &str| {
        of(&format!(
            "mandate k {{ lead x over a basis s1 art 1 }} mandate l {{ lead y over b basis s1 art 1 }}
             procedure p {{ trigger report of m lead by mandate {clauses}
               step act {{ by lead within 1 day outcome ok -> close solved }}
               escalate {{ on timeout to gov on refusal to gov }} }}"
        ))
    };
    assert_eq!(said(&own("supervise x"), "D015"), ["x supervises p, and leads its cases itself: a"]);
    assert!(said(&own("supervise z"), "D015").is_empty());
    let chair = said(&own("chair z"), "U006");
    assert_eq!(chair, ["p names a chair, and has no joint step that it would chair"]);
}

/// A resolution that no overlap calls for, and an act that names a body for what is no slot, have no effect: told.
#[test]
fn what_settles_and_what_fills_nothing_is_told() {
    let settled = |first: &str, second: &str, more: &str| {
        said(&of(&format!(
            "mandate A {{ lead x over {first} basis s1 art 1 }} mandate B {{ lead y over {second} basis s1 art 1 }}
             resolve r {{ between A, B {more} precedence x, y }}"
        )), "U006")
    };
    assert!(settled("m", "m", "").is_empty());
    assert_eq!(settled("a", "b", "").len(), 1);
    assert_eq!(settled("a", "a", "over b").len(), 1);
    let text = format!(
        "{TOWN} mandate k {{ lead x {A} }}
         law act {{ rank statute issuer \"c\" article 1 {{ designate x as y }} }}"
    );
    let analysis = analyse_package(Package::of_text("rules.linkage", &text), DAY);
    let faults = linkage::report::faults(&analysis, Language::En);
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].message, "no slot is named `x`");
}

/// What refers to itself does nothing, whatever it is: told, and nothing else follows.
#[test]
fn what_refers_to_itself_is_told() {
    let told = |more: &str| said(&of(&format!("mandate k {{ lead x {A} }} {more}")), "D021");
    let law = told("law own { rank statute issuer \"c\" from 2020-01-01 replaces own }");
    assert!(law.len() == 1 && law[0].starts_with("own replaces itself"), "{law:?}");
    let channel =
        told("resource r { kind data holder x } channel ch { carries r from x to x basis s1 art 60 }");
    assert_eq!(channel, ["ch leads from x to x: it brings nobody anything"]);
    assert!(
        told("resource r { kind data holder x } channel ch { carries r from x to y basis s1 art 60 }")
            .is_empty()
    );
}

/// A step whose roles nobody answers to comes to the fallback body, and that is told.
#[test]
fn a_step_that_nobody_answers_to_is_told() {
    let told = |by: &str| {
        let analysis = of(&format!(
            "body c1 {{ kind committee under gov serves n }}
             mandate k {{ lead x {A} }} mandate l {{ support y over a basis s1 art 60 }}
             procedure p {{ trigger report of m lead by mandate step act {{ by {by} within 1 day outcome ok -> close solved }}
               escalate {{ on timeout to gov on refusal to gov }} }}"
        ));
        said(&analysis, "P002")
    };
    let nobody = "nobody answers to what act of p names: the fallback body has it";
    assert_eq!(told("support"), [format!("for b {nobody}")]);
    assert_eq!(told("kind committee serving area"), [format!("for in s {nobody}")]);
    assert!(told("support, x").is_empty() && told("superior of lead").is_empty() && told("lead").is_empty());
    assert_eq!(told("superior of superior of lead"), [format!("for every situation {nobody}")]);
    let rung = of(&format!(
        "body c1 {{ kind committee under gov serves n }} mandate k {{ lead x {A} }}
         procedure p {{ trigger report of m lead by mandate step act {{ by lead within 1 day outcome ok -> close solved }}
           escalate {{ on timeout to kind committee serving area on refusal to gov }} }}"
    ));
    let lost = said(&rung, "E009");
    assert!(lost.len() == 1 && lost[0].contains("for in s nobody answers"), "{lost:?}");
}

/// A count is told as a count, and whoever may ask for a procedure is no isolated body.
#[test]
fn what_a_trigger_names_is_told_in_its_own_words() {
    let narrow = TOWN.replace("scope { over m ", "scope { over a ");
    let text = format!(
        "{narrow} mandate k {{ lead x over a basis s1 art 1 }} {}",
        begun_by("counted", "count 2 of m within 7 days")
    );
    let outside = said(&of_text(&text), "P027");
    assert!(
        outside.len() == 1 && outside[0].starts_with("counted counts b, outside the scope"),
        "{outside:?}"
    );
    let alone = |trigger: &str| {
        let text = format!("mandate k {{ lead x {A} }} {}", begun_by("asked", trigger));
        said(&of(&text), "N001").iter().any(|it| it.starts_with("z "))
    };
    assert!(alone("request of y") && !alone("request of z"));
}

/// Two schedules at one time, two counts, and heirs of a chair: their order in the text says nothing, and what adds
/// nothing is told.
#[test]
fn what_begins_a_case_does_not_depend_on_the_order_of_triggers() {
    let mandate = format!("mandate k {{ lead x {A} }} ");
    let keys = |triggers: [&str; 2]| {
        let analysis = of(&format!("{mandate}{}", begun_by("p", &triggers.join(" trigger "))));
        let rules = Rules::new(analysis.institution(), &analysis.package.calendar);
        let at = "2026-11-23T01:00:00Z".parse().expect("an instant");
        let occasions = linkage::case::schedules(&rules);
        let occasions = occasions.iter().flat_map(|own| own.occasions(&rules, &[at]));
        let mut keys: Vec<(String, String)> =
            occasions.map(|own| (own.key.to_string(), format!("{:?}", own.facts.get("matter")))).collect();
        keys.sort();
        (keys, said(&analysis, "P023"))
    };
    let (a, b) = ("schedule monday 09:00 over a", "schedule monday 09:00 over b");
    let ((one, none), (other, _)) = (keys([a, b]), keys([b, a]));
    assert_eq!((one.len(), none.len()), (2, 0));
    assert_eq!(one, other);
    let (once, told) = keys([a, a]);
    assert_eq!((once.len(), told.len()), (1, 1), "{told:?}");
    assert!(told[0].ends_with("begins no case of its own"), "{told:?}");
    let again = |triggers: &str| said(&of(&format!("{mandate}{}", begun_by("p", triggers))), "P023").len();
    assert_eq!(again("report of m trigger report of a"), 1);
    assert_eq!(again("report of a trigger report of m"), 1);
    assert_eq!(again("report of a trigger report of b"), 0);
    assert_eq!(again("count 2 of m within 7 days trigger report of m trigger count 2 of m within 7 days"), 1);
    assert_eq!(again("count 2 of m within 7 days trigger report of m trigger count 3 of m within 7 days"), 0);
}

#[test]
fn of_several_who_took_the_place_of_a_chair_none_chairs() {
    let text = |where_one: &str| {
        format!(
            "{TOWN} body old {{ kind department under gov }}
             body h1 {{ kind department under gov succeeds old since 2020-01-01 {where_one} }}
             body h2 {{ kind department under gov succeeds old since 2020-01-01 over b }}
             mandate k {{ lead x {A} }}
             procedure p {{ trigger report of m lead by mandate chair old decides
               consult meet {{ by x, y quorum all silence refusal within 2 days outcome yes -> close solved
                 outcome no -> close unsolved on refusal -> close unsolved }} }}"
        )
    };
    let both = of_text(&text(""));
    assert_eq!(said(&both, "D007"), ["nobody chairs meet: the place of old was taken by h1 and h2 alike"]);
    assert!(said(&of_text(&text("over a")), "D007").is_empty());
    let chair = |matter: &str| {
        let happened = opened(&both, &[("matter", matter)]);
        happened.into_iter().find_map(|it| match it {
            Happening::Assigned { chair, .. } => Some(chair.map(|body| body.to_string())),
            _ => None,
        })
    };
    assert_eq!(chair("a"), Some(Some("h1".to_owned())));
    assert_eq!(chair("b"), Some(None));
}

/// An act is never put before what is due earlier: where more is due than one command fires, it is refused.
#[test]
fn an_act_waits_for_all_that_is_due_before() {
    use linkage::case::{CaseId, Command, Order, Refusal, World, apply, decide};
    let analysis = of(&format!(
        "mandate k {{ lead x {A} }} procedure p {{ trigger report of m lead by mandate
           step s {{ by x within 1 minute outcome ok -> close solved on timeout -> t }}
           step t {{ by x within 1 minute outcome ok -> close solved on timeout -> s }} }}"
    ));
    let rules = Rules::new(analysis.institution(), &analysis.package.calendar);
    let mut world = World::default();
    let mut act = |by: &str, order: Order, at: &str| {
        let now = at.parse().expect("an instant");
        let events = decide(&rules, &world, &Command::new(by, order), now)?;
        for event in &events {
            apply(&mut world, event);
        }
        Ok::<usize, Refusal>(events.len())
    };
    let known = facts(&analysis, &[("matter", "a"), ("area", "n")]);
    let open = Order::Open { procedure: None, facts: known, reporter: None };
    act("reporter", open, "2026-11-02T01:00:00Z").expect("opened");
    let done = || Order::Done { case: CaseId(1), step: None, outcome: "ok".into() };
    let late = "2026-11-23T01:00:00Z";
    assert!(matches!(act("x", done(), late), Err(Refusal::StillDue { .. })));
    // Two weeks and more of minutes: a few rounds of time alone.
    let rounds = (0..10).take_while(|_| act("x", Order::Tick, late).expect("time passes") > 0).count();
    assert!((2..5).contains(&rounds), "{rounds}");
    act("x", done(), late).expect("done");
}
