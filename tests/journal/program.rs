//! The operators' commands as their users run them.

use std::path::Path;
use std::process::Command;

use super::faults::SMALL;
use super::root;

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let rules = SMALL.replace("step handle { by lead", "step handle { by lead hand over to brigade");
        std::fs::write(folder.path().join("small.linkage"), rules).expect("writes");
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program with its arguments, in the folder of the desk.
    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linkage"));
        command
            .args(line.split(' '))
            .env("LINKAGE_JOURNAL", self.path().join("j"))
            .env("LINKAGE_NOW", "2026-11-23T01:00:00Z")
            .env("LANG", "C.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .current_dir(self.path());
        command
    }

    /// Status and both outputs.
    fn run(&self, line: &str) -> (i32, String, String) {
        let output = self.command(line).output().expect("it runs");
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

    fn wrong(&self, line: &str, wanted: &str) {
        let (status, out, err) = self.run(line);
        assert_eq!((status, out.as_str()), (2, ""), "{line}: {err}");
        assert!(err.contains(wanted), "{line}: {err}");
    }
}

const OPEN: &str = "open --rules small.linkage --procedure care --at matter=noise area=n1 --as centre --contact call-7 --key a";

#[test]
fn a_case_from_report_to_closing() {
    let desk = Desk::new();
    let opened = desk.fine(OPEN);
    assert!(opened.contains("led by police") && opened.contains("register: assigned to centre"), "{opened}");
    assert!(desk.fine(OPEN).contains("done before, under the same key"));
    assert!(desk.fine("inbox --as centre").contains("register (care)"));
    assert_eq!(desk.fine("inbox --as brigade"), "nothing waits\n");
    desk.refused("done C1 --outcome ok --as police", "has nothing to do in C1");
    desk.refused("done C9 --outcome ok --as police", "there is no case C9");
    desk.refused("done C1 --outcome fine --as centre", "it can with ok, unfounded");
    desk.wrong("done C1 --outcome ok --as polic", "did you mean `police`");
    desk.wrong("done 1 --outcome ok --as police", "a case is written like C1");
    assert!(desk.fine("ack C1 --as centre").contains("acknowledged"));
    assert!(desk.fine("done C1 --outcome ok --as centre").contains("handle: assigned to police"));
    desk.refused("done C1 --outcome ok --step register --as centre", "what happened to it last");
    assert!(
        desk.fine("hand-over C1 --to brigade --reason smoke --as police")
            .contains("handed over by police to brigade")
    );
    assert!(desk.fine("note C1 --text seen --as brigade").contains("notes: seen"));
    assert!(desk.fine("fact C1 --at severity=4 --as centre").contains("severity=4"));
    desk.refused("note C1 --text late --as centre --seen 3", "has moved on");
    assert!(desk.fine("tick --now 2026-11-23T14:00:00Z").contains("escalated to"));
    assert_eq!(desk.fine("tick --now 2026-11-23T14:00:00Z"), "");
    assert!(desk.fine("inbox --as brigade --now 2026-11-23T14:00:00Z").contains("overdue"));
    let closed = desk.fine("done C1 --outcome ok --as brigade --now 2026-11-23T14:10:00Z");
    assert!(closed.contains("closed, solved") && closed.contains("owes"), "{closed}");
    assert_eq!(
        desk.fine("show"),
        "C1       2026-11-23 09:00  care  closed 2026-11-23 22:10, solved\n",
        "on the clock of the rules"
    );
    assert_eq!(desk.fine("show --open"), "no cases\n");
    let story = desk.fine("show C1 --why-due");
    assert!(story.contains("closed") && story.contains("handed over"), "{story}");
    assert!(desk.fine("obligations").contains("net per pair"));
    assert!(desk.fine("discharge C1 --obligation reply --as brigade").contains("has done what it owed"));
    desk.refused("discharge C1 --obligation reply --as brigade", "is done already");
    assert!(desk.fine("reopen C1 --as centre").contains("reopened"));
    assert!(desk.fine("--lang zh show C1").contains("重新办理"));
    assert!(desk.fine("verify").contains("whole:"));
}

#[test]
fn rules_that_the_journal_has_lost_are_put_back() {
    let desk = Desk::new();
    desk.fine(OPEN);
    std::fs::write(desk.path().join("other.linkage"), SMALL.replace("3 days", "4 days")).expect("writes");
    desk.wrong("verify --mend --rules small.linkage", "has lost no rules of this text");
    for change in ["UPDATE rules SET text = text || ' '", "DELETE FROM rules"] {
        let file = rusqlite::Connection::open(desk.path().join("j")).expect("opens");
        file.execute_batch(change).expect("changes");
        drop(file);
        desk.wrong(
            "note C1 --text seen --as centre",
            "`linkage verify --mend --rules PACKAGE` puts them back",
        );
        let (status, out, _) = desk.run("verify");
        assert_eq!(status, 1);
        assert!(out.contains("gone or altered; `verify --mend --rules PACKAGE` puts them back"), "{out}");
        desk.wrong("verify --mend --rules other.linkage", "has lost no rules of this text");
        desk.wrong("verify --rules small.linkage", "--mend");
        desk.fine("verify --mend --rules small.linkage");
        assert!(desk.fine("verify").contains("whole:"));
        desk.fine("note C1 --text seen --as centre");
    }
}

#[test]
fn a_damaged_journal_is_made_anew_of_its_records() {
    let desk = Desk::new();
    desk.fine(OPEN);
    desk.fine("backup whole");
    let whole = desk.path().join("whole");
    let bytes = std::fs::read(&whole).expect("reads");
    let page = |table: &str| {
        let file = rusqlite::Connection::open(&whole).expect("opens");
        let sql = format!("SELECT rootpage - 1 FROM sqlite_schema WHERE name = '{table}'");
        file.query_row(&sql, [], |row| row.get::<_, u32>(0)).expect("reads") as usize * 4096
    };
    for table in ["work", "cases_by_timer", "outbox_once", "place", "rules", "person"] {
        let at = page(table);
        let mut torn = bytes.clone();
        torn[at..at + 4096].fill(0);
        std::fs::write(desk.path().join("torn"), torn).expect("writes");
        let (status, out, err) = desk.run("verify --journal torn");
        assert_eq!(status, 1, "{table}: {err}");
        assert!(out.contains("the file is damaged ("), "{table}: {out}");
        let (status, _, err) = desk.run("export --persons --output lines.jsonl --journal torn");
        assert_eq!(status, 0, "{err}");
        let is_exported = !["rules", "person"].contains(&table);
        assert_eq!(err.is_empty(), is_exported, "{table}: {err}");
        assert!(is_exported || err.contains("were left out"), "{table}: {err}");
        drop(std::fs::remove_file(desk.path().join("anew")));
        desk.fine("import journal lines.jsonl --journal anew");
        if table == "rules" {
            desk.fine("verify --mend --rules small.linkage --journal anew");
        }
        assert!(desk.fine("verify --journal anew").contains("whole:"), "{table}");
        desk.fine("note C1 --text seen --as centre --journal anew");
    }
}

#[test]
fn what_lists_call_by_its_title_can_be_typed_so() {
    let desk = Desk::new();
    let titled = SMALL
        .replace("area town { n1 n2 }", "area town \"镇\" { n1 \"一号网格\" n2 \"二号网格\" }")
        .replace("matter hazard { fire noise }", "matter hazard \"隐患\" { fire \"火灾\" noise \"噪声\" }")
        .replace("attribute severity : 1..5", "attribute severity : 1..5\nattribute stage \"阶段\" : { first \"初次\", again \"再次\" }\nattribute known \"知情\" : boolean")
        .replace("body police {", "body police \"派出所\" {")
        .replace("procedure care {", "procedure care \"处置\" {")
        .replace("step register {", "step register \"登记\" {")
        .replace("outcome ok -> handle", "outcome ok \"属实\" -> handle")
        .replace("step handle {", "step handle \"办理\" {")
        .replace("owe feedback reply", "owe feedback reply \"回复\"");
    std::fs::write(desk.path().join("small.linkage"), titled).expect("writes");
    let open = "open --rules small.linkage --procedure 处置 --at matter=噪声 区域=一号网格 阶段=再次 知情=是 --as centre";
    let facts = "area=town.n1 day=workday known=true matter=hazard.noise stage=again time=09:00";
    assert!(desk.fine(open).contains(facts), "{}", desk.fine(open));
    std::fs::write(
        desk.path().join("one.yaml"),
        "{ procedure: 处置, matter: 噪声, area: 一号网格, 阶段: 再次, 知情: 是 }",
    )
    .expect("writes");
    assert!(desk.fine("open --from one.yaml --as centre --dry-run").contains(facts));
    desk.wrong("open --at matter=噪音 --as centre", "噪音");
    let story = desk.fine("--lang zh show C1");
    assert!(story.contains("▶ 登记") && story.contains("ok（属实）、unfounded"), "{story}");
    assert!(desk.fine("--lang zh ack C1 --step 登记 --as centre").contains("登记"));
    desk.refused("done C1 --step 登记 --outcome 不实 --as centre", "it can with ok, unfounded");
    desk.fine("done C1 --outcome 属实 --as centre");
    assert!(desk.fine("done C1 --step 办理 --outcome ok --as 派出所").contains("closed, solved"));
    assert!(desk.fine("--lang zh obligations").contains("回复"));
    desk.refused("discharge C1 --obligation 答复 --as police", "owed is reply");
    assert!(desk.fine("discharge C1 --obligation 回复 --as 派出所").contains("has done what it owed"));
}

#[test]
fn every_list_in_every_format() {
    let desk = Desk::new();
    desk.fine(OPEN);
    for line in ["inbox --all", "show C1 --why-due", "show", "obligations"] {
        let json = desk.fine(&format!("{line} --format json"));
        let value: serde_json::Value = serde_json::from_str(&json).expect("is JSON");
        assert_eq!(value["schema_version"], 1, "{line}");
        let csv = desk.fine(&format!("{line} --format csv"));
        assert!(csv.lines().next().expect("a heading").contains("case"), "{line}: {csv}");
    }
    for line in ["verify --format json", "tick --now 2026-11-24T14:00:00Z --format json"] {
        let value: serde_json::Value = serde_json::from_str(&desk.fine(line)).expect("is JSON");
        assert_eq!(value["schema_version"], 1, "{line}");
    }
}

#[test]
fn facts_from_files_and_what_is_missing() {
    let desk = Desk::new();
    let write = |name: &str, text: &str| std::fs::write(desk.path().join(name), text).expect("writes");
    write("one.yaml", "matter: hazard.fire\narea: n2\n");
    let open = "open --rules small.linkage --procedure care --as centre --from";
    assert!(desk.fine(&format!("{open} one.yaml")).contains("led by brigade"));
    assert!(desk.fine(&format!("{open} one.yaml --dry-run")).contains("C2"));
    write("many.yaml", "- {matter: hazard.fire}\n- {matter: nonsense}\n- {matter: hazard.noise}\n");
    let (status, out, err) = desk.run(&format!("{open} many.yaml --key m"));
    assert_eq!(status, 1, "{out}{err}");
    assert!(
        out.contains("[0] C2") && out.contains("[2] C3") && err.contains("[1] ") && err.contains("nonsense"),
        "{out}{err}"
    );
    assert!(err.ends_with("\n2 opened, 1 refused\n"), "{err}");
    let (_, _, err) = desk.run(&format!("{open} many.yaml --dry-run"));
    assert!(err.ends_with("\n2 would be opened, 1 refused\n"), "{err}");
    let (_, out, err) = desk.run(&format!("{open} many.yaml --key m"));
    assert!(out.contains("[2] C3"), "once only: {out}");
    assert!(err.ends_with("\n0 opened, 2 opened before under these keys, 1 refused\n"), "{err}");
    for (text, told) in [
        ("matter: [1]\n", "bad.yaml: [0] `matter` is neither a text nor a whole number"),
        ("- {matter: fire}\n- {severity: 1.5}\n", "bad.yaml: [1] `severity` is neither"),
        ("- fire\n", "bad.yaml: [0] holds no facts"),
        ("", "bad.yaml: [0] holds no facts"),
    ] {
        write("bad.yaml", text);
        desk.wrong(&format!("{open} bad.yaml"), told);
    }
    desk.wrong(&format!("{open} absent.yaml"), "absent.yaml");
    // Not on a terminal: what is missing is named, not asked for.
    desk.fine("open --rules small.linkage --procedure care --as centre");
    let (status, _, err) = desk.run("done C4 --outcome ok --as centre");
    // What a file does not say of a case, the flags say of all.
    write("mixed.yaml", "- {matter: fire}\n- {matter: noise, procedure: spreading, area: n1}\n");
    desk.fine("open --procedure care --at area=n2 --as centre --from mixed.yaml");
    let (fire, noise) = (desk.fine("show C5"), desk.fine("show C6"));
    assert!(fire.starts_with("C5  care") && fire.contains("area=town.n2"), "{fire}");
    assert!(noise.starts_with("C6  spreading") && noise.contains("area=town.n1"), "{noise}");
    assert_eq!(status, 1);
    assert!(err.contains("matter ("), "{err}");
}

#[test]
fn a_lead_that_facts_leave_open_is_told() {
    let desk = Desk::new();
    let opened = desk.fine("open --rules small.linkage --procedure care --as centre --at area=n1");
    let left_open = "nobody leads C1 yet: state what decides it, by `linkage fact C1 --at NAME=VALUE`";
    let options = ["  matter\n", "    hazard.fire → brigade\n", "    hazard.noise → police\n"];
    let told = |text: &str| text.contains(left_open) && options.iter().all(|option| text.contains(option));
    assert!(told(&opened), "{opened}");
    let shown = desk.fine("show C1");
    assert!(told(&shown), "{shown}");
    for line in ["open --procedure care --as centre --at area=n1 --format json", "show C1 --format json"] {
        let value: serde_json::Value = serde_json::from_str(&desk.fine(line)).expect("is JSON");
        assert_eq!(value["lead_depends_on"][0]["fact"], "matter", "{line}");
    }
    desk.fine("fact C1 --at matter=fire --as centre");
    desk.fine("done C1 --outcome ok --as centre");
    let shown = desk.fine("show C1");
    assert!(shown.contains("led by brigade") && !shown.contains("nobody leads"), "{shown}");
    // Under its key the case was opened before: what it lacked then is not asked for again.
    let keyed = "open --procedure care --as centre --at area=n1 --key k";
    assert!(desk.fine(keyed).contains("nobody leads C3 yet"));
    assert!(!desk.fine(keyed).contains("nobody leads"));
}

#[test]
fn values_without_others_and_answers_that_are_none_are_told_in_words() {
    let desk = Desk::new();
    let parted = SMALL
        .replace("hazard { fire noise }", "hazard { fire { ebike stove lamp gas } noise }")
        .replace("over hazard.fire basis", "over hazard.fire except { over hazard.fire.ebike } basis")
        .replace("lead police over hazard.noise", "lead police over hazard.fire.ebike");
    std::fs::write(desk.path().join("parted.linkage"), parted).expect("writes");
    let open = "open --rules parted.linkage --procedure care --as centre --at area=n1";
    let told = desk.fine(open);
    for option in [
        "hazard.fire except hazard.fire.ebike → brigade",
        "hazard.fire.ebike → police",
        "hazard.noise → none",
    ] {
        assert!(told.contains(option), "{told}");
    }
    let told = desk.fine(&format!("--lang zh {open}"));
    assert!(told.contains("hazard.fire（hazard.fire.ebike除外） → brigade"), "{told}");
    assert!(told.contains("hazard.noise → 无"), "{told}");
}

#[cfg(unix)]
#[test]
fn on_a_terminal_what_is_missing_is_asked_for() {
    let desk = Desk::new();
    let at_terminal =
        |line: &str| rexpect::session::spawn_command(desk.command(line), Some(30_000)).expect("a terminal");
    let open = "open --rules small.linkage --procedure care --as centre --at area=n1";
    let mut asked = at_terminal(open);
    asked.exp_string("hazard.fire ").expect("the options");
    asked.exp_string("matter (Enter if it is not known)? ").expect("the question");
    asked.send_line("smoke").expect("a slip");
    asked.exp_string("matter can't be `smoke`").expect("is told");
    asked.exp_string("matter (Enter if it is not known)? ").expect("and asked again");
    asked.send_line("fire").expect("an answer");
    // Before it commits, and after.
    asked.exp_string("C1  led by brigade").expect("who leads");
    asked.exp_string("C1  opened: care").expect("then it is opened");
    asked.exp_eof().expect("the end");
    let mut left_open = at_terminal(open);
    left_open.exp_string("matter (Enter if it is not known)? ").expect("the question");
    left_open.send_line("").expect("not known");
    left_open.exp_string("nobody leads C2 yet").expect("it is opened all the same");
    left_open.exp_eof().expect("the end");
    assert!(desk.fine("show C2").contains("nobody leads C2 yet"));
    // A command with a key is what it says, so that it can be given again.
    for told in ["C3  opened: care", "done before, under the same key"] {
        let mut keyed = at_terminal(&format!("{open} --key k"));
        keyed.exp_string(told).expect("nothing is asked");
        keyed.exp_eof().expect("the end");
    }
}

#[test]
fn upkeep_of_a_journal() {
    let desk = Desk::new();
    desk.wrong("inbox --as centre", "there is no journal");
    desk.fine(OPEN);
    desk.fine("export --output lines.jsonl --persons");
    desk.fine("import journal lines.jsonl --journal copy");
    desk.wrong("import journal lines.jsonl --journal copy", "is there already");
    assert_eq!(
        desk.fine("export --persons --journal copy"),
        std::fs::read_to_string(desk.path().join("lines.jsonl")).expect("reads")
    );
    assert!(!desk.fine("export").contains("call-7"), "personal data only where it is asked for");
    desk.fine("backup other");
    assert!(desk.fine("verify --journal other").contains("whole:"));
    desk.wrong("backup other", "there already");
    assert!(desk.fine("purge --now 2028-01-01T00:00:00Z --dry-run").contains("1 would be erased"));
    assert!(desk.fine("purge --now 2028-01-01T00:00:00Z").contains("1 erased"));
    assert!(!desk.fine("export --persons").contains("call-7"));
    assert!(desk.fine("verify").contains("whole:"));
    std::fs::write(
        desk.path().join("new.linkage"),
        SMALL.replace("step handle", "step manage").replace("-> handle", "-> manage"),
    )
    .expect("writes");
    desk.fine("done C1 --outcome ok --as centre");
    desk.fine("open --procedure care --at matter=noise --as centre");
    let dry = desk.fine("migrate --rules new.linkage --as centre --dry-run");
    assert!(
        dry.contains("C1: stays") && dry.contains("C2: would move") && dry.contains("stands at handle"),
        "{dry}"
    );
    let listed = desk.fine("migrate --rules new.linkage --as centre --dry-run --format csv");
    assert!(
        listed.contains("C2,") && listed.contains(",true,") && listed.contains("stands at handle"),
        "{listed}"
    );
    desk.refused("migrate --rules new.linkage --as police", "may not move cases");
    assert!(desk.fine("migrate --rules new.linkage --as centre").contains("1 moved, 1 stayed"));
    // A year later the story tells under which rules the case went on, and by whose word.
    let moved = "C2  goes on under other rules, by centre";
    assert!(
        desk.fine("show C2").contains(moved) && desk.fine("show C2 --format csv").contains("goes on under")
    );
    let told: serde_json::Value = serde_json::from_str(&desk.fine("show C2 --format json")).expect("is JSON");
    assert_eq!(
        (&told["migrations"][0]["by"], &told["migrations"][0]["to"]),
        (&"centre".into(), &told["rules"])
    );
    assert!(desk.fine("show C2").contains("under the rules new "));
    desk.refused("note C2 --text late --as centre --seen 1", moved);
    assert!(desk.fine("done C2 --outcome ok --as centre").contains("manage: assigned"));
    assert!(desk.fine("done C1 --outcome ok --as police").contains("closed"));
    assert!(desk.fine("verify").contains("whole:"));
    assert!(desk.fine("completions bash").contains("hand-over"));
    desk.fine("man pages");
    assert!(desk.path().join("pages/linkage-hand-over.1").exists());
}

#[test]
fn a_watch_shuts_down_cleanly() {
    let desk = Desk::new();
    desk.fine(OPEN);
    let mut child = Command::new(env!("CARGO_BIN_EXE_linkage"))
        .args(["tick", "--watch", "--journal"])
        .arg(desk.path().join("j"))
        .current_dir(root())
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("starts");
    std::thread::sleep(std::time::Duration::from_millis(500));
    let stopped = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kills");
    assert!(stopped.success());
    assert_eq!(child.wait().expect("ends").code(), Some(0));
    assert!(desk.fine("verify").contains("whole:"));
}

#[test]
fn time_is_stopped_added_and_set_anew() {
    let desk = Desk::new();
    desk.fine(OPEN);
    desk.fine("done C1 --outcome ok --as centre");
    let why = "--reason appraisal --basis rules";
    desk.refused(&format!("suspend C1 {why} --as brigade"), "may not stop the clock");
    desk.refused("suspend C1 --reason x --basis rulez --as government", "did you mean `rules`");
    assert!(
        desk.fine(&format!("suspend C1 {why} --as government")).contains("the clock stands, by government")
    );
    desk.refused(&format!("suspend C1 {why} --as government"), "stands already");
    assert!(desk.fine("show C1").contains("the clock stands since"));
    assert!(desk.fine("show C1 --why-due").contains("not due before it runs again"));
    assert!(!desk.fine("tick --now 2026-11-25T01:00:00Z").contains("handle"));
    assert!(desk.fine("inbox --as police --now 2026-11-25T01:00:00Z").starts_with("-  "));
    desk.refused("extend C1 --step handle --more 1小时 --reason x --as police", "let it run again first");
    let ran = desk.fine("resume C1 --as police --now 2026-11-25T01:00:00Z");
    assert!(ran.contains("the clock runs again") && ran.contains("handle: due 2026-11-25 13:00"), "{ran}");
    let at = "--now 2026-11-25T02:00:00Z";
    desk.refused(
        &format!("extend C1 --step handle --more soon --reason x --as police {at}"),
        "no amount of time",
    );
    desk.refused(&format!("extend C1 --step handle --more 9小时 --reason x --as police {at}"), "at most");
    let asked = desk.fine(&format!("extend C1 --step handle --more 2小时 --reason complex --as police {at}"));
    assert!(asked.contains("asks for 2 hours more") && asked.contains("government may decide"), "{asked}");
    assert!(desk.fine(&format!("inbox --as government {at}")).contains("more time is asked of you"));
    let given = desk.fine(&format!("extend C1 --step handle --reason agreed --as government {at}"));
    assert!(given.contains("extended by 2 hours") && given.contains("due 2026-11-25 15:00"), "{given}");
    assert_eq!(desk.fine(&format!("inbox --as government {at}")), "nothing waits\n");
    desk.refused(&format!("extend C1 --step handle --more 1小时 --reason x --as police {at}"), "can be once");
    let why = desk.fine("show C1 --why-due");
    assert!(
        why.contains("the clock was stopped, by government: appraisal")
            && why.contains("extended by 2 hours"),
        "{why}"
    );
    let zh = desk.fine("--lang zh show C1 --why-due");
    assert!(zh.contains("中止计算") && zh.contains("延长2小时"), "{zh}");
    desk.refused(
        &format!("supersede C1 --step handle --within 1小时 --reason x --as police {at}"),
        "government may",
    );
    let set = desk
        .fine(&format!("supersede C1 --step handle --within 30分钟 --reason danger --as government {at}"));
    assert!(set.contains("another deadline") && set.contains("due 2026-11-25 10:30"), "{set}");
    assert!(desk.fine("show C1 --why-due").contains("replaced what was due 2026-11-25 15:00"));
    let json: serde_json::Value =
        serde_json::from_str(&desk.fine("show C1 --why-due --format json")).expect("is JSON");
    assert_eq!(json["why_due"][1]["ledger"][0]["what"], "superseded");
    assert!(desk.fine("verify").contains("whole:"));
}

/// Whatever is typed is shown, never acted on; no line of a note passes for an event.
#[test]
fn hostile_text_is_only_text() {
    let desk = Desk::new();
    desk.fine(OPEN);
    let note = "note C1 --as centre --text seen\u{1b}[2J\n2026-11-23\u{a0}09:00\u{a0}C1\u{a0}closed";
    assert!(desk.fine(note).contains("seen<U+001B>[2J\n          "));
    let story = desk.fine("show C1");
    assert!(!story.contains('\u{1b}') && !story.contains("\n2026-11-23\u{a0}"), "{story}");
    let (status, _, err) = desk.run("inbox --as cen\u{1b}[31mtre");
    assert!(status == 2 && err.contains("cen<U+001B>[31mtre"), "{err}");
    desk.fine("note C1 --as centre --text =1+1");
    let csv = desk.fine("show C1 --format csv");
    assert!(!csv.contains('\u{1b}'), "{csv}");
    let long = "x".repeat(100_000);
    desk.fine(&format!("note C1 --as centre --text {long}"));
    desk.wrong("done C99999999999999999999 --outcome ok --as centre", "a case is written like C1");
    desk.refused("done C18446744073709551615 --outcome ok --as centre", "there is no case");
    desk.wrong("inbox --as centre --now 2026-13-45", "is no time");
    desk.fine("verify");
}

/// A limit on the size of files stands for a disk without room: the program says so, and loses nothing.
#[test]
fn a_disk_without_room_is_told_and_loses_nothing() {
    let desk = Desk::new();
    desk.fine(OPEN);
    let size = std::fs::metadata(desk.path().join("j")).expect("is there").len() / 1024;
    let text: String = (0..400).map(|_| "- {matter: hazard.fire, area: n1}\n").collect();
    std::fs::write(desk.path().join("many.yaml"), text).expect("writes");
    let program = env!("CARGO_BIN_EXE_linkage");
    let line = format!(
        "trap '' XFSZ; ulimit -f {}; exec '{program}' open --procedure care --from many.yaml --as centre --key m",
        size + 40
    );
    let output = Command::new("bash")
        .args(["-c", &line])
        .env("LINKAGE_JOURNAL", desk.path().join("j"))
        .env("LINKAGE_NOW", "2026-11-23T01:00:00Z")
        .env("LANG", "C.UTF-8")
        .current_dir(desk.path())
        .output()
        .expect("it runs");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(
        err.contains("the disk could not be read or written") && err.contains("nothing was done"),
        "{err}"
    );
    assert!(desk.fine("verify").contains("whole:"));
    assert!(err.ends_with("\n0 opened\n"), "{err}");
    // With room again the same command goes on, each case once.
    let again = desk.fine("open --procedure care --from many.yaml --as centre --key m");
    assert_eq!(again.lines().count(), 400);
    assert_eq!(desk.fine("show --format csv").lines().count(), 402);
    assert!(desk.fine("verify").contains("whole:"));
}

/// A file that may only be read is shown, and not written.
#[cfg(unix)]
#[test]
fn a_file_that_may_only_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let desk = Desk::new();
    desk.fine(OPEN);
    let mode = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("is set");
    };
    mode(desk.path(), 0o555);
    mode(&desk.path().join("j"), 0o444);
    let mut command = Command::new(env!("CARGO_BIN_EXE_linkage"));
    command.args(["note", "C1", "--text", "x", "--as", "centre", "--journal"]).arg(desk.path().join("j"));
    command.env("LANG", "C.UTF-8").current_dir(desk.path());
    // Whoever may do everything is not held up by permissions: then nobody in particular asks.
    let root = std::fs::OpenOptions::new().append(true).open(desk.path().join("j")).is_ok();
    if root {
        command.uid(65_534);
    }
    let output = command.output();
    mode(desk.path(), 0o755);
    let Ok(output) = output else { return };
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("read-only") || err.contains("can't be opened"), "{err}");
}

#[test]
fn who_claims_a_case_sees_the_offer_from_the_first_moment() {
    let desk = Desk::new();
    let rules = "area town matter hazard { fire }
        body hall { kind government } body police { kind police under hall } body brigade { kind fire_rescue under hall }
        body centre { kind platform under hall }
        law act { rank statute issuer \"c\" article 1 \"a\" article 2 \"b\" }
        scope { over hazard fallback centre forum { first_receiver agree within 1 day superior } }
        mandate one { lead police over fire basis act art 1 } mandate two { lead brigade over fire basis act art 2 }
        procedure p { trigger report of hazard lead by mandate
          step register { by centre within 1 day outcome noted -> handle }
          step handle { by lead within 1 day outcome done -> close solved }
          owe feedback reply from centre to reporter within 2 days upon register }";
    std::fs::write(desk.path().join("two.linkage"), rules).expect("writes");
    desk.fine("open --rules two.linkage --at matter=fire --as centre --contact me");
    for body in ["police", "brigade"] {
        let inbox = desk.fine(&format!("inbox --as {body}"));
        assert!(inbox.contains("to be taken") && inbox.contains("matter=hazard.fire"), "{inbox}");
        assert!(inbox.contains("claimed by police and brigade"), "{inbox}");
    }
    desk.fine("done C1 --outcome noted --as centre");
    let owed = desk.fine("inbox --as centre");
    assert!(
        owed.contains("reply") && owed.contains("owed by you"),
        "what is owed is work, with its due date: {owed}"
    );
    desk.fine("take C1 --as police");
    assert!(!desk.fine("inbox --as brigade").contains("to be taken"), "what is taken is offered no more");
    assert!(desk.fine("verify").starts_with("whole"));
}

#[test]
fn the_feed_goes_on_from_any_record() {
    let desk = Desk::new();
    desk.fine(OPEN);
    let all = desk.fine("events");
    let numbers: Vec<u64> = all
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["record"].as_u64().expect("one")
        })
        .collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    let behind = desk.fine("events --after 2");
    assert_eq!(behind.lines().count(), numbers.len() - 2);
    assert!(all.ends_with(&behind));
    desk.wrong("events --after 99", "there is no record 99");
    // What is written while somebody follows comes to them.
    let mut following = desk.command(&format!("events --after {} --follow --every 20", numbers.len()));
    let mut following = following.stdout(std::process::Stdio::piped()).spawn().expect("it runs");
    let mut lines = std::io::BufReader::new(following.stdout.take().expect("piped"));
    desk.fine("note C1 --text seen --as centre");
    let mut line = String::new();
    std::io::BufRead::read_line(&mut lines, &mut line).expect("a line");
    following.kill().expect("it ends");
    following.wait().expect("it ended");
    assert!(line.contains(&format!("\"record\":{}", numbers.len() + 1)), "{line}");
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_can_not_be_written_is_an_error() {
    let desk = Desk::new();
    desk.fine(OPEN);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("there");
    let output = desk.command("show").stdout(full).output().expect("it runs");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("the output could not be written"), "{err}");
}
