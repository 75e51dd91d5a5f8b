//! D013: a part of the scope for which supporters are named, and nobody to lead them.

use super::gap::{finding, is_supported};
use super::{Check, Context, Fact, Finding};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D013",
    name: "supported-not-led",
    severity: Severity::Error,
    page: include_str!("supported_not_led.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let supported = context.lacking.iter().filter(|lacking| is_supported(context.division, lacking));
    supported
        .map(|lacking| {
            let by =
                lacking.waiting.iter().copied().filter(|id| !context.institution()[*id].supports.is_empty());
            let told = Finding::new(&CHECK).fact("mandates", Fact::Mandates(by.collect()));
            finding(context, told, lacking)
        })
        .collect()
}
