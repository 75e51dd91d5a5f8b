//! A002: a power is held, and no mandate or step ever uses it.

use super::duty::duties;
use super::passings::norm_span;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Ground};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "A002",
    name: "power-without-duty",
    severity: Severity::Note,
    page: include_str!("power_without_duty.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let duties = duties(context);
    let mut findings = Vec::new();
    for (power, _) in institution.powers() {
        let used =
            |body: BodyId| duties.iter().any(|duty| duty.power == power && duty.bodies.contains(&body));
        // Told at each grant and each passing by which the power is held: none of them is the first.
        let mut idle: Vec<(Ground, Vec<BodyId>, Region)> = Vec::new();
        for holding in &context.competence().of(power).holdings {
            if used(holding.body) {
                continue;
            }
            let ground = holding
                .chain
                .last()
                .map_or(Ground::Norm(holding.grant), |link| Ground::Passing(link.passing));
            match idle.iter_mut().find(|(other, ..)| *other == ground) {
                Some((_, bodies, whole)) => {
                    if !bodies.contains(&holding.body) {
                        bodies.push(holding.body);
                    }
                    *whole = whole.union(&holding.region);
                }
                None => idle.push((ground, vec![holding.body], holding.region.clone())),
            }
        }
        for (ground, bodies, region) in idle {
            let span = match ground {
                Ground::Norm(norm) => norm_span(context, norm),
                Ground::Passing(passing) => institution[passing].head.span,
            };
            let finding = Finding::new(&CHECK)
                .fact("power", Fact::Power(power))
                .fact("bodies", Fact::Bodies(bodies))
                .fact("ground", Fact::Ground(ground))
                .place(span, "ground")
                .place(institution[power].head.span, "power");
            findings.push(finding.on(region));
        }
    }
    findings
}
