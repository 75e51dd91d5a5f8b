//! Pictures of the rules: what is drawn is looked at as a whole.

use linkage::report::{PictureFormat, Subject, drawn};
use linkage::text::Language;
use linkage::workspace::{Analysis, Package, analyse, analyse_package};

const DAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

fn town() -> Analysis {
    analyse(&crate::root("rules/luzhi"), DAY).expect("the town is readable")
}

fn procedure(analysis: &Analysis, name: &str) -> Subject {
    let found = analysis.institution().procedures().find(|(_, own)| own.head.name == name);
    Subject::Procedure(found.expect("it is declared").0)
}

const SMALL: &str = r#"
area town
matter leak "漏水"
body centre "治理中心" { kind platform }
body mediators "调解委员会" { kind committee under centre }
body office "司法所" { kind department under centre }
mandate leaks { lead mediators over leak }
scope { over leak fallback centre }
procedure mediate "调解" {
  trigger report of leak
  lead by mandate
  within 30 days
  step accept "受理" {
    by centre
    within 2 hours
    outcome accepted "已受理" -> talk
    outcome unfounded "不属实" -> close
    escalate { after 1 hours to office }
  }
  step talk "调解" {
    by mediators
    with office
    within 7 days
    outcome agreed "达成协议" -> close solved
    outcome again "再次调解" -> accept
    on timeout -> close unsolved
    owe feedback from mediators to reporter within 5 days
  }
}
"#;

#[test]
fn a_small_procedure_in_every_format() {
    let analysis = analyse_package(Package::of_text("small", SMALL), DAY);
    let faults = linkage::report::faults(&analysis, Language::En);
    assert!(faults.is_empty(), "{faults:?}");
    let subject = procedure(&analysis, "mediate");
    let draw = |format, language| drawn(analysis.institution(), subject, format, language);
    insta::assert_snapshot!("small_svg", draw(PictureFormat::Svg, Language::En));
    insta::assert_snapshot!("small_svg_zh", draw(PictureFormat::Svg, Language::Zh));
    insta::assert_snapshot!("small_dot", draw(PictureFormat::Dot, Language::Zh));
    insta::assert_snapshot!("small_mermaid", draw(PictureFormat::Mermaid, Language::En));
}

#[test]
fn the_town_is_drawn() {
    let analysis = town();
    let draw = |subject| drawn(analysis.institution(), subject, PictureFormat::Svg, Language::Zh);
    insta::assert_snapshot!("hazard", draw(procedure(&analysis, "hazard_governance")));
    insta::assert_snapshot!("channels", draw(Subject::Channels));
    insta::assert_snapshot!("delegations", draw(Subject::Delegations));
    insta::assert_snapshot!("obligations", draw(Subject::Obligations));
}

/// A picture is well-formed XML, whatever it shows.
#[test]
fn drawings_are_well_formed() {
    let analysis = town();
    let mut subjects = vec![
        Subject::Bodies,
        Subject::Delegations,
        Subject::Channels,
        Subject::Obligations,
        Subject::Matters,
    ];
    subjects.extend(analysis.institution().procedures().map(|(id, _)| Subject::Procedure(id)));
    for subject in subjects {
        let text = drawn(analysis.institution(), subject, PictureFormat::Svg, Language::En);
        let mut open = Vec::new();
        for tag in text.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').expect("a tag ends");
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "{subject:?}");
            } else {
                open.push(tag.split(' ').next().expect("a name"));
            }
        }
        assert!(open.is_empty(), "{subject:?}: {open:?}");
    }
}

/// The drawing that the documents show is the one that the program draws.
#[test]
fn the_drawing_in_the_documents_is_current() {
    let svg = drawn(town().institution(), Subject::Channels, PictureFormat::Svg, Language::En);
    let path = crate::root("docs/example/channels.svg");
    if std::env::var_os("LINKAGE_WRITE_DOCS").is_some() {
        std::fs::write(&path, &svg).expect("writable");
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(published == svg, "{} is stale: `just generate` writes it", path.display());
}
