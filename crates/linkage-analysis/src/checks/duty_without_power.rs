//! A001: a body is to use a power that it lacks.

use std::collections::BTreeSet;

use super::article_grants_nothing::grants_none;
use super::duty::{Duty, duties, witnessed};
use super::finding::{DutyBy, Fault};
use super::passings::{add, norm_span};
use super::wrong_performer::wrong;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, NodeKind, PassingId, Performer, PowerId, Void};
use linkage_regions::Region;
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "A001",
    name: "duty-without-power",
    severity: Severity::Error,
    page: include_str!("duty_without_power.md"),
    run,
};

/// A part of a duty where the power is lacking, for all the powers of which this is true.
struct Lack {
    by: DutyBy,
    bodies: Vec<BodyId>,
    powers: Vec<(PowerId, Span)>,
    /// Whether they have the step as the fallback body.
    fallback: bool,
    performer: Span,
    region: Region,
}

fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut lacks: Vec<Lack> = Vec::new();
    for duty in duties(context) {
        if duty.all {
            for body in &duty.bodies {
                note(&mut lacks, duty, vec![*body], lacking(context, duty, &[*body]));
            }
        } else {
            note(&mut lacks, duty, duty.bodies.clone(), lacking(context, duty, &duty.bodies));
        }
    }
    lacks.iter().map(|lack| finding(context, lack)).collect()
}

/// Where none of these holds the power; parts that a finding of its own tells are left out.
fn lacking(context: &Context<'_>, duty: &Duty, bodies: &[BodyId]) -> Region {
    let competence = context.competence();
    if !duty.fallback && bodies.iter().all(|body| wrong(context, duty.power, *body)) {
        return Region::empty(&context.institution().space);
    }
    let left =
        bodies.iter().fold(duty.region.clone(), |left, body| competence.lacking(*body, duty.power, &left));
    let gone = competence.of(duty.power).divested.iter().filter(|gone| bodies.contains(&gone.link.giver));
    gone.fold(left, |left, gone| left.minus(&gone.region))
}

/// Notes a lack, together with others of the same duty.
fn note(lacks: &mut Vec<Lack>, duty: &Duty, bodies: Vec<BodyId>, region: Region) {
    if region.is_empty() {
        return;
    }
    let power = (duty.power, duty.power_span);
    let same = lacks
        .iter_mut()
        .filter(|lack| (lack.by, lack.fallback) == (duty.by, duty.fallback))
        .find(|lack| lack.bodies == bodies && lack.region.same_as(&region));
    if let Some(same) = same {
        add(&mut same.powers, power);
        return;
    }
    // One step with one power is one fault, however many may come to lead it.
    let step = matches!(duty.by, DutyBy::Step(..)) && !duty.all;
    let mut same = lacks.iter_mut().filter(|lack| (lack.by, lack.fallback) == (duty.by, duty.fallback));
    let same = same.find(|lack| step && lack.powers == [power]);
    if let Some(same) = same {
        for body in bodies {
            add(&mut same.bodies, body);
        }
        same.region = same.region.union(&region);
        return;
    }
    let (by, fallback, performer) = (duty.by, duty.fallback, duty.performer_span);
    lacks.push(Lack { by, bodies, powers: vec![power], fallback, performer, region });
}

fn finding(context: &Context<'_>, lack: &Lack) -> Finding {
    let institution = context.institution();
    let powers: Vec<PowerId> = lack.powers.iter().map(|(power, _)| *power).collect();
    let mut finding = Finding::new(&CHECK)
        .fact("bodies", Fact::Bodies(lack.bodies.clone()))
        .fact("powers", Fact::Powers(powers.clone()));
    finding = match lack.by {
        DutyBy::Mandate(mandate) => finding.fact("by", Fact::Mandate(mandate)),
        DutyBy::Step(procedure, node) => {
            let sentence = if lack.fallback { "fallback" } else { "step" };
            finding.told_by(sentence).fact("by", Fact::Node(procedure, node))
        }
    };
    for (power, span) in &lack.powers {
        finding = finding.place_of(*span, "needed", "power", Fact::Power(*power));
    }
    finding = finding.place(lack.performer, "performer");
    for power in powers {
        let held = context.competence().of(power);
        let own = held.holdings.iter().find(|holding| lack.bodies.contains(&holding.body));
        // Whichever is declared first: all that could have given it are shown.
        let failed = held.failures.iter().filter(|failure| {
            lack.bodies.contains(&failure.link.receiver) && !failure.region.is_disjoint(&lack.region)
        });
        let failed: BTreeSet<PassingId> = failed.map(|failure| failure.link.passing).collect();
        finding = match own {
            _ if !failed.is_empty() => failed.into_iter().fold(finding, |finding, passing| {
                let span = institution[passing].head.span;
                finding.place_of(span, "failed", "passing", Fact::Passing(passing))
            }),
            Some(own) => {
                finding.place_of(norm_span(context, own.grant), "elsewhere", "power", Fact::Power(power))
            }
            None => finding.place_of(institution[power].head.span, "nothing", "power", Fact::Power(power)),
        };
    }
    witnessed(context, finding.following(causes(context, lack)), lack.by, &lack.region)
}

/// The faults of which each alone keeps the powers from the bodies: a passing that comes to nothing, for itself or
/// for its basis; articles that do not grant what the rule rests on them.
fn causes(context: &Context<'_>, lack: &Lack) -> Vec<Fault> {
    let competence = context.competence();
    let powers: Vec<PowerId> = lack.powers.iter().map(|(power, _)| *power).collect();
    let all = || lack.bodies.iter().flat_map(|body| powers.iter().map(move |power| (*body, *power)));
    let brings = |passing: PassingId| {
        all().all(|(body, power)| {
            let failed = competence.of(power).failures.iter();
            let own = failed.filter(|it| it.link.passing == passing && it.link.receiver == body);
            let regions: Vec<&Region> = own.map(|it| &it.region).collect();
            linkage_regions::gaps(&lack.region, &regions).is_empty()
        })
    };
    let mut faults = Vec::new();
    for failure in powers.first().into_iter().flat_map(|power| &competence.of(*power).failures) {
        let passing = failure.link.passing;
        if !faults.contains(&Fault::Passing(passing)) && brings(passing) {
            faults.push(Fault::Passing(passing));
            if failure.why == Void::NoBasisInForce {
                let basis = &context.institution()[passing].basis;
                faults.extend(basis.iter().map(|citation| Fault::Basis(citation.span)));
            }
        }
    }
    // Once somebody is named for the slot, the step is no longer the fallback body's.
    if let (true, DutyBy::Step(procedure, node)) = (lack.fallback, lack.by)
        && let NodeKind::Step(step) = &context.institution()[procedure].nodes[node.index()].kind
    {
        for (performer, _) in &step.by {
            match performer {
                Performer::Body(body) if context.institution()[*body].is_slot => {
                    faults.push(Fault::OpenSlot(*body));
                }
                // The step also leaves the fallback body once somebody leads; the gap reports why nobody does.
                Performer::Lead => {
                    let part = context.lacking.iter().position(|own| lack.region.is_subset(&own.region));
                    let Some(part) = part else { continue };
                    let own = super::gap::faults_behind(context, &context.lacking[part]);
                    faults.extend(if own.is_empty() { vec![Fault::Gap(part)] } else { own });
                }
                Performer::Body(_)
                | Performer::Support(_)
                | Performer::Superior(_)
                | Performer::Reporter
                | Performer::Serving(_)
                | Performer::Kind(_)
                | Performer::KindServing(_) => {}
            }
        }
    }
    if grants_none(context, lack.by, &powers) {
        faults.push(Fault::Ungranted(lack.by));
    }
    faults
}
