//! Many who write through one: a bounded queue, one writer, and as many commands a commit as wait.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{Answer, Engine, Failure, Request};
use crate::store::Journal;

/// So many commands wait at most; whoever comes then waits to be let in.
const QUEUE: usize = 1024;
/// So many commands share one commit at most.
const A_COMMIT: usize = 256;
/// After so long without a command, what lags behind is brought up.
const REST: Duration = Duration::from_millis(100);

type Reply = Sender<Result<Answer, Failure>>;

/// Where clients hand in commands. Clones go to other threads.
#[derive(Clone)]
pub struct Desk {
    queue: SyncSender<(Request, Reply)>,
}

/// The writer behind a desk: its engine comes back when all desks are gone.
pub struct Closed<J> {
    writer: JoinHandle<Engine<J>>,
}

impl Desk {
    /// Opens a desk before an engine.
    pub fn open<J: Journal + 'static>(engine: Engine<J>) -> (Self, Closed<J>) {
        let (queue, waiting) = sync_channel(QUEUE);
        let writer = std::thread::spawn(move || serve(engine, &waiting));
        (Self { queue }, Closed { writer })
    }

    /// Hands in a command and waits until it is lasting, or refused.
    ///
    /// # Errors
    /// It was refused, the store can't take it, or the desk is closed.
    pub fn ask(&self, request: Request) -> Result<Answer, Failure> {
        let (reply, answer) = channel();
        self.queue.send((request, reply)).map_err(|_| Failure::Stopped)?;
        answer.recv().map_err(|_| Failure::Stopped)?
    }
}

impl<J> Closed<J> {
    /// Waits until all that was handed in is answered; call it when all desks are gone.
    ///
    /// # Errors
    /// The writer came to a bad end.
    pub fn wait(self) -> Result<Engine<J>, Failure> {
        self.writer.join().map_err(|_| Failure::Stopped)
    }
}

fn serve<J: Journal>(mut engine: Engine<J>, waiting: &Receiver<(Request, Reply)>) -> Engine<J> {
    loop {
        let first = match waiting.recv_timeout(REST) {
            Ok(first) => first,
            Err(RecvTimeoutError::Disconnected) => return engine,
            Err(RecvTimeoutError::Timeout) => {
                // If it can't be now, it is done later.
                drop(engine.level());
                match waiting.recv() {
                    Ok(first) => first,
                    Err(_) => return engine,
                }
            }
        };
        let (mut requests, mut replies) = (vec![first.0], vec![first.1]);
        while requests.len() < A_COMMIT
            && let Ok((request, reply)) = waiting.try_recv()
        {
            requests.push(request);
            replies.push(reply);
        }
        for (answer, reply) in engine.execute(&requests).into_iter().zip(replies) {
            // Whoever asked may be gone; what was done is done.
            drop(reply.send(answer));
        }
    }
}
