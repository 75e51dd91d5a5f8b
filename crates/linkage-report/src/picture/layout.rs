//! Where everything is drawn: boxes, labels, lanes and the points through which edges go.
//!
//! Each layer is a band. Inside a band an edge runs straight, in the room that is its own; from band to band
//! it curves, where nothing else is. So no edge runs through a box or a label.

use super::layers::{Link, Net, layered};
use super::order::arrange;
use super::place::across;
use super::{Direction, Picture, card};
use crate::words::Spoken;

/// The room around a drawing, in pixels.
const MARGIN: i64 = 12;

/// The room between two bands, in pixels.
const BETWEEN: i64 = 22;

/// A box, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rect {
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
}

/// An edge as it is drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Wire {
    /// From the box where it begins to the one where it ends.
    pub points: Vec<(i64, i64)>,
    /// Where its label stands.
    pub label: Option<Rect>,
}

/// A drawing.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawing {
    pub width: i64,
    pub height: i64,
    pub boxes: Vec<Rect>,
    /// One an edge; without points where an edge leads from a node to itself.
    pub wires: Vec<Wire>,
    pub lanes: Vec<Rect>,
}

/// Lays a picture out.
pub(super) fn lay(picture: &Picture, spoken: Spoken) -> Drawing {
    let turned = |(width, height): (i64, i64)| match picture.direction {
        Direction::Down => (width, height),
        Direction::Right => (height, width),
    };
    let heads: Vec<(i64, i64)> = picture.lanes.iter().map(|lane| card::head_size(lane, spoken)).collect();
    let tallest = heads.iter().map(|head| head.1).max().unwrap_or(0);
    let has_lanes = !picture.lanes.is_empty();
    let net = Net {
        sizes: picture.nodes.iter().map(|node| turned(card::size(node, spoken))).collect(),
        lanes: picture.nodes.iter().map(|node| if has_lanes { node.lane } else { 0 }).collect(),
        lane_widths: if has_lanes { heads.iter().map(|head| head.0).collect() } else { vec![0] },
        edges: picture
            .edges
            .iter()
            .map(|edge| Link {
                from: edge.from,
                to: edge.to,
                label: card::label_size(&edge.label, spoken).map(turned),
            })
            .collect(),
    };
    let mut drawing = draw(&net, if has_lanes { tallest + 2 * card::PADDING } else { 0 });
    if picture.direction == Direction::Right {
        drawing.turn();
    }
    if !has_lanes {
        drawing.lanes.clear();
    }
    drawing
}

/// Lays a net out from the top down, with so much room above for the titles of lanes.
pub(super) fn draw(net: &Net, head: i64) -> Drawing {
    let mut layers = layered(net);
    arrange(&mut layers);
    let across = across(net, &layers);
    let edge = |item: usize, sign: i64| across.middle[item] + sign * ((layers.items[item].across + 1) / 2);
    let least = (0..layers.items.len()).map(|item| edge(item, -1)).min().unwrap_or(0);
    let least = if net.lane_widths.len() > 1 { 0 } else { least };
    let shift = MARGIN - least;
    let mut bands: Vec<(i64, i64)> = Vec::new();
    let mut at = MARGIN + head;
    for rank in &layers.ranks {
        let thick = rank.iter().map(|item| layers.items[*item].along).max().unwrap_or(0);
        bands.push((at, at + thick));
        at += thick + BETWEEN;
    }
    let height = at - BETWEEN.min(at) + MARGIN;
    let rect = |item: usize| {
        let own = &layers.items[item];
        let (top, end) = bands[own.rank];
        let middle = top + (end - top - own.along) / 2;
        Rect { x: edge(item, -1) + shift, y: middle, width: own.across, height: own.along }
    };
    let boxes: Vec<Rect> = (0..net.sizes.len()).map(rect).collect();
    let ports = ports(&layers, &across.middle);
    let mut wires = Vec::with_capacity(net.edges.len());
    for (edge, chain) in layers.chains.iter().enumerate() {
        let Some(chain) = chain else {
            wires.push(Wire::default());
            continue;
        };
        let mut points = Vec::new();
        let last = chain.items.len() - 1;
        for (index, item) in chain.items.iter().enumerate() {
            let (top, end) = bands[layers.items[*item].rank];
            let own = rect(*item);
            let (leaving, entering) = ports[edge];
            let x = across.middle[*item] + shift;
            match index {
                0 => points.extend([(x + leaving, own.y + own.height), (x + leaving, end)]),
                index if index == last => points.extend([(x + entering, top), (x + entering, own.y)]),
                _ => points.extend([(x, top), (x, end)]),
            }
        }
        if chain.reversed {
            points.reverse();
        }
        points.dedup();
        wires.push(Wire { points, label: chain.label.map(rect) });
    }
    let right = (0..layers.items.len()).map(|item| edge(item, 1)).max().unwrap_or(0);
    let right =
        across.lanes.iter().map(|lane| lane.1).filter(|_| net.lane_widths.len() > 1).fold(right, i64::max);
    let lane = |(start, end): &(i64, i64)| Rect {
        x: start + shift,
        y: MARGIN,
        width: end - start,
        height: height - 2 * MARGIN,
    };
    let lanes = match across.lanes.as_slice() {
        // One lane holds all that stands free in it.
        [only] => {
            let right = right.max(least + only.1 - only.0);
            return Drawing {
                width: right + shift + MARGIN,
                height,
                boxes,
                wires,
                lanes: vec![lane(&(least, right))],
            };
        }
        several => several.iter().map(lane).collect(),
    };
    Drawing { width: right + shift + MARGIN, height, boxes, wires, lanes }
}

/// How far beside the middle of its boxes each edge leaves and enters: side by side, in the order of where
/// they come from and go to.
fn ports(layers: &super::layers::Layered, middle: &[i64]) -> Vec<(i64, i64)> {
    let mut ports = vec![(0, 0); layers.chains.len()];
    let (mut leaving, mut entering) =
        (vec![Vec::new(); layers.items.len()], vec![Vec::new(); layers.items.len()]);
    for (edge, chain) in layers.chains.iter().enumerate() {
        let Some(items) = chain.as_ref().map(|chain| &chain.items) else { continue };
        if let [first, second, ..] = items.as_slice() {
            leaving[*first].push((middle[*second], edge));
        }
        if let [.., second, last] = items.as_slice() {
            entering[*last].push((middle[*second], edge));
        }
    }
    for (item, own) in layers.items.iter().enumerate() {
        for (edges, is_leaving) in [(&mut leaving[item], true), (&mut entering[item], false)] {
            edges.sort_unstable();
            let count = card::whole(edges.len());
            let room = ((own.across - 16) / count.max(1)).clamp(0, 18);
            for (index, (_, edge)) in edges.iter().enumerate() {
                let off = (2 * card::whole(index) - (count - 1)) * room / 2;
                let port = &mut ports[*edge];
                *(if is_leaving { &mut port.0 } else { &mut port.1 }) = off;
            }
        }
    }
    ports
}

impl Drawing {
    /// From top-down to left-right.
    fn turn(&mut self) {
        let rect = |rect: &mut Rect| {
            *rect = Rect { x: rect.y, y: rect.x, width: rect.height, height: rect.width };
        };
        (self.width, self.height) = (self.height, self.width);
        self.boxes.iter_mut().chain(&mut self.lanes).for_each(rect);
        for wire in &mut self.wires {
            wire.label.iter_mut().for_each(rect);
            wire.points.iter_mut().for_each(|point| *point = (point.1, point.0));
        }
    }
}
