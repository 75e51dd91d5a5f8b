//! L012: what gives a power and what takes it away meet, and no rule decides.

use super::passings::{add, negative_span, norm_span};
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Ground, Negative, Order, PowerId};
use linkage_regions::Region;
use linkage_text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "L012",
    name: "grant-against-prohibition",
    severity: Severity::Error,
    page: include_str!("grant_against_prohibition.md"),
    run,
};

fn run(context: &Context<'_>) -> Vec<Finding> {
    let open = conflicts(context).into_iter().filter_map(|met| match met.order {
        Order::Open(open) if !met.reserved => Some((met, open)),
        _ => None,
    });
    open.map(|(met, open)| finding(context, &CHECK, &met).fact("why", Fact::Open(open)).on(met.region))
        .collect()
}

/// What gives powers and what takes them away, put together for all the powers of which it is true.
pub(super) struct Met {
    pub ground: Ground,
    pub against: Negative,
    pub reserved: bool,
    pub order: Order,
    pub powers: Vec<PowerId>,
    pub bodies: Vec<BodyId>,
    pub region: Region,
}

pub(super) fn conflicts(context: &Context<'_>) -> Vec<Met> {
    let mut all: Vec<Met> = Vec::new();
    for (power, _) in context.institution().powers() {
        for it in &context.competence().of(power).conflicts {
            let same = |met: &&mut Met| met.ground == it.ground && met.against == it.against;
            let at = match all.iter_mut().find(same) {
                Some(met) => met,
                None => {
                    all.push(Met {
                        ground: it.ground,
                        against: it.against,
                        reserved: it.reserved,
                        order: it.order,
                        powers: Vec::new(),
                        bodies: Vec::new(),
                        region: it.region.clone(),
                    });
                    let last = all.len() - 1;
                    &mut all[last]
                }
            };
            add(&mut at.powers, power);
            for body in &it.bodies {
                add(&mut at.bodies, *body);
            }
        }
    }
    all
}

pub(super) fn finding(context: &Context<'_>, check: &'static Check, met: &Met) -> Finding {
    let ground_span: Span = match met.ground {
        Ground::Norm(norm) => norm_span(context, norm),
        Ground::Passing(passing) => context.institution()[passing].head.span,
    };
    Finding::new(check)
        .fact("ground", Fact::Ground(met.ground))
        .fact("against", Fact::Negative(met.against))
        .fact("powers", Fact::Powers(met.powers.clone()))
        .fact("bodies", Fact::Bodies(met.bodies.clone()))
        .place(ground_span, "ground")
        .place(negative_span(context, met.against), "against")
}
