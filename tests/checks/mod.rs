//! The pages of the checks: their examples are run, their findings told in both languages.

mod agreement;
mod authority;
mod competence;
mod differences;
mod division;
mod division_oracle;
mod ending_oracle;
mod ladder_oracle;
mod metamorphic;
mod near_misses;
mod network_near_misses;
mod over_time;
mod procedure_near_misses;
mod procedure_oracle;
mod properties;
mod public_near_misses;
mod resource_near_misses;
mod waivers;
mod watched;

use std::fmt::Write;

use linkage::checks::{CHECKS, Check, Page};
use linkage::report::{Terminal, check_report, diagnose, faults, schema};
use linkage::text::Language;
use linkage::workspace::{Analysis, Package, analyse_package};

fn analyse(text: &str) -> Analysis {
    let analysis = analyse_package(Package::of_text("rules.linkage", text), jiff::civil::date(2026, 11, 23));
    let faults: Vec<String> = faults(&analysis, Language::En)
        .iter()
        .map(|fault| terminal(Language::En).render(&analysis.package.sources, fault))
        .collect();
    assert!(faults.is_empty(), "{}\n{text}", faults.join("\n"));
    analysis
}

fn terminal(language: Language) -> Terminal {
    Terminal { language, colour: false, width: 100 }
}

fn page(check: &Check) -> Page {
    Page::read(check.page).unwrap_or_else(|error| panic!("{}: {error}", check.code))
}

#[test]
fn the_bad_example_of_each_page_shows_the_finding_and_the_mended_one_does_not() {
    for check in CHECKS {
        let page = page(check);
        let (bad, good) = (page.examples("bad"), page.examples("good"));
        // What takes millions of parts has no small example; `regions_that_explode` tries it.
        if ["not-decided", "not-measured"].contains(&check.name) {
            continue;
        }
        assert!(!bad.is_empty() && !good.is_empty(), "{}: a page has a bad and a mended example", check.code);
        for text in bad {
            let analysis = analyse(text);
            assert!(
                analysis.findings.iter().any(|it| it.check.code == check.code),
                "{}: bad example is silent",
                check.code
            );
        }
        for text in good {
            let analysis = analyse(text);
            assert!(
                analysis.findings.iter().all(|it| it.check.code != check.code),
                "{}: mended example speaks",
                check.code
            );
        }
    }
}

/// One snapshot a check: its bad examples, and what is said of each in both languages.
#[test]
fn findings_as_they_are_told() {
    for check in CHECKS {
        let told: Vec<String> = page(check).examples("bad").iter().map(|bad| told(check, bad)).collect();
        if !told.is_empty() {
            insta::assert_snapshot!(check.name, told.join("\n\n"));
        }
    }
}

fn told(check: &Check, bad: &str) -> String {
    let analysis = analyse(bad);
    let mut told = format!("{}\n", bad.trim());
    for language in [Language::En, Language::Zh] {
        for finding in analysis.findings.iter().filter(|finding| finding.check.code == check.code) {
            let diagnostic = diagnose(&analysis, finding, language);
            let _ = write!(told, "\n{}", terminal(language).render(&analysis.package.sources, &diagnostic));
        }
    }
    told
}

/// Sentences and labels that the checks use exist, and every fact that a sentence names is there.
#[test]
fn no_sentence_is_left_unfilled() {
    for check in CHECKS {
        for (name, both) in page(check).front.sentences {
            for text in [&both.en, &both.zh] {
                let names = |text: &str| {
                    let mut names: Vec<String> = text
                        .split('{')
                        .skip(1)
                        .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
                        .collect();
                    names.sort();
                    names
                };
                let mut wanted = names(&both.en);
                wanted.dedup();
                for fact in names(text) {
                    assert!(wanted.contains(&fact), "{} {name}: `{fact}` in one language only", check.code);
                }
            }
        }
    }
}

#[test]
fn codes_and_names_are_unique() {
    let mut codes: Vec<&str> = CHECKS.iter().flat_map(|check| [check.code, check.name]).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
}

#[test]
fn the_json_report_is_as_its_schema_says() {
    let published = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema/check.json"))
        .expect("the schema is published");
    let published: serde_json::Value = serde_json::from_str(&published).expect("it is JSON");
    assert_eq!(published, schema(), "docs/schema/check.json is stale: `just schema` writes it");
    let validator = jsonschema::validator_for(&published).expect("it is a schema");
    for check in CHECKS {
        for bad in page(check).examples("bad") {
            let report = check_report(&analyse(bad), Language::En);
            let json = serde_json::to_value(&report).expect("it is JSON");
            let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", check.code);
        }
    }
}

/// Conditions that multiply are an error in good time, not a machine without memory.
#[test]
fn regions_that_explode_are_refused() {
    let attributes: String = (0..16).map(|i| format!("attribute a{i} : 0..100\n")).collect();
    let factor = |i: usize| format!("(a{i} < 50 or a{} > 60 or a{} = 7)", (i + 5) % 16, (i + 3) % 16);
    let positive: Vec<String> = (0..16).map(factor).collect();
    let pair = |i: usize| format!("(a{} = {} and a{} = {})", i % 12, i / 12, (i + 1) % 12, i / 12 + 3);
    let negative: Vec<String> = (0..360).map(pair).collect();
    for condition in [positive.join(" and "), format!("not ({})", negative.join(" or "))] {
        let text = format!(
            "area t\nmatter m\nbody b {{ kind police }}\n{attributes}mandate x {{ lead b when {condition} }}\n"
        );
        let analysis =
            analyse_package(Package::of_text("rules.linkage", &text), jiff::civil::date(2026, 11, 23));
        let told: String =
            faults(&analysis, Language::En).iter().map(|fault| fault.message.clone()).collect();
        assert!(told.contains("falls apart into more than 2000 boxes"), "{told}");
    }
}

/// A condition that people judge: the gap is exact, and the finding says that it may be one.
#[test]
fn a_condition_in_words_makes_a_finding_that_may_be() {
    let text = "
        body a { kind police }
        law l { rank statute article 1 }
        matter m { x }
        area t { here }
        mandate grave { lead a over x when \"the damage is grave\" basis l art 1 }
        mandate light { lead a over x when not \"the damage is grave\" and \"someone asks\" basis l art 1 }
    ";
    let analysis = analyse(text);
    let gap = analysis.findings.iter().find(|it| it.check.code == "D001").expect("there is a gap");
    insta::assert_snapshot!(
        [Language::En, Language::Zh]
            .map(|language| terminal(language)
                .render(&analysis.package.sources, &diagnose(&analysis, gap, language)))
            .join("\n")
    );
}
