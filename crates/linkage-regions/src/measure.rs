//! How many points a region has, as far as that was decided.

use num_bigint::BigUint;

/// A number of points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// So many exactly.
    Exact(BigUint),
    /// A budget was hit: no fewer than the first and no more than the second, both proved.
    Between(BigUint, BigUint),
}

impl Measure {
    /// The number, where it is exact.
    pub fn exact(&self) -> Option<&BigUint> {
        match self {
            Self::Exact(count) => Some(count),
            Self::Between(..) => None,
        }
    }
}

/// Which budgets were hit, and at what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// So many cells were looked at, and some were left.
    pub cells: Option<usize>,
    /// So many classes were looked at for a diagram, which was not finished.
    pub classes: Option<usize>,
}
