//! One answer from checker, `who` and executor: small packages at the edges of the semantics, each with what must be
//! told of it. The contract is the first section of `docs/language.md`.

mod edges;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use linkage::case::{Command, Facts, Happening, Order, Rules, World, canonical, decide, region};
use linkage::model::{Division, LeadershipKind, PowerId};
use linkage::syntax::{Keywords, format};
use linkage::text::Language;
use linkage::workspace::{Analysis, Package, analyse, analyse_package};

const DAY: Date = date(2026, 11, 23);

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract").join(name).with_extension("linkage")
}

fn of(name: &str) -> Analysis {
    analyse(&path(name), DAY).expect("readable")
}

/// The codes of the findings, each once, without those that say nothing of the fault at hand.
fn told(analysis: &Analysis) -> Vec<&'static str> {
    assert!(analysis.is_understood());
    let beside = ["O004", "G003", "L001", "D003", "U006", "N001"];
    let codes: BTreeSet<&str> = analysis.findings.iter().map(|finding| finding.check.code).collect();
    codes.into_iter().filter(|code| !beside.contains(code)).collect()
}

fn facts(analysis: &Analysis, stated: &[(&str, &str)]) -> Facts {
    let stated: Facts = stated
        .iter()
        .map(|(axis, value)| ((*axis).into(), linkage::case::Fact::Text((*value).into())))
        .collect();
    canonical(analysis.institution(), &stated).expect("known facts")
}

/// What `who` answers of a situation: the kind, and who leads.
fn who(analysis: &Analysis, stated: &[(&str, &str)]) -> Vec<(LeadershipKind, Vec<String>)> {
    let institution = analysis.institution();
    let division = Division::new(institution, DAY);
    let parts = division.within(&region(institution, &facts(analysis, stated)));
    let name = |body: &linkage::model::BodyId| institution[*body].head.name.to_string();
    parts.into_iter().map(|(it, _)| (it.kind, it.bodies.iter().map(name).collect())).collect()
}

/// What happens when a report comes in on the day.
fn opened(analysis: &Analysis, stated: &[(&str, &str)]) -> Vec<Happening> {
    let rules = Rules::new(analysis.institution(), &analysis.package.calendar);
    let zone = analysis.package.calendar.zone();
    let now = zone.to_timestamp(DAY.at(9, 0, 0, 0)).expect("an instant");
    let open = Order::Open { procedure: None, facts: facts(analysis, stated), reporter: None };
    let decided = decide(&rules, &World::default(), &Command::new("reporter", open), now);
    decided.expect("taken").into_iter().map(|event| event.what).collect()
}

#[test]
fn outside_the_scope_is_an_answer_of_its_own() {
    let analysis = of("outside_the_scope");
    assert_eq!(told(&analysis), ["E001", "P027"]);
    assert_eq!(who(&analysis, &[("matter", "drowning")]), [(LeadershipKind::Outside, Vec::new())]);
    let happened = opened(&analysis, &[("matter", "drowning")]);
    assert!(
        matches!(
            happened.as_slice(),
            [Happening::Opened { procedure, .. }, Happening::ReferredOn { to, perhaps }] if procedure.is_empty() && to.is_empty() && perhaps.is_empty()
        ),
        "{happened:?}"
    );
}

#[test]
fn a_slot_is_filled_only_where_an_act_fills_it() {
    let analysis = of("designated_for_one_place");
    assert_eq!(told(&analysis), ["D001", "D005"]);
    let at = |area: &str| who(&analysis, &[("area", area)]);
    assert_eq!(at("town_a"), [(LeadershipKind::One, vec!["office".to_owned()])]);
    assert_eq!(at("town_b"), [(LeadershipKind::Nobody, Vec::new())]);
}

#[test]
fn an_exclusion_yields_to_a_higher_rank() {
    let analysis = of("exclusion_of_lower_rank");
    assert_eq!(told(&analysis), ["D017"]);
    assert_eq!(who(&analysis, &[]), [(LeadershipKind::One, vec!["a".to_owned()])]);
    let text = std::fs::read_to_string(path("exclusion_of_lower_rank")).expect("readable");
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from));
        let text = text.replace(from, to);
        told(&analyse_package(Package::of_text("rules.linkage", &text), DAY))
    };
    // Without a basis it yields to what has one; within one rank and issuer it binds, unless the mandate says so.
    assert_eq!(changed(" over fire basis n art 1 }", " over fire }"), ["D017"]);
    assert_eq!(changed("over fire basis n art 1 }", "over fire basis s art 1 }"), ["D001", "D016"]);
    let text = text.replace("over fire basis n art 1 }", "over fire basis s art 1 }");
    let says_so = text.replace("basis s art 1 }\nexclude", "basis s art 1 notwithstanding no_a }\nexclude");
    assert_eq!(told(&analyse_package(Package::of_text("rules.linkage", &says_so), DAY)), ["D017"]);
}

#[test]
fn two_heirs_both_claim_whatever_their_order() {
    let analysis = of("two_heirs");
    assert_eq!(told(&analysis), ["D002", "D007", "D011"]);
    let both = vec!["desnz".to_owned(), "dsit".to_owned()];
    assert_eq!(who(&analysis, &[("matter", "trade")]), [(LeadershipKind::Overlap, both)]);
    let text = std::fs::read_to_string(path("two_heirs")).expect("readable");
    let shared_out = text
        .replace(
            "desnz { succeeds beis since 2023-02-07 }",
            "desnz { succeeds beis since 2023-02-07 over energy }",
        )
        .replace(
            "dsit { succeeds beis since 2023-02-07 }",
            "dsit { succeeds beis since 2023-02-07 over science }",
        );
    let analysis = analyse_package(Package::of_text("rules.linkage", &shared_out), DAY);
    assert_eq!(told(&analysis), ["D007"]);
    let of = |matter: &str| who(&analysis, &[("matter", matter)]);
    assert_eq!(of("energy"), [(LeadershipKind::One, vec!["desnz".to_owned()])]);
    assert_eq!(of("science"), [(LeadershipKind::One, vec!["dsit".to_owned()])]);
    assert_eq!(of("trade"), [(LeadershipKind::One, vec!["beis".to_owned()])]);
}

#[test]
fn a_step_is_offered_to_all_who_serve_the_place_as_near() {
    let analysis = of("two_serve_the_place");
    assert!(told(&analysis).contains(&"P024"));
    let happened = opened(&analysis, &[("area", "east")]);
    let assigned = happened.iter().find_map(|what| match what {
        Happening::Assigned { to, .. } => Some(to.iter().map(|it| it.body.to_string()).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(assigned.expect("assigned"), ["c1", "c2"]);
}

#[test]
fn whoever_is_subsidiary_stands_in() {
    let analysis = of("subsidiary_told_backwards");
    assert!(told(&analysis).is_empty());
    let division = Division::new(analysis.institution(), DAY);
    let parts = division.within(&region(analysis.institution(), &facts(&analysis, &[("matter", "flood")])));
    let names: Vec<_> =
        parts[0].0.standby.iter().map(|body| analysis.institution()[*body].head.name.as_str()).collect();
    assert_eq!(names, ["co"]);
    let answer = linkage::report::who(
        &division,
        &region(analysis.institution(), &facts(&analysis, &[("matter", "flood")])),
        Language::En,
    );
    assert!(answer.parts[0].reasons.iter().any(|reason| reason == "co acts where defra does not"));
}

#[test]
fn an_axis_that_nobody_declares_has_one_value() {
    let analysis = of("no_area");
    assert_eq!(told(&analysis), ["Q002"]);
    assert_eq!(analysis.proofs.proved, 1);
    assert_eq!(analysis.proofs.refuted, 1);
}

#[test]
fn what_speaks_of_nothing_is_not_proved() {
    let analysis = of("vacuous");
    assert_eq!(told(&analysis), ["Q009"]);
    assert_eq!((analysis.proofs.proved, analysis.proofs.vacuous), (0, 4));
}

#[test]
fn a_lower_text_does_not_override_by_its_own_word() {
    let analysis = of("lower_text_overrides_statute");
    assert_eq!(told(&analysis), ["D004", "D018"]);
    assert_eq!(who(&analysis, &[]), [(LeadershipKind::One, vec!["b1".to_owned()])]);
    let text = std::fs::read_to_string(path("lower_text_overrides_statute")).expect("readable");
    let opened = text.replace("basis act art 1 }", "basis act art 1 yields to low }");
    let analysis = analyse_package(Package::of_text("rules.linkage", &opened), DAY);
    assert_eq!(told(&analysis), ["D004"]);
    assert_eq!(who(&analysis, &[]), [(LeadershipKind::One, vec!["b2".to_owned()])]);
}

#[test]
fn rows_of_one_provision_are_not_special_to_each_other() {
    let analysis = of("two_rows_of_one_article");
    assert_eq!(told(&analysis), ["D002", "D011"]);
    let text = std::fs::read_to_string(path("two_rows_of_one_article")).expect("readable");
    let exception = text.replace("over share basis cca art 2", "over share basis cca art 2(3)");
    assert!(told(&analyse_package(Package::of_text("rules.linkage", &exception), DAY)).is_empty());
}

#[test]
fn what_each_package_is_told() {
    let expected: [(&str, &[&str]); 11] = [
        ("lead_and_support_at_once", &["D019", "D022"]),
        ("joint_and_parallel", &["D002", "D011", "D020", "D021"]),
        ("supported_in_a_part", &["D001", "D013"]),
        ("supporter_in_another_mandate", &[]),
        ("ended_with_its_law", &[]),
        ("consult_without_timeout", &["N002"]),
        ("nobody_on_the_rung", &["E009"]),
        ("unreachable_quorum", &["D015", "P025"]),
        ("way_out_of_two_blocks", &["P008"]),
        ("try_again_in_a_branch", &[]),
        ("severity_of_facts_to_come", &[]),
    ];
    for (name, codes) in expected {
        assert_eq!(told(&of(name)), codes, "{name}");
    }
}

#[test]
fn a_power_given_to_two_is_with_neither() {
    let analysis = of("transferred_twice");
    assert_eq!(told(&analysis), ["L015"]);
    let division = Division::new(analysis.institution(), DAY);
    assert!(division.competence().of(PowerId::at(0)).holdings.is_empty());
    let text = std::fs::read_to_string(path("transferred_twice")).expect("readable");
    let dated = text.replace("transfer t2 { from a", "transfer t2 { from 2026-02-01 from a");
    let analysis = analyse_package(Package::of_text("rules.linkage", &dated), DAY);
    assert_eq!(told(&analysis), ["A002", "L009"]);
    let division = Division::new(analysis.institution(), DAY);
    let held = &division.competence().of(PowerId::at(0)).holdings;
    let holders: Vec<_> = held.iter().map(|it| analysis.institution()[it.body].head.name.as_str()).collect();
    assert_eq!(holders, ["b"]);
}

#[test]
fn a_branch_that_is_a_circle_names_its_beginning() {
    let analysis = of("rework_deletes_a_branch");
    assert_eq!(told(&analysis), ["P001", "P026"]);
    let text = std::fs::read_to_string(path("rework_deletes_a_branch")).expect("readable");
    let named = text.replace("all both {", "all both { begin check");
    assert!(told(&analyse_package(Package::of_text("rules.linkage", &named), DAY)).is_empty());
}

/// Only the deadline of the step starts its rungs on timeout; the time of another rung is a due date.
#[test]
fn a_ladder_waits_for_the_deadline() {
    let analysis = of("ladder_burnt_early");
    assert!(told(&analysis).is_empty());
    let scenario = "title: nobody acts\nprocedure: p\nstart: 2026-01-05T09:00\nfacts: { matter: a, area: n }\nscript: []\nuntil: 2026-01-12T00:00\n";
    let scenario = linkage::sim::Scenario::from_yaml(scenario).expect("a scenario");
    let rules = Rules::new(analysis.institution(), &analysis.package.calendar);
    let story = linkage::sim::run(&rules, &scenario);
    let zone = analysis.package.calendar.zone();
    let rungs: Vec<String> = story
        .moments
        .iter()
        .filter_map(|moment| match moment {
            linkage::sim::Moment::Event(event) => match &event.what {
                Happening::Escalated { does, .. } => {
                    Some(format!("{} {}", zone.to_datetime(event.at), does.as_deref().unwrap_or_default()))
                }
                _ => None,
            },
            linkage::sim::Moment::Refused { .. } => None,
        })
        .collect();
    assert_eq!(
        rungs,
        ["2026-01-05T11:00:00 urge", "2026-01-06T09:30:00 first", "2026-01-07T17:30:00 second"]
    );
}

/// An event that is raised on a Saturday night opens a case of that night.
#[test]
fn facts_of_time_are_those_of_a_cases_own_opening() {
    let analysis = of("event_opens_at_night");
    let scenario = "title: at night\nprocedure: first\nstart: 2026-11-23T09:00\nfacts: { matter: noise, area: town }\nscript:\n  - { at: 2026-11-28T23:00, as: centre, do: done, step: a, outcome: ok }\n  - { at: 2026-11-28T23:10, as: dayshift, do: done, step: b, outcome: ok }\n";
    let scenario = linkage::sim::Scenario::from_yaml(scenario).expect("a scenario");
    let rules = Rules::new(analysis.institution(), &analysis.package.calendar);
    let story = linkage::sim::run(&rules, &scenario);
    let second = story.moments.iter().find_map(|moment| match moment {
        linkage::sim::Moment::Event(event) => match &event.what {
            Happening::Led { to, .. } if event.case.0 == 2 => Some(to[0].body.to_string()),
            _ => None,
        },
        linkage::sim::Moment::Refused { .. } => None,
    });
    assert_eq!(second.as_deref(), Some("nightshift"));
}

#[test]
fn the_formatter_keeps_units_and_comments() {
    let read = |name: &str| std::fs::read_to_string(path(name)).expect("readable");
    let zh = format(&read("item_is_no_paragraph"), Keywords::All(Language::Zh)).expect("formatted");
    assert!(zh.contains("第9条第3项"), "{zh}");
    let en = format(&zh, Keywords::All(Language::En)).expect("formatted");
    assert!(en.contains("art 9(item 3)"), "{en}");
    let commented = format(&read("comments_round_a_brace"), Keywords::Kept).expect("formatted");
    for comment in ["// one", "// two", "// three", "// four"] {
        assert!(commented.contains(comment), "{commented}");
    }
}

/// Procedures that call each other in a row end, however many there are and in whatever order they are declared.
#[test]
fn a_long_chain_of_calls_is_followed_to_its_end() {
    let head = "area t matter m { x } body gov { kind government } body a { kind department under gov }
        law l { rank statute issuer \"c\" article 1 \"d\" }
        scope { over m fallback gov } mandate k { lead a over x basis l art 1 } ";
    let count = 70;
    let procedure = |at: usize| {
        let trigger = if at == 0 { "report of x" } else { "request" };
        let ladder = "escalate { on timeout to gov on refusal to gov } }";
        if at + 1 == count {
            return format!(
                "procedure q{at} {{ trigger {trigger} lead by mandate
                   step work {{ by lead within 3 workdays outcome ok -> close solved }} {ladder}"
            );
        }
        format!(
            "procedure q{at} {{ trigger {trigger} lead by mandate
               step work {{ by lead within 3 workdays outcome ok -> next }}
               call next {{ runs q{} outcome solved -> fin outcome unsolved -> close unsolved }}
               step fin {{ by lead within 3 workdays outcome ok -> close solved }} {ladder}",
            at + 1
        )
    };
    let all: Vec<String> = (0..count).map(procedure).collect();
    let forwards = all.concat();
    let backwards: String = all.iter().rev().map(String::as_str).collect();
    for text in [forwards, backwards] {
        let analysis = analyse_package(Package::of_text("rules.linkage", &format!("{head}{text}")), DAY);
        assert!(told(&analysis).is_empty());
    }
}
