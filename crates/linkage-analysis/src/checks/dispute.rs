//! Overlaps that nothing settles, and what each one hangs on.
//!
//! What one set of clauses causes in many cells is one fault, whatever else is present and overridden
//! there. Each is told by one check: a circle of precedence, rules that cannot decide, or nothing said.

use std::collections::{BTreeMap, BTreeSet};

use ecow::EcoString;

use super::{Context, Fact, Finding};
use linkage_model::{BodyId, Citation, Forum, LawId, LeadershipKind, Open};
use linkage_regions::{Cuboid, Region};

/// Claims that lead together, and nothing settles it.
pub(super) struct Dispute {
    /// The claims that stay effective.
    pub effective: Vec<usize>,
    /// Those of them that form circles.
    pub circle: Vec<usize>,
    /// The bodies that lead by them.
    pub bodies: Vec<BodyId>,
    /// Where.
    pub region: Region,
    /// Why no rule decides between two of them, each reason once.
    pub open: Vec<Open>,
    /// Its place among all disputes; none where a resolution speaks of it.
    pub number: Option<usize>,
}

impl Dispute {
    /// Whether each of some claims prevails over the next, all the way round.
    pub fn is_circle(&self) -> bool {
        !self.circle.is_empty() || self.open.contains(&Open::BothPrevail)
    }

    /// Whether rules apply and none decides: the last two disagree, issuers differ, ranks are not compared.
    pub fn is_undecidable(&self) -> bool {
        let leaves_open =
            |open: &Open| matches!(open, Open::SpecialButOlder | Open::Issuers | Open::Unranked);
        !self.is_circle() && !self.open.is_empty() && self.open.iter().all(leaves_open)
    }
}

/// What a dispute hangs on: the effective claims, those in circles, and what leaves them open.
type Hinge<'c> = (&'c [usize], &'c [usize], &'c [Open]);

/// All disputes, in the order of the claims.
pub(super) fn disputes(context: &Context<'_>) -> Vec<Dispute> {
    // What rules leave open hangs on the place too: an entrustment makes two bodies one power in a part only.
    let mut together: BTreeMap<Hinge<'_>, Vec<Cuboid>> = BTreeMap::new();
    for (leadership, region) in &context.meetings {
        if leadership.kind == LeadershipKind::Overlap {
            let known = together.entry((&leadership.effective, &leadership.circle, &leadership.open));
            known.or_default().extend_from_slice(region.cuboids());
        }
    }
    let claims = context.division.claims();
    let dispute = |(at, ((effective, circle, open), cuboids)): (usize, (Hinge<'_>, Vec<Cuboid>))| {
        let bodies: BTreeSet<BodyId> =
            effective.iter().flat_map(|claim| claims[*claim].bodies.iter().copied()).collect();
        Dispute {
            effective: effective.to_vec(),
            circle: circle.to_vec(),
            bodies: bodies.into_iter().collect(),
            region: Region::from_cuboids(&context.institution().space, cuboids),
            open: open.to_vec(),
            number: Some(at),
        }
    };
    together.into_iter().enumerate().map(dispute).collect()
}

/// The finding with what all disputes tell: the bodies and their texts, where, and who could settle it.
pub(super) fn told(context: &Context<'_>, dispute: &Dispute, finding: Finding) -> Finding {
    let division = context.division;
    let mandates = dispute.effective.iter().map(|claim| division.claims()[*claim].mandate).collect();
    let mut finding = finding
        .fact("bodies", Fact::Bodies(dispute.bodies.clone()))
        .fact("mandates", Fact::Mandates(mandates))
        .fact("forums", Fact::Forums(forums(context, &dispute.bodies)))
        .note(if is_endless(context, &dispute.bodies) { "unopposed" } else { "forums" });
    for claim in &dispute.effective {
        let mandate = division.mandate(*claim);
        let basis = cited(context, &mandate.basis);
        let label = if basis.is_empty() { "unfounded" } else { "lead" };
        for (body, span) in &mandate.leads {
            finding = finding.place_of(*span, label, "body", Fact::Body(*body));
            finding.add_to_last_place("basis", Fact::Cited(basis.clone()));
        }
        finding = finding.place(mandate.region_span, "region");
    }
    if dispute.number.is_some() {
        for id in division.speaking(&dispute.effective, &dispute.region) {
            finding = finding.place(context.institution()[id].head.span, "resolution");
        }
    }
    finding.on(dispute.region.clone())
}

/// Whether nobody can end a dispute of these bodies: none stands above them all, and no forum needs none.
pub(super) fn is_endless(context: &Context<'_>, claimants: &[BodyId]) -> bool {
    let ladder = forums(context, claimants);
    without_superior(context, claimants) && !ladder.iter().any(|(forum, _)| ends(context, forum, claimants))
}

/// Whether nobody stands above all of these bodies.
pub(super) fn without_superior(context: &Context<'_>, bodies: &[BodyId]) -> bool {
    context.hierarchy.lowest_common(bodies).is_none()
}

/// Whether a forum ends the dispute by itself. That one of the bodies takes the case, or that all agree,
/// hangs on the good will of those who quarrel.
fn ends(context: &Context<'_>, forum: &Forum, claimants: &[BodyId]) -> bool {
    match forum {
        Forum::Coordinator(_) => true,
        Forum::Precedence(order) => {
            let institution = context.institution();
            let standing = |body: &BodyId| institution.standing_in(*body, context.division.day);
            order.iter().flat_map(standing).any(|body| claimants.contains(&body))
        }
        Forum::FirstReceiver | Forum::Agree(_) | Forum::Superior => false,
    }
}

/// The ladder of the scope; where none is declared the first receiver keeps the case (Administrative
/// Penalty Law art 25).
pub(super) fn forums(context: &Context<'_>, claimants: &[BodyId]) -> Vec<(Forum, Option<BodyId>)> {
    let declared = &context.institution().scope.forums;
    let ladder: Vec<Forum> = match declared.as_slice() {
        [] => vec![Forum::FirstReceiver],
        declared => declared.iter().map(|(forum, _)| forum.clone()).collect(),
    };
    let superior = context.hierarchy.lowest_common(claimants);
    ladder
        .into_iter()
        .map(|forum| {
            let who = if forum == Forum::Superior { superior } else { None };
            (forum, who)
        })
        .collect()
}

/// The laws in force that a rule cites, each with its articles.
pub(super) fn cited(context: &Context<'_>, basis: &[Citation]) -> Vec<(LawId, Vec<EcoString>)> {
    let mut found: Vec<(LawId, Vec<EcoString>)> = Vec::new();
    for citation in basis {
        let in_force = |law: &LawId| context.institution()[*law].in_force(context.division.day);
        let Some(law) = citation.law.filter(in_force) else { continue };
        let articles = citation.article.iter().cloned();
        match found.iter_mut().find(|(known, _)| *known == law) {
            Some((_, known)) => known.extend(articles),
            None => found.push((law, articles.collect())),
        }
    }
    found
}
