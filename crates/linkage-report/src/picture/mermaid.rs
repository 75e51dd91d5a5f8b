//! A picture in Mermaid, for pages that draw it themselves.

use std::fmt::Write;

use super::{Direction, Node, Picture, Shape, Stroke};
use linkage_text::Language;

/// The picture in Mermaid.
pub fn mermaid(picture: &Picture, language: Language) -> String {
    let direction = match picture.direction {
        Direction::Down => "TD",
        Direction::Right => "LR",
    };
    let mut out = format!("---\ntitle: {}\n---\nflowchart {direction}\n", yaml(picture.title.of(language)));
    for (index, lane) in picture.lanes.iter().enumerate() {
        let _ = writeln!(out, "  subgraph l{index}[\"{}\"]", text(lane.of(language)));
        for (at, own) in picture.nodes.iter().enumerate().filter(|(_, own)| own.lane == index) {
            let _ = writeln!(out, "    {}", node(at, own, language));
        }
        out.push_str("  end\n");
    }
    if picture.lanes.is_empty() {
        for (at, own) in picture.nodes.iter().enumerate() {
            let _ = writeln!(out, "  {}", node(at, own, language));
        }
    }
    for edge in &picture.edges {
        let arrow = match edge.stroke {
            Stroke::Solid => "-->",
            Stroke::Dashed => "-.->",
        };
        let label: Vec<String> = edge.label.iter().map(|words| text(words.of(language))).collect();
        let label = if label.is_empty() { String::new() } else { format!("|\"{}\"|", label.join("<br/>")) };
        let _ = writeln!(out, "  n{} {arrow}{label} n{}", edge.from, edge.to);
    }
    out
}

fn node(at: usize, node: &Node, language: Language) -> String {
    let lines = node.lines.iter().map(|line| text(line.words.of(language)));
    let label: Vec<String> = std::iter::once(text(node.title.of(language))).chain(lines).collect();
    let label = label.join("<br/>");
    match node.shape {
        Shape::Card | Shape::Open => format!("n{at}[\"{label}\"]"),
        Shape::End => format!("n{at}([\"{label}\"])"),
        Shape::Choice => format!("n{at}{{{{\"{label}\"}}}}"),
        Shape::Bar => format!("n{at}[[\"{label}\"]]"),
        Shape::Link => format!("n{at}(\"{label}\")"),
    }
}

/// A text inside quotes: what Mermaid or the page would read as more than text becomes a code.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '|' | '{' | '}' | '[' | ']' => {
                let _ = write!(out, "#{};", c as u32);
            }
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The title is no label: Mermaid knows no codes there.
fn yaml(text: &str) -> String {
    let text = text.replace('<', "＜").replace('>', "＞");
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " "))
}
