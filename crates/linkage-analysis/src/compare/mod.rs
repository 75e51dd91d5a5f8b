//! What changes between two packages, or a package and itself with amendments adopted: exactly, by region.
//!
//! Names tell which declaration of one is which of the other. A situation of the later package is set beside the
//! one of the earlier that it stands for ([`Carry`]); where nothing that claims has changed, nothing is computed.

mod carry;
mod leads;
mod names;
mod powers;
mod procedures;

pub use carry::Carry;
pub use leads::{LeadChange, Led, State};
pub use powers::{Shift, ShiftOf};
pub use procedures::{Aspect, Detail, ProcedureChange, Word};

use linkage_model::Division;
use linkage_regions::Region;

/// What changes.
#[derive(Debug)]
pub struct Changes {
    /// Where somebody else leads, or in another way; regions of the later package.
    pub leads: Vec<LeadChange>,
    /// Who led the situations that the later package does not have; regions of the earlier.
    pub gone: Vec<(State, Region)>,
    /// Where bodies come to support, or no longer do.
    pub supports: Vec<Shift>,
    /// Where bodies come to hold powers, or no longer do.
    pub powers: Vec<Shift>,
    /// What is otherwise in procedures: deadlines, performers, ladders, obligations.
    pub procedures: Vec<ProcedureChange>,
}

impl Changes {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.leads.is_empty()
            && self.gone.is_empty()
            && self.supports.is_empty()
            && self.powers.is_empty()
            && self.procedures.is_empty()
    }
}

/// Compares two divisions of powers.
pub fn compare(before: &Division<'_>, after: &Division<'_>) -> Changes {
    let onward = Carry::new(before.institution, after.institution);
    let back = Carry::new(after.institution, before.institution);
    let changed = leads::changed(before, after, &onward, &back);
    Changes {
        leads: leads::leads(before, after, &onward, &changed),
        gone: leads::gone(before, &back),
        supports: powers::supports(before, after, &onward),
        powers: powers::powers(before, after, &onward),
        procedures: procedures::procedures(before.institution, after.institution, &onward),
    }
}
