//! Work shared between the cores: the one crate below `linkage-journal` that knows of threads.
//!
//! What a task answers depends on nothing but the task, and answers come back in the order of the
//! tasks, so that one core and many give the same.
//!
//! ```
//! let squares = linkage_parallel::in_order(&[1, 2, 3], |number| number * number);
//! assert_eq!(squares, [1, 4, 9]);
//! ```

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Mutex, OnceLock, PoisonError};

#[cfg(test)]
mod tests;

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

/// Works on tasks on another core while what came of those before is taken, and here as well while that core is behind:
/// `a_piece` of them are handed over at once, and up to so many `pieces` are under way. Tasks come from `next`, answers go
/// to `take`, both in order and on the thread of the caller. Ends with the first that is refused. Less than a piece is
/// not worth another core.
///
/// # Errors
/// What `next` or `take` refuses.
pub fn ahead<T: Send, A: Send, E>(
    a_piece: usize,
    pieces: usize,
    mut next: impl FnMut() -> Result<Option<T>, E>,
    work: impl Fn(T) -> A + Sync,
    mut take: impl FnMut(A) -> Result<(), E>,
) -> Result<(), E> {
    let mut piece = || {
        let mut piece = Vec::with_capacity(a_piece);
        while piece.len() < a_piece
            && let Some(task) = next()?
        {
            piece.push(task);
        }
        Ok(piece)
    };
    let first = piece()?;
    if first.len() < a_piece {
        return first.into_iter().map(work).try_for_each(take);
    }
    let mut first = Some(first);
    let next = || {
        let piece = first.take().map_or_else(&mut piece, Ok)?;
        Ok(Some(piece).filter(|piece| !piece.is_empty()))
    };
    let all = |piece: Vec<T>| piece.into_iter().map(&work).collect::<Vec<A>>();
    one_by_one(pieces, next, all, |answers| answers.into_iter().try_for_each(&mut take))
}

/// The same, each task by itself.
fn one_by_one<T: Send, A: Send, E>(
    so_many: usize,
    mut next: impl FnMut() -> Result<Option<T>, E>,
    work: impl Fn(T) -> A + Sync,
    mut take: impl FnMut(A) -> Result<(), E>,
) -> Result<(), E> {
    let (tasks, waiting) = channel::<(usize, T)>();
    let waiting = Mutex::new(waiting);
    let (answer, answers) = channel::<(usize, A)>();
    std::thread::scope(|scope| {
        let (work, waiting) = (&work, &waiting);
        let worker = scope.spawn(move || {
            let first = || waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
            while let Ok((at, task)) = first() {
                if answer.send((at, work(task))).is_err() {
                    return;
                }
            }
        });
        let (mut given, mut taken, mut ended) = (0, 0, false);
        let mut ready: BTreeMap<usize, A> = BTreeMap::new();
        let mut run = || loop {
            while !ended && given < taken + so_many {
                match next()? {
                    Some(task) => {
                        // A worker that came to a bad end is told below.
                        drop(tasks.send((given, task)));
                        given += 1;
                    }
                    None => ended = true,
                }
            }
            if taken == given {
                return Ok(());
            }
            let answer = loop {
                ready.extend(answers.try_iter());
                if let Some(answer) = ready.remove(&taken) {
                    break answer;
                }
                // While the worker holds the queue it waits for tasks: then there is none to help it with.
                let own = waiting.try_lock().ok().and_then(|waiting| waiting.try_recv().ok());
                match own {
                    Some((at, task)) => drop(ready.insert(at, work(task))),
                    None => match answers.recv() {
                        Ok((at, answer)) => drop(ready.insert(at, answer)),
                        Err(_) => return Ok(()),
                    },
                }
            };
            taken += 1;
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
