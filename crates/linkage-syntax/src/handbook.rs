//! What each keyword is for, how its clauses are written, and where they stand: read from the grammar itself, so that
//! it can't say something else than the parser takes.

use std::collections::BTreeMap;

use linkage_text::Language;

use super::Keyword;
use super::parse::clauses_of_clause;

/// The text of the grammar: each rule has a doc line with a sample.
const GRAMMAR: &str = include_str!("../grammar/linkage.pest");

/// One way to use a keyword.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// What the grammar says of it; empty where the sample says all.
    pub note: String,
    /// A clause that parses.
    pub sample: String,
    /// What may begin a clause in its block; empty where it has none.
    pub holds: Vec<Keyword>,
    /// The clauses whose blocks it may stand in; none inside stands for the top of a file.
    pub stands_in: Vec<Option<Keyword>>,
}

/// Keywords of a spelling, in either language. `依据` is two: it declares a law and names a basis.
pub fn keywords_spelled(word: &str) -> Vec<Keyword> {
    let languages = [Language::En, Language::Zh];
    let spelled = |keyword: &&Keyword| languages.iter().any(|language| keyword.spelling(*language) == word);
    Keyword::ALL.iter().filter(spelled).copied().collect()
}

/// The clauses that begin with a keyword, in the order of the grammar; empty for a word that only stands inside others.
pub fn usages(keyword: Keyword) -> Vec<Usage> {
    let rules = rules();
    let name = keyword_rule(keyword);
    let parents: Vec<(Option<&str>, Vec<&str>)> = std::iter::once((None, "declaration"))
        .chain(rules.iter().filter_map(|(rule, own)| Some((Some(*rule), own.block?))))
        .map(|(rule, clauses)| (rule, alternatives(&rules, clauses)))
        .collect();
    let own = rules.iter().filter(|(_, rule)| rule.begins == Some(name.as_str()) && rule.sample.is_some());
    own.filter_map(|(rule, found)| {
        let mut stands_in: Vec<Option<Keyword>> = parents
            .iter()
            .filter(|(_, clauses)| clauses.contains(rule))
            .filter_map(|(parent, _)| match parent {
                None => Some(None),
                // An article is cited in Chinese without a keyword before its number.
                Some("article") => Some(Some(Keyword::Article)),
                Some(parent) => rules.get(parent)?.keyword().map(Some),
            })
            .collect();
        stands_in.sort_unstable();
        stands_in.dedup();
        Some(Usage {
            note: found.note.clone(),
            sample: found.sample.clone()?,
            holds: found.block.map(|_| clauses_of_clause(rule)).unwrap_or_default(),
            stands_in,
        })
        .filter(|usage| !usage.stands_in.is_empty())
    })
    .collect()
}

/// A rule of the grammar, as far as this page needs it.
struct Own<'g> {
    note: String,
    sample: Option<String>,
    /// The keyword that it begins with.
    begins: Option<&'g str>,
    /// What stands in its block.
    block: Option<&'g str>,
    /// The rules that it names one of.
    either: Vec<&'g str>,
}

impl Own<'_> {
    fn keyword(&self) -> Option<Keyword> {
        Keyword::ALL.iter().copied().find(|keyword| Some(keyword_rule(*keyword).as_str()) == self.begins)
    }
}

/// `kw_mandate` for [`Keyword::Mandate`].
fn keyword_rule(keyword: Keyword) -> String {
    let mut name = String::from("kw");
    for letter in format!("{keyword:?}").chars() {
        if letter.is_uppercase() {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

fn rules() -> BTreeMap<&'static str, Own<'static>> {
    let mut rules = BTreeMap::new();
    let mut docs: Vec<&str> = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in GRAMMAR.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some(doc) = line.strip_prefix("/// ") {
            docs.push(doc.trim_end());
        } else if let Some((name, _)) = line.split_once(" = ")
            && open.is_none()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        {
            open = Some((name, start));
        }
        let Some((name, from)) = open else { continue };
        if line.trim_end().ends_with('}') {
            rules.insert(name, read_rule(&docs.join(" "), &GRAMMAR[from..at]));
            docs.clear();
            open = None;
        }
    }
    rules
}

fn read_rule<'g>(doc: &str, rule: &'g str) -> Own<'g> {
    let (note, sample) = match doc.split_once("Sample: `") {
        Some((note, sample)) => (note.trim(), Some(sample.trim_end_matches('`').to_owned())),
        None => (doc, None),
    };
    let body = rule.split_once('{').map_or("", |(_, body)| body).trim().trim_end_matches('}').trim();
    let word = |text: &'g str| text.trim().split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
    let begins = word(body).filter(|word| word.starts_with("kw_"));
    let block = body.split_once("open ~ (").and_then(|(_, rest)| word(rest));
    let either = if body.contains('~') { Vec::new() } else { body.split('|').map(str::trim).collect() };
    Own { note: note.to_owned(), sample, begins, block, either }
}

/// The rules that a rule stands for one of, through those that only gather others.
fn alternatives<'g>(rules: &BTreeMap<&'g str, Own<'g>>, name: &'g str) -> Vec<&'g str> {
    match rules.get(name) {
        Some(rule) if !rule.either.is_empty() => {
            rule.either.iter().flat_map(|other| alternatives(rules, other)).collect()
        }
        _ => vec![name],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mandate_and_its_clauses() {
        let [usage] = &usages(Keyword::Mandate)[..] else { panic!("one way") };
        assert!(usage.sample.starts_with("mandate fire_daily"));
        assert!(usage.holds.contains(&Keyword::Lead) && usage.holds.contains(&Keyword::Notwithstanding));
        assert!(usage.stands_in.contains(&None));
    }

    #[test]
    fn a_clause_of_several_blocks() {
        let stands_in: Vec<_> =
            usages(Keyword::Within).into_iter().flat_map(|usage| usage.stands_in).collect();
        assert!(stands_in.contains(&Some(Keyword::Procedure)) && stands_in.contains(&Some(Keyword::Step)));
    }

    #[test]
    fn spellings_of_both_languages() {
        assert_eq!(keywords_spelled("职责"), [Keyword::Mandate]);
        assert_eq!(keywords_spelled("依据").len(), 2);
    }

    /// Whatever may begin a clause has a page.
    #[test]
    fn every_keyword_that_begins_a_clause_has_its_usage() {
        let top = usages(Keyword::Procedure).remove(0).holds;
        for keyword in top {
            assert!(!usages(keyword).is_empty(), "{keyword:?}");
        }
    }
}
