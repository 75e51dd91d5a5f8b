//! Whether those who are charged with a step hold the powers that it needs, on the day of the act.
//!
//! No power unless granted: an act without it is refused, and the assignment says so at once, so that nobody
//! waits for what can't be done. Whoever is charged may still refuse the step or hand it over.

use ecow::EcoString;

use super::turn::Turn;
use super::{CaseId, Happening, LackedPower, Mode, Refusal, deciding};
use linkage_model::{PowerId, Step};

impl Turn<'_> {
    /// Refuses an outcome that a body states without a power that the step or the outcome needs.
    pub fn empowered(
        &mut self,
        case: CaseId,
        by: &EcoString,
        name: &EcoString,
        outcome: &EcoString,
    ) -> Result<(), Refusal> {
        let Some((_, _, step)) = self.step(case, name) else { return Ok(()) };
        let stated = step.outcomes.iter().find(|own| own.head.name == *outcome);
        let needs: Vec<PowerId> = match stated {
            Some(stated) => step.needs_of(stated).map(|(power, _)| power).collect(),
            None => step.needs.iter().map(|(power, _)| *power).collect(),
        };
        if needs.is_empty() {
            return Ok(());
        }
        let institution = self.rules.institution;
        let Some(body) = institution.body_named(by) else { return Ok(()) };
        let (division, situation) = (self.division(), self.situation(case));
        let competence = division.competence();
        let mut powers = Vec::new();
        for power in needs {
            let lacking = competence.lacking(body, power, &situation);
            if lacking.is_empty() {
                continue;
            }
            let held = situation.minus(&lacking);
            if !held.is_empty() {
                // Whether it holds the power depends on what is not known yet.
                let parts = [("holds it".into(), held), ("lacks it".into(), lacking)];
                return Err(Refusal::Undecided { node: name.clone(), facts: deciding(institution, &parts) });
            }
            powers.push(self.lacked(case, power));
        }
        if powers.is_empty() {
            return Ok(());
        }
        Err(Refusal::LacksPower { step: name.clone(), by: by.clone(), powers })
    }

    /// A power that somebody lacks, with those who hold it in the situation and the rank of law that it takes.
    pub fn lacked(&mut self, case: CaseId, power: PowerId) -> LackedPower {
        let (division, situation) = (self.division(), self.situation(case));
        let competence = division.competence();
        let held = competence.of(power);
        let here = held.holdings.iter().filter(|holding| situation.is_subset(&holding.region));
        let mut holders: Vec<EcoString> = here.map(|holding| self.rules.name(holding.body)).collect();
        holders.dedup();
        let declared = &self.rules.institution[power];
        let rank =
            declared.lowest_rank().map(|rank| rank.keyword().spelling(linkage_text::Language::En).into());
        LackedPower { power: declared.head.name.clone(), holders, rank }
    }

    /// Tells who of those charged with a step surely lacks a power that it takes to end it in any way.
    pub fn tell_lacking(&mut self, case: CaseId, number: u32, step: &Step) {
        if step.all_needs().next().is_none() {
            return;
        }
        let Some(own) = self.case(case).assignment(number) else { return };
        let (mode, name, to) = (own.mode, own.step.clone(), own.to.clone());
        if mode == Mode::Offered {
            return;
        }
        let institution = self.rules.institution;
        let (division, situation) = (self.division(), self.situation(case));
        let competence = division.competence();
        let mut lacking: Vec<(EcoString, Vec<EcoString>)> = Vec::new();
        for charged in &to {
            let Some(body) = institution.body_named(&charged.body) else { continue };
            let lacks = |power: PowerId| {
                competence.holdings(body, power).all(|holding| holding.region.is_disjoint(&situation))
            };
            let powers = step.lacking(lacks).into_iter();
            let powers: Vec<EcoString> = powers.map(|power| institution[power].head.name.clone()).collect();
            if !powers.is_empty() {
                lacking.push((charged.body.clone(), powers));
            }
        }
        // Where one of several suffices, somebody who holds the powers will do.
        if mode == Mode::Any && lacking.len() < to.len() {
            return;
        }
        for (body, powers) in lacking {
            self.follow(case, Happening::PowerLacking { number, step: name.clone(), body, powers });
        }
    }
}
