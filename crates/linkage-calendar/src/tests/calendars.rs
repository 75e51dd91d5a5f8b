use super::super::{Calendar, DayKind, Hours};
use super::{london, luzhi};
use linkage_text::Language;

/// Every fault of the text in both languages.
fn faults(text: &str) -> String {
    let faults = Calendar::from_yaml(text).expect_err("is wrong");
    let both =
        |fault: &super::super::CalendarFault| [fault.sentence(Language::En), fault.sentence(Language::Zh)];
    faults.iter().flat_map(both).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_town_keeps_the_notices() {
    let town = luzhi();
    let kind = |date: &str| town.day_kind(date.parse().expect("a date"));
    assert_eq!(kind("2026-02-14"), DayKind::Workday);
    assert_eq!(kind("2026-02-16"), DayKind::Holiday);
    assert_eq!(kind("2026-01-17"), DayKind::RestDay);
    assert_eq!(kind("2026-01-16"), DayKind::Workday);
    let made_up = town.day("2026-02-14".parse().expect("a date"));
    assert_eq!(made_up.hours.len(), 2);
    assert_eq!(town.special().filter(|(_, special)| special.kind == DayKind::Workday).count(), 11);
    assert_eq!(town.special().filter(|(_, special)| special.kind == DayKind::Holiday).count(), 61);
    assert!(
        town.special().all(|(_, special)| special.source.contains("国办发明电") && special.version.is_some())
    );
}

#[test]
fn hours_of_one_workday_may_be_its_own() {
    let text = "
zone: UTC
week: { tuesday: [09:00-12:00] }
workdays:
  - { date: 2026-01-03, name: stocktaking, source: order 7, hours: [20:00-24:00] }
  - { date: 2026-01-04, name: half, source: order 7, hours: [] }
  - { date: 2026-01-05, name: usual, source: order 7 }
";
    let calendar = Calendar::from_yaml(text).expect("is right");
    let hours = |date: &str| calendar.day(date.parse().expect("a date")).hours.to_vec();
    assert_eq!(hours("2026-01-03"), [Hours { from: 1200, to: 1440 }]);
    assert_eq!(hours("2026-01-04"), []);
    assert_eq!(hours("2026-01-05"), [Hours { from: 540, to: 720 }]);
    assert_eq!(london().day("2026-01-06".parse().expect("a date")).hours[0].to_string(), "09:00-17:00");
}

#[test]
fn not_yaml_and_not_a_calendar() {
    insta::assert_snapshot!(faults("zone: [Asia"));
    insta::assert_snapshot!(faults("zone: UTC\nzone: UTC"));
    insta::assert_snapshot!(faults(""));
    insta::assert_snapshot!(faults("- monday"));
    insta::assert_snapshot!(faults("{}"));
}

#[test]
fn slips_in_keys_zone_and_week() {
    insta::assert_snapshot!(faults(
        "
zone: Asia/Shangai
weak: {}
week:
  monday-friday: [08:30-12:00, 11:00-17:30]
  wednesday: [25:00-26:00, 22:00-06:00, 12:00-12:00, 9-17]
  caturday: []
  friday-monday: []
  sunday: rest
announced_untill: 2026
last_day_on_holiday: skip
"
    ));
    insta::assert_snapshot!(faults("zone: UTC\nweek: { monday: [] }"));
    insta::assert_snapshot!(faults("zone: 8\nweek: []\nannounced_until: soon\nholidays: 2026-01-01"));
}

#[test]
fn slips_in_dates() {
    insta::assert_snapshot!(faults(
        "
zone: UTC
week: { monday: [09:00-17:00] }
notices: { 2026: { source: '', verzion: 1 }, next: { source: x } }
holidays:
  - { date: 2026-02-30, name: a }
  - { date: 2026-01-01..2026-01-03, name: b }
  - { date: 2026-01-02, name: b again }
  - { date: 2026-01-09..2026-01-07, name: backward }
  - { date: 2026-02-01..2036-02-01, name: long }
  - { date: 2025-01-01, name: unsourced }
  - { date: 1/5/2026, name: slashes }
  - { date: 20260105, name: number }
  - { name: nothing }
  - { date: 2026-03-01, hours: [] }
workdays:
  - { date: 2026-01-03, name: both }
yearly:
  - { day: 02-30, name: never }
"
    ));
}

#[test]
fn a_file_of_nothing_but_nesting_is_refused_and_not_fallen_into() {
    let deep = format!("zone: {}{}", "[".repeat(5000), "]".repeat(5000));
    assert!(Calendar::from_yaml(&deep).is_err());
}
