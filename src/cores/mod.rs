//! Work shared between the cores: the one place below the workspace that knows of threads.
//!
//! What a task answers depends on nothing but the task, and answers come back in the order of the
//! tasks, so that one core and many give the same.

use std::collections::VecDeque;
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
const AHEAD: usize = 4;

/// Works on tasks on another core while what came of those before is taken, and here as well while that core is behind.
/// Tasks come from `next`, answers go to `take`, both in order and on the thread of the caller. Ends with the first
/// that is refused.
///
/// # Errors
/// What `next` or `take` refuses.
pub fn ahead<T: Send, A: Send, E>(
    mut next: impl FnMut() -> Result<Option<T>, E>,
    work: impl Fn(T) -> A + Sync,
    mut take: impl FnMut(A) -> Result<(), E>,
) -> Result<(), E> {
    std::thread::scope(|scope| {
        let (tasks, waiting) = sync_channel::<T>(AHEAD);
        let (answer, answers) = sync_channel::<A>(AHEAD);
        let work = &work;
        let worker = scope.spawn(move || {
            for task in waiting {
                if answer.send(work(task)).is_err() {
                    return;
                }
            }
        });
        // What is under way, in order: an answer that was found here, or none where the worker owes it.
        let mut under_way: VecDeque<Option<A>> = VecDeque::new();
        let mut run = || loop {
            while under_way.iter().filter(|answer| answer.is_none()).count() < AHEAD / 2 {
                let Some(task) = next()? else { break };
                // A worker that came to a bad end is told below.
                let Ok(()) = tasks.send(task) else { return Ok(()) };
                under_way.push_back(None);
            }
            let Some(first) = under_way.pop_front() else { return Ok(()) };
            let answer = match first {
                Some(answer) => answer,
                None => loop {
                    let ready = answers.try_recv();
                    let own = if ready.is_err() && under_way.len() < AHEAD { next()? } else { None };
                    match (ready, own) {
                        (Ok(answer), _) => break answer,
                        (Err(_), Some(task)) => under_way.push_back(Some(work(task))),
                        (Err(_), None) => match answers.recv() {
                            Ok(answer) => break answer,
                            Err(_) => return Ok(()),
                        },
                    }
                },
            };
            take(answer)?;
        };
        let done = run();
        drop((tasks, answers));
        match worker.join() {
            Ok(()) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
