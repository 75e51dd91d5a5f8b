//! Reading: records, dossiers, rules, persons.

use ecow::EcoString;
use rusqlite::{OptionalExtension, Row};
use serde::de::DeserializeOwned;

use super::super::{Hash, Person, Record};
use super::tail::Tail;
use super::{Sqlite, natural, whole};
use linkage_case::CaseId;

const RECORD: &str = "SELECT seq, dossier, rev, key, body, hash FROM record";

impl Sqlite {
    pub(super) fn all<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.connection.prepare_cached(sql)?.query_map(values, read)?.collect()
    }

    // `+ 0`: where there is an order, SQLite looks at the value itself and prepares the statement again for the next.
    pub(super) fn last_rev(&self, dossier: CaseId) -> rusqlite::Result<u64> {
        let newest = self.tail.borrow().places_of(dossier).last().map(|(rev, _)| *rev);
        if let Some(rev) = newest.or_else(|| self.revs.borrow().of(dossier)) {
            return Ok(rev);
        }
        let mut last = self.connection.prepare_cached(
            "SELECT rev - 1 + length(seqs) / 8 FROM place WHERE dossier = ?1 + 0 ORDER BY rev DESC LIMIT 1",
        )?;
        let found = last.query_row([whole(dossier.0)], |row| row.get::<_, i64>(0)).optional()?;
        Ok(found.map_or(0, natural))
    }

    pub(super) fn read_records(&self, after: u64, limit: usize) -> rusqlite::Result<Vec<Record>> {
        // `>=`: what is searched for is on the page of the next record; where that of the last is damaged, this reads on.
        let sql = format!("{RECORD} WHERE seq >= ?1 AND rev > 0 ORDER BY seq LIMIT ?2");
        let mut last = after;
        self.all(&sql, (whole(after.saturating_add(1)), whole(limit as u64)), |row| {
            let record = record(row)?;
            // A page that stands in the place of another: whoever goes on behind the last would never come to an end.
            if record.seq <= last {
                return Err(rusqlite::Error::IntegralValueOutOfRange(0, whole(record.seq)));
            }
            last = record.seq;
            Ok(record)
        })
    }

    pub(super) fn read_whole(&self, tail: &Tail, root: CaseId) -> rusqlite::Result<Vec<Record>> {
        self.read_dossier(root, tail.places_of(root))
    }

    /// The records of a dossier: those that the tables place, and those of a tail.
    pub(super) fn read_dossier(&self, root: CaseId, newest: &[(u64, u64)]) -> rusqlite::Result<Vec<Record>> {
        let sql = "SELECT seqs FROM place WHERE dossier = ?1 + 0 ORDER BY rev";
        let mut seqs = self.all(sql, [whole(root.0)], placed)?.concat();
        seqs.extend(newest.iter().map(|(_, seq)| *seq));
        let mut read = self
            .connection
            .prepare_cached(&format!("{RECORD} WHERE seq = ?1 AND dossier = ?2 AND rev > 0"))?;
        let mut all = Vec::with_capacity(seqs.len());
        for seq in seqs {
            all.extend(read.query_row((whole(seq), whole(root.0)), record).optional()?);
        }
        Ok(all)
    }

    pub(super) fn read_key(&self, key: &str) -> rusqlite::Result<Option<Record>> {
        let mut found = self.connection.prepare_cached(&format!("{RECORD} WHERE key = ?1"))?;
        found.query_row([key], record).optional()
    }

    pub(super) fn read_rules(&self, hash: &str) -> rusqlite::Result<Option<String>> {
        let mut found = self.connection.prepare_cached("SELECT text FROM rules WHERE hash = ?1")?;
        found.query_row([hash], |row| row.get(0)).optional()
    }

    pub(super) fn read_all_rules(&self) -> rusqlite::Result<Vec<(EcoString, EcoString)>> {
        self.all("SELECT hash, name FROM rules ORDER BY hash", [], |row| Ok((text(row, 0)?, text(row, 1)?)))
    }

    pub(super) fn read_persons(&self, handle: Option<&str>) -> rusqlite::Result<Vec<Person>> {
        let sql = "SELECT handle, contact, until FROM person WHERE ?1 IS NULL OR handle = ?1 ORDER BY handle";
        self.all(sql, [handle], |row| {
            let until = text(row, 2)?.parse().unwrap_or(jiff::civil::Date::MAX);
            Ok(Person { handle: text(row, 0)?, contact: text(row, 1)?, until })
        })
    }
}

fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        seq: natural(row.get(0)?),
        dossier: CaseId(natural(row.get(1)?)),
        rev: natural(row.get(2)?),
        key: row.get::<_, Option<String>>(3)?.map(EcoString::from),
        body: row.get(4)?,
        hash: hash(row, 5)?,
    })
}

/// The records that a row of places tells.
fn placed(row: &Row<'_>) -> rusqlite::Result<Vec<u64>> {
    let (seqs, _) = row.get_ref(0)?.as_blob()?.as_chunks();
    Ok(seqs.iter().map(|seq| u64::from_be_bytes(*seq)).collect())
}

pub(super) fn hash(row: &Row<'_>, at: usize) -> rusqlite::Result<Hash> {
    // A hash of another length is none, and verify tells where.
    let blob = row.get_ref(at)?.as_blob().map_err(rusqlite::Error::from)?;
    Ok(Hash(blob.try_into().unwrap_or([0xFF; 32])))
}

pub(super) fn text(row: &Row<'_>, at: usize) -> rusqlite::Result<EcoString> {
    Ok(row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?.into())
}

pub(super) fn parsed<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    let wrong =
        |error| rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(error));
    serde_json::from_str(row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?).map_err(wrong)
}
