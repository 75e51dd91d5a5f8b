//! The certificate as it is written.

use serde::{Deserialize, Serialize};

/// The format that is written and read.
pub const FORMAT: &str = "linkage certificate 1";

/// A box: for each axis the runs of values, each from its first value up to but without its end.
pub type Sides = Vec<Vec<[u32; 2]>>;

/// What is claimed, and what is said to follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// [`FORMAT`].
    pub format: String,
    /// Of which rules, on which day: for people.
    pub subject: String,
    /// The axes.
    pub axes: Vec<Axis>,
    /// The situations that are asked about.
    pub scope: Vec<Sides>,
    /// Who claims what.
    pub claims: Vec<Claim>,
    /// What nobody claims.
    pub gaps: Vec<Sides>,
    /// Where claims of different owners meet.
    pub overlaps: Vec<Group>,
    /// How many situations there are.
    pub volumes: Volumes,
}

/// An axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// Its name.
    pub name: String,
    /// How many values it has, numbered from 0.
    pub size: u32,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// What it is called.
    pub name: String,
    /// Who claims, sorted. Claims of the same owners don't overlap.
    pub owners: Vec<String>,
    /// What is claimed.
    pub boxes: Vec<Sides>,
}

/// Claims that meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The claims by their place in the list, sorted: these and no others.
    pub claims: Vec<usize>,
    /// Where.
    pub boxes: Vec<Sides>,
}

/// Numbers of situations, in decimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volumes {
    /// In the scope.
    pub scope: String,
    /// In the scope and in a claim.
    pub held: String,
    /// In the scope and in no claim.
    pub gaps: String,
    /// In the scope and in claims of different owners.
    pub overlaps: String,
}
