//! What of the rules the scenarios have been through: mandates that led, steps, outcomes, rungs, obligations.

use std::collections::BTreeSet;

use ecow::EcoString;

use super::Story;
use linkage_case::{Charged, Happening, LadderOf, Why};
use linkage_model::{Institution, NodeKind};

/// One thing that scenarios can go through.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A mandate leads a case.
    Mandate(EcoString),
    /// A step of a procedure is assigned.
    Step(EcoString, EcoString),
    /// It ends with an outcome.
    Outcome(EcoString, EcoString, EcoString),
    /// A rung of a ladder is stepped on: of a node, or of the procedure.
    Rung(EcoString, Option<EcoString>, u32),
    /// An obligation arises.
    Obligation(EcoString, EcoString),
}

/// What there is, and what of it has been gone through.
#[derive(Debug, Default)]
pub struct Coverage {
    /// All there is.
    pub all: BTreeSet<Unit>,
    /// What has been gone through.
    pub met: BTreeSet<Unit>,
}

impl Coverage {
    /// What there is in an institution; nothing has been gone through.
    pub fn new(institution: &Institution) -> Self {
        let mut all = BTreeSet::new();
        for mandate in institution.mandates.iter().filter(|mandate| !mandate.leads.is_empty()) {
            all.insert(Unit::Mandate(mandate.head.name.clone()));
        }
        for procedure in &institution.procedures {
            let of = &procedure.head.name;
            all.extend((1..).zip(&procedure.escalation).map(|(rung, _)| Unit::Rung(of.clone(), None, rung)));
            all.extend(procedure.owes.iter().map(|owe| Unit::Obligation(of.clone(), owe.head.name.clone())));
            for node in &procedure.nodes {
                let NodeKind::Step(step) = &node.kind else { continue };
                let name = &node.head.name;
                all.insert(Unit::Step(of.clone(), name.clone()));
                let outcomes = step.outcomes.iter().map(|outcome| outcome.head.name.clone());
                all.extend(outcomes.map(|outcome| Unit::Outcome(of.clone(), name.clone(), outcome)));
                let rungs = (1..).zip(&step.escalation);
                all.extend(rungs.map(|(rung, _)| Unit::Rung(of.clone(), Some(name.clone()), rung)));
                all.extend(step.owes.iter().map(|owe| Unit::Obligation(of.clone(), owe.head.name.clone())));
            }
        }
        Self { all, met: BTreeSet::new() }
    }

    /// Adds what a story has gone through.
    pub fn add(&mut self, story: &Story) {
        for event in story.events() {
            let Some(case) = story.world.case(event.case) else { continue };
            let of = || case.procedure.clone();
            match &event.what {
                Happening::Led { to, standby, .. } => self.led(to.iter().chain(standby)),
                Happening::OverlapMet { claims, .. } => self.led(claims.iter()),
                Happening::Assigned { step, to, .. } => {
                    self.led(to.iter());
                    self.meet(Unit::Step(of(), step.clone()));
                }
                Happening::Completed { step, outcome, .. } => {
                    self.meet(Unit::Outcome(of(), step.clone(), outcome.clone()));
                }
                Happening::Escalated { rung, step, .. } => {
                    let node = match &rung.ladder {
                        LadderOf::Procedure => None,
                        LadderOf::Step => step.clone(),
                    };
                    self.meet(Unit::Rung(of(), node, rung.number));
                }
                Happening::ObligationArisen { name, .. } => self.meet(Unit::Obligation(of(), name.clone())),
                _ => {}
            }
        }
    }

    /// How much has been gone through, in hundredths, rounded down; all of nothing is all.
    pub fn percent(&self) -> usize {
        (self.met.len() * 100).checked_div(self.all.len()).unwrap_or(100)
    }

    /// What has not been gone through.
    pub fn missed(&self) -> impl Iterator<Item = &Unit> {
        self.all.difference(&self.met)
    }

    fn led<'a>(&mut self, charged: impl Iterator<Item = &'a Charged>) {
        for one in charged {
            if let Why::Mandate { mandate, .. } | Why::Claims { mandate, .. } = &one.why {
                self.meet(Unit::Mandate(mandate.clone()));
            }
        }
    }

    fn meet(&mut self, unit: Unit) {
        if self.all.contains(&unit) {
            self.met.insert(unit);
        }
    }
}
