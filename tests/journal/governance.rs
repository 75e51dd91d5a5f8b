//! Who may change what a journal runs on: its rules, the rules of its cases, its time.

use std::process::Command;

/// A folder with rule files and a journal; the time is the clock's.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).expect("writes");
    }

    fn run(&self, line: &str) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linkage"));
        command
            .args(line.split(' '))
            .env("LINKAGE_JOURNAL", self.0.path().join("j"))
            .env("LANG", "C.UTF-8")
            .env_remove("LINKAGE_NOW")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .current_dir(self.0.path());
        let output = command.output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it speaks UTF-8");
        (output.status.code().expect("it was not killed"), text(output.stdout), text(output.stderr))
    }

    fn fine(&self, line: &str) -> String {
        let (status, out, err) = self.run(line);
        assert_eq!(status, 0, "{line}: {out}{err}");
        out
    }

    fn fails(&self, line: &str, wanted: (i32, &str)) {
        let (status, out, err) = self.run(line);
        assert_eq!((status, out.as_str()), (wanted.0, ""), "{line}: {err}");
        assert!(err.contains(wanted.1), "{line}: {err}");
    }

    fn refused(&self, line: &str, wanted: &str) {
        self.fails(line, (1, wanted));
    }

    fn wrong(&self, line: &str, wanted: &str) {
        self.fails(line, (2, wanted));
    }
}

const GOVERNED: &str = "area town matter hazard { fire }
body town_hall { kind government } body police { kind police under town_hall } body centre { kind platform under town_hall }
law act { rank statute issuer \"c\" article 1 \"a\" }
scope { over hazard fallback centre }
mandate fire { lead police over fire basis act art 1 }
procedure p { trigger report of hazard lead by mandate step s { by lead within 1 day outcome done -> close solved } }
";

#[test]
fn other_rules_come_into_force_only_by_whom_the_rules_in_force_name() {
    let desk = Desk::new();
    let governance = "governance { adopt by town_hall migrate by centre }\n";
    desk.write("old.linkage", &format!("{GOVERNED}{governance}"));
    // Whoever writes the new rules gives themselves every right: it counts only once they are in force.
    desk.write("new.linkage", &format!("{GOVERNED}governance {{ adopt by police migrate by police }}\n"));
    desk.fine("journal new --rules old.linkage");
    desk.fine("open --as centre --at matter=fire");
    desk.refused("open --rules new.linkage --as centre --at matter=fire", "other rules are in force");
    desk.refused("adopt --rules new.linkage --as police", "by the rules in force town_hall may");
    desk.refused("migrate --rules new.linkage --as police", "by the rules in force centre may");
    // Who may move cases may not put rules in force by that.
    desk.refused("migrate --rules new.linkage --as centre", "by the rules in force town_hall may");
    let before = desk.fine("verify");
    desk.fine("adopt --rules new.linkage --as town_hall --dry-run");
    assert_eq!(desk.fine("verify"), before, "what is refused or only asked leaves no trace");
    desk.fine("adopt --rules new.linkage --as town_hall");
    let rules = desk.fine("journal rules");
    assert!(
        rules.contains("adopted by town_hall") && rules.contains("adopts other rules: police"),
        "{rules}"
    );
    assert!(desk.fine("migrate --as police").contains("1 moved"), "the new rules name who moves cases");
}

#[test]
fn rules_that_name_nobody_stay_in_force_in_a_live_journal() {
    let desk = Desk::new();
    desk.write("old.linkage", GOVERNED);
    desk.write("new.linkage", &GOVERNED.replace("within 1 day", "within 2 days"));
    let live = "--journal live.db";
    desk.fine(&format!("journal new --rules old.linkage {live}"));
    desk.refused(&format!("adopt --rules new.linkage --as centre {live}"), "name nobody who may");
    desk.fine("journal new --rules old.linkage --scripted --journal play.db --now 2026-11-23T09:00");
    desk.fine("adopt --rules new.linkage --as centre --journal play.db --now 2026-11-23T09:10");
}

#[test]
fn a_live_journal_takes_only_the_clock() {
    let desk = Desk::new();
    desk.write("old.linkage", GOVERNED);
    desk.wrong("journal new --rules old.linkage --now 2026-11-23T09:00", "--scripted");
    desk.fine("journal new --rules old.linkage");
    desk.wrong("journal new --rules old.linkage", "begun already");
    desk.fine("open --as centre --at matter=fire");
    for act in ["done C1 --outcome done --as police", "tick", "note C1 --text n --as police"] {
        desk.refused(&format!("{act} --now 2020-01-01T09:00"), "its time is the clock's");
    }
    desk.fine("done C1 --outcome done --as police");
}
