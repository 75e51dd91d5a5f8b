//! What the checks of passing on share: the passings that come to nothing, put together by passing and cause.

use std::collections::BTreeMap;

use super::finding::Fault;
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, Link, Negative, NormId, PassingId, PowerId, Void};
use linkage_regions::Region;
use linkage_text::Span;

/// A passing that comes to nothing, for all the powers of which this is true on the same region.
pub(super) struct Nothing {
    pub passing: PassingId,
    pub why: Void,
    pub region: Region,
    pub powers: Vec<PowerId>,
    pub givers: Vec<BodyId>,
    pub receivers: Vec<BodyId>,
}

/// The passings that come to nothing for such a reason.
pub(super) fn void(context: &Context<'_>, such: impl Fn(Void) -> bool) -> Vec<Nothing> {
    let mut found: BTreeMap<(PassingId, Void), Vec<Nothing>> = BTreeMap::new();
    for (power, _) in context.institution().powers() {
        for failure in context.competence().of(power).failures.iter().filter(|failure| such(failure.why)) {
            let Link { passing, giver, receiver, .. } = failure.link;
            let same = found.entry((passing, failure.why)).or_default();
            let at = same.iter().position(|other| other.region.same_as(&failure.region));
            let nothing = match at {
                Some(at) => &mut same[at],
                None => {
                    let region = failure.region.clone();
                    let (powers, givers, receivers) = (Vec::new(), Vec::new(), Vec::new());
                    same.push(Nothing { passing, why: failure.why, region, powers, givers, receivers });
                    let last = same.len() - 1;
                    &mut same[last]
                }
            };
            add(&mut nothing.powers, power);
            add(&mut nothing.givers, giver);
            add(&mut nothing.receivers, receiver);
        }
    }
    found.into_values().flatten().collect()
}

/// Adds what is not there yet.
pub(super) fn add<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if !all.contains(&one) {
        all.push(one);
    }
}

/// A finding on a passing, with its facts, its place and where the powers are declared.
pub(super) fn finding(context: &Context<'_>, check: &'static Check, nothing: &Nothing) -> Finding {
    let institution = context.institution();
    let declared = &institution[nothing.passing];
    let mut finding = Finding::new(check)
        .telling(Fault::Passing(nothing.passing))
        .fact("passing", Fact::Passing(nothing.passing))
        .fact("powers", Fact::Powers(nothing.powers.clone()))
        .fact("givers", Fact::Bodies(nothing.givers.clone()))
        .fact("receivers", Fact::Bodies(nothing.receivers.clone()))
        .place(declared.head.span, "passing");
    for (power, span) in &declared.powers {
        if nothing.powers.contains(power) {
            finding = finding.place(*span, "power");
        }
    }
    finding
}

/// Findings of one cause, with the powers' declarations as a place.
pub(super) fn findings(context: &Context<'_>, check: &'static Check, why: Void) -> Vec<Finding> {
    let all = void(context, |own| own == why);
    all.iter()
        .map(|nothing| {
            let mut finding = finding(context, check, nothing);
            for power in &nothing.powers {
                let head = &context.institution()[*power].head;
                finding = finding.place_of(head.span, "declared", "power", Fact::Power(*power));
            }
            finding.on(nothing.region.clone())
        })
        .collect()
}

/// Where a norm is written.
pub(super) fn norm_span(context: &Context<'_>, norm: NormId) -> Span {
    context.institution().norm(norm).span
}

/// The article of a norm.
pub(super) fn article(context: &Context<'_>, norm: NormId) -> Fact {
    Fact::Article(norm.law, context.institution()[norm.law].articles[norm.article].number.clone())
}

/// Where a prohibition is written.
pub(super) fn negative_span(context: &Context<'_>, negative: Negative) -> Span {
    match negative {
        Negative::Norm(norm) => norm_span(context, norm),
        Negative::Exclusion(exclusion) => context.institution()[exclusion].head.span,
    }
}
