//! U008: a measure of the network was not taken: the package is larger than it is taken for.

use super::concentrated_leads::Counted;
use super::passed_through::MOST_BODIES;
use super::ties::ties;
use super::{Check, Context, Fact, Finding, concentrated_leads};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "U008",
    name: "not-measured",
    severity: Severity::Warning,
    page: include_str!("not_measured.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let tied = ties(context).tied().len();
    let mut findings = Vec::new();
    if tied > MOST_BODIES {
        let finding = Finding::new(&CHECK).fact("count", Fact::Number(tied));
        findings.push(finding.fact("limit", Fact::Number(MOST_BODIES)));
    }
    if let Counted::Cut(cells) = concentrated_leads::counted(context) {
        findings.push(Finding::new(&CHECK).told_by("leads").fact("limit", Fact::Number(cells)));
    }
    findings
}
