//! `check --watch`: what it prints while rules are written.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::{FINE, rules, run};

/// A run that goes on until it is stopped, and is stopped whatever happens.
struct Run {
    child: Child,
    lines: Receiver<String>,
}

impl Run {
    fn start(language: &str, path: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_linkage"))
            .args(["--lang", language, "check", path, "--watch", "--only", "D,L"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let (send, lines) = channel();
        let out = child.stdout.take().expect("piped");
        let err = child.stderr.take().expect("piped");
        let other = send.clone();
        std::thread::spawn(move || {
            BufReader::new(out).lines().map_while(Result::ok).try_for_each(|it| send.send(it))
        });
        std::thread::spawn(move || {
            BufReader::new(err).lines().map_while(Result::ok).try_for_each(|it| other.send(it))
        });
        Self { child, lines }
    }

    /// The lines up to the first that holds this.
    fn until(&self, wanted: &str) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(60));
            let line = line.unwrap_or_else(|_| panic!("no line with {wanted:?} after {seen:#?}"));
            seen.push(line);
            if seen.last().is_some_and(|line| line.contains(wanted)) {
                return seen;
            }
        }
    }

    fn stopped(mut self) -> Option<i32> {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().expect("kills");
        assert!(sent.success());
        self.child.wait().expect("ends").code()
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn write(path: &str, text: &str) {
    std::fs::write(Path::new(path), text).expect("writable");
}

#[test]
fn a_watch_tells_what_is_new_and_what_is_gone() {
    let (_folder, path) = rules(FINE);
    let run = Run::start("en", &path);
    run.until("0 errors");
    run.until("watching for changes");
    write(&path, &FINE.replace("over m\n  basis", "over m\n  when day = workday\n  basis"));
    let seen = run.until("1 error");
    assert!(seen[0].contains("looked at it in"), "{seen:#?}");
    assert!(
        seen[1].starts_with("  new  D001 nobody leads") && seen[1].ends_with("rules.linkage:2)"),
        "{seen:#?}"
    );
    assert_eq!(seen.len(), 3);
    // What can't be understood is told, and is no change of findings.
    write(&path, &FINE.replace("lead b", "leed b"));
    let seen = run.until("from being checked");
    assert!(seen.iter().any(|line| line.contains("error")) && !seen.iter().any(|line| line.contains("gone")));
    write(&path, FINE);
    let seen = run.until("0 errors");
    assert!(seen.iter().any(|line| line.starts_with("  gone D001 nobody leads")), "{seen:#?}");
    std::fs::remove_file(&path).expect("it is there");
    run.until("no such file");
    assert_eq!(run.stopped(), Some(2));
}

#[test]
fn a_watch_ends_with_the_status_of_the_last_state() {
    let (_folder, path) = rules(FINE);
    let run = Run::start("zh", &path);
    run.until("正在等待");
    write(&path, &FINE.replace("over m\n  basis", "over m\n  when day = workday\n  basis"));
    let seen = run.until("错误1项");
    assert!(seen.iter().any(|line| line.starts_with("  新增 D001")), "{seen:#?}");
    assert_eq!(run.stopped(), Some(1));
}

#[test]
fn a_watch_refuses_what_it_can_not_tell() {
    let (_folder, path) = rules(FINE);
    for other in [["--format", "json"], ["--output", "x"], ["--as-of", "2026-01-01..2026-12-31"]] {
        let (status, _, err) = run(&[&["check", &path, "--watch"], other.as_slice()].concat());
        assert_eq!(status, 2, "{err}");
        assert!(err.contains("leave out"), "{err}");
    }
    assert_eq!(run(&["check", "no/such/folder", "--watch"]).0, 2);
}
