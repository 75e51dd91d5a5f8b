//! The almanac against deadlines as they are counted one by one, and pieces against every minute.

use jiff::civil::date;
use proptest::prelude::*;

use super::super::{Almanac, Calendar, Duration, Latest, Minute, Unit, deadline};
use super::{LUZHI, london, luzhi};

fn moving() -> Calendar {
    let text = LUZHI.replace("last_day_on_holiday: keep", "last_day_on_holiday: next_workday");
    Calendar::from_yaml(&text.replace("short_month: last_day", "short_month: next_day")).expect("is right")
}

fn calendars() -> impl Strategy<Value = (Calendar, Almanac)> {
    let written = |calendar: Calendar| {
        let almanac = Almanac::new(&calendar, date(2026, 1, 28), 900);
        (calendar, almanac)
    };
    prop_oneof![Just(luzhi()), Just(london()), Just(moving())].prop_map(written)
}

fn durations() -> impl Strategy<Value = Duration> {
    (0u32..40, proptest::sample::select(Unit::ALL.to_vec())).prop_map(|(amount, unit)| {
        let amount = if matches!(unit, Unit::Month | Unit::Year) { amount % 2 } else { amount };
        Duration::new(amount, unit)
    })
}

/// Of each function its values through some days, minute by minute.
fn same(
    found: &Latest,
    wanted: impl Fn(Minute) -> Minute,
    starts: std::ops::Range<Minute>,
) -> Result<(), TestCaseError> {
    for start in starts {
        prop_assert_eq!(found.at(start), Some(wanted(start)), "from minute {}", start);
    }
    Ok(())
}

const STARTS: std::ops::Range<Minute> = 0..6 * 24 * 60;
const SPAN: (Minute, Minute) = (STARTS.start, STARTS.end);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_almanac_says_what_the_deadline_says((calendar, almanac) in calendars(), from in 0i64..300 * 24 * 60, duration in durations()) {
        let due = almanac.due(from, duration).expect("within the almanac");
        let wanted = deadline(almanac.instant(from), duration, &calendar).expect("is due").due;
        prop_assert_eq!(almanac.instant(due), wanted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn pieces_hold_for_every_minute((_, almanac) in calendars(), first in durations(), second in durations(), third in durations()) {
        let due = |from: Minute, duration| almanac.due(from, duration).expect("within the almanac");
        let all = Latest::start([SPAN]);
        let one = all.then(first, &almanac).expect("within").then(second, &almanac).expect("within");
        let one_at = |start| due(due(start, first), second);
        same(&one, one_at, STARTS)?;
        let two = all.then(third, &almanac).expect("within");
        let two_at = |start| due(start, third);
        same(&one.later_of(&two), |start| one_at(start).max(two_at(start)), STARTS)?;
        same(&one.earlier_of(&two), |start| one_at(start).min(two_at(start)), STARTS)?;
        same(&one.earlier(1, &all), |start| (one_at(start) - 1).max(start), STARTS)?;
        let worst = STARTS.map(|start| (one_at(start) - two_at(start), std::cmp::Reverse(start))).max();
        let worst = worst.map(|(behind, start)| (start.0, behind));
        prop_assert_eq!(one.furthest_behind(&two), worst);
    }
}
