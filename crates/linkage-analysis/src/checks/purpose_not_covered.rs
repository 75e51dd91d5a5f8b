//! R003: a channel carries a resource for none of the purposes that it is kept for.

use super::finding::Fault;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "R003",
    name: "purpose-not-covered",
    severity: Severity::Warning,
    page: include_str!("purpose_not_covered.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, channel) in institution.channels() {
        for (resource, span) in &channel.carries {
            if channel.shares_purpose(&institution[*resource]) {
                continue;
            }
            let finding = Finding::new(&CHECK)
                .telling(Fault::ChannelPurpose(id))
                .fact("channel", Fact::Channel(id))
                .fact("resource", Fact::Resource(*resource))
                .fact("given", Fact::Text(channel.purposes.join(", ").into()))
                .fact("allowed", Fact::Text(institution[*resource].purposes.join(", ").into()))
                .place(*span, "carried")
                .place(institution[*resource].head.span, "resource");
            findings.push(finding);
        }
    }
    findings
}
