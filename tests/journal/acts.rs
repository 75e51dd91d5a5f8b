//! What the checker has proved, no command breaks: who may do what to a running case, by the program itself.

use std::path::PathBuf;
use std::process::Command;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// The case at its third step, with these words put in the place of others.
    fn at_seize(changed: (&str, &str)) -> Self {
        let desk = Self::new();
        let text = std::fs::read_to_string(contract("handed_to_anybody")).expect("is there");
        assert!(text.contains(changed.0), "{changed:?}");
        std::fs::write(desk.0.path().join("rules.linkage"), text.replace(changed.0, changed.1))
            .expect("writes");
        desk.fine("open --rules rules.linkage --procedure p --at matter=hazard.fire --as governance_centre");
        desk.fine("done C1 --outcome ok --as governance_centre");
        desk.fine("done C1 --outcome held --as governance_centre");
        desk
    }

    fn run(&self, line: &str) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linkage"));
        command
            .args(line.split(' '))
            .env("LINKAGE_JOURNAL", self.0.path().join("j"))
            .env("LINKAGE_NOW", "2026-11-23T01:00:00Z")
            .env("LANG", "C.UTF-8")
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

    /// What is refused leaves no trace.
    fn refused(&self, line: &str, wanted: &str) {
        let before = self.fine("show C1 --format json");
        let (status, out, err) = self.run(line);
        assert_eq!((status, out.as_str()), (1, ""), "{line}: {err}");
        assert!(err.contains(wanted), "{line}: {err}");
        assert_eq!(self.fine("show C1 --format json"), before, "{line}");
    }

    fn found(&self) -> String {
        let (_, out, err) = self.run("check rules.linkage");
        assert_eq!(err, "");
        out
    }
}

fn contract(name: &str) -> PathBuf {
    super::root().join("tests/contract").join(name).with_extension("linkage")
}

#[test]
fn a_step_is_handed_only_to_who_could_perform_it() {
    let desk = Desk::at_seize((
        "under town_government duty always }\nbody residents",
        "under town_government duty always }\nbody residents",
    ));
    assert!(!desk.found().contains("Q004"));
    let why = "residents could not perform seize";
    desk.refused("hand-over C1 --to residents --reason busy --as police_station", why);
    desk.refused("designate C1 --to residents --as town_government", why);
    desk.refused("take C1 --as residents", "nothing that residents could take");
    desk.refused("done C1 --outcome done --as residents", "has nothing to do");
    desk.refused("reopen C1 --step seize --as town_government", "is open");
    // Whoever only wrote something down does not speak for the case.
    desk.fine("note C1 --text seen --as residents");
    desk.refused("fact C1 --at area=town --as residents", "residents does not speak for C1");
    desk.refused("fact C1 --at time=23:00 --as police_station", "time can't be stated");
    desk.fine("done C1 --outcome done --as police_station");
    desk.refused("reopen C1 --as residents", "residents does not speak for C1");
    desk.refused("reopen C1 --step hearing --as town_government", "only where it ended or got stuck (seize)");
    desk.fine("reopen C1 --step seize --as town_government");
}

#[test]
fn whom_the_rules_let_have_a_step_the_checker_counts() {
    let desk =
        Desk::at_seize(("by police_station within", "by police_station hand over to residents within"));
    assert!(desk.found().contains("Q004"), "{}", desk.found());
    desk.fine("hand-over C1 --to residents --reason busy --as police_station");
    desk.fine("hand-over C1 --to police_station --reason yours --as residents");
    let chinese = Desk::at_seize(("by police_station within", "承办 police_station 移送 至 residents 时限"));
    chinese.fine("hand-over C1 --to residents --reason busy --as police_station");
}

#[test]
fn whoever_is_told_takes_over_only_where_its_rung_says_so() {
    let rung = |words: &str| {
        format!(
            "within 1 day escalate {{ after 1 hour {words} governance_centre on timeout to town_government }} outcome done"
        )
    };
    let desk = Desk::at_seize(("within 1 day outcome done", &rung("to")));
    assert!(!desk.found().contains("Q004"), "{}", desk.found());
    desk.refused(
        "take C1 --as governance_centre --now 2026-11-23T12:00",
        "was told of seize, and its rung lets nobody take it over",
    );
    let desk = Desk::at_seize(("within 1 day outcome done", &rung("take over by")));
    assert!(desk.found().contains("Q004"), "{}", desk.found());
    desk.fine("take C1 --as governance_centre --now 2026-11-23T12:00");
}

#[test]
fn whoever_is_bound_by_a_clock_does_not_stop_it() {
    let desk = Desk::at_seize(("lead by mandate", "lead by mandate"));
    let by = |body: &str| format!("suspend C1 --reason away --basis statute_a --as {body}");
    desk.refused(&by("police_station"), "police_station may not stop the clock");
    desk.fine(&by("town_government"));
    desk.fine("resume C1 --as police_station");
    let desk = Desk::at_seize(("lead by mandate", "lead by mandate suspend by governance_centre"));
    desk.fine(&by("governance_centre"));
}

#[test]
fn a_refusal_sends_a_step_on_and_does_not_give_it_away() {
    let desk = Desk::at_seize(("lead by mandate", "lead by mandate"));
    desk.fine("refuse C1 --reason busy --as police_station");
    desk.refused("done C1 --outcome done --as governance_centre", "to send it on and not to do it");
    desk.fine("designate C1 --to police_station --as town_government");
    desk.refused(
        "refuse C1 --reason busy --as police_station",
        "was designated for seize by town_government",
    );
    desk.fine("done C1 --outcome done --as police_station");
}

fn migrating(name: &str) -> Desk {
    let desk = Desk::new();
    for version in ["v1", "v2"] {
        let from = contract(&format!("migrated_{name}_{version}"));
        std::fs::copy(from, desk.0.path().join(format!("{version}.linkage"))).expect("copies");
    }
    desk.fine("open --rules v1.linkage --procedure p --at matter=m.a --as centre");
    desk
}

#[test]
fn a_rung_is_known_by_what_it_is() {
    let desk = migrating("ladder");
    desk.fine("migrate --rules v2.linkage --as centre --now 2026-11-23T10:00");
    desk.fine("tick --now 2026-11-25T08:00");
    let told = desk.fine("show C1");
    assert!(told.contains("one day") && !told.contains("two days"), "{told}");
    desk.fine("tick --now 2026-11-26T08:00");
    let told = desk.fine("show C1");
    assert!(told.contains("two days"), "{told}");
    assert_eq!(told.matches("one day").count(), 1, "{told}");
    assert!(desk.fine("verify").contains("whole:"));
    // The other way round: what was stepped on is not stepped on again.
    let desk = migrating("ladder");
    desk.fine("tick --now 2026-11-26T08:00");
    desk.fine("migrate --rules v2.linkage --as centre --now 2026-11-26T09:00");
    desk.fine("tick --now 2026-11-26T10:00");
    let told = desk.fine("show C1");
    assert_eq!((told.matches("two days").count(), told.matches("one day").count()), (1, 1), "{told}");
}

#[test]
fn a_case_does_not_move_into_a_block_that_it_never_entered() {
    let desk = migrating("block");
    let told = desk.fine("migrate --rules v2.linkage --as centre");
    assert!(told.contains("C1: stays") && told.contains("it never entered both"), "{told}");
    desk.fine("done C1 --outcome ok --as b1");
}

#[test]
fn an_outcome_takes_the_powers_that_stand_on_it() {
    let desk = Desk::new();
    let rules = "area town matter hazard { fire flood }
        body hall { kind government } body police { kind police under hall } body centre { kind platform under hall }
        law act { rank statute issuer \"c\" article 1 \"a\" { grant seize to police over fire } }
        power seize \"seize\" { }
        scope { over hazard fallback centre }
        mandate fire { lead police over fire basis act art 1 }
        procedure p { trigger report of hazard lead by mandate
          step s { by lead within 1 day outcome seized needs seize -> close solved outcome not_ours -> send }
          step send { by centre within 1 day outcome sent -> close unsolved } }";
    std::fs::write(desk.0.path().join("rules.linkage"), rules).expect("writes");
    // In the gap of floods the fallback body has the step: it can't seize, and can send on.
    assert!(!desk.found().contains("A001"), "{}", desk.found());
    desk.fine("open --rules rules.linkage --at matter=flood --as centre");
    desk.refused("done C1 --outcome seized --as centre", "lacks a power");
    desk.fine("done C1 --outcome not_ours --as centre");
    desk.fine("open --at matter=fire --as centre");
    desk.fine("done C2 --outcome seized --as police");
}
