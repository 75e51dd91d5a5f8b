//! R002: a channel that rests on no law.

use super::finding::Fault;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "R002",
    name: "channel-without-basis",
    severity: Severity::Warning,
    page: include_str!("channel_without_basis.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let without = context.institution().channels().filter(|(_, channel)| channel.basis.is_empty());
    let finding = |(id, channel): (_, &linkage_model::Channel)| {
        Finding::new(&CHECK)
            .telling(Fault::ChannelBasis(id))
            .fact("channel", Fact::Channel(id))
            .place(channel.head.span, "channel")
    };
    without.map(finding).collect()
}
