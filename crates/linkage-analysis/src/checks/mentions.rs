//! The names that a finding speaks of: by them it is accepted, and known again in a later report.

use std::collections::BTreeSet;

use ecow::EcoString;

use super::{Fact, Finding};
use linkage_model::{Ground, Head, Institution, NodeId, ProcedureId};

/// The names of all declarations that a finding speaks of or shows.
pub fn mentions(institution: &Institution, finding: &Finding) -> BTreeSet<EcoString> {
    let mut names = BTreeSet::new();
    let places = finding.places.iter().flat_map(|place| &place.facts);
    for (_, fact) in finding.facts.iter().chain(places) {
        named_in(institution, fact, &mut names);
    }
    let shown: BTreeSet<_> = finding.places.iter().map(|place| place.span).collect();
    names.extend(heads(institution).filter(|head| shown.contains(&head.span)).map(|head| head.name.clone()));
    names
}

/// The names of what a finding is about, without those that it only lists: two findings with one subject are one
/// fault, told of more or of fewer.
pub fn subject(institution: &Institution, finding: &Finding) -> BTreeSet<EcoString> {
    let mut names = BTreeSet::new();
    for (_, fact) in &finding.facts {
        let lists = matches!(
            fact,
            Fact::Bodies(_)
                | Fact::Mandates(_)
                | Fact::Nodes(..)
                | Fact::Powers(_)
                | Fact::Passings(_)
                | Fact::Procedures(_)
                | Fact::Cited(_)
                | Fact::Slack(..)
        );
        if !lists {
            named_in(institution, fact, &mut names);
        }
    }
    names
}

/// All declarations whose heads a finding can show.
fn heads(institution: &Institution) -> impl Iterator<Item = &Head> {
    let it = institution;
    let first = it.bodies.iter().map(|own| &own.head).chain(it.mandates.iter().map(|own| &own.head));
    let second = it.passings.iter().map(|own| &own.head).chain(it.exclusions.iter().map(|own| &own.head));
    let third = it.resources.iter().map(|own| &own.head).chain(it.channels.iter().map(|own| &own.head));
    let fourth = it.procedures.iter().map(|own| &own.head).chain(it.laws.iter().map(|own| &own.head));
    let fifth = it.resolutions.iter().map(|own| &own.head).chain(it.powers.iter().map(|own| &own.head));
    first.chain(second).chain(third).chain(fourth).chain(fifth)
}

fn named_in(it: &Institution, fact: &Fact, names: &mut BTreeSet<EcoString>) {
    let node = |names: &mut BTreeSet<EcoString>, procedure: ProcedureId, node: NodeId| {
        let (procedure, node) = (&it[procedure], &it[procedure].nodes[node.index()].head.name);
        names.insert(node.clone());
        names.insert(ecow::eco_format!("{}.{node}", procedure.head.name));
        names.insert(procedure.head.name.clone());
    };
    match fact {
        Fact::Body(body) => one(names, &it[*body].head.name),
        Fact::Bodies(bodies) => names.extend(bodies.iter().map(|body| it[*body].head.name.clone())),
        Fact::Mandate(mandate) => one(names, &it[*mandate].head.name),
        Fact::Mandates(mandates) => names.extend(mandates.iter().map(|own| it[*own].head.name.clone())),
        Fact::Law(law) | Fact::Article(law, _) => one(names, &it[*law].head.name),
        Fact::Cited(laws) => names.extend(laws.iter().map(|(law, _)| it[*law].head.name.clone())),
        Fact::Exclusion(exclusion) => one(names, &it[*exclusion].head.name),
        Fact::Resolution(resolution) => one(names, &it[*resolution].head.name),
        Fact::Resource(resource) => one(names, &it[*resource].head.name),
        Fact::Channel(channel) => one(names, &it[*channel].head.name),
        Fact::Procedure(procedure) => one(names, &it[*procedure].head.name),
        Fact::Procedures(all) => names.extend(all.iter().map(|own| it[*own].head.name.clone())),
        Fact::Node(procedure, own) => node(names, *procedure, *own),
        Fact::Nodes(procedure, nodes) => nodes.iter().for_each(|own| node(names, *procedure, *own)),
        Fact::Slack(procedure, nodes) => nodes.iter().for_each(|(own, _)| node(names, *procedure, *own)),
        Fact::Property(property) => one(names, &it[*property].mark),
        Fact::Power(power) => one(names, &it[*power].head.name),
        Fact::Powers(powers) => names.extend(powers.iter().map(|own| it[*own].head.name.clone())),
        Fact::Passing(passing) | Fact::Ground(Ground::Passing(passing)) => {
            one(names, &it[*passing].head.name);
        }
        Fact::Passings(passings) => names.extend(passings.iter().map(|own| it[*own].head.name.clone())),
        _ => {}
    }
}

fn one(names: &mut BTreeSet<EcoString>, name: &EcoString) {
    names.insert(name.clone());
}
