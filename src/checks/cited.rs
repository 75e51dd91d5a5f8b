//! Every citation of the package, with the rule that cites.

use super::Context;
use crate::model::Citation;
use crate::space::Region;
use crate::text::Span;

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
}

/// All citations, in the order of the declarations.
pub(super) fn citations<'a>(context: &Context<'a>) -> Vec<Cited<'a>> {
    let institution = context.institution();
    let mut all = Vec::new();
    let mut add = |basis: &'a [Citation], head: &'a crate::model::Head, region: Option<&'a Region>| {
        all.extend(basis.iter().map(|citation| Cited { citation, basis, by: &head.name, by_span: head.span, region }));
    };
    for mandate in &institution.mandates {
        add(&mandate.basis, &mandate.head, Some(&mandate.region));
    }
    for passing in &institution.passings {
        add(&passing.basis, &passing.head, Some(&passing.region));
    }
    for exclusion in &institution.exclusions {
        add(&exclusion.basis, &exclusion.head, Some(&exclusion.region));
    }
    for resource in &institution.resources {
        add(&resource.basis, &resource.head, None);
    }
    for channel in &institution.channels {
        add(&channel.basis, &channel.head, None);
    }
    for resolution in &institution.resolutions {
        add(&resolution.basis, &resolution.head, Some(&resolution.region));
    }
    for procedure in &institution.procedures {
        add(&procedure.basis, &procedure.head, None);
        for node in &procedure.nodes {
            if let crate::model::NodeKind::Step(step) = &node.kind {
                add(&step.basis, &node.head, None);
                for owe in &step.owes {
                    add(&owe.basis, &node.head, None);
                }
            }
        }
        for owe in &procedure.owes {
            add(&owe.basis, &owe.head, None);
        }
        for guarantee in &procedure.guarantees {
            add(&guarantee.basis, &procedure.head, None);
        }
        if let Some(closing) = &procedure.closing {
            add(&closing.basis, &procedure.head, None);
        }
    }
    all
}
