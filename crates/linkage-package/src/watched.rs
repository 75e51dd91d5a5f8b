//! A package that is looked at again and again: what has not changed is neither parsed nor asked anew.
//!
//! ```text
//!   file as before, in its place ──────► its tree              ([`Known`])
//!   claims as before, but for a few ───► gaps and overlaps     ([`Kept`])
//!   all else ──────────────────────────► anew
//! ```
//!
//! What is told is what [`analyse_package`](super::analyse_package) tells of the same files, but for two limits. Where a
//! whole package is too entangled to be decided within the budget, its last change may be decided. Where a region is too
//! entangled for its fewest boxes to be known, it may be told by other boxes with the same points.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::analysis::{examine_by, understand};
use super::kept::{Kept, covered};
use super::load::load_again;
use super::reading::{Known, Reading, Trace};
use super::{Analysis, LoadError, Package};

/// What is kept from one look to the next.
pub struct Watched {
    path: PathBuf,
    reading: Reading,
    trace: Trace,
    kept: Option<Kept>,
}

impl Watched {
    /// Nothing is known yet of the package at this path.
    pub fn new(path: &Path) -> Self {
        let reading = Reading { roots: vec![path.into()], ..Reading::default() };
        Self { path: path.into(), reading, trace: Trace::default(), kept: None }
    }

    /// Reads the package, a folder or a file, as it is now.
    ///
    /// # Errors
    /// As for [`load`](super::load()). The next reading then parses what this one had come to.
    pub fn read(&mut self) -> Result<Package, LoadError> {
        let before = Trace::of(&self.reading.roots);
        let package = load_again(&self.path, &mut self.reading);
        self.trace = Trace::of(&self.reading.roots).since(before, &self.reading.roots);
        package
    }

    /// The trace of the package when it was read.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The trace of the package as it is now.
    pub fn trace_now(&self) -> Trace {
        Trace::of(&self.reading.roots)
    }

    /// Checks a package that was read.
    pub fn analyse(&mut self, package: Package, day: Date) -> Analysis {
        let analysis = understand(package, day);
        let kept = &mut self.kept;
        let found = examine_by(&analysis, |division| covered(kept, division));
        analysis.with(found)
    }

    /// Takes back the trees of a package that nobody needs any more.
    pub fn take_back(&mut self, package: Package) {
        self.reading.known = Known::of(package);
    }
}
