//! In which situations cases of each procedure can begin, by whatever starts them.
//!
//! ```text
//!   report, count, request     the region that the trigger names, as far as it lies in the scope
//!   schedule                   the same, at that time of such a day
//!   event                      wherever a step of the package raises it; if none does, the scope
//!   call                       wherever a case comes to the call
//! ```
//!
//! Calls and events carry the facts of the case that they come from. Where those begin depends on what starts them
//! in turn: the least regions that agree with each other are taken.

use std::collections::BTreeSet;

use super::Context;
use super::courses::{awaited, ends, gone, links, raised};
use linkage_flow::Course;
use linkage_model::{Procedure, ProcedureId, Trigger};
use linkage_regions::Region;

/// The situations in which cases of a procedure begin; of one that never begins, which is told elsewhere, all that
/// the package claims: its other faults are there all the same.
pub(super) fn starting<'c>(context: &'c Context<'_>, id: ProcedureId) -> &'c Region {
    let own = &beginnings(context)[id.index()];
    if own.is_empty() { &context.institution().scope.region } else { own }
}

/// Whether cases of a procedure ever begin.
pub(super) fn ever_begins(context: &Context<'_>, id: ProcedureId) -> bool {
    !beginnings(context)[id.index()].is_empty()
}

/// For each procedure the situations in which its cases can begin.
pub(super) fn beginnings<'c>(context: &'c Context<'_>) -> &'c [Region] {
    context.beginnings.get_or_init(|| {
        let institution = context.institution();
        let links = links(context);
        let raised: Vec<_> = raised(context).into_iter().map(|(event, ..)| event).collect();
        let outside = |id: ProcedureId| {
            let mut awaited = awaited(context).into_iter();
            awaited.any(|(event, heard)| !raised.contains(&event) && heard.iter().any(|(own, _)| *own == id))
        };
        let own = |(id, procedure): (ProcedureId, &Procedure)| {
            let linked = links.iter().any(|link| link.to == id);
            let anyhow = procedure.triggers.is_empty() && !linked;
            let named = named(context, procedure);
            if anyhow || outside(id) { named.union(&institution.scope.region) } else { named }
        };
        let mut begin: Vec<Region> = institution.procedures().map(own).collect();
        let ends = ends(context);
        let mut grown: BTreeSet<ProcedureId> = links.iter().map(|link| link.from).collect();
        // Regions only grow, and only by what clauses of the rules cut: it comes to an end.
        while !grown.is_empty() {
            for from in std::mem::take(&mut grown) {
                let region = &begin[from.index()];
                if region.is_empty() {
                    continue;
                }
                let flow = &context.flows[from.index()];
                let course = Course::new(&institution[from], flow, &institution.space, region, ends);
                for link in links.iter().filter(|link| link.from == from) {
                    let carried = gone(context, link, &course);
                    if !carried.is_subset(&begin[link.to.index()]) {
                        begin[link.to.index()] = begin[link.to.index()].union(&carried);
                        grown.extend(links.iter().any(|on| on.from == link.to).then_some(link.to));
                    }
                }
            }
        }
        begin
    })
}

/// The situations that a procedure's triggers name.
fn named(context: &Context<'_>, procedure: &Procedure) -> Region {
    let institution = context.institution();
    procedure.triggers.iter().fold(Region::empty(&institution.space), |all, (trigger, _)| match trigger {
        // What lies outside the scope is referred on: it begins nothing. What begins at its own time of its own days is
        // known no better than the clause says.
        Trigger::Report(_) | Trigger::Count(_) | Trigger::Request(..) | Trigger::Schedule(_) => {
            let named = trigger.region().map(|region| region.intersect(&institution.scope.region));
            named.map_or_else(|| all.clone(), |region| all.union(&region))
        }
        Trigger::Event(_) => all,
    })
}
