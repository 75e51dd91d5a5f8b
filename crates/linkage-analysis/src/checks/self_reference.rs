//! D021: a mandate yields to itself, prevails over itself or shares with itself, alone; a law replaces itself; a channel
//! leads from a body to itself: the clause does nothing.

use super::{Check, Context, Fact, Finding};
use linkage_model::{ChannelId, Institution, LawId};
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "D021",
    name: "self-reference",
    severity: Severity::Warning,
    page: include_str!("self_reference.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, mandate) in context.institution().mandates() {
        let ordered = mandate.yields_to.iter().chain(&mandate.prevails_over).map(|(to, span)| (*to, *span));
        let shared = mandate.shares_with.iter().map(|(_, with, span)| (*with, *span));
        let own: Vec<Span> =
            ordered.chain(shared).filter(|(to, _)| *to == id).map(|(_, span)| span).collect();
        for span in own {
            findings.push(Finding::new(&CHECK).fact("mandate", Fact::Mandate(id)).place(span, "clause"));
        }
        // One name can stand for several: those the clause is about.
        let day = context.division.day;
        let leads = mandate.leads.iter().map(|(lead, _)| context.institution().standing_in(*lead, day).len());
        if mandate.leads.len() < 2 && leads.sum::<usize>() < 2 {
            findings.extend(mandate.own_sharing.iter().map(|(_, span)| {
                Finding::new(&CHECK)
                    .told_by("alone")
                    .fact("mandate", Fact::Mandate(id))
                    .place(*span, "shares")
            }));
        }
    }
    findings.extend(laws(context.institution()));
    findings.extend(channels(context.institution()));
    findings
}

/// Laws that replace themselves.
fn laws(institution: &Institution) -> impl Iterator<Item = Finding> {
    (0..).map(LawId).zip(&institution.laws).flat_map(|(id, law)| {
        let own = law.replaces.iter().filter(move |(old, _)| *old == id);
        own.map(move |(_, span)| {
            Finding::new(&CHECK).told_by("law").fact("law", Fact::Law(id)).place(*span, "clause")
        })
    })
}

/// Channels that lead from one body to the same and to nobody else.
fn channels(institution: &Institution) -> impl Iterator<Item = Finding> {
    (0..).map(ChannelId).zip(&institution.channels).filter_map(|(id, channel)| {
        let [(from, _)] = channel.givers.as_slice() else { return None };
        let all = !channel.receivers.is_empty() && channel.receivers.iter().all(|(to, _)| to == from);
        let finding = || {
            let finding = Finding::new(&CHECK).told_by("channel").fact("channel", Fact::Channel(id));
            let spans = channel.receivers.iter().map(|(_, span)| *span);
            spans.fold(finding.fact("body", Fact::Body(*from)), |finding, span| finding.place(span, "clause"))
        };
        all.then(finding)
    })
}
