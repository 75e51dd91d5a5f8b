//! P025: a joint step whose quorum is more than the bodies that have a voice: no outcome can ever be reached.

use std::collections::BTreeMap;

use super::courses::at;
use super::duty::Acts;
use super::graph::with_run_within;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Quorum};
use linkage_regions::{Region, partition};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "P025",
    name: "vote-never-carries",
    severity: Severity::Error,
    page: include_str!("vote_never_carries.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, procedure) in institution.procedures() {
        let acts = Acts::new(context, id, |step| matches!(step.joint, Some((Quorum::Number(_), _))));
        for (node, step, region) in acts.steps() {
            let Some((Quorum::Number(quorum), _)) = step.joint else { continue };
            let mut voices: Vec<(Vec<BodyId>, Region)> = Vec::new();
            for (performer, _) in &step.by {
                voices.extend(acts.who(performer, region));
            }
            let mut short: BTreeMap<Vec<BodyId>, Region> = BTreeMap::new();
            let regions: Vec<&Region> = voices.iter().map(|(_, region)| region).collect();
            for (set, part) in partition(region, &regions, |_| true, usize::MAX).groups {
                let mut bodies: Vec<BodyId> = set.iter().flat_map(|at| voices[*at].0.clone()).collect();
                bodies.sort_unstable();
                bodies.dedup();
                if bodies.len() < usize::try_from(quorum).unwrap_or(usize::MAX) {
                    match short.get_mut(&bodies) {
                        Some(known) => *known = known.union(&part),
                        None => drop(short.insert(bodies, part)),
                    }
                }
            }
            for (bodies, part) in short {
                let finding = at(Finding::new(&CHECK), id, *node)
                    .fact("quorum", Fact::Number(usize::try_from(quorum).unwrap_or(usize::MAX)))
                    .fact("count", Fact::Number(bodies.len()))
                    .fact("bodies", Fact::Bodies(bodies))
                    .place(procedure.nodes[node.index()].head.span, "step");
                let finding =
                    step.by.iter().fold(finding, |finding, (_, span)| finding.place(*span, "voice"));
                let finding = finding.on(part.clone());
                findings.push(with_run_within(context, finding, id, *node, None, Some(&part)));
            }
        }
    }
    findings
}
