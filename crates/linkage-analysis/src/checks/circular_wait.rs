//! O002: each waits for the other: procedures that only begin with what only the other brings about, mandates
//! that act only where the other does not.

use std::collections::BTreeSet;

use super::courses::{Link, links};
use super::graph::first_case;
use super::{Check, Context, Fact, Finding, Witness};
use crate::network::shortest_circle;
use linkage_model::{MandateId, Procedure, ProcedureId, Sharing, Trigger};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "O002",
    name: "circular-wait",
    severity: Severity::Error,
    page: include_str!("circular_wait.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    procedures(context, &mut findings);
    mandates(context, &mut findings);
    findings
}

/// Procedures that begin with an event or a call alone, and never do: what would bring it about waits itself.
fn procedures(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let institution = context.institution();
    let links = links(context);
    let into = |id: ProcedureId| links.iter().filter(move |link| link.to == id);
    let mut waiting: BTreeSet<ProcedureId> = institution
        .procedures()
        .filter(|(id, procedure)| !begins_by_itself(procedure) && into(*id).next().is_some())
        .map(|(id, _)| id)
        .collect();
    // Whoever is brought about by one that begins, begins.
    loop {
        let begun: Vec<ProcedureId> = waiting
            .iter()
            .copied()
            .filter(|id| into(*id).any(|link| !waiting.contains(&link.from)))
            .collect();
        if begun.is_empty() {
            break;
        }
        waiting.retain(|id| !begun.contains(id));
    }
    let ids: Vec<ProcedureId> = institution.procedures().map(|(id, _)| id).collect();
    loop {
        let inside = links.iter().filter(|link| waiting.contains(&link.from) && waiting.contains(&link.to));
        let arcs: Vec<(usize, usize)> = inside.map(|link| (link.to.index(), link.from.index())).collect();
        let Some(circle) = shortest_circle(ids.len(), &arcs) else { return };
        let own: Vec<ProcedureId> = circle.iter().filter_map(|at| ids.get(*at).copied()).collect();
        findings.push(told(context, &links, &own));
        // What hangs on this circle is one fault with it.
        let mut hanging: BTreeSet<ProcedureId> = own.into_iter().collect();
        let hangs = |hanging: &BTreeSet<ProcedureId>, id: &ProcedureId| {
            !hanging.contains(id) && into(*id).any(|link| hanging.contains(&link.from))
        };
        while let Some(more) = waiting.iter().copied().find(|id| hangs(&hanging, id)) {
            hanging.insert(more);
        }
        waiting.retain(|id| !hanging.contains(id));
    }
}

/// Each of the circle waits for the next, the last for the first.
fn told(context: &Context<'_>, links: &[Link], circle: &[ProcedureId]) -> Finding {
    let sentence = if circle.len() == 1 { "itself" } else { "main" };
    let mut finding =
        Finding::new(&CHECK).told_by(sentence).fact("procedures", Fact::Procedures(circle.to_vec()));
    for (at, id) in circle.iter().enumerate() {
        let before = circle[(at + 1) % circle.len()];
        let link = links.iter().find(|link| link.to == *id && link.from == before);
        finding = finding.place_if(link.map(|link| link.span), "brings");
    }
    let first = circle.first().and_then(|id| first_case(context, *id));
    finding.witness = first.map(Witness::Situation);
    finding
}

fn begins_by_itself(procedure: &Procedure) -> bool {
    let by_itself = |trigger: &Trigger| !matches!(trigger, Trigger::Event(_));
    // Without a trigger it is opened by hand, or called.
    procedure.triggers.is_empty() || procedure.triggers.iter().any(|(trigger, _)| by_itself(trigger))
}

/// Mandates of which each is to act where the other does not.
fn mandates(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let institution = context.institution();
    let mut arcs: Vec<(usize, usize)> = Vec::new();
    for (id, mandate) in institution.mandates() {
        let later = mandate.shares_with.iter().filter(|(sharing, ..)| *sharing == Sharing::Subsidiary);
        arcs.extend(later.map(|(_, first, _)| (id.index(), first.index())));
    }
    let Some(circle) = shortest_circle(institution.mandates.len(), &arcs) else { return };
    let ids: Vec<MandateId> = institution.mandates().map(|(id, _)| id).collect();
    let own: Vec<MandateId> = circle.iter().filter_map(|at| ids.get(*at).copied()).collect();
    let mut region = linkage_regions::Region::full(&institution.space);
    let mut finding = Finding::new(&CHECK).told_by("mandates").fact("mandates", Fact::Mandates(own.clone()));
    for id in &own {
        let mandate = &institution[*id];
        region = region.intersect(&mandate.region);
        let span =
            mandate.shares_with.iter().find(|(_, other, _)| own.contains(other)).map(|(.., span)| *span);
        finding = finding.place(span.unwrap_or(mandate.head.span), "waits");
    }
    // Where they do not meet nobody waits.
    if !region.is_empty() {
        findings.push(finding.on(region));
    }
}
