//! What the calendar and counts begin, supervision, consultations and capacities, as operators see them.

use std::process::Command;

const RULES: &str = r"
area town { n1 n2 }
matter hazard { fire water }
body centre { kind platform }
body police { kind police capacity 2 }
body district { kind police }
body housing { kind department }
resource pumps { kind equipment holder police capacity 1 }
scope { over hazard fallback centre }
mandate whole { lead police over hazard }
procedure care {
  trigger report of hazard
  lead by mandate
  supervise district report within 2 workdays
  step look { by lead uses pumps outcome found -> talk outcome nothing -> close }
  consult talk { by police, housing chair district decides quorum all silence refusal outcome yes -> close solved outcome no -> close unsolved }
}
procedure weekly {
  trigger schedule monday 09:00 over hazard in town
  trigger request of housing
  step weigh { by centre outcome ok -> close }
}
procedure ponder {
  trigger count 3 of hazard within 7 days
  step weigh { by centre outcome ok -> close }
}
";

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("small.linkage"), RULES).expect("writes");
        Self(folder)
    }

    fn run(&self, line: &str) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_linkage"))
            .args(line.split(' '))
            .env("LINKAGE_JOURNAL", self.0.path().join("j"))
            .env("LANG", "C.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .current_dir(self.0.path())
            .output()
            .expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it speaks UTF-8");
        (output.status.code().expect("it was not killed"), text(output.stdout), text(output.stderr))
    }

    fn fine(&self, line: &str) -> String {
        let (status, out, err) = self.run(line);
        assert_eq!(status, 0, "{line}: {out}{err}");
        out
    }

    fn refused(&self, line: &str, wanted: &str) {
        let (status, out, err) = self.run(line);
        assert_eq!((status, out.as_str()), (1, ""), "{line}: {err}");
        assert!(err.contains(wanted), "{line}: {err}");
    }

    fn open(&self, now: &str) -> String {
        self.fine(&format!(
            "open --rules small.linkage --at matter=fire area=n1 --procedure care --as reporter --now {now}"
        ))
    }
}

#[test]
fn the_calendar_and_counts_begin_cases_once() {
    let desk = Desk::new();
    desk.open("2026-11-20T10:00");
    assert_eq!(desk.fine("tick --now 2026-11-23T08:59"), "");
    let begun = desk.fine("tick --now 2026-11-24T10:12");
    insta::assert_snapshot!("calendar", begun);
    assert_eq!(desk.fine("tick --now 2026-11-24T10:12"), "");
    assert!(!desk.open("2026-11-24T11:00").contains("ponder"));
    let begun = desk.open("2026-11-24T12:00");
    insta::assert_snapshot!("count", begun);
    let zh = desk.fine("show C5 --lang zh --now 2026-11-24T12:00");
    assert!(zh.contains("按次数启动"), "{zh}");
    desk.refused(
        "open --procedure weekly --at matter=fire area=n1 --as district --now 2026-11-24T12:00",
        "it is for housing to ask",
    );
    desk.fine("open --procedure weekly --at matter=fire area=n1 --as housing --now 2026-11-24T12:00");
    assert_eq!(desk.run("verify").0, 0);
}

#[test]
fn supervisors_urge_and_chairs_convene() {
    let desk = Desk::new();
    let opened = desk.open("2026-11-24T10:00");
    assert!(opened.contains("supervised by district"), "{opened}");
    let inbox = desk.fine("inbox --as district --now 2026-11-24T10:00");
    assert!(inbox.contains("supervised by you"), "{inbox}");
    assert!(
        desk.fine("urge C1 --reason soon --as district --now 2026-11-24T10:01")
            .contains("district urges police")
    );
    desk.refused("urge C1 --reason soon --as housing --now 2026-11-24T10:01", "that is for district");
    let called = desk.fine("call-report C1 --reason why --as district --now 2026-11-24T10:02");
    assert!(called.contains("within 2 workdays"), "{called}");
    desk.fine("discharge C1 --obligation called_report --as police --now 2026-11-24T10:03");
    desk.refused("convene C1 --text ten --as district --now 2026-11-24T10:03", "nobody chairs");
    desk.fine("done C1 --outcome found --as police --now 2026-11-24T10:04");
    assert!(desk.fine("inbox --as district --now 2026-11-24T10:04").contains("chaired by you"));
    assert!(desk.fine("convene C1 --text ten --as district --now 2026-11-24T10:04").contains("convenes"));
    desk.fine("done C1 --outcome yes --as police --now 2026-11-24T10:05");
    let tie = desk.fine("done C1 --outcome no --as housing --now 2026-11-24T10:05");
    assert!(tie.contains("the voices are even") && tie.contains("now with district"), "{tie}");
    assert!(
        desk.fine("done C1 --outcome no --as district --now 2026-11-24T10:06").contains("closed, unsolved")
    );
}

#[test]
fn loads_are_shown_and_held_against_capacities() {
    let desk = Desk::new();
    for now in ["2026-11-24T10:00", "2026-11-24T11:00", "2026-11-24T12:00"] {
        desk.open(now);
    }
    let inbox = desk.fine("inbox --as police --now 2026-11-24T12:00");
    assert!(inbox.contains("police: 3 of 2 cases, beyond its capacity"), "{inbox}");
    let shown = desk.fine("show C1 --now 2026-11-24T12:00");
    assert!(shown.contains("pumps: 3 of 1 in use, beyond its capacity"), "{shown}");
    let journal = desk.0.path().join("j").display().to_string();
    let (_, out, err) =
        desk.run(&format!("check small.linkage --as-of 2026-11-24 --only R007 --journal {journal}"));
    assert!(out.contains("police had 3 cases at once at 2026-11-24 12:00; it can carry 2"), "{out}{err}");
    assert!(
        out.contains("pumps was used by 3 steps at once at 2026-11-24 12:00; its capacity is 1"),
        "{out}{err}"
    );
    let (_, out, _) = desk.run("check small.linkage --as-of 2026-11-24 --only R007");
    assert!(!out.contains("R007"), "without a journal nothing is guessed: {out}");
}
