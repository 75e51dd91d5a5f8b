//! What findings cost real cases: a journal made by the commands that make real ones, figures counted by hand.

mod courses;

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// The cases of one Monday. The figures below are counted from these lines and the deadlines of the rules.
///
/// C1 is known whole, and two claim it. `register` is due at 09:40 and done at 10:25: 45 minutes late in
/// working hours; two rungs on the way (three quarters of the time, the deadline). The police then refuse
/// `inspect`: one hand-back and one more rung.
/// C2 falls into a gap. `receive` is due at 15:30; two rungs; still late when the last record is written at 16:00.
/// C3 is known as a fire only. `register` is due at 12:10; two rungs; late until 16:00, 230 minutes on the clock, of
/// which the town works from 13:30: 150.
const MONDAY: &[&str] = &[
    "open --rules rules/luzhi --procedure hazard_governance --at matter=fire.ebike_charging area=grid_06 severity=2 urgency=normal --as governance_centre --contact call-7 --now 2026-11-23T09:10",
    "done C1 --outcome registered --as governance_centre --now 2026-11-23T10:25",
    "done C1 --outcome dispatched --as governance_centre --now 2026-11-23T10:30",
    "take C1 --as police_station --now 2026-11-23T10:35",
    "done C1 --step accept_order --outcome accepted --as police_station --now 2026-11-23T10:40",
    "done C1 --step cordon --outcome cordoned --as village_committee --now 2026-11-23T11:00",
    "done C1 --step competence --outcome confirmed --as governance_centre --now 2026-11-23T11:10",
    "refuse C1 --step inspect --reason busy --as police_station --now 2026-11-23T11:20",
    "open --at matter=short_let area=grid_06 --as governance_centre --now 2026-11-23T11:30",
    "open --procedure hazard_governance --at matter=fire area=grid_06 severity=2 urgency=normal --as governance_centre --now 2026-11-23T11:40",
    "tick --now 2026-11-23T16:00",
];

fn run(line: &str, journal: &Path) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_linkage"))
        .args(line.split(' '))
        .args(["--journal".as_ref(), journal.as_os_str()])
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .current_dir(crate::root("."))
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it speaks UTF-8");
    (output.status.code().expect("it was not killed"), text(output.stdout), text(output.stderr))
}

fn monday(folder: &Path) -> std::path::PathBuf {
    let journal = folder.join("monday");
    for line in MONDAY {
        let (status, out, err) = run(line, &journal);
        assert_eq!(status, 0, "{line}: {out}{err}");
    }
    journal
}

const CHECK: &str = "check rules/luzhi --as-of 2026-11-23 --lang en";

fn report(line: &str, journal: &Path) -> Value {
    let (_, out, err) = run(line, journal);
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{line}: {error} {err}"))
}

fn told<'r>(report: &'r Value, code: &str, message: &str) -> &'r Value {
    let findings = report["findings"].as_array().expect("findings");
    let says = |it: &&Value| it["message"].as_str().is_some_and(|own| own.contains(message));
    let found = findings.iter().find(|it| it["code"] == code && says(it));
    found.map_or(&Value::Null, |it| &it["cases"])
}

fn spent(late: u64, working: u64, escalations: u64, hand_backs: u64) -> Value {
    json!({ "minutes_late": late, "working_minutes_late": working, "escalations": escalations, "hand_backs": hand_backs })
}

#[test]
fn findings_carry_what_they_cost() {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = monday(folder.path());
    let all = report(&format!("{CHECK} --format json"), &journal);
    assert_eq!(all["journal"]["cases"], 3);
    assert_eq!(all["journal"]["touched"], 3);
    assert_eq!((&all["journal"]["other_rules"], &all["journal"]["unplaced"]), (&json!(0), &json!(0)));
    assert_eq!(all["journal"]["spent"], spent(45 + 30 + 230, 45 + 30 + 150, 3 + 2 + 2, 1));

    // The overlap: C1 surely, C3 perhaps, for a fire may be a charger.
    let overlap = told(&all, "D002", "ebike_charging");
    assert_eq!((&overlap["certain"], &overlap["possible"]), (&json!(1), &json!(1)));
    assert_eq!((&overlap["named"], &overlap["spent"]), (&json!(["C1"]), &spent(45, 45, 3, 1)));
    // The gap: C2.
    let gap = told(&all, "D001", "short_let");
    assert_eq!((&gap["named"], &gap["possible"]), (&json!(["C2"]), &json!(0)));
    assert_eq!(gap["spent"], spent(30, 30, 2, 0));
    // A gap that no case is in.
    assert_eq!(told(&all, "D001", "noise_stage")["certain"], 0);
    // Steps: what it cost there, in C1 and C3; the refusal at another step is not counted.
    let steps = told(&all, "D015", "governance_centre performs register, dispatch");
    assert_eq!((&steps["named"], &steps["spent"]), (&json!(["C1", "C3"]), &spent(275, 195, 4, 0)));
    // A power that lies idle is met by no case.
    assert_eq!(told(&all, "A002", "accept_report"), &Value::Null);

    // In the order of what they cost, notes last.
    let findings = all["findings"].as_array().expect("findings");
    let late = |it: &Value| it["cases"]["spent"]["minutes_late"].as_u64().unwrap_or(0);
    let keys: Vec<(bool, u64)> = findings.iter().map(|it| (it["severity"] != "note", late(it))).collect();
    assert!(keys.windows(2).all(|two| two[0] >= two[1]), "{keys:?}");
    assert!(keys[0].1 > 0);
    // Nothing of a person.
    assert!(!all.to_string().contains("call-7"));
}

#[test]
fn every_format_for_people_tells_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = monday(folder.path());
    let words = "1 case falls under it (C1), and 1 more may: 45 min late (45 min of working time), 3 escalations, 1 hand-back";
    let (_, text, _) = run(CHECK, &journal);
    assert!(text.contains(&format!("real cases: {words}")), "{text}");
    assert!(text.contains("The journal holds 3 cases from 2026-11-23 to 2026-11-23"), "{text}");
    let (_, zh, _) = run(&CHECK.replace("--lang en", "--lang zh"), &journal);
    assert!(zh.contains(
        "实际案件：涉及1件（C1），另可能涉及1件：超期45分钟（其中工作时间45分钟），升级3次，退回移送1次"
    ));
    for format in ["markdown", "junit", "sarif"] {
        let (_, out, err) = run(&format!("{CHECK} --format {format}"), &journal);
        assert!(out.contains("45 min late") && out.contains("3 escalations"), "{format}: {out}{err}");
    }
    let (_, csv, _) = run(&format!("{CHECK} --format csv"), &journal);
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let heading = rows.headers().expect("a heading").clone();
    let column = |name: &str| heading.iter().position(|own| own == name).expect("a column");
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
    let overlap = rows.iter().find(|row| &row[column("code")] == "D002").expect("the overlap");
    let cells =
        ["cases", "cases_possible", "minutes_late", "working_minutes_late", "escalations", "hand_backs"];
    assert_eq!(cells.map(|name| &overlap[column(name)]), ["1", "1", "45", "45", "3", "1"]);
    // The page: in the order of what they cost, with anchors that are the same with and without a journal.
    let (_, page, _) = run(&format!("{CHECK} --format html"), &journal);
    assert!(page.contains("What they cost real cases") && page.contains(words));
    let article = page.split("<article").find(|text| text.contains("id=\"D002-1\"")).expect("the overlap");
    assert!(article.contains("ebike_charging") && article.contains(words), "{article}");
    assert!(!page.contains("call-7"));
}

#[test]
fn cases_under_other_rules_are_matched_by_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = monday(folder.path());
    let other = report(&format!("{CHECK} --format json --amend social_forces"), &journal);
    let (_, text, err) = run(&format!("{CHECK} --amend no_such"), &journal);
    assert!(text.is_empty() && !err.is_empty());
    assert_eq!(
        (&other["journal"]["other_rules"], &other["journal"]["unplaced"]),
        (&json!(3), &json!(0)),
        "{other}"
    );
    // Rules that know none of the facts: nothing is guessed, and cases are nowhere.
    let small = folder.path().join("small.linkage");
    let text = "area town\nmatter care { fire water }\nbody police { kind police }\nlaw a { rank statute issuer \"x\" article 1 \"y\" }\nmandate one { lead police over fire basis a art 1 }\nscope { over care }\n";
    std::fs::write(&small, text).expect("writable");
    let strange = report(&format!("check {} --format json", small.display()), &journal);
    assert_eq!((&strange["journal"]["other_rules"], &strange["journal"]["unplaced"]), (&json!(3), &json!(3)));
    let gap = told(&strange, "D001", "water");
    assert_eq!((&gap["certain"], &gap["possible"]), (&json!(0), &json!(0)), "{strange}");
}

#[test]
fn a_journal_that_cannot_be_read_stops_before_anything_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let (page, paper) = (folder.path().join("report.html"), folder.path().join("paper.json"));
    let other = folder.path().join("other");
    std::fs::write(
        &other,
        "this is a letter, and no journal; it is long enough to be looked at twice. ".repeat(20),
    )
    .expect("writable");
    let cases = [
        (folder.path().join("none"), "there is no journal", "没有日志"),
        (other, "this is no journal", "不是日志文件"),
        (folder.path().to_owned(), "can't be opened", "无法打开"),
    ];
    for (journal, en, zh) in cases {
        for (language, wanted) in [("en", en), ("zh", zh)] {
            let line = format!(
                "check rules/luzhi --as-of 2026-11-23 --lang {language} --format html --output {} --certificate {}",
                page.display(),
                paper.display()
            );
            let (status, out, err) = run(&line, &journal);
            assert_eq!((status, out.as_str()), (2, ""), "{line}: {err}");
            assert!(err.contains(wanted), "{}: {err}", journal.display());
            assert!(!page.exists() && !paper.exists());
        }
    }
    let (status, _, err) =
        run("check rules/luzhi --as-of 2026-01-01..2026-02-01 --lang en", &folder.path().join("none"));
    assert!(status == 2 && !err.is_empty(), "{err}");
}
