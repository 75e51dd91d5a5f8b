//! Layouts of random nets: nothing lies on anything else, whatever the net.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail loudly")]

use proptest::prelude::*;

use super::card::wrap;
use super::layers::{Link, Net, layered};
use super::layout::{Drawing, Rect, draw};
use super::order::{arrange, crossings};
use super::{Direction, Edge, Node, Picture, Shape, Stroke, dot, mermaid, svg};
use crate::words::{Spoken, Words};
use linkage_text::Language;

fn nets() -> impl Strategy<Value = Net> {
    (1_usize..24, 1_usize..5).prop_flat_map(|(count, lanes)| {
        let sizes = prop::collection::vec((10_i64..260, 10_i64..120), count);
        let own = prop::collection::vec(0..lanes, count);
        let widths = prop::collection::vec(0_i64..300, lanes);
        let label = prop::option::of((10_i64..160, 10_i64..50));
        let edges = prop::collection::vec((0..count, 0..count, label), 0..48);
        (sizes, own, widths, edges).prop_map(|(sizes, lanes, lane_widths, edges)| Net {
            sizes,
            lanes,
            lane_widths,
            edges: edges.into_iter().map(|(from, to, label)| Link { from, to, label }).collect(),
        })
    })
}

fn meet(a: &Rect, b: &Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

fn rects(drawing: &Drawing) -> Vec<Rect> {
    drawing.boxes.iter().copied().chain(drawing.wires.iter().filter_map(|wire| wire.label)).collect()
}

proptest! {
    #[test]
    fn no_box_or_label_lies_on_another(net in nets()) {
        let drawing = draw(&net, 30);
        let rects = rects(&drawing);
        for (index, one) in rects.iter().enumerate() {
            for other in &rects[..index] {
                prop_assert!(!meet(one, other), "{one:?} {other:?}");
            }
            prop_assert!(one.x >= 0 && one.y >= 0, "{one:?}");
            prop_assert!(one.x + one.width <= drawing.width && one.y + one.height <= drawing.height, "{one:?}");
        }
        if net.lane_widths.len() > 1 {
            for (own, lane) in drawing.boxes.iter().zip(&net.lanes) {
                let lane = drawing.lanes[*lane];
                prop_assert!(lane.x <= own.x && own.x + own.width <= lane.x + lane.width, "{own:?} in {lane:?}");
            }
        }
    }

    /// Inside a band an edge runs straight: there it must not touch what is not its own.
    #[test]
    fn no_edge_runs_through_a_box(net in nets()) {
        let drawing = draw(&net, 0);
        for (edge, wire) in net.edges.iter().zip(&drawing.wires) {
            prop_assert_eq!(edge.from == edge.to, wire.points.is_empty());
            for pair in wire.points.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
                let (top, end) = (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1));
                let line = Rect { x: pair[0].0, y: top, width: 1, height: end - top };
                let own = |rect: &Rect| Some(*rect) == wire.label
                    || *rect == drawing.boxes[edge.from] || *rect == drawing.boxes[edge.to];
                for rect in rects(&drawing).iter().filter(|rect| !own(rect)) {
                    prop_assert!(!meet(&line, rect), "{line:?} {rect:?}");
                }
            }
        }
    }

    #[test]
    fn ordering_never_adds_crossings(net in nets()) {
        let mut layers = layered(&net);
        for rank in &mut layers.ranks {
            rank.sort_by_key(|item| layers.items[*item].lane);
        }
        let before = crossings(&layers, &layers.ranks);
        // The oracle: every pair of edges between two layers.
        let mut place = vec![0; layers.items.len()];
        for rank in &layers.ranks {
            for (index, item) in rank.iter().enumerate() {
                place[*item] = index;
            }
        }
        let mut pairs = 0;
        let edges: Vec<(usize, usize)> = layers.higher.iter().enumerate()
            .flat_map(|(from, all)| all.iter().map(move |to| (from, *to))).collect();
        for (index, a) in edges.iter().enumerate() {
            for b in &edges[..index] {
                let side = layers.items[a.0].rank == layers.items[b.0].rank;
                let (x, y) = (place[a.0].cmp(&place[b.0]), place[a.1].cmp(&place[b.1]));
                pairs += usize::from(side && x == y.reverse() && x.is_ne());
            }
        }
        prop_assert_eq!(before, pairs);
        arrange(&mut layers);
        prop_assert!(crossings(&layers, &layers.ranks) <= before);
    }

    #[test]
    fn wrapping_loses_nothing(text in "[a-z_ ,\u{4e00}-\u{4e20}]{0,120}") {
        let whole: String = text.split_whitespace().collect();
        let wrapped: String = wrap(&text).join("").split_whitespace().collect();
        prop_assert_eq!(whole, wrapped);
    }
}

/// What a rule file can say is shown, not obeyed.
#[test]
fn hostile_titles_stay_text() {
    let bad = "\"]--><script>alert(1)</script>\\N{x}|\u{202e}`#<b>&amp;";
    let node = |text: &str| Node::new(Words::same(text), Shape::Card);
    let label = vec![Words::same(bad)];
    let picture = Picture {
        title: Words::same(bad),
        about: Words::same(bad),
        direction: Direction::Right,
        lanes: vec![Words::same(bad)],
        nodes: vec![node(bad), node("b")],
        edges: vec![Edge { from: 0, to: 1, label, stroke: Stroke::Solid }],
    };
    let drawn = svg(&picture, Spoken::Both, None).into_string();
    for text in [&drawn, &mermaid(&picture, Language::En)] {
        assert!(!text.contains("<script") && !text.contains('\u{202e}') && !text.contains("<b>"), "{text}");
    }
    let dot = dot(&picture, Language::En);
    assert!(dot.contains("\\\"]--><script>"), "{dot}");
    assert!(!dot.contains('\u{202e}'), "{dot}");
    insta::assert_snapshot!("hostile_mermaid", mermaid(&picture, Language::En));
}
