//! Who performs a step.

use super::told;
use linkage_case::tests::SCOPE;

fn by(performers: &str, facts: &str) -> String {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard, dispute
          lead by mandate
          support kind auxiliary, market
          step start {{ by {performers} outcome ok -> close solved }}
        }}"
    );
    let story = told(&rules, &format!("start: 2026-11-23T09:00\nfacts: {facts}\n"));
    let telling = |line: &&str| !line.contains("opened p");
    // Without the time, which is the same in all.
    let told: Vec<&str> = story.lines().filter(telling).map(|line| line.get(12..).unwrap_or(line)).collect();
    told.join("\n")
}

#[test]
fn the_smallest_area_around_the_case_decides_who_serves_it() {
    insta::assert_snapshot!(by("village serving area", "{matter: dispute, area: n1}"), @r#"
    C1 led by village (disputes, local_rules)
    C1 assigned start to village_n1 (serves town.north.n1)
    "#);
    insta::assert_snapshot!(by("village serving area", "{matter: dispute, area: n2}"), @r#"
    C1 led by village (disputes, local_rules)
    C1 assigned start to village_north (serves town.north)
    "#);
    insta::assert_snapshot!(by("kind committee serving area", "{matter: dispute, area: south}"), @r#"
    C1 led by village (disputes, local_rules)
    C1 assigned start to village (serves town)
    "#);
    insta::assert_snapshot!(by("village serving area", "{matter: dispute, area: north}"), @r#"
     reporter: Undecided { node: "start", facts: [MissingFact { fact: "area", options: [FactOption { values: ["town.north.n1"], answers: ["village_n1"] }, FactOption { values: ["town.north.n2"], answers: ["village_north"] }] }] }
    ected accepted, is refused
    "#);
}

#[test]
fn roles_are_resolved_for_the_case_at_hand() {
    insta::assert_snapshot!(by("superior of lead", "{matter: stairwell, area: n1, severity: 2}"), @r#"
    C1 led by police (stairs_police, fire_law 53, over stairs_rules by Rank)
    C1 assigned start to district (superior of police), government (superior of police)
    "#);
    insta::assert_snapshot!(by("support", "{matter: dispute, area: n1}"), @r#"
    C1 led by village (disputes, local_rules)
    C1 assigned start to market (supports by p)
    "#);
    insta::assert_snapshot!(by("old_bureau", "{matter: dispute, area: n1}"), @r#"
    C1 led by village (disputes, local_rules)
    C1 assigned start to new_bureau (for old_bureau)
    "#);
    insta::assert_snapshot!(by("reporter", "{matter: dispute, area: n1}"), @r#"
    C1 led by village (disputes, local_rules)
    C1 assigned start to reporter (reported)
    "#);
    insta::assert_snapshot!(by("kind fire_rescue", "{matter: dispute, area: n1}"), @r#"
    C1 led by village (disputes, local_rules)
    C1 assigned start to brigade (kind fire_rescue)
    "#);
    insta::assert_snapshot!(by("support of volunteer", "{matter: dispute, area: n1}"), @r#"
    C1 led by village (disputes, local_rules)
    C1 assigned start to centre (fallback: Nobody)
    "#);
}

#[test]
fn a_gap_goes_to_the_fallback_body_and_says_so() {
    insta::assert_snapshot!(by("lead", "{matter: water, area: n1}"), @r#"
    C1 gap met
    C1 led by centre (fallback: Gap)
    C1 assigned start to centre (fallback: Gap)
    "#);
}

#[test]
fn a_mandate_leads_and_says_what_it_overrides() {
    insta::assert_snapshot!(by("lead", "{matter: stairwell, area: n1, severity: 4}"), @r#"
    C1 led by brigade (stairs_brigade, fire_law 53, over stairs_rules by Rank)
    C1 assigned start to brigade (stairs_brigade, fire_law 53, over stairs_rules by Rank)
    "#);
}

#[test]
fn facts_that_leave_the_lead_open_are_named() {
    insta::assert_snapshot!(by("lead", "{matter: hazard.fire, area: n1}"), @r#"
     reporter: Undecided { node: "start", facts: [MissingFact { fact: "matter", options: [FactOption { values: ["hazard.fire.stairwell"], answers: ["brigade", "police"] }, FactOption { values: ["hazard.fire.shop"], answers: ["police / brigade?"] }] }, MissingFact { fact: "severity", options: [FactOption { values: ["1..3"], answers: ["police"] }, FactOption { values: ["4..5"], answers: ["brigade"] }] }] }
    ected accepted, is refused
    "#);
}

#[test]
fn whoever_receives_a_step_from_the_lead_leads_from_then_on() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          lead by mandate
          step inspect {{ by lead hand over to market, housing within 2 workdays outcome found -> order }}
          step order {{ by lead outcome done -> close solved }}
        }}"
    );
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: stairwell, area: n1, severity: 2}
script:
  - {at: +1h, as: market, do: done, step: inspect, outcome: found, refused: true}
  - {at: +2h, as: police, do: hand_over, step: inspect, to: market, reason: not ours}
  - {at: +3h, as: market, do: hand_over, step: inspect, to: police, reason: yours}
  - {at: +4h, as: government, do: designate, step: inspect, to: housing}
  - {at: +5h, as: housing, do: done, step: inspect, outcome: found}
  - {at: +6h, as: centre, do: designate, step: order, to: centre, refused: true}
expect: {lead: housing}
";
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by police (stairs_police, fire_law 53, over stairs_rules by Rank)
    11-23 09:00 C1 assigned inspect to police (stairs_police, fire_law 53, over stairs_rules by Rank) due 11-25 17:00
      refused to market: NotYours { step: "inspect", by: "market", holders: ["police"] }
    11-23 11:00 C1 police: handed inspect over to market: not ours
    11-23 11:00 C1 police: led by market (from police)
    11-23 12:00 C1 market: handed inspect back to police: yours
    11-23 12:00 C1 market: led by police (from market)
    11-23 13:00 C1 government: reassigned inspect to housing (designated by government)
    11-23 13:00 C1 government: led by housing (designated by government)
    11-23 14:00 C1 housing: done inspect: found
    11-23 14:00 C1 assigned order to housing (designated by government)
      refused to centre: MayNotDesignate { by: "centre", may: ["government"] }
    "#);
}

#[test]
fn shared_leads_act_jointly_in_parallel_or_one_after_the_other() {
    let shared = |sharing: &str| {
        let rules = format!(
            "{SCOPE}
            mandate floods {{ lead market, housing {sharing} over hazard.water basis fire_law }}
            procedure p {{
              trigger report of hazard
              lead by mandate
              step start {{ by lead outcome ok -> close solved outcome bad -> close unsolved }}
            }}"
        );
        let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1}
script:
  - {at: +1m, as: market, do: refuse, reason: busy}
  - {at: +2m, as: housing, do: done, outcome: ok}
";
        told(&rules, scenario)
    };
    insta::assert_snapshot!(shared("joint"), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (floods, fire_law, Joint), housing (floods, fire_law, Joint)
    11-23 09:00 C1 assigned start to market (floods, fire_law, Joint), housing (floods, fire_law, Joint) Joint { quorum: 2, silence_is_assent: false }
    11-23 09:01 C1 market: refused start: busy
    11-23 09:01 C1 no quorum start
    11-23 09:01 C1 ladder ran out start
    11-23 09:01 C1 reassigned start to centre (fallback: Refused)
      refused to housing: NothingToDo { case: CaseId(1), by: "housing", stands_at: ["start"] }
      script[1]: expected accepted, is refused
    "#);
    insta::assert_snapshot!(shared("parallel"), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (floods, fire_law, Parallel), housing (floods, fire_law, Parallel)
    11-23 09:00 C1 assigned start to market (floods, fire_law, Parallel), housing (floods, fire_law, Parallel)
    11-23 09:01 C1 market: refused start: busy
    11-23 09:02 C1 housing: done start: ok
    11-23 09:02 C1 housing: closed solved; basis fire_law
    "#);
    insta::assert_snapshot!(shared("subsidiary"), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by market (floods, fire_law, Subsidiary), then housing (floods, fire_law, Subsidiary)
    11-23 09:00 C1 assigned start to market (floods, fire_law, Subsidiary)
    11-23 09:01 C1 market: refused start: busy
    11-23 09:01 C1 reassigned start to housing (floods, fire_law, Subsidiary)
    11-23 09:02 C1 housing: done start: ok
    11-23 09:02 C1 housing: closed solved; basis fire_law
    "#);
}
