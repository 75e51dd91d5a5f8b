//! P014: a report that starts two procedures that do not know of each other.

use super::courses::links;
use super::{Check, Context, Fact, Finding, Witness};
use linkage_model::{ProcedureId, Trigger};
use linkage_regions::Region;
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "P014",
    name: "trigger-overlap",
    severity: Severity::Error,
    page: include_str!("trigger_overlap.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut reports: Vec<(ProcedureId, &Region, Span)> = Vec::new();
    for (id, procedure) in institution.procedures() {
        for (trigger, span) in &procedure.triggers {
            if let Trigger::Report(region) = trigger {
                reports.push((id, region, *span));
            }
        }
    }
    let regions: Vec<&Region> = reports.iter().map(|(_, region, _)| *region).collect();
    let different = |set: &[usize]| set.iter().any(|at| reports[*at].0 != reports[set[0]].0);
    let met = linkage_regions::overlaps(&institution.scope.region, &regions, different);
    let links = links(context);
    let known = |one: ProcedureId, other: ProcedureId| {
        links.iter().any(|link| (link.from, link.to) == (one, other) || (link.to, link.from) == (one, other))
    };
    let mut findings = Vec::new();
    for (set, region) in met {
        let mut ids: Vec<ProcedureId> = set.iter().map(|at| reports[*at].0).collect();
        ids.dedup();
        let strangers =
            ids.iter().enumerate().any(|(at, one)| ids[..at].iter().any(|other| !known(*one, *other)));
        if !strangers {
            continue;
        }
        let Some(point) = region.witness() else { continue };
        let mut finding = Finding::new(&CHECK).fact("procedures", Fact::Procedures(ids));
        for at in set {
            finding = finding.place(reports[at].2, "trigger");
        }
        findings.push(finding.on(region).shown_by(Witness::Report(point)));
    }
    findings
}
