//! Supervising and chairing.

use super::told;
use linkage_case::tests::SCOPE;

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
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (named)
    11-23 09:00 C1 supervised [{"body":"district","why":{"by":"p","ground":"supervises"}}]
    11-23 09:00 C1 assigned look to market (named)
      refused to housing: MayNotOversee { case: CaseId(1), by: "housing", may: ["district", "government"] }
    11-23 10:00 C1 district: urged a school is near look ["market"]
    11-23 11:00 C1 district: report called what was found ["market"]
    11-23 11:00 C1 owed called_report: Report from market to district due 11-25 17:00
    11-23 12:00 C1 market: discharged called_report
    11-23 13:00 C1 government: urged it stands above the market look ["market"]
    11-23 14:00 C1 government: report called no time is set for it ["market"]
    11-23 14:00 C1 owed called_report: Report from market to government
      refused to centre: MayNotConvene { step: "look", by: "centre", may: [] }
    11-23 16:00 C1 market: done look: ok
    11-23 16:00 C1 market: closed; owed called_report
      refused to district: Closed { case: CaseId(1) }
    "#);
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
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (watched, fire_law)
    11-23 09:00 C1 supervised [{"body":"district","why":{"by":"watched","ground":"supervises"}}]
    11-23 09:00 C1 assigned look to market (watched, fire_law)
    11-23 10:00 C1 market: facts changed {"area":"town.south.s1"}
    11-23 10:00 C1 gap met
    11-23 10:00 C1 led by centre (fallback: Gap)
    11-23 10:00 C1 reassigned look to centre (fallback: Gap)
    11-23 10:00 C1 supervised
    "#);
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
    insta::assert_snapshot!(told(&consultation("chair government decides"), &script), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned talk to market (named), housing (named), brigade (named), police (named) Joint { quorum: 3, silence_is_assent: false } due 11-25 17:00
      refused to housing: MayNotConvene { step: "talk", by: "housing", may: ["government"] }
    11-23 10:00 C1 government: convened talk at ten in room 2 ["market","housing","brigade","police"]
    11-23 11:00 C1 market: voiced yes talk
    11-23 11:00 C1 housing: voiced no talk
    11-23 11:00 C1 brigade: voiced yes talk
    11-23 11:00 C1 police: voiced no talk
    11-23 11:00 C1 tie met government ["no","yes"] talk
    11-23 11:00 C1 reassigned talk to government (chairs)
    11-23 12:00 C1 government: done talk: no
    11-23 12:00 C1 government: closed unsolved
    "#);
}

#[test]
fn a_chair_among_the_members_has_the_casting_vote() {
    let script = EVEN.replace("CHAIR", "brigade").replace("REFUSED", "true");
    insta::assert_snapshot!(told(&consultation("chair brigade decides"), &script), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned talk to market (named), housing (named), brigade (named), police (named) Joint { quorum: 3, silence_is_assent: false } due 11-25 17:00
      refused to housing: MayNotConvene { step: "talk", by: "housing", may: ["brigade"] }
    11-23 10:00 C1 brigade: convened talk at ten in room 2 ["market","housing","police"]
    11-23 11:00 C1 market: voiced yes talk
    11-23 11:00 C1 housing: voiced no talk
    11-23 11:00 C1 brigade: voiced yes talk
    11-23 11:00 C1 police: voiced no talk
    11-23 11:00 C1 tie met brigade ["no","yes"] talk
    11-23 11:00 C1 police: done talk: yes
    11-23 11:00 C1 police: closed solved
      refused to government: Closed { case: CaseId(1) }
    "#);
}

#[test]
fn a_chair_that_does_not_decide_only_convenes() {
    let script = EVEN.replace("CHAIR", "centre").replace("REFUSED", "false");
    insta::assert_snapshot!(told(&consultation("chair centre"), &script), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned talk to market (named), housing (named), brigade (named), police (named) Joint { quorum: 3, silence_is_assent: false } due 11-25 17:00
      refused to housing: MayNotConvene { step: "talk", by: "housing", may: ["centre"] }
    11-23 10:00 C1 centre: convened talk at ten in room 2 ["market","housing","brigade","police"]
    11-23 11:00 C1 market: voiced yes talk
    11-23 11:00 C1 housing: voiced no talk
    11-23 11:00 C1 brigade: voiced yes talk
    11-23 11:00 C1 police: voiced no talk
    11-23 11:00 C1 no quorum talk
    11-23 11:00 C1 escalated talk rung 1 to government (named), who has it
    11-23 12:00 C1 government: done talk: no
    11-23 12:00 C1 government: closed unsolved
    "#);
}
