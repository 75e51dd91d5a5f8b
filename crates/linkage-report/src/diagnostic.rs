//! All that keeps a package from being understood, as diagnostics in the order of the text.

use super::{model, syntax};
use linkage_package::Analysis;
use linkage_text::{Diagnostic, Language};

/// The syntax and model errors of a package in words.
pub fn faults(analysis: &Analysis, language: Language) -> Vec<Diagnostic> {
    let syntax = analysis.syntax_errors().map(|error| {
        let text = &analysis.package.sources.get(error.span().source).text;
        syntax::diagnose(error, text, language)
    });
    let model = analysis.model_errors().map(|error| model::diagnose(error, language));
    let mut all: Vec<Diagnostic> = syntax.chain(model).collect();
    all.sort_by_key(Diagnostic::span);
    all
}
