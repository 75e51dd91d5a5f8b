//! What keeps a table or one of its rows from being read.

use thiserror::Error;

/// What keeps a whole table from being read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TableFault {
    /// There is no line with anything in it.
    #[error("the table is empty")]
    Empty,
    /// It is a workbook, and can't be opened.
    #[error("not a workbook that can be read: {0}")]
    Workbook(String),
    /// The workbook has no such sheet.
    #[error("no sheet `{wanted}`")]
    Sheet {
        /// The sheet asked for.
        wanted: String,
        /// Those that there are.
        sheets: Vec<String>,
    },
    /// It is no text in UTF-8 or GB 18030.
    #[error("not text in UTF-8 or GB 18030")]
    Encoding,
}

/// A row that could not be read, or not as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its line in the file, counted from 1.
    pub line: usize,
    /// Why.
    pub why: RowFault,
}

/// Why a row could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFault {
    /// A cell that is needed is empty.
    Missing(super::Field),
    /// The article is no number of one.
    Article(String),
    /// A cell should hold a date.
    Date(super::Field, String),
    /// The law has another date in an earlier row, which is kept.
    OtherDate {
        /// The law.
        law: String,
        /// The line with the date that is kept.
        first: usize,
    },
    /// An earlier row says the same.
    Duplicate {
        /// Its line.
        first: usize,
    },
    /// It has another number of cells than the heading; what is there was read.
    Uneven {
        /// How many it has.
        cells: usize,
        /// How many the heading has.
        columns: usize,
    },
}

impl RowFault {
    /// Whether the row was left out because of it.
    pub fn is_left_out(&self) -> bool {
        match self {
            Self::Missing(_) | Self::Article(_) | Self::Date(..) | Self::Duplicate { .. } => true,
            Self::OtherDate { .. } | Self::Uneven { .. } => false,
        }
    }
}
