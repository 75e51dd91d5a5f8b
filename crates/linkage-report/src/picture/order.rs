//! The order within layers, so that few edges cross: each item goes to the middle of its neighbours, up and
//! down the layers, and the best order met is kept.

use super::layers::Layered;

/// So many times the layers are gone through.
const SWEEPS: usize = 24;

/// Orders the layers; lanes keep their order.
pub(super) fn arrange(layered: &mut Layered) {
    let mut ranks = layered.ranks.clone();
    for rank in &mut ranks {
        rank.sort_by_key(|item| layered.items[*item].lane);
    }
    let mut best = ranks.clone();
    let mut fewest = crossings(layered, &ranks);
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        let mut place = positions(layered, &ranks);
        let down = sweep % 2 == 0;
        for step in 0..ranks.len() {
            let at = if down { step } else { ranks.len() - 1 - step };
            let near = if down { &layered.lower } else { &layered.higher };
            ranks[at].sort_by_cached_key(|item| {
                let near = &near[*item];
                let sum: usize = near.iter().map(|other| place[*other] * 1024).sum();
                let middle = sum.checked_div(near.len()).unwrap_or(place[*item] * 1024);
                (layered.items[*item].lane, middle)
            });
            for (index, item) in ranks[at].iter().enumerate() {
                place[*item] = index;
            }
        }
        let count = crossings(layered, &ranks);
        if count < fewest {
            fewest = count;
            best.clone_from(&ranks);
        }
    }
    layered.ranks = best;
}

fn positions(layered: &Layered, ranks: &[Vec<usize>]) -> Vec<usize> {
    let mut place = vec![0; layered.items.len()];
    for rank in ranks {
        for (index, item) in rank.iter().enumerate() {
            place[*item] = index;
        }
    }
    place
}

/// How many pairs of edges cross: for each layer the inversions of where its edges end.
pub(super) fn crossings(layered: &Layered, ranks: &[Vec<usize>]) -> usize {
    let place = positions(layered, ranks);
    let mut count = 0;
    for (at, rank) in ranks.iter().enumerate() {
        let Some(next) = ranks.get(at + 1) else { break };
        // A Fenwick tree of how many edges end at or below a place.
        let mut ends = vec![0_usize; next.len() + 1];
        let mut before = 0;
        for item in rank {
            let mut these: Vec<usize> = layered.higher[*item].iter().map(|to| place[*to]).collect();
            these.sort_unstable();
            for end in &these {
                let (mut not_beyond, mut at) = (0, end + 1);
                while at > 0 {
                    not_beyond += ends[at];
                    at &= at - 1;
                }
                count += before - not_beyond;
            }
            for end in &these {
                let mut at = end + 1;
                while at < ends.len() {
                    ends[at] += 1;
                    at += at & at.wrapping_neg();
                }
            }
            before += these.len();
        }
    }
    count
}
