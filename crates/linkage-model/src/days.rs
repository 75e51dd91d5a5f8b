//! The divisions of powers of an institution by days, each computed once.
//!
//! A cache and nothing else: what it answers is [`Division::new`] and [`Hierarchy::new`], and whether it was
//! asked before changes no answer. It stands beside the institution that it is of, and only with that one may
//! it be asked: what it keeps are the numbers of that institution's declarations.

use std::sync::{Arc, Mutex, OnceLock};

use jiff::civil::Date;

use super::division::Apart;
use super::{Division, Hierarchy, Institution};

/// So many days are kept: cases of one town live on few at a time.
const KEPT_UP_TO: usize = 8;

/// What was computed of an institution so far.
#[derive(Debug, Default)]
pub struct Days {
    hierarchy: OnceLock<Arc<Hierarchy>>,
    /// The day that was asked for last comes first.
    known: Mutex<Vec<Apart>>,
}

impl Days {
    /// The division of powers on a day.
    pub fn division<'i>(&self, institution: &'i Institution, day: Date) -> Division<'i> {
        // A thread that died while it held the cache leaves a cache that is whole: entries are put in at once.
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(at) = known.iter().position(|own| own.day == day) {
            known[..=at].rotate_right(1);
            return Division::again(institution, &known[0]);
        }
        let division = Division::new(institution, day);
        known.insert(0, division.apart());
        known.truncate(KEPT_UP_TO);
        division
    }

    /// Who stands above whom.
    pub fn hierarchy(&self, institution: &Institution) -> Arc<Hierarchy> {
        Arc::clone(self.hierarchy.get_or_init(|| Arc::new(Hierarchy::new(institution))))
    }
}
