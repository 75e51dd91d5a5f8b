//! A picture in DOT, for Graphviz.

use std::fmt::Write;

use super::{Direction, Node, Picture, Shape, Stroke};
use linkage_text::Language;

/// The picture in DOT.
pub fn dot(picture: &Picture, language: Language) -> String {
    let mut out = String::from("digraph linkage {\n");
    let direction = match picture.direction {
        Direction::Down => "TB",
        Direction::Right => "LR",
    };
    let title = quoted(picture.title.of(language));
    let _ = writeln!(out, "  rankdir={direction}; label={title}; labelloc=t; fontname=\"sans-serif\";");
    let _ = writeln!(out, "  node [shape=box, fontname=\"sans-serif\"]; edge [fontname=\"sans-serif\"];");
    for (index, lane) in picture.lanes.iter().enumerate() {
        let _ = writeln!(out, "  subgraph cluster_{index} {{ label={};", quoted(lane.of(language)));
        for (at, own) in picture.nodes.iter().enumerate().filter(|(_, own)| own.lane == index) {
            let _ = writeln!(out, "    {}", node(at, own, language));
        }
        out.push_str("  }\n");
    }
    if picture.lanes.is_empty() {
        for (at, own) in picture.nodes.iter().enumerate() {
            let _ = writeln!(out, "  {}", node(at, own, language));
        }
    }
    for edge in &picture.edges {
        let label: Vec<&str> = edge.label.iter().map(|words| words.of(language)).collect();
        let mut marks = Vec::new();
        if !label.is_empty() {
            marks.push(format!("label={}", quoted(&label.join("\n"))));
        }
        if edge.stroke == Stroke::Dashed {
            marks.push("style=dashed".to_owned());
        }
        let marks = if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) };
        let _ = writeln!(out, "  n{} -> n{}{marks};", edge.from, edge.to);
    }
    out.push_str("}\n");
    out
}

fn node(at: usize, node: &Node, language: Language) -> String {
    let lines = node.lines.iter().map(|line| line.words.of(language));
    let text: Vec<&str> = std::iter::once(node.title.of(language)).chain(lines).collect();
    let style = match node.shape {
        Shape::Card => "",
        Shape::End => ", style=\"rounded,bold\"",
        Shape::Choice => ", shape=octagon",
        Shape::Bar => ", style=bold",
        Shape::Link => ", style=rounded",
        Shape::Open => ", style=dashed",
    };
    format!("n{at} [label={}{style}];", quoted(&text.join("\n")))
}

/// A text in quotes; a backslash would begin an escape of DOT's own.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
