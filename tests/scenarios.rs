//! The examples run as they say, and the witnesses of the town's findings can be run.

use std::path::{Path, PathBuf};

use linkage::case::{Fact, Facts, Happening, Rules, Timed, region};
use linkage::checks::{Fact as Told, Finding, Witness};
use linkage::flow::{Spot, Stride, Way};
use linkage::model::{Division, LeadershipKind, NodeKind, Procedure};
use linkage::report::story;
use linkage::sim::{End, Moment, Scenario, Story, probe, run};
use linkage::text::Language;
use linkage::workspace::{Analysis, Package, analyse, analyse_package};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn examples() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(root().join("examples"))
        .expect("examples are there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    all.sort();
    all
}

fn play(path: &Path) -> (Analysis, Story) {
    let text = std::fs::read_to_string(path).expect("readable");
    let scenario =
        Scenario::from_yaml(&text).unwrap_or_else(|faults| panic!("{}: {faults:?}", path.display()));
    let rules = path.parent().expect("a folder").join(scenario.rules.as_deref().expect("it names its rules"));
    let analysis = analyse(&rules, scenario.start.date()).expect("the rules are readable");
    assert!(analysis.is_understood());
    let played = run(&Rules::new(analysis.institution(), &analysis.package.calendar), &scenario);
    (analysis, played)
}

#[test]
fn every_example_runs_as_it_says() {
    let all = examples();
    assert!(all.len() >= 13, "{} examples", all.len());
    for path in all {
        let text = std::fs::read_to_string(&path).expect("readable");
        assert!(text.contains("\nexpect:"), "{}: expects nothing", path.display());
        let (analysis, played) = play(&path);
        let told = story(analysis.institution(), &analysis.package.calendar, &played, Language::En);
        assert!(played.is_as_expected(), "{}\n{told}", path.display());
    }
}

#[test]
fn a_story_in_both_languages() {
    let (analysis, played) = play(&root().join("examples/overlap_ebike.yaml"));
    let told = |language| story(analysis.institution(), &analysis.package.calendar, &played, language);
    insta::assert_snapshot!("overlap_ebike_en", told(Language::En));
    insta::assert_snapshot!("overlap_ebike_zh", told(Language::Zh));
}

/// The facts of a point, as `--at` states them.
pub fn facts(analysis: &Analysis, point: &linkage::space::Point) -> Facts {
    linkage::report::point_facts(analysis.institution(), point)
}

/// How the steps of a run end.
fn ends(procedure: &Procedure, run: &[Stride], last: &str) -> Vec<End> {
    let end = |stride: &Stride| {
        let (Spot::Node(node), Some(way)) = (stride.at, stride.way) else { return None };
        let node = &procedure.nodes[node.index()];
        let NodeKind::Step(step) = &node.kind else { return None };
        let end = match way {
            Way::Outcome(index) => format!("{}{last}", step.outcomes[index].head.name).into(),
            Way::Timeout => "timeout".into(),
            Way::Refusal => format!("refusal{last}").into(),
            _ => return None,
        };
        Some(End { step: node.head.name.clone(), end })
    };
    run.iter().filter_map(end).collect()
}

/// Whether a run comes out late: the case's deadline passes, or the time that is required, which the rules need not
/// name.
fn is_late(analysis: &Analysis, finding: &Finding, played: &Story) -> bool {
    let due = finding.facts.iter().find_map(|(name, fact)| match fact {
        Told::Moment(due) if *name == "due" => Some(*due),
        _ => None,
    });
    let until = analysis.package.calendar.zone().to_datetime(played.until);
    let required = finding.check.name == "too-slow" && due.is_some_and(|due| until >= due);
    let late = |moment: &Moment| {
        let Moment::Event(event) = moment else { return false };
        matches!(event.what, Happening::TimedOut { what: Timed::Case, .. })
    };
    required || played.moments.iter().any(late)
}

/// Runs the witnesses of all findings; tells how many of situations and of runs there were.
#[expect(clippy::too_many_lines, reason = "one arm a kind of witness")]
fn reproduce(analysis: &Analysis) -> (usize, usize) {
    let institution = analysis.institution();
    let division = Division::new(institution, analysis.day);
    let rules = Rules::new(institution, &analysis.package.calendar);
    let (mut situations, mut runs) = (0, 0);
    for finding in &analysis.findings {
        match &finding.witness {
            Some(Witness::Situation(point)) => {
                situations += 1;
                let own = region(institution, &facts(analysis, point));
                assert!(own.contains(point), "{:?}", finding.check);
                let parts = division.within(&own);
                assert_eq!(parts.len(), 1, "{:?}: a point has one answer", finding.check);
                let kind = parts[0].0.kind;
                match finding.check.name {
                    "gap" => assert_eq!(kind, LeadershipKind::Nobody),
                    "overlap" => assert_eq!(kind, LeadershipKind::Overlap),
                    "settled-overlap" => assert_ne!(kind, LeadershipKind::Nobody),
                    _ => {}
                }
            }
            Some(Witness::Report(point)) => {
                situations += 1;
                let start = analysis
                    .package
                    .calendar
                    .zone()
                    .to_timestamp(analysis.day.at(9, 0, 0, 0))
                    .expect("a time");
                let played = probe(&rules, None, &facts(analysis, point), start, &[]);
                assert!(played.case.is_none(), "{:?}: one procedure takes it", finding.check);
            }
            Some(Witness::Slowest(procedure, run, point, start)) => {
                runs += 1;
                let own = &institution[*procedure];
                let ends = ends(own, run, "@last");
                let start = analysis.package.calendar.zone().to_timestamp(*start).expect("a time");
                let played =
                    probe(&rules, Some(own.head.name.clone()), &facts(analysis, point), start, &ends);
                let told = story(institution, &analysis.package.calendar, &played, Language::En);
                let lacking = told.contains("lacks a power");
                let late = is_late(analysis, finding, &played);
                assert!(lacking || late, "{:?} {ends:?}\n{told}", finding.check);
            }
            Some(Witness::Run(procedure, run, point)) => {
                runs += 1;
                let procedure = &institution[*procedure];
                let ends = ends(procedure, run, "");
                let start = analysis
                    .package
                    .calendar
                    .zone()
                    .to_timestamp(analysis.day.at(9, 0, 0, 0))
                    .expect("a time");
                let played =
                    probe(&rules, Some(procedure.head.name.clone()), &facts(analysis, point), start, &ends);
                assert!(played.case.is_some(), "{:?}: the case is not opened", finding.check);
                let told = story(institution, &analysis.package.calendar, &played, Language::En);
                // Who lacks a power is refused: on the way there another finding tells it.
                let lacking = told.contains("lacks a power");
                // So is what closing takes.
                let refused = told.contains("closing takes");
                match finding.check.name {
                    "duty-without-power" | "wrong-performer" | "giver-still-acts" => {
                        assert!(lacking, "{:?}\n{told}", finding.check);
                    }
                    "closing-refused" => assert!(refused, "{:?}\n{told}", finding.check),
                    _ => {
                        assert!(played.unmet.is_empty() || lacking || refused, "{:?}\n{told}", finding.check)
                    }
                }
            }
            None => assert!(
                matches!(
                    finding.check.name,
                    "empty-region"
                        | "governed-by-nobody"
                        | "capacity-exceeded"
                        | "trigger-never-fires"
                        | "doubtful-name"
                        | "expired-waiver"
                        | "idle-waiver"
                        | "open-slot"
                        | "no-way-to-close"
                        // Of a declaration, whatever happens.
                        | "named-twice"
                        | "self-reference"
                        | "contradicting-sharing"
                        | "nothing-governed"
                        | "vacuous-property"
                        | "channel-without-basis"
                        | "purpose-not-covered"
                        | "channel-refuted"
                        // Of what could not be looked at.
                        | "property-not-decided"
                        | "personal-data-unbounded"
                        | "one-way-channel"
                        | "unused-declaration"
                        | "isolated-body"
                        | "islands-of-bodies"
                        | "passed-through"
                        // Of a channel or a register; a step that uses it is shown by a run.
                        | "people-tracked"
                        // Where channels alone owe.
                        | "unbalanced-pair"
                ),
                "{:?} has no witness",
                finding.check.name
            ),
        }
    }
    (situations, runs)
}

#[test]
fn witnesses_of_the_town_can_be_run() {
    for day in ["2025-12-31", "2026-11-23"] {
        let analysis = analyse(&root().join("rules/luzhi"), day.parse().expect("a day")).expect("readable");
        let (situations, _) = reproduce(&analysis);
        assert!(situations > 10, "{situations}");
    }
}

#[test]
fn witnesses_of_the_pages_can_be_run() {
    let mut total = (0, 0);
    for check in linkage::checks::CHECKS {
        let page = linkage::checks::Page::read(check.page).expect("a page");
        for bad in page.examples("bad") {
            let analysis =
                analyse_package(Package::of_text("rules.linkage", bad), jiff::civil::date(2026, 11, 23));
            let (situations, runs) = reproduce(&analysis);
            total = (total.0 + situations, total.1 + runs);
        }
    }
    assert!(total.0 > 5 && total.1 > 5, "{total:?}");
}

/// The twelve conflicts that the package must show, each at a situation of its own.
#[test]
fn the_town_shows_its_known_conflicts() {
    let path = root().join("rules/luzhi");
    let kind = |day: &str, stated: &[(&str, Fact)]| {
        let analysis = analyse(&path, day.parse().expect("a day")).expect("readable");
        let division = Division::new(analysis.institution(), analysis.day);
        let stated: Facts = stated.iter().map(|(axis, fact)| ((*axis).into(), fact.clone())).collect();
        let canonical = linkage::case::canonical(analysis.institution(), &stated).expect("known facts");
        let mut kinds: Vec<String> = division
            .within(&region(analysis.institution(), &canonical))
            .into_iter()
            .map(|(leadership, _)| match leadership.kind {
                LeadershipKind::Nobody => "gap".to_owned(),
                LeadershipKind::One if !leadership.overridden.is_empty() => "settled".to_owned(),
                LeadershipKind::One => "one".to_owned(),
                LeadershipKind::Entrusted => "entrusted".to_owned(),
                LeadershipKind::Shared(_) => "shared".to_owned(),
                LeadershipKind::Resolved(_) => "resolved".to_owned(),
                LeadershipKind::Overlap => "overlap".to_owned(),
                LeadershipKind::Outside => "outside".to_owned(),
            })
            .collect();
        kinds.sort();
        kinds.dedup();
        kinds.join("+")
    };
    let text = |value: &str| Fact::Text(value.into());
    let today = "2026-11-23";
    let of = |matter: &str| kind(today, &[("matter", text(matter))]);
    assert_eq!(of("ebike_charging"), "overlap", "C01");
    assert!(of("neighbour.noise").contains("gap"), "C02: the slot is open");
    assert_eq!(of("group_let.structure"), "gap", "C07");
    assert_eq!(of("short_let"), "gap", "C08");
    assert_eq!(of("drowning"), "gap", "C09");
    assert_eq!(kind(today, &[("matter", text("tour_boat")), ("navigable", Fact::Truth(true))]), "one", "C10");
    assert_eq!(
        kind(today, &[("matter", text("tour_boat")), ("navigable", Fact::Truth(false))]),
        "gap",
        "C10"
    );
    assert_eq!(of("heritage.fire_safety"), "overlap", "C11");
    assert_eq!(of("graffiti"), "settled", "C12");
    assert!(of("unlicensed").contains("gap"), "C13");
    assert!(of("wages").contains("resolved"), "C17");
    assert_eq!(of("visit"), "overlap", "C18");
    assert_eq!(kind("2025-12-31", &[("matter", text("thrown_object"))]), "gap", "C22 before");
    assert_eq!(kind("2026-01-01", &[("matter", text("thrown_object"))]), "one", "C22 after");
}
