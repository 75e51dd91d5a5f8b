//! How far resources come by channels that may carry them.

use std::collections::BTreeSet;

use super::Context;
use crate::model::{BodyId, Channel, ChannelId, Resource, ResourceId};
use crate::text::Span;

/// The bodies that these names mean on the day, each once.
pub(super) fn named(context: &Context<'_>, bodies: &[(BodyId, Span)]) -> BTreeSet<BodyId> {
    bodies.iter().flat_map(|(body, _)| context.competence().standing_in(*body).iter().copied()).collect()
}

/// Whether a law that the channel cites is in force on the day.
pub(super) fn founded(context: &Context<'_>, channel: &Channel) -> bool {
    let laws = channel.basis.iter().filter_map(|citation| citation.law);
    laws.into_iter().any(|law| context.institution()[law].in_force(context.division.day))
}

/// Whether the two have a purpose in common, to the letter; where one names none nothing is said.
pub(super) fn purposes_agree(channel: &Channel, resource: &Resource) -> bool {
    let (own, allowed) = (&channel.purposes, &resource.purposes);
    own.is_empty() || allowed.is_empty() || own.iter().any(|purpose| allowed.contains(purpose))
}

/// The channels that may carry a resource, each with a basis in force and for a purpose of the resource: from
/// whom, to whom.
pub(super) fn carrying(
    context: &Context<'_>,
    id: ResourceId,
) -> Vec<(ChannelId, BTreeSet<BodyId>, BTreeSet<BodyId>)> {
    let resource = &context.institution()[id];
    let carrying = context.institution().channels().filter(|(_, channel)| {
        channel.carries.iter().any(|(own, _)| *own == id)
            && founded(context, channel)
            && purposes_agree(channel, resource)
    });
    let ends = |(id, channel): (ChannelId, &Channel)| {
        (id, named(context, &channel.givers), named(context, &channel.receivers))
    };
    carrying.map(ends).collect()
}

/// The bodies that have a resource: its holders, and whom a chain of channels brings it to.
pub(super) fn reached(context: &Context<'_>, id: ResourceId) -> BTreeSet<BodyId> {
    reached_by(context, id, &carrying(context, id))
}

/// The same, were one channel more lawful.
pub(super) fn reached_with(context: &Context<'_>, id: ResourceId, more: &Channel) -> BTreeSet<BodyId> {
    let mut links = carrying(context, id);
    links.push((ChannelId(u32::MAX), named(context, &more.givers), named(context, &more.receivers)));
    reached_by(context, id, &links)
}

fn reached_by(
    context: &Context<'_>,
    id: ResourceId,
    links: &[(ChannelId, BTreeSet<BodyId>, BTreeSet<BodyId>)],
) -> BTreeSet<BodyId> {
    let mut reached = named(context, &context.institution()[id].holders);
    loop {
        let before = reached.len();
        for (_, givers, receivers) in links {
            if !givers.is_disjoint(&reached) {
                reached.extend(receivers);
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}
