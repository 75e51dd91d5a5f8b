//! The journal against bare SQLite: `cargo bench --bench journal [-- one|many|stream|replay|decide|days|tick[=N]|million=N]`.
//!
//! The disk of a shared machine varies tenfold within the hour, so each figure is a ratio to a probe of the
//! same minute: bare inserts of 240-byte rows (write-ahead log, `synchronous=FULL`), taken in turns with what is
//! measured. `million=N` opens N cases, `tick=N` ticks N.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    missing_docs,
    reason = "a benchmark prints times"
)]

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use linkage::case::{
    CaseId, Command, Decision, Event, Fact, Facts, Order, World, apply_all, decision, replay,
};
use linkage::engine::{Answer, Desk, Dossier, EVENTS_AT_ONCE, Engine, Failure, Kept, Request, state_hash};
use linkage::store::{Change, Journal, Memory, Sqlite, decode, verify};
use linkage::time::{Almanac, Calendar, Duration as Deadlines, Unit, deadline_alone};
use linkage::workspace::Package;
use rusqlite::Connection;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Six steps, a ladder, a debt: what a case of the town looks like.
const RULES: &str = "
area town { n1 n2 n3 }
matter hazard { fire noise water }
attribute severity : 1..5
scope { over hazard fallback centre forum { first_receiver } }
law rules { rank statute issuer npc from 2009-05-01 article 1 }
body centre { kind platform serves town }
body police { kind police serves town }
body brigade { kind fire_rescue serves town }
mandate noise { lead police over hazard.noise, hazard.water basis rules art 1 }
mandate fire { lead brigade over hazard.fire basis rules art 1 }
procedure care {
  trigger report of hazard
  lead by mandate
  within 30 workdays
  step register { by centre within 30 minutes outcome ok -> dispatch }
  step dispatch { by centre within 30 minutes outcome ok -> accept }
  step accept { by lead within 4 hours outcome ok -> inspect }
  step inspect { by lead within 3 workdays outcome ok -> mend }
  step mend { by lead within 5 workdays outcome ok -> answer }
  step answer { by centre within 1 workday outcome ok -> close solved }
  escalate { after 75% to centre on timeout to police within 1 workday on timeout to centre }
  owe feedback reply from lead to reporter within 2 workdays upon close
}
";
const STEPS: [&str; 6] = ["register", "dispatch", "accept", "inspect", "mend", "answer"];
/// So long a turn of the probe or of what is measured takes.
const TURN: Duration = Duration::from_millis(500);
const TURNS: usize = 16;
/// Before the first that counts: the log of a new file grows, that of a journal in use is written over.
const TURNS_BEFORE: usize = 3;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|own| !own.starts_with("--")).collect();
    let runs = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    if runs("decide") {
        pure();
    }
    if runs("days") {
        days();
    }
    if runs("one") {
        one(at);
    }
    if runs("many") {
        many(at);
    }
    if runs("stream") {
        stream(at);
    }
    if runs("replay") {
        from_disk(at);
    }
    if runs("tick") {
        ticks(at, 10_000);
    }
    if let Some(count) = wanted.iter().find_map(|own| own.strip_prefix("tick=")) {
        ticks(at, count.parse().expect("a number"));
    }
    if let Some(count) = wanted.iter().find_map(|own| own.strip_prefix("million=")) {
        million(at, count.parse().expect("a number"));
    }
}

fn text() -> String {
    Package::of_text("care.linkage", RULES).written()
}

fn start() -> Timestamp {
    "2026-11-23T01:00:00Z".parse().expect("an instant")
}

fn engine<J: Journal>(journal: J) -> Engine<J> {
    let mut engine = Engine::new(journal).expect("an engine");
    engine.keep(&text(), start()).expect("kept");
    engine
}

fn open(number: u64) -> Order {
    let matter = ["hazard.fire", "hazard.noise", "hazard.water"][(number % 3) as usize];
    let facts: Facts =
        [("matter".into(), Fact::Text(matter.into())), ("area".into(), Fact::Text("n1".into()))].into();
    Order::Open { procedure: Some("care".into()), facts, reporter: Some("r1".into()) }
}

fn request(by: &str, order: Order, now: Timestamp) -> Request {
    Request::new(Command::new(by, order), now)
}

/// The seven commands of a case.
fn whole_case(mut ask: impl FnMut(Request) -> Option<CaseId>, number: u64, now: Timestamp) {
    let case = ask(request("centre", open(number), now)).expect("opens");
    let lead = if number.is_multiple_of(3) { "brigade" } else { "police" };
    for step in STEPS {
        let by = if matches!(step, "accept" | "inspect" | "mend") { lead } else { "centre" };
        ask(request(by, Order::Done { case, step: Some(step.into()), outcome: "ok".into() }, now))
            .expect("is done");
    }
}

/// Bare inserts of 240-byte rows, so many a commit; rows a second.
struct Probe {
    connection: Connection,
}

impl Probe {
    fn new(at: &Path) -> Self {
        let connection = Connection::open(at).expect("opens");
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).expect("switches");
        connection
            .execute_batch(
                "PRAGMA synchronous = FULL; CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT NOT NULL)",
            )
            .expect("makes");
        Self { connection }
    }

    fn turn(&self, rows: usize) -> f64 {
        let body = "x".repeat(240);
        let (begun, mut count) = (Instant::now(), 0);
        while begun.elapsed() < TURN {
            self.connection.execute_batch("BEGIN IMMEDIATE").expect("begins");
            for _ in 0..rows {
                let mut insert =
                    self.connection.prepare_cached("INSERT INTO row (body) VALUES (?1)").expect("is right");
                insert.execute([&body]).expect("inserts");
            }
            self.connection.execute_batch("COMMIT").expect("commits");
            count += rows;
        }
        count as f64 / begun.elapsed().as_secs_f64()
    }
}

/// Turns of the probe and of what is measured; the median of both and of their ratios.
fn beside(name: &str, probe: &Probe, rows: usize, mut turn: impl FnMut() -> f64) -> f64 {
    let turns = (0..TURNS_BEFORE + TURNS).map(|_| (probe.turn(rows), turn()));
    let mut turns: Vec<(f64, f64)> = turns.skip(TURNS_BEFORE).collect();
    turns.sort_by(|a, b| (a.1 / a.0).total_cmp(&(b.1 / b.0)));
    let (low, high) = (turns[0], turns[TURNS - 1]);
    let middle = turns[TURNS / 2];
    println!(
        "{name}: {:.0} /s beside {:.0} rows/s of the probe at {rows} a commit: {:.2} ({:.2} to {:.2})",
        middle.1,
        middle.0,
        middle.1 / middle.0,
        low.1 / low.0,
        high.1 / high.0
    );
    middle.1
}

fn one(at: &Path) {
    let probe = Probe::new(&at.join("probe-one"));
    let mut engine = engine(Sqlite::open_or_make(&at.join("one")).expect("a journal"));
    let (mut number, mut now) = (0, start());
    let mut turn = || {
        let (begun, mut count) = (Instant::now(), 0_u32);
        while begun.elapsed() < TURN {
            number += 1;
            now = now.checked_add(SignedDuration::from_secs(1)).expect("in range");
            whole_case(
                |request| {
                    count += 1;
                    engine.execute(&[request]).pop().expect("an answer").expect("is done").case
                },
                number,
                now,
            );
        }
        f64::from(count) / begun.elapsed().as_secs_f64()
    };
    let commands = beside("one client, commands", &probe, 1, &mut turn);
    println!("  six-step cases a second: {:.0}", commands / 7.0);
    let health = verify(engine.journal(), None).expect("reads");
    assert!(health.flaws.is_empty());
    println!("  bytes an event: {:.1}", health.centibytes_per_event as f64 / 100.0);
}

fn many(at: &Path) {
    let probe = Probe::new(&at.join("probe-many"));
    let engine = engine(Sqlite::open_or_make(&at.join("many")).expect("a journal"));
    let (desk, closed) = Desk::open(engine);
    let turn = || {
        let begun = Instant::now();
        let counts: Vec<u32> = std::thread::scope(|scope| {
            let client = |number: u64| {
                let desk = desk.clone();
                scope.spawn(move || {
                    let mut count = 0;
                    while begun.elapsed() < TURN {
                        whole_case(
                            |request| {
                                count += 1;
                                desk.ask(request).expect("is done").case
                            },
                            number,
                            start(),
                        );
                    }
                    count
                })
            };
            let clients: Vec<_> = (0..64).map(client).collect();
            clients.into_iter().map(|client| client.join().expect("ends")).collect()
        });
        counts.iter().map(|count| f64::from(*count)).sum::<f64>() / begun.elapsed().as_secs_f64()
    };
    let commands = beside("64 clients, commands", &probe, 1, turn);
    println!("  six-step cases a second: {:.0}", commands / 7.0);
    drop(desk);
    assert!(verify(closed.wait().expect("ends").journal(), None).expect("reads").flaws.is_empty());
}

/// Whatever comes in a stream, in events: one is what a row of the probe is, in size.
fn stream(at: &Path) {
    let probe = Probe::new(&at.join("probe-stream"));
    let mut engine = engine(Sqlite::open_or_make(&at.join("stream")).expect("a journal"));
    let (mut number, mut openings) = (0, 0.0);
    beside("stream of openings, events", &probe, 100, || {
        let (begun, mut events, from) = (Instant::now(), 0, number);
        let requests = std::iter::from_fn(|| {
            number += 1;
            (begun.elapsed() < TURN).then(|| request("centre", open(number), start()))
        });
        let answered = |answers: Vec<Result<Answer, Failure>>| {
            events += answers.into_iter().map(|answer| answer.expect("opens").events.len()).sum::<usize>();
            Ok::<(), ()>(())
        };
        engine.stream(requests, answered).expect("opens");
        openings = (number - from) as f64 / events as f64;
        events as f64 / begun.elapsed().as_secs_f64()
    });
    println!("  openings an event: {openings:.2}");
    let lines = lines(2000);
    let mut count = 0;
    let mut records = 0.0;
    beside("import, events", &probe, 100, || {
        count += 1;
        let mut store = Sqlite::open_or_make(&at.join(format!("import-{count}"))).expect("a journal");
        let begun = Instant::now();
        let imported = linkage::store::import(&mut store, &mut lines.as_slice()).expect("imports");
        let took = begun.elapsed().as_secs_f64();
        let events = verify(&store, None).expect("reads").events;
        records = imported as f64 / events as f64;
        events as f64 / took
    });
    println!("  records an event: {records:.2}");
}

fn ticks(at: &Path, cases: u64) {
    let probe = Probe::new(&at.join("probe-tick"));
    let (mut count, mut took) = (0, Vec::new());
    beside("tick, events", &probe, 100, || {
        count += 1;
        let ticked = tick(&at.join(format!("tick-{count}")), cases);
        assert_eq!((ticked.cases, ticked.events as u64), (cases, 2 * cases));
        took.push(ticked.took);
        ticked.events as f64 / ticked.took
    });
    took.sort_by(f64::total_cmp);
    let (least, most) = (took[0], took[took.len() - 1]);
    println!("  {cases} cases due in one second, {} events in {least:.2} to {most:.2} s", 2 * cases);
}

/// A journal of so many whole cases, as lines.
fn lines(cases: u64) -> Vec<u8> {
    let mut memory = engine(Memory::default());
    for number in 0..cases {
        whole_case(|request| memory.execute(&[request]).pop()?.ok()?.case, number, start());
    }
    let mut lines = Vec::new();
    linkage::store::export(memory.journal(), false, &mut lines).expect("exports");
    lines
}

/// Decides so many whole cases purely, each command on the state that those before left; hands over the events of each.
fn decided(cases: u64, mut hand_over: impl FnMut(Vec<Event>)) {
    let kept = Kept::of_text(&text()).expect("understood");
    let mut world = World::default();
    for number in 0..cases {
        whole_case(
            |request| {
                let decided =
                    decision(&kept.rules(), &world, &request.command, request.now).expect("is done");
                let Decision { events, after } = decided;
                world.take_in(after);
                let case = request.command.order.case().or_else(|| events.first().map(|event| event.case));
                hand_over(events);
                case
            },
            number,
            start(),
        );
    }
}

/// The middle and the best of several turns: one and the same program differs twofold between minutes here.
fn turns(name: &str, mut turn: impl FnMut() -> f64) {
    let mut rates: Vec<f64> = (0..9).map(|_| turn()).collect();
    rates.sort_by(f64::total_cmp);
    println!("{name}: {:.0} events/s ({:.0} to {:.0})", rates[4], rates[0], rates[8]);
}

fn pure() {
    let mut events = Vec::new();
    decided(3000, |some| events.extend(some));
    turns("pure executor", || {
        let (begun, mut count) = (Instant::now(), 0);
        decided(3000, |some| count += some.len());
        count as f64 / begun.elapsed().as_secs_f64()
    });
    turns("fold of events", || {
        let begun = Instant::now();
        let world = replay(&events);
        assert_eq!(world.cases().count(), 3000);
        events.len() as f64 / begun.elapsed().as_secs_f64()
    });
    println!("  state {}", state_hash(replay(&events).cases()));
}

/// Adding working days over the official calendar: by the calendar written out, and with the account of each day.
fn days() {
    let text = include_str!("../rules/calendars/china.yaml");
    let calendar = Calendar::from_yaml(text).expect("is right");
    let almanac = Almanac::new(&calendar, jiff::civil::date(2020, 1, 1), 366 * 8);
    let within = |number: u32| Deadlines::new(1 + number % 120, Unit::Workday);
    let (begun, mut sum) = (Instant::now(), 0_i64);
    for number in 0..1_000_000_u32 {
        let from = i64::from(number % 2_000_000) * 2;
        sum += almanac.due(from, within(number)).unwrap_or_default();
    }
    println!("working days added: {:.0} a second ({sum})", 1e6 / begun.elapsed().as_secs_f64());
    let (begun, mut sum) = (Instant::now(), 0_i64);
    for number in 0..20_000_u32 {
        let from = almanac.instant(i64::from(number) * 100);
        sum += deadline_alone(from, within(number), &[], &calendar).map_or(0, |it| it.due.as_second());
    }
    println!("  from the calendar itself: {:.0} a second ({sum})", 2e4 / begun.elapsed().as_secs_f64());
}

fn from_disk(at: &Path) {
    let mut memory = Memory::default();
    let lines = lines(2000);
    linkage::store::import(&mut memory, &mut lines.as_slice()).expect("imports");
    let mut lasting = Sqlite::open_or_make(&at.join("replayed")).expect("a journal");
    linkage::store::import(&mut lasting, &mut lines.as_slice()).expect("imports");
    let mut hashes = Vec::new();
    for (name, journal) in [("memory", &memory as &dyn Journal), ("the disk", &lasting)] {
        turns(&format!("replay from records, {name}"), || {
            let begun = Instant::now();
            let (world, count) = replayed(journal);
            let took = begun.elapsed().as_secs_f64();
            hashes.push(state_hash(world.cases()));
            count as f64 / took
        });
    }
    hashes.dedup();
    assert_eq!(hashes.len(), 1, "the state of every run and every store");
    println!("  state {}", hashes[0]);
}

fn replayed(journal: &dyn Journal) -> (World, u64) {
    let (mut world, mut count, mut last) = (World::default(), 0_u64, 0);
    loop {
        let records = journal.records(last, 1000).expect("reads");
        let Some(end) = records.last() else { return (world, count) };
        last = end.seq;
        for record in &records {
            let entry = decode(record.dossier, record.seq, &record.body).expect("reads");
            if let Change::Events { events, .. } = entry.what {
                count += events.len() as u64;
                apply_all(&mut world, &events);
            }
        }
    }
}

struct Fired {
    cases: u64,
    events: usize,
    took: f64,
}

/// So many cases whose first step is due in the same second.
fn tick(at: &Path, count: u64) -> Fired {
    let mut engine = engine(Sqlite::open_or_make(at).expect("a journal"));
    let opened = (0..count).map(|number| request("centre", open(number), start()));
    let done =
        |answers: Vec<Result<Answer, Failure>>| answers.into_iter().try_for_each(|answer| answer.map(drop));
    engine.stream(opened, done).expect("opens");
    let mut engine = Engine::new(engine.into_journal()).expect("an engine");
    let due = start().checked_add(SignedDuration::from_mins(30)).expect("in range");
    // What is due before then (three quarters of the time used) has fired.
    let before = due.checked_sub(SignedDuration::from_secs(1)).expect("in range");
    engine.ticks(before, EVENTS_AT_ONCE, |_, _| ControlFlow::Continue(())).expect("ticks");
    let (begun, mut fired, mut events) = (Instant::now(), 0, 0);
    let done = engine.ticks(due, EVENTS_AT_ONCE, |_, ticked| {
        fired += ticked.fired;
        events += ticked.events.len();
        ControlFlow::Continue(())
    });
    done.expect("ticks");
    Fired { cases: fired, events, took: begun.elapsed().as_secs_f64() }
}

fn memory_of_process() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: not known here").to_owned()
}

fn million(at: &Path, count: u64) {
    let path = at.join("million");
    let begun = Instant::now();
    let mut filling = engine(Sqlite::open_or_make(&path).expect("a journal"));
    let opened = (0..count).map(|number| {
        let seconds = SignedDuration::from_secs((number / 1000).cast_signed());
        request("centre", open(number), start().checked_add(seconds).expect("in range"))
    });
    let done =
        |answers: Vec<Result<Answer, Failure>>| answers.into_iter().try_for_each(|answer| answer.map(drop));
    filling.stream(opened, done).expect("opens");
    println!("{count} cases opened in {:.1} s; {}", begun.elapsed().as_secs_f64(), memory_of_process());
    drop(filling);
    println!(
        "  file: {:.0} MiB",
        std::fs::metadata(&path).expect("is there").len() as f64 / f64::from(1 << 20)
    );
    let begun = Instant::now();
    let mut again = Engine::new(Sqlite::open(&path).expect("opens")).expect("an engine");
    println!("start-up: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let mut worst = 0.0_f64;
    for one in 0..100 {
        let case = CaseId(1 + one * (count / 100));
        let begun = Instant::now();
        let row = again.journal().case(case).expect("reads").expect("is there");
        let dossier = Dossier::load(again.journal(), row.dossier).expect("reads");
        assert!(dossier.is_open());
        worst = worst.max(begun.elapsed().as_secs_f64());
    }
    println!("one case loaded: {:.2} ms at worst of 100", worst * 1e3);
    let begun = Instant::now();
    let work = again.journal().work(Some("centre"), 1000).expect("reads");
    println!("first {} of an inbox of {count}: {:.1} ms", work.len(), begun.elapsed().as_secs_f64() * 1e3);
    let begun = Instant::now();
    let done = Order::Done { case: CaseId(count / 2), step: None, outcome: "ok".into() };
    let early = start().checked_add(SignedDuration::from_secs(1)).expect("in range");
    again.execute(&[request("centre", done, early)]).pop().expect("an answer").expect("is done");
    println!(
        "one command among them: {:.1} ms; {}",
        begun.elapsed().as_secs_f64() * 1e3,
        memory_of_process()
    );
}
