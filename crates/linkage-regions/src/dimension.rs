//! The axes of a space: what the numbers 0, 1, 2 ... mean on each of them.

use ecow::EcoString;

use super::Tree;

/// The minutes of a day.
pub const MINUTES_OF_DAY: u32 = 24 * 60;

/// One axis: a name and finitely many values, numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// What the axis is called.
    pub name: EcoString,
    /// What its values are.
    pub kind: Kind,
}

/// What the values of an axis are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Named values in declared order: an enumeration, kinds of day, false and true.
    List(Vec<EcoString>),
    /// The leaves of a tree.
    Tree(Tree),
    /// The whole numbers from `lowest` to `highest`, both included.
    Integer {
        /// The number that is value 0.
        lowest: i64,
        /// The last number.
        highest: i64,
    },
    /// The minutes of a day, 00:00 to 23:59.
    Minutes,
}

impl Dimension {
    /// An axis of this kind.
    pub fn new(name: impl Into<EcoString>, kind: Kind) -> Self {
        Self { name: name.into(), kind }
    }

    /// How many values there are. An [`Kind::Integer`] must not have more than `u32::MAX` of them
    /// ([`Dimension::fits`]); past that the numbers beyond cannot be addressed.
    pub fn size(&self) -> u32 {
        match &self.kind {
            Kind::List(names) => u32::try_from(names.len()).unwrap_or(u32::MAX),
            Kind::Tree(tree) => tree.leaves(),
            Kind::Integer { lowest, highest } => {
                let count = (i128::from(*highest) - i128::from(*lowest) + 1).max(0);
                u32::try_from(count).unwrap_or(u32::MAX)
            }
            Kind::Minutes => MINUTES_OF_DAY,
        }
    }

    /// Whether every value has a number of its own.
    pub fn fits(&self) -> bool {
        match &self.kind {
            Kind::Integer { lowest, highest } => {
                i128::from(*highest) - i128::from(*lowest) < i128::from(u32::MAX)
            }
            Kind::List(_) | Kind::Tree(_) | Kind::Minutes => true,
        }
    }

    /// The number that stands for this integer or minute of the day, if it is one of the values.
    pub fn position(&self, value: i64) -> Option<u32> {
        match &self.kind {
            Kind::Integer { lowest, highest } if (*lowest..=*highest).contains(&value) => {
                u32::try_from(i128::from(value) - i128::from(*lowest)).ok()
            }
            Kind::Minutes => u32::try_from(value).ok().filter(|minute| *minute < MINUTES_OF_DAY),
            _ => None,
        }
    }

    /// How one value is written: its name, its number, its time of day.
    pub fn show(&self, value: u32) -> Option<EcoString> {
        match &self.kind {
            Kind::List(names) => names.get(value as usize).cloned(),
            Kind::Tree(tree) => {
                tree.leaf(value).and_then(|leaf| tree.get(leaf)).map(|node| node.name.clone())
            }
            Kind::Integer { lowest, .. } => {
                (value < self.size()).then(|| ecow::eco_format!("{}", lowest + i64::from(value)))
            }
            Kind::Minutes => (value < MINUTES_OF_DAY).then(|| clock_face(value)),
        }
    }
}

/// A minute of the day as HH:MM; the end of the day is 24:00.
pub(super) fn clock_face(minute: u32) -> EcoString {
    ecow::eco_format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The axes, in a fixed order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Space {
    /// The axes; their order is the order in which points are compared.
    pub dimensions: Vec<Dimension>,
}

impl Space {
    /// The space of these axes.
    pub fn new(dimensions: Vec<Dimension>) -> Self {
        Self { dimensions }
    }

    /// The number of values on each axis.
    pub fn sizes(&self) -> impl Iterator<Item = u32> + '_ {
        self.dimensions.iter().map(Dimension::size)
    }

    /// The axis of this name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.dimensions.iter().position(|dimension| dimension.name == name)
    }
}

/// One value on every axis. Points are ordered by the first axis, then the second, and so on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point(pub Vec<u32>);
