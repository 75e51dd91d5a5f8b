//! Cases that the calendar or a count begins: each once, whoever asks how often.
//!
//! ```text
//!   tick ──► schedules of the rules ──► occurrences without a key, back to the last that has one ──► opened
//!   open ──► series that the new case counts in ──► as many as the rules say? ──► opened in the same transaction
//! ```
//!
//! The key of an occasion is a row of the journal, written with the case: that makes it once among crashes and writers.

use std::collections::BTreeMap;

use ecow::EcoString;
use jiff::Timestamp;

use super::led_to::whole;
use super::{Engine, Failure, Kept, Request, Ticked};
use crate::store::{Change, Journal, StoreFault, decode};
use linkage_case::{
    CaseId, Counted, Counting, Event, Occasion, Opening, Rules, countings, next_scheduled, schedules,
};

/// How many cases are looked up in one go where earlier ones of a series are wanted.
const CASES_AT_ONCE: u64 = 256;
/// How many openings are kept in memory; some 300 bytes each.
const OPENINGS_KEPT: usize = 65_536;

/// What an engine remembers of occasions. All of it follows from the journal.
#[derive(Default)]
pub(super) struct Occasions {
    /// When the calendar begins a case next; unknown until asked.
    next_scheduled: Option<Timestamp>,
    /// The rules that `counted` is by.
    rules: EcoString,
    counted: Counted,
    /// Cases as they were opened; none for those that do not count.
    openings: BTreeMap<CaseId, Option<Opening>>,
}

impl Occasions {
    /// Forgets all: others have written, or what was written is taken back.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

impl<J: Journal> Engine<J> {
    /// Opens what the calendar began up to an instant and nobody has opened yet, in one transaction.
    ///
    /// # Errors
    /// The store can't be read or written; then nothing was opened.
    pub(super) fn open_scheduled(&mut self, now: Timestamp) -> Result<Ticked, Failure> {
        let now = whole(now);
        let is_later = self.occasions.next_scheduled.is_some_and(|next| now < next);
        if is_later && self.journal.head()? == self.head {
            return Ok(Ticked::default());
        }
        self.begin()?;
        let before = self.head;
        let done = self.scheduled(now);
        if done.is_err() {
            self.forget_all();
            return done;
        }
        if self.head == before {
            self.journal.abort();
        } else if let Err(fault) = self.journal.commit() {
            self.forget_all();
            return Err(fault.into());
        }
        done
    }

    fn scheduled(&mut self, now: Timestamp) -> Result<Ticked, Failure> {
        let mut ticked = Ticked::default();
        let Some(hash) = self.current.clone() else { return Ok(ticked) };
        let kept = self.kept(&hash)?;
        for occasion in self.missing(&kept, now)? {
            let answer = self.one(&Request::occasion(occasion, &hash, now), None);
            match answer {
                Ok(answer) => {
                    ticked.events.extend(answer.events);
                    ticked.fired += 1;
                }
                Err(Failure::Store(fault)) => return Err(fault.into()),
                // A procedure that can't be opened at all; the checker tells.
                Err(_) => {}
            }
        }
        self.occasions.next_scheduled = Some(next_scheduled(&kept.rules(), now).unwrap_or(Timestamp::MAX));
        Ok(ticked)
    }

    /// What the calendar began and nobody opened: of each schedule back to the last occurrence that was opened, as far
    /// as the rules of those days had it too.
    fn missing(&mut self, kept: &Kept, now: Timestamp) -> Result<Vec<Occasion>, Failure> {
        let rules = kept.rules();
        let versions = self.versions()?;
        let mut occasions = Vec::new();
        for own in schedules(&rules) {
            let (mut missing, mut until) = (Vec::new(), now);
            for (since, hash) in versions.iter().rev() {
                let has = |rules: &Rules<'_>| schedules(rules).iter().any(|other| other.name == own.name);
                if *hash != kept.hash && !self.kept(hash).is_ok_and(|older| has(&older.rules())) {
                    break;
                }
                let is_known = |key: &str| Ok::<_, StoreFault>(self.journal.record_of_key(key)?.is_some());
                let (found, known) = own.unopened(&rules, (*since, until), is_known)?;
                missing.extend(found);
                if known {
                    break;
                }
                until = until.min(*since);
            }
            occasions.extend(own.occasions(&rules, &missing));
        }
        occasions.sort_by(|one, other| (one.due, &one.key).cmp(&(other.due, &other.key)));
        Ok(occasions)
    }

    /// Since when cases are opened under which rules, the oldest first.
    fn versions(&self) -> Result<Vec<(Timestamp, EcoString)>, StoreFault> {
        let mut versions = Vec::new();
        for record in self.journal.dossier(CaseId(0))? {
            let entry = decode(record.dossier, record.seq, &record.body)?;
            if let Change::Kept { hash, .. } = entry.what {
                versions.push((entry.at, hash));
            }
        }
        Ok(versions)
    }

    /// Opens what newly opened cases begin by being as many as the rules count. What happened.
    ///
    /// # Errors
    /// The store can't be read or written.
    pub(super) fn begin_counted(
        &mut self,
        kept: &Kept,
        events: &[Event],
        now: Timestamp,
    ) -> Result<Vec<Event>, Failure> {
        let rules = kept.rules();
        if self.occasions.rules != kept.hash {
            self.occasions.forget();
            self.occasions.rules = kept.hash.clone();
        }
        let mut happened = Vec::new();
        for opening in events.iter().filter_map(|event| Opening::counted(&rules, event)) {
            let Occasions { counted, openings, .. } = &mut self.occasions;
            let journal = &self.journal;
            let before = |counting: &Counting| earlier(journal, openings, &rules, counting, &opening);
            for occasion in counted.take(&rules, &opening, before)? {
                match self.one(&Request::occasion(occasion, &kept.hash, now), None) {
                    Ok(answer) => happened.extend(answer.events),
                    Err(Failure::Store(fault)) => return Err(fault.into()),
                    // A procedure that can't be opened at all; the checker tells.
                    Err(_) => {}
                }
            }
        }
        Ok(happened)
    }
}

impl Request {
    /// Opens what the calendar or a count begins, under the rules of a hash.
    fn occasion(occasion: Occasion, hash: &EcoString, now: Timestamp) -> Self {
        Self { rules: Some(hash.clone()), ..Self::new(occasion.command(), now) }
    }
}

/// The cases before another that count in a series and have not begun another one, the oldest first.
fn earlier(
    journal: &dyn Journal,
    openings: &mut BTreeMap<CaseId, Option<Opening>>,
    rules: &Rules<'_>,
    counting: &Counting,
    newest: &Opening,
) -> Result<Vec<Opening>, StoreFault> {
    let mut found = Vec::new();
    let mut before = newest.case.0;
    'all: while before > 1 {
        let after = before.saturating_sub(1 + CASES_AT_ONCE);
        let rows = journal.cases(CaseId(after), usize::try_from(CASES_AT_ONCE).unwrap_or(usize::MAX))?;
        for row in rows.iter().rev().filter(|row| row.case.0 < before) {
            if !counting.holds(rules, row.opened, newest.at) {
                break 'all;
            }
            if row.case != row.dossier {
                continue;
            }
            let Some(opening) = opened(journal, openings, rules, row.case)? else { continue };
            if !countings(rules, &opening).iter().any(|own| own.series == counting.series) {
                continue;
            }
            // It has begun another one, and used up those before it.
            if journal.record_of_key(&counting.key(opening.case))?.is_some() {
                break 'all;
            }
            found.push(opening);
        }
        before = after + 1;
    }
    found.reverse();
    Ok(found)
}

/// A case at the root of its dossier as it was opened, if it counts.
fn opened(
    journal: &dyn Journal,
    openings: &mut BTreeMap<CaseId, Option<Opening>>,
    rules: &Rules<'_>,
    case: CaseId,
) -> Result<Option<Opening>, StoreFault> {
    if let Some(known) = openings.get(&case) {
        return Ok(known.clone());
    }
    let mut found = None;
    if let Some(record) = journal.dossier(case)?.first()
        && let Change::Events { events, .. } = decode(record.dossier, record.seq, &record.body)?.what
    {
        found =
            events.iter().find(|event| event.case == case).and_then(|event| Opening::counted(rules, event));
    }
    if openings.len() >= OPENINGS_KEPT {
        openings.pop_first();
    }
    openings.insert(case, found.clone());
    Ok(found)
}
