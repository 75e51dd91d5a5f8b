//! The real program is killed (`kill -9`) at random moments of a scripted day, again and again. Whoever was not
//! answered asks again with the same key. In the end the journal is, hash for hash, the one of a day on which
//! nothing was killed: so nothing that was answered is lost, nothing is done twice, no rung fires twice.
//!
//! `LINKAGE_KILLS=1000` kills so often (100 in the suite).

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use linkage::case::{CaseId, Fact, Facts, Order};
use linkage::engine::{Engine, Kept, Request};
use linkage::store::{Journal, JournalClock, Memory, Sqlite, verify};

use super::at;
use super::faults::SMALL;

/// One call of the program, and what it means to an engine.
struct Act {
    arguments: Vec<String>,
    requests: Vec<Request>,
    tick: Option<jiff::Timestamp>,
}

/// A small generator, so that a run can be had again.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

fn program(journal: &Path, arguments: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linkage"));
    command.args(arguments).env("LINKAGE_JOURNAL", journal).env("LANG", "C.UTF-8").env_remove("LC_ALL");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Calls the program until it answers; kills it as often as the dice say. How often it was killed.
fn until_answered(journal: &Path, arguments: &[String], dice: &mut Dice, kill: bool) -> (Output, u64) {
    let mut kills = 0;
    loop {
        let mut child = program(journal, arguments).spawn().expect("starts");
        if kill && dice.roll(5) == 0 {
            std::thread::sleep(Duration::from_micros(dice.roll(12_000)));
            child.kill().expect("is killed");
            let output = child.wait_with_output().expect("ends");
            if output.status.code().is_some() {
                return (output, kills);
            }
            kills += 1;
            continue;
        }
        return (child.wait_with_output().expect("ends"), kills);
    }
}

fn act(by: &str, key: &str, now: jiff::Timestamp, order: Order, words: &[&str]) -> Act {
    let mut command = linkage::case::Command::new(by, order);
    command.key = Some(key.into());
    let mut arguments: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    arguments.extend(["--as", by, "--key", key, "--now", &now.to_string()].map(str::to_owned));
    Act { arguments, requests: vec![Request::new(command, now)], tick: None }
}

/// A day of about so many commands: cases are opened by the dozen, registered, handled, left to wait.
fn day(commands: usize, folder: &Path, rules: &str) -> Vec<Act> {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut acts, mut cases, mut count) = (Vec::new(), 0_u64, 0);
    let mut now = at("2026-11-23T08:00");
    let mut pass = |minutes: i64| {
        now = now.checked_add(jiff::SignedDuration::from_mins(minutes)).expect("in range");
        now
    };
    for round in 0.. {
        if count >= commands {
            break;
        }
        // Many at once, from a file.
        let now = pass(7);
        let (file, mut text, mut requests) =
            (folder.join(format!("{round}.yaml")), String::new(), Vec::new());
        for one in 0..40 {
            let matter = if dice.roll(2) == 0 { "hazard.noise" } else { "hazard.fire" };
            text.push_str(&format!("- {{matter: {matter}, area: n1}}\n"));
            let facts: Facts = [("matter", matter), ("area", "n1")]
                .map(|(name, value)| (name.into(), Fact::Text(value.into())))
                .into();
            let order = Order::Open { procedure: Some("care".into()), facts, reporter: None };
            let mut command = linkage::case::Command::new("centre", order);
            command.key = Some(format!("open{round}/{one}").into());
            requests.push(Request::new(command, now));
        }
        std::fs::write(&file, text).expect("writes");
        let shown = file.display().to_string();
        let key = format!("open{round}");
        let now_text = now.to_string();
        let words = [
            "open",
            "--rules",
            rules,
            "--from",
            &shown,
            "--procedure",
            "care",
            "--as",
            "centre",
            "--key",
            &key,
            "--now",
            &now_text,
        ];
        acts.push(Act { arguments: words.map(str::to_owned).to_vec(), requests, tick: None });
        count += 40;
        for step in 0..40 {
            let case = CaseId(cases + 1 + dice.roll(40));
            let (shown, key) = (case.to_string(), format!("act{round}/{step}"));
            let now = pass(1);
            let done = |by: &str, outcome: &str| {
                let order = Order::Done { case, step: None, outcome: outcome.into() };
                act(by, &key, now, order, &["done", &shown, "--outcome", outcome])
            };
            acts.push(match dice.roll(6) {
                0 | 1 => done("centre", "ok"),
                2 => done("police", "ok"),
                3 => done("brigade", if dice.roll(3) == 0 { "again" } else { "ok" }),
                4 => {
                    let order = Order::Note { case, text: "seen".into() };
                    act("police", &key, now, order, &["note", &shown, "--text", "seen"])
                }
                _ => {
                    let arguments = ["tick", "--now", &now.to_string()].map(str::to_owned).to_vec();
                    Act { arguments, requests: Vec::new(), tick: Some(now) }
                }
            });
            count += 1;
        }
        cases += 40;
        pass(45);
    }
    acts
}

#[test]
fn a_day_with_kills_is_a_day_without() {
    let kills_wanted: u64 =
        std::env::var("LINKAGE_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(100);
    let folder = tempfile::tempdir().expect("a folder");
    let rules = folder.path().join("small.linkage");
    std::fs::write(&rules, SMALL).expect("writes");
    let shown = rules.display().to_string();
    let commands = usize::try_from(kills_wanted * 20).expect("fits").max(2000);
    let acts = day(commands, folder.path(), &shown);
    let text = linkage::workspace::load(&rules).expect("readable").written();
    let journal = folder.path().join("day.journal");
    let mut calm = Engine::new(Memory::default()).expect("an engine");
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let mut kills = 0;
    for (number, act) in acts.iter().enumerate() {
        let (output, killed) = until_answered(&journal, &act.arguments, &mut dice, true);
        kills += killed;
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code().is_some_and(|code| code < 2), "{number}: {:?}: {err}", act.arguments);
        if number == 0 {
            let kept = Kept::of_text(&text).expect("understood");
            calm.found(JournalClock::Scripted, kept, &text, act.requests[0].now).expect("begun");
        }
        if let Some(now) = act.tick {
            while calm.tick(now, 500).expect("ticks").more {}
        }
        let answers = calm.execute(&act.requests);
        let fine = answers.iter().all(Result::is_ok);
        assert_eq!(
            output.status.code(),
            Some(i32::from(!fine)),
            "{number}: {:?}: {err} {answers:?}",
            act.arguments
        );
    }
    let store = Sqlite::open(&journal).expect("opens");
    let lines = |journal: &dyn Journal| {
        journal
            .records(0, usize::MAX)
            .expect("reads")
            .into_iter()
            .map(|one| (one.seq, one.body))
            .collect::<Vec<_>>()
    };
    let (killed, calm_lines) = (lines(&store), lines(calm.journal()));
    if let Some((one, other)) = killed.iter().zip(&calm_lines).find(|(one, other)| one != other) {
        panic!("{one:?}\n{other:?}");
    }
    assert_eq!(store.head().expect("reads"), calm.journal().head().expect("reads"));
    assert_eq!(verify(&store, None).expect("reads").flaws, []);
    assert_eq!(store.outbox(usize::MAX).expect("reads"), calm.journal().outbox(usize::MAX).expect("reads"));
    println!("{kills} kills, {commands} commands, {} records", killed.len());
    assert!(kills >= kills_wanted, "{kills} kills");
}
