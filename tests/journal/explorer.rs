//! The act explorer: random procedures with properties, every act of every body tried in every state that a case
//! comes to, up to a bound. What the checker has proved holds in all of them.
//!
//! `LINKAGE_EXPLORED` says how many procedures.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write;

use jiff::civil::{Date, date};
use linkage::Analysis;
use linkage::case::{
    Assignment, CaseId, Cited, Command, Event, Fallback, Happening, Order, Rules, Why, World, apply, decide,
};
use linkage::checks::Fact;
use linkage::model::{Demand, Holder};
use proptest::prelude::*;

const DAY: Date = date(2026, 11, 23);
const C1: CaseId = CaseId(1);
const BODIES: [&str; 6] = ["top", "police", "patrol", "brigade", "residents", "centre"];
const PERFORMERS: [&str; 6] = ["lead", "police", "brigade", "kind police", "centre", "superior of lead"];
const RECEIVERS: [&str; 5] = ["lead", "patrol", "residents", "brigade", "superior of lead"];
const RUNGS: [&str; 7] = [
    "after 1 hour to residents",
    "after 1 hour take over by brigade",
    "on timeout to centre within 1 hour",
    "on timeout take over by patrol",
    "on refusal to brigade",
    "on refusal to superior of lead",
    "on refusal take over by residents",
];
const STATES: usize = 120;

/// A step as it is thrown: indexes into the tables above.
#[derive(Debug, Clone)]
struct Thrown {
    by: usize,
    hand_over: Option<usize>,
    needs: Option<bool>,
    rungs: Vec<usize>,
    refusal: Option<bool>,
    ends: [usize; 2],
    joint: bool,
}

fn step() -> impl Strategy<Value = Thrown> {
    (
        0..PERFORMERS.len(),
        proptest::option::weighted(0.4, 0..RECEIVERS.len()),
        proptest::option::weighted(0.6, any::<bool>()),
        proptest::collection::vec(0..RUNGS.len(), 0..3),
        proptest::option::weighted(0.3, any::<bool>()),
        [0..4usize, 0..4usize],
        proptest::bool::weighted(0.2),
    )
        .prop_map(|(by, hand_over, needs, rungs, refusal, ends, joint)| Thrown {
            by,
            hand_over,
            needs,
            rungs,
            refusal,
            ends,
            joint,
        })
}

fn rules(steps: &[Thrown], overlap: bool, lead: bool) -> String {
    let mut text = String::from(
        "area town matter hazard { fire water gas }
        body top { kind government } body police { kind police under top } body patrol { kind police under police }
        body brigade { kind fire_rescue under top } body residents { kind resident }
        body centre { kind platform under top }
        law act { rank statute issuer \"c\" article 1 \"a\" {
          grant seize to police, brigade, residents } }
        power seize \"seize\" { delegable }
        scope { over hazard fallback centre }
        mandate fire { lead police over fire basis act art 1 }
        mandate water { lead brigade over water basis act art 1 }\n",
    );
    if overlap {
        text += "mandate also_fire { lead brigade over fire basis act art 1 }\n";
    }
    let lead = if lead { "lead by mandate" } else { "lead brigade" };
    let _ = writeln!(text, "procedure p {{ trigger report of hazard {lead}");
    for (at, own) in steps.iter().enumerate() {
        let kind = if own.joint { "consult" } else { "step" };
        let _ = write!(text, "{kind} s{at} {{ by {}", PERFORMERS[own.by]);
        if own.joint {
            text += ", centre quorum majority silence refusal";
        }
        if let Some(to) = own.hand_over {
            let _ = write!(text, " hand over to {}", RECEIVERS[to]);
        }
        if own.needs == Some(true) {
            text += " needs seize";
        }
        text += " within 2 hours";
        let to = |end: usize| if end < steps.len() { format!("s{end}") } else { "close solved".to_owned() };
        for (name, end) in ["a", "b"].iter().zip(own.ends) {
            let needs = if own.needs == Some(false) && *name == "a" { " needs seize" } else { "" };
            let _ = write!(text, " outcome {name}{needs} -> {}", to(end));
        }
        match own.refusal {
            Some(true) => text += " on refusal -> close unsolved",
            Some(false) => text += " on refusal -> escalate",
            None => {}
        }
        if !own.rungs.is_empty() {
            let rungs: Vec<&str> = own.rungs.iter().map(|rung| RUNGS[*rung]).collect();
            let _ = write!(text, " escalate {{ {} }}", rungs.join("\n"));
        }
        text += " }\n";
    }
    text += "}\n";
    for at in 0..steps.len() {
        for only in [
            "police",
            "police, brigade",
            "police, brigade, top, patrol",
            "top, police, patrol, brigade, centre",
        ] {
            let _ = writeln!(text, "require only {only} may reach step s{at}");
        }
        let _ = writeln!(text, "require no step s{at} reach by kind resident");
    }
    text += "require no hazard led by kind resident\n";
    text
}

/// The bodies that may have each step, by the properties that were proved.
fn proved(analysis: &Analysis) -> Vec<(String, BTreeSet<String>)> {
    let institution = analysis.institution();
    let mut found = Vec::new();
    for (id, property) in institution.properties() {
        let Demand::Reach { steps, holders, only, .. } = &property.demand else { continue };
        let about = |fact: &Fact| *fact == Fact::Property(id);
        if analysis.findings.iter().any(|finding| finding.facts.iter().any(|(_, fact)| about(fact))) {
            continue;
        }
        let named: BTreeSet<String> = institution
            .bodies()
            .filter(|(body, own)| {
                holders.iter().any(|holder| match holder {
                    Holder::Body(named) => named == body,
                    Holder::Kind(kind) => own.kind == Some(*kind),
                })
            })
            .map(|(_, own)| own.head.name.to_string())
            .collect();
        let may = BODIES.iter().map(|body| (*body).to_owned()).filter(|body| named.contains(body) == *only);
        let may: BTreeSet<String> = may.collect();
        for (procedure, node) in steps {
            let name = institution[*procedure].nodes[node.index()].head.name.to_string();
            found.push((name, may.clone()));
        }
    }
    found
}

/// Every act of a body on the case.
fn acts(body: &str) -> Vec<Command> {
    let mut orders: Vec<Order> =
        vec![Order::Take { case: C1, step: None }, Order::Reopen { case: C1, step: None }];
    for step in ["s0", "s1", "s2"] {
        let step = Some(step.into());
        let (case, reason) = (C1, "r".into());
        orders.push(Order::Ack { case, step: step.clone() });
        orders.push(Order::Refuse { case, step: step.clone(), reason });
        orders.push(Order::Take { case, step: step.clone() });
        orders.push(Order::Reopen { case, step: step.clone() });
        for outcome in ["a", "b"] {
            orders.push(Order::Done { case, step: step.clone(), outcome: outcome.into() });
        }
        for to in BODIES {
            let (to, reason) = (to.into(), "r".into());
            orders.push(Order::HandOver { case, step: step.clone(), to, reason });
        }
        for to in BODIES {
            orders.push(Order::Designate { case, step: step.clone(), to: to.into() });
        }
    }
    orders.push(Order::Designate { case: C1, step: None, to: "residents".into() });
    orders.push(Order::Suspend { case: C1, reason: "r".into(), basis: vec![Cited::read("act art 1")] });
    orders.push(Order::Resume { case: C1 });
    orders.push(Order::Note { case: C1, text: "n".into() });
    orders.into_iter().map(|order| Command::new(body, order)).collect()
}

fn holds(open: &Assignment, may: &BTreeSet<String>) -> bool {
    let sends_on = Why::Fallback { cause: Fallback::Refused };
    open.to.iter().all(|charged| charged.why == sends_on || may.contains(charged.body.as_str()))
}

fn apply_all(world: &mut World, events: &[Event]) {
    for event in events {
        apply(world, event);
    }
}

fn explore(text: &str) -> Result<(), TestCaseError> {
    let analysis = linkage::check_text("rules.linkage", text, DAY);
    prop_assert!(analysis.is_understood(), "{text}");
    let proved = proved(&analysis);
    let rules = Rules::new(analysis.institution(), &analysis.package.calendar);
    let zone = analysis.package.calendar.zone();
    let start = zone.to_timestamp(DAY.at(9, 0, 0, 0)).expect("an instant");
    for matter in ["hazard.fire", "hazard.water", "hazard.gas"] {
        let facts = [("matter".into(), linkage::Fact::Text(matter.into()))].into();
        let open = Order::Open { procedure: Some("p".into()), facts, reporter: None };
        let Ok(events) = decide(&rules, &World::default(), &Command::new("centre", open), start) else {
            continue;
        };
        let mut world = World::default();
        apply_all(&mut world, &events);
        let mut seen = BTreeSet::new();
        let mut queue = VecDeque::from([(world, start, Vec::<String>::new())]);
        while let Some((world, now, path)) = queue.pop_front() {
            let Some(case) = world.case(C1) else { continue };
            for open in case.open_assignments() {
                for (_, may) in proved.iter().filter(|(step, _)| open.step == step.as_str()) {
                    prop_assert!(
                        holds(open, may),
                        "{} has {:?}, by {path:?} of {matter}\n{text}",
                        open.step,
                        open.to
                    );
                }
            }
            // Instants make states differ that are alike: who has what is what counts.
            let held = |open: &Assignment| {
                format!("{}{:?}{:?}{:?}{:?}", open.step, open.holders(), open.mode, open.fired, open.declined)
            };
            let state = format!(
                "{:?}{:?}{:?}{:?}{}",
                case.open_assignments().map(held).collect::<Vec<_>>(),
                case.lead.as_ref().map(|lead| lead.to.iter().map(|own| own.body.clone()).collect::<Vec<_>>()),
                (&case.ending.is_some(), &case.stuck, &case.left),
                case.suspended().is_some(),
                case.overdue,
            );
            if seen.len() >= STATES || !seen.insert(state) {
                continue;
            }
            let later = now + jiff::SignedDuration::from_mins(70);
            let tick = (Command::tick(), later);
            let all = BODIES.iter().flat_map(|body| acts(body)).map(|command| (command, now));
            for (command, at) in all.chain([tick]) {
                let Ok(events) = decide(&rules, &world, &command, at) else { continue };
                if events.is_empty() && at == now {
                    continue;
                }
                let mut after = world.clone();
                apply_all(&mut after, &events);
                // Whoever ends a step is one of those who may have it, also where it passes through within one command.
                for event in &events {
                    let (Happening::Completed { step, .. }, Some(by)) = (&event.what, &event.by) else {
                        continue;
                    };
                    for (_, may) in proved.iter().filter(|(own, _)| step == own.as_str()) {
                        prop_assert!(may.contains(by.as_str()), "{by} ended {step}, by {path:?}\n{text}");
                    }
                }
                let told = format!("{}: {:?}", command.by, command.order);
                queue.push_back((after, at, path.iter().cloned().chain([told]).collect()));
            }
        }
    }
    Ok(())
}

fn explored() -> ProptestConfig {
    let asked = std::env::var("LINKAGE_EXPLORED").ok().and_then(|text| text.parse().ok());
    ProptestConfig {
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::with_cases(asked.unwrap_or(24))
    }
}

proptest! {
    #![proptest_config(explored())]

    #[test]
    fn nothing_that_is_proved_is_broken_by_an_act(
        steps in proptest::collection::vec(step(), 1..4),
        overlap in any::<bool>(),
        lead in any::<bool>(),
    ) {
        explore(&rules(&steps, overlap, lead))?;
    }
}

/// The explorer is awake: most procedures have something proved.
#[test]
fn the_explorer_has_something_to_explore() {
    let one = Thrown {
        by: 1,
        hand_over: None,
        needs: None,
        rungs: vec![],
        refusal: None,
        ends: [3, 3],
        joint: false,
    };
    let text = rules(&[one], false, true);
    let analysis = linkage::check_text("rules.linkage", &text, DAY);
    assert!(analysis.is_understood(), "{text}");
    assert!(proved(&analysis).len() >= 2, "{text}\n{:?}", analysis.findings);
}
