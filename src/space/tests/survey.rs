//! What is kept equals what is found from scratch.

use proptest::prelude::*;

use super::super::{Region, Survey, cover};
use super::scene;

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
}
