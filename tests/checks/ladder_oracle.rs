//! Random ladders, held against the executor: a rung that E004 says is never stepped on never is, from whatever
//! minute of two weeks before a holiday the case begins; and any other is, from some.
//!
//! `LINKAGE_ORACLE_CASES` says how many.

use linkage::case::{Facts, Happening, Rules};
use linkage::sim::{End, Moment, probe};
use proptest::prelude::*;

use super::analyse;

const TIMES: [&str; 7] =
    ["30 minutes", "2 hours", "1 day", "2 days", "1 workday", "3 workdays", "9 workhours"];

/// A rung: after a time, or on timeout with a time of its own.
#[derive(Debug, Clone)]
enum Thrown {
    After(usize),
    Timeout(Option<usize>),
}

fn rung() -> impl Strategy<Value = Thrown> {
    let time = || 0..TIMES.len();
    prop_oneof![
        time().prop_map(Thrown::After),
        proptest::option::weighted(0.6, time()).prop_map(Thrown::Timeout),
    ]
}

fn rules(within: Option<usize>, leaves: bool, rungs: &[Thrown]) -> String {
    let within = within.map(|at| format!("within {}", TIMES[at])).unwrap_or_default();
    let leaves = if leaves { "on timeout -> close" } else { "" };
    let rungs: Vec<String> = rungs
        .iter()
        .map(|rung| match rung {
            Thrown::After(at) => format!("after {} to top", TIMES[*at]),
            Thrown::Timeout(own) => {
                let own = own.map(|at| format!("within {}", TIMES[at])).unwrap_or_default();
                format!("on timeout to top {own}")
            }
        })
        .collect();
    format!(
        "area t matter m body top {{ kind government }} body a {{ kind police under top }}
         law act {{ rank statute issuer \"congress\" article 1 }}
         scope {{ over m fallback top }} mandate x {{ lead a over m basis act art 1 }}
         procedure p {{ trigger report of m lead by mandate
             step s {{ by a {within} outcome done -> close {leaves} escalate {{ {} }} }} }}",
        rungs.join(" ")
    )
}

fn cases(few: u32) -> ProptestConfig {
    let asked = std::env::var("LINKAGE_ORACLE_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig::with_cases(asked.unwrap_or(few))
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn rungs_that_are_told_are_never_stepped_on_and_others_are(
        within in proptest::option::weighted(0.8, 0..TIMES.len()),
        leaves in any::<bool>(),
        rungs in proptest::collection::vec(rung(), 1..4),
    ) {
        let text = rules(within, leaves, &rungs);
        let analysis = analyse(&text);
        let spans: Vec<_> = analysis.institution().procedures[0].nodes.iter().flat_map(|node| match &node.kind {
            linkage::model::NodeKind::Step(step) => step.escalation.iter().map(|rung| rung.span).collect(),
            _ => Vec::new(),
        }).collect();
        let told: Vec<bool> = spans.iter().map(|span| {
            analysis.findings.iter().any(|it| it.check.code == "E004" && it.places.iter().any(|place| place.span == *span))
        }).collect();
        let rules = Rules::new(analysis.institution(), &analysis.package.calendar);
        let zone = analysis.package.calendar.zone();
        let ends = [End { step: "s".into(), end: "wait".into() }];
        let mut stepped = vec![false; spans.len()];
        // Every hour and odd minutes of two weeks: each rung has its turn within a week of working days.
        for at in (0..14 * 24 * 60).step_by(37) {
            let start = zone.to_timestamp(jiff::civil::date(2026, 11, 20).at(0, 0, 0, 0)).expect("a time")
                + jiff::SignedDuration::from_mins(at);
            let story = probe(&rules, Some("p".into()), &Facts::new(), start, &ends);
            for moment in &story.moments {
                if let Moment::Event(event) = moment
                    && let Happening::Escalated { rung, .. } = &event.what
                {
                    stepped[rung.number as usize - 1] = true;
                }
            }
        }
        for (index, (told, stepped)) in told.iter().zip(&stepped).enumerate() {
            prop_assert_eq!(*told, !*stepped, "rung {}\n{}", index + 1, text);
        }
    }
}
