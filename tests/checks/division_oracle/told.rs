//! What the checks should tell at each situation, by the semantics.

use std::collections::BTreeSet;

use super::naive::{Claim, Lead, Naive, Outcome, shares, standing, worth};
use super::package::Forum;
use super::space::during;

/// A code with the bodies and the rules of which it speaks.
pub type Told = (&'static str, Vec<usize>, Vec<usize>);

/// What is to be told at one situation.
#[derive(Debug, Default, Clone)]
pub struct Truth {
    /// Who leads, inside and outside the scope.
    pub bodies: Vec<usize>,
    /// What the leadership amounts to.
    pub kind: Option<Outcome>,
    /// Whether it is in the scope, and nobody leads.
    pub gap: bool,
    /// Whether somebody is named to support there, and nobody to lead.
    pub supported: bool,
    /// The findings, gaps left out.
    pub told: BTreeSet<Told>,
}

/// What is to be told at each situation, and the mandates that never lead.
pub fn truths(naive: &Naive<'_>) -> (Vec<Truth>, BTreeSet<usize>) {
    let mandates = naive.package.mandates.len();
    let (mut claimed, mut claimed_in_scope, mut led) =
        (vec![false; mandates], vec![false; mandates], vec![false; mandates]);
    let mut truths = Vec::new();
    for at in 0..naive.world.all.len() {
        let (claims, barred) = naive.claims(at);
        let lead = naive.lead(&claims, at);
        let kind = if naive.scope[at] { lead.outcome } else { Outcome::Outside };
        let mut truth = Truth { bodies: lead.bodies.clone(), kind: Some(kind), ..Truth::default() };
        for claim in &claims {
            claimed[claim.mandate] = true;
        }
        if naive.scope[at] {
            for claim in &claims {
                claimed_in_scope[claim.mandate] = true;
            }
            lead.effective.iter().for_each(|claim| led[claim.mandate] = true);
            truth.gap = claims.is_empty();
            truth.supported = truth.gap && supported(naive, at);
            truth.told.extend(barred.into_iter().map(|(bodies, mandate, exclusion, binds)| {
                (if binds { "D016" } else { "D017" }, bodies, vec![mandate, exclusion])
            }));
            conflicts(naive, &lead, &mut truth.told);
            for claim in &lead.effective {
                presence(naive, claim, &lead, at, &mut truth.told);
            }
        }
        truths.push(truth);
    }
    let never = (0..mandates).filter(|it| claimed[*it] && !(claimed_in_scope[*it] && led[*it])).collect();
    (truths, never)
}

fn supported(naive: &Naive<'_>, at: usize) -> bool {
    let mut mandates = naive.package.mandates.iter().zip(&naive.mandates);
    mandates.any(|(mandate, set)| {
        set[at] && mandate.leads.is_empty() && mandate.supports.is_some() && worth(naive.package, mandate)
    })
}

fn conflicts(naive: &Naive<'_>, lead: &Lead, told: &mut BTreeSet<Told>) {
    told.extend(
        lead.overridden
            .iter()
            .map(|(winner, loser, why)| ("D003", vec![*winner, *loser], vec![*why as usize])),
    );
    let mandates: Vec<usize> = lead.effective.iter().map(|claim| claim.mandate).collect();
    let bodies = || lead.bodies.clone();
    let superior = has_superior(naive, &lead.bodies);
    match lead.outcome {
        Outcome::Circle => drop(told.insert(("D009", lead.circle.clone(), mandates.clone()))),
        Outcome::Undecidable => drop(told.insert(("D010", bodies(), mandates.clone()))),
        Outcome::Unsaid => drop(told.insert(("D002", bodies(), mandates.clone()))),
        Outcome::Resolved(resolution) => {
            told.insert(("D003 resolved", bodies(), vec![resolution]));
            let forums = &naive.package.resolutions[resolution].forums;
            if !superior && forums.iter().all(|it| matches!(it, Forum::Superior)) {
                told.insert(("D011", bodies(), mandates));
            }
            return;
        }
        Outcome::Nobody | Outcome::One | Outcome::Entrusted | Outcome::Shared | Outcome::Outside => return,
    }
    if !superior && !naive.package.forums.iter().any(|forum| ends(naive, forum, &lead.bodies)) {
        told.insert(("D011", bodies(), mandates));
    }
}

fn ends(naive: &Naive<'_>, forum: &Forum, claimants: &[usize]) -> bool {
    match forum {
        Forum::Coordinator(_) => true,
        Forum::Precedence(order) => {
            order.iter().flat_map(|name| standing(naive.package, *name)).any(|body| claimants.contains(&body))
        }
        Forum::FirstReceiver | Forum::Agree | Forum::Superior => false,
    }
}

/// Whether some body stands above all of these.
fn has_superior(naive: &Naive<'_>, bodies: &[usize]) -> bool {
    (0..naive.package.bodies.len()).any(|it| bodies.iter().all(|body| is_under(naive, *body, it)))
}

fn is_under(naive: &Naive<'_>, body: usize, superior: usize) -> bool {
    let under = &naive.package.bodies[body].under;
    under.iter().any(|above| *above == superior || is_under(naive, *above, superior))
}

/// Whether those who lead are there, serve there, and leave it to others to watch them.
fn presence(naive: &Naive<'_>, claim: &Claim, lead: &Lead, at: usize, told: &mut BTreeSet<Told>) {
    let situation = &naive.world.all[at];
    let bodies = &naive.package.bodies;
    let on_duty = |body: &usize| bodies[*body].duty.is_empty() || during(&bodies[*body].duty, situation);
    let mandate = &naive.package.mandates[claim.mandate];
    let joint = mandate.own == Some(0);
    let there = if joint { claim.bodies.iter().all(on_duty) } else { claim.bodies.iter().any(on_duty) };
    // Who must act together with them does not stand in for them, nor do they for themselves.
    let stands_in = |other: &&Claim| {
        let said = shares(mandate, other.mandate);
        let back = shares(&naive.package.mandates[other.mandate], claim.mandate);
        // Two words for one pair decide nothing.
        let how = said.or(back).filter(|how| back.is_none_or(|back| back == *how));
        other.bodies != claim.bodies && how != Some("joint")
    };
    if !there && !lead.effective.iter().filter(stands_in).any(|other| other.bodies.iter().any(on_duty)) {
        told.insert(("D012", claim.bodies.clone(), Vec::new()));
    }
    for body in &claim.bodies {
        let serves = &bodies[*body].serves;
        if !serves.is_empty() && !naive.world.in_areas(serves, situation) {
            told.insert(("D014", vec![*body], vec![claim.mandate]));
        }
        let watches = naive.package.mandates.iter().zip(&naive.mandates).any(|(by, set)| {
            let named = by.supervises.map_or(Vec::new(), |name| standing(naive.package, name));
            set[at] && worth(naive.package, by) && named.contains(body)
        });
        if watches {
            told.insert(("D015", vec![*body], vec![claim.mandate]));
        }
    }
}
