//! What changes between two packages, against asking both at every single situation.

use linkage::compare::{Led, compare};
use proptest::prelude::*;

use super::fit::fitted;
use super::package::Package;
use super::told::{Truth, truths};
use super::{DAYS, Division, Naive, Outcome, TODAY, cases, institution, package, point, written};

/// What makes two leads one: the way, and the bodies.
fn lead(truth: &Truth) -> (u8, usize, Vec<usize>) {
    let (way, by) = match truth.kind {
        None | Some(Outcome::Nobody) => (u8::from(truth.gap), 0),
        Some(Outcome::Outside) => (0, 0),
        Some(Outcome::One | Outcome::Entrusted) => (2, 0),
        Some(Outcome::Shared) => (3, 0),
        Some(Outcome::Resolved(by)) => (4, by),
        Some(Outcome::Circle | Outcome::Undecidable | Outcome::Unsaid) => (5, 0),
    };
    (way, by, leading(truth))
}

/// The bodies that lead: outside the scope none, whoever claims it.
fn leading(truth: &Truth) -> Vec<usize> {
    if truth.kind == Some(Outcome::Outside) { Vec::new() } else { truth.bodies.clone() }
}

/// The package with some of what it declares left out, or taken from another of the same world.
fn changed(package: &Package, other: &Package, how: [usize; 6]) -> Package {
    let mut changed = package.clone();
    let [dropped, taken, laws, resolutions, entrusted, scope] = how;
    changed.mandates.truncate(package.mandates.len().saturating_sub(dropped).max(1));
    let count = changed.mandates.len();
    for (own, new) in changed.mandates.iter_mut().zip(&other.mandates).skip(count.saturating_sub(taken)) {
        *own = new.clone();
    }
    if laws == 0 {
        changed.laws.clone_from(&other.laws);
    }
    changed.resolutions.truncate(resolutions);
    if entrusted == 0 {
        changed.entrustment.clone_from(&other.entrustment);
    }
    if scope == 0 {
        changed.scope.clone_from(&other.scope);
    }
    fitted(changed)
}

fn agree(before: &Package, after: &Package) -> Result<(usize, usize), String> {
    let (one, other) = (written(before), written(after));
    let told = |wrong: String| format!("{wrong}\n{one}\n── and ──\n{other}");
    let (old, new) = (institution(&one), institution(&other));
    let today = DAYS[TODAY].parse().expect("a date");
    let changes = compare(&Division::new(&old, today), &Division::new(&new, today));
    let (was, is) = (Naive::new(before), Naive::new(after));
    let (earlier, _) = truths(&was);
    let (later, _) = truths(&is);
    let mut differ = 0;
    for ((earlier, later), at) in earlier.iter().zip(&later).zip(&is.world.all) {
        let point = point(at);
        let here: Vec<_> = changes.leads.iter().filter(|change| change.region.contains(&point)).collect();
        let told_here = here.len();
        // How several share it the oracle does not know.
        let shared = lead(earlier).0 == 3 && lead(earlier) == lead(later);
        if told_here != usize::from(lead(earlier) != lead(later)) && !(shared && told_here == 1) {
            return Err(told(format!("{here:?} at {point:?}: {:?} → {:?}", lead(earlier), lead(later))));
        }
        if let [change] = here.as_slice() {
            differ += 1;
            let bodies = |ids: &[linkage::model::BodyId]| ids.iter().map(|id| id.index()).collect::<Vec<_>>();
            let overlap = |led: Led| led == Led::Overlap;
            let right = bodies(&change.before.bodies) == leading(earlier)
                && bodies(&change.after.bodies) == leading(later)
                && overlap(change.before.led) == (lead(earlier).0 == 5)
                && overlap(change.after.led) == (lead(later).0 == 5);
            if !right {
                return Err(told(format!("{change:?} at {point:?}, which is {earlier:?} → {later:?}")));
            }
        }
    }
    Ok((later.len(), differ))
}

#[test]
fn what_changes_agrees_with_every_single_situation() {
    let config = ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() };
    let counted = std::cell::Cell::new((0, 0));
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let how = [0..3_usize, 0..3, 0..4, 0..3, 0..3, 0..4];
    let outcome = runner.run(&(package(), package(), how), |(one, other, how)| {
        let (asked, differ) = agree(&one, &changed(&one, &other, how)).map_err(TestCaseError::fail)?;
        let (all, differing) = counted.get();
        counted.set((all + asked, differing + differ));
        Ok(())
    });
    let (asked, differ) = counted.get();
    println!("{} pairs, {asked} situations, {differ} of which differ", cases());
    match outcome {
        Ok(()) => assert!(differ > 0, "the pairs never differ"),
        Err(proptest::test_runner::TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(other) => panic!("{other}"),
    }
}
