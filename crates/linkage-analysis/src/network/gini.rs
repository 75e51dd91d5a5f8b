//! How unevenly something lies: the Gini coefficient.

use num_bigint::BigUint;

use super::Fraction;

/// The Gini coefficient of some amounts: 0 where all are alike, towards 1 where one has everything. None where
/// there is nothing to share.
///
/// The mean difference of any two amounts, over twice their mean: sorted, `Σ (2i − n − 1) xᵢ / (n Σ xᵢ)`.
pub fn gini(amounts: &[BigUint]) -> Option<Fraction> {
    let sum: BigUint = amounts.iter().sum();
    if sum == BigUint::ZERO {
        return None;
    }
    let mut sorted: Vec<&BigUint> = amounts.iter().collect();
    sorted.sort_unstable();
    let count = sorted.len();
    let weighed = sorted.iter().zip(1_usize..).map(|(amount, place)| *amount * (2 * place));
    let more: BigUint = weighed.sum();
    // What each place counts too much is the same for all; the sum of differences is never below nothing.
    let over = more - &sum * (count + 1);
    Some(Fraction::new(over, sum * count))
}
