//! Writing what follows from the records: what is to change is found on one core while it is written on another.

use rusqlite::{CachedStatement, Connection};

use super::super::{CaseRow, Owed, Rows, Standing, Work};
use super::instant::{Exact, between, rounded_up};
use super::tail::{Lag, Tail};
use super::{Sqlite, whole};
use linkage_case::CaseId;
use linkage_parallel::ahead;

/// So many cases are handed over at once: fewer are sooner done than another core is awake.
const A_PIECE: usize = 128;
const PIECES_AHEAD: usize = 4;

impl Sqlite {
    /// Makes the tables say what a tail says.
    pub(super) fn write_following(&self, tail: Tail) -> rusqlite::Result<()> {
        self.write_places(tail.places())?;
        let mut tables = Tables::of(&self.connection)?;
        let (ready, others): (Vec<Lag>, Vec<Lag>) = tail.into_lags().partition(Lag::has_rows);
        // Whoever has made rows ahead keeps the other core busy.
        for lag in ready {
            tables.write(&Change::of(lag)?)?;
        }
        let mut lags = others.into_iter();
        ahead(A_PIECE, PIECES_AHEAD, || Ok(lags.next()), Change::of, |change| tables.write(&change?))
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

    /// By what work is listed: what has no time comes last.
    pub(super) fn due(work: &Work) -> i64 {
        work.due.map_or(i64::MAX, rounded_up)
    }
}

/// What is to change in the tables for one case.
struct Change {
    row: RowChange,
    case: CaseRow,
    timer: Option<i64>,
    done: Vec<Work>,
    new: Vec<Work>,
    /// Debts, with what is to stand in their rows.
    owed: Vec<(Owed, String)>,
}

/// What is to change in the row of a case.
enum RowChange {
    Nothing,
    Timer,
    /// The timer, and how it ended.
    End,
    All,
}

impl Change {
    fn of(lag: Lag) -> rusqlite::Result<Self> {
        let (before, after) = (lag.stored.map(Standing::into_rows), lag.now.into_rows());
        let row = RowChange::between(before.as_ref(), &after);
        let (done, owed) = before.map(|before| (before.work, before.owed)).unwrap_or_default();
        let told = |owed: Owed| match serde_json::to_string(&owed) {
            Ok(row) => Ok((owed, row)),
            Err(error) => Err(rusqlite::Error::ToSqlConversionFailure(Box::new(error))),
        };
        let (new, same): (Vec<_>, Vec<_>) = after.work.into_iter().partition(|work| !done.contains(work));
        let new_owed = after.owed.into_iter().filter(|one| !owed.contains(one));
        Ok(Self {
            row,
            timer: after.timer.map(rounded_up),
            done: done.into_iter().filter(|work| !same.contains(work)).collect(),
            new,
            owed: new_owed.map(told).collect::<Result<_, _>>()?,
            case: after.case,
        })
    }
}

impl RowChange {
    fn between(before: Option<&Rows>, after: &Rows) -> Self {
        let row = &after.case;
        let is_same =
            |before: &&Rows| before.case.opened == row.opened && before.case.procedure == row.procedure;
        match before.filter(is_same) {
            Some(before) if before.timer == after.timer && before.case == *row => Self::Nothing,
            Some(before) if before.case == *row => Self::Timer,
            Some(_) => Self::End,
            None => Self::All,
        }
    }
}

/// The tables, each with its statements at hand.
struct Tables<'c> {
    add_case: CachedStatement<'c>,
    time_case: CachedStatement<'c>,
    end_case: CachedStatement<'c>,
    remove_work: CachedStatement<'c>,
    add_work: CachedStatement<'c>,
    add_owed: CachedStatement<'c>,
}

impl<'c> Tables<'c> {
    fn of(connection: &'c Connection) -> rusqlite::Result<Self> {
        let all = |sql: &str| connection.prepare_cached(sql);
        Ok(Self {
            add_case: all("INSERT OR REPLACE INTO cases VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?,
            time_case: all("UPDATE cases SET timer = ?2 WHERE case_id = ?1")?,
            end_case: all("UPDATE cases SET timer = ?2, closed = ?3, solved = ?4 WHERE case_id = ?1")?,
            remove_work: all(
                "DELETE FROM work WHERE body = ?1 AND due = ?2 AND case_id = ?3 AND number = ?4",
            )?,
            add_work: all("INSERT OR REPLACE INTO work VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?,
            add_owed: all("INSERT OR REPLACE INTO owed VALUES (?1, ?2, ?3, ?4, ?5)")?,
        })
    }

    fn write(&mut self, change: &Change) -> rusqlite::Result<()> {
        self.write_case(change)?;
        for work in &change.done {
            let (case, number) = (whole(work.case.0), work.number);
            self.remove_work.execute((work.body.as_str(), Sqlite::due(work), case, number))?;
        }
        for work in &change.new {
            self.add_work.execute((
                work.body.as_str(),
                Sqlite::due(work),
                whole(work.case.0),
                work.number,
                work.procedure.as_str(),
                work.step.as_str(),
                Exact(work.since),
                work.how as i64,
                work.due.and_then(between),
            ))?;
        }
        for (owed, row) in &change.owed {
            let (debtor, creditor) = (owed.debtor.as_str(), owed.creditor.as_str());
            self.add_owed.execute((whole(owed.case.0), owed.number, debtor, creditor, row))?;
        }
        Ok(())
    }

    fn write_case(&mut self, change: &Change) -> rusqlite::Result<()> {
        let Change { case: row, timer, .. } = change;
        let (case, closed, solved) = (whole(row.case.0), row.closed.map(Exact), row.solved);
        match change.row {
            RowChange::Nothing => Ok(0),
            RowChange::Timer => self.time_case.execute((case, timer)),
            RowChange::End => self.end_case.execute((case, timer, closed, solved)),
            RowChange::All => {
                let (dossier, opened) = (whole(row.dossier.0), Exact(row.opened));
                let procedure = row.procedure.as_str();
                self.add_case.execute((case, dossier, timer, procedure, opened, closed, solved))
            }
        }
        .map(drop)
    }
}
