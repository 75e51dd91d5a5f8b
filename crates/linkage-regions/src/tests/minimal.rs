use proptest::prelude::*;

use super::super::{Cuboid, Region, Side, Space, grow, minimal};
use super::{cuboid_of, points, scene, space};

/// The least number of boxes whose union is the region, by trying all.
fn fewest(space: &Space, region: &Region) -> usize {
    let points = points(space);
    let mask = |holds: &dyn Fn(usize) -> bool| {
        (0..points.len()).filter(|at| holds(*at)).fold(0u32, |m, at| m | 1 << at)
    };
    let target = mask(&|at| region.contains(&points[at]));
    let choices = space.sizes().fold(vec![vec![]], |partial: Vec<Vec<u32>>, size| {
        let longer = |sides: &Vec<u32>, bits: u32| sides.iter().copied().chain([bits]).collect::<Vec<_>>();
        partial.iter().flat_map(|sides| (1..1 << size).map(move |bits| longer(sides, bits))).collect()
    });
    let boxes: Vec<u32> = choices
        .iter()
        .map(|bits| cuboid_of(space, bits))
        .map(|cuboid| mask(&|at| cuboid.contains(&points[at])))
        .filter(|points| points & !target == 0)
        .collect();
    (0..=points.len()).find(|count| reach(&boxes, target, *count)).expect("points are boxes")
}

fn reach(boxes: &[u32], left: u32, count: usize) -> bool {
    let lowest = left & left.wrapping_neg();
    left == 0 || count > 0 && boxes.iter().any(|b| b & lowest != 0 && reach(boxes, left & !b, count - 1))
}

proptest! {
    #[test]
    fn the_boxes_are_the_region((space, regions) in scene(0..5, 5, 1)) {
        let found = minimal(&regions[0]);
        let union = Region::from_cuboids(&space, found.cuboids.clone());
        prop_assert!(union.same_as(&regions[0]));
        let sizes: Vec<_> = found.cuboids.iter().map(Cuboid::count).collect();
        prop_assert!(sizes.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn no_fewer_boxes_suffice((space, regions) in scene(1..4, 3, 1)) {
        let found = minimal(&regions[0]);
        prop_assert!(found.exact);
        if points(&space).len() <= 18 {
            prop_assert_eq!(found.cuboids.len(), fewest(&space, &regions[0]));
        }
    }

    #[test]
    fn the_same_points_are_written_alike((_, regions) in scene(1..4, 4, 1)) {
        let other = regions[0].complement().complement();
        prop_assert_eq!(minimal(&regions[0]).cuboids, minimal(&other).cuboids);
    }

    #[test]
    fn grown_boxes_are_the_region_too((space, regions) in scene(1..5, 5, 1)) {
        let found = grow::grown(&regions[0].disjoint());
        prop_assert!(Region::from_cuboids(&space, found.clone()).same_as(&regions[0]));
        for (at, cuboid) in found.iter().enumerate() {
            let others = found.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, c)| c.clone());
            let others = Region::from_cuboids(&space, others);
            prop_assert!(!Region::from_cuboid(&space, cuboid.clone()).is_subset(&others));
            for axis in 0..cuboid.sides().len() {
                let outside = cuboid.with(axis, cuboid.sides()[axis].complement(space.dimensions[axis].size()));
                for value in outside.sides()[axis].values() {
                    let line = Region::from_cuboid(&space, cuboid.with(axis, Side::value(value)));
                    prop_assert!(!line.is_subset(&regions[0]), "{cuboid:?} can grow to {value} on {axis}");
                }
            }
        }
    }
}

#[test]
fn a_checkerboard_needs_every_box() {
    let board = space(&[2; 10]);
    let odd = points(&board).into_iter().filter(|p| p.0.iter().sum::<u32>() % 2 == 1);
    let cells = odd.map(|p| Cuboid::new(&board, p.0.iter().map(|v| Side::value(*v))));
    let region = Region::from_cuboids(&board, cells);
    assert_eq!(minimal(&region).cuboids.len(), 512);
}
