//! The report in a real browser, driven: loads, filters, searches, is walked with the keyboard, prints, asks the
//! network for nothing, and an accessibility engine finds no fault. Needs node, chromium and, in this folder,
//! `npm install`; where one is missing the test says so loudly and passes, unless `LINKAGE_BROWSER=required`.

use std::io::Write;
use std::process::Command;

use linkage::report::html;
use linkage::text::Language;
use linkage::workspace::analyse;

/// What is missing to drive a browser.
fn missing() -> Option<String> {
    let runs =
        |program: &str| Command::new(program).arg("--version").output().is_ok_and(|it| it.status.success());
    if !runs("node") {
        return Some("node".into());
    }
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".into());
    if !runs(&chromium) {
        return Some(chromium);
    }
    let modules =
        ["puppeteer-core", "axe-core"].map(|name| crate::root("tests/browser/node_modules").join(name));
    modules
        .iter()
        .find(|path| !path.exists())
        .map(|path| format!("{} (npm install there brings it)", path.display()))
}

#[test]
fn the_report_in_a_browser() {
    if let Some(missing) = missing() {
        assert_ne!(
            std::env::var("LINKAGE_BROWSER").ok().as_deref(),
            Some("required"),
            "{missing} is missing"
        );
        // Past the capture of a test that passes: whoever runs the tests is to see it.
        drop(writeln!(std::io::stderr(), "SKIPPED the_report_in_a_browser: {missing} is missing"));
        return;
    }
    let analysis =
        analyse(std::path::Path::new("rules/luzhi"), jiff::civil::date(2026, 11, 23)).expect("readable");
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("report.html");
    std::fs::write(&page, html(&analysis, Language::En)).expect("writable");
    let hostile = folder.path().join("hostile.html");
    std::fs::write(&hostile, html(&crate::report::hostile(), Language::Zh)).expect("writable");
    let shots = if std::env::var_os("LINKAGE_WRITE_DOCS").is_some() {
        crate::root("docs/example")
    } else {
        folder.path().to_owned()
    };
    let output = Command::new("node")
        .arg(crate::root("tests/browser/drive.mjs"))
        .arg(&page)
        .arg(&shots)
        .arg(&hostile)
        .output()
        .expect("node runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
}
