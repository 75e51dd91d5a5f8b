//! The findings of a package over a range of days: when each appears and vanishes, and whose date did it.
//!
//! The answer changes only on a day on which something declared begins or has ended: a law, a mandate, what is
//! passed on, a succession of bodies. Each such day is checked as a whole. What did it is found by asking
//! again as if that one date had not come: if the finding then is as it was the day before, that date did
//! it. Where two dates fall on one day and either suffices, neither can be told apart, and none is named.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Analysis, Package, analyse_package};
use linkage_analysis::checks::{self, Fact, Finding, waive};
use linkage_model::{BodyId, Division, Institution, LawId, MandateId, PassingId};

/// The findings of a range of days.
#[derive(Debug)]
pub struct Timeline {
    /// The package as of the first day.
    pub first: Analysis,
    /// The last day.
    pub until: Date,
    /// The days on which findings change, in order.
    pub turns: Vec<Turn>,
}

/// A day on which findings change.
#[derive(Debug)]
pub struct Turn {
    /// The day.
    pub day: Date,
    /// What begins or has ended on it.
    pub dated: Vec<Dated>,
    /// What was there the day before and is no more.
    pub vanished: Vec<Shift>,
    /// What is there since this day.
    pub appeared: Vec<Shift>,
}

/// A finding that appears or vanishes.
#[derive(Debug)]
pub struct Shift {
    /// The finding.
    pub finding: Finding,
    /// The dates without which it would be as the day before.
    pub by: Vec<Dated>,
}

/// Something whose date comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// What.
    pub of: Subject,
    /// Whether it begins on the day, or has ended the day before.
    pub begins: bool,
}

/// What can have a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A law.
    Law(LawId),
    /// A mandate.
    Mandate(MandateId),
    /// A transfer or an entrustment.
    Passing(PassingId),
    /// The nth place that a body took.
    Succession(BodyId, usize),
}

/// Checks a package on every day of a range on which the answer can change.
pub fn timeline(package: Package, from: Date, until: Date) -> Timeline {
    let first = analyse_package(package, from);
    let mut turns = Vec::new();
    if first.is_understood() {
        let (institution, warnings) = (&first.resolved.institution, first.resolved.warnings.as_slice());
        let (calendar, levels) = (&first.package.calendar, &first.package.levels);
        let look = |institution: &Institution, day: Date| {
            let division = Division::new(institution, day);
            waive(&division, levels, checks::run(&division, warnings, calendar)).findings
        };
        let mut before = first.findings.clone();
        for (day, dated) in dates(institution, from, until) {
            let after = look(institution, day);
            let (vanished, appeared) = (without(&before, &after), without(&after, &before));
            if !vanished.is_empty() || !appeared.is_empty() {
                turns.push(turn(institution, look, day, dated, vanished, appeared));
            }
            before = after;
        }
    }
    Timeline { first, until, turns }
}

fn turn(
    institution: &Institution,
    look: impl Fn(&Institution, Date) -> Vec<Finding>,
    day: Date,
    dated: Vec<Dated>,
    vanished: Vec<Finding>,
    appeared: Vec<Finding>,
) -> Turn {
    let as_if: Vec<(Dated, Vec<Finding>)> = match dated.as_slice() {
        // One date alone did all of it.
        [only] => vec![(*only, vanished.clone())],
        several => several
            .iter()
            .map(|one| {
                let undone = without_date(institution, *one, day);
                (*one, look(&undone, day))
            })
            .collect(),
    };
    let by = |finding: &Finding, there: bool| {
        let back = as_if.iter().filter(|(_, findings)| findings.iter().any(|it| same(it, finding)) == there);
        back.map(|(one, _)| *one).collect()
    };
    let shift = |finding: Finding, there: bool| Shift { by: by(&finding, there), finding };
    Turn {
        day,
        vanished: vanished.into_iter().map(|finding| shift(finding, true)).collect(),
        appeared: appeared.into_iter().map(|finding| shift(finding, false)).collect(),
        dated,
    }
}

/// The days after the first on which something begins or has ended, with what does.
fn dates(institution: &Institution, from: Date, until: Date) -> Vec<(Date, Vec<Dated>)> {
    let mut all: Vec<(Date, Dated)> = Vec::new();
    let mut add = |of: Subject, begin: Option<Date>, end: Option<Date>| {
        all.extend(begin.map(|day| (day, Dated { of, begins: true })));
        let over = end.and_then(|day| day.checked_add(1.day()).ok());
        all.extend(over.map(|day| (day, Dated { of, begins: false })));
    };
    for (id, law) in (0..).map(LawId).zip(&institution.laws) {
        add(Subject::Law(id), law.from.map(|(day, _)| day), law.until.map(|(day, _)| day));
    }
    for (id, mandate) in institution.mandates() {
        add(Subject::Mandate(id), mandate.from, mandate.until);
    }
    for (id, passing) in (0..).map(PassingId).zip(&institution.passings) {
        add(Subject::Passing(id), passing.from, passing.until);
    }
    for (id, body) in institution.bodies() {
        for (nth, succession) in body.succeeds.iter().enumerate() {
            add(Subject::Succession(id, nth), succession.since, None);
        }
    }
    all.retain(|(day, _)| from < *day && *day <= until);
    all.sort_by_key(|(day, _)| *day);
    let days = all.chunk_by(|(a, _), (b, _)| a == b);
    days.map(|day| (day[0].0, day.iter().map(|(_, dated)| *dated).collect())).collect()
}

/// The institution as if one date had not come by a day.
fn without_date(institution: &Institution, dated: Dated, day: Date) -> Institution {
    let mut it = institution.clone();
    let later = day.checked_add(1.day()).unwrap_or(day);
    let (begin, end) = (dated.begins.then_some(later), (!dated.begins).then_some(day));
    match dated.of {
        Subject::Law(id) => {
            let law = &mut it.laws[id.index()];
            law.from = law.from.map(|(old, span)| (begin.unwrap_or(old), span));
            law.until = law.until.map(|(old, span)| (end.unwrap_or(old), span));
        }
        Subject::Mandate(id) => {
            let mandate = &mut it.mandates[id.index()];
            mandate.from = begin.or(mandate.from);
            mandate.until = end.or(mandate.until);
        }
        Subject::Passing(id) => {
            let passing = &mut it.passings[id.index()];
            passing.from = begin.or(passing.from);
            passing.until = end.or(passing.until);
        }
        Subject::Succession(id, nth) => it.bodies[id.index()].succeeds[nth].since = Some(later),
    }
    it
}

/// The findings of the one that are not among the other.
fn without(these: &[Finding], those: &[Finding]) -> Vec<Finding> {
    these.iter().filter(|finding| !those.iter().any(|other| same(finding, other))).cloned().collect()
}

/// Whether two findings say the same of the same situations. Dates are no part of it: they are what is
/// moved to see what they do.
fn same(one: &Finding, other: &Finding) -> bool {
    let undated = |finding: &'_ Finding| -> Vec<(&'static str, Fact)> {
        finding.facts.iter().filter(|(_, fact)| !matches!(fact, Fact::Date(_))).cloned().collect()
    };
    one.check.code == other.check.code
        && one.sentence == other.sentence
        && undated(one) == undated(other)
        && match (&one.region, &other.region) {
            (None, None) => true,
            (Some(a), Some(b)) => a.same_as(b),
            _ => false,
        }
}
