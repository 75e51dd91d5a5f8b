//! A fraction of two whole numbers, in lowest terms.

use std::cmp::Ordering;

use num_bigint::BigUint;

/// A share: so much of so much. Nothing of nothing is nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fraction {
    over: BigUint,
    under: BigUint,
}

impl Fraction {
    /// So much of so much; of nothing it is nothing.
    pub fn new(over: impl Into<BigUint>, under: impl Into<BigUint>) -> Self {
        let (over, under) = (over.into(), under.into());
        if under == BigUint::ZERO {
            return Self { over: BigUint::ZERO, under: BigUint::from(1_u8) };
        }
        let common = common_divisor(over.clone(), under.clone());
        Self { over: over / &common, under: under / common }
    }

    /// The sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self::new(&self.over * &other.under + &other.over * &self.under, &self.under * &other.under)
    }

    /// So many parts of it.
    #[must_use]
    pub fn divided_by(&self, parts: impl Into<BigUint>) -> Self {
        Self::new(self.over.clone(), &self.under * parts.into())
    }

    /// How often it holds a part such as a hundredth, to the nearest; half is rounded up.
    pub fn in_parts(&self, of_one: u32) -> BigUint {
        (&self.over * of_one * 2_u8 + &self.under) / (&self.under * 2_u8)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.over * &other.under).cmp(&(&other.over * &self.under))
    }
}

/// Euclid's.
fn common_divisor(mut one: BigUint, mut other: BigUint) -> BigUint {
    while other != BigUint::ZERO {
        (one, other) = (other.clone(), one % other);
    }
    one
}
