//! Mandates, what is passed on, and what is excluded.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{BodyId, Citation, ExclusionId, Head, Holder, MandateId, PowerId};
use linkage_calendar::Duration;
use linkage_regions::Region;
use linkage_text::Span;

/// Who leads, supports and supervises a region.
#[derive(Debug, Clone)]
pub struct Mandate {
    /// Name, title, place.
    pub head: Head,
    /// The bodies that lead, with the place where each is named.
    pub leads: Vec<(BodyId, Span)>,
    /// Who supports.
    pub supports: Vec<(Holder, Span)>,
    /// Who supervises.
    pub supervisors: Vec<(BodyId, Span)>,
    /// How soon a report is due to which of these, where they call for one.
    pub reports: Vec<(BodyId, Duration)>,
    /// Where it holds.
    pub region: Region,
    /// The clause that says where, for excerpts.
    pub region_span: Span,
    /// The legal basis.
    pub basis: Vec<Citation>,
    /// The powers that it exercises.
    pub powers: Vec<(PowerId, Span)>,
    /// How the bodies that lead share it, if several do: all that the text says, for it may contradict itself.
    pub own_sharing: Vec<(Sharing, Span)>,
    /// The mandates with which it shares what both cover.
    pub shares_with: Vec<(Sharing, MandateId, Span)>,
    /// The mandates that prevail over it by an explicit clause here.
    pub yields_to: Vec<(MandateId, Span)>,
    /// The mandates over which it prevails by an explicit clause here.
    pub prevails_over: Vec<(MandateId, Span)>,
    /// The exclusions over which it prevails by an explicit clause here.
    pub overrides: Vec<(ExclusionId, Span)>,
    /// The first day; none means since ever.
    pub from: Option<Date>,
    /// The last day; none means for good.
    pub until: Option<Date>,
}

impl Mandate {
    /// How the bodies that lead share it; none where nothing is said, or one clause contradicts another.
    pub fn sharing(&self) -> Option<Sharing> {
        let (first, others) = self.own_sharing.split_first()?;
        others.iter().all(|(other, _)| *other == first.0).then_some(first.0)
    }
}

/// How several bodies lead the same lawfully.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// All must act.
    Joint,
    /// Each may act.
    Parallel,
    /// One stands in where the other does not act.
    Subsidiary,
}

/// A power passed on.
#[derive(Debug, Clone)]
pub struct Passing {
    /// Name, title, place.
    pub head: Head,
    /// In which of the two ways.
    pub mode: PassingMode,
    /// Who gives.
    pub givers: Vec<(BodyId, Span)>,
    /// Who receives.
    pub receivers: Vec<(BodyId, Span)>,
    /// What is passed on.
    pub powers: Vec<(PowerId, Span)>,
    /// Where.
    pub region: Region,
    /// On what basis.
    pub basis: Vec<Citation>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// Whether the receiver may pass it on again.
    pub onward: bool,
}

/// The two ways of passing a power on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassingMode {
    /// 授权: own name and liability; the giver is divested while it lasts.
    Transfer,
    /// 委托: in the giver's name; the giver answers and keeps it.
    Entrust,
}

/// A negative norm.
#[derive(Debug, Clone)]
pub struct Exclusion {
    /// Name, title, place.
    pub head: Head,
    /// Who may not act.
    pub bodies: Vec<(Holder, Span)>,
    /// What they may not do; none means anything.
    pub powers: Vec<(PowerId, Span)>,
    /// Where.
    pub region: Region,
    /// On what basis.
    pub basis: Vec<Citation>,
}
