//! U005: an acceptance that no finding meets. Only who has seen all findings can tell, so it is told where they
//! are accepted.

use super::{Check, Fact, Finding, find};
use linkage_model::Acceptance;
use linkage_text::Severity;

pub(super) static CHECK: Check = Check {
    code: "U005",
    name: "idle-waiver",
    severity: Severity::Warning,
    page: include_str!("idle_waiver.md"),
    run: |_| Vec::new(),
};

/// Tells it.
pub(super) fn told(acceptance: &Acceptance) -> Finding {
    let finding = Finding::new(&CHECK).fact("code", Fact::Text(acceptance.code.clone()));
    let finding = finding.place(acceptance.span, "waiver");
    if find(&acceptance.code).is_none() { finding.told_by("unknown") } else { finding }
}
