//! How resources reach those who use them: by which channels, from whom, on which day and at which hour.
//!
//! A chain of channels is lawful where each of its channels rests on a law in force and has a purpose in common with
//! the resource, to the letter. Check R001 and the executor ask here, so that neither promises what the other refuses.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{BodyId, Channel, ChannelId, Citation, Institution, Period, Resource, ResourceId};

/// A kind of day (0 workday, 1 rest day, 2 holiday) and a minute of the day.
pub type Moment = (u32, u32);

/// A channel that carries a resource, with the bodies at its ends on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carrier {
    /// The channel.
    pub channel: ChannelId,
    /// From whom.
    pub givers: BTreeSet<BodyId>,
    /// To whom.
    pub receivers: BTreeSet<BodyId>,
}

/// A resource comes through one channel to a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// Through which channel.
    pub channel: ChannelId,
    /// From those at its other end that have the resource.
    pub from: Vec<BodyId>,
    /// To whom.
    pub to: BodyId,
}

/// Which bodies have a resource, and how it came to them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Supply {
    holders: BTreeSet<BodyId>,
    /// For each body that it was brought to, the last channels on the way.
    came: BTreeMap<BodyId, Vec<Draw>>,
}

impl Supply {
    /// From those who hold it, along these channels: directly where that is possible, else by the fewest channels.
    pub fn new(holders: BTreeSet<BodyId>, carriers: &[Carrier]) -> Self {
        let mut supply = Self { holders, came: BTreeMap::new() };
        let mut reached = supply.holders.clone();
        loop {
            let mut came: BTreeMap<BodyId, Vec<Draw>> = BTreeMap::new();
            for carrier in carriers {
                let from: BTreeSet<BodyId> = carrier.givers.intersection(&reached).copied().collect();
                if from.is_empty() {
                    continue;
                }
                for to in carrier.receivers.difference(&reached) {
                    let draws = came.entry(*to).or_default();
                    // What one channel brings from a giver another need not bring again.
                    let brought = |giver: &BodyId| draws.iter().any(|draw: &Draw| draw.from.contains(giver));
                    let new: Vec<BodyId> = from.iter().copied().filter(|giver| !brought(giver)).collect();
                    if !new.is_empty() {
                        draws.push(Draw { channel: carrier.channel, from: new, to: *to });
                    }
                }
            }
            if came.is_empty() {
                return supply;
            }
            reached.extend(came.keys());
            supply.came.extend(came);
        }
    }

    /// Whether a body holds it.
    pub fn is_held_by(&self, body: BodyId) -> bool {
        self.holders.contains(&body)
    }

    /// Whether a body has it: holds it, or can have it brought.
    pub fn reaches(&self, body: BodyId) -> bool {
        self.is_held_by(body) || self.came.contains_key(&body)
    }

    /// The ways by which it comes to a body, each channel behind those that supply its giver. Directly from holders all
    /// channels bring their share; further on one is enough.
    pub fn way_to(&self, body: BodyId) -> Vec<Draw> {
        let mut way: Vec<Draw> = Vec::new();
        let mut at = body;
        while let Some(draws) = self.came.get(&at) {
            let is_held = |draw: &Draw| draw.from.iter().any(|giver| self.is_held_by(*giver));
            let Some(first) = draws.first() else { break };
            if at == body && draws.iter().any(is_held) {
                way.extend(draws.iter().filter(|draw| is_held(draw)).cloned());
                break;
            }
            way.push(first.clone());
            match first.from.first() {
                Some(giver) if !self.is_held_by(*giver) => at = *giver,
                _ => break,
            }
        }
        // From the holder on; the channels that bring shares side by side stay in the order of the text.
        if way.iter().any(|draw| draw.to != body) {
            way.reverse();
        }
        way
    }
}

impl Channel {
    /// Whether a law that it cites is in force on a day.
    pub fn is_founded(&self, institution: &Institution, day: Date) -> bool {
        let law = |citation: &Citation| citation.law.is_some_and(|law| institution[law].in_force(day));
        self.basis.iter().any(law)
    }

    /// Whether it has a purpose in common with a resource, to the letter; where one names none nothing is said.
    pub fn shares_purpose(&self, resource: &Resource) -> bool {
        let (own, allowed) = (&self.purposes, &resource.purposes);
        own.is_empty() || allowed.is_empty() || own.iter().any(|purpose| allowed.contains(purpose))
    }

    /// Whether it is open on such a day at such a minute.
    pub fn is_open(&self, moment: Moment) -> bool {
        self.open.as_ref().is_none_or(|periods| falls_in(periods, moment))
    }
}

/// Whether a moment lies in one of these periods.
pub fn falls_in(periods: &[Period], (day, minute): Moment) -> bool {
    periods.iter().any(|period| period.days.contains(day) && period.minutes.contains(minute))
}

impl Institution {
    /// The bodies that these names mean on a day.
    pub fn all_standing_in<'b>(
        &self,
        bodies: impl IntoIterator<Item = &'b BodyId>,
        day: Date,
    ) -> BTreeSet<BodyId> {
        bodies.into_iter().flat_map(|body| self.standing_in(*body, day)).collect()
    }

    /// The channels that carry a resource and pass a test, with the bodies at their ends on a day.
    pub fn carriers(
        &self,
        resource: ResourceId,
        day: Date,
        passes: impl Fn(ChannelId, &Channel) -> bool,
    ) -> Vec<Carrier> {
        let carrying = self.channels().filter(|(id, channel)| {
            channel.carries.iter().any(|(own, _)| *own == resource) && passes(*id, channel)
        });
        let ends = |(id, channel): (ChannelId, &Channel)| Carrier {
            channel: id,
            givers: self.all_standing_in(channel.givers.iter().map(|(body, _)| body), day),
            receivers: self.all_standing_in(channel.receivers.iter().map(|(body, _)| body), day),
        };
        carrying.map(ends).collect()
    }

    /// Whether a channel may carry a resource on a day: it rests on a law in force and has a purpose in common.
    pub fn may_carry(&self, channel: &Channel, resource: ResourceId, day: Date) -> bool {
        channel.is_founded(self, day) && channel.shares_purpose(&self[resource])
    }

    /// Who has a resource on a day, by channels that pass a test.
    pub fn supply(
        &self,
        resource: ResourceId,
        day: Date,
        passes: impl Fn(ChannelId, &Channel) -> bool,
    ) -> Supply {
        let holders = self.all_standing_in(self[resource].holders.iter().map(|(body, _)| body), day);
        Supply::new(holders, &self.carriers(resource, day, passes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(bodies: &[u32]) -> BTreeSet<BodyId> {
        bodies.iter().copied().map(BodyId).collect()
    }

    fn carrier(channel: u32, givers: &[u32], receivers: &[u32]) -> Carrier {
        Carrier { channel: ChannelId(channel), givers: set(givers), receivers: set(receivers) }
    }

    fn way(supply: &Supply, body: u32) -> Vec<(u32, Vec<u32>, u32)> {
        let plain = |draw: Draw| (draw.channel.0, draw.from.iter().map(|giver| giver.0).collect(), draw.to.0);
        supply.way_to(BodyId(body)).into_iter().map(plain).collect()
    }

    #[test]
    fn a_chain_is_told_from_the_holder_on() {
        let carriers = [carrier(0, &[2], &[3]), carrier(1, &[1], &[2]), carrier(2, &[0], &[1])];
        let supply = Supply::new(set(&[0]), &carriers);
        assert_eq!(way(&supply, 3), [(2, vec![0], 1), (1, vec![1], 2), (0, vec![2], 3)]);
        assert_eq!(way(&supply, 0), []);
        assert!(supply.reaches(BodyId(3)) && !supply.reaches(BodyId(4)));
    }

    #[test]
    fn every_holder_brings_its_share_once() {
        let carriers = [carrier(0, &[0, 1], &[9]), carrier(1, &[1, 2], &[9]), carrier(2, &[0], &[9])];
        let supply = Supply::new(set(&[0, 1, 2]), &carriers);
        assert_eq!(way(&supply, 9), [(0, vec![0, 1], 9), (1, vec![2], 9)]);
    }

    #[test]
    fn the_fewest_channels_are_taken() {
        let carriers = [carrier(0, &[0], &[1]), carrier(1, &[1], &[2]), carrier(2, &[0], &[2])];
        assert_eq!(way(&Supply::new(set(&[0]), &carriers), 2), [(2, vec![0], 2)]);
    }

    #[test]
    fn a_circle_of_channels_ends() {
        let carriers = [carrier(0, &[0], &[1]), carrier(1, &[1], &[0, 2]), carrier(2, &[2], &[1])];
        assert_eq!(way(&Supply::new(set(&[0]), &carriers), 2), [(0, vec![0], 1), (1, vec![1], 2)]);
    }
}
