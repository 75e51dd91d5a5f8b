//! D003: several bodies claim the same situations, and a rule or a resolution settles it.

use std::collections::BTreeMap;

use super::overlap::meetings;
use super::{Check, Context, Fact, Finding};
use crate::model::{LeadershipKind, Reason};
use crate::space::Region;
use crate::text::Severity;

pub static CHECK: Check = Check {
    code: "D003",
    name: "settled-overlap",
    severity: Severity::Note,
    page: include_str!("settled_overlap.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let division = context.division;
    let mut pairs: BTreeMap<(usize, usize, Reason), Region> = BTreeMap::new();
    let mut findings = Vec::new();
    for (leadership, region) in meetings(context) {
        for pair in &leadership.overridden {
            let whole = pairs.remove(pair).map_or_else(|| region.clone(), |whole| whole.union(&region));
            pairs.insert(*pair, whole);
        }
        let LeadershipKind::Resolved(resolution) = leadership.kind else { continue };
        let declared = &context.institution()[resolution];
        let mut finding = Finding::new(&CHECK)
            .told_by("resolved")
            .fact("bodies", Fact::Bodies(leadership.bodies.clone()))
            .fact("resolution", Fact::Resolution(resolution));
        finding = finding.place(declared.head.span, "resolution");
        for claim in &leadership.effective {
            for (body, span) in &division.mandate(*claim).leads {
                finding = finding.place_of(*span, "claims", "body", Fact::Body(*body));
            }
        }
        finding.settled_by = Some(Fact::Resolution(resolution));
        findings.push(finding.on(region));
    }
    let ruled = pairs.into_iter().map(|((loser, winner, reason), region)| {
        let (lost, won) = (&division.claims()[loser], &division.claims()[winner]);
        let (losing, winning) = (division.mandate(loser), division.mandate(winner));
        // A clause prevails whatever the laws are: they are no part of the reason.
        let by_law = reason != Reason::Explicit && lost.law.is_some() && won.law.is_some();
        let sentence = if by_law { "main" } else { "explicit" };
        let mut finding = Finding::new(&CHECK)
            .told_by(sentence)
            .fact("winner", Fact::Bodies(won.bodies.clone()))
            .fact("loser", Fact::Bodies(lost.bodies.clone()))
            .fact("reason", Fact::Reason(reason))
            .fact("mandate", Fact::Mandate(won.mandate))
            .fact("other", Fact::Mandate(lost.mandate));
        if let (Some(law), Some(other)) = (won.law, lost.law) {
            finding = finding.fact("law", Fact::Law(law)).fact("other_law", Fact::Law(other));
        }
        for (_, span) in &winning.leads {
            finding = finding.place(*span, "prevails");
        }
        for (_, span) in &losing.leads {
            finding = finding.place(*span, "yields");
        }
        finding.settled_by = Some(Fact::Reason(reason));
        finding.on(region)
    });
    ruled.chain(findings).collect()
}
