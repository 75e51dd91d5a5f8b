//! How what the rules leave open is settled, and what is knowingly accepted.

use ecow::EcoString;
use jiff::civil::Date;

use super::{BodyId, Citation, Head, MandateId};
use linkage_calendar::Duration;
use linkage_regions::Region;
use linkage_text::Span;

/// One way of settling who leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forum {
    /// 首接负责: the first to open the file keeps it (Administrative Penalty Law art 25).
    FirstReceiver,
    /// The bodies agree among themselves within a time.
    Agree(Option<Duration>),
    /// Their lowest common superior designates one.
    Superior,
    /// This body decides.
    Coordinator(BodyId),
    /// The first of these that claims it leads.
    Precedence(Vec<BodyId>),
}

/// How an overlap is settled.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// Name, title, place.
    pub head: Head,
    /// The mandates that clash; none means any that clash on the region.
    pub between: Vec<(MandateId, Span)>,
    /// Where it settles.
    pub region: Region,
    /// How, in this order.
    pub forums: Vec<(Forum, Span)>,
    /// On what basis.
    pub basis: Vec<Citation>,
}

impl Resolution {
    /// Whether it is the special one beside another (lex specialis): its region lies strictly inside, or is the same
    /// and it names fewer mandates.
    pub fn is_special_to(&self, other: &Self) -> bool {
        let inside = (self.region.is_subset(&other.region), other.region.is_subset(&self.region));
        let names = |of: &Self, mandate: &MandateId| of.between.iter().any(|(own, _)| own == mandate);
        match inside {
            (true, false) => true,
            (true, true) if self.between.is_empty() => false,
            (true, true) => {
                other.between.is_empty()
                    || self.between.iter().all(|(own, _)| names(other, own))
                        && !other.between.iter().all(|(own, _)| names(self, own))
            }
            (false, _) => false,
        }
    }
}

/// Changes that are drafted together. What they change is in the declarations of the package as it would be.
#[derive(Debug, Clone)]
pub struct Amendment {
    /// Name, title, place.
    pub head: Head,
    /// The day on which it is to take effect.
    pub from: Option<Date>,
    /// The amendments that have to be adopted before.
    pub needs: Vec<EcoString>,
    /// On what basis it can be adopted.
    pub basis: Vec<Citation>,
}

/// A finding knowingly accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The code or name of the finding.
    pub code: EcoString,
    /// Where it is written.
    pub span: Span,
    /// The declarations that it is about, as named.
    pub on: Vec<(EcoString, Span)>,
    /// Why.
    pub reason: Option<EcoString>,
    /// Who answers for it.
    pub by: Option<BodyId>,
    /// The last day.
    pub until: Option<Date>,
}
