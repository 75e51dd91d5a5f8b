//! What analyser and oracle once disagreed about, each as a small package that shows it.

use std::collections::BTreeSet;

use super::{DAYS, Division, TODAY, institution, run};

const WORLD: &str = "area t matter m { x y }
    body p { kind police } body q { kind police } body r { kind police } ";

/// The codes of the division of powers that a package is told.
fn codes(rules: &str) -> Vec<&'static str> {
    let institution = institution(&format!("{WORLD}{rules}"));
    let division = Division::new(&institution, DAYS[TODAY].parse().expect("a date"));
    let findings = run(&division, &[], &linkage::time::Calendar::standard());
    let codes: BTreeSet<&str> = findings.iter().map(|finding| finding.check.code).collect();
    codes.into_iter().filter(|code| code.starts_with('D')).collect()
}

#[test]
fn an_exclusion_binds_who_took_the_place_of_the_body_that_it_names() {
    let rules = "body heir { kind police succeeds p } mandate a { lead p } exclude no { body p }";
    assert_eq!(codes(rules), ["D001", "D007", "D016"]);
}

#[test]
fn an_exclusion_binds_who_fills_the_slot_that_it_names() {
    let rules = "law l { article 1 { slot s } article 2 { designate s as p } }
        mandate a { lead s } exclude no { body s }";
    assert_eq!(codes(rules), ["D001", "D016"]);
}

#[test]
fn supporters_whose_basis_has_ended_support_nobody() {
    let rules = "law ended { until 2026-11-22 }
        mandate a { lead p during workday } mandate b { support q basis ended }";
    assert_eq!(codes(rules), ["D001"]);
}

#[test]
fn supervision_whose_basis_has_ended_watches_nobody() {
    let rules = "law ended { until 2026-11-22 } mandate a { lead p } mandate b { supervise p basis ended }";
    assert_eq!(codes(rules), [""; 0]);
}

#[test]
fn bodies_of_one_mandate_of_which_one_acts_in_the_name_of_the_other_are_one_power() {
    let rules = "power it {} law l { rank statute article 1 { grant it to p } }
        mandate a { lead p, q } entrust e { from p to q power it basis l }";
    assert_eq!(codes(rules), [""; 0]);
}

#[test]
fn a_mandate_that_leads_where_nothing_excludes_it_is_not_idle_for_a_part_beyond_the_scope() {
    let rules = "scope { over x } mandate a { lead p, q parallel } exclude no { body p over y }";
    assert_eq!(codes(rules), [""; 0]);
}

#[test]
fn who_is_beaten_only_by_the_beaten_never_leads_either() {
    let rules = "mandate a { lead p notwithstanding b } mandate b { lead q notwithstanding c }
        mandate c { lead r }";
    let institution = institution(&format!("{WORLD}{rules}"));
    let division = Division::new(&institution, DAYS[TODAY].parse().expect("a date"));
    let idle = run(&division, &[], &linkage::time::Calendar::standard())
        .into_iter()
        .filter(|finding| finding.check.code == "D004");
    assert_eq!(idle.count(), 2);
}

#[test]
fn what_is_one_power_in_a_part_leaves_nothing_unsaid_there() {
    // Between p and q nothing is said, but over x one acts in the other's name; r rests on another issuer.
    let rules = "power it {} law l { rank statute issuer one article 1 { grant it to p } }
        law k { rank statute issuer two }
        mandate a { lead p basis l } mandate b { lead q basis l } mandate c { lead r basis k }
        entrust e { from p to q power it over x basis l }";
    assert_eq!(codes(rules), ["D002", "D010", "D011"]);
}

#[test]
fn who_must_act_together_with_another_body_does_not_stand_in_for_it() {
    let rules = "body early { kind police duty workday }
        mandate a { lead early joint with b } mandate b { lead q }";
    assert_eq!(codes(rules), ["D012"]);
}

#[test]
fn a_law_without_a_rank_is_below_all_others() {
    let rules = "law ranked { rank standard from 2000-01-01 } law bare { from 2010-01-01 }
        law higher { rank normative_document }
        mandate a { lead p basis ranked, bare } mandate b { lead q basis higher }";
    assert_eq!(codes(rules), ["D003", "D004"]);
}

#[test]
fn an_exclusion_is_told_of_bodies_that_another_excludes_too() {
    let rules = "mandate a { lead p } exclude no { body p } exclude never { body p }";
    let institution = institution(&format!("{WORLD}{rules}"));
    let division = Division::new(&institution, DAYS[TODAY].parse().expect("a date"));
    let findings = run(&division, &[], &linkage::time::Calendar::standard());
    assert_eq!(findings.iter().filter(|finding| finding.check.code == "D016").count(), 2);
}

#[test]
fn of_two_resolutions_the_special_one_settles_and_of_two_alike_none() {
    let claims = "mandate a { lead p over x } mandate b { lead q over x } resolve one { superior }";
    assert!(!codes(&format!("{claims} resolve other {{ over x first_receiver }}")).contains(&"D002"));
    assert!(codes(&format!("{claims} resolve other {{ first_receiver }}")).contains(&"D002"));
}
