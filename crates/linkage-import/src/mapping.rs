//! Which column says what.

use thiserror::Error;

use super::{Row, Table};
use linkage_text::did_you_mean;

/// What a column can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Who acts.
    Body,
    /// What it may do; several are parted by a mark.
    Power,
    /// On what law.
    Law,
    /// By which of its articles.
    Article,
    /// In what matter, within the article.
    Matter,
    /// In what area.
    Area,
    /// Since when the law is in force.
    From,
    /// Until when.
    Until,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Body,
        Self::Power,
        Self::Law,
        Self::Article,
        Self::Matter,
        Self::Area,
        Self::From,
        Self::Until,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Power => "power",
            Self::Law => "law",
            Self::Article => "article",
            Self::Matter => "matter",
            Self::Area => "area",
            Self::From => "from",
            Self::Until => "until",
        }
    }
}

/// What is wrong with a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MappingFault {
    /// It is not `field=column`.
    #[error("`{0}` is not `field=column`")]
    Form(String),
    /// No such field.
    #[error("no field `{0}`")]
    Field(String),
    /// The table has no such column.
    #[error("no column `{column}`")]
    Column {
        /// The column asked for.
        column: String,
        /// The nearest that there is.
        near: Option<String>,
        /// Those that there are.
        columns: Vec<String>,
    },
    /// A field without which nothing can be said.
    #[error("no column for `{}`", .0.name())]
    Missing(Field),
}

/// Which column says what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    columns: Vec<(Field, usize)>,
}

impl Mapping {
    /// From `field=column` pairs; a column is named as in the heading.
    ///
    /// # Errors
    /// A pair is malformed, a field or column unknown, or body, power or law have no column.
    pub fn new(pairs: &[String], table: &Table) -> Result<Self, MappingFault> {
        let mut columns = Vec::new();
        for pair in pairs {
            let (field, column) = pair.split_once('=').ok_or_else(|| MappingFault::Form(pair.clone()))?;
            let (field, column) = (field.trim(), column.trim());
            let found = Field::ALL.into_iter().find(|own| own.name() == field);
            let found = found.ok_or_else(|| MappingFault::Field(field.into()))?;
            let at = table.columns.iter().position(|own| own == column);
            let at = at.ok_or_else(|| MappingFault::Column {
                column: column.into(),
                near: did_you_mean(column, table.columns.iter().map(String::as_str)).map(Into::into),
                columns: table.columns.clone(),
            })?;
            columns.push((found, at));
        }
        for needed in [Field::Body, Field::Power, Field::Law] {
            if columns.iter().all(|(field, _)| *field != needed) {
                return Err(MappingFault::Missing(needed));
            }
        }
        Ok(Self { columns })
    }

    /// What a row says of a field; none where the cell is empty or no column says it.
    pub fn get<'r>(&self, row: &'r Row, field: Field) -> Option<&'r str> {
        let (_, at) = self.columns.iter().find(|(own, _)| *own == field)?;
        row.cells.get(*at).map(String::as_str).filter(|cell| !cell.is_empty())
    }
}
