//! R006: a channel whose receivers give nothing back.

use super::reach::named;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "R006",
    name: "one-way-channel",
    severity: Severity::Note,
    page: include_str!("one_way_channel.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, channel) in institution.channels() {
        if !channel.owes.is_empty() {
            continue;
        }
        let (givers, receivers) = (named(context, &channel.givers), named(context, &channel.receivers));
        let back = institution.channels.iter().any(|other| {
            !named(context, &other.givers).is_disjoint(&receivers)
                && !named(context, &other.receivers).is_disjoint(&givers)
        });
        if back || receivers.is_subset(&givers) {
            continue;
        }
        let finding = Finding::new(&CHECK)
            .fact("channel", Fact::Channel(id))
            .fact("givers", Fact::Bodies(givers.into_iter().collect()))
            .fact("receivers", Fact::Bodies(receivers.into_iter().collect()))
            .place(channel.head.span, "channel");
        findings.push(finding);
    }
    findings
}
