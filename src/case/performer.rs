//! Who is meant by a performer of the rules, for the case at hand and on the day of the act.

use ecow::{EcoString, EcoVec};

use super::turn::Turn;
use super::{CaseId, Charged, MissingFact, REPORTER, Why};
use crate::model::{Body, BodyId, BodyKind, Holder, LeadershipKind, Mandate, Performer, Standing};
use crate::text::Language;

/// The facts that would tell who is meant.
pub(super) type Undecided = Vec<MissingFact>;

impl Turn<'_> {
    /// The bodies that are meant; none if nobody answers to it.
    pub fn performers(&mut self, case: CaseId, performer: &Performer) -> Result<EcoVec<Charged>, Undecided> {
        let day = self.day();
        let mut charged = match performer {
            Performer::Lead => {
                self.lead(case)?;
                self.case(case).lead.as_ref().map(|lead| lead.to.clone()).unwrap_or_default()
            }
            Performer::Body(named) => self.standing(*named),
            Performer::Serving(named) => {
                let bodies = self.rules.institution.standing_in(*named, day);
                let branches: Vec<BodyId> = bodies
                    .iter()
                    .flat_map(|body| self.rules.with_branches(*body, self.hierarchy(), day))
                    .collect();
                self.serving(case, &branches)?
            }
            Performer::KindServing(kind) => {
                let bodies = self.rules.of_kind(*kind, day);
                self.serving(case, &bodies)?
            }
            Performer::Kind(kind) => self.kind(*kind),
            Performer::Support(kind) => self.supports(case, *kind),
            Performer::Superior(of) => {
                let below = self.performers(case, of)?;
                self.superiors(&below)
            }
            Performer::Reporter => {
                let known = self.case(case).reporter.is_some();
                let reporter = || Charged { body: REPORTER.into(), why: Why::Reported };
                known.then(reporter).into_iter().collect()
            }
        };
        each_once(&mut charged);
        Ok(charged)
    }

    /// The names of those who are meant; where nobody is, or facts are missing, the role itself.
    pub fn parties(&mut self, case: CaseId, performer: &Performer) -> Vec<EcoString> {
        let found = self.performers(case, performer).unwrap_or_default();
        if found.is_empty() {
            return vec![self.role(performer)];
        }
        found.into_iter().map(|charged| charged.body).collect()
    }

    /// How the rules call a performer.
    pub fn role(&self, performer: &Performer) -> EcoString {
        match performer {
            Performer::Lead => "lead".into(),
            Performer::Support(_) => "support".into(),
            Performer::Superior(of) => ecow::eco_format!("superior of {}", self.role(of)),
            Performer::Reporter => REPORTER.into(),
            Performer::Body(body) | Performer::Serving(body) => self.rules.name(*body),
            Performer::Kind(kind) | Performer::KindServing(kind) => kind_word(*kind),
        }
    }

    /// The bodies for which a name stands today.
    pub fn standing(&self, named: BodyId) -> EcoVec<Charged> {
        let why = |body: BodyId| {
            if body == named { Why::Named } else { Why::StandsFor { named: self.rules.name(named) } }
        };
        let bodies = self.rules.institution.standing_in(named, self.day());
        bodies.into_iter().map(|body| Charged { body: self.rules.name(body), why: why(body) }).collect()
    }

    fn serving(&self, case: CaseId, candidates: &[BodyId]) -> Result<EcoVec<Charged>, Undecided> {
        let found = self.rules.serving(candidates, &self.situation(case))?;
        let area = |node| EcoString::from(self.rules.institution.areas.path(node));
        let charged = |(body, node): (BodyId, Option<_>)| Charged {
            body: self.rules.name(body),
            why: Why::Serves { area: node.map(area) },
        };
        Ok(found.map(charged).into_iter().collect())
    }

    fn kind(&self, kind: BodyKind) -> EcoVec<Charged> {
        let why = || Why::Kind { kind: kind_word(kind) };
        let bodies = self.rules.of_kind(kind, self.day());
        bodies.into_iter().map(|body| Charged { body: self.rules.name(body), why: why() }).collect()
    }

    /// The bodies right above those.
    fn superiors(&self, below: &[Charged]) -> EcoVec<Charged> {
        let of: Vec<EcoString> = below.iter().map(|charged| charged.body.clone()).collect();
        let institution = self.rules.institution;
        let under = |body: &Body| body.under.iter().map(|(above, _)| *above).collect::<Vec<_>>();
        let above = of
            .iter()
            .filter_map(|name| institution.body_named(name))
            .flat_map(|body| under(&institution[body]));
        let standing = above.flat_map(|body| institution.standing_in(body, self.day()));
        let charged = |body| Charged { body: self.rules.name(body), why: Why::Superior { of: of.clone() } };
        standing.map(charged).collect()
    }

    /// Those who support by the procedure, then those by the mandates that cover the whole situation.
    fn supports(&mut self, case: CaseId, kind: Option<BodyKind>) -> EcoVec<Charged> {
        let mut found: Vec<(Holder, EcoString)> = Vec::new();
        if let Some(procedure) = self.procedure(case) {
            found.extend(procedure.supports.iter().map(|(holder, _)| (*holder, procedure.head.name.clone())));
        }
        for mandate in self.covering(case, |mandate| !mandate.supports.is_empty()) {
            found.extend(mandate.supports.iter().map(|(holder, _)| (*holder, mandate.head.name.clone())));
        }
        let mut charged: EcoVec<Charged> = EcoVec::new();
        for (holder, by) in found {
            let bodies = match holder {
                Holder::Body(body) => self.rules.institution.standing_in(body, self.day()),
                Holder::Kind(kind) => self.rules.of_kind(kind, self.day()),
            };
            let of_kind = bodies
                .into_iter()
                .filter(|body| kind.is_none() || self.rules.institution[*body].kind == kind);
            charged.extend(
                of_kind.map(|body| Charged {
                    body: self.rules.name(body),
                    why: Why::Supports { by: by.clone() },
                }),
            );
        }
        charged
    }

    /// The mandates of interest that cover the whole situation and are not overridden on it.
    pub fn covering(&mut self, case: CaseId, of_interest: impl Fn(&Mandate) -> bool) -> Vec<&Mandate> {
        let (division, situation, day) = (self.division(), self.situation(case), self.day());
        let mut overridden = Vec::new();
        for (leadership, _) in division.led(&situation).iter() {
            if leadership.kind != LeadershipKind::Nobody {
                overridden.extend(
                    leadership.overridden.iter().map(|(loser, ..)| division.claims()[*loser].mandate),
                );
            }
        }
        let in_time = |mandate: &Mandate| {
            mandate.from.is_none_or(|from| from <= day) && mandate.until.is_none_or(|until| day <= until)
        };
        let institution = self.rules.institution;
        let counts = |(id, mandate): &(_, &Mandate)| match division.standing(*id) {
            Standing::Claims => !overridden.contains(id),
            Standing::NoLead => in_time(mandate),
            _ => false,
        };
        let named = institution.mandates().filter(|(_, mandate)| of_interest(mandate));
        let covering = named.filter(|(_, mandate)| situation.is_subset(&mandate.region));
        covering.filter(counts).map(|(_, mandate)| mandate).collect()
    }
}

/// The keyword of a kind of body.
fn kind_word(kind: BodyKind) -> EcoString {
    kind.keyword().spelling(Language::En).into()
}

/// Keeps the first of those charged twice.
pub(super) fn each_once(charged: &mut EcoVec<Charged>) {
    if charged.len() < 2 {
        return;
    }
    let mut seen: Vec<EcoString> = Vec::new();
    charged.retain(|one| {
        let new = !seen.contains(&one.body);
        seen.push(one.body.clone());
        new
    });
}
