//! D005: a law leaves it to another act to name a body, and no act in force names one.

use super::beginnings::starting;
use super::duty::{Acts, standing_parts};
use super::finding::Fault;
use super::ladder::ladder_of;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Forum, Holder, Lead, Performer, Standing};
use linkage_regions::Region;
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "D005",
    name: "open-slot",
    severity: Severity::Error,
    page: include_str!("open_slot.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    // Only a slot that some act fills can be filled in a part.
    let in_part = institution.bodies().any(|(_, body)| body.is_slot && !body.filled_by.is_empty());
    let uses = if in_part { places_naming_bodies(context) } else { Vec::new() };
    for (slot, body) in institution.bodies().filter(|(_, body)| body.is_slot) {
        let waiting = || context.division.unfilled().iter().filter(|part| part.slots.contains(&slot));
        let filled = !institution.standing_in(slot, context.division.day).is_empty();
        let mut uses = if filled { unfilled_uses(context, slot, &uses) } else { Vec::new() };
        uses.sort_by_key(|(span, _)| *span);
        if filled && waiting().next().is_none() && uses.is_empty() {
            continue;
        }
        let mut finding = Finding::new(&CHECK)
            .telling(Fault::OpenSlot(slot))
            .fact("slot", Fact::Body(slot))
            .place(body.head.span, "slot");
        let mut region = Region::empty(&institution.space);
        for part in waiting() {
            region = region.union(&part.region.intersect(&institution.scope.region));
            let leads = institution[part.mandate].leads.iter();
            for (_, span) in leads.filter(|(lead, _)| *lead == slot) {
                finding = finding.place_of(*span, "waits", "mandate", Fact::Mandate(part.mandate));
            }
        }
        let sentence = match filled {
            false => "main",
            true if uses.iter().all(|(_, part)| part.is_subset(&region)) => "partly",
            true => "partly_used",
        };
        finding = finding.told_by(sentence);
        for (span, part) in &uses {
            region = region.union(part);
            finding = finding.place(*span, "used");
        }
        for filling in &body.filled_by {
            let in_force = institution[filling.law].in_force(context.division.day);
            let label = if in_force { "only_there" } else { "not_in_force" };
            finding = finding.place_of(filling.span, label, "law", Fact::Law(filling.law));
        }
        findings.push(if region.is_empty() { finding } else { finding.on(region) });
    }
    findings
}

/// Each place where a rule other than a mandate's `lead` names a body, with the situations it applies to.
fn places_naming_bodies(context: &Context<'_>) -> Vec<(BodyId, Span, Region)> {
    let (institution, division) = (context.institution(), context.division);
    let mut all: Vec<(BodyId, Span, Region)> = Vec::new();
    for (id, mandate) in institution.mandates() {
        if [Standing::OutOfTime, Standing::NoBasisInForce].contains(division.standing(id)) {
            continue;
        }
        let supports = mandate.supports.iter().filter_map(|(holder, span)| match holder {
            Holder::Body(body) => Some((*body, *span)),
            Holder::Kind(_) => None,
        });
        for (body, span) in supports.chain(mandate.supervisors.iter().copied()) {
            all.push((body, span, mandate.region.intersect(&institution.scope.region)));
        }
    }
    let scope = &institution.scope;
    all.extend(scope.fallback.map(|(body, span)| (body, span, scope.region.clone())));
    let mut coordinators = |forums: &[(Forum, Span)], region: &Region| {
        all.extend(forums.iter().filter_map(|(forum, span)| match forum {
            Forum::Coordinator(body) => Some((*body, *span, region.clone())),
            Forum::FirstReceiver | Forum::Agree(_) | Forum::Superior | Forum::Precedence(_) => None,
        }));
    };
    coordinators(&scope.forums, &scope.region);
    for resolution in &institution.resolutions {
        coordinators(&resolution.forums, &resolution.region.intersect(&scope.region));
    }
    for (id, procedure) in institution.procedures() {
        let acts = Acts::new(context, id, |_| true);
        let mut add = |performer: &Performer, span: Span, region: &Region| {
            if let Some(body) = body_named_by(performer) {
                all.push((body, span, region.clone()));
            }
        };
        for (node, step, region) in acts.steps() {
            for (performer, span) in step.by.iter().chain(&step.with) {
                add(performer, *span, region);
            }
            for rung in ladder_of(id, procedure, *node, step).rungs {
                add(&rung.to, rung.span, region);
            }
        }
        let begun = starting(context, id);
        if let Some((Lead::Performer(performer), span)) = &procedure.lead {
            add(performer, *span, begun);
        }
        for (performer, _, span) in procedure.closing.iter().flat_map(|closing| &closing.tell) {
            add(performer, *span, begun);
        }
        for owe in procedure.all_owes() {
            let parties = [&owe.debtor].into_iter().chain(&owe.creditors).chain(&owe.breach);
            parties.for_each(|performer| add(performer, owe.head.span, begun));
        }
    }
    all
}

/// The body that a performer names, if it names one.
fn body_named_by(performer: &Performer) -> Option<BodyId> {
    match performer {
        Performer::Body(body) | Performer::Serving(body) => Some(*body),
        Performer::Superior(of) => body_named_by(of),
        Performer::Kind(_)
        | Performer::KindServing(_)
        | Performer::Lead
        | Performer::Support(_)
        | Performer::Reporter => None,
    }
}

/// The parts in which a slot is named and nobody fills it; each place once.
fn unfilled_uses(
    context: &Context<'_>,
    slot: BodyId,
    uses: &[(BodyId, Span, Region)],
) -> Vec<(Span, Region)> {
    let mut left: Vec<(Span, Region)> = Vec::new();
    for (_, span, region) in uses.iter().filter(|(body, ..)| *body == slot) {
        let filled = standing_parts(context, &[slot], region);
        let filled: Vec<&Region> = filled.iter().map(|(_, part)| part).collect();
        let part = linkage_regions::gaps(region, &filled);
        if part.is_empty() {
            continue;
        }
        match left.iter_mut().find(|(known, _)| known == span) {
            Some((_, whole)) => *whole = whole.union(&part),
            None => left.push((*span, part)),
        }
    }
    left
}
