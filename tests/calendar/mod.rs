//! The calendar of China agrees with an independent package on every day of 2004 to 2026.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday, date};
use linkage::time::{Calendar, DayKind};

#[test]
fn every_day_is_what_an_independent_package_says() {
    let text = std::fs::read_to_string(super::root("rules/calendars/china.yaml")).expect("readable");
    let calendar = Calendar::from_yaml(&text).expect("is right");
    let text = std::fs::read_to_string(super::root("tests/calendar/departures.csv")).expect("readable");
    let departures: BTreeMap<Date, bool> = text
        .lines()
        .skip(2)
        .map(|line| line.split_once(',').expect("two columns"))
        .map(|(day, works)| (day.parse().expect("a day"), works == "yes"))
        .collect();
    assert!(departures.len() > 500);
    let (mut day, mut wrong) = (date(2004, 1, 1), Vec::new());
    while day <= date(2026, 12, 31) {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let works = departures.get(&day).copied().unwrap_or(!weekend);
        if (calendar.day_kind(day) == DayKind::Workday) != works || calendar.day(day).provisional {
            wrong.push(day);
        }
        day = day.tomorrow().expect("in range");
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(calendar.day(date(2027, 6, 1)).provisional);
}

/// The calendar of the town says the same of the years that it knows.
#[test]
fn the_town_goes_by_the_same_days() {
    let read = |path: &str| {
        let text = std::fs::read_to_string(super::root(path)).expect("readable");
        Calendar::from_yaml(&text).expect("is right")
    };
    let (china, town) = (read("rules/calendars/china.yaml"), read("rules/luzhi/calendar.yaml"));
    let mut day = date(2025, 1, 1);
    while day <= date(2027, 12, 31) {
        assert_eq!(china.day_kind(day), town.day_kind(day), "{day}");
        day = day.tomorrow().expect("in range");
    }
}
