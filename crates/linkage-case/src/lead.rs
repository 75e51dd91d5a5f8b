//! Who leads the case: by the mandates on the day of the act, or whom the procedure names.
//!
//! ```text
//!   nobody leads          gap met         → the package's fallback body
//!   one leads             led by mandate M of law X art N, overriding M2 by reason
//!   several, lawfully     led by all (joint), any (parallel), or one after the other (subsidiary)
//!   several, unlawfully   overlap met     → the forums of the resolution, or of the package
//! ```
//!
//! What a forum or a body has settled holds as long as the mandates alone give the same answer; another
//! answer (the facts changed, a law began or ended) makes it void.

use ecow::{EcoString, EcoVec, eco_format};

use super::performer::Undecided;
use super::turn::Turn;
use super::{
    CaseId, Charged, Fallback, Happening, MissingFact, Mode, NoLead, Overridden, Rules, Together, Unled, Why,
    World, deciding,
};
use linkage_model::{
    BodyId, Division, Lead, Leadership, LeadershipKind, Performer, ResolutionId, Sharing, Standing,
};
use linkage_regions::Region;

/// Who leads by the rules alone.
struct Found {
    to: EcoVec<Charged>,
    ground: EcoVec<EcoString>,
    mode: Mode,
    standby: EcoVec<Charged>,
    together: EcoVec<Together>,
    kind: Kind,
}

impl Found {
    /// Each of these may act, and nobody stands in.
    fn offered_to_any(to: EcoVec<Charged>, ground: EcoVec<EcoString>, kind: Kind) -> Self {
        let (standby, together) = (EcoVec::new(), EcoVec::new());
        Self { to, ground, mode: Mode::Any, standby, together, kind }
    }
}

/// How bodies that share the lead complete an assignment: all of them, or any one.
fn completion_mode(sharing: Sharing, count: usize) -> Mode {
    let all = u32::try_from(count).unwrap_or(u32::MAX);
    match sharing {
        Sharing::Joint => Mode::Joint { quorum: all, silence_is_assent: false },
        Sharing::Subsidiary | Sharing::Parallel => Mode::Any,
    }
}

enum Kind {
    Settled,
    Gap(Vec<Unled>),
    Outside,
    Overlap(Option<ResolutionId>),
}

/// The facts that would say who leads an open case, where what is known leaves it open; the one that decides soonest
/// first.
pub fn lead_depends_on(rules: &Rules<'_>, world: &World, case: CaseId) -> Vec<MissingFact> {
    let Some(own) = world.case(case).filter(|own| own.is_open() && own.lead.is_none()) else {
        return Vec::new();
    };
    // At the case's own latest instant: what is told of a case that stands still stays the same.
    let mut turn = Turn::new(*rules, world, world.latest.unwrap_or(own.opened));
    let leads = turn.procedure(case).is_some_and(|procedure| procedure.lead.is_some());
    if leads { turn.lead(case).err().unwrap_or_default() } else { Vec::new() }
}

impl Turn<'_> {
    /// Sees to it that the lead of the case is known.
    pub fn lead(&mut self, case: CaseId) -> Result<(), Undecided> {
        if self.case(case).lead.is_none() {
            let found = self.find_lead(case)?;
            self.install(case, found);
        }
        Ok(())
    }

    /// Asks again who leads, after the facts or the law in force changed.
    pub fn review_lead(&mut self, case: CaseId) {
        // Facts that no longer decide leave the lead where it was: somebody must have the case.
        let Ok(found) = self.find_lead(case) else { return };
        let Some(lead) = self.case(case).lead.clone() else {
            self.install(case, found);
            return;
        };
        let by_rules = |charged: &Charged| {
            matches!(
                charged.why,
                Why::Mandate { .. } | Why::Fallback { .. } | Why::Named | Why::Serves { .. }
            )
        };
        let untouched = lead.dispute.is_none() && lead.to.iter().all(by_rules);
        if found.ground != lead.ground
            || (untouched && found.to != lead.to && !matches!(found.kind, Kind::Overlap(_)))
        {
            self.install(case, found);
            self.reassign_lead_steps(case);
        }
    }

    fn install(&mut self, case: CaseId, found: Found) {
        let Found { mut to, ground, mode, standby, together, kind } = found;
        match kind {
            Kind::Gap(because) => {
                self.follow(case, Happening::GapMet { because });
                to = self.fallback(Fallback::Gap, case);
            }
            Kind::Outside => to = self.fallback(Fallback::Outside, case),
            Kind::Overlap(resolution) => {
                let resolution = resolution.map(|id| self.rules.institution[id].head.name.clone());
                self.follow(case, Happening::OverlapMet { claims: to, resolution });
                self.open_forum(case, 1);
                return;
            }
            Kind::Settled => {}
        }
        self.follow(case, Happening::Led { to, ground, mode, standby, together });
    }

    fn find_lead(&mut self, case: CaseId) -> Result<Found, Undecided> {
        let declared = self.procedure(case).and_then(|procedure| procedure.lead.as_ref());
        if let Some((Lead::Performer(performer), _)) = declared
            && !speaks_of_lead(performer)
        {
            let mut to = self.performers(case, performer)?;
            let ground = to.iter().map(|charged| charged.body.clone()).collect();
            if to.is_empty() {
                to = self.fallback(Fallback::Nobody, case);
            }
            return Ok(Found::offered_to_any(to, ground, Kind::Settled));
        }
        let (division, situation) = (self.division(), self.situation(case));
        let parts = division.led(&situation);
        let Some((leadership, _)) = parts.first() else {
            return Ok(Found::offered_to_any(EcoVec::new(), EcoVec::new(), Kind::Gap(Vec::new())));
        };
        if !parts.iter().all(|(other, _)| other.answers_like(leadership)) {
            let labelled: Vec<_> =
                parts.iter().map(|(other, part)| (self.answer(other), part.clone())).collect();
            return Err(deciding(self.rules.institution, &labelled));
        }
        let mut found = self.by_mandate(&division, leadership);
        if let Kind::Gap(because) = &mut found.kind {
            *because = self.mandates_without_lead(&division, &situation);
        }
        Ok(found)
    }

    /// What keeps the mandates that cover a part of a situation from naming a lead there.
    fn mandates_without_lead(&self, division: &Division<'_>, situation: &Region) -> Vec<Unled> {
        let institution = self.rules.institution;
        let names = |bodies: &[BodyId]| bodies.iter().map(|body| self.rules.name(*body)).collect();
        let mut all = Vec::new();
        for (id, mandate) in institution.mandates() {
            if mandate.region.is_disjoint(situation) {
                continue;
            }
            let mut add = |why| all.push(Unled { mandate: mandate.head.name.clone(), why });
            match division.standing(id) {
                Standing::OutOfTime => add(NoLead::OutOfTime),
                Standing::NoBasisInForce => add(NoLead::NoBasisInForce),
                Standing::NoLead => add(NoLead::NamesNobody),
                Standing::Claims | Standing::OpenSlot(_) | Standing::Excluded => {}
            }
            let here = |of, region: &Region| of == id && !region.is_disjoint(situation);
            for barred in division.barred().iter().filter(|it| here(it.mandate, &it.region)) {
                let by = institution[barred.exclusion].head.name.clone();
                add(NoLead::Excluded { bodies: names(&barred.bodies), by });
            }
            for part in division.unfilled().iter().filter(|it| here(it.mandate, &it.region)) {
                add(NoLead::Unfilled { slots: names(&part.slots) });
            }
        }
        all
    }

    fn by_mandate(&self, division: &Division<'_>, leadership: &Leadership) -> Found {
        let outside = leadership.kind == LeadershipKind::Outside;
        let ground =
            leadership.bodies.iter().filter(|_| !outside).map(|body| self.rules.name(*body)).collect();
        match leadership.kind {
            LeadershipKind::Nobody => Found::offered_to_any(EcoVec::new(), ground, Kind::Gap(Vec::new())),
            LeadershipKind::Outside => Found::offered_to_any(EcoVec::new(), ground, Kind::Outside),
            LeadershipKind::One | LeadershipKind::Entrusted => {
                Found::offered_to_any(self.charge_leads(division, leadership), ground, Kind::Settled)
            }
            LeadershipKind::Shared(sharing) => {
                let charged = self.charge_leads(division, leadership);
                let names: Vec<EcoString> =
                    leadership.standby.iter().map(|body| self.rules.name(*body)).collect();
                let (later, to): (EcoVec<Charged>, EcoVec<Charged>) =
                    charged.into_iter().partition(|charged| names.contains(&charged.body));
                let standby =
                    names.iter().filter_map(|name| later.iter().find(|it| it.body == *name).cloned());
                let standby = standby.collect();
                let mode = completion_mode(sharing, to.len());
                let at_once = |(bodies, sharing): &(Vec<BodyId>, Sharing)| Together {
                    bodies: bodies.iter().map(|body| self.rules.name(*body)).collect(),
                    mode: completion_mode(*sharing, bodies.len()),
                };
                let together = leadership.together.iter().map(at_once).collect();
                Found { to, ground, mode, standby, together, kind: Kind::Settled }
            }
            LeadershipKind::Resolved(resolution) => {
                let kind = Kind::Overlap(Some(resolution));
                Found {
                    mode: Mode::Offered,
                    ..Found::offered_to_any(self.claims(division, leadership), ground, kind)
                }
            }
            LeadershipKind::Overlap => {
                let kind = Kind::Overlap(None);
                Found {
                    mode: Mode::Offered,
                    ..Found::offered_to_any(self.claims(division, leadership), ground, kind)
                }
            }
        }
    }

    /// Those who lead, by the first mandate that says so of each, and how they share it.
    fn charge_leads(&self, division: &Division<'_>, leadership: &Leadership) -> EcoVec<Charged> {
        let sharing = match leadership.kind {
            LeadershipKind::Shared(sharing) => Some(sharing),
            LeadershipKind::Nobody
            | LeadershipKind::One
            | LeadershipKind::Entrusted
            | LeadershipKind::Resolved(_)
            | LeadershipKind::Overlap
            | LeadershipKind::Outside => None,
        };
        let overrides: Vec<Overridden> = leadership
            .overridden
            .iter()
            .map(|(loser, _, reason)| Overridden {
                mandate: division.mandate(*loser).head.name.clone(),
                bodies: division.claims()[*loser].bodies.iter().map(|body| self.rules.name(*body)).collect(),
                reason: *reason,
            })
            .collect();
        let why = |claim: usize| {
            let mandate = division.mandate(claim);
            let basis = self.rules.in_force(&mandate.basis, division.day);
            Why::Mandate { mandate: mandate.head.name.clone(), basis, overrides: overrides.clone(), sharing }
        };
        self.per_body(division, leadership, why)
    }

    fn claims(&self, division: &Division<'_>, leadership: &Leadership) -> EcoVec<Charged> {
        let why = |claim: usize| {
            let mandate = division.mandate(claim);
            let basis = self.rules.in_force(&mandate.basis, division.day);
            Why::Claims { mandate: mandate.head.name.clone(), basis }
        };
        self.per_body(division, leadership, why)
    }

    fn per_body(
        &self,
        division: &Division<'_>,
        leadership: &Leadership,
        why: impl Fn(usize) -> Why,
    ) -> EcoVec<Charged> {
        let mut found: EcoVec<Charged> = EcoVec::new();
        for claim in leadership.effective.iter().copied() {
            for (lead, _) in &division.mandate(claim).leads {
                let standing = self.rules.institution.standing_in(*lead, division.day);
                // Who is excluded there is no longer one of the claim.
                for body in standing.into_iter().filter(|body| division.claims()[claim].bodies.contains(body))
                {
                    let body = self.rules.name(body);
                    if found.iter().all(|known| known.body != body) {
                        found.push(Charged { body, why: why(claim) });
                    }
                }
            }
        }
        found
    }

    /// The name of an answer to who leads. Two answers never have one name: a fact that decides between them would not
    /// be asked for.
    ///
    /// ```text
    ///   a + b   all must act           a > b   b acts where a does not      a / b?       an overlap
    ///   a / b   each may act           a = b   one in the other's name      a / b? (r)   which r settles
    /// ```
    fn answer(&self, leadership: &Leadership) -> EcoString {
        let join = |bodies: &[BodyId], sign: &str| -> String {
            bodies.iter().map(|body| self.rules.name(*body)).collect::<Vec<_>>().join(sign)
        };
        let all = |sign: &str| join(&leadership.bodies, sign);
        match leadership.kind {
            LeadershipKind::Nobody => "-".into(),
            LeadershipKind::Outside => "outside the scope".into(),
            LeadershipKind::Overlap => eco_format!("{}?", all(" / ")),
            LeadershipKind::Resolved(by) => {
                eco_format!("{}? ({})", all(" / "), self.rules.institution[by].head.name)
            }
            LeadershipKind::One => all("").into(),
            LeadershipKind::Entrusted => all(" = ").into(),
            LeadershipKind::Shared(sharing) => {
                let first = leadership.bodies.iter().filter(|body| !leadership.standby.contains(body));
                let first: Vec<BodyId> = first.copied().collect();
                let sign = if sharing == Sharing::Joint { " + " } else { " / " };
                let mut name = join(&first, sign);
                for (bodies, sharing) in leadership.turns() {
                    name += " > ";
                    name += &join(&bodies, if sharing == Sharing::Joint { " + " } else { " / " });
                }
                name.into()
            }
        }
    }
}

pub(super) fn speaks_of_lead(performer: &Performer) -> bool {
    match performer {
        Performer::Lead => true,
        Performer::Superior(of) => speaks_of_lead(of),
        _ => false,
    }
}
