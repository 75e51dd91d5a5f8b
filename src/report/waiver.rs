//! Accepted findings in words, and the marks by which a finding is known again.

use crate::checks::{Fact, Finding, mentions};
use crate::model::Institution;
use crate::text::Language;

use super::fact::fact_words;
use super::region::boxes_words;
use super::terminal::visible;

/// Why, by whom and until when a finding is accepted.
pub(super) fn words(institution: &Institution, at: usize, language: Language) -> String {
    let Some(acceptance) = institution.acceptances.get(at) else { return String::new() };
    let mut words = visible(acceptance.reason.as_deref().unwrap_or_default());
    if let Some(body) = acceptance.by {
        let body = fact_words(institution, &Fact::Body(body), language);
        words += &language.pick(format!("; by {body}"), format!("；{body}"));
    }
    if let Some(until) = acceptance.until {
        words += &language.pick(format!("; until {until}"), format!("；至{until}"));
    }
    words
}

/// A mark that stays the same while a finding is about the same things: its code and the names that it speaks
/// of, not the lines that it stands in, nor how many situations it is about. A finding that names nothing is
/// known by its region.
pub(super) fn fingerprint(institution: &Institution, finding: &Finding) -> String {
    let mut hasher = blake3::Hasher::new();
    let names = mentions(institution, finding);
    let mut parts = vec![finding.check.code.to_owned(), finding.sentence.to_owned()];
    if names.is_empty() {
        parts.extend(finding.boxes().map(|boxes| boxes_words(institution, &boxes.cuboids, Language::En, 20)));
    }
    parts.extend(names.iter().map(ToString::to_string));
    for part in parts {
        hasher.update(part.as_bytes()).update(b"\n");
    }
    hasher.finalize().to_hex().chars().take(16).collect()
}
