//! What the rules ask of those who are no officials: residents, volunteers, enterprises.

use std::collections::BTreeMap;

use super::Context;
use super::duty::Acts;
use super::reach::founded;
use super::ties::meant;
use linkage_model::{BodyId, BodyKind, Content, NodeId, Performer, ProcedureId};
use linkage_regions::Region;
use linkage_syntax::Keyword;
use linkage_text::Span;

/// A part that somebody who is no official has in a step.
pub(super) struct PublicDuty {
    pub procedure: ProcedureId,
    pub node: NodeId,
    pub region: Region,
    pub span: Span,
}

/// These duties by body, in the order of the text. What whoever reports does for its own case is none.
pub(super) fn public_duties(context: &Context<'_>) -> BTreeMap<BodyId, Vec<PublicDuty>> {
    let institution = context.institution();
    let mut duties: BTreeMap<BodyId, Vec<PublicDuty>> = BTreeMap::new();
    for (id, _) in institution.procedures() {
        let acts = Acts::new(context, id, |_| true);
        for (node, step, region) in acts.steps().iter().filter(|(.., region)| !region.is_empty()) {
            for (performer, span) in step.by.iter().chain(&step.with) {
                if *performer == Performer::Reporter {
                    continue;
                }
                for body in meant(&acts, performer, region) {
                    let own = duties.entry(body).or_default();
                    if is_public(context, body) && own.iter().all(|it| (it.procedure, it.node) != (id, *node))
                    {
                        let (region, span) = (region.clone(), *span);
                        own.push(PublicDuty { procedure: id, node: *node, region, span });
                    }
                }
            }
        }
    }
    duties.retain(|_, own| !own.is_empty());
    duties
}

fn is_public(context: &Context<'_>, body: BodyId) -> bool {
    let kind = context.institution()[body].kind;
    matches!(kind, Some(BodyKind::Resident | BodyKind::Volunteer | BodyKind::Enterprise))
}

/// Whether a procedure guarantees a body one of these.
pub(super) fn guaranteed(
    context: &Context<'_>,
    procedure: ProcedureId,
    body: BodyId,
    wanted: &[Keyword],
) -> bool {
    context.institution()[procedure].guarantees.iter().any(|guarantee| {
        let holders: Vec<_> = guarantee.holders.iter().map(|(holder, _)| *holder).collect();
        guarantee.gets.iter().any(|it| wanted.contains(it))
            && context.competence().of_holders(&holders).contains(&body)
    })
}

/// Whether a body is paid: by an obligation of the procedure, or by a channel with a basis that it gives to.
pub(super) fn paid(context: &Context<'_>, procedure: ProcedureId, body: BodyId) -> bool {
    let own = |performer: &Performer| super::ladder::named(context, performer).contains(&body);
    let owed = context.institution()[procedure]
        .owes
        .iter()
        .any(|owe| owe.content == Content::Payment && owe.creditors.iter().any(own));
    let bought = context.institution().channels.iter().any(|channel| {
        channel.owes.iter().any(|(content, ..)| *content == Content::Payment)
            && super::reach::named(context, &channel.givers).contains(&body)
            && founded(context, channel)
    });
    owed || bought
}
