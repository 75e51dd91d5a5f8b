use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::super::{Calendar, Duration, Unit, deadline, elapsed_bounds, fraction_of, working_time_between};
use super::{LUZHI, london, luzhi};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Whether the minute that begins here is inside working hours: the furthest that the clock has shown
/// on this day so far is.
fn works(calendar: &Calendar, minute: Timestamp) -> bool {
    let zone = calendar.zone();
    let today = zone.to_datetime(minute).date();
    // Clocks here are set back by an hour at most.
    let shown = (0..=120)
        .map(|back| zone.to_datetime(minute - MINUTE * back))
        .filter(|wall| wall.date() == today)
        .map(|wall| u16::try_from(i32::from(wall.hour()) * 60 + i32::from(wall.minute())).expect("of a day"))
        .max()
        .expect("this minute");
    calendar.day(today).hours.iter().any(|hours| hours.from <= shown && shown < hours.to)
}

fn calendars() -> impl Strategy<Value = Calendar> {
    prop_oneof![Just(luzhi()), Just(london())]
}

/// Starts near what is hard: holidays with make-up days, and clocks that jump.
fn start() -> impl Strategy<Value = Timestamp> {
    let near = ["2026-02-12T00:00Z", "2026-03-27T00:00Z", "2026-10-23T00:00Z", "2026-12-30T00:00Z"];
    (proptest::sample::select(near.to_vec()), 0i64..4 * 24 * 60).prop_map(|(near, minutes)| {
        near.parse::<Timestamp>().expect("an instant") + MINUTE * i32::try_from(minutes).expect("few")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn workhours_are_minutes_in_which_work_is_done(calendar in calendars(), start in start(), amount in 1u32..20) {
        let mut left = amount * 60;
        let mut minute = start;
        while left > 0 {
            left -= u32::from(works(&calendar, minute));
            minute += MINUTE;
        }
        let found = deadline(start, Duration::new(amount, Unit::WorkHour), &calendar).expect("is due");
        prop_assert_eq!(found.due, minute);
        prop_assert_eq!(found.days.last().map(|day| day.total), Some(amount * 60));
        prop_assert_eq!(working_time_between(start, found.due, &calendar), u64::from(amount) * 60);
    }

    #[test]
    fn working_time_is_the_same_minutes(calendar in calendars(), start in start(), minutes in 0i32..6000) {
        let count = (0..minutes).filter(|at| works(&calendar, start + MINUTE * *at)).count();
        prop_assert_eq!(working_time_between(start, start + MINUTE * minutes, &calendar), count as u64);
    }

    #[test]
    fn elapsed_time_is_elapsed_time(calendar in calendars(), start in start(), minutes in 1u32..10_000) {
        let found = deadline(start, Duration::new(minutes, Unit::Minute), &calendar).expect("is due");
        prop_assert_eq!(found.due.duration_since(start).as_mins(), i64::from(minutes));
        let total: u32 = found.days.iter().map(|day| day.counted).sum();
        prop_assert_eq!(total, minutes);
    }

    #[test]
    fn accounts_add_up(start in start(), amount in 1u32..60, unit in proptest::sample::select(&Unit::ALL[..])) {
        let town = luzhi();
        let found = deadline(start, Duration::new(amount, unit), &town).expect("is due");
        let mut total = 0;
        for day in &found.days {
            total += day.counted;
            prop_assert_eq!(day.total, total);
            prop_assert_eq!(day.kind, town.day_kind(day.date));
        }
        prop_assert!(found.days.windows(2).all(|two| two[0].date < two[1].date));
        prop_assert!(start < found.due);
        let shares: Vec<_> = (0..=100).step_by(10).map(|p| fraction_of(start, &found, p, &town)).collect();
        prop_assert!(shares.is_sorted());
        prop_assert!(start <= shares[0] && shares[10] == found.due);
    }

    #[test]
    fn no_start_leaves_the_bounds(minutes in 0i32..7 * 24 * 60, amount in 1u32..12, of_days in any::<bool>()) {
        let town = luzhi();
        let unit = if of_days { Unit::Workday } else { Unit::WorkHour };
        let (first, last) = (date(2026, 2, 12), date(2026, 2, 18));
        let start = town.zone().to_timestamp(first.at(0, 0, 0, 0)).expect("in range") + MINUTE * minutes;
        let duration = Duration::new(amount, unit);
        let bounds = elapsed_bounds(duration, &town, first, last).expect("are due").expect("days");
        let took = deadline(start, duration, &town).expect("is due").due.duration_since(start);
        prop_assert!(bounds.shortest <= took && took <= bounds.longest);
    }
}

/// The days off and make-up days of China's 2025 and 2026 notices, written down by hand a second time.
fn is_workday_in_china(date: Date) -> bool {
    let short = (date.year(), date.month(), date.day());
    let made_up = [
        (2025, 1, 26),
        (2025, 2, 8),
        (2025, 4, 27),
        (2025, 9, 28),
        (2025, 10, 11),
        (2026, 1, 4),
        (2026, 2, 14),
        (2026, 2, 28),
        (2026, 5, 9),
        (2026, 9, 20),
        (2026, 10, 10),
    ];
    let off = match short {
        (2025, 1, d) => d == 1 || d >= 28,
        (2025, 2, d) => d <= 4,
        (2025 | 2026, 4, d) => (4..=6).contains(&d),
        (2025, 5, d) => d <= 5 || d == 31,
        (2025, 6, d) => d <= 2,
        (2025, 10, d) => d <= 8,
        (2026, 1, d) => d <= 3,
        (2026, 2, d) => (15..=23).contains(&d),
        (2026, 5, d) => d <= 5,
        (2026, 6, d) => (19..=21).contains(&d),
        (2026, 9, d) => (25..=27).contains(&d),
        (2026, 10, d) => d <= 7,
        _ => false,
    };
    made_up.contains(&short) || !off && date.weekday().to_monday_one_offset() <= 5
}

#[test]
fn workdays_are_counted_day_by_day() {
    let town = luzhi();
    assert!(LUZHI.contains("国办发明电"));
    let dates = || std::iter::successors(Some(date(2025, 1, 1)), |date| date.tomorrow().ok());
    for start in dates().take(700) {
        for amount in [1, 2, 5, 20] {
            let mut rest =
                dates().skip_while(|date| *date <= start).filter(|date| is_workday_in_china(*date));
            let last = rest.nth(amount - 1).expect("days go on");
            let begin = town.zone().to_timestamp(start.at(23, 0, 0, 0)).expect("in range");
            let duration = Duration::new(u32::try_from(amount).expect("few"), Unit::Workday);
            let found = deadline(begin, duration, &town).expect("is due");
            if last.year() <= 2026 {
                let expected = town.zone().to_timestamp(last.at(17, 30, 0, 0)).expect("in range");
                assert_eq!(found.due, expected, "{amount} workdays from {start}");
            }
        }
    }
}
