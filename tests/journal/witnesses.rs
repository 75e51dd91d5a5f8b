//! Every situation that `check` names is a case: opened through the engine it meets the gap or the overlap that
//! the finding tells.

use linkage::case::{Happening, Order, Refusal};
use linkage::checks::Witness;
use linkage::engine::{Engine, Failure};
use linkage::model::Lead;
use linkage::store::{Memory, verify};
use linkage::workspace::analyse;

use super::{order, root};
use crate::scenarios::facts;

#[test]
fn situations_of_the_town_run_as_cases() {
    let (mut cases, mut met) = (0, std::collections::BTreeMap::<&str, usize>::new());
    for day in ["2025-12-31", "2026-11-23"] {
        let analysis = analyse(&root().join("rules/luzhi"), day.parse().expect("a day")).expect("readable");
        let institution = analysis.institution();
        let now = analysis.package.calendar.zone().to_timestamp(analysis.day.at(9, 0, 0, 0)).expect("a time");
        let mut engine = Engine::new(Memory::default()).expect("an engine");
        engine.keep(&analysis.package.written(), now).expect("kept");
        for finding in &analysis.findings {
            let Some(Witness::Situation(point)) = &finding.witness else { continue };
            let facts = facts(&analysis, point);
            // Whatever procedure is for such a situation; where none is, the refusal says so.
            for procedure in &institution.procedures {
                let by_mandate = matches!(&procedure.lead, Some((Lead::ByMandate, _)));
                let name = Some(procedure.head.name.clone());
                let open = Order::Open { procedure: name, facts: facts.clone(), reporter: None };
                match order(&mut engine, "governance_centre", open, now) {
                    Ok(answer) => {
                        cases += 1;
                        let own = |wanted: fn(&Happening) -> bool| {
                            answer.events.iter().any(|event| wanted(&event.what))
                        };
                        let gap = own(|what| matches!(what, Happening::GapMet { .. }));
                        let overlap = own(|what| matches!(what, Happening::OverlapMet { .. }));
                        match finding.check.name {
                            "gap" | "supported-not-led" if by_mandate => assert!(gap, "{:?}", finding.check),
                            "overlap" if by_mandate => assert!(overlap, "{:?}", finding.check),
                            _ => {}
                        }
                        *met.entry(if gap {
                            "gap"
                        } else if overlap {
                            "overlap"
                        } else {
                            "led"
                        })
                        .or_default() += 1;
                    }
                    Err(Failure::Refused { refusal, .. }) => assert!(
                        matches!(*refusal, Refusal::NotTriggered { .. } | Refusal::Undecided { .. }),
                        "{:?}: {refusal:?}",
                        finding.check
                    ),
                    Err(other) => panic!("{other:?}"),
                }
            }
        }
        assert!(verify(engine.journal(), None).expect("reads").flaws.is_empty());
    }
    assert!(cases > 10 && met.len() == 3, "{cases} cases: {met:?}");
}
