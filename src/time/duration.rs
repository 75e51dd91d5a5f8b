//! How long: an amount and its unit.

/// The unit of a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit { Minute, Hour, Day, Week, Month, Year, Workday, WorkHour }

/// An amount of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration { pub amount: u32, pub unit: Unit }
