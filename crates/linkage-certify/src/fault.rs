//! What can be wrong with a certificate. Facts, no sentences.

use num_bigint::BigUint;

/// A box in a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A box of the scope.
    Scope(usize),
    /// A box of a claim.
    Claim(usize, usize),
    /// A box of the gaps.
    Gap(usize),
    /// A box of a group of overlaps.
    Overlap(usize, usize),
}

/// A part of the certificate that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The scope.
    Scope,
    /// What is claimed of it.
    Held,
    /// What is not.
    Gaps,
    /// What claims of different owners share.
    Overlaps,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The format is unknown.
    Format,
    /// A box has not one side for each axis, or a side is not sorted runs of values of the axis.
    Shape(Place),
    /// The owners of a claim are not sorted, or there are none.
    Owners(usize),
    /// A group is not of different owners, not sorted, or stands twice.
    Group(usize),
    /// A box reaches out of the scope.
    Outside(Place),
    /// Two boxes that must be disjoint share points.
    Share(Place, Place),
    /// A box of a group is not in a claim of the group.
    NotIn(Place, usize),
    /// A number is not the one that was measured.
    Volume(Part, BigUint),
    /// The boxes listed make up so many points, and there are more of them.
    Missing(Part, BigUint),
}
