//! Steps, choices, blocks, joint steps.

use super::told;
use linkage_case::tests::SCOPE;

#[test]
fn a_case_runs_from_report_to_closing() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          lead by mandate
          within 5 workdays
          basis fire_law
          step register {{ by centre within 30 minutes outcome registered -> inspect }}
          step inspect {{
            by lead with market within 1 workday basis fire_law art 53
            outcome found -> repair
            outcome nothing -> close unsolved
          }}
          step repair {{ by reporter when severity >= 3 outcome repaired -> close solved }}
          closing {{ tell reporter, government within 1 workday }}
        }}"
    );
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: stairwell, area: n1, severity: 2}
script:
  - {at: +10m, as: centre, do: done, step: register, outcome: registered}
  - {at: +1h, as: police, do: ack, step: inspect}
  - {at: +2h, as: police, do: note, text: two doors}
  - {at: +3h, as: police, do: done, step: inspect, outcome: found}
expect: {lead: police, steps: [register, inspect, close], closed: solved, due: {inspect: 2026-11-24T17:00}}
";
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p due 11-30 17:00
    11-23 09:00 C1 led by police (stairs_police, fire_law 53, over stairs_rules by Rank)
    11-23 09:00 C1 assigned register to centre (named) due 11-23 09:30
    11-23 09:10 C1 centre: done register: registered
    11-23 09:10 C1 assigned inspect to police (stairs_police, fire_law 53, over stairs_rules by Rank) with market due 11-24 17:00
    11-23 10:00 C1 police: acknowledged inspect
    11-23 11:00 C1 police: noted two doors
    11-23 12:00 C1 police: done inspect: found
    11-23 12:00 C1 passed over repaired repair
    11-23 12:00 C1 told reporter due 11-24 17:00
    11-23 12:00 C1 told government due 11-24 17:00
    11-23 12:00 C1 police: closed solved; told reporter, government; basis fire_law, fire_law
    "#);
}

#[test]
fn a_choice_takes_the_first_way_that_holds_and_never_guesses() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          step look {{ by centre outcome seen -> route }}
          choose route {{ when severity > 3 -> rescue  when indoors -> visit  otherwise -> write }}
          step rescue {{ by brigade outcome ok -> close }}
          step visit {{ by police outcome ok -> close }}
          step write {{ by market outcome ok -> close }}
        }}"
    );
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1}
script:
  - {at: +1m, as: centre, do: done, step: look, outcome: seen, refused: true}
  - {at: +2m, as: centre, do: fact, facts: {severity: 2}}
  - {at: +3m, as: centre, do: done, step: look, outcome: seen, refused: true}
  - {at: +4m, as: centre, do: fact, facts: {indoors: true}}
  - {at: +5m, as: centre, do: done, step: look, outcome: seen}
  - {at: +6m, as: police, do: done, step: visit, outcome: ok}
expect: {closed: closed}
";
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned look to centre (named)
      refused to centre: Undecided { node: "route", facts: [MissingFact { fact: "severity", options: [FactOption { values: ["1..3"], answers: ["visit", "write"] }, FactOption { values: ["4..5"], answers: ["rescue"] }] }, MissingFact { fact: "indoors", options: [FactOption { values: ["false"], answers: ["write"] }, FactOption { values: ["true"], answers: ["visit"] }] }] }
    11-23 09:02 C1 centre: facts changed {"severity":2}
      refused to centre: Undecided { node: "route", facts: [MissingFact { fact: "indoors", options: [FactOption { values: ["false"], answers: ["write"] }, FactOption { values: ["true"], answers: ["visit"] }] }] }
    11-23 09:04 C1 centre: facts changed {"indoors":true}
    11-23 09:05 C1 centre: done look: seen
    11-23 09:05 C1 chose route 2
    11-23 09:05 C1 assigned visit to police (named)
    11-23 09:06 C1 police: done visit: ok
    11-23 09:06 C1 police: closed
    "#);
}

const BLOCK: &str = "
  procedure p {
    trigger report of hazard
    KIND both {
      within 1 workday
      step a { by police outcome ok -> a2 }
      step a2 { by police outcome ok -> join }
      step b { by market outcome ok -> join outcome alarm -> rescue }
      then report
    }
    step report { by centre outcome ok -> close solved }
    step rescue { by brigade outcome ok -> close solved }
  }";

#[test]
fn all_branches_must_join() {
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1, severity: 2}
script:
  - {at: +1m, as: police, do: done, outcome: ok}
  - {at: +2m, as: market, do: done, outcome: ok}
  - {at: +3m, as: police, do: done, outcome: ok}
";
    insta::assert_snapshot!(told(&format!("{SCOPE}{}", BLOCK.replace("KIND", "all")), scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 entered both: a, b due 11-24 17:00
    11-23 09:00 C1 assigned a to police (named)
    11-23 09:00 C1 assigned b to market (named)
    11-23 09:01 C1 police: done a: ok
    11-23 09:01 C1 assigned a2 to police (named)
    11-23 09:02 C1 market: done b: ok
    11-23 09:02 C1 joined both
    11-23 09:03 C1 police: done a2: ok
    11-23 09:03 C1 joined both
    11-23 09:03 C1 block ended both
    11-23 09:03 C1 assigned report to centre (named)
    "#);
}

#[test]
fn one_branch_is_enough_and_withdraws_the_others() {
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1, severity: 2}
script:
  - {at: +1m, as: market, do: done, outcome: ok}
  - {at: +2m, as: police, do: done, step: a, outcome: ok, refused: true}
";
    insta::assert_snapshot!(told(&format!("{SCOPE}{}", BLOCK.replace("KIND", "any")), scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 entered both: a, b due 11-24 17:00
    11-23 09:00 C1 assigned a to police (named)
    11-23 09:00 C1 assigned b to market (named)
    11-23 09:01 C1 market: done b: ok
    11-23 09:01 C1 joined both
    11-23 09:01 C1 withdrawn a: Sibling
    11-23 09:01 C1 block ended both
    11-23 09:01 C1 assigned report to centre (named)
      refused to police: NotThere { step: "a", stands_at: ["report"] }
    "#);
}

#[test]
fn a_way_out_of_a_block_leaves_it() {
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1, severity: 2}
script:
  - {at: +1m, as: market, do: done, outcome: alarm}
";
    insta::assert_snapshot!(told(&format!("{SCOPE}{}", BLOCK.replace("KIND", "all")), scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 entered both: a, b due 11-24 17:00
    11-23 09:00 C1 assigned a to police (named)
    11-23 09:00 C1 assigned b to market (named)
    11-23 09:01 C1 market: done b: alarm
    11-23 09:01 C1 withdrawn a: Left
    11-23 09:01 C1 block ended both true
    11-23 09:01 C1 assigned rescue to brigade (named)
    "#);
}

const MEETING: &str = "
  procedure p {
    trigger report of hazard
    consult meeting {
      by police, market, brigade
      quorum majority
      silence SILENCE
      within 1 workday
      outcome agreed -> close solved
      outcome divided -> close unsolved
      on refusal -> write
    }
    step write { by centre outcome ok -> close }
  }";

#[test]
fn a_quorum_decides_a_joint_step() {
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1, severity: 2}
script:
  - {at: +1m, as: police, do: done, outcome: agreed}
  - {at: +2m, as: police, do: done, outcome: divided, refused: true}
  - {at: +3m, as: market, do: done, outcome: divided}
  - {at: +4m, as: brigade, do: done, outcome: divided}
";
    insta::assert_snapshot!(told(&format!("{SCOPE}{}", MEETING.replace("SILENCE", "assent")), scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned meeting to police (named), market (named), brigade (named) Joint { quorum: 2, silence_is_assent: true } due 11-24 17:00
    11-23 09:01 C1 police: voiced agreed meeting
      refused to police: AlreadyVoiced { step: "meeting", by: "police" }
    11-23 09:03 C1 market: voiced divided meeting
    11-23 09:04 C1 brigade: voiced divided meeting
    11-23 09:04 C1 brigade: done meeting: divided
    11-23 09:04 C1 brigade: closed unsolved
    "#);
}

#[test]
fn silence_is_assent_where_it_is_declared_so() {
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1, severity: 2}
script:
  - {at: +1m, as: market, do: done, outcome: divided}
until: +2d
";
    insta::assert_snapshot!(told(&format!("{SCOPE}{}", MEETING.replace("SILENCE", "assent")), scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned meeting to police (named), market (named), brigade (named) Joint { quorum: 2, silence_is_assent: true } due 11-24 17:00
    11-23 09:01 C1 market: voiced divided meeting
    11-24 17:00 C1 timed out meeting
    11-24 17:00 C1 done meeting: agreed
    11-24 17:00 C1 closed solved
    "#);
}

#[test]
fn silence_is_refusal_where_it_is_declared_so() {
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1, severity: 2}
script:
  - {at: +1m, as: market, do: done, outcome: agreed}
until: +2d
";
    insta::assert_snapshot!(told(&format!("{SCOPE}{}", MEETING.replace("SILENCE", "refusal")), scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned meeting to police (named), market (named), brigade (named) Joint { quorum: 2, silence_is_assent: false } due 11-24 17:00
    11-23 09:01 C1 market: voiced agreed meeting
    11-24 17:00 C1 timed out meeting
    11-24 17:00 C1 no quorum meeting
    11-24 17:00 C1 withdrawn meeting: Refusal
    11-24 17:00 C1 assigned write to centre (named)
    "#);
}

#[test]
fn a_joint_step_fails_as_soon_as_no_outcome_can_reach_the_quorum() {
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1, severity: 2}
script:
  - {at: +1m, as: market, do: refuse, reason: no time}
  - {at: +2m, as: police, do: refuse, reason: no time}
";
    insta::assert_snapshot!(told(&format!("{SCOPE}{}", MEETING.replace("SILENCE", "assent")), scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned meeting to police (named), market (named), brigade (named) Joint { quorum: 2, silence_is_assent: true } due 11-24 17:00
    11-23 09:01 C1 market: refused meeting: no time
    11-23 09:02 C1 police: refused meeting: no time
    11-23 09:02 C1 no quorum meeting
    11-23 09:02 C1 withdrawn meeting: Refusal
    11-23 09:02 C1 assigned write to centre (named)
    "#);
}

#[test]
fn rules_that_lead_round_or_nowhere_are_said_and_the_case_can_be_taken_up_again() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          step start {{ by centre outcome round -> one outcome nowhere outcome ok -> close solved }}
          choose one {{ otherwise -> two }}
          choose two {{ otherwise -> one }}
        }}"
    );
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1, severity: 2}
script:
  - {at: +1m, as: centre, do: done, outcome: nowhere}
  - {at: +2m, as: centre, do: reopen}
  - {at: +3m, as: centre, do: done, outcome: ok}
  - {at: +4m, as: stranger, do: reopen, refused: true}
  - {at: +5m, as: reporter, do: reopen, step: start, refused: true}
  - {at: +6m, as: centre, do: reopen, step: start}
";
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned start to centre (named)
    11-23 09:01 C1 centre: done start: nowhere
    11-23 09:01 C1 dead end start no_way
    11-23 09:02 C1 centre: reopened start
    11-23 09:02 C1 assigned start to centre (named)
    11-23 09:03 C1 centre: done start: ok
    11-23 09:03 C1 centre: closed solved
      refused to stranger: NotInvolved { case: CaseId(1), by: "stranger", may: ["government"] }
      refused to reporter: NotInvolved { case: CaseId(1), by: "reporter", may: ["government"] }
    11-23 09:06 C1 centre: reopened start
    11-23 09:06 C1 assigned start to centre (named)
    "#);
    let round = scenario.replace("outcome: nowhere", "outcome: round");
    let last = told(&rules, &round);
    let circle = last.lines().find(|line| line.contains("dead end")).expect("it is said");
    insta::assert_snapshot!(circle, @"11-23 09:01 C1 dead end one circle");
}

#[test]
fn closing_takes_what_it_needs() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          step start {{ by centre within 2 hours outcome ok -> close solved outcome more -> check on timeout -> close solved }}
          step check {{ by police outcome ok -> close solved }}
          closing {{ needs check }}
        }}"
    );
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1, severity: 2}
script:
  - {at: +1m, as: centre, do: done, outcome: ok, refused: true}
until: +1d
expect: {closed: unsolved}
";
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned start to centre (named) due 11-23 11:00
      refused to centre: ClosingNeeds { nodes: ["check"] }
    11-23 11:00 C1 timed out start
    11-23 11:00 C1 withdrawn start: Timeout
    11-23 11:00 C1 closed unsolved; unmet check
    "#);
}
