//! Says what is wrong with a piece of text that the grammar could not read.

use std::ops::Range;

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

use super::super::grammar::{Grammar, Rule, clauses_in, expectation};
use super::super::keywords::reserved;
use super::super::{Expectation, Keyword, SyntaxError};
use linkage_text::{Language, SourceId, Span};

/// The errors of a broken clause or declaration: what stands there, and what could have.
pub(super) fn explain(
    source: SourceId,
    text: &str,
    range: Range<usize>,
    block: Option<Rule>,
    follows: Option<Keyword>,
) -> Vec<SyntaxError> {
    let broken = &text[range.clone()];
    let place = |start: usize, length: usize| {
        let start = range.start + start;
        Span::of(source, start..start + length)
    };
    if let Some(brace) = ["}", "｝"].into_iter().find(|brace| broken.starts_with(brace)) {
        let mut errors = vec![SyntaxError::StrayBrace { span: place(0, brace.len()) }];
        let rest = range.start + brace.len()..range.end;
        if !text[rest.clone()].trim().is_empty() {
            let skipped = text[rest.clone()].len() - text[rest.clone()].trim_start().len();
            errors.extend(explain(source, text, rest.start + skipped..rest.end, block, None));
        }
        return errors;
    }
    if let Some(span) = unclosed_text(broken) {
        return vec![SyntaxError::UnclosedText { span: place(span.start, span.len()) }];
    }
    if let Some(at) = broken.find("/*").filter(|at| !broken[*at..].contains("*/")) {
        return vec![SyntaxError::UnclosedComment { span: place(at, 2) }];
    }
    let (at, expected) = furthest(clauses_in(block), broken);
    let first = word_at(broken, 0);
    if at >= first.len() && at > 0 && starts_clause(first, &clauses_of(block)) {
        let found = word_at(broken, at);
        let keyword = clauses_of(block).into_iter().find(|keyword| spelled(*keyword, first));
        let unexpected = SyntaxError::Unexpected {
            found: found.into(),
            span: place(at, found.len()),
            clause: keyword,
            clause_span: place(0, first.len()),
            expected,
        };
        return vec![reserved_name(unexpected)];
    }
    let expected = clauses_of(block);
    let glued = expected.iter().find_map(|keyword| {
        let rest = first.strip_prefix(keyword.spelling(Language::Zh))?;
        (!rest.is_empty()).then_some((*keyword, rest))
    });
    if let Some((keyword, rest)) = glued {
        return vec![SyntaxError::GluedKeyword { keyword, rest: rest.into(), span: place(0, first.len()) }];
    }
    let block = block.and_then(|rule| match expectation(rule) {
        Some(Expectation::Keyword(keyword)) => Some(keyword),
        _ => None,
    });
    vec![SyntaxError::UnknownClause {
        word: first.into(),
        span: place(0, first.len()),
        block,
        expected,
        follows,
    }]
}

/// A keyword where only a name would do is the commonest slip: it gets its own words.
fn reserved_name(error: SyntaxError) -> SyntaxError {
    if let SyntaxError::Unexpected { found, span, expected, .. } = &error
        && reserved(found).is_some()
        && expected.contains(&Expectation::Name)
        && !expected.iter().any(|e| matches!(e, Expectation::Keyword(_)))
    {
        return SyntaxError::ReservedName { word: found.clone(), span: *span };
    }
    error
}

/// The keywords that may begin a clause in a block, as the grammar itself tells when it gets nothing.
fn clauses_of(block: Option<Rule>) -> Vec<Keyword> {
    let (_, expected) = furthest(clauses_in(block), "");
    expected
        .into_iter()
        .filter_map(
            |expected| if let Expectation::Keyword(keyword) = expected { Some(keyword) } else { None },
        )
        .collect()
}

/// The keywords that may begin a clause in the block of a rule, by the name of the rule.
pub(crate) fn clauses_of_clause(rule: &str) -> Vec<Keyword> {
    let rule = Rule::all_rules().iter().find(|own| format!("{own:?}") == rule);
    rule.map(|rule| clauses_of(Some(*rule))).unwrap_or_default()
}

fn starts_clause(word: &str, keywords: &[Keyword]) -> bool {
    keywords.iter().any(|keyword| spelled(*keyword, word)) || word.starts_with('第')
}

fn spelled(keyword: Keyword, word: &str) -> bool {
    [Language::En, Language::Zh].into_iter().any(|language| keyword.spelling(language) == word)
}

/// How far a rule can read, and what it would have taken there.
fn furthest(rule: Rule, text: &str) -> (usize, Vec<Expectation>) {
    let Err(error) = Grammar::parse(rule, text) else {
        return (text.len(), Vec::new());
    };
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let mut expected: Vec<Expectation> = match error.variant {
        ErrorVariant::ParsingError { positives, .. } => {
            positives.into_iter().filter_map(expectation).collect()
        }
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    expected.sort_unstable();
    expected.dedup();
    (at, expected)
}

/// The word, number or single mark at a place.
fn word_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    if end > 0 { &rest[..end] } else { &rest[..rest.chars().next().map_or(0, char::len_utf8)] }
}

/// A quotation mark without its partner in the same line.
fn unclosed_text(broken: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in broken.split_inclusive('\n') {
        let code = line.split("//").next().unwrap_or(line);
        let marks: Vec<usize> = code.match_indices('"').map(|(at, _)| at).collect();
        if marks.len() % 2 == 1 {
            let last = marks.last().copied().unwrap_or(0);
            return Some(start + last..start + line.trim_end().len());
        }
        if let Some(at) = code.rfind(['“', '「']).filter(|at| !code[*at + 3..].contains(['”', '」'])) {
            return Some(start + at..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}

/// Characters that show nothing or turn the reading direction: a text must be what it looks like.
pub(super) fn hidden_characters(source: SourceId, text: &str, errors: &mut Vec<SyntaxError>) {
    if text.is_ascii() && !text.contains('\0') {
        return;
    }
    let hidden = |c: &char| matches!(c, '\0' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}');
    for (at, character) in text.char_indices().filter(|(_, c)| hidden(c)) {
        let span = Span::of(source, at..at + character.len_utf8());
        errors.push(SyntaxError::HiddenCharacter { character, span });
    }
}
