//! D008: several bodies may fine the same act, and the amounts differ.

use super::passings::{add, article, norm_span};
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, HoldingMode, NormId, PowerId};
use linkage_regions::Region;
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "D008",
    name: "amounts-differ",
    severity: Severity::Warning,
    page: include_str!("amounts_differ.md"),
    run,
};

/// A fine that a body may impose in its own name.
struct Fine<'c> {
    power: PowerId,
    body: BodyId,
    grant: NormId,
    amount: (i64, i64),
    region: &'c Region,
}

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut fines: Vec<Fine<'_>> = Vec::new();
    for (power, _) in institution.powers() {
        for holding in &context.competence().of(power).holdings {
            // Entrusted, it is the giver's fine.
            let own = !matches!(holding.mode, HoldingMode::Entrusted(_));
            if let (true, Some(amount)) = (own, institution.norm(holding.grant).amount) {
                let (body, grant) = (holding.body, holding.grant);
                fines.push(Fine { power, body, grant, amount, region: &holding.region });
            }
        }
    }
    let mut found: Vec<(NormId, NormId, [usize; 2], Region)> = Vec::new();
    for (at, one) in fines.iter().enumerate() {
        for (behind, other) in fines.iter().enumerate().skip(at + 1) {
            let article = |fine: &Fine<'_>| (fine.grant.law, fine.grant.article);
            if one.body == other.body || one.amount == other.amount || article(one) == article(other) {
                continue;
            }
            let region = one.region.intersect(other.region).intersect(&institution.scope.region);
            if region.is_empty() {
                continue;
            }
            let (low, high) = if one.grant <= other.grant { (at, behind) } else { (behind, at) };
            let (first, second) = (fines[low].grant, fines[high].grant);
            match found.iter_mut().find(|(a, b, ..)| (*a, *b) == (first, second)) {
                Some((.., whole)) => *whole = whole.union(&region),
                None => found.push((first, second, [low, high], region)),
            }
        }
    }
    found.into_iter().map(|(.., pair, region)| finding(context, pair.map(|at| &fines[at]), region)).collect()
}

fn finding(context: &Context<'_>, [one, other]: [&Fine<'_>; 2], region: Region) -> Finding {
    let amount = |fine: &Fine<'_>| Fact::Amount(fine.amount.0, fine.amount.1);
    let mut powers = vec![one.power];
    add(&mut powers, other.power);
    Finding::new(&CHECK)
        .fact("body", Fact::Body(one.body))
        .fact("other", Fact::Body(other.body))
        .fact("amount", amount(one))
        .fact("other_amount", amount(other))
        .fact("article", article(context, one.grant))
        .fact("other_article", article(context, other.grant))
        .fact("powers", Fact::Powers(powers))
        .place_of(norm_span(context, one.grant), "fine", "told", amount(one))
        .place_of(norm_span(context, other.grant), "fine", "told", amount(other))
        .on(region)
}
