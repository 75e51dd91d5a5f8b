//! What is otherwise in procedures, detail by detail: names and durations, that both packages can be held by.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::Carry;
use super::names::paired;

use linkage_calendar::Duration;
use linkage_model::{
    BodyId, BodyKind, Chair, Condition, Holder, Institution, Lead, NodeId, NodeKind, Owe, Performer,
    Procedure, Rung, Target, Trigger, Upon,
};
use linkage_regions::Region;
use linkage_syntax::Keyword;

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
    /// The times, counts and requests that start it.
    Occasions,
    /// Who chairs: the consultations of the procedure, or one.
    Chair(Option<EcoString>),
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
    /// Items of several words each, in order.
    Items(Vec<Vec<Word>>),
    /// A region, carried into the later space.
    Region(Vec<linkage_regions::Cuboid>),
}

/// One word of a detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// The name of a declaration.
    Name(EcoString),
    /// A keyword.
    Keyword(Keyword),
    /// A time.
    Time(Duration),
    /// So many hundredths.
    Percent(u32),
    /// Leads to.
    Arrow,
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
        Lead::ByMandate => vec![Word::Keyword(Keyword::ByMeans), Word::Keyword(Keyword::Mandate)],
        Lead::Performer(by) => performer(it, by),
    });
    items(&mut all, Aspect::Lead, lead);
    items(&mut all, Aspect::Support, own.supports.iter().map(|(holder, _)| holder_words(it, *holder)));
    let supervisors = own.supervisors.iter().map(|(body, _)| {
        let time = own.reports.iter().find(|(other, _)| other == body);
        let report = time.map(|(_, time)| {
            [Word::Keyword(Keyword::Report), Word::Keyword(Keyword::Within), Word::Time(*time)]
        });
        std::iter::once(Word::Name(it[*body].head.name.clone())).chain(report.into_iter().flatten()).collect()
    });
    items(&mut all, Aspect::Supervision, supervisors);
    items(&mut all, Aspect::Chair(None), own.chair.map(|chair| chair_words(it, chair)));
    items(&mut all, Aspect::Occasions, own.triggers.iter().filter_map(|(trigger, _)| occasion(it, trigger)));
    let events = own.triggers.iter().filter_map(|(trigger, _)| match trigger {
        Trigger::Event(name) => Some(vec![Word::Name(name.clone())]),
        _ => None,
    });
    items(&mut all, Aspect::Events, events);
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
        items(&mut all, Aspect::Obligation(owe.head.name.clone()), [obligation(it, own, owe)]);
    }
    let guarantees = own.guarantees.iter().map(|guarantee| {
        let who = guarantee.holders.iter().flat_map(|(holder, _)| holder_words(it, *holder));
        let gets = guarantee.gets.iter().map(|gets| Word::Keyword(*gets));
        who.chain([Word::Keyword(Keyword::With)]).chain(gets).collect()
    });
    items(&mut all, Aspect::Guarantees, guarantees);
    if let Some(closing) = &own.closing {
        let told = closing.tell.iter().map(|(to, ..)| performer(it, to));
        let needs = closing.needs.iter().map(|(node, _)| vec![node_word(own, *node)]);
        items(&mut all, Aspect::Closing, told.chain(needs));
    }
    all
}

fn node_details(it: &Institution, own: &Procedure, node: &linkage_model::Node, all: &mut Details) {
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
    if let NodeKind::Call(call) = &node.kind {
        let emits = call.emits.iter().map(|(event, ..)| vec![Word::Name(event.clone())]);
        items(all, Aspect::Emits(name.clone()), emits);
    }
    let NodeKind::Step(step) = &node.kind else { return };
    items(all, Aspect::Chair(Some(name.clone())), step.chair.map(|chair| chair_words(it, chair)));
    let performers = |all: &[(Performer, _)]| all.iter().map(|(by, _)| performer(it, by)).collect::<Vec<_>>();
    let given = step.hand_over.iter().map(|(to, _)| {
        [Word::Keyword(Keyword::HandOver), Word::Keyword(Keyword::To)]
            .into_iter()
            .chain(performer(it, to))
            .collect()
    });
    items(all, Aspect::Performer(name.clone()), performers(&step.by).into_iter().chain(given));
    items(all, Aspect::Partners(name.clone()), performers(&step.with));
    let powers = step.needs.iter().map(|(power, _)| vec![Word::Name(it[*power].head.name.clone())]);
    items(all, Aspect::Powers(name.clone()), powers);
    let resources = step.uses.iter().map(|(resource, _)| vec![Word::Name(it[*resource].head.name.clone())]);
    items(all, Aspect::Resources(name.clone()), resources);
    let outcomes = step.outcomes.iter().map(|outcome| {
        let to = outcome.target.map(|to| [Word::Arrow, target(own, to)]);
        let needs = outcome
            .needs
            .iter()
            .flat_map(|(power, _)| [Word::Keyword(Keyword::Needs), Word::Name(it[*power].head.name.clone())]);
        std::iter::once(Word::Name(outcome.head.name.clone()))
            .chain(needs)
            .chain(to.into_iter().flatten())
            .collect()
    });
    items(all, Aspect::Outcomes(name.clone()), outcomes);
    items(
        all,
        Aspect::Emits(name.clone()),
        step.emits.iter().map(|(event, ..)| vec![Word::Name(event.clone())]),
    );
    ladder(it, &step.escalation, Some(name.clone()), all);
}

fn chair_words(it: &Institution, chair: Chair) -> Vec<Word> {
    let decides = chair.decides.then_some(Word::Keyword(Keyword::Decides));
    std::iter::once(Word::Name(it[chair.body].head.name.clone())).chain(decides).collect()
}

/// A trigger that is neither a report nor an event, as its words; its region aside.
fn occasion(it: &Institution, trigger: &Trigger) -> Option<Vec<Word>> {
    let name = |text: String| Word::Name(text.into());
    match trigger {
        Trigger::Schedule(schedule) => {
            let clock = format!("{:02}:{:02}", schedule.minute / 60, schedule.minute % 60);
            Some(vec![Word::Keyword(Keyword::Schedule), Word::Keyword(schedule.day), name(clock)])
        }
        Trigger::Count(count) => {
            let mut words = vec![Word::Keyword(Keyword::Count), name(count.number.to_string())];
            words.push(Word::Keyword(Keyword::Of));
            words.extend(count.matters.iter().map(|node| name(it.matters.path(*node))));
            words.extend([Word::Keyword(Keyword::Within), Word::Time(count.within)]);
            words.extend((!count.areas.is_empty()).then_some(Word::Keyword(Keyword::In)));
            words.extend(count.areas.iter().map(|node| name(it.areas.path(*node))));
            Some(words)
        }
        Trigger::Request(holders, _) => {
            let mut words = vec![Word::Keyword(Keyword::Request)];
            words.extend((!holders.is_empty()).then_some(Word::Keyword(Keyword::Of)));
            words.extend(holders.iter().flat_map(|holder| holder_words(it, *holder)));
            Some(words)
        }
        Trigger::Report(_) | Trigger::Event(_) => None,
    }
}

fn obligation(it: &Institution, own: &Procedure, owe: &Owe) -> Vec<Word> {
    let upon = match owe.upon {
        Upon::Open => Word::Keyword(Keyword::Open),
        Upon::Close => Word::Keyword(Keyword::Close),
        Upon::Node(node) => node_word(own, node),
    };
    let mut words = vec![Word::Keyword(owe.content.keyword()), Word::Keyword(Keyword::Giver)];
    words.extend(performer(it, &owe.debtor));
    words.push(Word::Keyword(Keyword::To));
    words.extend(owe.creditors.iter().flat_map(|to| performer(it, to)));
    words.extend([
        Word::Keyword(Keyword::Within),
        Word::Time(owe.within),
        Word::Keyword(Keyword::Upon),
        upon,
    ]);
    words
}

fn ladder(it: &Institution, rungs: &[Rung], node: Option<EcoString>, all: &mut Details) {
    let told = rungs.iter().map(|rung| {
        let when = match &rung.condition {
            Condition::After(time) => Word::Time(*time),
            Condition::Share(percent) => Word::Percent(*percent),
            Condition::Timeout => Word::Keyword(Keyword::Timeout),
            Condition::Refusal => Word::Keyword(Keyword::Refusal),
            Condition::Breach => Word::Keyword(Keyword::Breach),
            Condition::When(_) => Word::Keyword(Keyword::When),
        };
        let does = if rung.takes_over { Keyword::TakeOver } else { Keyword::To };
        [when, Word::Keyword(does)].into_iter().chain(performer(it, &rung.to)).collect()
    });
    items(all, Aspect::Ladder(node), told);
}

fn target(own: &Procedure, target: Target) -> Word {
    match target {
        Target::Node(node) => node_word(own, node),
        Target::Close(_) => Word::Keyword(Keyword::Close),
        Target::Join => Word::Keyword(Keyword::Join),
        Target::Escalate => Word::Keyword(Keyword::Escalate),
    }
}

fn node_word(own: &Procedure, node: NodeId) -> Word {
    Word::Name(own.nodes[node.index()].head.name.clone())
}

fn holder_words(it: &Institution, holder: Holder) -> Vec<Word> {
    match holder {
        Holder::Body(body) => vec![Word::Name(it[body].head.name.clone())],
        Holder::Kind(kind) => vec![Word::Keyword(Keyword::Kind), Word::Keyword(kind.keyword())],
    }
}

fn performer(it: &Institution, by: &Performer) -> Vec<Word> {
    let name = |body: BodyId| Word::Name(it[body].head.name.clone());
    let kind = |kind: BodyKind| [Word::Keyword(Keyword::Kind), Word::Keyword(kind.keyword())];
    match by {
        Performer::Lead => vec![Word::Keyword(Keyword::Lead)],
        Performer::Support(None) => vec![Word::Keyword(Keyword::Support)],
        Performer::Support(Some(of)) => {
            [Word::Keyword(Keyword::Support)].into_iter().chain(kind(*of)).collect()
        }
        Performer::Reporter => vec![Word::Keyword(Keyword::Reporter)],
        Performer::Superior(of) => {
            let mut words = vec![Word::Keyword(Keyword::Superior), Word::Keyword(Keyword::Of)];
            words.extend(performer(it, of));
            words
        }
        Performer::Body(body) => vec![name(*body)],
        Performer::Serving(body) => vec![name(*body), Word::Keyword(Keyword::Serving)],
        Performer::Kind(of) => kind(*of).to_vec(),
        Performer::KindServing(of) => {
            kind(*of).into_iter().chain([Word::Keyword(Keyword::Serving)]).collect()
        }
    }
}

fn items(all: &mut Details, aspect: Aspect, items: impl IntoIterator<Item = Vec<Word>>) {
    let items: Vec<Vec<Word>> = items.into_iter().collect();
    if !items.is_empty() {
        all.insert(aspect, Detail::Items(items));
    }
}
