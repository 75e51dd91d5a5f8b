//! Work shared between the cores: the one place below the workspace that knows of threads.
//!
//! What a task answers depends on nothing but the task, and answers come back in the order of the
//! tasks, so that one core and many give the same.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

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
