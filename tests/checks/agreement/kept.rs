//! What two parts of the program once said differently, each as a small package that shows it.

use linkage::case::{Facts, MissingFact};
use linkage::compare::compare;
use linkage::model::Days;
use linkage::report::who;
use linkage::space::Region;
use linkage::text::Language;

use super::answer::executed;
use super::{Asked, analysed};

const WORLD: &str = "area t matter m { x y }
    body p { kind police } body q { kind police } body r { kind police }
    law l { rank statute issuer \"i\" }
    procedure course { trigger report of m lead by mandate
        step only { by lead within 1 day outcome done -> close solved } } ";

/// The facts that `who` and the executor ask for where only the area is known.
fn missing(rules: &str) -> [Vec<String>; 2] {
    let analysis = analysed(&format!("{WORLD}{rules}")).expect("it is understood");
    let days = Days::default();
    let now = Asked::new(&analysis, &days);
    let all = Region::full(&analysis.institution().space);
    let answer = who(&now.division, &all, Language::En);
    let names = |all: &[MissingFact]| all.iter().map(|it| it.fact.to_string()).collect();
    let executed = executed(&now, &Facts::new()).expect("a case is opened");
    [names(&answer.missing), executed.err().unwrap_or_default()]
}

#[test]
fn how_the_lead_is_shared_is_part_of_the_answer() {
    let rules =
        "mandate a { lead p, q over x basis l joint } mandate b { lead p, q over y basis l parallel }";
    assert_eq!(missing(rules), [["matter"], ["matter"]]);
}

#[test]
fn who_stands_in_for_whom_is_part_of_the_answer() {
    let rules =
        "mandate a { lead p, q over x basis l subsidiary } mandate b { lead q, p over y basis l subsidiary }";
    assert_eq!(missing(rules), [["matter"], ["matter"]]);
}

#[test]
fn which_resolution_settles_it_is_part_of_the_answer() {
    let rules = "mandate a { lead p } mandate b { lead q }
        resolve one { over x superior } resolve other { over y first_receiver }";
    assert_eq!(missing(rules), [["matter"], ["matter"]]);
}

/// How often `diff` says that the lead is another.
fn changes(before: &str, after: &str) -> usize {
    let analysed = |rules: &str| analysed(&format!("{WORLD}{rules}")).expect("it is understood");
    let (before, after) = (analysed(before), analysed(after));
    let days = [Days::default(), Days::default()];
    let (before, after) = (Asked::new(&before, &days[0]), Asked::new(&after, &days[1]));
    compare(&before.division, &after.division).leads.len()
}

#[test]
fn diff_tells_that_another_body_stands_in() {
    let rules = |leads: &str| format!("mandate a {{ lead {leads} basis l subsidiary }}");
    assert_eq!(changes(&rules("p, q"), &rules("q, p")), 1);
    let rules = |one: &str, other: &str| {
        format!("mandate a {{ lead p basis l {one} }} mandate b {{ lead q basis l {other} }}")
    };
    assert_eq!(changes(&rules("subsidiary to b", ""), &rules("", "subsidiary to a")), 1);
}

#[test]
fn diff_tells_what_another_issuer_changes() {
    let rules = |issuer: &str| {
        format!(
            "law k {{ rank statute issuer \"{issuer}\" }}
             mandate a {{ lead p over x basis l }} mandate b {{ lead q basis k }}"
        )
    };
    assert_eq!(changes(&rules("i"), &rules("another")), 1);
}
