//! What bodies may do about time: stop the clock of a case, let it run again, ask for more, give it, set
//! another deadline.
//!
//! ```text
//!   suspend             who stands above who leads the case, or whom its procedure names; on a basis in force
//!   resume              the same, and who leads the case
//!   extend              who has the step asks, before its time is over; who stands above decides: once a
//!                       deadline, and by no more than was given
//!   supersede           who stands above who has the step, also when the time is over
//! ```
//!
//! (Administrative Licensing Law arts 42 and 45: extended once with approval, hearings and appraisals not
//! counted; Public Security Administration Punishments Law: the next higher authority extends, appraisal is
//! not counted.)

use std::cmp::Ordering;

use ecow::{EcoString, EcoVec, eco_format};
use jiff::Timestamp;

use super::budget::{BlockClock, Clocks, NumberedClock, StepClock};
use super::state::Case;
use super::turn::Turn;
use super::{
    Alarm, Assignment, Budget, CaseId, Cited, Decision, Due, Happening, OpenRung, Refusal, Rules, World,
};
use linkage_calendar::{Duration, Pause};
use linkage_model::SuspensionGround;
use linkage_text::did_you_mean;

/// A deadline that is spoken of: of the case, or of a step.
struct Meant {
    number: Option<u32>,
    step: Option<EcoString>,
    due: Option<Due>,
    overdue: bool,
    budget: Budget,
    /// Who is to keep it.
    bound: Vec<EcoString>,
}

impl<'r> Turn<'r> {
    /// The declared ground of this name; none where the procedure declares none.
    fn ground(&self, case: CaseId, reason: &EcoString) -> Result<Option<&'r SuspensionGround>, Refusal> {
        let declared = self.procedure(case).map_or(&[][..], |procedure| &procedure.suspensions);
        if declared.is_empty() {
            return Ok(None);
        }
        let found = declared.iter().find(|own| own.ground == *reason);
        found.map(Some).ok_or_else(|| {
            let grounds: Vec<EcoString> = declared.iter().map(|own| own.ground.clone()).collect();
            let near = did_you_mean(reason, grounds.iter().map(EcoString::as_str)).map(Into::into);
            Refusal::NoGround { reason: reason.clone(), grounds, near }
        })
    }
}

impl Turn<'_> {
    pub fn suspend(
        &mut self,
        case: CaseId,
        by: &EcoString,
        reason: &EcoString,
        basis: &[Cited],
    ) -> Result<(), Refusal> {
        let ground = self.ground(case, reason)?;
        self.may_suspend(case, by, ground)?;
        if let Some(stood) = self.case(case).suspended() {
            return Err(Refusal::AlreadySuspended { case, since: stood.from });
        }
        let mut basis = basis.to_vec();
        if basis.is_empty() {
            let laws = &self.rules.institution.laws;
            let declared = ground.into_iter().flat_map(|ground| &ground.basis);
            basis.extend(declared.filter_map(|cited| {
                let law = laws.get(cited.law?.index())?.head.name.clone();
                Some(Cited { law, article: cited.article.clone() })
            }));
        }
        if basis.is_empty() {
            return Err(Refusal::NoBasis {});
        }
        self.known_laws(&basis)?;
        let until = match ground {
            Some(ground) => self.stands_until(case, ground)?,
            None => None,
        };
        self.emit(case, Happening::Suspended { reason: reason.clone(), basis, until });
        Ok(())
    }

    /// When a clock that stands on a ground from now on runs again by itself: after the time for each, or when it has
    /// stood as long as it may in all, counting only while it stood.
    fn stands_until(&self, case: CaseId, ground: &SuspensionGround) -> Result<Option<Due>, Refusal> {
        let own = self.case(case);
        let before: Vec<_> = own.stood.iter().filter(|stood| stood.reason == ground.ground).collect();
        let (times, total) = (ground.times, ground.total);
        let spent = || Refusal::GroundSpent {
            ground: ground.ground.clone(),
            times,
            total: total.map(Duration::as_kept),
        };
        if times.is_some_and(|times| before.len() >= times as usize) {
            return Err(spent());
        }
        let due =
            |from, within, ran: &[Pause]| self.rules.due_around(from, within, ran).ok_or(Refusal::TooMuch {});
        let each = ground.each.map(|each| due(self.now, each, &[])).transpose()?;
        let in_all = total
            .map(|total| {
                // Between two stops the clock ran: that is no time for which it stood.
                let ends = before.iter().map(|stood| stood.to.unwrap_or(self.now));
                let begins = before.iter().skip(1).map(|stood| stood.from).chain([self.now]);
                let ran: Vec<Pause> = ends.zip(begins).map(|(from, to)| Pause { from, to }).collect();
                due(before.first().map_or(self.now, |first| first.from), total, &ran)
            })
            .transpose()?;
        if in_all.as_ref().is_some_and(|in_all| in_all.at <= self.now) {
            return Err(spent());
        }
        Ok(each.into_iter().chain(in_all).min_by_key(|due| due.at))
    }

    pub fn resume(&mut self, case: CaseId, by: &EcoString) -> Result<(), Refusal> {
        self.may_resume(case, by)?;
        if self.case(case).suspended().is_none() {
            return Err(Refusal::NotSuspended { case });
        }
        let clocks = self.clocks(case, |_| true);
        self.emit(case, Happening::Continued { clocks });
        Ok(())
    }

    /// Asks for more time; by whoever may decide it, gives it.
    pub fn extend(
        &mut self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
        more: Option<&EcoString>,
        (reason, basis): (&EcoString, &[Cited]),
    ) -> Result<(), Refusal> {
        let meant = self.running(case, step)?;
        let what = meant.step.clone();
        let Some(due) = meant.due.clone() else { return Err(Refusal::NoDeadline { what }) };
        let (own, deciders) = (meant.bound.contains(by), self.above(&meant.bound));
        if !own && !deciders.contains(by) || deciders.is_empty() {
            return Err(Refusal::MayNotGiveTime { by: by.clone(), may: deciders });
        }
        if meant.overdue {
            return Err(Refusal::Expired { what, due: due.at });
        }
        if !meant.budget.added.is_empty() {
            return Err(Refusal::AlreadyExtended { what });
        }
        let asked = meant.budget.asked.as_ref();
        if own && asked.is_some() {
            return Err(Refusal::AlreadyAsked { what });
        }
        let Some(more) = more.or(asked.map(|asked| &asked.more)).cloned() else {
            return Err(Refusal::NothingAsked { what });
        };
        let given = time(&due.within)?;
        let added = time(&more)?;
        let within = due.within.clone();
        let total = given.plus(added).ok_or(Refusal::OtherUnit { within: within.clone() })?;
        if added.compare(given) == Some(Ordering::Greater) {
            return Err(Refusal::TooLong { what, at_most: within });
        }
        self.known_laws(basis)?;
        let (number, step) = (meant.number, what);
        let (reason, basis, more) = (reason.clone(), basis.to_vec(), eco_format!("{added}"));
        let happening = if own {
            Happening::ExtensionAsked { number, step, more, reason, basis, deciders }
        } else {
            let (due, alarms) = self.given(case, number, meant.budget.from, total)?;
            Happening::Extended { number, step, more, reason, basis, due, alarms }
        };
        self.emit(case, happening);
        Ok(())
    }

    /// Says no to whoever asked for more time.
    pub fn deny(
        &mut self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
        reason: &EcoString,
    ) -> Result<(), Refusal> {
        let meant = self.running(case, step)?;
        let what = meant.step.clone();
        if meant.budget.asked.is_none() {
            return Err(Refusal::NothingAsked { what });
        }
        self.decides(&meant, by)?;
        let reason = reason.clone();
        self.emit(case, Happening::ExtensionDenied { number: meant.number, step: what, reason });
        Ok(())
    }

    /// Another deadline takes the place of the one that there is.
    pub fn supersede(
        &mut self,
        case: CaseId,
        by: &EcoString,
        step: Option<&EcoString>,
        within: &EcoString,
        (reason, basis): (&EcoString, &[Cited]),
    ) -> Result<(), Refusal> {
        let meant = self.running(case, step)?;
        self.decides(&meant, by)?;
        self.known_laws(basis)?;
        let (due, alarms) = self.given(case, meant.number, self.now, time(within)?)?;
        let (number, step) = (meant.number, meant.step);
        let (reason, basis) = (reason.clone(), basis.to_vec());
        self.emit(case, Happening::Superseded { number, step, reason, basis, due, alarms });
        Ok(())
    }

    fn decides(&self, meant: &Meant, by: &EcoString) -> Result<(), Refusal> {
        let may = self.above(&meant.bound);
        if may.contains(by) && !meant.bound.contains(by) {
            return Ok(());
        }
        Err(Refusal::MayNotGiveTime { by: by.clone(), may })
    }

    /// When something is due that is given so much time, and when its rungs are stepped on.
    fn given(
        &self,
        case: CaseId,
        number: Option<u32>,
        from: Timestamp,
        within: Duration,
    ) -> Result<(Due, EcoVec<Alarm>), Refusal> {
        let pauses = self.case(case).pauses(self.now);
        let due = self.rules.due_around(from, within, &pauses).ok_or(Refusal::TooMuch {})?;
        let own = number.and_then(|number| self.case(case).assignment(number));
        let alarms = own.map(|own| self.alarms_of(case, own, from, Some(&due), &pauses)).unwrap_or_default();
        Ok((due, alarms))
    }

    /// The deadline that is spoken of, while its clock runs.
    fn running(&self, case: CaseId, step: Option<&EcoString>) -> Result<Meant, Refusal> {
        let own = self.case(case);
        if !own.is_open() {
            return Err(Refusal::Closed { case });
        }
        if let Some(stood) = own.suspended() {
            return Err(Refusal::ClockStands { case, since: stood.from });
        }
        let Some(step) = step else {
            let (due, overdue, budget) = (own.due.clone(), own.overdue, own.budget.clone());
            return Ok(Meant { number: None, step: None, due, overdue, budget, bound: responsible(own) });
        };
        let open = self.meant(case, &EcoString::new(), Some(step))?;
        let (due, overdue, budget) = (open.due.clone(), open.overdue, open.budget.clone());
        let (number, step) = (Some(open.number), Some(open.step.clone()));
        Ok(Meant { number, step, due, overdue, budget, bound: open.holders() })
    }

    /// Whoever is bound by a clock does not stop it: a superior does, or whom the procedure names.
    fn may_suspend(
        &mut self,
        case: CaseId,
        by: &EcoString,
        ground: Option<&SuspensionGround>,
    ) -> Result<(), Refusal> {
        let own = self.case(case);
        if !own.is_open() {
            return Err(Refusal::Closed { case });
        }
        let bound = responsible(own);
        let mut may = self.above(&bound);
        may.retain(|above| !bound.contains(above));
        let mut declared = self.procedure(case).map_or(&[][..], |procedure| &procedure.suspenders);
        if let Some(ground) = ground.filter(|ground| !ground.by.is_empty()) {
            may.clear();
            declared = &ground.by;
        }
        for (performer, _) in declared {
            let named = self.named_now(case, performer).unwrap_or_default();
            may.extend(named);
        }
        if may.contains(by) {
            return Ok(());
        }
        Err(Refusal::MayNotStop { by: by.clone(), may })
    }

    /// To let it run again is also for who answers for the time of the case.
    fn may_resume(&mut self, case: CaseId, by: &EcoString) -> Result<(), Refusal> {
        if self.case(case).is_open() && responsible(self.case(case)).contains(by) {
            return Ok(());
        }
        // Whoever may stop it on the ground on which it stands, may let it run again.
        let reason = self.case(case).suspended().map(|stood| stood.reason.clone());
        let ground = reason.and_then(|reason| self.ground(case, &reason).ok().flatten());
        self.may_suspend(case, by, ground)
    }

    /// The bodies above these, each once, the nearest first.
    pub fn above(&self, names: &[EcoString]) -> Vec<EcoString> {
        let institution = self.rules.institution;
        let bodies = names.iter().filter_map(|name| institution.body_named(name));
        let mut above: Vec<(usize, EcoString)> = bodies
            .flat_map(|body| self.hierarchy().above(body))
            .map(|(body, far)| (far, self.rules.name(body)))
            .collect();
        above.sort();
        let mut names: Vec<EcoString> = Vec::new();
        for (_, name) in above {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// What an act rests on must be declared, to the article, and in force on its day: as of a citation in the rules.
    fn known_laws(&self, basis: &[Cited]) -> Result<(), Refusal> {
        let laws = &self.rules.institution.laws;
        for cited in basis {
            let Some(law) = laws.iter().find(|law| law.head.name == cited.law) else {
                let near = did_you_mean(&cited.law, laws.iter().map(|law| law.head.name.as_str()));
                return Err(Refusal::UnknownLaw { law: cited.law.clone(), near: near.map(Into::into) });
            };
            if !law.in_force(self.day()) {
                return Err(Refusal::NotInForce { law: cited.law.clone() });
            }
            if let Some(article) = cited.article.as_ref().filter(|own| law.article(own).is_none()) {
                return Err(Refusal::UnknownArticle {
                    law: cited.law.clone(),
                    article: article.clone(),
                    declared: law.articles.iter().map(|own| own.number.clone()).collect(),
                });
            }
        }
        Ok(())
    }

    /// When what is open in a case, and matters, is due if it is counted now.
    pub fn clocks(&self, case: CaseId, matters: impl Fn(&Due) -> bool) -> Clocks {
        let own = self.case(case);
        let pauses = own.pauses(self.now);
        let again = |from: Timestamp, due: Option<&Due>, over: bool| -> Option<Due> {
            let due = due.filter(|due| !over && matters(due))?;
            self.rules.due_around(from, Duration::read(&due.within)?, &pauses)
        };
        let steps = own.open_assignments().map(|open| {
            let due = again(open.budget.from, open.due.as_ref(), open.overdue);
            let told = due.as_ref().or(open.due.as_ref());
            let alarms = self.alarms_of(case, open, open.budget.from, told, &pauses);
            let rungs = open.rungs.iter().map(|rung| self.rung_again(rung, &pauses)).collect();
            StepClock { number: open.number, step: open.step.clone(), due, alarms, rungs, fired: None }
        });
        let blocks = own.blocks.iter().filter_map(|open| {
            let due = again(open.since, open.due.as_ref(), open.overdue)?;
            Some(BlockClock { block: open.block.clone(), due })
        });
        let calls = own.calls.iter().filter_map(|open| {
            let due = again(open.since, open.due.as_ref(), open.overdue)?;
            Some(NumberedClock { number: open.number, due })
        });
        Clocks {
            case: again(own.budget.from, own.due.as_ref(), own.overdue),
            steps: steps.collect(),
            blocks: blocks.collect(),
            calls: calls.collect(),
            owed: Vec::new(),
            stepped: None,
        }
    }

    fn rung_again(&self, rung: &OpenRung, pauses: &[Pause]) -> OpenRung {
        let due = Duration::read(&rung.within)
            .and_then(|within| self.rules.due_around(rung.since, within, pauses))
            .map_or(rung.due, |due| due.at);
        OpenRung { due, ..rung.clone() }
    }
}

/// Counts anew what depended on holidays that were not announced, after the rules of a case, and with them its
/// calendar, have changed: what comes out otherwise is said. What was told without a doubt stands.
pub fn recount(rules: &Rules<'_>, world: &World, now: Timestamp) -> Decision {
    let now = world.latest().map_or(now, |latest| latest.max(now));
    let mut turn = Turn::new(*rules, world, now);
    let open: Vec<CaseId> =
        world.cases().filter(|case| case.suspended().is_none()).map(|case| case.id).collect();
    for case in open {
        let own = turn.case(case);
        let provisional = |due: &Due| due.provisional && due.at > now;
        let mut clocks = if own.is_open() { turn.clocks(case, provisional) } else { Clocks::default() };
        let owed = own.obligations.iter().filter(|owed| owed.discharged.is_none() && owed.breached.is_none());
        let owed = owed.filter_map(|owed| {
            let due = owed.due.as_ref().filter(|due| provisional(due))?;
            let due = rules.due_around(owed.since, Duration::read(&due.within)?, &[])?;
            Some(NumberedClock { number: owed.number, due })
        });
        clocks.owed = owed.collect();
        changed(own, &mut clocks);
        if !clocks.is_empty() {
            turn.emit(case, Happening::Recounted { clocks });
        }
    }
    turn.decision()
}

/// Leaves what comes out otherwise than it was.
fn changed(own: &Case, clocks: &mut Clocks) {
    clocks.case.take_if(|due| own.due.as_ref() == Some(due));
    clocks.steps.retain(|clock| {
        let was = own.assignment(clock.number).and_then(|open| open.due.as_ref());
        clock.due.is_some() && clock.due.as_ref() != was
    });
    clocks.blocks.retain(|clock| {
        own.blocks.iter().all(|open| open.block != clock.block || open.due.as_ref() != Some(&clock.due))
    });
    clocks.calls.retain(|clock| {
        own.calls.iter().all(|open| open.number != clock.number || open.due.as_ref() != Some(&clock.due))
    });
    clocks.owed.retain(|clock| {
        own.obligations
            .iter()
            .all(|open| open.number != clock.number || open.due.as_ref() != Some(&clock.due))
    });
}

/// Who answers for the time of a case: who leads it, else who has something to do in it.
fn responsible(case: &Case) -> Vec<EcoString> {
    let settled = case.lead.as_ref().filter(|lead| lead.dispute.is_none());
    let leads: Vec<EcoString> =
        settled.iter().flat_map(|lead| &lead.to).map(|charged| charged.body.clone()).collect();
    if !leads.is_empty() {
        return leads;
    }
    let mut holders: Vec<EcoString> = case.open_assignments().flat_map(Assignment::holders).collect();
    holders.sort();
    holders.dedup();
    holders
}

fn time(text: &EcoString) -> Result<Duration, Refusal> {
    let read = Duration::read(text).filter(|duration| duration.amount > 0);
    read.ok_or_else(|| Refusal::NoTime { text: text.clone() })
}
