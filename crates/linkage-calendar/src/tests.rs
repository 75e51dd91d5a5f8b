//! Deadlines against calendars walked minute by minute and day by day; calendars as users get them wrong.

mod almanac;
mod calendars;
mod deadlines;
mod oracle;
mod sheets;

use jiff::Timestamp;

use super::Calendar;

/// The calendar that the town's rules come with.
const LUZHI: &str = include_str!("../../../rules/luzhi/calendar.yaml");

fn luzhi() -> Calendar {
    Calendar::from_yaml(LUZHI).expect("the town's calendar is right")
}

fn london() -> Calendar {
    let text = "zone: Europe/London\nshort_month: last_day\nweek:\n  monday-friday: [09:00-17:00]\n  sunday: [00:30-03:00, 03:00-04:15]\n";
    Calendar::from_yaml(text).expect("is right")
}

/// The instant at which a clock in the calendar's zone shows this time.
fn at(calendar: &Calendar, wall: &str) -> Timestamp {
    let wall: jiff::civil::DateTime = wall.parse().expect("a date and time");
    calendar.zone().to_timestamp(wall).expect("in range")
}

/// What a clock in the calendar's zone shows at this instant.
fn shown(calendar: &Calendar, instant: Timestamp) -> String {
    calendar.zone().to_datetime(instant).strftime("%Y-%m-%d %H:%M").to_string()
}
