//! N002: bodies that work with each other, or alone, and with none of the rest.

use std::collections::BTreeMap;

use super::courses::links;
use super::ties::{Tie, ties};
use super::{Check, Context, Fact, Finding};
use crate::network::Network;
use linkage_model::{BodyId, ProcedureId};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "N002",
    name: "islands-of-bodies",
    severity: Severity::Note,
    page: include_str!("islands_of_bodies.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let (institution, ties) = (context.institution(), ties(context));
    // Where nobody works with anybody nothing is linked that an island could lie outside of.
    if ties.pairs.is_empty() {
        return Vec::new();
    }
    let ids: Vec<BodyId> = institution.bodies().map(|(id, _)| id).collect();
    let bodies = |part: Vec<usize>| part.into_iter().filter_map(|at| ids.get(at).copied()).collect();
    let parts: Vec<Vec<BodyId>> = ties.network(context).parts().into_iter().map(bodies).collect();
    // The largest is the mainland; of several equally large none is, for their order decides nothing.
    let most = parts.iter().map(Vec::len).max();
    let mut largest = parts.iter().enumerate().filter(|(_, own)| Some(own.len()) == most);
    let mainland = largest.next().map(|(at, _)| at).filter(|_| largest.next().is_none());
    let beside = beside(context);
    let mut part_of: BTreeMap<BodyId, usize> = BTreeMap::new();
    for (at, part) in parts.iter().enumerate() {
        part_of.extend(part.iter().map(|body| (*body, at)));
    }
    let mut by_part: BTreeMap<usize, Vec<&Tie>> = BTreeMap::new();
    for ((one, _), tie) in &ties.pairs {
        by_part.entry(part_of.get(one).copied().unwrap_or_default()).or_default().push(tie);
    }
    let mut findings = Vec::new();
    for (at, part) in parts.iter().enumerate().filter(|(at, _)| Some(*at) != mainland) {
        // Who has no part at all is told by N001; who is there in case only is no island.
        if part.iter().any(|body| !ties.acting.contains(body)) {
            continue;
        }
        let own = by_part.get(&at).map_or(&[] as &[&Tie], Vec::as_slice);
        // What an island of procedures alone holds together is told by P020.
        let told = |procedure: &ProcedureId| beside.contains(procedure);
        if !own.is_empty() && own.iter().all(|tie| !tie.otherwise && tie.procedures.iter().all(told)) {
            continue;
        }
        let sentence = if part.len() == 1 { "alone" } else { "main" };
        let mut finding = Finding::new(&CHECK).told_by(sentence).fact("bodies", Fact::Bodies(part.clone()));
        for body in part {
            finding = finding.place(institution[*body].head.span, "body");
        }
        findings.push(finding);
    }
    findings
}

/// The procedures that neither start nor call the others: all but the largest part.
fn beside(context: &Context<'_>) -> Vec<ProcedureId> {
    let ids: Vec<ProcedureId> = context.institution().procedures().map(|(id, _)| id).collect();
    let links = links(context).into_iter().map(|link| (link.from.index(), link.to.index()));
    let parts = Network::new(ids.len(), links).parts();
    let most = parts.iter().map(Vec::len).max().filter(|most| *most > 1);
    let several = parts.iter().filter(|part| Some(part.len()) == most).count() > 1;
    let islands = parts.into_iter().filter(|part| most.is_some() && (several || Some(part.len()) != most));
    islands.flatten().filter_map(|at| ids.get(at).copied()).collect()
}
