//! Answers come in the order of the tasks, whoever works on them; who refuses ends it; a bad end is told.

use std::cell::Cell;
use std::time::Duration;

use super::{ahead, in_order};

/// Some tasks take long, so that both cores come to have some.
fn slow(task: u64) -> u64 {
    if task.is_multiple_of(7) {
        std::thread::sleep(Duration::from_micros(300));
    }
    task * task
}

#[test]
fn answers_come_in_the_order_of_the_tasks() {
    let tasks: Vec<u64> = (0..200).collect();
    let wanted: Vec<u64> = tasks.iter().map(|task| task * task).collect();
    assert_eq!(in_order(&tasks, |task| slow(*task)), wanted);
    for (a_piece, pieces) in [(1, 1), (1, 2), (1, 1000), (7, 1), (16, 4), (1000, 3)] {
        let (mut next, mut answers) = (tasks.iter().copied(), Vec::new());
        let done = ahead(
            a_piece,
            pieces,
            || Ok(next.next()),
            slow,
            |answer| {
                answers.push(answer);
                Ok::<(), ()>(())
            },
        );
        assert_eq!((done, &answers), (Ok(()), &wanted), "{pieces} pieces of {a_piece}");
    }
}

#[test]
fn no_more_than_so_many_are_under_way() {
    let (given, taken) = (Cell::new(0_u64), Cell::new(0_u64));
    let next = || {
        assert!(given.get() < taken.get() + 3);
        given.set(given.get() + 1);
        Ok(Some(given.get()).filter(|task| *task <= 50))
    };
    let take = |_| {
        taken.set(taken.get() + 1);
        Ok::<(), ()>(())
    };
    assert_eq!(ahead(1, 3, next, slow, take), Ok(()));
    assert_eq!(taken.get(), 50);
}

#[test]
fn who_refuses_ends_it() {
    let tasks = |refused: u64| {
        let mut tasks = 0..1000;
        move || Ok(tasks.next()).and_then(|task| if task == Some(refused) { Err("next") } else { Ok(task) })
    };
    let taken = Cell::new(0);
    let take = |refused: u64| {
        taken.set(0);
        let taken = &taken;
        move |answer| {
            taken.set(taken.get() + 1);
            if answer == refused * refused { Err("take") } else { Ok(()) }
        }
    };
    assert_eq!(ahead(1, 4, tasks(2000), slow, take(30)), Err("take"));
    assert_eq!(taken.get(), 31);
    assert_eq!(ahead(1, 4, tasks(100), slow, take(2000)), Err("next"));
    assert_eq!(taken.get(), 97, "three were under way");
}

#[test]
#[should_panic(expected = "a task that can't be done")]
fn a_bad_end_on_the_other_core_is_told() {
    let (here, mut tasks) = (std::thread::current().id(), 0..100_u64);
    let work = |_| {
        assert!(std::thread::current().id() == here, "a task that can't be done");
        std::thread::sleep(Duration::from_millis(1));
    };
    assert_eq!(ahead(1, 4, || Ok(tasks.next()), work, |()| Ok::<(), ()>(())), Ok(()));
}
