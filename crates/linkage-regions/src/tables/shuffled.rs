//! Enumerations cut into arbitrary sets of values, beside numbers cut into ranges.
//!
//! ```text
//!   colour  r o y g b v      the space is cut into {r, y, b} and {o, g, v}, the first of them at 40 of
//!           a b a b a b      an axis of numbers, and so on: no order of the colours makes ranges of them
//! ```
//!
//! Every tenth box then loses a quarter of its range on one axis of numbers, or takes as much from its
//! neighbours. Changes are drawn blindly: where boxes are widened, three and more may meet.

use num_bigint::BigUint;

use super::super::{Cuboid, Dimension, Kind, Region, Run, Side, Space};
use super::lcg::Lcg;
use super::{Known, Table};

/// How many values an enumeration has.
const VALUES: u32 = 8;
/// How many values an axis of numbers has.
const TOP: u32 = 10_000;

/// What happens to every tenth box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It gives up a slab: a gap.
    Shrunk,
    /// It takes a slab from its neighbours on each side: overlaps.
    Widened,
}

/// A space of enumerations and numbers cut into so many boxes, some of which are changed.
pub fn shuffled(boxes: usize, lists: usize, numbers: usize, change: Change, seed: u64) -> Table {
    let mut lots = Lcg::new(seed);
    let space = space(lists, numbers);
    let mut cuboids = vec![Cuboid::full(&space)];
    while cuboids.len() < boxes {
        let (at, axis) = (lots.place(cuboids.len()), lots.place(lists + numbers));
        let own = &cuboids[at].sides()[axis];
        let part = if axis < lists { some_of(own, &mut lots) } else { below(own, &mut lots) };
        if let Some(part) = part {
            let rest = cuboids[at].with(axis, own.minus(&part));
            cuboids[at] = cuboids[at].with(axis, part);
            cuboids.push(rest);
        }
    }
    let mut order: Vec<usize> = (0..boxes).collect();
    let mut slabs = Vec::new();
    for nth in 0..boxes / 10 {
        order.swap(nth, nth + lots.place(boxes - nth));
        let (at, axis) = (order[nth], lists + lots.place(numbers));
        let own = cuboids[at].sides()[axis].clone();
        let Some(run) = own.hull().filter(|run| run.len() > 1) else { continue };
        let shift = (run.len() / 4).max(1);
        let lost = Side::interval(run.start, run.start + shift);
        match change {
            Change::Shrunk => {
                slabs.push(cuboids[at].with(axis, lost.clone()));
                cuboids[at] = cuboids[at].with(axis, own.minus(&lost));
            }
            Change::Widened => {
                let wider = Run::new(run.start.saturating_sub(shift), (run.end + shift).min(TOP));
                cuboids[at] = cuboids[at].with(axis, Side::from(wider));
            }
        }
    }
    let gaps: BigUint = slabs.iter().map(Cuboid::count).sum();
    let meets = |a: usize, b: usize| (!cuboids[a].is_disjoint(&cuboids[b])).then_some([a, b]);
    let pairs = match change {
        Change::Shrunk => Vec::new(),
        Change::Widened => (0..boxes).flat_map(|a| (a + 1..boxes).filter_map(move |b| meets(a, b))).collect(),
    };
    let regions = cuboids.into_iter().map(|cuboid| Region::from_cuboid(&space, cuboid)).collect();
    Table { space, regions, known: Known { gaps: Some(gaps), slabs, pairs, ..Known::default() } }
}

fn space(lists: usize, numbers: usize) -> Space {
    let names = || (0..VALUES).map(|at| ecow::eco_format!("v{at}")).collect();
    let list = |at| Dimension::new(ecow::eco_format!("e{at}"), Kind::List(names()));
    let highest = i64::from(TOP) - 1;
    let number = |at| Dimension::new(ecow::eco_format!("n{at}"), Kind::Integer { lowest: 0, highest });
    Space::new((0..lists).map(list).chain((0..numbers).map(number)).collect())
}

/// Any of the values, never all and never none.
fn some_of(side: &Side, lots: &mut Lcg) -> Option<Side> {
    let mut values: Vec<u32> = side.values().collect();
    let most = values.len().checked_sub(1).filter(|most| *most > 0)?;
    let count = 1 + lots.place(most);
    for nth in 0..count {
        let other = nth + lots.place(values.len() - nth);
        values.swap(nth, other);
    }
    Some(Side::from_values(values.into_iter().take(count)))
}

/// The values below one that lies in the middle half of the range.
fn below(side: &Side, lots: &mut Lcg) -> Option<Side> {
    let run = side.hull().filter(|run| run.len() >= 8)?;
    let quarter = run.len() / 4;
    Some(Side::interval(run.start, run.start + quarter + lots.below(run.len() - 2 * quarter)))
}
