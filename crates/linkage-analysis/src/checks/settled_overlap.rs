//! D003: several bodies claim the same situations, and a rule or a resolution settles it.

use std::collections::{BTreeMap, BTreeSet};

use super::dispute::cited;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Citation, LeadershipKind, Reason, ResolutionId};
use linkage_regions::{Cuboid, Region};
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "D003",
    name: "settled-overlap",
    severity: Severity::Note,
    page: include_str!("settled_overlap.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    by_rule(context).into_iter().chain(by_resolution(context)).collect()
}

/// One finding for each mandate that yields to another, on all that it loses to it.
fn by_rule(context: &Context<'_>) -> Vec<Finding> {
    let division = context.division;
    let mut pairs: BTreeMap<(usize, usize, Reason), Vec<Cuboid>> = BTreeMap::new();
    for (leadership, region) in &context.meetings {
        for pair in &leadership.overridden {
            pairs.entry(*pair).or_default().extend_from_slice(region.cuboids());
        }
    }
    let found = pairs.into_iter().map(|((loser, winner, reason), cuboids)| {
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
            finding = founded(context, finding, *span, &winning.basis, ["prevails", "stronger"]);
        }
        for (_, span) in &losing.leads {
            finding = founded(context, finding, *span, &losing.basis, ["yields", "weaker"]);
        }
        finding.settled_by = Some(Fact::Reason(reason));
        finding.on(Region::from_cuboids(&context.institution().space, cuboids))
    });
    found.collect()
}

/// One finding for each resolution and the claims that it settles.
fn by_resolution(context: &Context<'_>) -> Vec<Finding> {
    let division = context.division;
    let mut settled: BTreeMap<(ResolutionId, &[usize]), Vec<Cuboid>> = BTreeMap::new();
    for (leadership, region) in &context.meetings {
        if let LeadershipKind::Resolved(resolution) = leadership.kind {
            let known = settled.entry((resolution, &leadership.effective)).or_default();
            known.extend_from_slice(region.cuboids());
        }
    }
    let found = settled.into_iter().map(|((resolution, effective), cuboids)| {
        let claims = effective.iter().flat_map(|claim| &division.claims()[*claim].bodies);
        let bodies: BTreeSet<BodyId> = claims.copied().collect();
        let declared = &context.institution()[resolution];
        let mut finding = Finding::new(&CHECK)
            .told_by("resolved")
            .fact("bodies", Fact::Bodies(bodies.into_iter().collect()))
            .fact("resolution", Fact::Resolution(resolution))
            .place(declared.head.span, "resolution");
        for claim in effective {
            for (body, span) in &division.mandate(*claim).leads {
                finding = finding.place_of(*span, "claims", "body", Fact::Body(*body));
            }
        }
        finding.settled_by = Some(Fact::Resolution(resolution));
        finding.on(Region::from_cuboids(&context.institution().space, cuboids))
    });
    found.collect()
}

/// A place with the laws in force that it rests on, if it rests on any.
fn founded(
    context: &Context<'_>,
    finding: Finding,
    span: Span,
    basis: &[Citation],
    [with, without]: [&'static str; 2],
) -> Finding {
    match cited(context, basis) {
        cited if cited.is_empty() => finding.place(span, without),
        cited => finding.place_of(span, with, "basis", Fact::Cited(cited)),
    }
}
