//! Every citation of the package, with the rule that cites.

use jiff::civil::Date;

use super::graph::with_run;
use super::{Context, Finding};
use linkage_model::{Citation, Head, NodeId, NodeKind, ProcedureId};
use linkage_regions::Region;
use linkage_text::Span;

/// A citation and who cites.
pub(super) struct Cited<'a> {
    pub citation: &'a Citation,
    /// All that the rule cites.
    pub basis: &'a [Citation],
    /// The name of the rule that cites, and where it is declared.
    pub by: &'a ecow::EcoString,
    pub by_span: Span,
    /// The situations that the rule is about, if it is about any.
    pub region: Option<&'a Region>,
    /// The step that cites, if it is one; for a procedure its first.
    pub step: Option<(ProcedureId, NodeId)>,
}

impl Cited<'_> {
    /// Adds the witness: a situation that the rule is about, or the run to the step that cites.
    pub(super) fn witnessed(&self, context: &Context<'_>, finding: Finding) -> Finding {
        match (self.region, self.step) {
            (Some(region), _) if !region.is_empty() => finding.on(region.clone()),
            (_, Some((procedure, node))) => with_run(context, finding, procedure, node),
            _ => finding,
        }
    }
}

/// The citations of what has not ended, in the order of the declarations.
pub(super) fn citations<'a>(context: &Context<'a>) -> Vec<Cited<'a>> {
    let day = context.division.day;
    citations_of(context, &|until| until.is_none_or(|until| day <= until))
}

/// All citations, of what has ended as well.
pub(super) fn all_citations<'a>(context: &Context<'a>) -> Vec<Cited<'a>> {
    citations_of(context, &|_| true)
}

/// The citations of what stands by its own last day: what has ended rests on nothing any more.
fn citations_of<'a>(context: &Context<'a>, stands: &dyn Fn(Option<Date>) -> bool) -> Vec<Cited<'a>> {
    let institution = context.institution();
    let mut all = Vec::new();
    let mut add = |basis: &'a [Citation], head: &'a Head, region: Option<&'a Region>, step| {
        let (by, by_span) = (&head.name, head.span);
        all.extend(basis.iter().map(|citation| Cited { citation, basis, by, by_span, region, step }));
    };
    for it in institution.mandates.iter().filter(|it| stands(it.until)) {
        add(&it.basis, &it.head, Some(&it.region), None);
    }
    for it in institution.passings.iter().filter(|it| stands(it.until)) {
        add(&it.basis, &it.head, Some(&it.region), None);
    }
    for it in &institution.exclusions {
        add(&it.basis, &it.head, Some(&it.region), None);
    }
    for it in &institution.resolutions {
        add(&it.basis, &it.head, Some(&it.region), None);
    }
    for it in &institution.resources {
        add(&it.basis, &it.head, None, None);
    }
    for it in &institution.channels {
        add(&it.basis, &it.head, None, None);
    }
    for (id, procedure) in institution.procedures() {
        let start = (!procedure.nodes.is_empty()).then_some((id, NodeId(0)));
        add(&procedure.basis, &procedure.head, None, start);
        for ground in &procedure.suspensions {
            add(&ground.basis, &procedure.head, None, start);
        }
        for (node, it) in (0..).map(NodeId).zip(&procedure.nodes) {
            let NodeKind::Step(step) = &it.kind else { continue };
            add(&step.basis, &it.head, None, Some((id, node)));
            for owe in &step.owes {
                add(&owe.basis, &it.head, None, Some((id, node)));
            }
        }
        for owe in &procedure.owes {
            add(&owe.basis, &owe.head, None, start);
        }
        for guarantee in &procedure.guarantees {
            add(&guarantee.basis, &procedure.head, None, start);
        }
        if let Some(closing) = &procedure.closing {
            add(&closing.basis, &procedure.head, None, start);
            for (.., basis) in &closing.publish {
                add(basis, &procedure.head, None, start);
            }
        }
    }
    all
}
