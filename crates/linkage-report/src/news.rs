//! What a change of rules does to the findings, in a line each: for those who watch while they write.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use jiff::civil::Time;

use super::finding::titled;
use super::terminal::visible;
use super::waiver::fingerprint;
use linkage_analysis::checks::Finding;
use linkage_package::Analysis;
use linkage_text::Language;

/// A finding as it is told, with the mark by which it is known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    mark: String,
    words: String,
    place: String,
}

/// The findings of an analysis, as they are told later.
pub fn marked(analysis: &Analysis, language: Language) -> Vec<Marked> {
    let sources = &analysis.package.sources;
    let one = |finding: &Finding| {
        let place = finding.places.first().map(|place| {
            let span = place.span;
            let source = sources.get(span.source);
            format!(" ({}:{})", visible(&source.name), source.position(span.start).line)
        });
        Marked {
            mark: fingerprint(analysis.institution(), finding),
            words: titled(analysis.institution(), finding, language),
            place: place.unwrap_or_default(),
        }
    };
    analysis.findings.iter().map(one).collect()
}

/// When a look was taken, and how long it took.
pub fn looked(at: Time, took: Duration, language: Language) -> String {
    let (at, took) = (at.strftime("%H:%M:%S"), format!("{:.2}", took.as_secs_f64()));
    language.pick(format!("{at}  looked at it in {took} s\n"), format!("{at}  检查用时{took}秒\n"))
}

/// Which findings are gone, which are told otherwise, and which are new.
pub fn news(before: &[Marked], after: &[Marked], language: Language) -> String {
    let mut left: BTreeMap<&str, Vec<&Marked>> = BTreeMap::new();
    for known in before {
        left.entry(&known.mark).or_default().push(known);
    }
    // Those that say the same first, so that of several with one mark the right ones pair up.
    let mut open = Vec::new();
    for now in after {
        let known = left.get_mut(now.mark.as_str());
        let same =
            known.and_then(|all| all.iter().position(|it| it.words == now.words).map(|at| all.remove(at)));
        if same.is_none() {
            open.push(now);
        }
    }
    let (mut otherwise, mut new) = (Vec::new(), Vec::new());
    for now in open {
        let known = left.get_mut(now.mark.as_str()).filter(|all| !all.is_empty());
        if known.map(|all| all.remove(0)).is_some() { otherwise.push(now) } else { new.push(now) }
    }
    let left: Vec<&Marked> = left.into_values().flatten().collect();
    let gone = before.iter().filter(|it| left.iter().any(|other| std::ptr::eq(*it, *other)));
    let mut out = String::new();
    for it in gone {
        let _ = writeln!(out, "  {} {}", language.pick("gone", "消除"), it.words);
    }
    for it in otherwise {
        let _ = writeln!(out, "  {} {}{}", language.pick("now ", "现为"), it.words, it.place);
    }
    for it in new {
        let _ = writeln!(out, "  {} {}{}", language.pick("new ", "新增"), it.words, it.place);
    }
    if out.is_empty() {
        out.push_str(language.pick("  no finding is gone, new or another\n", "  问题没有增减和变化\n"));
    }
    out
}
