//! The documents keep what they promise: generated pages are current, examples are true.

use std::path::{Path, PathBuf};

use linkage::checks::CHECKS;
use linkage::report::{explain, faults};
use linkage::syntax::parse;
use linkage::text::{Language, SourceId};
use linkage::workspace::{Package, analyse_package};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// Holds a generated file against what would be generated; `LINKAGE_WRITE_DOCS` writes it instead.
fn generated(path: &Path, text: &str) {
    if std::env::var_os("LINKAGE_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        std::fs::write(path, text).expect("writable");
    }
    let published = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(published, text, "{} is stale: `just generate` writes it", path.display());
}

#[test]
fn each_finding_has_its_page_in_both_languages() {
    let mut list = String::from("# Findings\n\n| code | finding | 名称 |\n|---|---|---|\n");
    for check in CHECKS {
        let page = linkage::checks::Page::read(check.page).expect("a page");
        let title = &page.front.title;
        list.push_str(&format!(
            "| [{code}]({code}.md) `{}` | {} | {} |\n",
            check.name,
            title.en,
            title.zh,
            code = check.code
        ));
        let text = format!("{}\n---\n\n{}", explain(check, Language::En), explain(check, Language::Zh));
        generated(&docs().join("findings").join(format!("{}.md", check.code)), &text);
    }
    generated(&docs().join("findings/index.md"), &list);
}

/// The table of the study is what the findings of the town and its drafts make of it.
#[test]
fn the_table_of_the_study_is_current() {
    use linkage::workspace::{analyse_package, load};
    let town = docs().join("../rules/luzhi");
    // Drafts are held against the day on which all of them are in effect.
    let day = jiff::civil::date(2027, 10, 1);
    let base = analyse_package(load(&town).expect("the town is readable"), day);
    let names = ["legislation", "top_level_design", "resource_sharing", "social_forces"];
    let amended = names.map(|name| {
        let package = load(&town).expect("the town is readable");
        analyse_package(package.adopt(&[name.into()]).expect("it is drafted"), day)
    });
    generated(&docs().join("study.md"), &linkage::report::study_table(&base, &amended));
}

/// The fenced blocks of a language in a Markdown text.
fn blocks<'t>(text: &'t str, mark: &str) -> Vec<&'t str> {
    let fence = format!("```{mark}\n");
    text.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

fn pages() -> Vec<PathBuf> {
    let mut pages = vec![docs().join("../README.md"), docs().join("../README.zh.md")];
    for entry in std::fs::read_dir(docs()).expect("docs are there") {
        let path = entry.expect("readable").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    pages
}

#[test]
fn rule_examples_in_the_documents_are_true() {
    let mut count = 0;
    for page in pages() {
        let text = std::fs::read_to_string(&page).expect("readable");
        for block in blocks(&text, "linkage") {
            count += 1;
            let parsed = parse(SourceId::default(), block);
            assert!(parsed.errors.is_empty(), "{}: {:?}\n{block}", page.display(), parsed.errors);
            if block.starts_with("// whole") {
                let analysis =
                    analyse_package(Package::of_text("docs", block), jiff::civil::date(2026, 11, 23));
                let faults = faults(&analysis, Language::En);
                assert!(faults.is_empty(), "{}: {faults:?}\n{block}", page.display());
            }
        }
    }
    assert!(count >= 10, "{count} examples");
}

/// Links between the documents lead to files that are there.
#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for page in pages() {
        let text = std::fs::read_to_string(&page).expect("readable");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            if !page.parent().expect("a folder").join(target).exists() {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The first rules that a reader sees have the findings that stand below them, and what is said to mend them does.
#[test]
fn first_rules_have_the_findings_shown() {
    let day = jiff::civil::date(2026, 11, 23);
    for (file, language) in [("../README.md", Language::En), ("../README.zh.md", Language::Zh)] {
        let text = std::fs::read_to_string(docs().join(file)).expect("readable");
        let rules = blocks(&text, "linkage");
        let analysis = analyse_package(Package::of_text("rules.linkage", rules[0]), day);
        let gap_and_overlap: Vec<String> = analysis
            .findings
            .iter()
            .filter(|finding| ["D001", "D002"].contains(&finding.check.code))
            .map(|finding| linkage::report::diagnose(&analysis, finding, language).message)
            .collect();
        assert_eq!(gap_and_overlap.len(), 2, "{file}");
        for message in gap_and_overlap {
            assert!(text.contains(&message), "{file} does not say: {message}");
        }
        let declared = |line: &str| line.split(" { ").next().unwrap_or_default().to_owned();
        let replaced: Vec<String> = rules[1].lines().map(declared).collect();
        let kept: Vec<&str> = rules[0].lines().filter(|line| !replaced.contains(&declared(line))).collect();
        let mended = format!("{}\n{}", kept.join("\n"), rules[1]);
        let analysis = analyse_package(Package::of_text("rules.linkage", &mended), day);
        let left: Vec<&str> = analysis.findings.iter().map(|finding| finding.check.code).collect();
        assert!(analysis.is_understood() && !left.contains(&"D001") && !left.contains(&"D002"), "{left:?}");
    }
}

/// The figures that the documents show are those of the town today, and the list of commands names every finding.
#[test]
fn shown_figures_are_current() {
    let day = jiff::civil::date(2026, 11, 23);
    let analysis =
        linkage::workspace::analyse(&docs().join("../rules/luzhi"), day).expect("the town is readable");
    for (file, language) in
        [("../README.md", Language::En), ("../README.zh.md", Language::Zh), ("commands.md", Language::En)]
    {
        let text = std::fs::read_to_string(docs().join(file)).expect("readable");
        let summary = linkage::report::summary(&analysis, language);
        let first = summary.lines().next().expect("a line");
        assert!(text.contains(first), "{file} does not say: {first}");
    }
    for (file, text) in ["commands.md", "findings/index.md"]
        .map(|file| (file, std::fs::read_to_string(docs().join(file)).expect("readable")))
    {
        for check in CHECKS {
            assert!(text.contains(check.code), "{file} does not name {}", check.code);
        }
    }
}

/// The book lists the page of every finding.
#[test]
fn the_book_lists_every_finding() {
    let text = std::fs::read_to_string(docs().join("SUMMARY.md")).expect("readable");
    for check in CHECKS {
        let line = format!("[{} {}](findings/{}.md)", check.code, check.name, check.code);
        assert!(text.contains(&line), "SUMMARY.md does not list {line}");
    }
}

/// What the page of the town quotes is what the program says.
#[test]
fn quoted_findings_are_current() {
    let day = jiff::civil::date(2026, 11, 23);
    let town = docs().join("../rules/luzhi");
    let mut said = Vec::new();
    for day in [day, jiff::civil::date(2025, 12, 31)] {
        let analysis = linkage::workspace::analyse(&town, day).expect("the town is readable");
        for finding in &analysis.findings {
            let message = linkage::report::diagnose(&analysis, finding, Language::En).message;
            said.push(format!("{} {message}", finding.check.code));
        }
    }
    let text = std::fs::read_to_string(docs().join("luzhi.md")).expect("readable");
    let quoted: Vec<&str> = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|quote| CHECKS.iter().any(|check| quote.starts_with(&format!("{} ", check.code))))
        .collect();
    assert!(quoted.len() >= 12, "{quoted:?}");
    let wrong: Vec<&&str> =
        quoted.iter().filter(|quote| !said.iter().any(|said| said.starts_with(**quote))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What a page shows as printed is printed: after `$ linkage …` each line, in order; `...` stands for what is left out.
#[test]
fn shown_output_is_printed() {
    let read = |name: &str| std::fs::read_to_string(docs().join(name)).expect("readable");
    let commands = read("commands.md");
    let of_test = commands.split("## ").find(|part| part.starts_with("`test`")).expect("a part on `test`");
    let text = read("amendments.md") + of_test;
    let mut shown = 0;
    for block in text.split("```text\n").skip(1).filter_map(|rest| rest.split("\n```").next()) {
        let mut lines = block.lines();
        let command = lines.next().and_then(|line| line.strip_prefix("$ linkage ")).expect("a command");
        let output = assert_cmd::Command::cargo_bin("linkage")
            .expect("the program is built")
            .args(command.split_whitespace())
            .args(["--lang", "en"])
            .current_dir(docs().join(".."))
            .output()
            .expect("it runs");
        let printed = String::from_utf8(output.stdout).expect("text");
        let mut printed = printed.lines();
        let mut skipping = false;
        for line in lines {
            if line == "..." {
                skipping = true;
                continue;
            }
            let next = if skipping { printed.find(|printed| *printed == line) } else { printed.next() };
            assert_eq!(next, Some(line), "$ linkage {command}");
            (skipping, shown) = (false, shown + 1);
        }
        assert!(skipping || printed.next().is_none(), "more is printed: $ linkage {command}");
    }
    assert!(shown > 50, "{shown}");
}
