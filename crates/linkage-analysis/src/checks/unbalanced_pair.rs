//! O003: a body is owed something by others, and neither owes them anything nor gives them anything.

use std::collections::{BTreeMap, BTreeSet};

use super::owing::owing;
use super::reach::named;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, BodyKind, Holder, Performer};
use linkage_regions::Region;
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "O003",
    name: "unbalanced-pair",
    severity: Severity::Note,
    page: include_str!("unbalanced_pair.md"),
    run,
};

/// What one body owes another.
#[derive(Default)]
struct Owed {
    spans: BTreeSet<Span>,
    first: Option<Finding>,
}

/// One finding a creditor, for all that owe it.
fn run(context: &Context<'_>) -> Vec<Finding> {
    let (owed, gives) = (owed(context), gives(context));
    let mut by_creditor: BTreeMap<BodyId, Vec<(BodyId, &Owed)>> = BTreeMap::new();
    for ((debtor, creditor), own) in &owed {
        let back = (*creditor, *debtor);
        // What the public is told it need not pay for.
        let public = context.institution()[*creditor].kind == Some(BodyKind::Resident);
        if !public && !owed.contains_key(&back) && !gives.contains(&back) {
            by_creditor.entry(*creditor).or_default().push((*debtor, own));
        }
    }
    let mut findings = Vec::new();
    for (creditor, debts) in by_creditor {
        let spans: BTreeSet<Span> = debts.iter().flat_map(|(_, own)| own.spans.iter().copied()).collect();
        let debtors = debts.iter().map(|(debtor, _)| *debtor).collect();
        let witness = debts.iter().find_map(|(_, own)| own.first.as_ref()?.witness.clone());
        let mut finding = Finding::new(&CHECK)
            .fact("creditor", Fact::Body(creditor))
            .fact("debtors", Fact::Bodies(debtors))
            .fact("count", Fact::Number(spans.len()));
        for span in spans {
            finding = finding.place(span, "owed");
        }
        finding = finding.place(context.institution()[creditor].head.span, "creditor");
        finding.witness = witness;
        findings.push(finding);
    }
    findings
}

/// Who owes whom, by the clauses of procedures and of channels.
fn owed(context: &Context<'_>) -> BTreeMap<(BodyId, BodyId), Owed> {
    let mut owed: BTreeMap<(BodyId, BodyId), Owed> = BTreeMap::new();
    owing(context, |owing, acts| {
        let debtors = owing.parties(acts, &owing.owe.debtor);
        for creditor in owing.owe.creditors.iter().filter(|creditor| **creditor != Performer::Reporter) {
            for (creditors, part) in owing.parties(acts, creditor) {
                for (debtors, own) in &debtors {
                    let common = own.intersect(&part);
                    for pair in pairs(debtors, &creditors).filter(|_| !common.is_empty()) {
                        let debt = owed.entry(pair).or_default();
                        debt.spans.insert(owing.owe.head.span);
                        let first = || owing.witnessed(context, Finding::new(&CHECK), &common);
                        debt.first.get_or_insert_with(first);
                    }
                }
            }
        }
    });
    for channel in context.institution().channels.iter().filter(|channel| !channel.owes.is_empty()) {
        let (givers, receivers) = (all(context, &channel.givers), all(context, &channel.receivers));
        for pair in pairs(&receivers, &givers) {
            owed.entry(pair).or_default().spans.insert(channel.head.span);
        }
    }
    owed
}

/// Who gives whom something: by a channel, or by taking part in what the other does or leads.
fn gives(context: &Context<'_>) -> BTreeSet<(BodyId, BodyId)> {
    let institution = context.institution();
    let mut gives = BTreeSet::new();
    for channel in &institution.channels {
        gives.extend(pairs(&all(context, &channel.givers), &all(context, &channel.receivers)));
    }
    let holders = |holders: &[(Holder, Span)]| {
        context.competence().of_holders(&holders.iter().map(|(holder, _)| *holder).collect::<Vec<_>>())
    };
    for mandate in &institution.mandates {
        gives.extend(pairs(&holders(&mandate.supports), &all(context, &mandate.leads)));
    }
    for (id, procedure) in institution.procedures() {
        let acts = super::duty::Acts::new(context, id, |_| true);
        let who = |performer: &Performer, region: &Region| super::ties::meant(&acts, performer, region);
        let started = super::beginnings::starting(context, id);
        let supports = holders(&procedure.supports);
        gives.extend(pairs(&supports, &who(&Performer::Lead, started)));
        for (_, step, region) in acts.steps() {
            let by: Vec<BodyId> = step.by.iter().flat_map(|(performer, _)| who(performer, region)).collect();
            let with: Vec<BodyId> =
                step.with.iter().flat_map(|(performer, _)| who(performer, region)).collect();
            gives.extend(pairs(&with, &by));
            // Who supports a procedure supports all who work in it.
            gives.extend(pairs(&supports, &by));
            // In a joint step each gives the others its voice.
            if step.joint.is_some() {
                gives.extend(pairs(&by, &by));
            }
        }
    }
    gives
}

fn all(context: &Context<'_>, bodies: &[(BodyId, Span)]) -> Vec<BodyId> {
    named(context, bodies).into_iter().collect()
}

/// Each of these with each of those.
fn pairs(ones: &[BodyId], others: &[BodyId]) -> impl Iterator<Item = (BodyId, BodyId)> {
    let pair = |one: BodyId| others.iter().map(move |other| (one, *other)).collect::<Vec<_>>();
    ones.iter()
        .flat_map(move |one| pair(*one))
        .filter(|(one, other)| one != other)
        .collect::<Vec<_>>()
        .into_iter()
}
