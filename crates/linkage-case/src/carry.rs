//! Open steps under other rules: a rung of a ladder is known by what it is, not by its place on the ladder.
//!
//! ```text
//!   under the old rules                     under the new ones
//!   1  after 2 days to centre  (fired)  ──► 2   fired: not stepped on again
//!                                           1   after 1 day to lead: planned anew
//! ```
//!
//! Without this, the rung that took the place of another would fire at the other's time, and as if it were the other.

use ecow::{EcoString, EcoVec};
use jiff::Timestamp;

use super::assign::ladder;
use super::budget::{Clocks, StepClock, SteppedRung};
use super::state::Case;
use super::turn::Turn;
use super::{Assignment, Decision, Happening, LadderOf, OpenRung, Rules, RungId, World};
use linkage_model::{Condition, Procedure, Rung};

/// Plans the ladders of all open steps anew after the rules of their cases have changed: what was stepped on stays so,
/// wherever its rung stands now; what the new rules add fires at its own time.
pub fn carry_ladders(from: &Rules<'_>, to: &Rules<'_>, world: &World, now: Timestamp) -> Decision {
    let now = world.latest().map_or(now, |latest| latest.max(now));
    let mut turn = Turn::new(*to, world, now);
    for own in world.cases().filter(|case| case.is_open()) {
        let (Some(before), Some(after)) = (from.procedure(&own.procedure), to.procedure(&own.procedure))
        else {
            continue;
        };
        let carried = Carried { from, to, before, after };
        let steps: Vec<StepClock> =
            own.open_assignments().filter_map(|open| carried.step(&turn, own, open)).collect();
        let stepped = carried.stepped(own);
        if !steps.is_empty() || stepped.is_some() {
            let clocks = Clocks { steps, stepped, ..Clocks::default() };
            turn.emit(own.id, Happening::Recounted { clocks });
        }
    }
    turn.decision()
}

/// A procedure before and after.
struct Carried<'r> {
    from: &'r Rules<'r>,
    to: &'r Rules<'r>,
    before: &'r Procedure,
    after: &'r Procedure,
}

impl Carried<'_> {
    /// The clock of an open step as the new rules plan it; none if nothing changes.
    fn step(&self, turn: &Turn<'_>, case: &Case, open: &Assignment) -> Option<StepClock> {
        let ladders = self.ladders(&open.step)?;
        let place = |id: RungId| -> Option<RungId> {
            let [(of, old), (ladder, new)] = &ladders;
            let number = self.place((id.ladder == *of).then_some(*old)?, new, id.number)?;
            Some(RungId { ladder: *ladder, number })
        };
        let fired: EcoVec<RungId> = open.fired.iter().filter_map(|id| place(*id)).collect();
        let waiting = |rung: &OpenRung| Some(OpenRung { rung: place(rung.rung)?, ..rung.clone() });
        let rungs: Vec<OpenRung> = open.rungs.iter().filter_map(waiting).collect();
        let pauses = case.pauses(turn.now);
        let alarms = turn.alarms_of(case.id, open, open.budget.from, open.due.as_ref(), &pauses);
        let same = alarms == open.alarms && rungs == open.rungs && fired.iter().eq(open.fired.iter());
        let (number, step) = (open.number, open.step.clone());
        (!same).then_some(StepClock { number, step, due: None, alarms, rungs, fired: Some(fired) })
    }

    /// The rungs that were stepped on in a case, at their new places; none if these are the old ones.
    fn stepped(&self, case: &Case) -> Option<Vec<SteppedRung>> {
        let place = |(step, number): &(EcoString, u32)| -> Option<(EcoString, u32)> {
            let (old, new) = if step.is_empty() {
                (self.before.escalation.as_slice(), self.after.escalation.as_slice())
            } else {
                let [(of, old), (ladder, new)] = self.ladders(step)?;
                ((of == LadderOf::Step).then_some(old)?, (ladder == LadderOf::Step).then_some(new)?)
            };
            Some((step.clone(), self.place(old, new, *number)?))
        };
        let mut stepped: Vec<(EcoString, u32)> = case.stepped.iter().filter_map(place).collect();
        stepped.sort();
        if stepped.iter().eq(case.stepped.iter()) {
            return None;
        }
        Some(stepped.into_iter().map(|(step, number)| SteppedRung { step, number }).collect())
    }

    /// The ladder that serves a step, before and after.
    fn ladders(&self, step: &str) -> Option<[(LadderOf, &[Rung]); 2]> {
        let of = |procedure| super::rules::step_named(procedure, step).map(|step| ladder(procedure, step));
        Some([of(self.before)?, of(self.after)?])
    }

    /// The place of a rung, counted from 1, on another ladder; none where it is no more. Of several that are alike the
    /// first is the first.
    fn place(&self, old: &[Rung], new: &[Rung], number: u32) -> Option<u32> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let rung = old.get(index)?;
        let nth = old[..index].iter().filter(|other| alike(self.from, other, self.from, rung)).count();
        let places = new.iter().zip(1..).filter(|(other, _)| alike(self.to, other, self.from, rung));
        places.map(|(_, number)| number).nth(nth)
    }
}

/// Whether two rungs are the same one: stepped on in the same event, and to the same body or role. What it is told
/// to do, and within what time, may have been written anew.
fn alike(here: &Rules<'_>, one: &Rung, there: &Rules<'_>, other: &Rung) -> bool {
    let condition = match (&one.condition, &other.condition) {
        (Condition::After(one), Condition::After(other)) => one == other,
        (Condition::Share(one), Condition::Share(other)) => one == other,
        (Condition::Timeout, Condition::Timeout)
        | (Condition::Refusal, Condition::Refusal)
        | (Condition::Breach, Condition::Breach)
        | (Condition::When(_), Condition::When(_)) => true,
        (
            Condition::After(_)
            | Condition::Share(_)
            | Condition::Timeout
            | Condition::Refusal
            | Condition::Breach
            | Condition::When(_),
            _,
        ) => false,
    };
    condition && here.role(&one.to) == there.role(&other.to)
}
