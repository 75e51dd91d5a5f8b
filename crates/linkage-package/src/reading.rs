//! What one reading of a package leaves for the next: its trees, and where it looked.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::SystemTime;

use super::load::MANIFEST;
use super::{Package, rule_files};
use linkage_syntax::Parsed;
use linkage_text::{SourceId, Sources};

/// What one reading leaves for the next.
#[derive(Default)]
pub(super) struct Reading {
    /// The trees of the files.
    pub known: Known,
    /// The packages and calendars that were looked for, also those that were not there.
    pub roots: Vec<PathBuf>,
}

/// The trees of files that were read before.
#[derive(Default)]
pub(super) struct Known {
    sources: Sources,
    parsed: BTreeMap<SourceId, Parsed>,
}

impl Known {
    /// The trees of a package that nobody needs any more.
    pub(super) fn of(package: Package) -> Self {
        Self { sources: package.sources, parsed: package.files.into_iter().collect() }
    }

    /// The tree of the file with this place and this text. Its spans say the place: elsewhere it would be another.
    pub(super) fn take(&mut self, id: SourceId, text: &str) -> Option<Parsed> {
        if self.parsed.contains_key(&id) && self.sources.get(id).text == text {
            return self.parsed.remove(&id);
        }
        None
    }
}

/// When each file of a package was written last, and how long it is: two traces differ when something was written,
/// came or went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace(BTreeMap<PathBuf, Option<(Option<SystemTime>, u64)>>);

impl Trace {
    pub(super) fn of(roots: &[PathBuf]) -> Self {
        let mut trace = Self::default();
        for root in roots {
            if root.is_dir() {
                trace.mark(root.join(MANIFEST));
                for file in rule_files(root).unwrap_or_default() {
                    trace.mark(file);
                }
            } else {
                trace.mark(root.clone());
            }
        }
        trace
    }

    fn mark(&mut self, path: PathBuf) {
        let mark = path.metadata().ok().map(|it| (it.modified().ok(), it.len()));
        self.0.insert(path, mark);
    }

    /// This, with what an earlier trace says of the same packages: what was written in between is still to be seen.
    pub(super) fn since(mut self, earlier: Self, roots: &[PathBuf]) -> Self {
        let still = |path: &PathBuf| roots.iter().any(|root| path.starts_with(root));
        self.0.extend(earlier.0.into_iter().filter(|(path, _)| still(path)));
        self
    }
}
