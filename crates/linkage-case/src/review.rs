//! Laws and mandates that begin or end while the case is open.
//!
//! Acts are judged on the day of the act: when a case is opened, or its facts change, the days to come
//! on which a rule that matters to it begins or ends are noted. On such a day that is said, and who leads
//! is asked again.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::turn::Turn;
use super::{CaseId, Happening, RuleDay, RuleName};
use linkage_model::{Citation, LawId, NodeKind, Procedure};
use linkage_regions::Region;

impl Turn<'_> {
    /// The days to come on which a rule that matters to a procedure and a situation begins or ends.
    pub fn rule_days(&self, procedure: &Procedure, situation: &Region) -> Vec<RuleDay> {
        let institution = self.rules.institution;
        let today = self.day();
        let mut laws: BTreeSet<LawId> = cited(procedure).filter_map(|citation| citation.law).collect();
        let mut days: BTreeSet<RuleDay> = BTreeSet::new();
        for mandate in institution.mandates.iter().filter(|mandate| !mandate.region.is_disjoint(situation)) {
            laws.extend(mandate.basis.iter().filter_map(|citation| citation.law));
            for (lead, _) in &mandate.leads {
                laws.extend(institution[*lead].filled_by.iter().map(|filling| filling.law));
            }
            let name = RuleName::Mandate(mandate.head.name.clone());
            days.extend(self.bounds(&name, mandate.from, mandate.until, today));
        }
        for law in laws {
            let law = &institution[law];
            let name = RuleName::Law(law.head.name.clone());
            let (from, until) = (law.from.map(|(day, _)| day), law.until.map(|(day, _)| day));
            days.extend(self.bounds(&name, from, until, today));
        }
        days.into_iter().collect()
    }

    /// The day on which a rule begins and the day after its last, if they are still to come.
    fn bounds(&self, rule: &RuleName, from: Option<Date>, until: Option<Date>, today: Date) -> Vec<RuleDay> {
        let ended = until.and_then(|until| until.tomorrow().ok());
        let days = [(from, true), (ended, false)].into_iter();
        days.filter_map(|(day, begins)| {
            let day = day.filter(|day| *day > today)?;
            Some(RuleDay { at: self.rules.midnight(day)?, rule: rule.clone(), begins })
        })
        .collect()
    }

    /// Such a day has come.
    pub fn rule_day(&mut self, case: CaseId, day: RuleDay) {
        let rule = day.rule;
        self.emit(
            case,
            if day.begins { Happening::RuleBegan { rule } } else { Happening::RuleEnded { rule } },
        );
        // Rules that change on one day change together: who leads is asked when the last of them is told.
        let more = self.case(case).rule_days.first().is_some_and(|next| next.at <= day.at);
        if !more && self.case(case).lead.is_some() {
            self.review_lead(case);
        }
        if !more {
            self.supervise(case);
        }
    }
}

/// All that a procedure cites.
fn cited(procedure: &Procedure) -> impl Iterator<Item = &Citation> {
    let steps = procedure.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Step(step) => Some(&step.basis),
        _ => None,
    });
    let closing = procedure.closing.iter().map(|closing| &closing.basis);
    let published = procedure.closing.iter().flat_map(|closing| &closing.publish).map(|(.., basis)| basis);
    std::iter::once(&procedure.basis).chain(steps).chain(closing).chain(published).flatten()
}
