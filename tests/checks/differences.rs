//! What `diff` tells of two small packages; what they say and what is told stand together.

use linkage::compare::compare;
use linkage::model::Division;
use linkage::report::{diff_markdown, diff_report, diff_text};
use linkage::text::Language;
use linkage::workspace::{Analysis, Package, analyse_package};

const BASE: &str = "area town { north south }
matter hazard { fire drowning }
attribute grade : 1..3
body works { kind department }
body brigade { kind fire_rescue }
body volunteers { kind volunteer }
power inspect { }
law act { rank statute issuer \"congress\" article 1 { grant inspect to works over hazard } }
scope { over hazard forum { superior } }
mandate water { lead works support volunteers over drowning basis act art 1 }
procedure rescue {
  trigger report of drowning
  lead by mandate
  within 5 workdays
  step help { by lead within 1 hour outcome done -> close }
  escalate { on timeout to works on refusal to works }
}
";

fn checked(text: &str) -> Analysis {
    let analysis = analyse_package(Package::of_text("rules.linkage", text), jiff::civil::date(2026, 11, 23));
    let faults = linkage::report::faults(&analysis, Language::En);
    assert!(faults.is_empty(), "{faults:#?}\n{text}");
    analysis
}

fn told(earlier: &str, later: &str, language: Language) -> String {
    let (before, after) = (checked(earlier), checked(later));
    let day = before.day;
    let (old, new) = (Division::new(before.institution(), day), Division::new(after.institution(), day));
    diff_text(&diff_report(&before, &after, &compare(&old, &new), language), language)
}

/// The base with some words replaced; each must be there.
fn with(replaced: &[(&str, &str)]) -> String {
    replaced.iter().fold(BASE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

#[test]
fn differences() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("nothing but a title and the order", &[("body works {", "body works \"The works\" {")]),
        (
            "a matter is divided, another is new",
            &[
                ("matter hazard { fire drowning }", "matter hazard { fire drowning { pond river } gas }"),
                ("over drowning basis", "over drowning, gas basis"),
            ],
        ),
        ("a matter is gone", &[("matter hazard { fire drowning }", "matter hazard { drowning }")]),
        (
            "an attribute is wider, another is new",
            &[
                ("attribute grade : 1..3", "attribute grade : 1..4\nattribute night : boolean"),
                ("over drowning basis", "over drowning when grade <= 3 or night basis"),
            ],
        ),
        (
            "lead, support and power move to another body",
            &[
                ("grant inspect to works over hazard", "grant inspect to brigade over hazard in north"),
                ("lead works support volunteers", "lead brigade support works"),
            ],
        ),
        (
            "deadlines, ladder and obligations",
            &[
                ("within 5 workdays", "within 3 workdays"),
                ("by lead within 1 hour", "by works within 2 hours"),
                (
                    "on refusal to works }",
                    "on refusal to brigade } owe feedback reply from lead to reporter within 1 day upon close",
                ),
                ("trigger report of drowning", "trigger report of hazard"),
            ],
        ),
        ("a procedure is gone, another new", &[("procedure rescue", "procedure aid")]),
    ];
    let told = cases.iter().map(|(what, replaced)| {
        let changes: Vec<String> = replaced.iter().map(|(from, to)| format!("  {from}\n  ⇒ {to}")).collect();
        format!("── {what} ──\n{}\n\n{}", changes.join("\n"), told(BASE, &with(replaced), Language::En))
    });
    insta::assert_snapshot!(format!("{BASE}\n{}", told.collect::<Vec<_>>().join("\n")));
}

#[test]
fn differences_in_chinese_and_back() {
    let later = with(&[("lead works support volunteers", "lead brigade support works")]);
    insta::assert_snapshot!(format!(
        "{}\n── 反向 ──\n{}",
        told(BASE, &later, Language::Zh),
        told(&later, BASE, Language::Zh)
    ));
}

#[test]
fn names_in_markdown_are_shown_and_not_read() {
    let later = with(&[("mandate water {", "mandate by_works {"), ("lead works", "lead brigade")]);
    let (before, after) = (checked(BASE), checked(&later));
    let day = before.day;
    let (old, new) = (Division::new(before.institution(), day), Division::new(after.institution(), day));
    let mut report = diff_report(&before, &after, &compare(&old, &new), Language::En);
    report.before.path = "<img src=x onerror=alert(1)>`*".into();
    let text = diff_markdown(&report, Language::En);
    assert!(!text.contains("<img") && text.contains("&lt;img src=x"), "{text}");
    insta::assert_snapshot!(text);
}
