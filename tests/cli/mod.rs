//! The program as its users run it: exit statuses, bad input, nothing half-written.

mod explain;
mod list;
mod new;
mod suites;
mod watch;

use std::path::Path;

use assert_cmd::Command;

fn linkage() -> Command {
    let mut command = Command::cargo_bin("linkage").expect("the program is built");
    command
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Status and both outputs of a run.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = linkage().args(arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it speaks UTF-8");
    (output.status.code().expect("it was not killed"), text(output.stdout), text(output.stderr))
}

fn rules(text: impl AsRef<[u8]>) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rules.linkage");
    std::fs::write(&path, text).expect("a file");
    let shown = path.display().to_string();
    (folder, shown)
}

const FINE: &str = "area t\nmatter m\nbody b {\n  kind police\n}\n\nlaw l {\n  rank statute\n  issuer \"x\"\n  article 1 \"it leads\"\n}\n\nmandate a {\n  lead b\n  over m\n  basis l art 1\n}\n\nscope {\n  over m\n}\n";

#[test]
fn the_town_is_checked_in_both_languages() {
    let (status, out, err) = run(&["check", "rules/luzhi", "--as-of", "2026-11-23"]);
    assert_eq!((status, err.as_str()), (1, ""));
    for code in ["D001", "D002", "D003", "D005"] {
        assert!(out.contains(code), "{code} is missing");
    }
    let (status, out, _) = run(&["--lang", "zh", "check", "rules/luzhi", "--as-of", "2026-11-23"]);
    assert_eq!(status, 1);
    assert!(out.contains("无人牵头"));
}

#[test]
fn a_certificate_is_written_and_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("luzhi.json").display().to_string();
    let (status, _, err) = run(&["check", "rules/luzhi", "--as-of", "2026-11-23", "--certificate", &path]);
    assert_eq!((status, err.as_str()), (1, ""));
    let (status, out, _) = run(&["certify", &path]);
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("certified"), "{out}");
    let text = std::fs::read_to_string(&path).expect("written");
    std::fs::write(&path, text.replacen("\"gaps\":[[", "\"gaps\":[[[[0,1]],", 1)).expect("writable");
    assert_eq!(run(&["certify", &path]).0, 1);
    assert_eq!(run(&["--lang", "zh", "certify", &path]).0, 1);
    std::fs::write(&path, "{}").expect("writable");
    assert_eq!(run(&["certify", &path]).0, 2);
}

#[test]
fn exit_statuses_tell_findings_from_unreadable_input() {
    let (_folder, path) = rules(FINE);
    assert_eq!(run(&["check", &path, "--deny", "note"]).0, 0);
    let (_folder, path) = rules(FINE.replace("over m\n  basis", "over m\n  when day = workday\n  basis"));
    assert_eq!(run(&["check", &path]).0, 1);
    let (_folder, path) = rules(FINE.replace("lead b", "leed b"));
    assert_eq!(run(&["check", &path]).0, 2);
    assert_eq!(run(&["check", "no/such/folder"]).0, 2);
    assert_eq!(run(&["check", "--no-such-flag"]).0, 2);
    assert_eq!(run(&["check", &path, "--only", "D999"]).0, 2);
    assert_eq!(run(&["explain", "gap"]).0, 0);
    assert_eq!(run(&["explain", "gpa"]).0, 2);
    assert_eq!(run(&["explain", "--list"]).0, 0);
}

#[test]
fn a_range_of_days_and_a_body_can_be_asked_for() {
    let (status, out, err) =
        run(&["check", "rules/luzhi", "--as-of", "2025-12-01..2026-01-31", "--only", "gap"]);
    assert_eq!((status, err.as_str()), (1, ""));
    assert!(out.contains("2026-01-01") && out.contains("- D001 nobody leads thrown_object"), "{out}");
    let (status, _, err) = run(&["check", "rules/luzhi", "--as-of", "2026-01-31..2025-12-01"]);
    assert_eq!(status, 2);
    assert!(err.contains("2025-12-01 is before 2026-01-31"), "{err}");
    let (status, out, _) = run(&["--lang", "zh", "who", "rules/luzhi", "--body", "派出所"]);
    assert_eq!(status, 0);
    assert!(out.starts_with("派出所") && out.contains("督办") | out.contains("牵头"), "{out}");
    let (status, _, err) = run(&["who", "rules/luzhi", "--body", "polce_station"]);
    assert_eq!(status, 2);
    assert!(err.contains("did you mean `police_station`?"), "{err}");
}

#[test]
fn bad_files_get_a_clear_error_and_status_two() {
    let deep = format!("area a {}x{}", "{ b ".repeat(100_000), "}".repeat(100_000));
    let brackets =
        format!("attribute k : boolean mandate m {{ when {}k{} }}", "(".repeat(100_000), ")".repeat(100_000));
    let cases: &[(&str, Vec<u8>, &str)] = &[
        ("not UTF-8", b"area t \xff\xfe".to_vec(), "UTF-8"),
        ("deep blocks", deep.into_bytes(), "deeper"),
        ("deep brackets", brackets.into_bytes(), "deeper"),
        ("a program", b"\x7fELF\x02\x01\x01\0\0\0".to_vec(), "U+0000"),
        ("nothing but braces", b"}}}}{{{{".to_vec(), "closes nothing"),
        ("a use of nothing", b"use \"../nothing\"".to_vec(), "can't be followed"),
    ];
    for (name, bytes, wanted) in cases {
        let (_folder, path) = rules(bytes);
        let (status, out, err) = run(&["check", &path]);
        assert_eq!(status, 2, "{name}: {out}{err}");
        assert!(format!("{out}{err}").contains(wanted), "{name}: {out}{err}");
    }
}

#[test]
fn packages_may_use_each_other_in_a_circle() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, other) in [("one", "two"), ("two", "one")] {
        let package = folder.path().join(name);
        std::fs::create_dir(&package).expect("a folder");
        std::fs::write(package.join("linkage.yaml"), format!("name: {name}\n")).expect("a file");
        std::fs::write(
            package.join("rules.linkage"),
            format!("use \"../{other}\"\nbody {name} {{ kind police }}\n"),
        )
        .expect("a file");
    }
    let path = folder.path().join("one").display().to_string();
    let (status, out, _) = run(&["check", &path]);
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("looked at 2 bodies"), "{out}");
}

#[test]
fn a_bad_manifest_or_calendar_is_told_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("rules.linkage", FINE);
    let path = folder.path().display().to_string();
    for (manifest, calendar, wanted) in [
        ("name: [", "", "linkage.yaml"),
        ("name: x\ncolour: red\n", "", "colour"),
        ("name: x\nlanguage: 7\n", "", "language 7"),
        ("name: x\ncalendar: none.yaml\n", "", "none.yaml"),
        ("name: x\ncalendar: c.yaml\n", "zone: Mars/Olympus\n", "Mars/Olympus"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nname: *b\n", "", "linkage.yaml"),
    ] {
        write("linkage.yaml", manifest);
        write("c.yaml", calendar);
        let (status, _, err) = run(&["check", &path]);
        assert_eq!(status, 2, "{manifest}");
        assert!(err.contains(wanted), "{manifest}: {err}");
    }
}

#[test]
fn fmt_writes_canonical_text_or_nothing() {
    let (_folder, path) = rules("area t matter m body b{kind police}");
    assert_eq!(run(&["fmt", "--check", &path]).0, 1);
    assert_eq!(run(&["fmt", &path]).0, 0);
    let formatted = std::fs::read_to_string(&path).expect("it is there");
    assert_eq!(formatted, "area t\nmatter m\n\nbody b {\n  kind police\n}\n");
    assert_eq!(run(&["fmt", "--check", &path]).0, 0);
    assert_eq!(run(&["fmt", "--keywords", "zh", &path]).0, 0);
    assert!(std::fs::read_to_string(&path).expect("it is there").contains("主体 b {\n  类别 公安机关"));
    let (_folder, path) = rules("area t {\nbody b{kind polise}");
    let (status, _, err) = run(&["fmt", &path]);
    assert_eq!(status, 2);
    assert!(err.contains("left as it is"), "{err}");
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "area t {\nbody b{kind polise}");
    let output = linkage().args(["fmt", "-"]).write_stdin("area  t").output().expect("it runs");
    assert_eq!(output.stdout, b"area t\n");
}

#[test]
fn a_report_that_cannot_be_written_leaves_the_old_one() {
    let (folder, path) = rules(FINE);
    let report = folder.path().join("none").join("report.txt");
    let (status, _, err) = run(&["check", &path, "--output", &report.display().to_string()]);
    assert_eq!(status, 2);
    assert!(err.contains("can't be written"), "{err}");
    assert!(!Path::new(&report).exists());
}

#[test]
fn a_scenario_runs_and_a_bad_one_is_told_with_its_place() {
    let (status, out, err) = run(&["run", "examples/overlap_ebike.yaml"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("the first receiver keeps it"));
    let (status, out, _) = run(&["run", "examples/overlap_ebike.yaml", "--format", "json"]);
    assert_eq!(status, 0);
    let json: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(json["as_expected"], true);

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("case.yaml");
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/luzhi");
    let shown = path.display().to_string();
    for (text, wanted) in [
        ("", "case.yaml"),
        ("start: [", "case.yaml"),
        ("start: tomorrow\n", "start"),
        ("start: 2026-11-23T09:00\nstrat: 1\n", "strat"),
        (
            "start: 2026-11-23T09:00\nfacts: {matter: drowning}\nscript: [{at: +1h, as: police_station, do: dnoe}]\n",
            "script[0].do",
        ),
        ("start: 2026-11-23T09:00\nfacts: {matter: drowning}\n", "rules"),
        ("a: &a [1, 1, 1, 1]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nstart: *c\n", "case.yaml"),
    ] {
        std::fs::write(&path, text).expect("a file");
        let (status, out, err) = run(&["run", &shown]);
        assert_eq!(status, 2, "{text}: {out}");
        assert!(err.contains(wanted), "{text}: {err}");
    }
    let (status, _, err) = run(&["run", "rules/luzhi"]);
    assert_eq!(status, 2);
    assert!(err.contains("--at"), "{err}");
    // What is well formed and not met is status 1, with what was expected and what is so.
    std::fs::write(
        &path,
        format!("rules: {rules}\nstart: 2026-11-23T09:00\nfacts: {{matter: drowning, area: grid_01, severity: 2}}\nexpect: {{gap: false}}\n"),
    )
    .expect("a file");
    let (status, out, _) = run(&["run", &shown]);
    assert_eq!(status, 1);
    assert!(out.contains("expect.gap: expected false, but it is true"), "{out}");
}

#[test]
fn who_answers_or_says_what_it_needs() {
    let (status, out, _) =
        run(&["who", "rules/luzhi", "--at", "matter=drowning", "area=grid_01", "--as-of", "2026-11-23"]);
    assert_eq!(status, 0);
    assert!(out.starts_with("nobody: a gap"), "{out}");
    let (status, out, _) =
        run(&["who", "rules/luzhi", "--at", "matter=hazard.fire", "--as-of", "2026-11-23"]);
    assert_eq!(status, 0);
    assert!(out.contains("It depends"), "{out}");
    for (fact, wanted) in [
        ("matter", "name=value"),
        ("mater=drowning", "did you mean"),
        ("matter=drwning", "did you mean"),
        ("severity=9", "1 to 4"),
        ("severity=high", "whole number"),
        ("at=tonight", "2026-11-23T22:30"),
    ] {
        let (status, _, err) = run(&["who", "rules/luzhi", "--at", fact]);
        assert_eq!(status, 2, "{fact}");
        assert!(err.contains(wanted), "{fact}: {err}");
    }
}

#[test]
fn the_tour_shows_findings_and_a_case() {
    let (status, out, err) = run(&["tour"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("D001 nobody leads") && out.contains("closed, solved"), "{out}");
}

/// What a terminal would act on is shown, not sent.
#[test]
fn control_characters_of_rule_files_are_made_visible() {
    let (_folder, path) = rules(
        FINE.replace("body b {", "body b \"\u{1b}[31m\u{202e}red\" {")
            .replace("over m\n  basis", "over m\n  when day = workday\n  basis"),
    );
    for language in ["en", "zh"] {
        let (_, out, err) = run(&["--lang", language, "check", &path, "--color", "never"]);
        assert!(!format!("{out}{err}").contains(['\u{1b}', '\u{202e}']), "{out}");
    }
}
