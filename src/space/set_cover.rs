//! The fewest columns that between them cover every row.
//!
//! Reductions first (a row that one column alone covers forces it; a row that asks more than another
//! is met by meeting that one; a column that covers no more than another is never needed), then the
//! rest by branching on the row with the fewest columns, cut off where rows without a common column
//! prove that no better answer lies below.

use std::collections::BTreeSet;

/// A cover, and whether it is proved that none is smaller.
pub(super) struct Chosen {
    pub(super) columns: Vec<usize>,
    pub(super) exact: bool,
}

type Row = BTreeSet<usize>;

/// The fewest columns that meet every row (a row is the set of columns that cover it). Of covers with
/// as few columns, those with lower columns come first. Rows without a column are left uncovered.
/// Compares no more than `budget` pairs of rows; then the best cover found so far is given as not exact.
pub(super) fn fewest(rows: Vec<Row>, budget: usize) -> Chosen {
    let mut search = Search { best: None, left: budget };
    search.branch(rows.into_iter().filter(|row| !row.is_empty()).collect(), Vec::new());
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
        let Some(hardest) = rows.iter().min_by_key(|row| row.len()) else {
            self.best = Some(taken);
            return;
        };
        let mut columns: Vec<usize> = hardest.iter().copied().collect();
        let covers = |column: &usize| rows.iter().filter(|row| row.contains(column)).count();
        columns.sort_by_cached_key(|column| (std::cmp::Reverse(covers(column)), *column));
        for column in columns {
            self.left = self.left.saturating_sub(1 + rows.len() * rows.len());
            if self.left == 0 && self.best.is_some() {
                return;
            }
            let rest = rows.iter().filter(|row| !row.contains(&column)).cloned().collect();
            let mut with = taken.clone();
            with.push(column);
            self.branch(rest, with);
        }
    }
}

fn reduce(rows: &mut Vec<Row>, taken: &mut Vec<usize>) {
    loop {
        let before: usize = rows.iter().map(BTreeSet::len).sum();
        if let Some(forced) = rows.iter().find(|row| row.len() == 1).and_then(|row| row.first().copied()) {
            taken.push(forced);
            rows.retain(|row| !row.contains(&forced));
        }
        rows.sort();
        rows.dedup();
        let asks_more = |row: &Row, all: &[Row]| all.iter().any(|other| other != row && other.is_subset(row));
        let kept: Vec<Row> = rows.iter().filter(|row| !asks_more(row, rows)).cloned().collect();
        *rows = kept;
        drop_dominated_columns(rows);
        if rows.iter().map(BTreeSet::len).sum::<usize>() == before {
            return;
        }
    }
}

/// Of two columns one of which covers all that the other does, keeps that one; of equals the lower.
fn drop_dominated_columns(rows: &mut [Row]) {
    let columns: BTreeSet<usize> = rows.iter().flatten().copied().collect();
    let covers = |column: usize| -> BTreeSet<usize> {
        rows.iter().enumerate().filter(|(_, row)| row.contains(&column)).map(|(at, _)| at).collect()
    };
    let covered: Vec<(usize, BTreeSet<usize>)> = columns.into_iter().map(|c| (c, covers(c))).collect();
    let dominated = |(column, own): &(usize, BTreeSet<usize>)| {
        covered.iter().any(|(other, all)| {
            other != column && own.is_subset(all) && (own.len() < all.len() || other < column)
        })
    };
    let dropped: Vec<usize> = covered.iter().filter(|c| dominated(c)).map(|(column, _)| *column).collect();
    for row in rows {
        row.retain(|column| dropped.binary_search(column).is_err());
    }
}

/// How many rows, taken shortest first, share no column: so many columns are needed at least.
fn independent(rows: &[Row]) -> usize {
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_by_key(|row| row.len());
    let mut used = Row::new();
    let mut count = 0;
    for row in order {
        if row.is_disjoint(&used) {
            used.extend(row);
            count += 1;
        }
    }
    count
}
