//! When findings appear and vanish, and what one body has to do with it all: shown with the rules.

use jiff::civil::date;
use linkage::checks::Context;
use linkage::model::Division;
use linkage::report::{gravest, portfolio_text, timeline_report, timeline_text};
use linkage::text::{Language, Severity};
use linkage::workspace::{Package, timeline};

const RULES: &str = "area t
matter m { x y z }
body police { kind police }
body bureau { kind department duty workday 09:00-17:00 }
body old_bureau { kind department }
body new_bureau { kind department succeeds old_bureau since 2025-06-01 }
law old_law { rank statute issuer \"congress\" until 2025-12-31 article 1 }
law new_law { rank statute issuer \"congress\" from 2026-01-01 article 1 }
law town_rules { rank normative_document issuer \"town\" from 2026-01-01 until 2026-03-31 article 1 }
mandate x_now { lead police over x basis new_law art 1 }
mandate y_before { lead police over y basis old_law art 1 }
mandate y_local { lead bureau over y basis town_rules art 1 }
mandate z_old { lead old_bureau over z }
";

fn told(from: jiff::civil::Date, until: jiff::civil::Date, language: Language) -> String {
    let timeline = timeline(Package::of_text("rules.linkage", RULES), from, until);
    assert!(timeline.first.is_understood());
    let report = timeline_report(&timeline, language, |check| check.code.starts_with('D'));
    timeline_text(&report, language)
}

#[test]
fn each_change_has_its_day_and_its_cause() {
    let (from, until) = (date(2025, 1, 1), date(2026, 12, 31));
    let text = [Language::En, Language::Zh].map(|language| told(from, until, language)).join("\n");
    insta::assert_snapshot!(format!("{RULES}\n{text}"));
}

/// What a turn says is what `check` says on the day and on the day before.
#[test]
fn nothing_changes_between_the_turns() {
    let (from, until) = (date(2025, 1, 1), date(2026, 12, 31));
    let package = || Package::of_text("rules.linkage", RULES);
    let turns = timeline(package(), from, until).turns;
    assert_eq!(turns.len(), 3, "{turns:?}");
    let mut day = from;
    let count = |day| linkage::workspace::analyse_package(package(), day).findings.len();
    let mut known = count(day);
    while day < until {
        day = day.tomorrow().expect("a day");
        if let Some(turn) = turns.iter().find(|turn| turn.day == day) {
            known = known + turn.appeared.len() - turn.vanished.len();
        }
        assert_eq!(count(day), known, "on {day}");
    }
}

#[test]
fn a_time_without_a_turn_says_so() {
    assert!(told(date(2026, 5, 1), date(2026, 12, 31), Language::En).contains("nothing changes"));
    let timeline = timeline(Package::of_text("rules.linkage", RULES), date(2025, 1, 1), date(2025, 2, 1));
    assert_eq!(gravest(&timeline, |check| check.code == "D001"), Some(Severity::Error));
    assert_eq!(gravest(&timeline, |check| check.code == "D016"), None);
}

#[test]
fn what_one_body_has_to_do() {
    let rules = "area t { north south }
matter m { x y z }
body police { kind police }
body bureau { kind department duty workday 09:00-17:00 }
body office { kind department }
law statute { rank statute issuer \"congress\" article 1 \"duty\" }
law rules { rank ministry_rule issuer \"ministry\" article 2 \"duty\" }
exclude no_x { body bureau over x in south }
mandate alone { lead bureau over x basis statute art 1 support police }
mandate both { lead bureau over y in north basis rules art 2 }
mandate other { lead police over y in north basis rules art 2 }
mandate higher { lead office over y in south basis statute art 1 supervise bureau }
mandate lower { lead bureau over y in south basis rules art 2 }
";
    let analysis =
        linkage::workspace::analyse_package(Package::of_text("rules.linkage", rules), date(2026, 11, 23));
    let institution = analysis.institution();
    let division = Division::new(institution, analysis.day);
    let context = Context::new(&division, &[]);
    let body = institution.body_named("bureau").expect("it is declared");
    let text =
        [Language::En, Language::Zh].map(|language| portfolio_text(&context, body, language)).join("\n");
    insta::assert_snapshot!(format!("{rules}\n{text}"));
}
