//! Diagnostics as text for a terminal, with excerpts of the source.

use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use linkage_text::{Diagnostic, Label, Language, Severity, SourceId, Sources};

/// How a terminal is to be written to.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// The language.
    pub language: Language,
    /// Whether it shows colours.
    pub colour: bool,
    /// How many columns it has.
    pub width: usize,
}

impl Terminal {
    /// A diagnostic with its excerpts.
    pub fn render(&self, sources: &Sources, diagnostic: &Diagnostic) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR.with_name(self.language.pick("error", "错误")),
            Severity::Warning => Level::WARNING.with_name(self.language.pick("warning", "警告")),
            Severity::Note => Level::NOTE.with_name(self.language.pick("note", "提示")),
        };
        let mut title = level.primary_title(visible(&diagnostic.message));
        if let Some(code) = diagnostic.code {
            title = title.id(code);
        }
        let mut group = Group::with_title(title);
        for snippet in snippets(sources, &diagnostic.labels) {
            group = group.element(snippet);
        }
        for note in &diagnostic.notes {
            let level = Level::NOTE.with_name(self.language.pick("note", "说明"));
            group = group.element(level.message(visible(note)));
        }
        for help in &diagnostic.helps {
            let level = Level::HELP.with_name(self.language.pick("help", "建议"));
            group = group.element(level.message(visible(help)));
        }
        let renderer = if self.colour { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(self.width);
        let mut text = renderer.render(&[group]);
        text.push('\n');
        text
    }
}

/// One excerpt a source, from the first labelled line to the last; the source of the primary label first.
fn snippets<'s>(
    sources: &'s Sources,
    labels: &[Label],
) -> Vec<Snippet<'s, annotate_snippets::Annotation<'s>>> {
    let mut order: Vec<SourceId> = Vec::new();
    let mut by_source: BTreeMap<SourceId, Vec<&Label>> = BTreeMap::new();
    for label in labels.iter().filter(|label| label.primary).chain(labels) {
        if !order.contains(&label.span.source) {
            order.push(label.span.source);
        }
        let known = by_source.entry(label.span.source).or_default();
        if !known.contains(&label) {
            known.push(label);
        }
    }
    order.into_iter().map(|id| snippet(sources, id, &by_source[&id])).collect()
}

fn snippet<'s>(
    sources: &'s Sources,
    id: SourceId,
    labels: &[&Label],
) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
    let source = sources.get(id);
    let text = source.text.as_str();
    // Only the lines from the first to the last label: the renderer looks at every line that it gets.
    let first = labels.iter().map(|label| label.span.start as usize).min().unwrap_or(0).min(text.len());
    let last = labels.iter().map(|label| label.span.end as usize).max().unwrap_or(0).min(text.len());
    let start = text.get(..first).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(last..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| last + at);
    let line = source.position(u32::try_from(start).unwrap_or(0)).line;
    let excerpt = text.get(start..end).unwrap_or_default();
    let annotations = labels.iter().map(|label| {
        let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let range = first_line(
            excerpt,
            label.span.start as usize - start,
            (label.span.end as usize).min(end) - start,
        );
        kind.span(range).label(visible(&label.text))
    });
    Snippet::source(excerpt)
        .path(source.name.as_str())
        .line_start(line)
        .annotations(annotations.collect::<Vec<_>>())
}

/// What spans several lines is marked in its first one.
fn first_line(text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let end = end.max(start);
    let cut = text.get(start..end).and_then(|inner| inner.find('\n')).map_or(end, |at| start + at);
    start..cut
}

/// Text from rule files, with everything made visible that a terminal would act on.
pub fn visible(text: &str) -> String {
    let odd = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if !text.contains(odd) {
        return text.to_owned();
    }
    let shown = |c: char| if odd(c) { format!("<U+{:04X}>", c as u32) } else { c.to_string() };
    text.chars().map(shown).collect()
}
