//! Findings at the place in a picture where they bite.

use super::gather::{Gathered, Item};
use super::{mentions, terms};
use crate::picture::{Line, LineKind, Picture};
use crate::words::Words;
use linkage_model::ProcedureId;
use linkage_text::Span;

/// So many findings are marked on one node.
const MARKED: usize = 6;

/// Marks what is about a procedure in its picture; answers how many findings that are.
pub(super) fn procedure(gathered: &Gathered<'_>, id: ProcedureId, picture: &mut Picture) -> usize {
    let mut marks = Vec::new();
    for item in &gathered.items {
        let Some(finding) = item.finding else { continue };
        let about = mentions::procedure(finding).filter(|(own, _)| *own == id);
        let written = finding.places.iter().find_map(|place| place_of(picture, place.span));
        let spot = match (written, about) {
            (Some(spot), _) => spot,
            (None, Some((_, node))) => {
                let head = node.and_then(|node| gathered.institution()[id].nodes.get(node.index()));
                let head = head.and_then(|node| place_of(picture, node.head.span));
                head.unwrap_or((0, None))
            }
            (None, None) => continue,
        };
        marks.push((spot, item));
    }
    set(&marks, picture)
}

/// Marks what is written where a node of the picture is.
pub(super) fn net(gathered: &Gathered<'_>, picture: &mut Picture) {
    let mut marks = Vec::new();
    for item in &gathered.items {
        let places = item.finding.into_iter().flat_map(|finding| &finding.places);
        if let Some(spot) = places.into_iter().find_map(|place| place_of(picture, place.span)) {
            marks.push((spot, item));
        }
    }
    set(&marks, picture);
}

/// The node, and the line of it, that is written at a place.
fn place_of(picture: &Picture, at: Span) -> Option<(usize, Option<usize>)> {
    let here = |span: Option<Span>| {
        span.is_some_and(|own| {
            own.source == at.source && own.start <= at.start && at.start < own.end.max(own.start + 1)
        })
    };
    let nodes = || picture.nodes.iter().enumerate();
    let line = nodes().find_map(|(index, node)| {
        node.lines.iter().position(|line| here(line.span)).map(|line| (index, Some(line)))
    });
    line.or_else(|| nodes().find(|(_, node)| here(node.span)).map(|(index, _)| (index, None)))
}

type Mark<'g> = ((usize, Option<usize>), &'g Item<'g>);

fn set(marks: &[Mark<'_>], picture: &mut Picture) -> usize {
    for (at, node) in picture.nodes.iter_mut().enumerate() {
        let own: Vec<_> = marks.iter().filter(|((node, _), _)| *node == at).collect();
        let mut lines = Vec::new();
        let mut told = 0;
        let mut tell = |wanted: Option<usize>, lines: &mut Vec<Line>| {
            for (_, item) in own.iter().filter(|((_, line), _)| *line == wanted) {
                told += 1;
                if told <= MARKED {
                    lines.push(line(item));
                }
            }
        };
        tell(None, &mut lines);
        for (index, line) in node.lines.drain(..).enumerate() {
            lines.push(line);
            tell(Some(index), &mut lines);
        }
        if told > MARKED {
            let more = told - MARKED;
            let words = Words::new(format!("+ {more} more findings"), format!("另{more}项问题"));
            lines.push(Line { words, kind: LineKind::Plain, span: None, link: None });
        }
        node.lines = lines;
    }
    marks.len()
}

fn line(item: &Item<'_>) -> Line {
    let sign = terms::sign(item.severity);
    let words = item.title.map(|title| format!("{sign} {} {title}", item.anchor));
    let link = Some(format!("#{}", item.anchor));
    Line { words, kind: LineKind::Finding(item.severity), span: None, link }
}
