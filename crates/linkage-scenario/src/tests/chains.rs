//! Cases that lead to cases.

use super::told;
use linkage_case::tests::SCOPE;

#[test]
fn a_call_opens_a_case_and_goes_on_by_how_it_ends() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          call talk {{ runs mediation within 2 workdays outcome solved -> thank outcome unsolved -> close unsolved on timeout -> write }}
          step thank {{ by centre outcome ok -> close solved }}
          step write {{ by market outcome ok -> close }}
        }}
        procedure mediation {{
          trigger event quarrel
          step meet {{ by village outcome agreed -> close solved outcome failed -> close unsolved }}
        }}"
    );
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1}
script:
  - {at: +1h, as: village, do: done, case: C2, step: meet, outcome: agreed}
  - {at: +2h, as: centre, do: done, step: thank, outcome: ok}
expect: {closed: solved}
";
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 called mediation at talk due 11-25 17:00
    11-23 09:00 C2 opened mediation {"cause":"call","from":"C1","node":"talk","number":1}
    11-23 09:00 C2 assigned meet to village (named)
    11-23 10:00 C2 village: done meet: agreed
    11-23 10:00 C2 village: closed solved
    11-23 10:00 C1 returned C2 talk true
    11-23 10:00 C1 assigned thank to centre (named)
    11-23 11:00 C1 centre: done thank: ok
    11-23 11:00 C1 centre: closed solved
    "#);
    let late = "start: 2026-11-23T09:00\nfacts: {matter: water, area: n1}\nscript:
  - {at: +3d, as: village, do: done, case: C2, step: meet, outcome: failed}\n";
    insta::assert_snapshot!(told(&rules, late), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 called mediation at talk due 11-25 17:00
    11-23 09:00 C2 opened mediation {"cause":"call","from":"C1","node":"talk","number":1}
    11-23 09:00 C2 assigned meet to village (named)
    11-25 17:00 C1 timed out call talk
    11-25 17:00 C1 call left talk
    11-25 17:00 C1 assigned write to market (named)
    11-26 09:00 C2 village: done meet: failed
    11-26 09:00 C2 village: closed unsolved
    "#);
}

#[test]
fn an_event_opens_every_procedure_that_listens() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          step look {{ by centre outcome danger -> close solved outcome calm -> close solved emit alarm on danger }}
        }}
        procedure one {{ trigger event alarm step go {{ by brigade outcome ok -> close }} }}
        procedure two {{ trigger event alarm step go {{ by police outcome ok -> close }} }}"
    );
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1}
script:
  - {at: +1h, as: centre, do: done, outcome: danger}
  - {at: +2h, as: police, do: event, event: alarm}
  - {at: +2h, as: police, do: event, event: allarm, refused: true}
";
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned look to centre (named)
    11-23 10:00 C1 centre: done look: danger
    11-23 10:00 C1 emitted alarm ["one","two"]
    11-23 10:00 C2 opened one {"cause":"event","event":"alarm","from":"C1"}
    11-23 10:00 C2 assigned go to brigade (named)
    11-23 10:00 C3 opened two {"cause":"event","event":"alarm","from":"C1"}
    11-23 10:00 C3 assigned go to police (named)
    11-23 10:00 C1 centre: closed solved
    11-23 11:00 C4 police: opened one {"cause":"event","event":"alarm","from":"C1"}
    11-23 11:00 C4 assigned go to brigade (named)
    11-23 11:00 C5 police: opened two {"cause":"event","event":"alarm","from":"C1"}
    11-23 11:00 C5 assigned go to police (named)
      refused to police: NobodyListens { event: "allarm", near: Some("alarm") }
    "#);
}

#[test]
fn a_chain_of_events_without_end_is_cut_and_says_so() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          trigger event again
          step look {{ by centre when severity > 3 outcome seen -> twice }}
          call twice {{ runs p outcome solved -> close outcome unsolved -> close }}
        }}"
    );
    let scenario = "start: 2026-11-23T09:00\nfacts: {matter: water, area: n1, severity: 1}\n";
    let story = told(&rules, scenario);
    let opened = story.lines().filter(|line| line.contains("opened")).count();
    assert_eq!(opened, 33);
    let cut: Vec<&str> = story.lines().skip_while(|line| !line.contains("chain cut")).collect();
    insta::assert_snapshot!(cut.join("\n"), @r#"
    11-23 09:00 C33 chain cut p
    11-23 09:00 C33 call left twice
    11-23 09:00 C33 dead end twice circle
    "#);
}

#[test]
fn rules_and_scripts_however_deep_don_t_exhaust_the_stack() {
    let step = |at: u32| format!("step s{at} {{ by centre when severity > 3 outcome ok -> s{} }}\n", at + 1);
    let steps: Vec<String> = (0..110).map(step).collect();
    let steps = steps.concat();
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          {steps}
          call s110 {{ runs p outcome solved -> close outcome unsolved -> close }}
        }}
        procedure q {{
          trigger event quarrel
          step start {{ by centre outcome deeper -> again outcome up -> close solved }}
          call again {{ runs q outcome solved -> close solved outcome unsolved -> close unsolved }}
        }}"
    );
    let deep = told(&rules, "start: 2026-11-23T09:00\nfacts: {matter: water, area: n1, severity: 1}\n");
    assert!(deep.lines().last().is_some_and(|line| line.contains("dead end")), "{deep}");
    let head =
        "procedure: q\nstart: 2026-11-23T09:00\nfacts: {matter: water, area: n1, severity: 1}\nscript:\n";
    let line = |case: u32| {
        let outcome = if case == 3000 { "up" } else { "deeper" };
        format!("  - {{at: +1m, as: centre, do: done, case: C{case}, outcome: {outcome}}}\n")
    };
    let script: Vec<String> = (1..=3000).map(line).collect();
    let nested = told(&rules, &format!("{head}{}expect: {{closed: solved}}\n", script.concat()));
    assert!(
        nested.ends_with("C1 closed solved") || nested.ends_with("C1 centre: closed solved"),
        "{}",
        &nested[nested.len() - 300..]
    );
}

const REFUSED: &str = "
        procedure p {
          trigger report of hazard
          call talk { runs mediation outcome solved -> close solved outcome unsolved -> close unsolved on refusal -> ask emit talked emit settled on solved }
          step ask { by centre outcome ok -> close }
        }
        procedure mediation {
          trigger report of dispute
          step meet { by village outcome agreed -> close solved outcome failed -> close unsolved on refusal -> close unsolved }
        }
        procedure heard { trigger event talked step s { by market outcome ok -> close } }
        procedure glad { trigger event settled step s { by market outcome ok -> close } }";

#[test]
fn a_call_that_is_refused_leads_where_the_rules_say() {
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1}
script:
  - {at: +1h, as: village, do: refuse, case: C2, step: meet, reason: not ours}
";
    insta::assert_snapshot!(told(&format!("{SCOPE}{REFUSED}"), scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 called mediation at talk
    11-23 09:00 C2 opened mediation {"cause":"call","from":"C1","node":"talk","number":1}
    11-23 09:00 C2 assigned meet to village (named)
    11-23 10:00 C2 village: refused meet: not ours
    11-23 10:00 C2 withdrawn meet: Refusal
    11-23 10:00 C2 village: closed unsolved
    11-23 10:00 C1 returned C2 talk true
    11-23 10:00 C1 emitted talked ["heard"]
    11-23 10:00 C3 opened heard {"cause":"event","event":"talked","from":"C1"}
    11-23 10:00 C3 assigned s to market (named)
    11-23 10:00 C1 assigned ask to centre (named)
    "#);
    let empty = REFUSED.replace("step meet { by village outcome agreed -> close solved outcome failed -> close unsolved on refusal -> close unsolved }", "");
    let opened = "start: 2026-11-23T09:00\nfacts: {matter: water, area: n1}\n";
    insta::assert_snapshot!(told(&format!("{SCOPE}{empty}"), opened), @r"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 called mediation at talk
    11-23 09:00 C1 call left talk
    11-23 09:00 C1 assigned ask to centre (named)
    ");
}

#[test]
fn a_call_raises_its_events_when_it_comes_back() {
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1}
script:
  - {at: +1h, as: village, do: done, case: C2, step: meet, outcome: agreed}
";
    insta::assert_snapshot!(told(&format!("{SCOPE}{REFUSED}"), scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 called mediation at talk
    11-23 09:00 C2 opened mediation {"cause":"call","from":"C1","node":"talk","number":1}
    11-23 09:00 C2 assigned meet to village (named)
    11-23 10:00 C2 village: done meet: agreed
    11-23 10:00 C2 village: closed solved
    11-23 10:00 C1 returned C2 talk true
    11-23 10:00 C1 emitted talked ["heard"]
    11-23 10:00 C3 opened heard {"cause":"event","event":"talked","from":"C1"}
    11-23 10:00 C3 assigned s to market (named)
    11-23 10:00 C1 emitted settled ["glad"]
    11-23 10:00 C4 opened glad {"cause":"event","event":"settled","from":"C1"}
    11-23 10:00 C4 assigned s to market (named)
    11-23 10:00 C1 village: closed solved
    "#);
}
