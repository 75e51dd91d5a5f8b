//! The fewest columns that between them cover every row.
//!
//! Reductions first (a row that one column alone covers forces it; a row that asks more than another
//! is met by meeting that one; a column that covers no more than another is never needed), then the
//! rest by branching on the row with the fewest columns, cut off where rows without a common column
//! prove that no better answer lies below.

use fixedbitset::FixedBitSet;

/// A cover, and whether it is proved that none is smaller.
pub(super) struct Chosen {
    pub(super) columns: Vec<usize>,
    pub(super) exact: bool,
}

/// The columns that cover a row.
type Row = FixedBitSet;

/// The fewest columns that meet every row (a row is the set of columns that cover it). Of covers with
/// as few columns, those with lower columns come first. Rows without a column are left uncovered.
/// Compares no more than `budget` pairs of rows; then the best cover found so far is given as not exact.
pub(super) fn fewest(rows: Vec<Row>, budget: usize) -> Chosen {
    let mut search = Search { best: None, left: budget };
    search.branch(rows.into_iter().filter(|row| !row.is_clear()).collect(), Vec::new());
    let mut columns = search.best.unwrap_or_default();
    columns.sort_unstable();
    Chosen { columns, exact: search.left > 0 }
}

struct Search {
    best: Option<Vec<usize>>,
    left: usize,
}

impl Search {
    /// Depth is bounded by the size of the best cover, each step takes one more column.
    fn branch(&mut self, mut rows: Vec<Row>, mut taken: Vec<usize>) {
        reduce(&mut rows, &mut taken);
        if self.best.as_ref().is_some_and(|best| taken.len() + independent(&rows) >= best.len()) {
            return;
        }
        let Some(hardest) = rows.iter().min_by_key(|row| row.count_ones(..)) else {
            self.best = Some(taken);
            return;
        };
        let mut columns: Vec<usize> = hardest.ones().collect();
        let covers = |column: &usize| rows.iter().filter(|row| row.contains(*column)).count();
        columns.sort_by_cached_key(|column| (std::cmp::Reverse(covers(column)), *column));
        for column in columns {
            self.left = self.left.saturating_sub(1 + rows.len() * rows.len());
            if self.left == 0 && self.best.is_some() {
                return;
            }
            let rest = rows.iter().filter(|row| !row.contains(column)).cloned().collect();
            let mut with = taken.clone();
            with.push(column);
            self.branch(rest, with);
        }
    }
}

fn reduce(rows: &mut Vec<Row>, taken: &mut Vec<usize>) {
    let entries = |rows: &[Row]| -> usize { rows.iter().map(|row| row.count_ones(..)).sum() };
    loop {
        let before = entries(rows);
        if let Some(forced) = rows.iter().find(|row| row.count_ones(..) == 1).and_then(Row::minimum) {
            taken.push(forced);
            rows.retain(|row| !row.contains(forced));
        }
        rows.sort_unstable_by(|a, b| a.ones().cmp(b.ones()));
        rows.dedup();
        let asks_more = |row: &Row, all: &[Row]| all.iter().any(|other| other != row && other.is_subset(row));
        let kept: Vec<Row> = rows.iter().filter(|row| !asks_more(row, rows)).cloned().collect();
        *rows = kept;
        drop_dominated_columns(rows);
        if entries(rows) == before {
            return;
        }
    }
}

/// Of two columns one of which covers all that the other does, keeps that one; of equals the lower.
fn drop_dominated_columns(rows: &mut [Row]) {
    let mut covered: Vec<(usize, FixedBitSet)> = Vec::new();
    for column in 0..rows.iter().map(FixedBitSet::len).max().unwrap_or(0) {
        let mut covers = FixedBitSet::with_capacity(rows.len());
        covers.extend((0..rows.len()).filter(|at| rows[*at].contains(column)));
        if !covers.is_clear() {
            covered.push((column, covers));
        }
    }
    let dominated = |(column, own): &(usize, FixedBitSet)| {
        covered
            .iter()
            .any(|(other, all)| other != column && own.is_subset(all) && (own != all || other < column))
    };
    let dropped: Vec<usize> = covered.iter().filter(|c| dominated(c)).map(|(column, _)| *column).collect();
    for row in rows {
        for column in &dropped {
            row.set(*column, false);
        }
    }
}

/// How many rows, taken shortest first, share no column: so many columns are needed at least.
fn independent(rows: &[Row]) -> usize {
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_by_key(|row| row.count_ones(..));
    let mut used = Row::new();
    let mut count = 0;
    for row in order {
        if row.is_disjoint(&used) {
            used.union_with(row);
            count += 1;
        }
    }
    count
}
