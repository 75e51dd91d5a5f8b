//! The text of records is for good: they are chained by the hash of it. What is written says what a plain encoder makes
//! of a tree of JSON; what is read is what was written, by this program or an earlier one.

use ecow::EcoString;
use linkage::case::{CaseId, Event, Happening};
use linkage::engine::{Engine, Kept};
use linkage::sim::{Scenario, run};
use linkage::store::{
    Change, EVENT_VERSION, Entry, Journal, Memory, Sqlite, StoreFault, decode, encode, export, import, verify,
};
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::{at, purely, through, town};
use crate::scenarios::examples;

/// What is `false` unless it is said.
const UNLESS_SAID: [&str; 6] = ["late", "by_lead", "back", "holds", "provisional", "left"];

/// The encoder of records as it first was: by way of a tree.
fn plainly(dossier: CaseId, entry: &Entry) -> String {
    let text = |text: &EcoString| Value::from(text.as_str());
    let mut body = Map::new();
    body.insert("at".into(), value(&entry.at));
    body.extend(entry.by.as_ref().map(|by| ("by".into(), text(by))));
    match &entry.what {
        Change::Events { rules, command, events } => {
            body.extend(rules.as_ref().map(|rules| ("rules".into(), text(rules))));
            body.extend(command.as_ref().map(|command| ("command".into(), text(command))));
            let (mut at, mut case) = (entry.at, dossier);
            let mut lines = Vec::new();
            for event in events {
                let mut line = Map::new();
                if event.at != at {
                    line.insert("at".into(), value(&event.at));
                }
                if event.case != case {
                    line.insert("case".into(), value(&event.case));
                }
                line.extend(event.by.as_ref().map(|by| ("by".into(), text(by))));
                line.extend(event.key.as_ref().map(|key| ("key".into(), text(key))));
                let Value::Object(what) = value(&event.what) else { panic!("what happened is an object") };
                line.extend(
                    what.into_iter().filter_map(|(name, value)| Some((name.clone(), told(&name, value)?))),
                );
                lines.push(Value::Object(line));
                (at, case) = (event.at, event.case);
            }
            body.insert("events".into(), lines.into());
        }
        Change::Began { clock } => drop(body.insert("began".into(), value(clock))),
        Change::Kept { hash, name } => {
            let fields = [("hash".into(), text(hash)), ("name".into(), text(name))];
            body.insert("kept".into(), Value::Object(fields.into_iter().collect()));
        }
        Change::Migrated { from, to } => {
            let fields = [("from".into(), text(from)), ("to".into(), text(to))];
            body.insert("migrated".into(), Value::Object(fields.into_iter().collect()));
        }
        Change::Erased { handles } => drop(body.insert("erased".into(), value(handles))),
    }
    Value::Object(body).to_string()
}

fn value(of: &impl serde::Serialize) -> Value {
    serde_json::to_value(of).expect("is JSON")
}

fn told(name: &str, value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::Bool(false) if UNLESS_SAID.contains(&name) => None,
        Value::Object(facts) if name == "facts" => (!facts.is_empty()).then_some(Value::Object(facts)),
        Value::Array(missing) if name == "facts" => (!missing.is_empty()).then_some(Value::Array(missing)),
        Value::Array(all) => {
            let all: Vec<Value> = all.into_iter().map(inner).collect();
            (!all.is_empty()).then_some(Value::Array(all))
        }
        Value::Object(_) => Some(inner(value)),
        other => Some(other),
    }
}

fn inner(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept =
                fields.into_iter().filter_map(|(name, value)| Some((name.clone(), told(&name, value)?)));
            Value::Object(kept.collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(inner).collect()),
        other => other,
    }
}

/// The same JSON, whatever the order of fields.
fn same(one: &str, other: &str) {
    let read = |text: &str| serde_json::from_str::<Value>(text).expect("is JSON");
    assert_eq!(read(one), read(other));
}

fn held(dossier: CaseId, entry: &Entry) {
    let written = encode(dossier, entry).expect("writes");
    same(&written, &plainly(dossier, entry));
    assert_eq!(&decode(dossier, 1, &written).expect("reads"), entry, "{written}");
}

/// Every record of every example: through the engine, with the records that only it writes, and as lists of all events of
/// a story at once.
#[test]
fn records_of_all_examples_are_as_a_tree_would_be_written() {
    let text = town();
    let kept = Kept::of_text(&text).expect("understood");
    let mut count = 0;
    for path in examples() {
        let scenario =
            Scenario::from_yaml(&std::fs::read_to_string(&path).expect("readable")).expect("right");
        let events = purely(&run(&kept.rules(), &scenario).moments);
        count += events.len();
        let (at, by) = (events[0].at, Some("centre".into()));
        let what = Change::Events { rules: Some("h".into()), command: Some("c".into()), events };
        held(CaseId(1), &Entry { at, by, what });
        let mut engine = Engine::new(Memory::default()).expect("an engine");
        engine.keep(&text, at_start()).expect("kept");
        through(&mut engine, &kept.rules(), &scenario);
        for record in engine.journal().records(0, usize::MAX).expect("reads") {
            let entry = decode(record.dossier, record.seq, &record.body).expect("reads");
            same(&record.body, &plainly(record.dossier, &entry));
            held(record.dossier, &entry);
        }
    }
    assert!(count > 100, "{count}");
}

fn at_start() -> jiff::Timestamp {
    at("2026-01-01T00:00")
}

#[test]
fn other_records_are_as_a_tree_would_be_written() {
    let odd = "\"a\\b\"\n\u{1}\u{7f}他/";
    let changes = [
        Change::Kept { hash: "h".into(), name: odd.into() },
        Change::Migrated { from: odd.into(), to: "t".into() },
        Change::Erased { handles: vec![] },
        Change::Erased { handles: vec!["r1".into(), odd.into()] },
        Change::Events { rules: None, command: None, events: vec![] },
    ];
    for what in changes {
        held(CaseId(0), &Entry { at: at_start(), by: None, what: what.clone() });
        held(CaseId(0), &Entry { at: at_start(), by: Some(odd.into()), what });
    }
}

/// Lines that the program before this one wrote, with the hashes that it chained them by.
const EARLIER: &str = include_str!("earlier.jsonl");

#[test]
fn a_journal_of_an_earlier_program_is_whole_and_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut memory = Memory::default();
    let mut lasting = Sqlite::open_or_make(&folder.path().join("j")).expect("a journal");
    for journal in [&mut memory as &mut dyn Journal, &mut lasting] {
        assert_eq!(import(journal, &mut EARLIER.as_bytes()).expect("imports"), 26);
        assert_eq!(verify(journal, None).expect("reads").flaws, []);
        let mut again = Vec::new();
        export(journal, true, &mut again).expect("exports");
        // What it says is of the version of whoever writes it.
        let now =
            EARLIER.replacen("\"linkage_journal\":2", &format!("\"linkage_journal\":{EVENT_VERSION}"), 1);
        assert_eq!(String::from_utf8(again).expect("is text"), now);
        for record in journal.records(0, usize::MAX).expect("reads") {
            let entry = decode(record.dossier, record.seq, &record.body).expect("reads");
            same(&encode(record.dossier, &entry).expect("writes"), &record.body);
        }
    }
    let mut engine = Engine::new(lasting).expect("an engine");
    let ticked = engine.tick(at("2026-12-24T09:00"), usize::MAX).expect("ticks");
    assert!(ticked.fired > 0);
    assert_eq!(verify(engine.journal(), None).expect("reads").flaws, []);
}

/// What the order of fields says is nothing; what is not known is stepped over, and what is missing is told.
#[test]
fn records_are_read_whatever_the_order_of_their_fields() {
    let read = |text: &str| decode(CaseId(1), 7, text);
    let wanted = read(
        r#"{"at":"2026-01-01T00:00:00Z","events":[{"event":"completed","number":1,"outcome":"ok","step":"s"}]}"#,
    );
    let wanted = wanted.expect("reads");
    let others = [
        r#"{"events":[{"step":"s","outcome":"ok","number":1,"event":"completed"}],"at":"2026-01-01T00:00:00Z"}"#,
        r#" { "at" : "2026-01-01T00:00:00Z" , "events" : [ { "step" : "s" , "event" : "completed" , "number" : 1 ,
            "outcome" : "\u006fk" , "late" : false , "by" : null } ] } "#,
        r#"{"at":"2026-01-01T00:00:00Z","new":[{"event":{"x":[1.5e3,"}"]}}],"events":[{"event":"completed","new":{"a":[]},
            "number":1,"outcome":"ok","step":"s"}]}"#,
    ];
    for other in others {
        assert_eq!(read(other).expect("reads"), wanted, "{other}");
    }
    let broken = [
        "",
        "{",
        "[]",
        "{}",
        r#"{"at":"2026-01-01T00:00:00Z"}"#,
        r#"{"at":"2026-01-01T00:00:00Z","events":[{}]}"#,
        r#"{"at":"2026-01-01T00:00:00Z","events":[{"event":"unheard_of"}]}"#,
        r#"{"at":"2026-01-01T00:00:00Z","events":[{"event":"joined"}]}"#,
        r#"{"at":"2026-01-01T00:00:00Z","events":[{"event":"joined","block":7}]}"#,
        r#"{"at":"2026-01-01T00:00:00Z","events":[{"event":"joined","block":"b"},]}"#,
        r#"{"at":"2026-01-01T00:00:00Z","events":[{"event":"joined","block":"b"}]} x"#,
        r#"{"at":"2026-01-01T00:00:00Z","events":[{"event":"joined","block":"\x"}]}"#,
        r#"{"at":"2026-01-01T00:00:00Z","events":[{"event":"joined","block":"b"}],"new":nul}"#,
        r#"{"at":"2026-01-01T00:00:00Z","events":[{"event":"led","mode":{"mode":"joint","quorum":-1,"silence_is_assent":true}}]}"#,
        r#"{"at":"2026-01-01T00:00:00Z","events":[{"event":"led","mode":{"mode":"joint","quorum":99999999999999999999}}]}"#,
    ];
    for text in broken {
        assert!(matches!(read(text), Err(StoreFault::Unreadable { seq: 7, .. })), "{text}");
    }
    let deep = format!(r#"{{"at":"2026-01-01T00:00:00Z","events":{}"#, "[".repeat(100_000));
    assert!(read(&deep).is_err());
    let deep = format!(r#"{{"at":"2026-01-01T00:00:00Z","new":{}"#, "[".repeat(100_000));
    assert!(read(&deep).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// Whatever people write is written and read to the letter.
    #[test]
    fn texts_are_kept_to_the_letter(text in any::<String>(), name in any::<String>(), number in any::<i64>()) {
        use linkage::case::{Fact, Cause};
        let facts = [
            (EcoString::from(name.as_str()), Fact::Number(number)),
            ("matter".into(), Fact::Text(text.as_str().into())),
            ("\"q".into(), Fact::Truth(false)),
        ];
        let opened = Happening::Opened {
            procedure: "p".into(),
            facts: facts.into(),
            reporter: None,
            because: Cause::Event { event: text.as_str().into(), from: None },
            due: None,
            rule_days: vec![],
        };
        let event = |what| Event { at: at_start(), case: CaseId(2), by: None, key: Some(name.as_str().into()), what };
        let events = vec![event(opened), event(Happening::Noted { text: text.as_str().into() })];
        let what = Change::Events { rules: None, command: Some(text.as_str().into()), events };
        held(CaseId(1), &Entry { at: at_start(), by: Some(name.as_str().into()), what });
    }

    /// A text that was changed anywhere is read, or told to be unreadable: never more.
    #[test]
    fn a_changed_text_is_no_trap(line in 0..26_usize, place in any::<prop::sample::Index>(), byte in 0_u8..128) {
        let records = EARLIER.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let bodies: Vec<String> =
            records.filter_map(|record| Some(record.get("body")?.as_str()?.to_owned())).collect();
        let mut bytes = bodies[line].clone().into_bytes();
        let at = place.index(bytes.len());
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes)
            && decode(CaseId(1), 1, &text).is_ok()
        {
            prop_assert!(serde_json::from_str::<Value>(&text).is_ok(), "{}", text);
        }
    }
}

/// A field that tells what happened may stand twice, with blanks behind its name: what lies between is no less read.
#[test]
fn what_stands_between_two_tags_is_read() {
    let read = |event: &str| {
        decode(CaseId(1), 7, &format!("{{\"at\":\"2026-11-23T01:00:00Z\",\"events\":[{{{event}}}]}}"))
    };
    assert!(read("\"event\"\n:\"noted\",\"text\":\"x\"").is_ok());
    assert!(read("\"event\"\n:\"noted\",\"text\":\"x\",\"other\":[1],\"event\":\"closed\"").is_ok());
    for between in ["[repor]", "[{\"a\":repor\"1\"}]", "", "1 2"] {
        let event = format!("\"event\"\n:\"noted\",\"text\":\"x\",\"other\":{between},\"event\":\"closed\"");
        assert!(read(&event).is_err(), "{event}");
    }
}
