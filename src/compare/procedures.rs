//! What is otherwise in procedures, detail by detail: names and durations, that both packages can be held by.

use std::collections::BTreeMap;

use ecow::{EcoString, eco_format};

use super::Carry;
use super::names::{paired, performer};

use crate::model::{
    Condition, Institution, Lead, NodeKind, Performer, Procedure, Rung, Target, Trigger, Upon,
};
use crate::space::Region;
use crate::time::Duration;

/// A procedure that is new, gone, or has changed.
#[derive(Debug)]
pub struct ProcedureChange {
    /// Its name.
    pub procedure: EcoString,
    /// Whether the earlier package has it.
    pub before: bool,
    /// Whether the later package has it.
    pub after: bool,
    /// The details that differ, with what they were and what they are.
    pub details: Vec<(Aspect, Option<Detail>, Option<Detail>)>,
}

/// What a detail is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The deadline of the procedure.
    CaseDeadline,
    /// Who leads it.
    Lead,
    /// Who supports it.
    Support,
    /// Who supervises it.
    Supervision,
    /// The events that start it.
    Events,
    /// The situations that start it.
    Triggers,
    /// A node is there.
    Node(EcoString),
    /// The deadline of a node.
    Deadline(EcoString),
    /// Who performs a step.
    Performer(EcoString),
    /// Who takes part in a step.
    Partners(EcoString),
    /// The powers that a step needs.
    Powers(EcoString),
    /// The resources that a step uses.
    Resources(EcoString),
    /// Where the outcomes of a step lead.
    Outcomes(EcoString),
    /// The events that a step raises.
    Emits(EcoString),
    /// The ladder: of a step, or of the procedure.
    Ladder(Option<EcoString>),
    /// What is owed under a name.
    Obligation(EcoString),
    /// What is guaranteed.
    Guarantees,
    /// What closing takes.
    Closing,
}

/// What a detail is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// It is there.
    There,
    /// A time.
    Time(Duration),
    /// Names, in order.
    Names(Vec<EcoString>),
    /// A region, carried into the later space.
    Region(Vec<crate::space::Cuboid>),
}

/// The procedures that differ.
pub(super) fn procedures(before: &Institution, after: &Institution, onward: &Carry) -> Vec<ProcedureChange> {
    let mut changes = Vec::new();
    for (name, (was, is)) in paired(&before.procedures, &after.procedures, |it| &it.head) {
        let carried = |region: &Region| onward.region(region);
        let mut earlier = was.map(|it| details(before, it, &carried)).unwrap_or_default();
        let mut later = is.map(|it| details(after, it, &Region::clone)).unwrap_or_default();
        if let (Some(Detail::Region(one)), Some(Detail::Region(other))) =
            (earlier.get(&Aspect::Triggers), later.get(&Aspect::Triggers))
        {
            let of = |cuboids: &[_]| Region::from_cuboids(&after.space, cuboids.iter().cloned());
            if of(one).same_as(&of(other)) {
                earlier.remove(&Aspect::Triggers);
                later.remove(&Aspect::Triggers);
            }
        }
        let mut aspects: Vec<&Aspect> = earlier.keys().chain(later.keys()).collect();
        aspects.sort();
        aspects.dedup();
        let differ = aspects.into_iter().filter(|aspect| earlier.get(aspect) != later.get(aspect));
        let details: Vec<_> = differ
            .map(|aspect| (aspect.clone(), earlier.get(aspect).cloned(), later.get(aspect).cloned()))
            .collect();
        if !details.is_empty() || was.is_some() != is.is_some() {
            let (before, after) = (was.is_some(), is.is_some());
            // Of one that is new or gone the rest goes without saying.
            let details = if before && after { details } else { Vec::new() };
            changes.push(ProcedureChange { procedure: name, before, after, details });
        }
    }
    changes
}

type Details = BTreeMap<Aspect, Detail>;

fn details(it: &Institution, own: &Procedure, carried: &dyn Fn(&Region) -> Region) -> Details {
    let mut all = Details::new();
    if let Some((within, _)) = own.within {
        all.insert(Aspect::CaseDeadline, Detail::Time(within));
    }
    let lead = own.lead.as_ref().map(|(lead, _)| match lead {
        Lead::ByMandate => EcoString::from("mandate"),
        Lead::Performer(by) => performer(it, by),
    });
    names(&mut all, Aspect::Lead, lead);
    let supports: Vec<_> = own.supports.iter().map(|(holder, _)| holder.clone()).collect();
    names(&mut all, Aspect::Support, super::names::holders(it, &supports));
    names(&mut all, Aspect::Supervision, own.supervisors.iter().map(|(body, _)| it[*body].head.name.clone()));
    let events = own.triggers.iter().filter_map(|(trigger, _)| match trigger {
        Trigger::Event(name) => Some(name.clone()),
        _ => None,
    });
    names(&mut all, Aspect::Events, events);
    let reported = own.triggers.iter().filter_map(|(trigger, _)| match trigger {
        Trigger::Report(region) => Some(carried(region)),
        _ => None,
    });
    let cuboids: Vec<_> = reported.flat_map(|region| region.cuboids().to_vec()).collect();
    if !cuboids.is_empty() {
        all.insert(Aspect::Triggers, Detail::Region(cuboids));
    }
    for node in &own.nodes {
        node_details(it, own, node, &mut all);
    }
    ladder(it, &own.escalation, None, &mut all);
    for owe in own.owes.iter().chain(own.nodes.iter().flat_map(|node| match &node.kind {
        NodeKind::Step(step) => step.owes.as_slice(),
        _ => &[],
    })) {
        let upon = match owe.upon {
            Upon::Open => EcoString::from("open"),
            Upon::Close => "close".into(),
            Upon::Node(node) => own.nodes[node.index()].head.name.clone(),
        };
        let to = owe.creditors.iter().map(|to| performer(it, to));
        let words = [performer(it, &owe.debtor), eco_format!("→")].into_iter().chain(to);
        let rest = [eco_format!("{} {:?}", owe.within.amount, owe.within.unit), upon];
        names(&mut all, Aspect::Obligation(owe.head.name.clone()), words.chain(rest));
    }
    let guarantees = own.guarantees.iter().map(|guarantee| {
        let who: Vec<_> = guarantee.holders.iter().map(|(holder, _)| holder.clone()).collect();
        let gets: Vec<&str> =
            guarantee.gets.iter().map(|gets| gets.spelling(crate::text::Language::En)).collect();
        eco_format!("{}: {}", super::names::holders(it, &who).join(", "), gets.join(", "))
    });
    names(&mut all, Aspect::Guarantees, guarantees);
    if let Some(closing) = &own.closing {
        let told = closing.tell.iter().map(|(to, ..)| performer(it, to));
        let needs = closing.needs.iter().map(|(node, _)| own.nodes[node.index()].head.name.clone());
        names(&mut all, Aspect::Closing, told.chain(needs));
    }
    all
}

fn node_details(it: &Institution, own: &Procedure, node: &crate::model::Node, all: &mut Details) {
    let name = &node.head.name;
    all.insert(Aspect::Node(name.clone()), Detail::There);
    let within = match &node.kind {
        NodeKind::Step(step) => step.within.as_ref(),
        NodeKind::Block(block) => block.within.as_ref(),
        NodeKind::Call(call) => call.within.as_ref(),
        NodeKind::Choose(_) => None,
    };
    if let Some((within, _)) = within {
        all.insert(Aspect::Deadline(name.clone()), Detail::Time(*within));
    }
    let NodeKind::Step(step) = &node.kind else { return };
    let performers = |all: &[(Performer, _)]| all.iter().map(|(by, _)| performer(it, by)).collect::<Vec<_>>();
    names(all, Aspect::Performer(name.clone()), performers(&step.by));
    names(all, Aspect::Partners(name.clone()), performers(&step.with));
    let powers = step.needs.iter().map(|(power, _)| it[*power].head.name.clone());
    names(all, Aspect::Powers(name.clone()), powers);
    let resources = step.uses.iter().map(|(resource, _)| it[*resource].head.name.clone());
    names(all, Aspect::Resources(name.clone()), resources);
    let outcomes = step.outcomes.iter().map(|outcome| {
        eco_format!("{} → {}", outcome.head.name, outcome.target.map_or("".into(), |to| target(own, to)))
    });
    names(all, Aspect::Outcomes(name.clone()), outcomes);
    names(all, Aspect::Emits(name.clone()), step.emits.iter().map(|(event, ..)| event.clone()));
    ladder(it, &step.escalation, Some(name.clone()), all);
}

fn ladder(it: &Institution, rungs: &[Rung], node: Option<EcoString>, all: &mut Details) {
    let told = rungs.iter().map(|rung| {
        let when = match &rung.condition {
            Condition::After(time) => eco_format!("{} {:?}", time.amount, time.unit),
            Condition::Share(percent) => eco_format!("{percent}%"),
            Condition::Timeout => "timeout".into(),
            Condition::Refusal => "refusal".into(),
            Condition::Breach => "breach".into(),
            Condition::When(_) => "when".into(),
        };
        eco_format!("{when} → {}", performer(it, &rung.to))
    });
    names(all, Aspect::Ladder(node), told);
}

fn target(own: &Procedure, target: Target) -> EcoString {
    match target {
        Target::Node(node) => own.nodes[node.index()].head.name.clone(),
        Target::Close(_) => "close".into(),
        Target::Join => "join".into(),
        Target::Escalate => "escalate".into(),
    }
}

fn names(all: &mut Details, aspect: Aspect, names: impl IntoIterator<Item = EcoString>) {
    let names: Vec<EcoString> = names.into_iter().collect();
    if !names.is_empty() {
        all.insert(aspect, Detail::Names(names));
    }
}
