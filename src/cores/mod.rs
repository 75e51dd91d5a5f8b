//! Work shared between the cores: the one place below the workspace that knows of threads.
//!
//! What a task answers depends on nothing but the task, and answers come back in the order of the
//! tasks, so that one core and many give the same.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

/// What `work` answers for each task, in the order of the tasks.
pub fn in_order<T: Sync, A: Send>(tasks: &[T], work: impl Fn(&T) -> A + Sync) -> Vec<A> {
    // The system reads files to count its cores: a case that is decided in microseconds can't ask each time.
    static CORES: OnceLock<usize> = OnceLock::new();
    let helpers = if tasks.len() < 2 {
        1
    } else {
        let count = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        tasks.len().min(*CORES.get_or_init(count))
    };
    if helpers < 2 {
        return tasks.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let mut answers = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(task) = tasks.get(at) else { return answers };
            answers.push((at, work(task)));
        }
    };
    let mut answers = std::thread::scope(|scope| {
        let others: Vec<_> = (1..helpers).map(|_| scope.spawn(take)).collect();
        let mut answers = take();
        for other in others {
            match other.join() {
                Ok(more) => answers.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        answers
    });
    answers.sort_unstable_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// So many tasks are worked on ahead of what is taken.
const AHEAD: usize = 2;

/// Works on tasks on another core while what came of those before is taken: tasks come from `next`, answers go to `take`,
/// both in order and on the thread of the caller. Ends with the first that `take` refuses.
///
/// # Errors
/// What `next` or `take` refuses.
pub fn ahead<T: Send, A: Send, E>(
    mut next: impl FnMut() -> Result<Option<T>, E>,
    work: impl Fn(T) -> A + Send,
    mut take: impl FnMut(A) -> Result<(), E>,
) -> Result<(), E> {
    std::thread::scope(|scope| {
        let (tasks, waiting) = sync_channel::<T>(AHEAD);
        let (answer, answers) = sync_channel::<A>(AHEAD);
        let worker = scope.spawn(move || {
            for task in waiting {
                if answer.send(work(task)).is_err() {
                    return;
                }
            }
        });
        let mut under_way = 0;
        let mut more = true;
        let done = 'all: loop {
            while more && under_way < AHEAD {
                match next() {
                    Ok(Some(task)) => match tasks.send(task) {
                        Ok(()) => under_way += 1,
                        // It came to a bad end, which is told below.
                        Err(_) => more = false,
                    },
                    Ok(None) => more = false,
                    Err(error) => break 'all Err(error),
                }
            }
            if under_way == 0 {
                break Ok(());
            }
            let Ok(answer) = answers.recv() else { break Ok(()) };
            under_way -= 1;
            if let Err(error) = take(answer) {
                break Err(error);
            }
        };
        drop((tasks, answers));
        match worker.join() {
            Ok(()) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
