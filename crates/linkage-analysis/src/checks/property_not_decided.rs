//! Q008: a property was neither proved nor refuted: a search was cut.

use super::property::{beginning, demands, in_scope, refuted};
use super::too_slow::times_are_cut;
use super::{Check, Context, Fact, Finding};
use linkage_model::{Demand, PropertyId};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "Q008",
    name: "property-not-decided",
    severity: Severity::Error,
    page: include_str!("property_not_decided.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let open = |(id, demand): (PropertyId, &Demand)| match demand {
        // Who leads where the division was cut (D006) is not known.
        Demand::Has(region, _) | Demand::NotLed(_, region) => {
            let left = in_scope(context, region).intersect(&undecided(context));
            if left.is_empty() { Vec::new() } else { vec![refuted(&CHECK, context, id).on(left)] }
        }
        Demand::Closes(region, _) | Demand::Contact(region, _) => {
            let procedures = context.institution().procedures();
            let cut = procedures.filter(|(procedure, _)| {
                let begins = beginning(context, *procedure, region);
                !begins.is_empty() && times_are_cut(context, *procedure, &begins)
            });
            let told = cut.map(|(procedure, it)| {
                refuted(&CHECK, context, id)
                    .told_by("time")
                    .fact("procedure", Fact::Procedure(procedure))
                    .place(it.head.span, "procedure")
            });
            told.collect()
        }
        _ => Vec::new(),
    };
    demands(context).flat_map(open).collect()
}

fn undecided(context: &Context<'_>) -> Region {
    context.gaps.undecided.union(&context.met.undecided)
}
