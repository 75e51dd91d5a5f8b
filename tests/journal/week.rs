//! The working week of a district, through the real program, which is killed at random: cases of all six linkages are
//! opened every day and dealt with as the examples do, save that one act in eight is never done. Then time
//! passes. In the end every case is closed, or overdue for a reason that its records state; the journal is whole;
//! and the ledger adds up to what its records say.
//!
//! A small week in the suite; the one of a district:
//!
//! ```text
//! LINKAGE_WEEK=8000 cargo test --release --test main journal::week -- --nocapture
//! ```

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use linkage::case::{CaseId, Fact, Happening, Order};
use linkage::engine::Dossier;
use linkage::sim::{Scenario, When};
use linkage::store::{Change, Journal, Sqlite, decode, verify};

use super::crash::Dice;
use super::root;

const LINKAGES: [&str; 6] = [
    "1_weekly_analysis",
    "2_leak_mediation",
    "3_residence_permit",
    "4_blocked_exit",
    "5_graffiti",
    "6_fake_goods",
];
const DAYS: u64 = 5;
/// One call in so many is killed.
const KILLED: u64 = 12;

/// What is done in the week: at what time, in which case, by which arguments.
struct Act {
    now: Timestamp,
    case: usize,
    order: Option<(String, Order)>,
}

struct Program<'p> {
    journal: &'p Path,
    dice: Dice,
    calls: u64,
    kills: u64,
    /// How long a call takes, about.
    usual: Duration,
}

impl Program<'_> {
    /// Calls the program until it answers; status and what it printed.
    fn call(&mut self, arguments: &[String]) -> Output {
        loop {
            let begun = Instant::now();
            let mut command = Command::new(env!("CARGO_BIN_EXE_linkage"));
            command.args(arguments).env("LINKAGE_JOURNAL", self.journal).env("LANG", "C.UTF-8");
            command.env_remove("LC_ALL").current_dir(root());
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().expect("starts");
            let kill = self.dice.roll(KILLED) == 0;
            if kill {
                let most = u64::try_from(self.usual.as_micros()).unwrap_or(1).max(1);
                std::thread::sleep(Duration::from_micros(self.dice.roll(most)));
                child.kill().expect("is killed");
            }
            let output = child.wait_with_output().expect("ends");
            self.calls += 1;
            match output.status.code() {
                Some(status) => {
                    let err = String::from_utf8_lossy(&output.stderr);
                    assert!(status < 2, "{arguments:?}: {err}");
                    if !kill {
                        self.usual = (self.usual * 7 + begun.elapsed()) / 8;
                    }
                    return output;
                }
                None => self.kills += 1,
            }
        }
    }
}

fn words(of: &[&str]) -> Vec<String> {
    of.iter().map(|word| (*word).to_owned()).collect()
}

/// The arguments of an order on a case.
fn arguments(case: CaseId, order: &Order) -> Vec<String> {
    let id = case.to_string();
    let step = |step: &Option<ecow::EcoString>| {
        step.iter().flat_map(|step| ["--step".to_owned(), step.to_string()]).collect::<Vec<_>>()
    };
    match order {
        Order::Ack { step: own, .. } => [words(&["ack", &id]), step(own)].concat(),
        Order::Done { step: own, outcome, .. } => {
            [words(&["done", &id, "--outcome", outcome]), step(own)].concat()
        }
        Order::Discharge { obligation, .. } => words(&["discharge", &id, "--obligation", obligation]),
        other => panic!("the examples of the linkages do not {other:?}"),
    }
}

/// All that is to be done, in the order of time.
fn week(cases: usize, scenarios: &[Scenario], dice: &mut Dice) -> Vec<Act> {
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").expect("a zone");
    let monday: jiff::civil::Date = "2026-11-23".parse().expect("a date");
    let mut acts = Vec::new();
    for case in 0..cases {
        let scenario = &scenarios[case % scenarios.len()];
        let day = SignedDuration::from_hours(24 * (case as u64 % DAYS).cast_signed());
        let stagger = SignedDuration::from_secs(dice.roll(3 * 3600).cast_signed());
        let start = scenario.start;
        let base = zone.to_timestamp(monday.to_datetime(start.time())).expect("in range");
        let base = base.checked_add(day).and_then(|at| at.checked_add(stagger)).expect("in range");
        acts.push(Act { now: base, case, order: None });
        for line in &scenario.script {
            let after = match line.at {
                When::After(after) => after,
                When::At(at) => at.duration_since(start),
            };
            if dice.roll(8) > 0 {
                let now = base.checked_add(after).expect("in range");
                acts.push(Act { now, case, order: Some((line.by.to_string(), line.order.clone())) });
            }
        }
    }
    acts.sort_by_key(|act| act.now);
    acts
}

#[test]
fn a_week_ends_with_every_case_closed_or_overdue_for_a_stated_reason() {
    let cases: usize = std::env::var("LINKAGE_WEEK").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    let folder = tempfile::tempdir().expect("a folder");
    let journal = folder.path().join("week.journal");
    let scenarios: Vec<Scenario> = LINKAGES
        .iter()
        .map(|name| {
            let text = std::fs::read_to_string(root().join(format!("examples/{name}.yaml"))).expect("reads");
            Scenario::from_yaml(&text).expect("is right")
        })
        .collect();
    let acts = week(cases, &scenarios, &mut Dice(0x9E37_79B9_7F4A_7C15));
    let usual = Duration::from_millis(40);
    let mut program =
        Program { journal: &journal, dice: Dice(0x2545_F491_4F6C_DD1D), calls: 0, kills: 0, usual };
    let begun = Instant::now();
    let mut numbers: BTreeMap<usize, CaseId> = BTreeMap::new();
    let (mut refused, mut ticked) = (0_u64, acts[0].now);
    for (at, act) in acts.iter().enumerate() {
        // Time is looked at every six hours.
        while ticked.duration_until(act.now) > SignedDuration::from_hours(6) {
            ticked = ticked.checked_add(SignedDuration::from_hours(6)).expect("in range");
            program.call(&words(&["tick", "--now", &ticked.to_string(), "--format", "json"]));
        }
        let (key, now) = (format!("a{at}"), act.now.to_string());
        match &act.order {
            None => {
                let scenario = &scenarios[act.case % scenarios.len()];
                let mut all = words(&["open", "--as", "governance_centre", "--key", &key, "--now", &now]);
                all.extend(words(&["--contact", "c", "--format", "json", "--procedure"]));
                all.push(scenario.procedure.as_ref().expect("is named").to_string());
                if at == 0 {
                    all.extend(words(&["--rules", "rules/luzhi"]));
                }
                all.push("--at".into());
                all.extend(scenario.facts.iter().map(|(name, fact)| match fact {
                    Fact::Truth(truth) => format!("{name}={truth}"),
                    fact => format!("{name}={fact}"),
                }));
                let output = program.call(&all);
                let err = String::from_utf8_lossy(&output.stderr).into_owned();
                assert_eq!(output.status.code(), Some(0), "{all:?}: {err}");
                let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("is JSON");
                let case = told["case"].as_str().expect("a case").parse().expect("a number");
                numbers.insert(act.case, case);
            }
            Some((by, order)) => {
                let mut all = arguments(numbers[&act.case], order);
                all.extend(words(&["--as", by, "--key", &key, "--now", &now]));
                refused += u64::from(program.call(&all).status.code() == Some(1));
            }
        }
    }
    // Whoever has not acted by now never does.
    for months in 1..=15 {
        let now = ticked.checked_add(SignedDuration::from_hours(24 * 31 * months)).expect("in range");
        program.call(&words(&["tick", "--now", &now.to_string(), "--format", "json"]));
    }
    let last = ticked.checked_add(SignedDuration::from_hours(24 * 31 * 15)).expect("in range");
    let whole = program.call(&words(&["verify"]));
    assert_eq!(whole.status.code(), Some(0), "{}", String::from_utf8_lossy(&whole.stdout));
    let ledger = program.call(&words(&["obligations", "--format", "json"]));
    let ledger: serde_json::Value = serde_json::from_slice(&ledger.stdout).expect("is JSON");
    let (calls, kills) = (program.calls, program.kills);
    let store = Sqlite::open(&journal).expect("opens");
    assert_eq!(verify(&store, None).expect("reads").flaws, []);
    let stands = stands(&store, last);
    let owed = owed(&store);
    assert_eq!(
        ledger["entries"].as_array().map_or(0, Vec::len),
        owed.values().map(|of| of[3]).sum::<usize>()
    );
    adds_up(&ledger, &owed);
    println!(
        "{cases} cases opened, {} in all: {} closed, {} overdue for a stated reason; {calls} calls, {kills} kills, {refused} \
         refused, {:.0} s",
        stands[0] + stands[1],
        stands[0],
        stands[1],
        begun.elapsed().as_secs_f64()
    );
    assert!(kills > 0 && stands[0] > 0 && stands[1] > 0, "{kills} kills, {stands:?}");
}

/// How many cases are closed, and how many are open and overdue. No other may be there, but for what the calendar of
/// the rules opened last: its weekly case has 40 workdays, and every look opens another.
fn stands(store: &Sqlite, last: Timestamp) -> [usize; 2] {
    let mut stands = [0, 0];
    let young = last.checked_sub(SignedDuration::from_hours(24 * 80)).expect("in range");
    for row in store.cases(CaseId(0), usize::MAX).expect("reads") {
        if row.closed.is_some() {
            stands[0] += 1;
            continue;
        }
        let dossier = Dossier::load(store, row.dossier).expect("reads");
        let case = dossier.world.case(row.case).expect("is there");
        if case.opened > young {
            continue;
        }
        let late = case.overdue
            || case.open_assignments().any(|own| own.overdue)
            || case.blocks.iter().any(|open| open.overdue)
            || case.calls.iter().any(|call| call.overdue);
        let said = store.dossier(row.dossier).expect("reads").iter().any(|record| {
            let entry = decode(record.dossier, record.seq, &record.body).expect("reads");
            let Change::Events { events, .. } = entry.what else { return false };
            events
                .iter()
                .any(|event| event.case == row.case && matches!(event.what, Happening::TimedOut { .. }))
        });
        assert!(
            late && said,
            "{} of {} is neither closed nor overdue: {:?}",
            row.case,
            case.opened,
            case.stands_at()
        );
        stands[1] += 1;
    }
    stands
}

/// Who owes whom, and whether it was done, and late.
type Debt = (Vec<String>, Vec<String>, [bool; 2]);

/// By debtor and creditor: what is open, done, breached and not done, and all, counted from the records alone.
fn owed(store: &Sqlite) -> BTreeMap<(String, String), [usize; 4]> {
    let mut all: BTreeMap<(CaseId, u32), Debt> = BTreeMap::new();
    for record in store.records(0, usize::MAX).expect("reads") {
        let entry = decode(record.dossier, record.seq, &record.body).expect("reads");
        let Change::Events { events, .. } = entry.what else { continue };
        for event in events {
            let text = |names: &[ecow::EcoString]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
            match &event.what {
                Happening::ObligationArisen { number, debtors, creditors, .. } => {
                    all.insert((event.case, *number), (text(debtors), text(creditors), [false; 2]));
                }
                Happening::ObligationDischarged { number, .. } => {
                    all.get_mut(&(event.case, *number)).expect("arose before").2[0] = true;
                }
                Happening::ObligationBreached { number, .. } => {
                    all.get_mut(&(event.case, *number)).expect("arose before").2[1] = true;
                }
                _ => {}
            }
        }
    }
    let mut pairs: BTreeMap<(String, String), [usize; 4]> = BTreeMap::new();
    for (debtors, creditors, [done, breached]) in all.into_values() {
        for debtor in &debtors {
            for creditor in creditors.iter().filter(|creditor| *creditor != debtor) {
                let pair = pairs.entry((debtor.clone(), creditor.clone())).or_default();
                pair[if done { 1 } else { 2 * usize::from(breached) }] += 1;
                pair[3] += 1;
            }
        }
    }
    pairs
}

/// What the program lists, pair by pair, is what its records say.
fn adds_up(ledger: &serde_json::Value, owed: &BTreeMap<(String, String), [usize; 4]>) {
    let mut listed: BTreeMap<(String, String), [usize; 4]> = BTreeMap::new();
    for row in ledger["entries"].as_array().expect("a list") {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let pair = listed.entry((text("debtor"), text("creditor"))).or_default();
        let status = match row["status"].as_str() {
            Some("open") => 0,
            Some("discharged") => 1,
            Some("breached") => 2,
            other => panic!("{other:?}"),
        };
        pair[status] += 1;
        pair[3] += 1;
    }
    assert_eq!(&listed, owed);
}
