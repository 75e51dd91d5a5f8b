//! A joint step: each body states its outcome; as many as the quorum decide.
//!
//! At the deadline the silent count as the first declared outcome where silence means assent, else as
//! refusal. When no outcome can reach the quorum any more, a chair that may decides between those with the most voices;
//! else the step counts as refused.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::turn::Turn;
use super::{CaseId, Happening, Mode, Refusal};

impl Turn<'_> {
    /// Counts the voices and acts on them; whether the step came to its end or to its refusal.
    pub fn tally(&mut self, case: CaseId, number: u32, at_deadline: bool) -> Result<bool, Refusal> {
        let Some(assignment) = self.case(case).assignment(number).cloned() else { return Ok(false) };
        let Mode::Joint { quorum, silence_is_assent } = assignment.mode else { return Ok(false) };
        let Some((_, _, step)) = self.step_of(case, number) else { return Ok(false) };
        let members = assignment.holders();
        let spoken =
            |body: &&EcoString| assignment.voices.contains_key(*body) || assignment.declined.contains(*body);
        let unspoken: Vec<EcoString> = members.iter().filter(|body| !spoken(body)).cloned().collect();
        let mut silent = unspoken.len();
        let mut votes: BTreeMap<&EcoString, usize> = BTreeMap::new();
        for (_, outcome) in assignment.voices.iter().filter(|(body, _)| assignment.is_held_by(body)) {
            *votes.entry(outcome).or_default() += 1;
        }
        if at_deadline {
            if let (true, Some(first)) = (silence_is_assent, step.outcomes.first()) {
                *votes.entry(&first.head.name).or_default() += silent;
            }
            silent = 0;
        }
        let needed = usize::try_from(quorum).unwrap_or(usize::MAX);
        let order = |name: &EcoString| step.outcomes.iter().position(|outcome| outcome.head.name == *name);
        let reached = votes.iter().filter(|(_, count)| **count >= needed);
        let best = reached.max_by_key(|(name, count)| (**count, std::cmp::Reverse(order(name))));
        if let Some((outcome, _)) = best {
            let outcome = (*outcome).clone();
            let is_first = step.outcomes.first().is_some_and(|first| first.head.name == outcome);
            let counted = at_deadline && silence_is_assent && is_first;
            let silent = if counted { unspoken } else { Vec::new() };
            self.complete_by_silence(case, number, &outcome, silent)?;
            return Ok(true);
        }
        if votes.values().copied().max().unwrap_or(0) + silent < needed {
            let most = votes.values().copied().max().unwrap_or(0);
            let shared = votes.iter().filter(|(_, count)| **count == most);
            let tied: Vec<EcoString> = shared.map(|(name, _)| (*name).clone()).collect();
            if self.break_tie(case, number, &tied)? {
                return Ok(true);
            }
            self.follow(case, Happening::NoQuorum { number, step: assignment.step });
            self.refused(case, number, at_deadline)?;
            return Ok(true);
        }
        Ok(false)
    }
}
