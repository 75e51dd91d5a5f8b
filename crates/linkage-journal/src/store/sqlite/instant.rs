//! Instants as they are kept in rows.

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

/// An instant in milliseconds, rounded up, so that nothing is due before its time.
pub(super) fn rounded_up(at: Timestamp) -> i64 {
    let whole = at.as_millisecond();
    whole + i64::from(at.as_nanosecond() > i128::from(whole) * 1_000_000)
}

/// An instant as it is: the number of its milliseconds, or written out where it lies between two.
pub(super) struct Exact(pub Timestamp);

impl ToSql for Exact {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match between(self.0) {
            None => self.0.as_millisecond().into(),
            Some(text) => text.into(),
        })
    }
}

/// The instant written out, where it lies between two milliseconds.
pub(super) fn between(at: Timestamp) -> Option<String> {
    (at.as_nanosecond() % 1_000_000 != 0).then(|| at.to_string())
}

/// An instant that was kept.
pub(super) fn exact(row: &Row<'_>, at: usize) -> rusqlite::Result<Timestamp> {
    exactly(row, at)?.ok_or(rusqlite::Error::InvalidQuery)
}

/// The same where there may be none.
pub(super) fn exactly(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Timestamp>> {
    let kept = row.get_ref(at)?;
    let wrong =
        |error: jiff::Error| rusqlite::Error::FromSqlConversionFailure(at, kept.data_type(), Box::new(error));
    match kept {
        ValueRef::Null => Ok(None),
        ValueRef::Text(_) => kept.as_str()?.parse().map(Some).map_err(wrong),
        _ => Timestamp::from_millisecond(kept.as_i64()?).map(Some).map_err(wrong),
    }
}
