//! The study's problems, causes and countermeasures, each with the codes that compute it, a place in the rules where
//! it occurs, and the draft that mends it: a table in Markdown, made of findings and never by hand.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use super::finding::titled;
use super::waiver::fingerprint;
use linkage_analysis::checks::{CHECKS, Cause, Check, Countermeasure, Finding, Page};
use linkage_package::Analysis;
use linkage_text::Language;

/// The table, of a package and of itself with each of its amendments adopted.
pub fn study_table(base: &Analysis, amended: &[Analysis]) -> String {
    let marks = |analysis: &Analysis| -> BTreeSet<String> {
        analysis.findings.iter().map(|finding| fingerprint(analysis.institution(), finding)).collect()
    };
    let left: Vec<(String, BTreeSet<String>)> =
        amended.iter().map(|analysis| (analysis.package.adopted.join(" + "), marks(analysis))).collect();
    let mends = |finding: &Finding| {
        let mark = fingerprint(base.institution(), finding);
        left.iter().find(|(_, marks)| !marks.contains(&mark)).map(|(name, _)| name.as_str())
    };
    let mut out = String::from(HEAD);
    for &cause in Cause::ALL {
        let checks = checks(|page| page.front.cause == cause);
        row(&mut out, base, (cause.in_words(Language::En), cause.in_words(Language::Zh)), &checks, &mends);
    }
    out.push_str(MIDDLE);
    for &countermeasure in Countermeasure::ALL {
        let checks = checks(|page| page.front.countermeasure == countermeasure);
        let words = (countermeasure.in_words(Language::En), countermeasure.in_words(Language::Zh));
        row(&mut out, base, words, &checks, &mends);
    }
    out
}

const HEAD: &str = "# The study and the rules

The study of the linkage mechanism of Luzhi names three problems of it and six causes of them, and proposes four
countermeasures. Each is computed: the codes that tell it, one finding of the package `rules/luzhi` (the one that a draft
mends, if there is one), the place, and the [amendment](amendments.md) with which it vanishes. The table is written by
the program from its findings.

## Problems and causes

| in the study | codes | for example in `rules/luzhi` | where | mended by |
|---|---|---|---|---|
";

const MIDDLE: &str = "
## Countermeasures

| in the study | removes | for example in `rules/luzhi` | where | mended by |
|---|---|---|---|---|
";

fn checks(is: impl Fn(&Page) -> bool) -> Vec<&'static Check> {
    CHECKS.iter().copied().filter(|check| Page::read(check.page).is_ok_and(|page| is(&page))).collect()
}

fn row<'a>(
    out: &mut String,
    base: &Analysis,
    (en, zh): (&str, &str),
    checks: &[&Check],
    mends: &impl Fn(&Finding) -> Option<&'a str>,
) {
    let codes: Vec<String> =
        checks.iter().map(|check| format!("[{0}](findings/{0}.md)", check.code)).collect();
    let codes = if codes.is_empty() { "—".to_owned() } else { codes.join(" ") };
    let found = || base.findings.iter().filter(|it| checks.iter().any(|check| check.code == it.check.code));
    let shown = found().find(|finding| mends(finding).is_some()).or_else(|| found().next());
    let (example, place, by) = match shown {
        None => ("does not occur".into(), "—".into(), "—".into()),
        Some(finding) => (
            titled(base.institution(), finding, Language::En).replace('|', "\\|"),
            place(base, finding),
            mends(finding).map_or_else(|| "none of the drafts".to_owned(), |name| format!("`{name}`")),
        ),
    };
    let _ = writeln!(out, "| {en} · {zh} | {codes} | {example} | {place} | {by} |");
}

/// File and line, as a link from the documents.
fn place(base: &Analysis, finding: &Finding) -> String {
    let Some(place) = finding.places.first() else { return "—".into() };
    let source = base.package.sources.get(place.span.source);
    let line = source.position(place.span.start).line;
    let within = Path::new(&source.name).strip_prefix(&base.package.path).unwrap_or(Path::new(&source.name));
    let within = within.display();
    format!("[{within}:{line}](../rules/luzhi/{within})")
}
