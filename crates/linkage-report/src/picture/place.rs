//! Where items stand within their layers: as near to the middle of their neighbours as their order and their
//! sizes allow.
//!
//! With the order kept and a least distance between neighbours, the squares of what items are off are least
//! where blocks of items that press on each other stand at their mean: the pooling of adjacent violators.

use super::card::whole;
use super::layers::{Layered, Net};

/// The room between two items of a layer, in pixels.
const GAP: i64 = 16;

/// The room between two bends, which are but lines.
const WIRE_GAP: i64 = 9;

/// So many times the layers are gone through.
const SWEEPS: usize = 16;

/// Where the middle of each item is, and where each lane begins and ends, in pixels.
pub(super) struct Across {
    pub middle: Vec<i64>,
    pub lanes: Vec<(i64, i64)>,
}

pub(super) fn across(net: &Net, layered: &Layered) -> Across {
    let lanes = lanes(net, layered);
    let groups: Vec<Vec<Vec<usize>>> = layered.ranks.iter().map(|rank| by_lane(layered, rank)).collect();
    let mut middle = vec![0; layered.items.len()];
    for group in groups.iter().flatten() {
        let (start, _) = lanes[layered.items[group[0]].lane];
        let offsets = offsets(layered, group);
        for (item, offset) in group.iter().zip(offsets) {
            middle[*item] = start + GAP / 2 + layered.items[group[0]].across / 2 + offset;
        }
    }
    for sweep in 0..SWEEPS {
        let down = sweep % 2 == 0;
        for step in 0..groups.len() {
            let at = if down { step } else { groups.len() - 1 - step };
            for group in &groups[at] {
                let wish = |item: usize| {
                    let last = sweep + 2 >= SWEEPS;
                    let (one, other) = (&layered.lower[item], &layered.higher[item]);
                    let near: Vec<i64> = match (down, last) {
                        (_, true) => one.iter().chain(other).map(|near| middle[*near]).collect(),
                        (true, _) => one.iter().map(|near| middle[*near]).collect(),
                        (false, _) => other.iter().map(|near| middle[*near]).collect(),
                    };
                    let sum: i64 = near.iter().sum();
                    sum.checked_div(whole(near.len())).unwrap_or(middle[item])
                };
                let wishes: Vec<i64> = group.iter().map(|item| wish(*item)).collect();
                let bounds = (net.lane_widths.len() > 1).then(|| lanes[layered.items[group[0]].lane]);
                for (item, place) in group.iter().zip(settle(layered, group, &wishes, bounds)) {
                    middle[*item] = place;
                }
            }
        }
    }
    Across { middle, lanes }
}

fn by_lane(layered: &Layered, rank: &[usize]) -> Vec<Vec<usize>> {
    let same = |a: &usize, b: &usize| layered.items[*a].lane == layered.items[*b].lane;
    rank.chunk_by(same).map(<[usize]>::to_vec).collect()
}

/// How far the middle of each item is from that of the first, at least.
fn offsets(layered: &Layered, group: &[usize]) -> Vec<i64> {
    let mut offsets = Vec::with_capacity(group.len());
    let mut at = 0;
    for (index, item) in group.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).map(|before| &layered.items[group[before]]) {
            let item = &layered.items[*item];
            let gap = if before.is_bend && item.is_bend { WIRE_GAP } else { GAP };
            at += (before.across + 1) / 2 + (item.across + 1) / 2 + gap;
        }
        offsets.push(at);
    }
    offsets
}

/// Lanes side by side, each as wide as its fullest layer.
fn lanes(net: &Net, layered: &Layered) -> Vec<(i64, i64)> {
    let mut widths = net.lane_widths.clone();
    for rank in &layered.ranks {
        for group in by_lane(layered, rank) {
            let (first, last) = (&layered.items[group[0]], &layered.items[group[group.len() - 1]]);
            let span = offsets(layered, &group).last().copied().unwrap_or(0);
            let needed = span + (first.across + 1) / 2 + (last.across + 1) / 2 + 2 + GAP;
            let own = &mut widths[first.lane];
            *own = (*own).max(needed);
        }
    }
    let mut start = 0;
    let lane = |width: i64| {
        let own = (start, start + width);
        start += width;
        own
    };
    widths.into_iter().map(lane).collect()
}

/// The places nearest to the wishes that keep order and distance, within the bounds.
fn settle(layered: &Layered, group: &[usize], wishes: &[i64], bounds: Option<(i64, i64)>) -> Vec<i64> {
    let offsets = offsets(layered, group);
    // Blocks of (sum of wishes less offsets, weight, how many items).
    let mut blocks: Vec<(i64, i64, usize)> = Vec::new();
    for ((item, wish), offset) in group.iter().zip(wishes).zip(&offsets) {
        // A long edge is straight before all else.
        let weight = if layered.items[*item].is_bend { 4 } else { 1 };
        let mut block = ((wish - offset) * weight, weight, 1);
        while let Some(before) = blocks.last().copied() {
            if before.0 * block.1 < block.0 * before.1 {
                break;
            }
            block = (before.0 + block.0, before.1 + block.1, before.2 + block.2);
            blocks.pop();
        }
        blocks.push(block);
    }
    let (least, most) = match bounds {
        None => (i64::MIN / 4, i64::MAX / 4),
        Some((start, end)) => {
            let half = |item: usize| (layered.items[item].across + 1) / 2 + GAP / 2;
            let last = offsets.last().copied().unwrap_or(0);
            (start + half(group[0]), end - half(group[group.len() - 1]) - last)
        }
    };
    let shifts = blocks.iter().flat_map(|(sum, weight, count)| {
        let mean = sum.div_euclid(*weight).min(most).max(least);
        std::iter::repeat_n(mean, *count)
    });
    shifts.zip(&offsets).map(|(shift, offset)| shift + offset).collect()
}
