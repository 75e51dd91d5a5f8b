//! A picture as SVG: text stays text, colours come from custom properties, nothing is loaded.

use std::fmt::Write;

use maud::{Markup, PreEscaped, html};

use super::card::{self, LINE, PADDING, Row, label_rows, rows};
use super::layout::{Rect, lay};
use super::{Direction, LineKind, Picture, Shape, Stroke};
use crate::words::{Spoken, Words};
use linkage_text::{Language, Severity};

/// The colours and lines of pictures. A page that shows pictures has this once; a picture that stands alone
/// brings it along.
pub const STYLE: &str = include_str!("style.css");

/// The picture. With an `anchor` it is part of a page that has the style, and ids begin with the anchor;
/// without it stands alone.
pub fn svg(picture: &Picture, spoken: Spoken, anchor: Option<&str>) -> Markup {
    let drawing = lay(picture, spoken);
    let (title, about) = (format!("{}-t", anchor.unwrap_or("lk")), format!("{}-d", anchor.unwrap_or("lk")));
    let has_links = picture.nodes.iter().flat_map(|node| &node.lines).any(|line| line.link.is_some());
    let view = format!("0 0 {} {}", drawing.width, drawing.height);
    let language = match spoken {
        Spoken::One(language) => Some(language.pick("en", "zh")),
        Spoken::Both => None,
    };
    html! {
        svg xmlns="http://www.w3.org/2000/svg" class="lk" viewBox=(view) width=(drawing.width)
            height=(drawing.height) lang=[language] role=(if has_links { "group" } else { "img" })
            aria-labelledby=(title) aria-describedby=(about) {
            title id=(title) { (said(&picture.title, spoken)) }
            desc id=(about) { (said(&picture.about, spoken)) }
            @if anchor.is_none() { style { (PreEscaped(STYLE)) } }
            @for (index, (lane, area)) in picture.lanes.iter().zip(&drawing.lanes).enumerate() {
                rect.lk-lane.lk-odd[index % 2 == 1] x=(area.x) y=(area.y) width=(area.width) height=(area.height) {}
                (lane_title(lane, spoken, area.x + area.width / 2, area.y + LINE + 2))
            }
            // All wires of a kind are one path: large reports have ten thousand of them.
            @for (stroke, class) in [(Stroke::Solid, "lk-wire"), (Stroke::Dashed, "lk-wire lk-dashed")] {
                @let own = || picture.edges.iter().zip(&drawing.wires).filter(|(edge, _)| edge.stroke == stroke);
                @let wires: String = own().map(|(_, wire)| path(&wire.points, picture.direction)).collect();
                @if !wires.is_empty() { path class=(class) d=(wires) {} }
            }
            @let tips: String = drawing.wires.iter().map(|wire| tip(&wire.points)).collect();
            @if !tips.is_empty() { path.lk-tip d=(tips) {} }
            @for (edge, wire) in picture.edges.iter().zip(&drawing.wires) {
                @if let Some(area) = wire.label { (label(&edge.label, area, spoken)) }
            }
            @for (node, area) in picture.nodes.iter().zip(&drawing.boxes) {
                g.lk-node transform=(format!("translate({} {})", area.x, area.y)) {
                    (shape(node.shape, *area))
                    @let each: Vec<(Language, Vec<Row>)> =
                        spoken.languages().iter().map(|language| (*language, rows(node, *language))).collect();
                    @if each.len() == 2 && each[0].1 == each[1].1 {
                        (lines(&each[0].1))
                    } @else if each.len() == 1 {
                        (lines(&each[0].1))
                    } @else {
                        @for (language, rows) in &each { g lang=(language.pick("en", "zh")) { (lines(rows)) } }
                    }
                }
            }
        }
    }
}

/// `title` and `desc` can hold no elements: both languages stand one behind the other.
fn said(words: &Words, spoken: Spoken) -> String {
    match spoken {
        Spoken::One(language) => words.of(language).to_owned(),
        Spoken::Both if words.en == words.zh => words.en.clone(),
        Spoken::Both => format!("{} / {}", words.en, words.zh),
    }
}

fn lane_title(words: &Words, spoken: Spoken, x: i64, y: i64) -> Markup {
    let one = |language: &Language| {
        html! {
            @for (index, row) in (0..).zip(card::wrap(words.of(*language))) {
                text class="lk-lane-title" x=(x) y=(y + index * LINE) { (row) }
            }
        }
    };
    match spoken {
        Spoken::Both if words.en != words.zh => html! {
            @for language in spoken.languages() { g lang=(language.pick("en", "zh")) { (one(language)) } }
        },
        _ => one(&spoken.languages()[0]),
    }
}

fn label(label: &[Words], area: Rect, spoken: Spoken) -> Markup {
    let middle = area.x + area.width / 2;
    let one = |rows: Vec<String>| {
        let top = area.y + (area.height - card::whole(rows.len()) * LINE) / 2;
        html! {
            @for (index, row) in (0..).zip(rows) {
                text.lk-label x=(middle) y=(top + index * LINE + 12) { (row) }
            }
        }
    };
    let each: Vec<Vec<String>> = spoken.languages().iter().map(|it| label_rows(label, *it)).collect();
    html! {
        rect.lk-paper x=(area.x) y=(area.y) width=(area.width) height=(area.height) {}
        @if each.len() == 1 || each[0] == each[1] { (one(each[0].clone())) } @else {
            @for (language, rows) in spoken.languages().iter().zip(each) {
                g lang=(language.pick("en", "zh")) { (one(rows)) }
            }
        }
    }
}

fn shape(shape: Shape, area: Rect) -> Markup {
    let (width, height) = (area.width, area.height);
    let cut = 10.min(height / 2);
    match shape {
        Shape::Choice => {
            let points = format!(
                "{cut},0 {},0 {width},{cut} {width},{} {},{height} {cut},{height} 0,{} 0,{cut}",
                width - cut,
                height - cut,
                width - cut,
                height - cut
            );
            html! { polygon.lk-box.lk-choice points=(points) {} }
        }
        _ => {
            let (class, round) = match shape {
                Shape::End => ("lk-box lk-end", height.min(32) / 2),
                Shape::Bar => ("lk-box lk-bar", 2),
                Shape::Link => ("lk-box lk-link", 12.min(height / 2)),
                Shape::Open => ("lk-box lk-open", 4),
                Shape::Card | Shape::Choice => ("lk-box", 4),
            };
            html! { rect class=(class) width=(width) height=(height) rx=(round) {} }
        }
    }
}

fn lines(rows: &[Row]) -> Markup {
    html! {
        @for (index, row) in (0..).zip(rows) {
            @let (x, y) = (PADDING, PADDING / 2 + index * LINE + 12);
            @match &row.link {
                Some(link) => { a href=(link) { text class=[class(row.kind)] x=(x) y=(y) { (row.text) } } }
                None => { text class=[class(row.kind)] x=(x) y=(y) { (row.text) } }
            }
        }
    }
}

/// Plain lines have none: most are.
fn class(kind: Option<LineKind>) -> Option<&'static str> {
    match kind {
        None => Some("lk-title"),
        Some(LineKind::Plain) => None,
        Some(LineKind::Deadline) => Some("lk-time"),
        Some(LineKind::Rung) => Some("lk-rung"),
        Some(LineKind::Owed) => Some("lk-owed"),
        Some(LineKind::Finding(Severity::Error)) => Some("lk-error"),
        Some(LineKind::Finding(Severity::Warning)) => Some("lk-warning"),
        Some(LineKind::Finding(Severity::Note)) => Some("lk-note"),
    }
}

/// Straight where two points are in line, else a curve that leaves and enters along the layers.
fn path(points: &[(i64, i64)], direction: Direction) -> String {
    let mut path = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        let Some((from_x, from_y)) = index.checked_sub(1).map(|before| points[before]) else {
            let _ = write!(path, "M{x} {y}");
            continue;
        };
        let _ = if from_x == *x || from_y == *y {
            write!(path, "L{x} {y}")
        } else if direction == Direction::Down {
            let half = i64::midpoint(from_y, *y);
            write!(path, "C{from_x} {half} {x} {half} {x} {y}")
        } else {
            let half = i64::midpoint(from_x, *x);
            write!(path, "C{half} {from_y} {half} {y} {x} {y}")
        };
    }
    path
}

/// The tip of an arrow: edges enter along the layers, so it points one of four ways.
fn tip(points: &[(i64, i64)]) -> String {
    let [.., before, (x, y)] = points else { return String::new() };
    let (dx, dy) = ((x - before.0).signum(), (y - before.1).signum());
    let (dx, dy) = if dx != 0 && dy != 0 { (0, dy) } else { (dx, dy) };
    format!("M{x} {y}l{} {}l{} {}z", -7 * dx - 4 * dy, -7 * dy - 4 * dx, 8 * dy, 8 * dx)
}
