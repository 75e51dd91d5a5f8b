//! Q009: a property that speaks of nothing: it holds because nothing could refute it.

use super::property::{beginning, demands, in_scope, refuted};
use super::{Check, Context, Finding};
use linkage_model::{Carrying, Demand, ProcedureId};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "Q009",
    name: "vacuous-property",
    severity: Severity::Warning,
    page: include_str!("vacuous_property.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let told = demands(context).filter_map(|(id, demand)| {
        vacuous(context, demand).map(|sentence| refuted(&CHECK, context, id).told_by(sentence))
    });
    told.collect()
}

/// The sentence that says why a property speaks of nothing; none if it speaks of something.
fn vacuous(context: &Context<'_>, demand: &Demand) -> Option<&'static str> {
    let outside = |region: &Region| match () {
        () if region.is_empty() => Some("main"),
        () if in_scope(context, region).is_empty() => Some("outside"),
        () => None,
    };
    match demand {
        Demand::Has(region, _)
        | Demand::NotLed(_, region)
        | Demand::NotHeld(_, _, region)
        | Demand::Reach { region, .. } => outside(region),
        Demand::Closes(region, _) | Demand::Contact(region, _) | Demand::Passes(region, _) => {
            let mut procedures = context.institution().procedures();
            let begins = |(id, _): (ProcedureId, _)| !beginning(context, id, region).is_empty();
            outside(region).or_else(|| (!procedures.any(begins)).then_some("no_procedure"))
        }
        Demand::Channels(carrying, _) => {
            let institution = context.institution();
            let mut channels = institution.channels.iter().flat_map(|channel| &channel.carries);
            let any = channels.any(|(resource, _)| match carrying {
                Carrying::Anything => true,
                Carrying::PersonalData => institution[*resource].personal.is_some(),
                Carrying::Resource(wanted) => resource == wanted,
            });
            (!any).then_some("no_channel")
        }
        Demand::Owes(resource, ..) => {
            let uses = super::use_without_return::is_used(context, *resource);
            (!uses).then_some("no_use")
        }
    }
}
