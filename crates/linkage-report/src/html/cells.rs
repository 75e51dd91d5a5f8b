//! The cells of the matrix, exactly: for each matter and area how many situations of the scope are in which
//! state, over all the other axes; and the finding that a cell leads to.

use num_bigint::BigUint;

use super::fold::{Shown, shown};
use super::gather::Gathered;
use super::states::{PARTED, State, States, percent};
use linkage_model::Institution;
use linkage_regions::{Cuboid, Region, Side};

/// The matrix.
pub(super) struct Matrix {
    pub rows: Vec<Shown>,
    pub columns: Vec<Shown>,
    /// Row by row.
    pub cells: Vec<Cell>,
}

/// A matter in an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// The worst state that some situation is in.
    pub state: State,
    /// How much of the scope there is in that state.
    pub share: String,
    /// The finding that tells of it, by its place in the report.
    pub finding: Option<usize>,
}

pub(super) fn matrix(gathered: &Gathered<'_>, states: &States) -> Matrix {
    let institution = gathered.institution();
    let trees =
        [(&institution.matters.tree, Institution::MATTER), (&institution.areas.tree, Institution::AREA)];
    let [rows, columns] = shown(states, trees);
    let grid = Grid { rows: &rows, columns: &columns };
    let whole = grid.counts(&states.scope);
    let parts: Vec<Vec<BigUint>> = states.parts.iter().map(|region| grid.counts(region)).collect();
    let told = told(gathered, &grid);
    let cells = whole.iter().enumerate().map(|(at, whole)| {
        if *whole == BigUint::ZERO {
            return Cell { state: State::Outside, share: String::new(), finding: None };
        }
        let worst = parts.iter().position(|counts| counts[at] != BigUint::ZERO);
        match worst {
            None => Cell { state: State::One, share: "100%".to_owned(), finding: None },
            Some(worst) => Cell {
                state: PARTED[worst],
                share: percent(&parts[worst][at], whole),
                finding: told[worst][at],
            },
        }
    });
    let cells = cells.collect();
    Matrix { rows, columns, cells }
}

/// For each state and cell the first finding that tells of that state there.
fn told(gathered: &Gathered<'_>, grid: &Grid<'_>) -> [Vec<Option<usize>>; 5] {
    let cells = grid.rows.len() * grid.columns.len();
    let mut told = PARTED.map(|_| vec![None; cells]);
    let codes: [&[&str]; 5] =
        [&["D001", "D013", "D005"], &["D002", "D010", "D009", "D011"], &["D006"], &["D012"], &["D003"]];
    for (state, codes) in codes.into_iter().enumerate() {
        for code in codes {
            for (at, item) in gathered.all().enumerate().filter(|(_, item)| item.code == *code) {
                let Some(region) = item.finding.and_then(|finding| finding.region.as_ref()) else { continue };
                for cuboid in region.cuboids() {
                    grid.each(cuboid, |cell, _| {
                        let own: &mut Option<usize> = &mut told[state][cell];
                        *own = own.or(Some(at));
                    });
                }
            }
        }
    }
    told
}

struct Grid<'m> {
    rows: &'m [Shown],
    columns: &'m [Shown],
}

impl Grid<'_> {
    /// How many points of a region are in each cell; its boxes must not meet.
    fn counts(&self, region: &Region) -> Vec<BigUint> {
        let mut counts = vec![BigUint::ZERO; self.rows.len() * self.columns.len()];
        for cuboid in region.cuboids() {
            let others = cuboid.sides().iter().enumerate().filter(|(axis, _)| *axis > Institution::AREA);
            let rest: BigUint = others.map(|(_, side)| BigUint::from(side.len())).product();
            self.each(cuboid, |cell, pairs| counts[cell] += &rest * pairs);
        }
        counts
    }

    /// The cells that a box reaches, with how many pairs of matter and area it has there.
    fn each(&self, cuboid: &Cuboid, mut visit: impl FnMut(usize, u64)) {
        let reach = |shown: &[Shown], side: &Side| -> Vec<(usize, u64)> {
            let count = |own: &Shown| {
                let runs = side.runs().iter().map(|run| u64::from(run.intersect(own.leaves).len()));
                runs.sum::<u64>()
            };
            let all = shown.iter().map(count).enumerate();
            all.filter(|(_, count)| *count > 0).collect()
        };
        let columns = reach(self.columns, &cuboid.sides()[Institution::AREA]);
        for (row, matters) in reach(self.rows, &cuboid.sides()[Institution::MATTER]) {
            for (column, areas) in &columns {
                visit(row * self.columns.len() + column, matters * areas);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests fail loudly")]

    use num_bigint::BigUint;

    use super::super::gather::Gathered;
    use super::super::states::{PARTED, States};
    use super::{Matrix, matrix};
    use linkage_model::{Division, Institution, LeadershipKind};
    use linkage_package::{Package, analyse_package};
    use linkage_regions::{Cuboid, Point, Region, Side};
    use linkage_text::Language;

    const RULES: &str = r"
area town { old { lane yard } new }
matter hazard { fire gas water }
attribute night : boolean
body a { kind police duty workday 08:00-17:00 }
body b { kind department }
law l { rank statute issuer 'x' article 1 'y' }
law m { rank local_rule issuer 'z' article 1 'y' }
mandate one { lead a over fire in old basis l art 1 }
mandate two { lead b over fire in lane when night basis m art 1 }
mandate three { lead b over gas basis m art 1 }
mandate five { lead b over water in old basis l art 1 }
mandate six { lead a over water in old basis l art 1 }
mandate four { lead a over gas in new when night basis m art 1 }
scope { over hazard in town }
";

    /// Every situation asked one by one gives the same counts as the cells.
    #[test]
    fn cells_are_exact() {
        let day = jiff::civil::date(2026, 11, 23);
        let analysis = analyse_package(Package::of_text("small", &RULES.replace('\'', "\"")), day);
        let faults = crate::faults(&analysis, Language::En);
        assert!(faults.is_empty(), "{faults:?}");
        let institution = analysis.institution();
        let division = Division::new(institution, day);
        let gathered = Gathered::new(&analysis, &division);
        let states = States::new(&gathered.context);
        let Matrix { rows, columns, cells } = matrix(&gathered, &states);
        assert_eq!(cells.len(), rows.len() * columns.len());
        let space = &institution.space;
        let sizes: Vec<u32> = space.sizes().collect();
        // Minutes are asked in steps within which nothing changes.
        let minutes = [0_u32, 8 * 60, 17 * 60, 24 * 60];
        for (row, matter) in rows.iter().enumerate() {
            for (column, area) in columns.iter().enumerate() {
                let (mut whole, mut counts) = (BigUint::ZERO, PARTED.map(|_| BigUint::ZERO));
                for m in matter.leaves.start..matter.leaves.end {
                    for a in area.leaves.start..area.leaves.end {
                        for night in 0..sizes[2] {
                            for kind in 0..sizes[3] {
                                for step in minutes.windows(2) {
                                    let point = Point(vec![m, a, night, kind, step[0]]);
                                    let weight = step[1] - step[0];
                                    if !institution.scope.region.contains(&point) {
                                        continue;
                                    }
                                    whole += weight;
                                    if let Some(state) = asked(&division, institution, &point) {
                                        counts[state] += weight;
                                    }
                                }
                            }
                        }
                    }
                }
                let cell = &cells[row * columns.len() + column];
                let worst = counts.iter().position(|count| *count != BigUint::ZERO);
                if let Some(worst) = worst {
                    assert_eq!(cell.state, PARTED[worst], "{matter:?} {area:?}");
                    assert_eq!(cell.share, super::percent(&counts[worst], &whole), "{matter:?} {area:?}");
                }
            }
        }
        let met: std::collections::BTreeSet<_> = cells.iter().map(|cell| cell.state).collect();
        assert!(met.len() >= 4, "{met:?}");
    }

    /// The state of one situation, from who leads it and who is there.
    fn asked(division: &Division<'_>, institution: &Institution, point: &Point) -> Option<usize> {
        let sides = point.0.iter().enumerate();
        let cuboid =
            sides.fold(Cuboid::full(&institution.space), |all, (axis, at)| all.with(axis, Side::value(*at)));
        let here = Region::from_cuboid(&institution.space, cuboid);
        let (leadership, _) = division.within(&here).into_iter().next().expect("one part");
        match leadership.kind {
            LeadershipKind::Nobody => return Some(0),
            LeadershipKind::Overlap => return Some(1),
            _ => {}
        }
        if leadership.bodies.iter().all(|body| !institution.duty(*body).contains(point)) {
            return Some(3);
        }
        (leadership.present.len() > 1).then_some(4)
    }
}
