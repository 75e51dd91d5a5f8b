//! Using resources: who does not hold what a step uses has it brought, along the chain of channels that check R001
//! reasons about, here and now.
//!
//! ```text
//!   holder ──channel──► body ──channel──► whoever acts      each link recorded, with what it owes in return
//! ```
//!
//! Nothing is held up by what is out of reach: the step is done, and the case says what was used without a lawful way.

use ecow::EcoString;

use super::turn::Turn;
use super::{Assignment, CaseId, Happening, Mode, OutOfReach};
use linkage_calendar::DayKind;
use linkage_model::{BodyId, Channel, ChannelId, ChannelMode, Institution, ResourceId, Step, Supply};
use linkage_regions::Side;
use linkage_text::Language;

impl Turn<'_> {
    /// Has brought what a step uses to those who do it.
    pub fn draw(&mut self, case: CaseId, assignment: &Assignment, step: &Step) {
        for (resource, _) in &step.uses {
            self.draw_one(case, assignment, *resource);
        }
    }

    fn draw_one(&mut self, case: CaseId, assignment: &Assignment, resource: ResourceId) {
        let institution = self.rules.institution;
        // Whoever reported is no body, and has nothing brought.
        let holders: Vec<BodyId> =
            assignment.holders().iter().filter_map(|name| institution.body_named(name)).collect();
        let actor = self.by.as_ref().and_then(|by| institution.body_named(by));
        let users = match actor.filter(|actor| assignment.mode == Mode::Any && holders.contains(actor)) {
            Some(actor) => vec![actor],
            None => holders.clone(),
        };
        if users.is_empty() {
            return;
        }
        if self.is_elsewhere(case, resource) {
            self.out_of_reach(case, assignment, resource, &users, OutOfReach::Elsewhere, &[]);
            return;
        }
        let supply = self.supply(resource, |_, _| true, true);
        // One who has it suffices: in a joint step, who meets brings it to the table.
        if users.iter().any(|user| supply.is_held_by(*user)) {
            return;
        }
        let reached: Vec<BodyId> = users.iter().copied().filter(|user| supply.reaches(*user)).collect();
        for user in &reached {
            self.draw_along(case, &assignment.step, resource, &supply, *user);
        }
        if reached.is_empty() && !holders.iter().any(|holder| supply.reaches(*holder)) {
            let (why, channels) = self.why_out_of_reach(resource, &users);
            self.out_of_reach(case, assignment, resource, &users, why, &channels);
        }
    }

    /// Who has a resource now, by channels that pass a test; and, if so asked, by lawful ones that are open now.
    fn supply(
        &self,
        resource: ResourceId,
        passes: impl Fn(ChannelId, &Channel) -> bool,
        lawfully: bool,
    ) -> Supply {
        let (institution, day) = (self.rules.institution, self.day());
        let moment = self.moment();
        institution.supply(resource, day, |id, channel| {
            let may = institution.may_carry(channel, resource, day) && channel.is_open(moment);
            passes(id, channel) && (may || !lawfully)
        })
    }

    /// The kind of day and the minute of now.
    fn moment(&self) -> (u32, u32) {
        let wall = self.rules.calendar.zone().to_datetime(self.now);
        let day = match self.rules.calendar.day_kind(wall.date()) {
            DayKind::Workday => 0,
            DayKind::RestDay => 1,
            DayKind::Holiday => 2,
        };
        (day, u32::from(wall.hour().unsigned_abs()) * 60 + u32::from(wall.minute().unsigned_abs()))
    }

    /// Whether the case surely lies where a resource does not serve.
    fn is_elsewhere(&self, case: CaseId, resource: ResourceId) -> bool {
        let institution = self.rules.institution;
        let areas = &institution[resource].areas;
        let side = |node| institution.areas.tree.side(node);
        let served = areas.iter().map(|node| side(*node)).fold(Side::empty(), |all, side| all.union(&side));
        let situation = self.situation(case);
        let mut lies = situation.cuboids().iter().map(|cuboid| &cuboid.sides()[Institution::AREA]);
        !areas.is_empty() && lies.all(|side| side.intersect(&served).is_empty())
    }

    fn draw_along(
        &mut self,
        case: CaseId,
        step: &EcoString,
        resource: ResourceId,
        supply: &Supply,
        user: BodyId,
    ) {
        let institution = self.rules.institution;
        let declared = &institution[resource];
        for draw in supply.way_to(user) {
            let channel = &institution[draw.channel];
            let from: Vec<EcoString> = draw.from.iter().map(|giver| self.rules.name(*giver)).collect();
            let to = self.rules.name(draw.to);
            let common = channel.purposes.iter().filter(|purpose| declared.purposes.contains(purpose));
            let drawn = Happening::Drawn {
                step: step.clone(),
                resource: declared.head.name.clone(),
                channel: channel.head.name.clone(),
                from: from.clone(),
                to: to.clone(),
                mode: channel.mode.map(mode_word),
                purposes: common.cloned().collect(),
                basis: self.rules.in_force(&channel.basis, self.day()),
            };
            self.follow(case, drawn);
            self.owe_for(case, channel, &to, &from);
        }
    }

    fn out_of_reach(
        &mut self,
        case: CaseId,
        assignment: &Assignment,
        resource: ResourceId,
        users: &[BodyId],
        why: OutOfReach,
        channels: &[EcoString],
    ) {
        let resource = &self.rules.institution[resource].head.name;
        for user in users {
            let (step, resource, body) = (assignment.step.clone(), resource.clone(), self.rules.name(*user));
            self.follow(
                case,
                Happening::NoChannel { step, resource, body, why, channels: channels.to_vec() },
            );
        }
    }

    /// Why a resource comes to none of these, and the channels at fault.
    fn why_out_of_reach(&self, resource: ResourceId, users: &[BodyId]) -> (OutOfReach, Vec<EcoString>) {
        let (institution, day) = (self.rules.institution, self.day());
        let moment = self.moment();
        let lawful = |channel: &Channel| institution.may_carry(channel, resource, day);
        let at_any_hour = self.supply(resource, |_, channel| lawful(channel), false);
        let anyhow = self.supply(resource, |_, _| true, false);
        let reached = |supply: &Supply| users.iter().copied().find(|user| supply.reaches(*user));
        let at_fault = |supply: &Supply, user, fault: &dyn Fn(&Channel) -> bool| -> Vec<EcoString> {
            let way = supply.way_to(user).into_iter().map(|draw| &institution[draw.channel]);
            way.filter(|channel| fault(channel)).map(|channel| channel.head.name.clone()).collect()
        };
        if let Some(user) = reached(&at_any_hour) {
            return (OutOfReach::Closed, at_fault(&at_any_hour, user, &|channel| !channel.is_open(moment)));
        }
        match reached(&anyhow) {
            Some(user) => (OutOfReach::Unlawful, at_fault(&anyhow, user, &|channel| !lawful(channel))),
            None => (OutOfReach::NoChannel, Vec::new()),
        }
    }
}

fn mode_word(mode: ChannelMode) -> EcoString {
    mode.keyword().spelling(Language::En).into()
}
