//! What the calendar and counts begin, and who may request what.

use super::{story, told};
use crate::Moment;
use linkage_case::tests::SCOPE;

const WEEKLY: &str = "
    procedure weekly {
      trigger schedule monday 09:30 over dispute in north
      step weigh { by centre outcome ok -> close }
    }
    procedure p { trigger report of hazard step look { by market outcome ok -> close } }";

#[test]
fn the_calendar_opens_one_case_an_occurrence() {
    let rules = format!("{SCOPE}{WEEKLY}");
    // 2026-11-23 is a Monday.
    let scenario = "start: 2026-11-23T09:00\nfacts: {matter: water, area: n1}\nscheduled: true\nuntil: 2026-12-05T09:00\n";
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-23 09:00 C1 reporter: opened p
    11-23 09:00 C1 assigned look to market (named)
    11-23 09:30 C2 opened weekly {"cause":"schedule","schedule":"monday 09:30","due":"2026-11-23T01:30:00Z","skipped":0}
    11-23 09:30 C2 assigned weigh to centre (named)
    11-30 09:30 C3 opened weekly {"cause":"schedule","schedule":"monday 09:30","due":"2026-11-30T01:30:00Z","skipped":0}
    11-30 09:30 C3 assigned weigh to centre (named)
    "#);
    let plain = "start: 2026-11-23T09:00\nfacts: {matter: water, area: n1}\nuntil: 2026-12-05T09:00\n";
    assert!(
        !told(&rules, plain).contains("weekly"),
        "a scenario is about its own cases unless it says otherwise"
    );
}

const COUNTED: &str = "
    procedure p { trigger report of hazard step look { by market outcome ok -> close } }
    procedure water { trigger report of dispute step look { by market outcome ok -> close } }
    procedure ponder {
      trigger count 3 of hazard, dispute within 2 days
      step weigh { by centre outcome ok -> close }
    }";

#[test]
fn a_count_begins_one_case_a_crossing() {
    let rules = format!("{SCOPE}{COUNTED}");
    let again = |at: &str, matter: &str, area: &str| {
        format!("  - {{at: {at}, as: reporter, do: open, facts: {{matter: {matter}, area: {area}}}}}\n")
    };
    // Three at one place within two days: the fourth and the fifth begin to count anew.
    let mut scenario = "start: 2026-11-23T09:00\nfacts: {matter: water, area: n1}\nscript:\n".to_owned();
    for at in ["+1h", "+2h", "+3h", "+4h", "+5h"] {
        scenario += &again(at, "water", "n1");
    }
    let told = told(&rules, &scenario);
    let begun: Vec<&str> = told.lines().filter(|line| line.contains("opened ponder")).collect();
    insta::assert_snapshot!(begun.join("\n"), @r#"
    11-23 11:00 C4 opened ponder {"cause":"count","matter":"hazard","area":"town.north.n1","within":"2 days","cases":["C1","C2","C3"]}
    11-23 14:00 C8 opened ponder {"cause":"count","matter":"hazard","area":"town.north.n1","within":"2 days","cases":["C5","C6","C7"]}
    "#);
}

#[test]
fn a_count_is_of_one_kind_one_place_and_one_period() {
    let rules = format!("{SCOPE}{COUNTED}");
    let scenario = |second: &str, third: &str| {
        format!(
            "start: 2026-11-23T09:00\nfacts: {{matter: water, area: n1}}\nscript:
  - {{at: +1h, as: reporter, do: open, facts: {{matter: water, area: n1}}}}
  - {{at: {second}, as: reporter, do: open, facts: {{{third}}}}}\n"
        )
    };
    let begins = |second: &str, third: &str| told(&rules, &scenario(second, third)).contains("opened ponder");
    assert!(begins("+2h", "matter: water, area: n1"));
    assert!(begins("+2h", "matter: shop, area: n1"), "hazard is counted as a whole");
    assert!(!begins("+2h", "matter: neighbours, area: n1"), "a dispute is another kind");
    assert!(!begins("+2h", "matter: water, area: n2"), "another place");
    // Two days from the 23rd end with the 25th; the first case still counts at its last minute.
    assert!(begins("2026-11-25T23:59", "matter: water, area: n1"));
    assert!(!begins("2026-11-26T00:00", "matter: water, area: n1"));
}

#[test]
fn an_area_that_the_count_names_is_one_place() {
    let rules = format!("{SCOPE}{}", COUNTED.replace("within 2 days", "within 2 days in north"));
    let scenario = "start: 2026-11-23T09:00\nfacts: {matter: water, area: n1}\nscript:
  - {at: +1h, as: reporter, do: open, facts: {matter: shop, area: n2}}
  - {at: +2h, as: reporter, do: open, facts: {matter: water, area: n1}}\n";
    let told = told(&rules, scenario);
    let begun: Vec<&str> = told.lines().filter(|line| line.contains("ponder")).collect();
    insta::assert_snapshot!(begun.join("\n"), @r#"11-23 11:00 C4 opened ponder {"cause":"count","matter":"hazard","area":"town.north","within":"2 days","cases":["C1","C2","C3"]}"#);
    let facts = story(&rules, scenario);
    let facts = facts.moments.iter().find_map(|moment| match moment {
        Moment::Event(event) => match &event.what {
            linkage_case::Happening::Opened { procedure, facts, .. } if procedure == "ponder" => {
                Some(facts.clone())
            }
            _ => None,
        },
        Moment::Refused { .. } => None,
    });
    // What the cases have in common: some hazard, somewhere in the north.
    insta::assert_snapshot!(format!("{:?}", facts.unwrap_or_default()), @r#"{"area": Text("town.north"), "day": Text("workday"), "matter": Text("hazard"), "time": Text("11:00")}"#);
}

#[test]
fn only_those_named_may_request() {
    let rules = format!(
        "{SCOPE}
        procedure asked {{ trigger request of housing, kind committee over hazard in town step s {{ by market outcome ok -> close }} }}
        procedure p {{ trigger report of hazard step look {{ by market outcome ok -> close }} }}"
    );
    let by = |who: &str| {
        use linkage_case::{Command, Order, Rules, World, decide};
        let (institution, calendar) = (linkage_case::tests::town(&rules), linkage_case::tests::calendar());
        let facts = [("matter".into(), linkage_case::Fact::Text("water".into()))].into();
        let order = Order::Open { procedure: Some("asked".into()), facts, reporter: None };
        let rules = Rules::new(&institution, &calendar);
        let now = "2026-11-23T01:00:00Z".parse().expect("a time");
        decide(&rules, &World::default(), &Command::new(who, order), now).map(drop)
    };
    assert!(by("housing").is_ok());
    assert!(by("village_n1").is_ok(), "of the kind");
    assert!(by("centre").is_ok(), "the fallback body registers for others");
    insta::assert_snapshot!(format!("{:?}", by("market")), @r#"Err(MayNotRequest { procedure: "asked", by: "market", may: ["housing", "kind committee"] })"#);
    assert!(by("reporter").is_err());
}
