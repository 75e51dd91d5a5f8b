//! How far resources come by channels that may carry them. The search itself is in the model: the executor asks there too.

use std::collections::BTreeSet;

use super::Context;
use linkage_model::{BodyId, Carrier, Channel, ChannelId, Moment, Period, Resource, ResourceId, falls_in};
use linkage_regions::{NodeRef, Region, Side};
use linkage_text::Span;

/// The bodies that these names mean on the day, each once.
pub(super) fn named(context: &Context<'_>, bodies: &[(BodyId, Span)]) -> BTreeSet<BodyId> {
    bodies.iter().flat_map(|(body, _)| context.competence().standing_in(*body).iter().copied()).collect()
}

/// Whether a law that the channel cites is in force on the day.
pub(super) fn founded(context: &Context<'_>, channel: &Channel) -> bool {
    channel.is_founded(context.institution(), context.division.day)
}

/// The channels that may carry a resource, each with a basis in force and for a purpose of the resource: from
/// whom, to whom.
pub(super) fn carrying(context: &Context<'_>, id: ResourceId) -> Vec<Carrier> {
    let (institution, day) = (context.institution(), context.division.day);
    institution.carriers(id, day, |_, channel| institution.may_carry(channel, id, day))
}

/// The bodies that have a resource: its holders, and whom a chain of channels brings it to while they are on duty.
pub(super) fn reached(context: &Context<'_>, id: ResourceId) -> BTreeSet<BodyId> {
    reached_by(context, id, |_, channel| context.institution().may_carry(channel, id, context.division.day))
}

/// The same, were one channel more lawful.
pub(super) fn reached_with(context: &Context<'_>, id: ResourceId, more: ChannelId) -> BTreeSet<BodyId> {
    reached_by(context, id, |own, channel| {
        own == more || context.institution().may_carry(channel, id, context.division.day)
    })
}

fn reached_by(
    context: &Context<'_>,
    id: ResourceId,
    passes: impl Fn(ChannelId, &Channel) -> bool,
) -> BTreeSet<BodyId> {
    let (institution, day) = (context.institution(), context.division.day);
    let passing = institution.channels().filter(|(own, channel)| {
        channel.carries.iter().any(|(carried, _)| *carried == id) && passes(*own, channel)
    });
    let hours: Vec<&Vec<Period>> = passing.filter_map(|(_, channel)| channel.open.as_ref()).collect();
    let bodies = || institution.bodies().map(|(body, _)| body);
    if hours.is_empty() {
        let supply = institution.supply(id, day, &passes);
        return bodies().filter(|body| supply.reaches(*body)).collect();
    }
    let mut reached = BTreeSet::new();
    for moment in moments(context, hours) {
        let supply =
            institution.supply(id, day, |own, channel| passes(own, channel) && channel.is_open(moment));
        let on_duty =
            |body: &BodyId| institution[*body].duty.as_ref().is_none_or(|periods| falls_in(periods, moment));
        reached.extend(bodies().filter(|body| supply.is_held_by(*body)));
        reached.extend(bodies().filter(|body| supply.reaches(*body)).filter(on_duty));
    }
    reached
}

/// The moments at which hours of channels or of duty begin: whatever falls into several of them falls into one of these.
fn moments(context: &Context<'_>, hours: Vec<&Vec<Period>>) -> Vec<Moment> {
    let duties = context.institution().bodies.iter().filter_map(|body| body.duty.as_ref());
    let begins = |period: &Period| period.minutes.runs().iter().map(|run| run.start).collect::<Vec<u32>>();
    let minutes: BTreeSet<u32> = hours.into_iter().chain(duties).flatten().flat_map(begins).collect();
    (0..3).flat_map(|day| minutes.iter().map(move |minute| (day, *minute))).collect()
}

/// The part of a region where a resource does not serve, for it is elsewhere.
pub(super) fn elsewhere(context: &Context<'_>, resource: &Resource, region: &Region) -> Region {
    let institution = context.institution();
    if resource.areas.is_empty() {
        return Region::empty(&institution.space);
    }
    let side = |node: &NodeRef| institution.areas.tree.side(*node);
    let sides = resource.areas.iter().map(side).fold(Side::empty(), |all, side| all.union(&side));
    let full = linkage_regions::Cuboid::full(&institution.space);
    let area = linkage_model::Institution::AREA;
    region.minus(&Region::from_cuboid(&institution.space, full.with(area, sides)))
}
