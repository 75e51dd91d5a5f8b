//! The walls of the house: which crate may import which, and what the pure ones never do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The crates from the lowest up, as ARCHITECTURE.md draws them: each imports only crates before it.
const ORDER: &[&str] = &[
    "linkage-parallel",
    "linkage-text",
    "linkage-certify",
    "linkage-calendar",
    "linkage-regions",
    "linkage-syntax",
    "linkage-model",
    "linkage-flow",
    "linkage-import",
    "linkage-analysis",
    "linkage-case",
    "linkage-package",
    "linkage-journal",
    "linkage-scenario",
    "linkage-report",
];

/// The crates that do no input or output, ask no clock, and know neither threads nor async.
const PURE: &[&str] = &[
    "linkage-text",
    "linkage-certify",
    "linkage-calendar",
    "linkage-regions",
    "linkage-syntax",
    "linkage-model",
    "linkage-flow",
    "linkage-import",
    "linkage-analysis",
    "linkage-case",
];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("the folder is readable").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The text of each source file of a crate.
fn sources(name: &str) -> BTreeMap<PathBuf, String> {
    let mut files = Vec::new();
    rust_files(&super::root("crates").join(name).join("src"), &mut files);
    files
        .into_iter()
        .map(|file| (file.clone(), std::fs::read_to_string(file).expect("is readable")))
        .collect()
}

fn is_test(file: &Path) -> bool {
    file.iter().any(|part| part == "tests" || part == "tests.rs")
}

#[test]
fn every_crate_has_its_place() {
    let folder = std::fs::read_dir(super::root("crates")).expect("is readable");
    let mut crates: Vec<String> =
        folder.map(|entry| entry.expect("is readable").file_name().to_string_lossy().into_owned()).collect();
    crates.sort();
    let mut known: Vec<&str> = ORDER.to_vec();
    known.sort_unstable();
    assert_eq!(crates, known, "enter a new crate in ORDER, and draw it in ARCHITECTURE.md");
}

#[test]
fn crates_import_only_from_below() {
    for (at, name) in ORDER.iter().enumerate() {
        let manifest = super::root("crates").join(name).join("Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).expect("is readable");
        let needs = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        for need in needs.lines().filter_map(|line| line.strip_prefix("linkage-")) {
            let need = format!("linkage-{}", need.split(['.', ' ']).next().unwrap_or_default());
            assert!(ORDER[..at].contains(&need.as_str()), "{name} imports {need}, which is not below it");
        }
    }
}

/// `cargo test` at the root runs the tests of every crate only if every crate has some and none is left out.
#[test]
fn every_crate_is_tested_with_the_root() {
    let root = std::fs::read_to_string(super::root("Cargo.toml")).expect("is readable");
    assert!(root.contains(r#"default-members = [".", "crates/*"]"#));
    for name in ORDER {
        let tested =
            sources(name).values().any(|text| text.contains("#[test]") || text.contains("//! ```\n"));
        assert!(tested, "{name} has neither a test nor an example that runs");
    }
}

#[test]
fn pure_crates_do_no_input_or_output() {
    let mut wrong = Vec::new();
    for name in PURE {
        for (file, text) in sources(name).iter().filter(|(file, _)| !is_test(file)) {
            let code = text.split("#[cfg(test)]").next().unwrap_or(text);
            let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            for word in [
                "std::fs",
                "std::env",
                "std::net",
                "std::thread",
                "std::process",
                "println!",
                "async fn",
                "Timestamp::now",
            ] {
                if code.contains(word) {
                    wrong.push(format!("{}: {word}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
