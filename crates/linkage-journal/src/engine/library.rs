//! The rules that cases are under, each by the hash of its text: read once, used for all.

use std::collections::BTreeMap;
use std::sync::Arc;

use ecow::EcoString;
use jiff::civil::Date;

use crate::store::{Hash, Journal, StoreFault};
use linkage_calendar::Calendar;
use linkage_case::Rules;
use linkage_model::{Days, Institution};
use linkage_package::{Package, understand};
use linkage_text::Sources;

/// Rules as they are kept, ready to decide by.
#[derive(Debug)]
pub struct Kept {
    /// The hash of their text.
    pub hash: EcoString,
    /// The name of the package.
    pub name: EcoString,
    /// Bodies, mandates, procedures.
    pub institution: Institution,
    /// By which calendar deadlines are counted.
    pub calendar: Calendar,
    /// The texts.
    pub sources: Sources,
    /// What was computed of the institution so far: shared by all commands on all cases under these rules.
    days: Days,
}

impl Kept {
    /// The rules of a text.
    ///
    /// # Errors
    /// The text is no package, or the package has no one meaning.
    pub fn of_text(text: &str) -> Result<Self, RulesFault> {
        let hash: EcoString = Hash::of(text).to_string().into();
        let package = Package::of_written(text);
        let package = package.map_err(|reason| RulesFault::Unreadable { hash: hash.clone(), reason })?;
        let analysis = understand(package, Date::default());
        if !analysis.is_understood() {
            return Err(RulesFault::NotUnderstood { hash });
        }
        let (package, institution) = (analysis.package, analysis.resolved.institution);
        let (name, calendar, sources) = (package.name.into(), package.calendar, package.sources);
        Ok(Self { hash, name, institution, calendar, sources, days: Days::default() })
    }

    /// To decide by.
    pub fn rules(&self) -> Rules<'_> {
        Rules::new(&self.institution, &self.calendar).knowing(&self.days)
    }
}

/// Why rules that a journal names can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesFault {
    /// They are not kept.
    #[error("the rules {hash} are not kept")]
    Gone {
        /// Their hash.
        hash: EcoString,
    },
    /// What is kept is no package.
    #[error("the rules {hash} can't be read: {reason}")]
    Unreadable {
        /// Their hash.
        hash: EcoString,
        /// Why, in English.
        reason: String,
    },
    /// This version of the program finds faults in them.
    #[error("the rules {hash} can't be understood")]
    NotUnderstood {
        /// Their hash.
        hash: EcoString,
    },
    /// The store can't be read.
    #[error("{0}")]
    Store(StoreFault),
}

/// All rules that were asked for so far.
#[derive(Debug, Default, Clone)]
pub struct Library {
    known: BTreeMap<EcoString, Arc<Kept>>,
}

impl Library {
    /// The rules of a hash.
    ///
    /// # Errors
    /// They are not kept in the journal, or can't be used.
    pub fn get(&mut self, journal: &dyn Journal, hash: &str) -> Result<Arc<Kept>, RulesFault> {
        if let Some(kept) = self.known.get(hash) {
            return Ok(Arc::clone(kept));
        }
        let text = journal.rules(hash).map_err(RulesFault::Store)?;
        let kept = Kept::of_text(&text.ok_or_else(|| RulesFault::Gone { hash: hash.into() })?)?;
        if kept.hash != hash {
            return Err(RulesFault::Gone { hash: hash.into() });
        }
        Ok(self.add(kept))
    }

    /// The rules of a hash, if they were asked for before.
    pub fn known(&self, hash: &str) -> Option<&Kept> {
        self.known.get(hash).map(Arc::as_ref)
    }

    /// Takes in rules.
    pub fn add(&mut self, kept: Kept) -> Arc<Kept> {
        let kept = Arc::new(kept);
        self.known.insert(kept.hash.clone(), Arc::clone(&kept));
        kept
    }
}
