//! Q006: a channel lacks the basis or the purpose that a property asks of all of its kind.

use std::cmp::Ordering;

use super::property::{demands, refuted};
use super::{Check, Context, Fact, Finding};
use linkage_model::{Carrying, Channel, ChannelHaving, Demand, LawId, Rank};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "Q006",
    name: "channel-refuted",
    severity: Severity::Error,
    page: include_str!("channel_refuted.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (property, demand) in demands(context) {
        let Demand::Channels(carrying, having) = demand else { continue };
        for (id, channel) in context.institution().channels() {
            if !is_meant(context, channel, *carrying) || has(context, channel, *having) {
                continue;
            }
            let purpose = *having == ChannelHaving::Purpose;
            let mut finding = refuted(&CHECK, context, property)
                .told_by(if purpose { "purpose" } else { "main" })
                .fact("channel", Fact::Channel(id))
                .place(channel.head.span, "channel");
            for citation in channel.basis.iter().filter(|_| !purpose) {
                finding = finding.place(citation.span, "basis");
            }
            findings.push(finding);
        }
    }
    findings
}

fn is_meant(context: &Context<'_>, channel: &Channel, carrying: Carrying) -> bool {
    channel.carries.iter().any(|(resource, _)| match carrying {
        Carrying::Anything => true,
        Carrying::PersonalData => context.institution()[*resource].personal.is_some(),
        Carrying::Resource(wanted) => *resource == wanted,
    })
}

fn has(context: &Context<'_>, channel: &Channel, having: ChannelHaving) -> bool {
    let ChannelHaving::Basis(wanted) = having else { return !channel.purposes.is_empty() };
    let suffices = |law: LawId| {
        let law = &context.institution()[law];
        law.in_force(context.division.day)
            && wanted.is_none_or(|wanted| law.rank.is_some_and(|rank| is_of(rank, wanted)))
    };
    channel.basis.iter().filter_map(|citation| citation.law).any(suffices)
}

/// Whether a rank is the one that is wanted, or above it where that will do.
fn is_of(rank: Rank, (wanted, or_above): (Rank, bool)) -> bool {
    rank == wanted || (or_above && matches!(rank.compare(wanted), Some(Ordering::Greater | Ordering::Equal)))
}
