//! The rules that a finding speaks of, as they are written: each clause with what is to be seen there.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::both;
use crate::report::words::Words;
use crate::text::{Label, Source, Sources};

/// The excerpts of a finding, the clause that it is about first; each declaration in so many lines at most.
pub(super) fn excerpts(sources: &Sources, told: [&[Label]; 2], lines: usize) -> Markup {
    let mut shown: BTreeSet<(String, usize)> = BTreeSet::new();
    html! {
        @for (en, zh) in told[0].iter().zip(told[1]) {
            @let source = sources.get(en.span.source);
            @let place = source.position(en.span.start);
            @let is_new = shown.insert((source.name.clone(), place.line));
            figure.main[en.primary] {
                figcaption { code { (source.name) ":" (place.line) } " " (both(&Words::new(&en.text, &zh.text))) }
                @if is_new { (code(source, en, lines)) }
            }
        }
    }
}

fn code(source: &Source, label: &Label, most: usize) -> Markup {
    let text = source.text.as_str();
    let (start, end) = (label.span.start as usize, label.span.end as usize);
    let begin = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let first = source.position(label.span.start).line;
    let rest = text.get(begin..).unwrap_or_default();
    let mut depth = 0_i32;
    let mut opened = false;
    let mut at = begin;
    let mut lines = Vec::new();
    for line in rest.split_inclusive('\n').take(most) {
        let shown = line.trim_end_matches(['\n', '\r']);
        // The part of the line that the label speaks of.
        let (from, to) = (start.clamp(at, at + shown.len()) - at, end.clamp(at, at + shown.len()) - at);
        let cut = |range: std::ops::Range<usize>| shown.get(range).unwrap_or_default().to_owned();
        lines.push((cut(0..from), cut(from..to), cut(to..shown.len())));
        at += line.len();
        for c in shown.split("//").next().unwrap_or_default().chars() {
            match c {
                '{' | '｛' => (depth, opened) = (depth + 1, true),
                '}' | '｝' => depth -= 1,
                _ => {}
            }
        }
        if depth <= 0 && (opened || at >= end) {
            break;
        }
    }
    let cut = lines.len() == most && depth > 0;
    html! {
        pre tabindex="0" {
            @for (number, (before, marked, after)) in (first..).zip(&lines) {
                span.n { (number) } " " (before) @if !marked.is_empty() { mark { (marked) } } (after) "\n"
            }
            @if cut { span.n { "…" } "\n" }
        }
    }
}
