//! A set of values on one axis: sorted runs that neither touch nor overlap.
//!
//! Two sides with the same values are equal in memory, so sides can be compared, sorted and used as
//! keys. Nearly every side that people write is one run ("this subtree", "from 3 to 5"); that case
//! takes no heap.

use std::cmp::Ordering;
use std::fmt;

use ecow::EcoVec;

/// The values `start..end`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Run {
    /// The first value.
    pub start: u32,
    /// The value after the last.
    pub end: u32,
}

impl Run {
    /// The values `start..end`; none if `end` is not after `start`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Whether it has the value.
    pub fn contains(self, value: u32) -> bool {
        self.start <= value && value < self.end
    }

    /// How many values it has.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it has no value.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The values of both.
    #[must_use]
    pub fn intersect(self, other: Self) -> Self {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A set of values: sorted, disjoint, non-adjacent runs.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Side(Runs);

/// `Many` holds none, or two and more: one form for one set.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Runs {
    One(Run),
    Many(EcoVec<Run>),
}

impl Side {
    /// No value.
    pub fn empty() -> Self {
        Self(Runs::Many(EcoVec::new()))
    }

    /// The values `start..end`.
    pub fn interval(start: u32, end: u32) -> Self {
        Self::from(Run::new(start, end))
    }

    /// One value.
    pub fn value(value: u32) -> Self {
        Self::interval(value, value.saturating_add(1))
    }

    /// The values of all these runs, which may come in any order and overlap.
    pub fn from_runs(runs: impl IntoIterator<Item = Run>) -> Self {
        let mut runs: Vec<Run> = runs.into_iter().filter(|run| !run.is_empty()).collect();
        runs.sort_unstable();
        Self::of_sorted(runs)
    }

    /// These values, which may come in any order and more than once.
    pub fn from_values(values: impl IntoIterator<Item = u32>) -> Self {
        Self::from_runs(values.into_iter().map(|value| Run::new(value, value.saturating_add(1))))
    }

    fn of_sorted(runs: impl IntoIterator<Item = Run>) -> Self {
        let mut joined = EcoVec::new();
        let mut last: Option<Run> = None;
        for run in runs {
            match &mut last {
                Some(open) if run.start <= open.end => open.end = open.end.max(run.end),
                _ => joined.extend(last.replace(run)),
            }
        }
        match last {
            Some(only) if joined.is_empty() => Self(Runs::One(only)),
            last => {
                joined.extend(last);
                Self(Runs::Many(joined))
            }
        }
    }

    /// The runs, from the lowest up.
    pub fn runs(&self) -> &[Run] {
        match &self.0 {
            Runs::One(run) => std::slice::from_ref(run),
            Runs::Many(runs) => runs,
        }
    }

    /// The values, from the lowest up.
    pub fn values(&self) -> impl Iterator<Item = u32> + '_ {
        self.runs().iter().flat_map(|run| run.start..run.end)
    }

    /// Whether it has no value.
    pub fn is_empty(&self) -> bool {
        self.runs().is_empty()
    }

    /// How many values it has.
    pub fn len(&self) -> u32 {
        self.runs().iter().map(|run| run.len()).sum()
    }

    /// The least value.
    pub fn first(&self) -> Option<u32> {
        self.runs().first().map(|run| run.start)
    }

    /// The smallest run that has all values; nothing for the empty side.
    pub fn hull(&self) -> Option<Run> {
        Some(Run::new(self.first()?, self.runs().last()?.end))
    }

    /// Whether it has the value.
    pub fn contains(&self, value: u32) -> bool {
        self.touches(Run::new(value, value.saturating_add(1)))
    }

    /// Whether it shares a value with the run.
    pub fn touches(&self, run: Run) -> bool {
        self.reaching(run).first().is_some_and(|first| first.start < run.end && !run.is_empty())
    }

    /// Whether it has every value of the run.
    pub fn covers(&self, run: Run) -> bool {
        run.is_empty()
            || self
                .reaching(run)
                .first()
                .is_some_and(|first| first.start <= run.start && run.end <= first.end)
    }

    /// The runs that end after the run starts.
    fn reaching(&self, run: Run) -> &[Run] {
        let runs = self.runs();
        &runs[runs.partition_point(|own| own.end <= run.start)..]
    }

    /// The own runs that share a value with the run.
    pub(super) fn runs_in(&self, run: Run) -> &[Run] {
        let reaching = self.reaching(run);
        &reaching[..reaching.partition_point(|own| own.start < run.end)]
    }

    /// Whether every value is also one of `other`.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.runs().iter().all(|run| other.covers(*run))
    }

    /// Whether no value is also one of `other`.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        let (few, many) = if self.runs().len() <= other.runs().len() { (self, other) } else { (other, self) };
        !few.runs().iter().any(|run| many.touches(*run))
    }

    /// The values of either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::from_runs(self.runs().iter().chain(other.runs()).copied())
    }

    /// The values of both.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        if let (Runs::One(a), Runs::One(b)) = (&self.0, &other.0) {
            return Self::from(a.intersect(*b));
        }
        let clip = |run: &Run| {
            let run = *run;
            other.runs_in(run).iter().map(move |own| own.intersect(run))
        };
        Self::of_sorted(self.runs().iter().flat_map(clip))
    }

    /// The values that `other` has not.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        for run in self.runs() {
            let mut from = run.start;
            for cut in other.runs_in(*run) {
                left.push(Run::new(from, cut.start.min(run.end)));
                from = cut.end;
            }
            left.push(Run::new(from, run.end));
        }
        Self::of_sorted(left.into_iter().filter(|run| !run.is_empty()))
    }

    /// The values `0..size` that it has not.
    #[must_use]
    pub fn complement(&self, size: u32) -> Self {
        Self::interval(0, size).minus(self)
    }
}

impl From<Run> for Side {
    fn from(run: Run) -> Self {
        if run.is_empty() { Self::empty() } else { Self(Runs::One(run)) }
    }
}

impl PartialOrd for Side {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By the runs, from the lowest up.
impl Ord for Side {
    fn cmp(&self, other: &Self) -> Ordering {
        self.runs().cmp(other.runs())
    }
}

impl fmt::Debug for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.runs()).finish()
    }
}
