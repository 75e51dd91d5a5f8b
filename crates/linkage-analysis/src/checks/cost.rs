//! What a journal of real cases says of findings: plain numbers. They are computed above, by `cost`.

use ecow::EcoString;
use jiff::civil::Date;

/// What real cases met of one finding, and what that cost them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cost {
    /// How many cases fall under it.
    pub cases: usize,
    /// How many more may: what is known of them does not tell.
    pub possible: usize,
    /// The numbers of the first few that fall under it.
    pub named: Vec<EcoString>,
    /// What it cost those that fall under it.
    pub spent: Spent,
}

/// What cases cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Spent {
    /// Minutes on the clock in which something of the case was late.
    pub late: u64,
    /// How many of these minutes were working time.
    pub late_working: u64,
    /// How often a rung of a ladder was stepped on.
    pub escalations: usize,
    /// How often a step was refused, or handed to another body.
    pub hand_backs: usize,
}

/// What a journal holds, whatever the findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Practice {
    /// How many cases.
    pub cases: usize,
    /// How many of them were opened under, or moved to, other rules than those that are checked.
    pub other_rules: usize,
    /// How many state facts that the rules checked do not know.
    pub unplaced: usize,
    /// How many fall under an error or a warning.
    pub touched: usize,
    /// The day on which the first was opened.
    pub from: Option<Date>,
    /// The day of the last record.
    pub until: Option<Date>,
    /// What all cases cost.
    pub spent: Spent,
    /// The place of each finding in the order that they have without a journal.
    pub before: Vec<usize>,
}

impl std::ops::AddAssign for Spent {
    fn add_assign(&mut self, other: Self) {
        self.late += other.late;
        self.late_working += other.late_working;
        self.escalations += other.escalations;
        self.hand_backs += other.hand_backs;
    }
}
