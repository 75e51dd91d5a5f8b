//! L011: powers passed on in a circle.

use super::passings::add;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, PassingId, Void};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "L011",
    name: "circular-delegation",
    severity: Severity::Error,
    page: include_str!("circular_delegation.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (power, _) in institution.powers() {
        // The passings of one circle come to nothing on the same region.
        let mut circles: Vec<(Region, Vec<PassingId>, Vec<BodyId>)> = Vec::new();
        for failure in &context.competence().of(power).failures {
            if failure.why != Void::Circle {
                continue;
            }
            let same = circles.iter().position(|(region, ..)| region.same_as(&failure.region));
            let at = same.unwrap_or_else(|| {
                circles.push((failure.region.clone(), Vec::new(), Vec::new()));
                circles.len() - 1
            });
            add(&mut circles[at].1, failure.link.passing);
            add(&mut circles[at].2, failure.link.receiver);
        }
        for (region, passings, bodies) in circles {
            let mut finding = Finding::new(&CHECK)
                .fact("power", Fact::Power(power))
                .fact("passings", Fact::Passings(passings.clone()))
                .fact("bodies", Fact::Bodies(bodies));
            for passing in passings {
                let head = &institution[passing].head;
                finding = finding.place_of(head.span, "passing", "passing", Fact::Passing(passing));
            }
            findings.push(finding.on(region));
        }
    }
    findings
}
