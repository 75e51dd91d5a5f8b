//! What the checks of `require` share: where a property is asked about, and how its refutation begins.
//!
//! A property is proved by the absence of a finding of family Q: each check of the family looks at every
//! situation of the scope, and at every run of every case, that the property speaks of.

use super::beginnings::beginnings;
use super::{Check, Context, Fact, Finding, property_not_decided, vacuous_property};
use linkage_model::{Demand, Institution, ProcedureId, PropertyId};
use linkage_regions::Region;

/// The properties, each with what it asks for.
pub(super) fn demands<'c>(context: &Context<'c>) -> impl Iterator<Item = (PropertyId, &'c Demand)> {
    context.institution().properties().map(|(id, property)| (id, &property.demand))
}

/// The beginning of a finding that a property does not hold.
pub(super) fn refuted(check: &'static Check, context: &Context<'_>, id: PropertyId) -> Finding {
    Finding::new(check).fact("property", Fact::Property(id)).place(context.institution()[id].span, "property")
}

/// A region as far as the package claims it.
pub(super) fn in_scope(context: &Context<'_>, region: &Region) -> Region {
    region.intersect(&context.institution().scope.region)
}

/// The situations of a region in which a case of a procedure can begin.
pub(super) fn beginning(context: &Context<'_>, id: ProcedureId, region: &Region) -> Region {
    beginnings(context)[id.index()].intersect(region)
}

/// How many of the required properties hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proofs {
    /// Of so many nothing is found.
    pub proved: usize,
    /// So many do not hold.
    pub refuted: usize,
    /// So many were not decided.
    pub undecided: usize,
    /// So many speak of nothing, and are not proved by it.
    pub vacuous: usize,
}

impl Proofs {
    /// Counts them by the findings.
    pub fn of(institution: &Institution, found: &[Finding]) -> Self {
        let mut it = Self::default();
        for (id, _) in institution.properties() {
            let about =
                |finding: &&Finding| finding.facts.iter().any(|(_, fact)| *fact == Fact::Property(id));
            let open = |finding: &Finding| finding.check.code == property_not_decided::CHECK.code;
            let vacuous = |finding: &Finding| finding.check.code == vacuous_property::CHECK.code;
            let mut told = found.iter().filter(about).peekable();
            if told.peek().is_none() {
                it.proved += 1;
            } else if told.peek().is_some_and(|finding| vacuous(finding)) {
                it.vacuous += 1;
            } else if told.all(open) {
                it.undecided += 1;
            } else {
                it.refuted += 1;
            }
        }
        it
    }
}
