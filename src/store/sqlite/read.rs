//! Reading: records, rows, tidings, rules, persons.

use ecow::EcoString;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row};
use serde::de::DeserializeOwned;

use super::super::{CaseRow, Hash, Head, How, Owed, Person, Record, Rows, Tiding, Work};
use super::instant::{exact, exactly, rounded_up};
use super::{Sqlite, natural, whole};
use crate::case::CaseId;

const CASE: &str = "SELECT case_id, dossier, procedure, opened, closed, solved, timer FROM cases";
const WORK: &str = "SELECT body, due, case_id, number, procedure, step, since, how, exactly FROM work";
const RECORD: &str = "SELECT seq, dossier, rev, key, body, hash FROM record";

impl Sqlite {
    fn all<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.connection.prepare_cached(sql)?.query_map(values, read)?.collect()
    }

    pub(super) fn read_head(&self) -> rusqlite::Result<Head> {
        let mut head = self.connection.prepare_cached("SELECT seq, hash, opened FROM head")?;
        head.query_row([], |row| {
            Ok(Head { seq: natural(row.get(0)?), hash: hash(row, 1)?, opened: natural(row.get(2)?) })
        })
    }

    pub(super) fn last_rev(&self, dossier: CaseId) -> rusqlite::Result<u64> {
        let mut last = self.connection.prepare_cached("SELECT max(rev) FROM record WHERE dossier = ?1")?;
        last.query_row([whole(dossier.0)], |row| row.get::<_, Option<i64>>(0))
            .map(|rev| rev.map_or(0, natural))
    }

    pub(super) fn read_records(&self, after: u64, limit: usize) -> rusqlite::Result<Vec<Record>> {
        let sql = format!("{RECORD} WHERE seq > ?1 ORDER BY seq LIMIT ?2");
        self.all(&sql, (whole(after), whole(limit as u64)), record)
    }

    pub(super) fn read_dossier(&self, root: CaseId) -> rusqlite::Result<Vec<Record>> {
        self.all(&format!("{RECORD} WHERE dossier = ?1 ORDER BY rev"), [whole(root.0)], record)
    }

    pub(super) fn read_key(&self, key: &str) -> rusqlite::Result<Option<Record>> {
        let mut found = self.connection.prepare_cached(&format!("{RECORD} WHERE key = ?1"))?;
        found.query_row([key], record).optional()
    }

    pub(super) fn read_case(&self, case: CaseId) -> rusqlite::Result<Option<CaseRow>> {
        let mut found = self.connection.prepare_cached(&format!("{CASE} WHERE case_id = ?1"))?;
        found.query_row([whole(case.0)], case_row).optional()
    }

    pub(super) fn read_cases(&self, after: CaseId, limit: usize) -> rusqlite::Result<Vec<CaseRow>> {
        let sql = format!("{CASE} WHERE case_id > ?1 ORDER BY case_id LIMIT ?2");
        self.all(&sql, (whole(after.0), whole(limit as u64)), case_row)
    }

    pub(super) fn read_due(
        &self,
        until: Timestamp,
        limit: usize,
    ) -> rusqlite::Result<Vec<(Timestamp, CaseId)>> {
        self.all(
            "SELECT timer, case_id FROM cases WHERE timer <= ?1 ORDER BY timer, case_id LIMIT ?2",
            (rounded_up(until), whole(limit as u64)),
            |row| {
                let at = Timestamp::from_millisecond(row.get(0)?).unwrap_or(Timestamp::MAX);
                Ok((at, CaseId(natural(row.get(1)?))))
            },
        )
    }

    pub(super) fn read_work(&self, body: Option<&str>, limit: usize) -> rusqlite::Result<Vec<Work>> {
        let limit = whole(limit as u64);
        match body {
            Some(body) => {
                let sql = format!("{WORK} WHERE body = ?1 ORDER BY due, case_id, number LIMIT ?2");
                self.all(&sql, (body, limit), work)
            }
            None => self.all(&format!("{WORK} ORDER BY due, case_id, number, body LIMIT ?1"), [limit], work),
        }
    }

    pub(super) fn read_owed(&self) -> rusqlite::Result<Vec<Owed>> {
        self.all("SELECT row FROM owed ORDER BY case_id, number, debtor, creditor", [], |row| parsed(row, 0))
    }

    pub(super) fn read_outbox(&self, limit: usize) -> rusqlite::Result<Vec<(u64, Tiding)>> {
        self.all(
            "SELECT seq, case_id, rung, channel FROM outbox WHERE sent = 0 \
             ORDER BY seq, case_id, rung, channel LIMIT ?1",
            [whole(limit as u64)],
            |row| {
                let case = CaseId(natural(row.get(1)?));
                Ok((natural(row.get(0)?), Tiding { case, rung: text(row, 2)?, channel: text(row, 3)? }))
            },
        )
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

    pub(super) fn read_holds(&self, rows: &Rows) -> rusqlite::Result<bool> {
        let case = whole(rows.case.case.0);
        let row: Option<(Option<i64>, CaseRow)> = self
            .connection
            .prepare_cached(&format!("{CASE} WHERE case_id = ?1"))?
            .query_row([case], |row| Ok((row.get(6)?, case_row(row)?)))
            .optional()?;
        if row != Some((rows.timer.map(rounded_up), rows.case.clone())) {
            return Ok(false);
        }
        for wanted in &rows.work {
            let sql = format!("{WORK} WHERE body = ?1 AND due = ?2 AND case_id = ?3 AND number = ?4");
            let key = (wanted.body.as_str(), Self::due(wanted), case, wanted.number);
            let found: Option<Work> =
                self.connection.prepare_cached(&sql)?.query_row(key, work).optional()?;
            if found.as_ref() != Some(wanted) {
                return Ok(false);
            }
        }
        let sql = "SELECT row FROM owed WHERE case_id = ?1 ORDER BY number, debtor, creditor";
        let owed: Vec<Owed> = self.all(sql, [case], |row| parsed(row, 0))?;
        Ok(owed.iter().collect::<std::collections::BTreeSet<_>>() == rows.owed.iter().collect())
    }

    pub(super) fn read_counts(&self) -> rusqlite::Result<[u64; 4]> {
        let mut counts = [0; 4];
        let tables = ["cases", "cases WHERE timer IS NOT NULL", "work", "owed"];
        for (count, table) in counts.iter_mut().zip(tables) {
            let sql = format!("SELECT count(*) FROM {table}");
            *count = self.connection.query_row(&sql, [], |row| row.get(0)).map(natural)?;
        }
        Ok(counts)
    }
}

fn case_row(row: &Row<'_>) -> rusqlite::Result<CaseRow> {
    Ok(CaseRow {
        case: CaseId(natural(row.get(0)?)),
        dossier: CaseId(natural(row.get(1)?)),
        procedure: text(row, 2)?,
        opened: exact(row, 3)?,
        closed: exactly(row, 4)?,
        solved: row.get(5)?,
    })
}

fn work(row: &Row<'_>) -> rusqlite::Result<Work> {
    let due = match (exactly(row, 8)?, row.get(1)?) {
        (Some(exact), _) => Some(exact),
        (None, i64::MAX) => None,
        (None, whole) => Timestamp::from_millisecond(whole).ok(),
    };
    let how: u8 = row.get(7)?;
    Ok(Work {
        body: text(row, 0)?,
        due,
        case: CaseId(natural(row.get(2)?)),
        number: row.get(3)?,
        procedure: text(row, 4)?,
        step: text(row, 5)?,
        since: exact(row, 6)?,
        how: How::ALL
            .get(usize::from(how))
            .copied()
            .ok_or(rusqlite::Error::IntegralValueOutOfRange(7, how.into()))?,
    })
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

fn hash(row: &Row<'_>, at: usize) -> rusqlite::Result<Hash> {
    // A hash of another length is none, and verify tells where.
    let blob = row.get_ref(at)?.as_blob().map_err(rusqlite::Error::from)?;
    Ok(Hash(blob.try_into().unwrap_or([0xFF; 32])))
}

fn text(row: &Row<'_>, at: usize) -> rusqlite::Result<EcoString> {
    Ok(row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?.into())
}

fn parsed<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    let wrong =
        |error| rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(error));
    serde_json::from_str(row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?).map_err(wrong)
}
