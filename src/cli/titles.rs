//! What people call by its title, by the name that the rules use: whoever reads Chinese lists sees nothing but titles. A
//! name comes first, and a title counts where only one has it; what is neither is left for the rules to refuse.

use ecow::EcoString;

use linkage_case::{Case, Fact, Facts, Order};
use linkage_journal::engine::Kept;
use linkage_model::{AttributeType, Head, Institution, NodeKind, Procedure, Taxonomy};
use linkage_syntax::Keyword;
use linkage_text::Language;

/// The name of what is called so among some; none if nothing or several are.
pub(super) fn named<'h>(text: &str, heads: impl Iterator<Item = &'h Head> + Clone) -> Option<EcoString> {
    if heads.clone().any(|head| head.name == text) {
        return Some(text.into());
    }
    let mut titled = heads.filter(|head| head.label() == text).map(|head| &head.name);
    let first = titled.next()?;
    titled.all(|other| other == first).then(|| first.clone())
}

/// The procedure that is called so.
pub(super) fn procedure(text: &str, institution: &Institution) -> EcoString {
    let heads = institution.procedures.iter().map(|procedure| &procedure.head);
    named(text, heads).unwrap_or_else(|| text.into())
}

/// Facts by the names of attributes, matters, areas and values.
pub(super) fn facts(facts: Facts, institution: &Institution) -> Facts {
    facts.into_iter().map(|(name, value)| fact(name, value, institution)).collect()
}

/// A fact by such names.
pub(super) fn fact(name: EcoString, value: Fact, institution: &Institution) -> (EcoString, Fact) {
    let attributes = institution.attributes.iter().map(|attribute| &attribute.head);
    let name = named(&name, attributes).unwrap_or(name);
    let Fact::Text(text) = &value else { return (name, value) };
    let node = |taxonomy: &Taxonomy| {
        // A path or a name is read as it is.
        let titled = || named(text, taxonomy.heads().filter(|head| head.title.is_some()));
        Some(text).filter(|text| taxonomy.find(text).is_empty()).and_then(|_| titled())
    };
    let is = |keyword: Keyword, axis: &str| {
        [Language::En, Language::Zh].iter().any(|own| keyword.spelling(*own) == axis)
    };
    let own = institution.attributes.iter().find(|attribute| attribute.head.name == name);
    let value = match (own.map(|own| &own.kind), name.as_str()) {
        (Some(AttributeType::Values(values)), _) => named(text, values.iter()).map(Fact::Text),
        (Some(AttributeType::Boolean), _) => match text.as_str() {
            "是" => Some(Fact::Truth(true)),
            "否" => Some(Fact::Truth(false)),
            _ => None,
        },
        (None, axis) if is(Keyword::Matter, axis) => node(&institution.matters).map(Fact::Text),
        (None, axis) if is(Keyword::Area, axis) => node(&institution.areas).map(Fact::Text),
        _ => None,
    }
    .unwrap_or(value);
    (name, value)
}

/// An order by the names of its step and its outcome; a step at which the case stands comes first.
pub(super) fn order(mut order: Order, case: &Case, kept: &Kept) -> Order {
    let procedures = &kept.institution.procedures;
    let Some(procedure) = procedures.iter().find(|own| own.head.name == case.procedure) else { return order };
    let stands = |head: &&Head| case.open_assignments().any(|own| own.step == head.name);
    let nodes = procedure.nodes.iter().map(|node| &node.head);
    if let Some(step) = order.step_mut() {
        let own = named(step, nodes.clone().filter(stands)).or_else(|| named(step, nodes));
        *step = own.unwrap_or_else(|| step.clone());
    }
    if let Order::Discharge { obligation, .. } = &mut order {
        *obligation = owed(obligation, procedure, case, kept).unwrap_or_else(|| obligation.clone());
    }
    if let Order::Done { step, outcome, .. } = &mut order {
        let meant = |head: &&Head| step.as_ref().map_or(stands(head), |step| *step == head.name);
        let nodes = procedure.nodes.iter().filter(|node| meant(&&node.head));
        let steps = nodes.filter_map(|node| match &node.kind {
            NodeKind::Step(step) => Some(step),
            _ => None,
        });
        let heads = steps.flat_map(|step| &step.outcomes).map(|outcome| &outcome.head);
        *outcome = named(outcome, heads).unwrap_or_else(|| outcome.clone());
    }
    order
}

/// What is owed in a case under this title: that of the clause, of the channel that was drawn on, or of what it takes in return.
fn owed(text: &str, procedure: &Procedure, case: &Case, kept: &Kept) -> Option<EcoString> {
    let is_called = |name: &str| {
        let clause = |head: &Head| head.name == name && head.label() == text;
        let mut channels = kept.institution.channels.iter().filter(|channel| channel.head.name == name);
        procedure.all_owes().any(|owe| clause(&owe.head))
            || channels.any(|channel| {
                let mut titles = channel.owes.iter().filter_map(|(_, title, _)| title.as_ref());
                clause(&channel.head) || titles.any(|title| title == text)
            })
    };
    let names = case.obligations.iter().map(|owed| &owed.name);
    if names.clone().any(|name| name == text) {
        return None;
    }
    let mut called = names.filter(|name| is_called(name));
    let first = called.next()?;
    called.all(|other| other == first).then(|| first.clone())
}
