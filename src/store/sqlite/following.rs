//! Writing what follows from the records: table after table, each with its statements at hand.

use std::collections::BTreeSet;

use super::super::{Rows, Standing, Work};
use super::instant::{Exact, between, rounded_up};
use super::tail::{Lag, Tail};
use super::{Sqlite, whole};
use crate::case::CaseId;
use crate::cores::in_order;

/// The rows that the tables hold of a case, and those that they are to hold.
type Change = (Option<Rows>, Rows);

impl Sqlite {
    /// Makes the tables say what a tail says.
    pub(super) fn write_following(&self, tail: &Tail) -> rusqlite::Result<()> {
        self.write_places(tail.places())?;
        let lags: Vec<&Lag> = tail.cases().map(|(_, lag)| lag).collect();
        let changes: Vec<Change> =
            in_order(&lags, |lag| (lag.stored.as_ref().map(Standing::rows), lag.now.rows()));
        self.write_cases(&changes)?;
        self.write_work(&changes)?;
        self.write_owed(&changes)
    }

    fn write_places<'t>(
        &self,
        places: impl Iterator<Item = (CaseId, &'t [(u64, u64)])>,
    ) -> rusqlite::Result<()> {
        let mut add = self.connection.prepare_cached("INSERT INTO place VALUES (?1, ?2, ?3)")?;
        for (dossier, places) in places {
            let Some((rev, _)) = places.first() else { continue };
            let seqs: Vec<u8> = places.iter().flat_map(|(_, seq)| seq.to_be_bytes()).collect();
            add.execute((whole(dossier.0), whole(*rev), seqs))?;
        }
        Ok(())
    }

    fn write_cases(&self, changes: &[Change]) -> rusqlite::Result<()> {
        let it = &self.connection;
        let mut add =
            it.prepare_cached("INSERT OR REPLACE INTO cases VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        let mut time = it.prepare_cached("UPDATE cases SET timer = ?2 WHERE case_id = ?1")?;
        let mut end =
            it.prepare_cached("UPDATE cases SET timer = ?2, closed = ?3, solved = ?4 WHERE case_id = ?1")?;
        for (before, after) in changes {
            let row = &after.case;
            let (case, timer) = (whole(row.case.0), after.timer.map(rounded_up));
            let (closed, solved) = (row.closed.map(Exact), row.solved);
            let is_same =
                |before: &&Rows| before.case.opened == row.opened && before.case.procedure == row.procedure;
            match before.as_ref().filter(is_same) {
                Some(before) if before.timer == after.timer && before.case == *row => 0,
                Some(before) if before.case == *row => time.execute((case, timer))?,
                Some(_) => end.execute((case, timer, closed, solved))?,
                None => {
                    let (dossier, opened) = (whole(row.dossier.0), Exact(row.opened));
                    add.execute((case, dossier, timer, row.procedure.as_str(), opened, closed, solved))?
                }
            };
        }
        Ok(())
    }

    fn write_work(&self, changes: &[Change]) -> rusqlite::Result<()> {
        let it = &self.connection;
        let mut remove = it.prepare_cached(
            "DELETE FROM work WHERE body = ?1 AND due = ?2 AND case_id = ?3 AND number = ?4",
        )?;
        let mut add =
            it.prepare_cached("INSERT OR REPLACE INTO work VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
        let nothing = BTreeSet::new();
        for (before, after) in changes {
            let old = before.as_ref().map_or(&nothing, |rows| &rows.work);
            for work in old.difference(&after.work) {
                remove.execute((work.body.as_str(), Self::due(work), whole(work.case.0), work.number))?;
            }
            for work in after.work.difference(old) {
                add.execute((
                    work.body.as_str(),
                    Self::due(work),
                    whole(work.case.0),
                    work.number,
                    work.procedure.as_str(),
                    work.step.as_str(),
                    Exact(work.since),
                    work.how as i64,
                    work.due.and_then(between),
                ))?;
            }
        }
        Ok(())
    }

    fn write_owed(&self, changes: &[Change]) -> rusqlite::Result<()> {
        let mut add =
            self.connection.prepare_cached("INSERT OR REPLACE INTO owed VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let nothing = BTreeSet::new();
        for (before, after) in changes {
            let old = before.as_ref().map_or(&nothing, |rows| &rows.owed);
            for owed in after.owed.difference(old) {
                let row = serde_json::to_string(owed)
                    .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
                let (debtor, creditor) = (owed.debtor.as_str(), owed.creditor.as_str());
                add.execute((whole(owed.case.0), owed.number, debtor, creditor, row))?;
            }
        }
        Ok(())
    }

    /// By what work is listed: what has no time comes last.
    pub(super) fn due(work: &Work) -> i64 {
        work.due.map_or(i64::MAX, rounded_up)
    }
}
