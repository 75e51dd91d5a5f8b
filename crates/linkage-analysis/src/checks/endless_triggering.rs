//! P019: procedures that start each other again and again, for one and the same situation.

use super::courses::links;
use super::recurring::rounds;
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P019",
    name: "endless-triggering",
    severity: Severity::Warning,
    page: include_str!("endless_triggering.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let links = links(context);
    if links.iter().all(|link| link.event.is_none()) {
        return Vec::new();
    }
    let found = rounds(context, &links);
    // Calls alone are told by P016.
    let by_events = found.into_iter().filter(|round| round.links.iter().any(|link| link.event.is_some()));
    let told = by_events.map(|round| {
        let mut finding = Finding::new(&CHECK).fact("procedures", Fact::Procedures(round.procedures.clone()));
        for link in &round.links {
            finding = finding.place(link.span, "starts");
        }
        round.witnessed(context, finding)
    });
    told.collect()
}
