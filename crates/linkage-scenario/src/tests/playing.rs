//! Playing a scenario: what is not as expected is told; what never ends is cut.

use super::{story, told};
use linkage_case::tests::SCOPE;

#[test]
fn what_is_not_as_expected_is_told_with_what_is() {
    let rules = format!(
        "{SCOPE}
        procedure p {{ trigger report of hazard lead by mandate step a {{ by police within 1 hour outcome ok -> close }} }}"
    );
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1}
script:
  - {at: +1m, as: police, do: done, outcome: ok, refused: true}
  - {at: +2m, as: police, do: done, outcome: ok}
expect:
  lead: police
  steps: [a, b]
  closed: solved
  due: {a: 2026-11-23T10:01, b: 2026-11-23T10:01}
  escalations: [{step: a, to: centre}]
  obligations: [{name: reply, status: open}]
  gap: false
  overlap: true
";
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 gap met
    11-23 09:00 C1 led by centre (fallback: Gap)
    11-23 09:00 C1 assigned a to police (named) due 11-23 10:00
    11-23 09:01 C1 police: done a: ok
    11-23 09:01 C1 police: closed
      refused to police: Closed { case: CaseId(1) }
      script[0]: expected refused, is accepted
      script[1]: expected accepted, is refused
      expect.lead: expected [police], is [centre]
      expect.steps: expected [a, b], is [a]
      expect.closed: expected solved, is closed
      expect.due.a: expected 2026-11-23T10:01, is 2026-11-23T10:00
      expect.due.b: expected 2026-11-23T10:01, is -
      expect.escalations: expected [a -> centre], is []
      expect.obligations.reply: expected open, is -
      expect.gap: expected false, is true
      expect.overlap: expected true, is false
    "#);
}

#[test]
fn an_opening_that_is_refused_is_a_story_too() {
    let rules = format!(
        "{SCOPE}
        procedure p {{ trigger report of hazard.fire, hazard.water step a {{ by police outcome ok -> close }} }}
        procedure q {{ trigger report of hazard.water step a {{ by police outcome ok -> close }} }}"
    );
    let at = |facts: &str| told(&rules, &format!("start: 2026-11-23T09:00\nfacts: {facts}\n"));
    insta::assert_snapshot!(at("{matter: water}"), @r#"
    refused to reporter: SeveralProceduresFit { procedures: ["p", "q"] }
    start: expected accepted, is refused
    "#);
    insta::assert_snapshot!(at("{matter: hazard}"), @r#"
    refused to reporter: NoProcedureFits { partly: ["p", "q"], facts: [MissingFact { fact: "matter", options: [FactOption { values: ["hazard.fire"], answers: ["p"] }, FactOption { values: ["hazard.water"], answers: ["p / q"] }, FactOption { values: ["hazard.noise"], answers: ["-"] }] }] }
    start: expected accepted, is refused
    "#);
    insta::assert_snapshot!(at("{matter: dispute}"), @r#"
    refused to reporter: NoProcedureFits { partly: [], facts: [] }
    start: expected accepted, is refused
    "#);
    insta::assert_snapshot!(at("{mater: dispute, matter: wter, severity: 9, indoors: 1, time: noon}"), @r#"
    refused to reporter: Facts { faults: [WrongType { fact: "indoors", wanted: Truth }, UnknownFact { fact: "mater", near: Some("matter") }, UnknownValue { fact: "matter", value: "wter", near: Some("water") }, OutOfRange { fact: "severity", value: 9, low: 1, high: 5 }, WrongType { fact: "time", wanted: Clock }] }
    start: expected accepted, is refused
    "#);
}

#[test]
fn what_never_ends_is_cut() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          step a {{ by police within 1 minute outcome ok -> close on timeout -> a }}
        }}"
    );
    let scenario = "start: 2026-11-23T09:00\nfacts: {matter: water, area: n1}\nuntil: 2030-11-23T09:00\n";
    let story = story(&rules, scenario);
    assert!(story.cut && story.moments.len() <= 20_000);
}
