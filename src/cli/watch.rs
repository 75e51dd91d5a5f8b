//! Looking at a package again at each change of its files: `check --watch`.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::clock::{stopwatch, time_of_day};
use super::output::Output;
use linkage_package::{Analysis, Package, Watched};
use linkage_report::Marked;

/// So often files are looked at, and so long they have to rest before they are read: what writes several files, or
/// one bit by bit, is then done.
const EVERY: Duration = Duration::from_millis(200);

/// Checks and reports, then waits for a change and tells what it changes; until the user ends it. Answers the status
/// of the last state.
///
/// `look` analyses a package as the command line wants it, or says why it can't; `sieve` leaves out what is not to be
/// told, and answers the status.
pub(super) fn watch(
    path: &Path,
    look: impl Fn(&mut Watched, Package) -> Result<Analysis, String>,
    sieve: impl Fn(&mut Analysis) -> Result<u8, u8>,
    output: &Output,
) -> Result<u8, u8> {
    let stop = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stop);
    let set = ctrlc::set_handler(move || told.store(true, Ordering::SeqCst));
    set.map_err(|error| output.refuse(&format!("{error}"), &format!("{error}")))?;
    let mut watched = Watched::new(path);
    // What can't be read at the start is likely not what the user means: there is nothing yet to wait for.
    let mut package = watched.read().map_err(|error| linkage_report::load_sentence(&error, output.language));
    let mut good: Option<Vec<Marked>> = None;
    let mut began: Option<(jiff::civil::Time, std::time::Instant)> = None;
    loop {
        let looked = package.and_then(|package| look(&mut watched, package));
        let first = began.is_none();
        if let Some((at, began)) = began {
            let took = began.elapsed();
            output.print(&linkage_report::looked(at, took, output.language));
        }
        let status = match looked {
            Ok(mut analysis) => {
                let status = sieve(&mut analysis)?;
                tell(&analysis, &mut good, output);
                watched.take_back(analysis.package);
                status
            }
            Err(sentence) if first => return Err(output.refuse(&sentence, &sentence)),
            Err(sentence) => output.refuse(&sentence, &sentence),
        };
        if first {
            output.print(
                output
                    .language
                    .pick("watching for changes; Ctrl-C ends it\n", "正在等待规则改动；按Ctrl-C结束\n"),
            );
        }
        if !changed(&watched, &stop) {
            return Ok(status);
        }
        began = Some((time_of_day(), stopwatch()));
        package = watched.read().map_err(|error| linkage_report::load_sentence(&error, output.language));
    }
}

/// Tells what is new since the last state that could be understood; all of it where there was none.
fn tell(analysis: &Analysis, good: &mut Option<Vec<Marked>>, output: &Output) {
    let now = analysis.is_understood().then(|| linkage_report::marked(analysis, output.language));
    match (good.as_ref(), &now) {
        (Some(before), Some(now)) => {
            let news = linkage_report::news(before, now, output.language);
            output.print(&(news + &linkage_report::headline(analysis, output.language)));
        }
        _ => output.print(&linkage_report::text(analysis, output.terminal())),
    }
    // While a text is being written it often can't be understood: what then is told is against what was before.
    if now.is_some() {
        *good = now;
    }
}

/// Waits until files have changed and rest again; no if the user ends it.
fn changed(watched: &Watched, stop: &AtomicBool) -> bool {
    let mut last = watched.trace().clone();
    loop {
        for _ in 0..4 {
            if stop.load(Ordering::SeqCst) {
                return false;
            }
            std::thread::sleep(EVERY / 4);
        }
        let now = watched.trace_now();
        if now == last && now != *watched.trace() {
            return true;
        }
        last = now;
    }
}
