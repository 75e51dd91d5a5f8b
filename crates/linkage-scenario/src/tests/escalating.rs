//! Deadlines, refusals and the ladder.

use super::told;
use linkage_case::tests::SCOPE;

const LADDER: &str = "
  procedure p {
    trigger report of hazard
    lead by mandate
    step inspect { by lead within 2 workdays outcome found -> close solved MORE }
    step plan_b { by housing outcome ok -> close solved }
    escalate {
      after 2 hours to market \"look\"
      after 50% to centre \"remind\"
      on timeout to superior of lead \"order\" within 1 workday
      on refusal to housing \"decide\" within 1 workday
      on timeout to district \"take over\" within 1 workday
      when severity >= 4 take over by brigade \"stand by\"
    }
  }";

fn ladder(more: &str, script: &str) -> String {
    let scenario =
        format!("start: 2026-11-23T09:00\nfacts: {{matter: noise, area: n1, severity: 2}}\n{script}");
    told(&format!("{SCOPE}{}", LADDER.replace("MORE", more)), &scenario)
}

#[test]
fn nobody_acts_and_it_goes_up_the_whole_ladder_and_off_its_end() {
    insta::assert_snapshot!(ladder("", "until: 2026-11-29T00:00\n"), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (noise_old, old_law)
    11-23 09:00 C1 assigned inspect to market (noise_old, old_law) due 11-25 17:00
    11-23 11:00 C1 escalated inspect rung 1 to market (named) "look"
    11-24 13:00 C1 escalated inspect rung 2 to centre (named) "remind"
    11-25 17:00 C1 timed out inspect
    11-25 17:00 C1 escalated inspect rung 3 to government (superior of market) "order" due 11-26 17:00
    11-26 17:00 C1 timed out inspect rung 3
    11-26 17:00 C1 escalated inspect rung 5 to district (named) "take over" due 11-27 17:00
    11-27 17:00 C1 timed out inspect rung 5
    11-27 17:00 C1 ladder ran out inspect
    "#);
}

#[test]
fn a_late_outcome_still_counts_and_says_that_it_is_late() {
    let script = "script:\n  - {at: 2026-11-25T17:00, as: market, do: done, step: inspect, outcome: found}\n";
    insta::assert_snapshot!(ladder("", script), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (noise_old, old_law)
    11-23 09:00 C1 assigned inspect to market (noise_old, old_law) due 11-25 17:00
    11-23 11:00 C1 escalated inspect rung 1 to market (named) "look"
    11-24 13:00 C1 escalated inspect rung 2 to centre (named) "remind"
    11-25 17:00 C1 timed out inspect
    11-25 17:00 C1 escalated inspect rung 3 to government (superior of market) "order" due 11-26 17:00
    11-25 17:00 C1 market: done inspect: found, late
    11-25 17:00 C1 market: closed solved; basis old_law
    "#);
}

#[test]
fn a_refusal_jumps_to_its_own_rung_whose_body_has_the_step() {
    let script = "script:
  - {at: +1h, as: market, do: refuse, step: inspect, reason: not ours}
  - {at: +2h, as: market, do: done, step: inspect, outcome: found, refused: true}
  - {at: +3h, as: housing, do: refuse, step: inspect, reason: neither}
  - {at: +4h, as: centre, do: refuse, step: inspect, reason: cannot}
  - {at: +5h, as: centre, do: refuse, step: inspect, reason: cannot, refused: true}
";
    insta::assert_snapshot!(ladder("", script), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (noise_old, old_law)
    11-23 09:00 C1 assigned inspect to market (noise_old, old_law) due 11-25 17:00
    11-23 10:00 C1 market: refused inspect: not ours
    11-23 10:00 C1 escalated inspect rung 4 to housing (named) "decide", who has it due 11-24 17:00
    11-23 11:00 C1 escalated inspect rung 1 to market (named) "look"
      refused to market: NotYours { step: "inspect", by: "market", holders: ["housing"] }
    11-23 12:00 C1 housing: refused inspect: neither
    11-23 12:00 C1 ladder ran out inspect
    11-23 12:00 C1 reassigned inspect to centre (fallback: Refused)
    11-23 13:00 C1 centre: refused inspect: cannot
    11-23 13:00 C1 ladder ran out inspect
      refused to centre: NotYours { step: "inspect", by: "centre", holders: [] }
    "#);
}

#[test]
fn rules_lead_elsewhere_on_timeout_and_on_refusal() {
    let refused = "script:\n  - {at: +1h, as: market, do: refuse, step: inspect, reason: not ours}\n";
    insta::assert_snapshot!(ladder("on refusal -> plan_b", refused), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (noise_old, old_law)
    11-23 09:00 C1 assigned inspect to market (noise_old, old_law) due 11-25 17:00
    11-23 10:00 C1 market: refused inspect: not ours
    11-23 10:00 C1 withdrawn inspect: Refusal
    11-23 10:00 C1 assigned plan_b to housing (named)
    "#);
    insta::assert_snapshot!(ladder("on timeout -> plan_b", "until: +5d\n"), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (noise_old, old_law)
    11-23 09:00 C1 assigned inspect to market (noise_old, old_law) due 11-25 17:00
    11-23 11:00 C1 escalated inspect rung 1 to market (named) "look"
    11-24 13:00 C1 escalated inspect rung 2 to centre (named) "remind"
    11-25 17:00 C1 timed out inspect
    11-25 17:00 C1 withdrawn inspect: Timeout
    11-25 17:00 C1 assigned plan_b to housing (named)
    11-25 19:00 C1 escalated plan_b rung 1 to market (named) "look"
    "#);
    insta::assert_snapshot!(ladder("on timeout -> escalate", "until: 2026-11-26T09:00\n"), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (noise_old, old_law)
    11-23 09:00 C1 assigned inspect to market (noise_old, old_law) due 11-25 17:00
    11-23 11:00 C1 escalated inspect rung 1 to market (named) "look"
    11-24 13:00 C1 escalated inspect rung 2 to centre (named) "remind"
    11-25 17:00 C1 timed out inspect
    11-25 17:00 C1 escalated inspect rung 3 to government (superior of market) "order", who has it due 11-26 17:00
    "#);
    let escalated = "script:\n  - {at: +1h, as: market, do: done, step: inspect, outcome: hard}\n";
    insta::assert_snapshot!(ladder("outcome hard -> escalate", escalated), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (noise_old, old_law)
    11-23 09:00 C1 assigned inspect to market (noise_old, old_law) due 11-25 17:00
    11-23 10:00 C1 market: done inspect: hard
    11-23 10:00 C1 escalated inspect rung 1 to market (named) "look", who has it
    "#);
}

#[test]
fn a_rung_is_stepped_on_when_its_condition_becomes_true() {
    let script = "script:
  - {at: +1h, as: stranger, do: fact, facts: {severity: 5}, refused: true}
  - {at: +1h, as: market, do: fact, facts: {severity: 5}}
  - {at: +2h, as: market, do: fact, facts: {severity: 4}}
  - {at: +3h, as: brigade, do: take, step: inspect}
";
    insta::assert_snapshot!(ladder("", script), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (noise_old, old_law)
    11-23 09:00 C1 assigned inspect to market (noise_old, old_law) due 11-25 17:00
      refused to stranger: NotInvolved { case: CaseId(1), by: "stranger", may: ["market"] }
    11-23 10:00 C1 market: facts changed {"severity":5}
    11-23 10:00 C1 escalated inspect rung 6 to brigade (named) "stand by"
    11-23 11:00 C1 escalated inspect rung 1 to market (named) "look"
    11-23 11:00 C1 market: facts changed {"severity":4}
    11-23 12:00 C1 brigade: reassigned inspect to brigade (took)
    "#);
}

#[test]
fn the_case_as_a_whole_has_a_deadline() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          within 1 workday
          step inspect {{ by police outcome found -> close solved }}
          escalate {{ on timeout to government }}
        }}"
    );
    let scenario = "start: 2026-11-23T09:00\nfacts: {matter: water, area: n1}\nuntil: +2d\n";
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p due 11-24 17:00
    11-23 09:00 C1 assigned inspect to police (named)
    11-24 17:00 C1 timed out
    11-24 17:00 C1 escalated rung 1 to government (named)
    "#);
}

#[test]
fn time_moves_a_case_to_where_facts_are_missing_and_it_waits() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          step inspect {{ by police within 1 workday outcome found -> close solved on timeout -> route }}
          choose route {{ when severity > 3 -> rescue otherwise -> write }}
          step rescue {{ by brigade outcome ok -> close }}
          step write {{ by market outcome ok -> close }}
        }}"
    );
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1}
script:
  - {at: +2d, as: police, do: fact, facts: {indoors: true}}
  - {at: +3d, as: police, do: fact, facts: {severity: 4}}
";
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned inspect to police (named) due 11-24 17:00
    11-24 17:00 C1 timed out inspect
    11-24 17:00 C1 withdrawn inspect: Timeout
    11-24 17:00 C1 waiting [{"fact":"severity","options":[{"answers":["write"],"values":["1..3"]},{"answers":["rescue"],"values":["4..5"]}]}] route
    11-25 09:00 C1 police: facts changed {"indoors":true}
    11-25 09:00 C1 resumed route
    11-25 09:00 C1 waiting [{"fact":"severity","options":[{"answers":["write"],"values":["1..3"]},{"answers":["rescue"],"values":["4..5"]}]}] route
    11-26 09:00 C1 police: facts changed {"severity":4}
    11-26 09:00 C1 resumed route
    11-26 09:00 C1 chose route 1
    11-26 09:00 C1 assigned rescue to brigade (named)
    "#);
}
