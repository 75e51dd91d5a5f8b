//! L006: a power that takes a law of some rank rests on a lower one only.

use std::collections::BTreeMap;

use super::passings::{article, norm_span};
use super::{Check, Context, Fact, Finding};
use linkage_model::{BodyId, LawId, NormId, Power, Rank};
use linkage_regions::{Region, gaps};
use linkage_text::Severity;

pub static CHECK: Check = Check {
    code: "L006",
    name: "rank-too-low",
    severity: Severity::Error,
    page: include_str!("rank_too_low.md"),
    run,
};

/// The sentence that tells why the power takes that rank.
fn sentence(power: &Power) -> &'static str {
    match power {
        Power { liberty: true, .. } => "liberty",
        Power { coercive: true, .. } => "coercion",
        _ => "penalty",
    }
}

fn run(context: &Context<'_>) -> Vec<Finding> {
    let institution = context.institution();
    let mut findings = Vec::new();
    for (id, power) in institution.powers() {
        let Some(rank) = power.lowest_rank() else { continue };
        // Nothing is said of a law without a rank.
        let low = |law: LawId| institution[law].rank.is_some_and(|own| own.height() < rank.height());
        let holdings = &context.competence().of(id).holdings;
        let originals = || holdings.iter().filter(|holding| holding.chain.is_empty());
        let mut by_grant: BTreeMap<NormId, (Vec<BodyId>, Region)> = BTreeMap::new();
        for holding in originals().filter(|holding| low(holding.grant.law)) {
            // What a law of sufficient rank gives as well does not rest on the lower one.
            let well = originals().filter(|other| other.body == holding.body && !low(other.grant.law));
            let well: Vec<&Region> = well.map(|other| &other.region).collect();
            let region = gaps(&holding.region, &well);
            if region.is_empty() {
                continue;
            }
            let none = || (Vec::new(), Region::empty(&institution.space));
            let (bodies, whole) = by_grant.entry(holding.grant).or_insert_with(none);
            bodies.push(holding.body);
            *whole = whole.union(&region);
        }
        for (grant, (bodies, region)) in by_grant {
            let law = &institution[grant.law];
            let finding = Finding::new(&CHECK)
                .told_by(sentence(power))
                .fact("power", Fact::Power(id))
                .fact("bodies", Fact::Bodies(bodies))
                .fact("article", article(context, grant))
                .fact("rank", Fact::Keyword(law.rank.map_or(linkage_syntax::Keyword::Rank, Rank::keyword)))
                .place(norm_span(context, grant), "grant")
                .place(law.head.span, "law")
                .place(power.head.span, "power");
            findings.push(finding.on(region));
        }
    }
    findings
}
