use std::cmp::Ordering;

use jiff::{SignedDuration, Timestamp};

use super::super::{
    Calendar, Clock, CountedIn, DayKind, DeadlineFault, Duration, ManualClock, Note, Pause, Unit, deadline,
    deadline_alone, deadline_around, elapsed_bounds, fraction_of, working_time_between,
};
use super::{at, london, luzhi, shown};
use linkage_text::Language;

fn due(calendar: &Calendar, start: &str, amount: u32, unit: Unit) -> String {
    let deadline = deadline(at(calendar, start), Duration::new(amount, unit), calendar).expect("is due");
    shown(calendar, deadline.due)
}

#[test]
fn each_unit_counts_in_its_own_way() {
    let town = luzhi();
    let friday = "2026-01-16T16:00";
    assert_eq!(due(&town, friday, 90, Unit::Minute), "2026-01-16 17:30");
    assert_eq!(due(&town, friday, 2, Unit::Hour), "2026-01-16 18:00");
    assert_eq!(due(&town, friday, 4, Unit::WorkHour), "2026-01-19 11:00");
    assert_eq!(due(&town, friday, 1, Unit::Day), "2026-01-18 00:00");
    assert_eq!(due(&town, friday, 1, Unit::Workday), "2026-01-19 17:30");
    assert_eq!(due(&town, friday, 1, Unit::Week), "2026-01-24 00:00");
    assert_eq!(due(&town, friday, 1, Unit::Month), "2026-02-17 00:00");
    assert_eq!(due(&town, friday, 1, Unit::Year), "2027-01-17 00:00");
    for unit in Unit::ALL {
        assert_eq!(due(&town, friday, 0, unit), "2026-01-16 16:00");
    }
}

#[test]
fn work_ends_with_working_hours_and_a_day_of_work_is_not_a_day() {
    let town = luzhi();
    assert_eq!(due(&town, "2026-01-16T13:30", 4, Unit::WorkHour), "2026-01-16 17:30");
    assert_eq!(due(&town, "2026-01-16T12:30", 4, Unit::WorkHour), "2026-01-16 17:30");
    assert_eq!(due(&town, "2026-01-16T06:00", 24, Unit::WorkHour), "2026-01-21 10:00");
}

#[test]
fn every_day_is_accounted_for() {
    let town = luzhi();
    let spring =
        deadline(at(&town, "2026-02-13T10:00"), Duration::new(3, Unit::Workday), &town).expect("is due");
    assert_eq!(shown(&town, spring.due), "2026-02-25 17:30");
    assert!(!spring.provisional);
    let lines: Vec<String> = spring
        .days
        .iter()
        .map(|d| {
            let name = d.name.as_deref().unwrap_or("");
            format!("{} {:?} {name} {}/{} {:?}", d.date, d.kind, d.counted, d.total, d.note)
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn what_lies_in_years_not_announced_is_provisional() {
    let town = luzhi();
    let of = |start: &str, amount, unit| {
        deadline(at(&town, start), Duration::new(amount, unit), &town).expect("is due")
    };
    assert!(!of("2026-12-30T10:00", 1, Unit::Workday).provisional);
    assert!(of("2026-12-30T10:00", 2, Unit::Workday).provisional);
    assert!(of("2026-12-31T10:00", 7, Unit::WorkHour).provisional);
    assert!(!of("2026-12-31T10:00", 6, Unit::WorkHour).provisional);
    assert!(!of("2026-12-31T10:00", 3, Unit::Month).provisional);
    assert_eq!(town.day_kind("2027-01-01".parse().expect("a date")), DayKind::Holiday);
    let bare = Calendar::standard();
    assert!(
        deadline(Timestamp::UNIX_EPOCH, Duration::new(1, Unit::Workday), &bare).expect("is due").provisional
    );
}

#[test]
fn a_month_without_such_a_day_ends_on_its_last() {
    let town = luzhi();
    let start = at(&town, "2026-01-31T10:00");
    let two = deadline(start, Duration::new(2, Unit::Month), &town).expect("is due");
    assert_eq!(shown(&town, two.due), "2026-04-01 00:00");
    assert_eq!(two.counted_in, CountedIn::Months);
    let notes: Vec<_> = two.days.iter().map(|day| (day.date.to_string(), day.total, day.note)).collect();
    assert_eq!(
        notes,
        [
            ("2026-01-31".to_owned(), 0, Some(Note::DayOfStart)),
            ("2026-02-28".to_owned(), 1, Some(Note::ShortMonth)),
            ("2026-03-31".to_owned(), 2, None),
        ]
    );
    assert_eq!(due(&town, "2024-02-29T10:00", 1, Unit::Year), "2025-03-01 00:00");
}

/// Civil Code art. 202 ends a month after 31 January on the last of February; other rules on the next day. Where
/// nothing is said there is no answer, save where the question does not arise.
#[test]
fn a_month_after_the_31st_is_what_the_calendar_says() {
    let with = |rule: &str| {
        Calendar::from_yaml(&super::LUZHI.replace("short_month: last_day\n", rule)).expect("is right")
    };
    let (last, next, none) = (luzhi(), with("short_month: next_day\n"), with(""));
    let end = |calendar: &Calendar, amount, unit| {
        deadline(at(calendar, "2026-01-31T10:00"), Duration::new(amount, unit), calendar)
            .map(|it| shown(calendar, it.due))
    };
    assert_eq!(end(&last, 1, Unit::Month).as_deref(), Ok("2026-03-01 00:00"));
    assert_eq!(end(&next, 1, Unit::Month).as_deref(), Ok("2026-03-02 00:00"));
    assert_eq!(end(&none, 1, Unit::Month), Err(DeadlineFault::ShortMonth));
    for calendar in [&last, &next, &none] {
        assert_eq!(end(calendar, 2, Unit::Month).as_deref(), Ok("2026-04-01 00:00"));
        assert_eq!(end(calendar, 1, Unit::Year).as_deref(), Ok("2027-02-01 00:00"));
    }
}

/// While the clock stands no time is used: by each way of counting.
#[test]
fn time_in_which_the_clock_stood_is_not_counted() {
    let town = luzhi();
    let pause = |from: &str, to: &str| Pause { from: at(&town, from), to: at(&town, to) };
    let due = |pauses: &[Pause], amount, unit| {
        let found =
            deadline_around(at(&town, "2026-11-23T10:00"), Duration::new(amount, unit), pauses, &town);
        let found = found.expect("is due");
        let alone = deadline_alone(at(&town, "2026-11-23T10:00"), Duration::new(amount, unit), pauses, &town);
        assert_eq!(alone.map(|it| (it.due, it.provisional)), Ok((found.due, found.provisional)));
        shown(&town, found.due)
    };
    // Tuesday noon to Thursday morning.
    let stood = [pause("2026-11-24T12:00", "2026-11-26T09:00")];
    assert_eq!(due(&stood, 24, Unit::Hour), "2026-11-24 10:00", "over before it stood");
    assert_eq!(due(&stood, 48, Unit::Hour), "2026-11-27 07:00");
    assert_eq!(due(&stood, 16, Unit::WorkHour), "2026-11-26 17:00");
    assert_eq!(due(&stood, 3, Unit::Workday), "2026-12-01 17:30");
    assert_eq!(due(&stood, 3, Unit::Day), "2026-11-30 00:00");
    assert_eq!(due(&stood, 1, Unit::Month), "2026-12-27 00:00");
    // In two parts, in any order, one within the other: the same.
    let parts = [
        pause("2026-11-25T00:00", "2026-11-26T09:00"),
        pause("2026-11-24T12:00", "2026-11-25T00:00"),
        pause("2026-11-24T13:00", "2026-11-24T14:00"),
        pause("2026-11-01T00:00", "2026-11-20T00:00"),
    ];
    for (amount, unit) in
        [(48, Unit::Hour), (16, Unit::WorkHour), (3, Unit::Workday), (3, Unit::Day), (1, Unit::Month)]
    {
        assert_eq!(due(&parts, amount, unit), due(&stood, amount, unit));
    }
}

#[test]
fn a_last_day_that_is_no_workday_moves_where_the_calendar_says_so() {
    let text = super::LUZHI.replace("last_day_on_holiday: keep", "last_day_on_holiday: next_workday");
    let moving = Calendar::from_yaml(&text).expect("is right");
    assert_eq!(due(&luzhi(), "2026-02-10T10:00", 7, Unit::Day), "2026-02-18 00:00");
    assert_eq!(due(&moving, "2026-02-10T10:00", 7, Unit::Day), "2026-02-25 00:00");
    assert_eq!(due(&moving, "2026-02-10T10:00", 4, Unit::Day), "2026-02-15 00:00");
    let late =
        deadline(at(&moving, "2026-12-20T10:00"), Duration::new(1, Unit::Month), &moving).expect("is due");
    assert!(late.provisional);
}

#[test]
fn clocks_that_jump_neither_lose_nor_win_time() {
    let london = london();
    // 2026-03-29: 01:00 becomes 02:00. 2026-10-25: 02:00 becomes 01:00.
    assert_eq!(due(&london, "2026-03-28T12:00", 24, Unit::Hour), "2026-03-29 13:00");
    assert_eq!(due(&london, "2026-10-24T12:00", 24, Unit::Hour), "2026-10-25 11:00");
    assert_eq!(due(&london, "2026-03-28T12:00", 1, Unit::Day), "2026-03-30 00:00");
    assert_eq!(due(&london, "2026-03-28T12:00", 2, Unit::WorkHour), "2026-03-29 03:30");
    assert_eq!(due(&london, "2026-10-24T12:00", 2, Unit::WorkHour), "2026-10-25 01:30");
    let work = |from, to| working_time_between(at(&london, from), at(&london, to), &london);
    assert_eq!(work("2026-03-29T00:00", "2026-03-29T06:00"), 165);
    assert_eq!(work("2026-10-25T00:00", "2026-10-25T06:00"), 285);
    let havana =
        Calendar::from_yaml("zone: America/Havana\nweek: { monday: [00:00-24:00] }").expect("is right");
    // There the clock jumps at midnight, and is set back to it.
    assert_eq!(due(&havana, "2026-03-07T12:00", 1, Unit::Day), "2026-03-09 00:00");
    assert_eq!(due(&havana, "2026-03-06T12:00", 1, Unit::Day), "2026-03-08 01:00");
    assert_eq!(due(&havana, "2026-10-30T12:00", 1, Unit::Day), "2026-11-01 00:00");
}

#[test]
fn what_is_too_far_is_refused_at_once() {
    let town = luzhi();
    let start = at(&town, "2026-01-16T16:00");
    let of = |amount, unit| deadline(start, Duration::new(amount, unit), &town).map(|deadline| deadline.due);
    for unit in Unit::ALL {
        assert_eq!(of(u32::MAX, unit), Err(DeadlineFault::TooFar(100)), "{unit:?}");
    }
    assert!(of(1_000_000, Unit::Minute).is_ok());
    assert_eq!(of(1_000_000, Unit::Workday), Err(DeadlineFault::TooFar(100)));
    assert!(of(100, Unit::Year).is_ok());
    for unit in Unit::ALL {
        let end = deadline(Timestamp::MAX, Duration::new(5, unit), &town).map(|deadline| deadline.due);
        assert_eq!(end, Err(DeadlineFault::BeyondTime), "{unit:?}");
    }
    let faults = [DeadlineFault::TooFar(100), DeadlineFault::NoWork, DeadlineFault::BeyondTime];
    let both = |fault: &DeadlineFault| [fault.sentence(Language::En), fault.sentence(Language::Zh)];
    insta::assert_snapshot!(faults.iter().flat_map(both).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_share_of_a_deadline_is_used_in_the_time_that_it_counts() {
    let town = luzhi();
    let start = at(&town, "2026-01-16T16:00");
    let share = |amount, unit, percent| {
        let deadline = deadline(start, Duration::new(amount, unit), &town).expect("is due");
        shown(&town, fraction_of(start, &deadline, percent, &town))
    };
    assert_eq!(share(4, Unit::Hour, 75), "2026-01-16 19:00");
    assert_eq!(share(4, Unit::WorkHour, 75), "2026-01-19 10:00");
    // From Friday 16:00 to Monday 17:30 there are nine hours of work.
    assert_eq!(share(1, Unit::Workday, 50), "2026-01-19 11:30");
    assert_eq!(share(1, Unit::Workday, 0), "2026-01-16 16:00");
    assert_eq!(share(1, Unit::Workday, 200), "2026-01-19 17:30");
    assert_eq!(working_time_between(start, start - SignedDuration::from_hours(9), &town), 0);
}

#[test]
fn durations_compare_where_no_calendar_is_needed() {
    let of = Duration::new;
    assert_eq!(of(90, Unit::Minute).compare(of(1, Unit::Hour)), Some(Ordering::Greater));
    assert_eq!(of(7, Unit::Day).compare(of(1, Unit::Week)), Some(Ordering::Equal));
    assert_eq!(of(11, Unit::Month).compare(of(1, Unit::Year)), Some(Ordering::Less));
    assert_eq!(of(24, Unit::Hour).compare(of(1, Unit::Day)), None);
    assert_eq!(of(8, Unit::WorkHour).compare(of(1, Unit::Workday)), None);
    let words = |language| Unit::ALL.map(|unit| of(3, unit).in_words(language)).join(" ");
    insta::assert_snapshot!(format!(
        "{}\n{}\n{}",
        words(Language::En),
        words(Language::Zh),
        of(1, Unit::Workday)
    ));
}

#[test]
fn a_clock_stands_until_it_is_moved() {
    let clock = ManualClock::new(Timestamp::UNIX_EPOCH);
    clock.advance(SignedDuration::from_mins(5));
    assert_eq!(clock.now().as_second(), 300);
    clock.advance(SignedDuration::MAX);
    assert_eq!(clock.now(), Timestamp::MAX);
    clock.set(Timestamp::UNIX_EPOCH);
    assert_eq!(clock.now(), Timestamp::UNIX_EPOCH);
}

#[test]
fn a_workday_may_take_ten_days() {
    let town = luzhi();
    let (first, last) = ("2026-01-01".parse().expect("a date"), "2026-12-31".parse().expect("a date"));
    let bounds = |amount, unit| {
        let bounds = elapsed_bounds(Duration::new(amount, unit), &town, first, last).expect("are due");
        bounds.map(|bounds| (bounds.shortest.as_mins(), bounds.longest.as_mins()))
    };
    assert_eq!(bounds(1, Unit::Hour), Some((60, 60)));
    assert_eq!(bounds(1, Unit::Day), Some((24 * 60, 48 * 60)));
    // From 14 February, a make-up workday, to the 24th; from any midnight to 17:30.
    assert_eq!(bounds(1, Unit::Workday), Some((17 * 60 + 30, (10 * 24 + 17) * 60 + 30)));
    assert_eq!(bounds(1, Unit::WorkHour), Some((60, (10 * 24 - 9) * 60 + 60)));
    assert_eq!(elapsed_bounds(Duration::new(1, Unit::Day), &town, last, first), Ok(None));
}
