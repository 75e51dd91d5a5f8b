//! What a program that embeds Linkage asks first: what is wrong with these rules, and who leads.

use std::path::Path;

use jiff::civil::Date;
use linkage_case::{FactFault, Facts, canonical, region};
use linkage_model::Division;
use linkage_package::{Analysis, LoadError, Package, analyse, analyse_package};
use linkage_report::Answer;
use linkage_text::Language;

/// Checks the package at a path, a folder or one rule file, as of a day.
///
/// What is wrong with the text itself is in the [`Analysis`] too: there are no findings while
/// [`Analysis::is_understood`] is false.
///
/// # Errors
/// A file can't be read, or the manifest or the calendar is wrong.
pub fn check(path: impl AsRef<Path>, day: Date) -> Result<Analysis, LoadError> {
    analyse(path.as_ref(), day)
}

/// Checks rules that are in memory, as one file of this name, with the calendar of a five-day week.
pub fn check_text(name: &str, text: &str, day: Date) -> Analysis {
    analyse_package(Package::of_text(name, text), day)
}

/// Why nobody can say who leads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WhoError {
    /// The rules have errors, so that they have no one meaning.
    #[error("the rules can't be understood; see the errors of the analysis")]
    NotUnderstood,
    /// Some facts don't fit the axes of the rules.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Facts(Vec<FactFault>),
}

/// Says who leads the situations that agree with the facts, on the day of the analysis, and why.
///
/// A fact that is left out leaves its axis open: the answer has one part for each lead that is possible, and the facts
/// that would decide between them.
///
/// # Errors
/// The rules can't be understood, or a fact names an axis or a value that they don't have.
pub fn who(analysis: &Analysis, facts: &Facts, language: Language) -> Result<Answer, WhoError> {
    if !analysis.is_understood() {
        return Err(WhoError::NotUnderstood);
    }
    let institution = analysis.institution();
    let facts = canonical(institution, facts).map_err(WhoError::Facts)?;
    let division = Division::new(institution, analysis.day);
    Ok(linkage_report::who(&division, &region(institution, &facts), language))
}
