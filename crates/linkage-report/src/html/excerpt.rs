//! The rules that a finding speaks of, as they are written: each declaration with what is to be seen in it.

use std::ops::Range;

use maud::{Markup, html};

use super::both;
use crate::words::Words;
use linkage_text::{Label, Source, Sources};

/// So many declarations of a finding are shown.
const DECLARATIONS: usize = 10;

/// A declaration is looked for so many lines above what a label speaks of, and ends as many below.
const FARTHEST: usize = 60;

/// The lines of a declaration, and the labels inside it in both languages.
type Declared<'l> = (Range<usize>, Vec<(&'l Label, &'l Label)>);

/// The excerpts of a finding, the clause that it is about first; each declaration once, in so many lines at
/// most: of a longer one its first line, and what labels speak of.
pub(super) fn excerpts(sources: &Sources, told: [&[Label]; 2], most: usize) -> Markup {
    let mut shown: Vec<Declared<'_>> = Vec::new();
    for pair in told[0].iter().zip(told[1]) {
        let lines = declaration(sources.get(pair.0.span.source), pair.0);
        let same = |(own, labels): &&mut Declared<'_>| {
            own.start == lines.start
                && labels.first().is_some_and(|it| it.0.span.source == pair.0.span.source)
        };
        match shown.iter_mut().find(same) {
            Some((own, labels)) => {
                own.end = own.end.max(lines.end);
                labels.push(pair);
            }
            None => shown.push((lines, vec![pair])),
        }
    }
    html! {
        @for (lines, labels) in shown.iter().take(DECLARATIONS) {
            figure {
                @for (en, zh) in labels {
                    @let source = sources.get(en.span.source);
                    figcaption {
                        code { (source.name) ":" (source.position(en.span.start).line) }
                        " " (both(&Words::new(&en.text, &zh.text)))
                    }
                }
                @let own: Vec<&Label> = labels.iter().map(|(en, _)| *en).collect();
                (code(sources.get(own[0].span.source), lines, &own, most))
            }
        }
        @if shown.len() > DECLARATIONS {
            @let more = shown.len() - DECLARATIONS;
            p { (both(&Words::new(format!("and {more} more declarations"), format!("另有{more}处规定")))) }
        }
    }
}

/// The lines of the declaration around a label, counted from 0: from a line that is not indented to where
/// braces are even again.
fn declaration(source: &Source, label: &Label) -> Range<usize> {
    let here = source.position(label.span.start).line.saturating_sub(1);
    let first = here.saturating_sub(FARTHEST);
    let text: Vec<&str> =
        (first..first + 2 * FARTHEST).map_while(|at| source.line(at)).map(|(_, line)| line).collect();
    let here_in = here.min(FARTHEST);
    let begins = |line: &str| line.starts_with(|c: char| !c.is_whitespace() && c != '}' && c != '/');
    let up = (0..=here_in).rev().find(|at| text.get(*at).is_some_and(|line| begins(line)));
    let start = up.unwrap_or(here_in);
    let mut depth = 0_i32;
    let mut end = text.len();
    for (at, line) in text.iter().enumerate().skip(start) {
        for c in line.split("//").next().unwrap_or_default().chars() {
            depth += match c {
                '{' | '｛' => 1,
                '}' | '｝' => -1,
                _ => 0,
            };
        }
        if depth <= 0 && at >= here_in {
            end = at + 1;
            break;
        }
    }
    let shift = here - here_in;
    start + shift..end + shift
}

fn code(source: &Source, range: &Range<usize>, labels: &[&Label], most: usize) -> Markup {
    let of = |label: &Label, (begin, line): (usize, &str)| {
        let inside = |at: u32| (at as usize).clamp(begin, begin + line.len()) - begin;
        inside(label.span.start)..inside(label.span.end)
    };
    let marked = |at: usize| {
        source.line(at).is_some_and(|line| labels.iter().any(|label| !of(label, line).is_empty()))
    };
    let short = range.len() <= most;
    let near = |at: usize| {
        short
            || at == range.start
            || marked(at)
            || (most > 4 && (marked(at + 1) || (at > 0 && marked(at - 1))))
    };
    let mut told: Vec<usize> = range.clone().filter(|at| near(*at)).collect();
    let more = told.len().saturating_sub(2 * most);
    told.truncate(2 * most);
    html! {
        pre tabindex="0" {
            @for (index, at) in told.iter().enumerate() {
                @if index > 0 && told[index - 1] + 1 < *at { span.n { "…" } "\n" }
                @if let Some(line) = source.line(*at) {
                    span.n { (at + 1) } " " (marks(line.1, labels.iter().map(|label| of(label, line)).collect())) "\n"
                }
            }
            @if more > 0 {
                span.n { "… " (both(&Words::new(format!("and {more} more lines"), format!("另有{more}行")))) } "\n"
            }
        }
    }
}

/// A line with what is spoken of in it marked.
fn marks(line: &str, mut ranges: Vec<Range<usize>>) -> Markup {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| (range.start, range.end));
    let cut = |from: usize, to: usize| line.get(from..to).unwrap_or_default();
    let mut parts = Vec::new();
    let mut at = 0;
    for range in ranges {
        let start = range.start.max(at);
        if start >= range.end {
            continue;
        }
        parts.push((cut(at, start), cut(start, range.end)));
        at = range.end;
    }
    html! { @for (plain, marked) in parts { (plain) mark { (marked) } } (cut(at, line.len())) }
}
