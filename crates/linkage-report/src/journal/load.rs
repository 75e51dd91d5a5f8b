//! How much bodies and resources carry at once, beside what they can carry.

use std::collections::BTreeSet;
use std::fmt::Write;

use ecow::EcoString;
use serde::Serialize;

use super::super::names::Names;
use linkage_case::CaseId;
use linkage_journal::engine::Kept;
use linkage_journal::store::{How, Work};
use linkage_model::{Institution, NodeKind, ResourceId};
use linkage_text::Language;

/// What a body or a resource with a capacity carries now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Load {
    /// The body or the resource.
    pub name: EcoString,
    /// Which of the two.
    pub kind: LoadOf,
    /// How many cases the body has an open step in, or how many open steps use the resource.
    pub carries: usize,
    /// How many at once it can carry.
    pub capacity: i64,
    /// Whether that is more.
    pub exceeded: bool,
}

/// What carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LoadOf {
    /// A body.
    Body,
    /// A resource.
    Resource,
}

/// What those with a capacity carry of all work in a journal, as far as they are of interest.
pub fn loads(kept: &Kept, work: &[Work], of_interest: impl Fn(LoadOf, &str) -> bool) -> Vec<Load> {
    let institution = &kept.institution;
    let bodies = institution.bodies.iter().filter_map(|body| {
        let name = &body.head.name;
        let capacity = body.capacity.filter(|_| of_interest(LoadOf::Body, name))?;
        let carries = |own: &&Work| {
            own.body == *name && matches!(own.how, How::Charged | How::Acknowledged | How::Joint)
        };
        let cases: BTreeSet<CaseId> = work.iter().filter(carries).map(|own| own.case).collect();
        Some(load(name, LoadOf::Body, cases.len(), capacity))
    });
    let resources = institution.resources().filter_map(|(id, resource)| {
        let name = &resource.head.name;
        let capacity = resource.capacity.filter(|_| of_interest(LoadOf::Resource, name))?;
        let using = |own: &&Work| uses(institution, own, id);
        let steps: BTreeSet<(CaseId, u32)> =
            work.iter().filter(using).map(|own| (own.case, own.number)).collect();
        Some(load(name, LoadOf::Resource, steps.len(), capacity))
    });
    bodies.chain(resources).collect()
}

fn load(name: &EcoString, kind: LoadOf, carries: usize, capacity: i64) -> Load {
    let exceeded = i64::try_from(carries).is_ok_and(|carries| carries > capacity);
    Load { name: name.clone(), kind, carries, capacity, exceeded }
}

/// Whether the step that waits uses a resource.
fn uses(institution: &Institution, work: &Work, resource: ResourceId) -> bool {
    let own = institution.procedures.iter().filter(|own| own.head.name == work.procedure);
    let mut nodes = own.flat_map(|own| &own.nodes).filter(|node| node.head.name == work.step);
    nodes.any(|node| match &node.kind {
        NodeKind::Step(step) => step.uses.iter().any(|(own, _)| *own == resource),
        _ => false,
    })
}

/// One line each: `police_station: 41 of 40 cases`.
pub fn loads_text(kept: &Kept, loads: &[Load], language: Language) -> String {
    let names = Names { institution: &kept.institution, zone: kept.calendar.zone(), language };
    let mut out = String::new();
    for Load { name, kind, carries, capacity, exceeded } in loads {
        let beyond =
            if *exceeded { language.pick(", beyond its capacity", "，超出承载能力") } else { "" };
        let line = match kind {
            LoadOf::Body => {
                let name = names.body(name);
                names.say(
                    format!("{name}: {carries} of {capacity} cases{beyond}"),
                    format!("{name}：在办{carries}件，承载能力{capacity}件{beyond}"),
                )
            }
            LoadOf::Resource => {
                let name = names.resource(name);
                names.say(
                    format!("{name}: {carries} of {capacity} in use{beyond}"),
                    format!("{name}：在用{carries}，可用数量{capacity}{beyond}"),
                )
            }
        };
        let _ = writeln!(out, "{line}");
    }
    out
}
