//! Facts as regions, and which facts decide.

use super::{Fact, stated_facts, text, town};
use crate::{MissingFact, canonical, deciding, region};

fn shown(facts: &[MissingFact]) -> String {
    let option =
        |option: &crate::FactOption| format!("{} -> {}", option.values.join(","), option.answers.join("|"));
    let fact = |fact: &MissingFact| {
        format!("{}: {}", fact.fact, fact.options.iter().map(option).collect::<Vec<_>>().join("; "))
    };
    facts.iter().map(fact).collect::<Vec<_>>().join("\n")
}

#[test]
fn facts_are_read_in_one_spelling() {
    let town = town("");
    let stated = stated_facts(&[("事项", text("stairwell")), ("area", text("n1")), ("日类", text("工作日"))]);
    let known = canonical(&town, &stated).expect("is right");
    let shown: Vec<String> = known.iter().map(|(name, fact)| format!("{name}={fact}")).collect();
    assert_eq!(shown.join(" "), "area=town.north.n1 day=workday matter=hazard.fire.stairwell");
    assert!(
        region(&town, &known).is_subset(&region(&town, &stated_facts(&[("matter", text("hazard.fire"))])))
    );
}

#[test]
fn the_fact_that_decides_soonest_comes_first() {
    let town = town("");
    let whole = region(&town, &stated_facts(&[("area", text("n1"))]));
    let fire = region(&town, &stated_facts(&[("area", text("n1")), ("matter", text("hazard.fire"))]));
    let grave = (4..=5).map(|severity| region(&town, &stated_facts(&[("severity", Fact::Number(severity))])));
    let grave = grave.reduce(|a, b| a.union(&b)).expect("two").intersect(&fire);
    let parts = [("brigade".into(), grave.clone()), ("police".into(), whole.minus(&grave))];
    insta::assert_snapshot!(shown(&deciding(&town, &parts)), @r#"
    matter: hazard.fire -> brigade|police; *,!hazard.fire -> police
    severity: 1..3 -> police; 4..5 -> brigade
    "#);
}

#[test]
fn one_answer_needs_no_facts() {
    let town = town("");
    let whole = region(&town, &stated_facts(&[]));
    assert!(deciding(&town, &[("police".into(), whole)]).is_empty());
    assert!(deciding(&town, &[]).is_empty());
}
