//! Days written out, against the zone's own clock: folds over midnight, days without midnight, years beyond those kept.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::super::{Calendar, Duration, Unit, deadline, deadline_alone};
use super::{london, luzhi, shown};

/// In St John's the clock was set at one minute past midnight, back over it and forward; in Havana midnight itself is left
/// out; Apia left out a whole day.
fn zones() -> impl Strategy<Value = Calendar> {
    let of = |zone: &str| {
        let text = format!(
            "zone: {zone}\nshort_month: last_day\nweek:\n  monday-saturday: [00:00-04:15, 22:30-24:00]\n"
        );
        Calendar::from_yaml(&text).expect("is right")
    };
    let folded = ["America/St_Johns", "America/Havana", "Pacific/Apia"].map(of);
    prop_oneof![Just(luzhi()), Just(london()), proptest::sample::select(folded.to_vec())]
}

/// Around days on which clocks were set there, and anywhere in the years kept and beyond.
fn instants() -> impl Strategy<Value = Timestamp> {
    let set = [
        "2006-10-29T02:31Z",
        "2006-04-02T03:31Z",
        "2025-03-09T05:00Z",
        "2011-12-30T10:00Z",
        "1970-01-01T00:00Z",
    ];
    let near = (proptest::sample::select(set.to_vec()), -200_000i64..200_000).prop_map(|(at, seconds)| {
        at.parse::<Timestamp>().expect("an instant") + SignedDuration::from_secs(seconds)
    });
    prop_oneof![
        near,
        (-5_000_000_000i64..30_000_000_000).prop_map(|at| Timestamp::from_second(at).expect("in range"))
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn the_date_is_that_of_the_clock(calendar in zones(), at in instants()) {
        prop_assert_eq!(calendar.date_of(at), calendar.zone().to_datetime(at).date());
    }

    #[test]
    fn a_day_is_the_same_however_often_it_is_asked(calendar in zones(), at in instants()) {
        let date = calendar.date_of(at);
        let first = calendar.sheet(date).into_owned();
        prop_assert_eq!(&first, &calendar.sheet(date).into_owned());
        prop_assert_eq!(&first, &calendar.clone().sheet(date).into_owned());
        // The next begins where it ends, and the clock shows either at its beginning, or a minute that comes after.
        let next = date.tomorrow().expect("in range");
        prop_assert_eq!(first.end, calendar.sheet(next).begin);
        let begin = calendar.zone().to_datetime(first.begin.expect("in range"));
        prop_assert!(begin.date() >= date, "{} begins at {}", date, begin);
    }

    #[test]
    fn what_is_due_is_the_same_with_and_without_its_account(
        calendar in zones(), at in instants(), amount in 0u32..40, unit in proptest::sample::select(&Unit::ALL[..]),
    ) {
        let duration = Duration::new(amount, unit);
        let (whole, alone) = (deadline(at, duration, &calendar), deadline_alone(at, duration, &[], &calendar));
        let due = |found: Result<super::super::Deadline, _>| found.map(|found| (found.due, found.provisional));
        prop_assert_eq!(due(alone), due(whole));
    }
}

#[test]
fn the_ends_of_time_are_told_alike() {
    let calendar = luzhi();
    let last = Timestamp::MAX.checked_sub(SignedDuration::from_hours(40)).expect("in range");
    for hours in 0..48 {
        let duration = Duration::new(hours, Unit::Hour);
        let (whole, alone) =
            (deadline(last, duration, &calendar), deadline_alone(last, duration, &[], &calendar));
        assert_eq!(whole.map(|found| found.due), alone.map(|found| found.due), "{hours} hours");
    }
    assert_eq!(calendar.date_of(Timestamp::MAX), calendar.zone().to_datetime(Timestamp::MAX).date());
    assert_eq!(calendar.date_of(Timestamp::MIN), calendar.zone().to_datetime(Timestamp::MIN).date());
    assert_eq!(calendar.sheet(Date::MAX).end, None);
}

#[test]
fn a_day_that_was_left_out_has_no_length() {
    let apia =
        Calendar::from_yaml("zone: Pacific/Apia\nweek:\n  monday-sunday: [09:00-17:00]\n").expect("is right");
    let left_out = apia.sheet(date(2011, 12, 30)).into_owned();
    assert_eq!(left_out.begin, left_out.end);
    let before = date(2011, 12, 30) - 1.day();
    assert_eq!(shown(&apia, apia.sheet(before).end.expect("in range")), "2011-12-31 00:00");
}
