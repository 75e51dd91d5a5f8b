//! The pipeline on one page: read, parse, resolve, check.

use std::path::Path;

use jiff::civil::Date;

use super::{LoadError, Package, load};
use linkage_analysis::checks::{self, Finding, Practice, Proofs, Waived};
use linkage_calendar::Unit;
use linkage_model::{Division, Institution, ModelError, Resolved, resolve, resolve_amended};
use linkage_regions::Cover;
use linkage_syntax::{Clause, File, Keyword, Part, SyntaxError};
use linkage_text::Span;

/// A package with all that is known about it on a day.
#[derive(Debug)]
pub struct Analysis {
    /// The package as read.
    pub package: Package,
    /// The institution, as far as it can be resolved.
    pub resolved: Resolved,
    /// The day asked about.
    pub day: Date,
    /// The findings; none where the package can't be understood.
    pub findings: Vec<Finding>,
    /// The findings that are accepted, each with the index of the acceptance.
    pub accepted: Vec<(Finding, usize)>,
    /// How many findings are of a kind that the package switches off.
    pub off: usize,
    /// How many of the required properties hold.
    pub proofs: Proofs,
    /// How many findings were known before, and are not told again.
    pub known: usize,
    /// What a journal of real cases says, where one was asked.
    pub practice: Option<Practice>,
}

/// Reads the package at a path and checks it as of a day.
///
/// # Errors
/// The package can't be read. What is wrong with what was read is in the [`Analysis`].
pub fn analyse(path: &Path, day: Date) -> Result<Analysis, LoadError> {
    Ok(analyse_package(load(path)?, day))
}

/// Resolves a package that is read already, and looks for no findings: enough to run cases by it.
pub fn understand(mut package: Package, day: Date) -> Analysis {
    let files: Vec<&File> = package.files.iter().map(|(_, parsed)| &parsed.file).collect();
    let mut resolved = if package.adopted.is_empty() {
        resolve(&files)
    } else {
        let (resolved, adopted) = resolve_amended(&files, &package.adopted);
        package.adopted = adopted;
        resolved
    };
    if package.calendar.short_month().is_none() {
        let declarations = package.files.iter().flat_map(|(_, parsed)| &parsed.file.declarations);
        let months = declarations.flat_map(counted_in_months);
        resolved.errors.extend(months.map(|span| ModelError::MonthNotRounded { span }));
    }
    Analysis {
        package,
        resolved,
        day,
        findings: Vec::new(),
        accepted: Vec::new(),
        off: 0,
        proofs: Proofs::default(),
        known: 0,
        practice: None,
    }
}

/// Checks a package that is read already.
pub fn analyse_package(package: Package, day: Date) -> Analysis {
    let analysis = understand(package, day);
    let found = examine(&analysis);
    analysis.with(found)
}

/// Looks for findings in a package that is understood; in any other there are none.
pub fn examine(analysis: &Analysis) -> (Waived, Proofs) {
    examine_by(analysis, checks::covered)
}

/// The same, with gaps and overlaps from wherever they are known.
pub(super) fn examine_by(
    analysis: &Analysis,
    covered: impl FnOnce(&Division<'_>) -> Cover,
) -> (Waived, Proofs) {
    if !analysis.is_understood() {
        return (Waived::default(), Proofs::default());
    }
    let division = Division::new(analysis.institution(), analysis.day);
    let (warnings, calendar) = (&analysis.resolved.warnings, &analysis.package.calendar);
    let found = checks::run_over(&division, warnings, calendar, covered(&division));
    let proofs = Proofs::of(analysis.institution(), &found);
    (checks::waive(&division, &analysis.package.levels, found), proofs)
}

impl Analysis {
    /// The same with what was found.
    #[must_use]
    pub fn with(self, (waived, proofs): (Waived, Proofs)) -> Self {
        let Waived { findings, accepted, off } = waived;
        Self { findings, accepted, off, proofs, ..self }
    }

    /// The syntax errors of all files, in the order of the files.
    pub fn syntax_errors(&self) -> impl Iterator<Item = &SyntaxError> {
        self.package.files.iter().flat_map(|(_, parsed)| &parsed.errors)
    }

    /// What keeps the package from being understood, beside syntax errors. A file that can't be read leaves
    /// names unknown elsewhere: until it can, only doubled declarations are told.
    pub fn model_errors(&self) -> impl Iterator<Item = &ModelError> {
        let readable = self.syntax_errors().all(|error| !is_grave(error));
        let errors = self.resolved.errors.iter();
        errors.filter(move |error| readable || matches!(error, ModelError::Duplicate { .. }))
    }

    /// Whether the rules have one meaning, so that it makes sense to check or run them.
    pub fn is_understood(&self) -> bool {
        !self.syntax_errors().any(is_grave) && self.resolved.errors.is_empty()
    }

    /// The institution.
    pub fn institution(&self) -> &Institution {
        &self.resolved.institution
    }
}

/// The times in months or years that something is to be done within. How long data is kept is not among them:
/// nobody is late by a day.
fn counted_in_months(clause: &Clause) -> Vec<Span> {
    let own = clause.parts.iter().filter_map(|part| match part {
        Part::Duration(duration, _, span) if matches!(duration.unit, Unit::Month | Unit::Year) => Some(*span),
        _ => None,
    });
    let own = own.filter(|_| clause.keyword != Keyword::Retention);
    own.chain(clause.clauses().iter().flat_map(counted_in_months)).collect()
}

/// Whether an error leaves the meaning open; a hidden character only makes a text doubtful.
pub fn is_grave(error: &SyntaxError) -> bool {
    !matches!(error, SyntaxError::HiddenCharacter { .. })
}
