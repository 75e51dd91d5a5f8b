//! Random procedures, held against the executor: every act of a body, and every deadline that passes, is tried in
//! every state that a case can come to. An end that P022 says can be refused is refused to somebody, and no other;
//! and where O004 says that whoever reported can be left without a word, some case is closed so, else none.
//!
//! `LINKAGE_ORACLE_CASES` says how many.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write;

use jiff::Timestamp;
use linkage::case::{
    CaseId, Command, Fact, Facts, Happening, Order, Refusal, Rules, Stuck, World, apply, decide,
};
use linkage::checks::Fact as Told;
use linkage::model::{Institution, NodeId, NodeKind};
use linkage::workspace::Analysis;
use proptest::prelude::*;

use super::analyse;
use super::procedure_oracle::{Thrown, Writer, cases, node};

/// So many states are looked at; a procedure with more is passed over.
const STATES: usize = 1_500;

/// The same without timeouts. What runs side by side runs out of time in the order of the deadlines, which the
/// checks do not ask: there any step may be the late one.
fn in_time(own: &Thrown) -> Thrown {
    match own {
        Thrown::Step { outcomes, within, .. } => {
            Thrown::Step { outcomes: outcomes.clone(), timeout: None, within: *within }
        }
        Thrown::Choose { .. } => own.clone(),
        Thrown::Block { all, inside, then, within } => Thrown::Block {
            all: *all,
            inside: inside.iter().map(in_time).collect(),
            then: *then,
            within: *within,
        },
    }
}

fn procedures() -> impl Strategy<Value = Vec<Thrown>> {
    prop_oneof![
        2 => proptest::collection::vec(node(2).prop_map(|own| in_time(&own)), 1..5),
        1 => proptest::collection::vec(node(0), 1..7),
    ]
}

/// What came of all that was tried.
#[derive(Default)]
struct Tried {
    /// The nodes that an end was refused for.
    refused: BTreeSet<String>,
    /// Whether a case was closed and nobody owed whoever reported a word.
    silent: bool,
}

/// What a case may still do depends on this; when it was is no part of it.
type State = (Vec<String>, Vec<(String, usize)>, BTreeSet<String>, bool);

struct Explorer<'r> {
    rules: Rules<'r>,
    institution: &'r Institution,
    tried: Tried,
    queue: VecDeque<(World, Timestamp)>,
    seen: BTreeSet<State>,
    /// Whether a case went round at one instant.
    circles: bool,
}

impl Explorer<'_> {
    fn attempt(&mut self, world: &World, order: Order, now: Timestamp) {
        match decide(&self.rules, world, &Command::new("a", order), now) {
            Ok(events) => {
                let mut next = world.clone();
                for event in &events {
                    self.circles |= matches!(event.what, Happening::DeadEnd { stuck: Stuck::Circle, .. });
                    apply(&mut next, event);
                }
                self.reached(next, now);
            }
            Err(Refusal::ClosingNeeds { nodes }) => {
                self.tried.refused.extend(nodes.iter().map(ToString::to_string));
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    fn reached(&mut self, world: World, now: Timestamp) {
        let Some(case) = world.case(CaseId(1)) else { return };
        if !case.is_open() {
            self.tried.silent |= case.obligations.is_empty();
            return;
        }
        let mut open: Vec<String> = case.open_assignments().map(|own| own.step.to_string()).collect();
        open.sort();
        let blocks = case.blocks.iter().map(|own| (own.block.to_string(), own.joined)).collect();
        let finished = case.finished.iter().map(ToString::to_string).collect();
        if self.seen.insert((open, blocks, finished, case.obligations.is_empty())) {
            self.queue.push_back((world, now));
        }
    }

    /// Everything from an opening on; false if that is too much.
    fn explore(&mut self, facts: Facts, now: Timestamp) -> bool {
        let open = Order::Open { procedure: Some("p".into()), facts, reporter: Some("r".into()) };
        self.attempt(&World::default(), open, now);
        while let Some((world, now)) = self.queue.pop_front() {
            if self.seen.len() > STATES {
                return false;
            }
            let Some(case) = world.case(CaseId(1)) else { continue };
            let steps: Vec<_> = case.open_assignments().map(|own| own.step.clone()).collect();
            for name in steps {
                for outcome in self.outcomes(&name, &case.facts) {
                    let order = Order::Done { case: CaseId(1), step: Some(name.clone()), outcome };
                    self.attempt(&world, order, now);
                }
            }
            if let Some(due) = world.next_due() {
                self.attempt(&world, Order::Tick, due);
            }
        }
        true
    }

    /// The outcomes that a step can have with these facts.
    fn outcomes(&self, name: &str, facts: &Facts) -> Vec<ecow::EcoString> {
        let nodes = &self.institution.procedures[0].nodes;
        let Some(node) = nodes.iter().find(|node| node.head.name == name) else { return Vec::new() };
        let NodeKind::Step(step) = &node.kind else { return Vec::new() };
        let region = linkage::case::region(self.institution, facts);
        let open =
            step.outcomes.iter().filter(|own| own.when.as_ref().is_none_or(|when| region.is_subset(when)));
        open.map(|own| own.head.name.clone()).collect()
    }
}

fn told(analysis: &Analysis, code: &str) -> Vec<NodeId> {
    let own = analysis.findings.iter().filter(|it| it.check.code == code);
    own.flat_map(|it| &it.facts)
        .filter_map(|(_, fact)| if let Told::Node(_, node) = fact { Some(*node) } else { None })
        .collect()
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn ends_that_are_refused_and_cases_that_end_in_silence_are_those_of_the_executor(
        nodes in procedures(),
        picks in proptest::collection::vec(any::<u16>(), 3),
        upon in proptest::option::weighted(0.8, any::<u16>()),
    ) {
        let mut writer = Writer { text: String::new(), named: 0, timed: false };
        writer.nodes(&nodes, &[], 0);
        let name = |pick: u16| format!("n{}", usize::from(pick) % writer.named + 1);
        let needs: BTreeSet<String> = picks.iter().map(|pick| name(*pick)).collect();
        let mut text = format!(
            "area t matter m attribute wet : boolean attribute dark : boolean body a {{ kind police }}
             law act {{ rank statute issuer \"congress\" article 1 }}
             scope {{ over m fallback a }} mandate x {{ lead a over m basis act art 1 }}
             procedure p {{ trigger report of m lead a{} closing {{ needs {} }}",
            writer.text,
            needs.iter().cloned().collect::<Vec<_>>().join(", ")
        );
        if let Some(upon) = upon {
            let _ = write!(text, " owe feedback reply from a to reporter within 1 day upon {}", name(upon));
        }
        text.push_str(" }");
        let analysis = analyse(&text);
        let institution = analysis.institution();
        let rules = Rules::new(institution, &analysis.package.calendar);
        let mut explorer = Explorer {
            rules,
            institution,
            tried: Tried::default(),
            queue: VecDeque::new(),
            seen: BTreeSet::new(),
            circles: false,
        };
        let now: Timestamp = "2026-11-23T01:00:00Z".parse().expect("an instant");
        for (wet, dark) in [(false, false), (false, true), (true, false), (true, true)] {
            let facts = [
                ("matter".into(), Fact::Text("m".into())),
                ("area".into(), Fact::Text("t".into())),
                ("wet".into(), Fact::Truth(wet)),
                ("dark".into(), Fact::Truth(dark)),
            ];
            explorer.seen.clear();
            // Where a case goes round at one instant no end is the right one: another check tells that.
            if !explorer.explore(facts.into(), now) || explorer.circles {
                return Ok(());
            }
        }
        let names = told(&analysis, "P022").into_iter();
        let names: BTreeSet<String> =
            names.map(|node| institution.procedures[0].nodes[node.index()].head.name.to_string()).collect();
        prop_assert_eq!(&names, &explorer.tried.refused, "refused\n{}", text);
        let silent = analysis.findings.iter().any(|it| it.check.code == "O004");
        prop_assert_eq!(silent, explorer.tried.silent, "silent\n{}", text);
    }
}
