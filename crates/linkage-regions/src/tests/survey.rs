//! What is kept equals what is found from scratch.

use proptest::prelude::*;

use super::super::{Region, Survey, cover};
use super::scene;

type Matters = Box<dyn Fn(&[usize]) -> bool + Sync>;

proptest! {
    #[test]
    fn a_survey_is_what_is_found_anew((_, regions) in scene(1..4, 5, 9), places in prop::array::uniform3(0usize..5)) {
        let scope = &regions[0];
        let matters = |set: &[usize]| set.len() > 1 && set.iter().any(|at| *at != 2);
        let mut survey = Survey::new(scope, regions[1..6].to_vec(), matters);
        for (region, at) in regions[6..].iter().zip(places) {
            survey.replace(at, region.clone());
            let now: Vec<&Region> = survey.regions().iter().collect();
            let anew = cover(scope, &now, matters, usize::MAX);
            prop_assert!(survey.gaps().same_as(&anew.gaps.found));
            prop_assert_eq!(survey.gap_count(), &anew.gaps.found.count());
            let kept: Vec<(Vec<usize>, Region)> = survey.overlaps().map(|(set, region)| (set.to_vec(), region)).collect();
            prop_assert_eq!(kept.len(), anew.overlaps.groups.len());
            for ((set, region), (other, expected)) in kept.iter().zip(&anew.overlaps.groups) {
                prop_assert_eq!(set, other);
                prop_assert!(region.same_as(expected));
            }
            for ((_, count), (_, expected)) in survey.overlap_counts().zip(&anew.overlaps.groups) {
                prop_assert_eq!(count, &expected.count());
            }
        }
    }

    #[test]
    fn a_survey_goes_on_from_a_cover((_, regions) in scene(1..4, 5, 8), at in 0usize..5, odd in 0usize..5) {
        let scope = &regions[0];
        let all: Vec<&Region> = regions[1..6].iter().collect();
        let known = cover(scope, &all, |_| true, usize::MAX);
        let every: fn(&[usize]) -> bool = |_| true;
        let mut survey = Survey::of(scope, regions[1..6].to_vec(), &known, every).expect("all is decided");
        let room = survey.make_room();
        prop_assert!(survey.replace_within(room, regions[6].clone(), usize::MAX));
        prop_assert!(survey.replace_within(at, regions[7].clone(), usize::MAX));
        let (told, now) = (survey.cover(), survey.regions().to_vec());
        let anew = cover(scope, &now.iter().collect::<Vec<_>>(), |_| true, usize::MAX);
        prop_assert!(told.gaps.found.same_as(&anew.gaps.found));
        prop_assert_eq!(told.gaps.measure, anew.gaps.measure);
        prop_assert_eq!(told.overlaps.measure, anew.overlaps.measure);
        let sets = |groups: &[(Vec<usize>, Region)]| groups.iter().map(|(set, _)| set.clone()).collect::<Vec<_>>();
        prop_assert_eq!(sets(&told.overlaps.groups), sets(&anew.overlaps.groups));
        for ((_, region), (_, expected)) in told.overlaps.groups.iter().zip(&anew.overlaps.groups) {
            prop_assert!(region.same_as(expected));
        }
        // What matters may become another: what it touches is put in its own place.
        let matters = move |set: &[usize]| set.contains(&odd);
        let known = cover(scope, &all, |_| true, usize::MAX);
        let mut survey = Survey::of(scope, regions[1..6].to_vec(), &known, Box::new(|_: &[usize]| true) as Matters).expect("decided");
        survey.minding(Box::new(matters));
        for at in 0..5 {
            survey.replace(at, regions[1 + at].clone());
        }
        let anew = cover(scope, &all, matters, usize::MAX);
        prop_assert_eq!(sets(&survey.cover().overlaps.groups), sets(&anew.overlaps.groups));
        prop_assert_eq!(survey.cover().overlaps.measure, anew.overlaps.measure);
    }
}
