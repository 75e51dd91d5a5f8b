//! The one test binary: what the library promises as a whole.

#![allow(
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::panic,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "tests read and write files of their own and fail loudly"
)]

mod architecture;
mod browser;
mod calendar;
mod certify;
mod checks;
mod cli;
mod contract;
mod cost;
mod docs;
mod import;
mod journal;
mod pictures;
mod report;
mod scenarios;
mod syntax;

/// A path inside the repository.
fn root(path: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
