//! What is owed: by the clauses of rules, and for what is drawn from others.

use super::{story, told};
use linkage_case::tests::SCOPE;
use linkage_case::{balances, ledger};

const RULES: &str = "
  resource map { kind data holder market }
  resource lone { kind data holder market }
  channel maps { carries map from market to police mode agreement basis fire_law owes feedback \"what came of it\" within 2 workdays }
  procedure p {
    trigger report of hazard
    lead by mandate
    step inspect {
      by lead uses map, lone
      outcome found -> again
      owe report minutes from lead to government within 1 workday
    }
    step again { by lead uses map outcome ok -> close solved }
    escalate { on breach to government \"ask why\" }
    owe feedback receipt from centre to reporter within 2 hours upon open on breach to district
    owe feedback reply from lead to reporter within 1 workday upon close
    owe staff nothing from lead to police within 1 workday upon close
  }";

const SCENARIO: &str = "
start: 2026-11-23T09:00
facts: {matter: stairwell, area: n1, severity: 2}
script:
  - {at: +1h, as: police, do: done, step: inspect, outcome: found}
  - {at: +90m, as: police, do: discharge, obligation: minutes}
  - {at: +90m, as: police, do: discharge, obligation: minutes, refused: true}
  - {at: +90m, as: police, do: discharge, obligation: receipt, refused: true}
  - {at: +90m, as: police, do: discharge, obligation: recipt, refused: true}
  - {at: +2h, as: police, do: done, step: again, outcome: ok}
  - {at: +3h, as: police, do: discharge, obligation: reply}
  - {at: +4h, as: centre, do: discharge, obligation: receipt}
until: +9d
expect:
  obligations:
    - {name: minutes, status: discharged}
    - {name: receipt, status: discharged}
    - {name: maps, status: breached}
    - {name: reply, status: discharged}
";

#[test]
fn obligations_arise_are_discharged_and_are_breached() {
    insta::assert_snapshot!(told(&format!("{SCOPE}{RULES}"), SCENARIO), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 led by police (stairs_police, fire_law 53, over stairs_rules by Rank)
    11-23 09:00 C1 owed receipt: Feedback from centre to reporter due 11-23 11:00
    11-23 09:00 C1 assigned inspect to police (stairs_police, fire_law 53, over stairs_rules by Rank)
    11-23 10:00 C1 police: done inspect: found
    11-23 10:00 C1 drawn [{"article":null,"law":"fire_law"}] maps ["market"] agreement map inspect police
    11-23 10:00 C1 owed maps: Feedback from police to market by channel maps due 11-25 17:00
    11-23 10:00 C1 no channel police lone inspect no_channel
    11-23 10:00 C1 owed minutes: Report from police to government due 11-24 17:00
    11-23 10:00 C1 assigned again to police (stairs_police, fire_law 53, over stairs_rules by Rank)
    11-23 10:30 C1 police: discharged minutes
      refused to police: AlreadyDischarged { name: "minutes" }
      refused to police: NotDebtor { name: "receipt", by: "police", debtors: ["centre"] }
      refused to police: UnknownObligation { name: "recipt", owed: ["receipt", "maps", "minutes"], near: Some("receipt") }
    11-23 11:00 C1 breached receipt
    11-23 11:00 C1 told district of receipt
    11-23 11:00 C1 escalated rung 1 to government (named) "ask why"
    11-23 11:00 C1 police: done again: ok
    11-23 11:00 C1 drawn [{"article":null,"law":"fire_law"}] maps ["market"] agreement map again police
    11-23 11:00 C1 owed reply: Feedback from police to reporter due 11-24 17:00
    11-23 11:00 C1 police: closed solved; owed receipt, maps, reply; basis fire_law
    11-23 12:00 C1 police: discharged reply
    11-23 13:00 C1 centre: discharged receipt, late
    11-25 17:00 C1 breached maps
    11-25 17:00 C1 escalated rung 1 to government (named) "ask why"
    "#);
}

#[test]
fn the_ledger_says_who_owes_whom() {
    let story = story(&format!("{SCOPE}{RULES}"), SCENARIO);
    let entries = ledger(&story.world);
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| {
            format!(
                "{} {}: {} -> {} {:?}",
                entry.case, entry.name, entry.debtor, entry.creditor, entry.status
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    C1 receipt: centre -> reporter Discharged
    C1 maps: police -> market Breached
    C1 minutes: police -> government Discharged
    C1 reply: police -> reporter Discharged
    "#);
    let lines: Vec<String> = balances(&entries)
        .iter()
        .map(|own| {
            format!(
                "{} / {}: owes {}, is owed {}, done {}",
                own.one, own.other, own.owes, own.is_owed, own.done
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    centre / reporter: owes 0, is owed 0, done 1
    government / police: owes 0, is owed 0, done 1
    market / police: owes 0, is owed 1, done 0
    police / reporter: owes 0, is owed 0, done 1
    "#);
}

const CHAIN: &str = "
  resource map { kind data holder market purpose \"safety\" }
  channel first { carries map from market to housing mode order purpose \"safety\", \"plans\" basis fire_law owes feedback within 1 day }
  channel second { carries map from housing to police mode agreement purpose \"safety\" basis fire_law art 53 during workday 10:00-12:00 owes report within 2 days }
  channel void { carries map from market to brigade }
  resource boat { kind equipment holder market in south }
  procedure p {
    trigger report of hazard
    step one { by police uses map outcome ok -> two }
    step two { by police uses map outcome ok -> three }
    step three { by brigade uses map outcome ok -> four }
    step four { by centre uses map outcome ok -> five }
    step five { by market uses boat outcome ok -> six }
    consult six { by market, centre uses map quorum all silence refusal outcome ok -> close solved }
  }";

#[test]
fn a_resource_comes_along_a_chain_of_lawful_channels_that_are_open() {
    let scenario = "
start: 2026-11-23T09:00
facts: {matter: water, area: n1}
script:
  - {at: +30m, as: police, do: done, step: one, outcome: ok}
  - {at: +2h, as: police, do: done, step: two, outcome: ok}
  - {at: +2h, as: brigade, do: done, step: three, outcome: ok}
  - {at: +2h, as: centre, do: done, step: four, outcome: ok}
  - {at: +2h, as: market, do: done, step: five, outcome: ok}
  - {at: +2h, as: market, do: done, step: six, outcome: ok}
  - {at: +2h, as: centre, do: done, step: six, outcome: ok}
";
    insta::assert_snapshot!(told(&format!("{SCOPE}{CHAIN}"), scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned one to police (named)
    11-23 09:30 C1 police: done one: ok
    11-23 09:30 C1 no channel police ["second"] map one closed
    11-23 09:30 C1 assigned two to police (named)
    11-23 11:00 C1 police: done two: ok
    11-23 11:00 C1 drawn [{"article":null,"law":"fire_law"}] first ["market"] order ["safety"] map two housing
    11-23 11:00 C1 owed first: Feedback from housing to market by channel first due 11-25 00:00
    11-23 11:00 C1 drawn [{"article":"53","law":"fire_law"}] second ["housing"] agreement ["safety"] map two police
    11-23 11:00 C1 owed second: Report from police to housing by channel second due 11-26 00:00
    11-23 11:00 C1 assigned three to brigade (named)
    11-23 11:00 C1 brigade: done three: ok
    11-23 11:00 C1 no channel brigade ["void"] map three unlawful
    11-23 11:00 C1 assigned four to centre (named)
    11-23 11:00 C1 centre: done four: ok
    11-23 11:00 C1 no channel centre map four no_channel
    11-23 11:00 C1 assigned five to market (named)
    11-23 11:00 C1 market: done five: ok
    11-23 11:00 C1 no channel market boat five elsewhere
    11-23 11:00 C1 assigned six to market (named), centre (named) Joint { quorum: 2, silence_is_assent: false }
    11-23 11:00 C1 market: voiced ok six
    11-23 11:00 C1 centre: voiced ok six
    11-23 11:00 C1 centre: done six: ok
    11-23 11:00 C1 centre: closed solved; owed first, second
    "#);
}
