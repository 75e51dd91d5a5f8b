//! What is asked for across cases: the tables, with the tail laid over them.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row};

use super::super::{CaseRow, How, Owed, Rows, Tiding, Work};
use super::instant::{exact, exactly, rounded_up};
use super::read::{parsed, text};
use super::schema::PLACE_BITS;
use super::tail::{Ahead, Lag, Tail};
use super::{Sqlite, natural, whole};
use linkage_case::CaseId;

const CASE: &str = "SELECT case_id, dossier, procedure, opened, closed, solved, timer FROM cases";
const WORK: &str = "SELECT body, due, case_id, number, procedure, step, since, how, exactly FROM work";

impl Sqlite {
    pub(super) fn read_case(&self, tail: &Tail, case: CaseId) -> rusqlite::Result<Option<CaseRow>> {
        if let Some(lag) = tail.case(case) {
            return Ok(Some(lag.now.rows().case));
        }
        let mut found = self.connection.prepare_cached(&format!("{CASE} WHERE case_id = ?1"))?;
        found.query_row([whole(case.0)], case_row).optional()
    }

    pub(super) fn read_cases(
        &self,
        tail: &Tail,
        after: CaseId,
        limit: usize,
    ) -> rusqlite::Result<Vec<CaseRow>> {
        let sql = format!("{CASE} WHERE case_id > ?1 ORDER BY case_id LIMIT ?2");
        let enough = whole(limit.saturating_add(tail.len()) as u64);
        let mut all = self.all(&sql, (whole(after.0), enough), case_row)?;
        all.retain(|row| tail.case(row.case).is_none());
        all.extend(tail.cases_after(after).map(|lag| lag.now.rows().case));
        all.sort_unstable_by_key(|row| row.case);
        all.truncate(limit);
        Ok(all)
    }

    pub(super) fn read_due(
        &self,
        tail: &mut Tail,
        until: Timestamp,
        limit: usize,
    ) -> rusqlite::Result<Vec<(Timestamp, CaseId)>> {
        tail.due(rounded_up(until), limit, |ahead| self.read_ahead(ahead))
    }

    /// Reads on in what the tables say is due: a few at first, then more.
    fn read_ahead(&self, ahead: &mut Ahead) -> rusqlite::Result<()> {
        let (at, case) = ahead.last.map_or((i64::MIN, 0), |(at, case)| (at, whole(case.0)));
        let enough: usize = if ahead.last.is_none() { 16 } else { 512 };
        let next = self.all(
            "SELECT timer, case_id FROM cases WHERE timer IS NOT NULL AND (timer, case_id) > (?1, ?2)
             ORDER BY timer, case_id LIMIT ?3",
            (at, case, whole(enough as u64)),
            |row| Ok((row.get(0)?, CaseId(natural(row.get(1)?)))),
        )?;
        ahead.ended = next.len() < enough;
        ahead.last = next.last().copied().or(ahead.last);
        ahead.due.extend(next);
        Ok(())
    }

    pub(super) fn read_work(
        &self,
        tail: &Tail,
        body: Option<&str>,
        limit: usize,
    ) -> rusqlite::Result<Vec<Work>> {
        let own = |work: &&Work| body.is_none_or(|body| work.body == body);
        let stored = tail.cases().filter_map(|(_, lag)| lag.stored.as_ref());
        let stale: usize = stored.map(|stored| stored.rows().work.iter().filter(own).count()).sum();
        let enough = whole(limit.saturating_add(stale) as u64);
        let mut all = match body {
            Some(body) => {
                let sql = format!("{WORK} WHERE body = ?1 ORDER BY due, case_id, number LIMIT ?2");
                self.all(&sql, (body, enough), work)?
            }
            None => {
                self.all(&format!("{WORK} ORDER BY due, case_id, number, body LIMIT ?1"), [enough], work)?
            }
        };
        if !tail.is_empty() {
            all.retain(|work| tail.case(work.case).is_none());
            all.extend(tail.cases().flat_map(|(_, lag)| lag.now.rows().work).filter(|work| own(&work)));
            all.sort_by(|one, other| {
                let key = |work: &Work| (Self::due(work), work.case, work.number);
                key(one).cmp(&key(other)).then_with(|| one.body.cmp(&other.body))
            });
        }
        all.truncate(limit);
        Ok(all)
    }

    pub(super) fn read_owed(&self, tail: &Tail) -> rusqlite::Result<Vec<Owed>> {
        let sql = "SELECT row FROM owed ORDER BY case_id, number, debtor, creditor";
        let mut all: Vec<Owed> = self.all(sql, [], |row| parsed(row, 0))?;
        if !tail.is_empty() {
            all.retain(|owed| tail.case(owed.case).is_none());
            all.extend(tail.cases().flat_map(|(_, lag)| lag.now.rows().owed));
            all.sort_by(|one, other| {
                let key = |owed: &Owed| (owed.case, owed.number);
                let names = |owed: &Owed| (owed.debtor.clone(), owed.creditor.clone());
                key(one).cmp(&key(other)).then_with(|| names(one).cmp(&names(other)))
            });
        }
        Ok(all)
    }

    pub(super) fn read_outbox(&self, limit: usize) -> rusqlite::Result<Vec<(u64, Tiding)>> {
        self.all(
            "SELECT id, case_id, rung, channel FROM outbox WHERE id >= (SELECT upto + 1 FROM sent) << ?1
             ORDER BY id LIMIT ?2",
            (PLACE_BITS, whole(limit as u64)),
            |row| {
                let (seq, case) = (natural(row.get(0)?) >> PLACE_BITS, CaseId(natural(row.get(1)?)));
                Ok((seq, Tiding { case, rung: text(row, 2)?, channel: text(row, 3)? }))
            },
        )
    }

    /// Whether these rows of a case are told, and the tables hold what they should.
    pub(super) fn read_holds(&self, tail: &Tail, rows: &Rows) -> rusqlite::Result<bool> {
        match tail.case(rows.case.case) {
            None => self.stores(rows),
            Some(lag) if lag.now.rows() != *rows => Ok(false),
            Some(Lag { stored: Some(stored), .. }) => self.stores(&stored.rows()),
            Some(Lag { stored: None, .. }) => Ok(true),
        }
    }

    fn stores(&self, rows: &Rows) -> rusqlite::Result<bool> {
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

    pub(super) fn read_counts(&self, tail: &Tail) -> rusqlite::Result<[u64; 5]> {
        let mut counts = [0; 5];
        let tables = [
            "count(*) FROM cases",
            "count(timer) FROM cases",
            "count(*) FROM work",
            "count(*) FROM owed",
            "coalesce(sum(length(seqs)), 0) / 8 FROM place",
        ];
        for (count, table) in counts.iter_mut().zip(tables) {
            let sql = format!("SELECT {table}");
            *count = self.connection.query_row(&sql, [], |row| row.get(0)).map(natural)?;
        }
        for (_, Lag { stored, now }) in tail.cases() {
            let stored = stored.as_ref().map_or([0; 4], |stored| stored.rows().count());
            for ((count, stored), now) in counts.iter_mut().zip(stored).zip(now.rows().count()) {
                *count = (*count + now).saturating_sub(stored);
            }
        }
        counts[4] += tail.places().map(|(_, places)| places.len() as u64).sum::<u64>();
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
