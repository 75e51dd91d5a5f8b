//! Supervising and chairing.

use super::told;
use crate::case::tests::SCOPE;

#[test]
fn a_supervisor_sees_urges_and_calls_for_a_report() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          lead market
          supervise district report within 2 workdays
          step look {{ by lead outcome ok -> close }}
        }}"
    );
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1}
script:
  - {at: +1h, as: housing, do: urge, reason: why so late, refused: true}
  - {at: +1h, as: district, do: urge, reason: a school is near}
  - {at: +2h, as: district, do: call_report, reason: what was found}
  - {at: +3h, as: market, do: discharge, obligation: called_report}
  - {at: +4h, as: government, do: urge, step: look, reason: it stands above the market}
  - {at: +5h, as: government, do: call_report, reason: no time is set for it}
  - {at: +6h, as: centre, do: convene, text: at nine, refused: true}
  - {at: +7h, as: market, do: done, step: look, outcome: ok}
  - {at: +8h, as: district, do: urge, reason: too late, refused: true}
until: +5d
";
    insta::assert_snapshot!(told(&rules, scenario), @r"");
}

#[test]
fn a_mandate_names_the_supervisor_where_it_covers_the_case() {
    let rules = format!(
        "{SCOPE}
        mandate watched {{ lead market over hazard.water in north supervise district basis fire_law }}
        procedure p {{ trigger report of hazard lead by mandate step look {{ by lead outcome ok -> close }} }}"
    );
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1}
script:
  - {at: +1h, as: market, do: fact, facts: {area: s1}}
";
    insta::assert_snapshot!(told(&rules, scenario), @r"");
}

fn consultation(chair: &str) -> String {
    format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          consult talk {{
            by market, housing, brigade, police {chair}
            quorum majority silence refusal within 2 workdays
            outcome yes -> close solved
            outcome no -> close unsolved
          }}
          escalate {{ on refusal to government }}
        }}"
    )
}

const EVEN: &str = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1}
script:
  - {at: +1h, as: housing, do: convene, text: no chair, refused: true}
  - {at: +1h, as: CHAIR, do: convene, step: talk, text: at ten in room 2}
  - {at: +2h, as: market, do: done, outcome: yes}
  - {at: +2h, as: housing, do: done, outcome: no}
  - {at: +2h, as: brigade, do: done, outcome: yes}
  - {at: +2h, as: police, do: done, outcome: no}
  - {at: +3h, as: government, do: done, step: talk, outcome: no, refused: REFUSED}
";

#[test]
fn a_chair_that_decides_breaks_a_tie() {
    let script = EVEN.replace("CHAIR", "government").replace("REFUSED", "false");
    insta::assert_snapshot!(told(&consultation("chair government decides"), &script), @r"");
}

#[test]
fn a_chair_among_the_members_has_the_casting_vote() {
    let script = EVEN.replace("CHAIR", "brigade").replace("REFUSED", "true");
    insta::assert_snapshot!(told(&consultation("chair brigade decides"), &script), @r"");
}

#[test]
fn a_chair_that_does_not_decide_only_convenes() {
    let script = EVEN.replace("CHAIR", "centre").replace("REFUSED", "false");
    insta::assert_snapshot!(told(&consultation("chair centre"), &script), @r"");
}
