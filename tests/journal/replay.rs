//! State from the journal equals the state that was live, for every prefix of every example.

use std::collections::BTreeMap;

use linkage::case::{Case, CaseId, Event, Rules, World, apply};
use linkage::engine::{Dossier, Engine, Kept, state_hash};
use linkage::sim::{Scenario, run};
use linkage::store::{Change, Journal, Memory, Sqlite, decode, verify};

use super::{at, purely, through, town};
use crate::scenarios::examples;

#[test]
fn an_example_through_the_engine_is_the_example_played_purely() {
    let text = town();
    let kept = Kept::of_text(&text).expect("understood");
    let rules: Rules<'_> = kept.rules();
    let (mut events, mut bytes) = (0, 0);
    for path in examples() {
        let mut scenario =
            Scenario::from_yaml(&std::fs::read_to_string(&path).expect("readable")).expect("right");
        // A journal knows no scenario: its calendar begins cases whatever the script is about.
        scenario.scheduled = true;
        let from = at(&scenario.start.to_string());
        let story = run(&rules, &scenario);
        let pure = purely(&story.moments);
        let folder = tempfile::tempdir().expect("a folder");
        let mut hashes = Vec::new();
        let store = Sqlite::open_or_make(&folder.path().join("j.linkage")).expect("a journal");
        let mut lasting = Engine::new(store).expect("an engine");
        lasting.keep(&text, from).expect("kept");
        let mut passing = Engine::new(Memory::default()).expect("an engine");
        passing.keep(&text, from).expect("kept");
        assert_eq!(through(&mut lasting, &rules, &scenario), pure, "{}", path.display());
        assert_eq!(through(&mut passing, &rules, &scenario), pure, "{}", path.display());
        for journal in [lasting.journal() as &dyn Journal, passing.journal()] {
            // Every prefix of the records of a dossier gives the state that was live in it after as many
            // events.
            let mut count = 0;
            let mut folded: BTreeMap<CaseId, (World, World, usize)> = BTreeMap::new();
            for record in journal.records(0, usize::MAX).expect("readable") {
                let entry = decode(record.dossier, record.seq, &record.body).expect("readable");
                let Change::Events { events: own, .. } = entry.what else { continue };
                bytes += record.body.len();
                count += own.len();
                let home = |event: &&Event| {
                    journal.case(event.case).expect("readable").expect("there").dossier == record.dossier
                };
                let mine: Vec<&Event> = pure.iter().filter(home).collect();
                let (state, live, done) = folded.entry(record.dossier).or_default();
                for (event, mine) in own.iter().zip(&mine[*done..*done + own.len()]) {
                    apply(state, event);
                    apply(live, mine);
                }
                *done += own.len();
                assert_eq!(state, live, "{} after {count}", path.display());
            }
            let states = folded.values().flat_map(|(state, ..)| state.cases());
            let states: BTreeMap<CaseId, &Case> = states.map(|case| (case.id, case)).collect();
            let live: BTreeMap<CaseId, &Case> = story.world.cases().map(|case| (case.id, case)).collect();
            assert_eq!(states, live, "{}", path.display());
            events += count;
            assert_eq!(count, pure.len());
            let health = verify(journal, None).expect("readable");
            assert!(health.flaws.is_empty(), "{}: {:?}", path.display(), health.flaws);
            for row in journal.cases(CaseId(0), usize::MAX).expect("readable") {
                let dossier = Dossier::load(journal, row.dossier).expect("readable");
                assert_eq!(dossier.world.case(row.case), story.world.case(row.case));
            }
            hashes.push((state_hash(states.values().copied()), journal.head().expect("readable").hash));
        }
        assert_eq!(hashes[0], hashes[1], "both stores hold the same");
    }
    println!("{bytes} bytes for {events} events: {}", bytes / events);
    assert!(bytes < 300 * events, "{bytes} bytes for {events} events");
}
