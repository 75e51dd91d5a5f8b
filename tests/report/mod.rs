//! The report for reviewers and the formats for programs: complete, escaped, self-contained.

use std::collections::BTreeSet;
use std::path::Path;

use base64::Engine;
use linkage::report::{csv, github, html, junit, markdown, sarif};
use linkage::text::{Language, Severity};
use linkage::workspace::{Analysis, Package, analyse, analyse_package};
use sha2::Digest;

#[path = "../../benches/generate/mod.rs"]
#[allow(dead_code, reason = "the benches use more of it")]
mod generate;

const DAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

/// The paths that a report names are those that were asked for.
fn town() -> Analysis {
    analyse(Path::new("rules/luzhi"), DAY).expect("the town is readable")
}

fn small() -> Analysis {
    let text = "area town\nmatter hazard { fire gas }\nbody police \"派出所\" { kind police }\nbody office { kind department }\nlaw a { rank statute issuer \"x\" article 1 \"y\" }\nmandate one { lead police over fire basis a art 1 }\nmandate two { lead office over fire basis a art 1 }\nscope { over hazard fallback office }\n";
    analyse_package(Package::of_text("small", text), DAY)
}

/// Titles that would run, turn or break out of what shows them.
pub fn hostile() -> Analysis {
    let bad =
        "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\u{202e}]]>'`${x}`|=cmd()";
    let long = "很长的名称".repeat(40);
    let text = format!(
        "area town \"{bad}\"\nmatter hazard \"{bad}\" {{ fire \"{long}\" gas \"{bad}\" }}\nbody police \"{bad}\" {{ kind police duty workday 09:00-17:00 }}\nbody office \"{long}\" {{ kind department under police }}\nlaw a \"{bad}\" {{ rank statute issuer \"{bad}\" article 1 \"{bad}\" }}\nmandate one \"{bad}\" {{ lead police over fire basis a art 1 }}\nmandate two \"{bad}\" {{ lead office over fire basis a art 1 }}\nscope {{ over hazard fallback office }}\nprocedure go \"{bad}\" {{ trigger report of hazard lead by mandate step do \"{bad}\" {{ by office outcome ok \"{bad}\" -> close }} }}\naccept gap {{ on gas reason \"{bad}\" by police until 2027-01-01 }}\naccept E001 {{ reason \"=cmd(){bad}\" by office }}\n"
    );
    let analysis = analyse_package(Package::of_text("small", &text), DAY);
    assert!(analysis.is_understood(), "{:?}", linkage::report::faults(&analysis, Language::En));
    assert!(!analysis.accepted.is_empty(), "something is accepted");
    analysis
}

/// One of two findings is accepted.
fn accepting() -> Analysis {
    let text = "area town\nmatter hazard { fire gas }\nbody police \"派出所\" { kind police }\nbody office { kind department }\nlaw a { rank statute issuer \"x\" article 1 \"y\" }\nmandate one { lead police over fire basis a art 1 }\nmandate two { lead office over fire basis a art 1 }\nscope { over hazard fallback office }\naccept overlap { on fire reason \"两家正在商定\" by office until 2027-03-31 }\n";
    let analysis = analyse_package(Package::of_text("small", text), DAY);
    assert!(analysis.is_understood(), "{:?}", linkage::report::faults(&analysis, Language::En));
    assert_eq!(analysis.accepted.len(), 1);
    analysis
}

/// Why, who answers for it, until when: apart from what stands, in every format, and counted nowhere.
#[test]
fn what_is_accepted_stands_apart() {
    let analysis = accepting();
    let standing = |text: &str| text.contains("D002");
    for language in [Language::En, Language::Zh] {
        let result: serde_json::Value = serde_json::from_str(&sarif(&analysis, language)).expect("JSON");
        let results = result["runs"][0]["results"].as_array().expect("results").clone();
        let (apart, open): (Vec<_>, Vec<_>) =
            results.into_iter().partition(|it| it.get("suppressions").is_some());
        assert!(open.iter().all(|it| it["ruleId"] != "D002") && apart.len() == 1);
        let suppression = &apart[0]["suppressions"][0];
        assert_eq!((&apart[0]["ruleId"], &suppression["status"]), (&"D002".into(), &"accepted".into()));
        let said = suppression["justification"].as_str().expect("a justification");
        assert!(said.contains("两家正在商定") && said.contains("office") && said.contains("2027-03-31"));

        let text = markdown(&analysis, language);
        let (before, apart) = text.split_once(language.pick("1 accepted", "1 已认可")).expect("a list apart");
        assert!(!standing(before) && standing(apart) && apart.contains("两家正在商定"), "{text}");

        let text = junit(&analysis, language);
        assert!(
            text.contains("skipped=\"1\" failures=\"2\"") && text.contains("<skipped message=\"两家正在商定")
        );

        let text = csv(&analysis, language);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
        let own: Vec<_> = rows.iter().filter(|row| &row[1] == "D002").collect();
        assert_eq!(own.len(), 1);
        assert_eq!(
            own[0].iter().skip(12).take(4).collect::<Vec<_>>(),
            ["yes", "两家正在商定", "office", "2027-03-31"]
        );
        assert!(rows.iter().filter(|row| &row[1] != "D002").all(|row| &row[12] == "no"));

        assert!(!standing(&github(&analysis, language)), "nobody is annotated with what is accepted");

        let page = html(&analysis, language);
        is_whole(&page);
        let list = page
            .split("id=\"list\"")
            .nth(1)
            .and_then(|rest| rest.split("</section>").next())
            .expect("the list");
        let apart = page
            .split("id=\"accepted\"")
            .nth(1)
            .and_then(|rest| rest.split("</section>").next())
            .expect("apart");
        assert!(!standing(list) && apart.contains("id=\"accepted-1\""));
        for wanted in ["两家正在商定", "2027-03-31", "office", "Accepted because", "认可理由"] {
            assert!(apart.contains(wanted), "{wanted}");
        }
    }
}

#[test]
fn formats_of_a_small_package() {
    let analysis = small();
    for (language, key) in [(Language::En, "en"), (Language::Zh, "zh")] {
        // What is no failure is told beside a case that passes, in an element of its own.
        let text = junit(&analysis, language);
        let mild = analysis.findings.iter().filter(|finding| finding.severity != Severity::Error).count();
        assert_eq!(text.matches("<system-out>").count(), mild);
        assert_eq!(text.matches("<testcase ").count(), text.matches("classname=").count());
        insta::assert_snapshot!(format!("markdown_{key}"), markdown(&analysis, language));
        insta::assert_snapshot!(format!("junit_{key}"), junit(&analysis, language));
        insta::assert_snapshot!(format!("csv_{key}"), csv(&analysis, language));
        insta::assert_snapshot!(format!("github_{key}"), github(&analysis, language));
    }
}

/// What was found, and of the rules that SARIF lists those that found it.
#[test]
fn sarif_of_a_small_package() {
    let mut report: serde_json::Value = serde_json::from_str(&sarif(&small(), Language::En)).expect("JSON");
    let run = &mut report["runs"][0];
    let found: Vec<String> = run["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| result["ruleId"].as_str().expect("an id").to_owned())
        .collect();
    let rules = run["tool"]["driver"]["rules"].as_array_mut().expect("rules");
    assert!(rules.len() > found.len(), "every check is listed");
    rules.retain(|rule| found.iter().any(|id| rule["id"] == id.as_str()));
    insta::assert_snapshot!("sarif", serde_json::to_string_pretty(&report).expect("is JSON"));
}

/// The schema of the OASIS standard, as published with it; one pattern of it is no regular expression of today
/// (a bracket closes that none opens) and is read as it is meant.
#[test]
fn sarif_is_valid() {
    let schema: serde_json::Value =
        serde_json::from_str(&include_str!("sarif-2.1.0.json").replace("{2}]?$", "{2}$")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for analysis in
        [town(), small(), accepting(), hostile(), analyse_package(Package::of_text("x", "body {"), DAY)]
    {
        let value = serde_json::from_str(&sarif(&analysis, Language::Zh)).expect("JSON");
        let faults: Vec<String> = validator.iter_errors(&value).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
    let wrong = serde_json::json!({ "version": "2.1.0", "runs": [{ "results": [] }] });
    assert!(!validator.is_valid(&wrong), "the schema lets anything pass");
}

#[test]
fn other_formats_escape_what_they_show() {
    let analysis = hostile();
    let language = Language::Zh;
    let text = markdown(&analysis, language);
    assert!(!text.contains("<script") && !text.contains("<img") && !text.contains('\u{202e}'), "{text}");
    let text = junit(&analysis, language);
    assert!(!text.contains("<script") && !text.contains('\u{202e}'), "{text}");
    let text = github(&analysis, language);
    assert!(text.lines().all(|line| line.starts_with("::")), "{text}");
    let text = csv(&analysis, language);
    assert!(!text.contains('\u{202e}'), "{text}");
    assert!(!sarif(&analysis, language).contains('\u{202e}'));
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    for row in reader.records() {
        let row = row.expect("a row");
        assert_eq!(row.len(), 22);
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
    }
}

/// What a page names of itself and of others.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let mark = format!(" {name}=\"");
    page.split(mark.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn is_whole(page: &str) {
    assert_eq!(page.matches("<script").count(), 1, "one script, ours");
    assert_eq!(page.matches("</script>").count(), 1);
    assert!(attributes(page, "src").is_empty() && attributes(page, "style").is_empty());
    assert!(!page.contains("<img") && !page.contains("<link") && !page.contains("<iframe"));
    assert!(!page.contains(" onerror=\"") && !page.contains(" onclick"));
    let ids = attributes(page, "id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "each id once");
    for link in attributes(page, "href") {
        let anchor = link.strip_prefix('#').expect("links stay inside");
        assert!(anchor.starts_with('?') || known.contains(anchor), "{link} leads nowhere");
    }
    for label in attributes(page, "aria-labelledby").into_iter().chain(attributes(page, "aria-describedby")) {
        assert!(known.contains(label), "{label} names nothing");
    }
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
        let rest = page.split(start).nth(1).expect("it is there");
        let text = rest.split(end).next().expect("it ends");
        let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(text.as_bytes()));
        assert!(page.contains(&format!("'sha256-{hash}'")), "the policy does not allow our own {start}");
    }
    let odd = page
        .chars()
        .find(|c| c.is_control() && !"\n\t".contains(*c) || ('\u{202a}'..='\u{202e}').contains(c));
    assert_eq!(odd, None, "what turns text is made visible");
}

#[test]
fn the_page_stands_alone() {
    for analysis in [town(), small(), hostile(), analyse_package(Package::of_text("x", "body {"), DAY)] {
        is_whole(&html(&analysis, Language::En));
    }
}

/// What a rule file says is shown, not run; and what would hide it is seen.
#[test]
fn hostile_rules_are_shown() {
    let page = html(&hostile(), Language::Zh);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("U+202E"));
}

/// Someone who has never seen a rule file finds who is responsible, why two claim it, and what would settle it.
#[test]
fn the_report_answers_who_charges_at_night() {
    let page = html(&town(), Language::En);
    let article = page.split("<article").find(|text| text.contains("id=\"D002-1\"")).expect("the overlap");
    for wanted in [
        "ebike_charging",
        "police_station and fire_brigade",
        "It is claimed by",
        "What would mend it",
        "linkage who",
        "ebike_police",
    ] {
        assert!(article.contains(wanted), "{wanted} is missing in {article}");
    }
}

/// The same rules make the same page, and what is published is that page.
#[test]
fn the_example_is_current() {
    let page = html(&town(), Language::En);
    let path = crate::root("docs/example/luzhi-report.html");
    if std::env::var_os("LINKAGE_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).expect("writable");
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(published == page, "{} is stale: `just generate` writes it", path.display());
}

/// 5,000 mandates, 200 procedures: `cargo test --test main report::large -- --ignored --nocapture`.
#[test]
#[ignore = "takes a minute; its figures are in docs/report.md"]
fn large_packages_make_files_that_open() {
    let sizes = generate::Sizes {
        matters: 120,
        villages: 60,
        bodies: 640,
        mandates: 5_000,
        procedures: 200,
        chinese: false,
    };
    // Four mandates of thirteen lose their basis: each is a finding.
    let text: String = generate::package(sizes)
        .split_inclusive("\n}\n")
        .enumerate()
        .map(|(at, part)| {
            let lines = part.split_inclusive('\n');
            let loses = part.contains("mandate mandate_") && at % 13 < 4;
            lines.filter(|line| !(loses && line.starts_with("  basis"))).collect::<String>()
        })
        .collect();
    let start = std::time::Instant::now();
    let analysis = analyse_package(Package::of_text("large", &text), DAY);
    let checked = start.elapsed();
    let page = html(&analysis, Language::En);
    let (findings, bytes) = (analysis.findings.len(), page.len());
    println!(
        "{findings} findings, {bytes} bytes, checked in {checked:?}, written in {:?}",
        start.elapsed().saturating_sub(checked)
    );
    if let Some(path) = std::env::var_os("LINKAGE_LARGE_REPORT") {
        std::fs::write(path, &page).expect("writable");
    }
    for part in page.split("<section").skip(1) {
        println!("{:>9} {}", part.len(), &part[..part.len().min(12)]);
    }
    is_whole(&page);
    assert!(findings >= 2_000 && bytes < 8_000_000, "{findings} findings, {bytes} bytes");
}
