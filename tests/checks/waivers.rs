//! What a package makes of its findings: accepted, switched off, set graver; and amendments adopted.

use linkage::checks::{Level, Levels};
use linkage::report::{check_report, faults, without_known};
use linkage::text::Language;
use linkage::workspace::{Analysis, Package, analyse_package};

/// Nobody leads fire.
const RULES: &str = "
    area t { east west }
    matter hazard { fire drowning }
    body works { kind department }
    body town { kind government }
    law act { rank statute issuer \"congress\" article 1 }
    scope { over hazard fallback town }
    mandate water { lead works over drowning basis act art 1 }
";

fn package(rules: &str) -> Package {
    Package::of_text("rules.linkage", &format!("{RULES}{rules}"))
}

fn checked(package: Package) -> Analysis {
    analyse_package(package, jiff::civil::date(2026, 11, 23))
}

/// The codes that stand, those that are accepted, and how many are switched off.
fn told(package: Package) -> (Vec<&'static str>, Vec<&'static str>, usize) {
    let analysis = checked(package);
    assert!(analysis.is_understood(), "{:#?}", faults(&analysis, Language::En));
    let standing = analysis.findings.iter().map(|finding| finding.check.code).collect();
    let accepted = analysis.accepted.iter().map(|(finding, _)| finding.check.code).collect();
    (standing, accepted, analysis.off)
}

#[test]
fn acceptances() {
    assert_eq!(told(package("")), (vec!["D001"], vec![], 0));
    for good in ["on fire", "on hazard", "on hazard.fire, t", "on fire until 2026-11-23", ""] {
        let rules = format!("accept gap {{ {good} reason \"r\" }} accept D001 {{ reason \"r\" }}");
        // The first that accepts it counts; the second meets it all the same.
        let (standing, accepted, _) = told(package(&rules));
        assert_eq!((standing, accepted), (vec![], vec!["D001"]), "{good}");
    }
    // Part of the region, another place, another code, a name of nothing.
    for idle in
        ["gap { on drowning", "gap { on east", "gap { on fire, works", "overlap { on fire", "gapp { on fire"]
    {
        assert_eq!(
            told(package(&format!("accept {idle} reason \"r\" }}"))),
            (vec!["D001", "U005"], vec![], 0)
        );
    }
    // The day after its last it counts no longer, and is not told idle as well.
    let expired = "accept gap { reason \"r\" until 2026-11-22 }";
    assert_eq!(told(package(expired)), (vec!["D001", "U004"], vec![], 0));
}

#[test]
fn levels() {
    let set = |levels: &[(&str, Level)], nearer: &[(&str, Level)]| {
        let mut package = package("");
        let mut near = Levels::default();
        assert!(levels.iter().all(|(key, level)| package.levels.set(key, *level)));
        assert!(nearer.iter().all(|(key, level)| near.set(key, *level)));
        package.levels.overridden_by(&near);
        let analysis = checked(package);
        analysis.findings.first().map(|finding| format!("{:?}", finding.severity).to_lowercase())
    };
    let severity = |text: &str| Some(text.to_owned());
    assert_eq!(set(&[], &[]), severity("error"));
    assert_eq!(set(&[("gap", Level::Off)], &[]), None);
    assert_eq!(set(&[("D001", Level::Note), ("D", Level::Off)], &[]), severity("note"));
    assert_eq!(set(&[("D001", Level::Note)], &[("d", Level::Warning)]), severity("warning"));
    assert_eq!(set(&[("D", Level::Note)], &[("gap", Level::Off)]), None);
    assert!(!Levels::default().set("X", Level::Off) && !Levels::default().set("gapp", Level::Off));
}

#[test]
fn a_baseline_knows_a_finding_wherever_it_stands() {
    let report = |package: Package| {
        serde_json::to_string(&check_report(&checked(package), Language::Zh)).expect("a report")
    };
    let earlier = report(package(""));
    // Moved by a line and grown by an area, it is the same finding; a further one is new.
    let mut later = checked(Package::of_text(
        "rules.linkage",
        &format!("// new\n{}", RULES.replace("west", "west north")),
    ));
    without_known(&mut later, &earlier).expect("a report");
    assert_eq!((later.findings.len(), later.known), (0, 1));
    let mut later = checked(package("mandate again { lead town over drowning basis act art 1 }"));
    without_known(&mut later, &earlier).expect("a report");
    assert_eq!(later.findings.iter().map(|it| it.check.code).collect::<Vec<_>>(), ["D002", "D011"]);
    assert!(without_known(&mut later, "{}").is_err());
}

const DRAFTS: &str = "
    amendment names {
        add { body brigade { kind fire_rescue } }
        extend { law act { article 2 } mandate water { basis act art 2 support brigade } }
    }
    amendment leads {
        from 2027-01-01 needs names
        add { mandate fires { lead brigade over fire basis act art 2 } }
        remove { mandate water }
    }
";

#[test]
fn amendments() {
    let adopted = |names: &[&str]| {
        let names: Vec<_> = names.iter().map(|name| (*name).into()).collect();
        let package = package(DRAFTS).adopt(&names).expect("they are drafted");
        let from = package.in_effect_from();
        let analysis = checked(package);
        assert!(analysis.is_understood(), "{:#?}", faults(&analysis, Language::En));
        let gaps =
            analysis.findings.iter().map(|it| linkage::report::diagnose(&analysis, it, Language::En).message);
        (gaps.collect::<Vec<_>>(), analysis.package.adopted.clone(), analysis.package.hash.clone(), from)
    };
    let (none, names, leads) = (adopted(&[]), adopted(&["names"]), adopted(&["leads"]));
    assert_eq!(none.0, ["nobody leads fire"]);
    assert_eq!(names.0, ["nobody leads fire"]);
    let idle = "works is declared, and no mandate, step, channel or other rule gives it a part";
    assert_eq!(leads.0, ["nobody leads drowning", idle]);
    assert_eq!(leads.1, ["names", "leads"]);
    assert_eq!(leads.3, Some(jiff::civil::date(2027, 1, 1)));
    assert!(none.2 != names.2 && names.2 != leads.2);
    assert_eq!(package(DRAFTS).adopt(&["lead".into()]).expect_err("no such").near.as_deref(), Some("leads"));
}

/// What is wrong with an amendment is told whether or not it is adopted.
#[test]
fn faults_of_amendments() {
    let wrong = |text: &str| {
        let analysis = checked(package(text));
        let sentences = faults(&analysis, Language::En).into_iter().map(|fault| fault.message);
        sentences.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!([
        "amendment a { remove { mandate watr } }",
        "amendment a { replace { body boat { kind volunteer } } }",
        "amendment a { remove { body works } }",
        "amendment a { add { body works { kind police } } }",
        "amendment a { add { use \"x\" } replace { accept gap { reason \"r\" } } }",
        "amendment a { needs b } amendment b { needs a }",
        "amendment a { needs c }",
        "amendment a { } amendment a { }",
        "amendment a { remove { mandate water } } amendment b { needs a extend { mandate water { support town } } }",
    ].map(|text| format!("{text}\n  {}", wrong(text).replace('\n', "\n  "))).join("\n\n"));
}
