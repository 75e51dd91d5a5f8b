//! Overlaps, and the forums that settle them.

use super::told;

fn rules(forum: &str) -> String {
    format!(
        "scope {{ over hazard fallback centre {forum} }}
        procedure p {{
          trigger report of hazard
          lead by mandate
          step inspect {{ by lead within 2 workdays outcome found -> order }}
          step order {{ by lead outcome done -> close solved }}
        }}"
    )
}

fn shop(script: &str) -> String {
    format!("start: 2026-11-23T09:00\nfacts: {{matter: shop, area: n1, severity: 2}}\n{script}")
}

const LADDER: &str = "forum { first_receiver agree within 1 workday superior }";

#[test]
fn the_first_that_takes_it_keeps_it() {
    let script = "script:
  - {at: +1h, as: market, do: take, refused: true}
  - {at: +2h, as: brigade, do: take}
  - {at: +3h, as: police, do: done, step: inspect, outcome: found, refused: true}
  - {at: +4h, as: brigade, do: done, step: inspect, outcome: found}
expect: {overlap: true, lead: brigade}
";
    insta::assert_snapshot!(told(&rules(LADDER), &shop(script)), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 overlap: police (claims by shop_police), brigade (claims by shop_brigade)
    11-23 09:00 C1 forum FirstReceiver of police, brigade due 11-24 17:00
    11-23 09:00 C1 assigned inspect to police (claims by shop_police), brigade (claims by shop_brigade) Offered due 11-25 17:00
      refused to market: NothingToTake { by: "market" }
    11-23 11:00 C1 brigade: led by brigade (first receiver)
    11-23 11:00 C1 reassigned inspect to brigade (first receiver)
      refused to police: NotYours { step: "inspect", by: "police", holders: ["brigade"] }
    11-23 13:00 C1 brigade: done inspect: found
    11-23 13:00 C1 assigned order to brigade (first receiver)
    "#);
}

#[test]
fn whoever_acts_takes_it() {
    let script = "script:
  - {at: +1h, as: police, do: done, step: inspect, outcome: found}
expect: {lead: police}
";
    insta::assert_snapshot!(told(&rules(""), &shop(script)), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 overlap: police (claims by shop_police), brigade (claims by shop_brigade)
    11-23 09:00 C1 forum FirstReceiver of police, brigade
    11-23 09:00 C1 assigned inspect to police (claims by shop_police), brigade (claims by shop_brigade) Offered due 11-25 17:00
    11-23 10:00 C1 police: led by police (first receiver)
    11-23 10:00 C1 reassigned inspect to police (first receiver)
    11-23 10:00 C1 police: done inspect: found
    11-23 10:00 C1 assigned order to police (first receiver)
    "#);
}

#[test]
fn whoever_is_left_alone_has_it() {
    let script = "script:
  - {at: +1h, as: police, do: refuse, step: inspect, reason: the brigade's}
";
    insta::assert_snapshot!(told(&rules(LADDER), &shop(script)), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 overlap: police (claims by shop_police), brigade (claims by shop_brigade)
    11-23 09:00 C1 forum FirstReceiver of police, brigade due 11-24 17:00
    11-23 09:00 C1 assigned inspect to police (claims by shop_police), brigade (claims by shop_brigade) Offered due 11-25 17:00
    11-23 10:00 C1 police: refused inspect: the brigade's
    11-23 10:00 C1 police: led by brigade (agreed)
    11-23 10:00 C1 reassigned inspect to brigade (agreed)
    "#);
}

#[test]
fn what_nobody_takes_is_designated_by_the_common_superior() {
    let script = "script:
  - {at: +2d, as: centre, do: designate, to: police, refused: true}
  - {at: +2d, as: police, do: ack, step: inspect}
  - {at: +2d, as: government, do: designate, to: police}
expect: {lead: police}
";
    insta::assert_snapshot!(told(&rules(LADDER), &shop(script)), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 overlap: police (claims by shop_police), brigade (claims by shop_brigade)
    11-23 09:00 C1 forum FirstReceiver of police, brigade due 11-24 17:00
    11-23 09:00 C1 assigned inspect to police (claims by shop_police), brigade (claims by shop_brigade) Offered due 11-25 17:00
    11-24 17:00 C1 forum ended first_receiver
    11-24 17:00 C1 forum Superior of police, brigade by government
      refused to centre: InDispute { claimants: ["police", "brigade"], deciders: ["government"] }
    11-25 09:00 C1 police: acknowledged inspect
    11-25 09:00 C1 government: led by police (designated by government)
    11-25 09:00 C1 reassigned inspect to police (designated by government)
    "#);
}

#[test]
fn claimants_agree_or_a_coordinator_decides() {
    let script = "script:
  - {at: +1h, as: police, do: designate, to: brigade}
  - {at: +2h, as: brigade, do: take}
expect: {lead: brigade}
";
    insta::assert_snapshot!(told(&rules("forum { agree within 1 workday coordinator centre }"), &shop(script)), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 overlap: police (claims by shop_police), brigade (claims by shop_brigade)
    11-23 09:00 C1 forum Agree of police, brigade due 11-24 17:00
    11-23 09:00 C1 assigned inspect to police (claims by shop_police), brigade (claims by shop_brigade) Offered due 11-25 17:00
    11-23 10:00 C1 police: proposed brigade
    11-23 11:00 C1 brigade: proposed brigade
    11-23 11:00 C1 brigade: led by brigade (agreed)
    11-23 11:00 C1 reassigned inspect to brigade (agreed)
    "#);
    let script = "script:
  - {at: +1h, as: police, do: take}
  - {at: +2h, as: brigade, do: take}
  - {at: +2d, as: centre, do: designate, to: brigade}
expect: {lead: brigade}
";
    insta::assert_snapshot!(told(&rules("forum { agree within 1 workday coordinator centre }"), &shop(script)), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 overlap: police (claims by shop_police), brigade (claims by shop_brigade)
    11-23 09:00 C1 forum Agree of police, brigade due 11-24 17:00
    11-23 09:00 C1 assigned inspect to police (claims by shop_police), brigade (claims by shop_brigade) Offered due 11-25 17:00
    11-23 10:00 C1 police: proposed police
    11-23 11:00 C1 brigade: proposed brigade
    11-24 17:00 C1 forum ended agree
    11-24 17:00 C1 forum Coordinator of police, brigade by centre
    11-25 09:00 C1 centre: led by brigade (designated by centre)
    11-25 09:00 C1 reassigned inspect to brigade (designated by centre)
    "#);
}

#[test]
fn a_resolution_goes_before_the_forum() {
    let more = "resolve shops { between shop_police, shop_brigade over hazard.fire.shop precedence housing, brigade }";
    insta::assert_snapshot!(told(&format!("{}{more}", rules(LADDER)), &shop("expect: {lead: brigade, overlap: true}\n")), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 overlap: police (claims by shop_police), brigade (claims by shop_brigade) shops
    11-23 09:00 C1 led by brigade (precedence shops)
    11-23 09:00 C1 assigned inspect to brigade (precedence shops) due 11-25 17:00
    "#);
}

#[test]
fn without_a_common_superior_it_is_said_and_the_fallback_body_takes_it() {
    let more = "
      body alone { kind fire_rescue }
      mandate flood_one { lead alone over hazard.water basis fire_law }
      mandate flood_two { lead police over hazard.water basis fire_law }";
    let scenario = "start: 2026-11-23T09:00\nfacts: {matter: water, area: n1}\nexpect: {lead: centre}\n";
    insta::assert_snapshot!(told(&format!("{}{more}", rules("forum { superior }")), scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 overlap: alone (claims by flood_one), police (claims by flood_two)
    11-23 09:00 C1 no forum Some(Superior) of alone, police
    11-23 09:00 C1 no forum None of alone, police
    11-23 09:00 C1 led by centre (fallback: NoForum)
    11-23 09:00 C1 assigned inspect to centre (fallback: NoForum) due 11-25 17:00
    "#);
}
