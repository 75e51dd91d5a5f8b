//! What follows from what: a finding that another takes with it, once mended, is folded under that other.
//!
//! ```text
//!   D005  nobody is named for a slot                    D001 D013  a gap that the slot's mandates would close
//!   D001 D013  a gap                                A001       a power that the fallback body lacks there
//!   L003  a mandate's basis is not in force             D001 D013  a gap that the mandate would close
//!   L007 to L011, L013  a passing comes to nothing      A001       a power that it would have brought
//!   L002 L003  so does its basis
//!   L005  the articles cited do not grant the power     A001       of the same mandate or step
//!   D002 D009 D010  an overlap that nothing settles    D011       nobody can end it
//!   R002 R003  a channel without basis or purpose       R001       a resource that it would have brought
//! ```
//!
//! Only what one fault alone would take away is folded: where two have to be mended both findings stand. A finding
//! whose cause is not among those told (accepted, switched off, known, not asked for) stands as well.

use super::Finding;

/// Findings with what follows from each.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// For each finding the one that it follows from.
    pub under: Vec<Option<usize>>,
}

impl Folded {
    /// What follows from a finding.
    pub fn following(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.under.len()).filter(move |other| self.under[*other] == Some(at))
    }

    /// How many follow from others.
    pub fn count(&self) -> usize {
        self.under.iter().flatten().count()
    }
}

/// Which of these findings follow from which.
pub fn folded(findings: &[Finding]) -> Folded {
    let told: Vec<(usize, &super::Fault)> = findings
        .iter()
        .enumerate()
        .flat_map(|(at, it)| it.tells.iter().map(move |fault| (at, fault)))
        .collect();
    let under = findings
        .iter()
        .map(|finding| told.iter().find(|(_, fault)| finding.follows.contains(fault)).map(|(at, _)| *at));
    Folded { under: under.collect() }
}
