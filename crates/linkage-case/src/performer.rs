//! Who is meant by a performer of the rules, for the case at hand and on the day of the act.

use ecow::{EcoString, EcoVec};

use super::turn::Turn;
use super::{CaseId, Charged, MissingFact, REPORTER, Rules, Why};
use linkage_model::{Body, BodyId, BodyKind, Holder, Mandate, Performer};
use linkage_text::Language;

/// The facts that would tell who is meant.
pub(super) type Undecided = Vec<MissingFact>;

impl<'t> Turn<'t> {
    /// The bodies that are meant; none if nobody answers to it.
    pub fn performers(&mut self, case: CaseId, performer: &Performer) -> Result<EcoVec<Charged>, Undecided> {
        let day = self.day();
        let mut charged = match performer {
            Performer::Lead => {
                self.lead(case)?;
                self.case(case).lead.as_ref().map(|lead| lead.to.clone()).unwrap_or_default()
            }
            Performer::Body(named) => self.standing_of(case, *named),
            Performer::Serving(named) => {
                let bodies = self.rules.institution.standing_within(*named, day, &self.situation(case));
                let branches: Vec<BodyId> = bodies
                    .iter()
                    .flat_map(|body| self.rules.institution.with_branches(*body, self.hierarchy(), day))
                    .collect();
                self.serving(case, &branches)?
            }
            Performer::KindServing(kind) => {
                let bodies = self.rules.institution.of_kind(*kind, day);
                self.serving(case, &bodies)?
            }
            Performer::Kind(kind) => self.kind(*kind),
            Performer::Support(kind) => self.supports(case, *kind),
            Performer::Superior(of) => {
                let below = self.performers(case, of)?;
                self.superiors(case, &below)
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

    /// The names of those who are to be told, or the role where nobody answers to it.
    pub fn told(&mut self, case: CaseId, performer: &Performer) -> Result<Vec<EcoString>, EcoString> {
        let found = self.performers(case, performer).unwrap_or_default();
        if found.is_empty() {
            return Err(self.role(performer));
        }
        Ok(found.into_iter().map(|charged| charged.body).collect())
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
        self.rules.role(performer)
    }

    /// The bodies for which a name stands today in the situation of a case.
    pub fn standing_of(&self, case: CaseId, named: BodyId) -> EcoVec<Charged> {
        let here = self.rules.institution.standing_within(named, self.day(), &self.situation(case));
        let names: Vec<EcoString> = here.into_iter().map(|body| self.rules.name(body)).collect();
        self.standing(named).into_iter().filter(|charged| names.contains(&charged.body)).collect()
    }

    /// The bodies for which a name stands today, wherever that is.
    pub fn standing(&self, named: BodyId) -> EcoVec<Charged> {
        let why = |body: BodyId| {
            if body == named { Why::Named } else { Why::StandsFor { named: self.rules.name(named) } }
        };
        let bodies = self.rules.institution.standing_in(named, self.day());
        bodies.into_iter().map(|body| Charged { body: self.rules.name(body), why: why(body) }).collect()
    }

    fn serving(&self, case: CaseId, candidates: &[BodyId]) -> Result<EcoVec<Charged>, Undecided> {
        let found = self.rules.serving(candidates, &self.situation(case))?.into_iter();
        let area = |node| EcoString::from(self.rules.institution.areas.path(node));
        let charged = |(body, node): (BodyId, Option<_>)| Charged {
            body: self.rules.name(body),
            why: Why::Serves { area: node.map(area) },
        };
        Ok(found.map(charged).collect())
    }

    fn kind(&self, kind: BodyKind) -> EcoVec<Charged> {
        let why = || Why::Kind { kind: kind_word(kind) };
        let bodies = self.rules.institution.of_kind(kind, self.day());
        bodies.into_iter().map(|body| Charged { body: self.rules.name(body), why: why() }).collect()
    }

    /// The bodies right above those, as far as they stand there in the situation of the case.
    fn superiors(&self, case: CaseId, below: &[Charged]) -> EcoVec<Charged> {
        let situation = self.situation(case);
        let of: Vec<EcoString> = below.iter().map(|charged| charged.body.clone()).collect();
        let institution = self.rules.institution;
        let under = |body: &Body| body.under.iter().map(|(above, _)| *above).collect::<Vec<_>>();
        let above = of
            .iter()
            .filter_map(|name| institution.body_named(name))
            .flat_map(|body| under(&institution[body]));
        let standing = above.flat_map(|body| institution.standing_within(body, self.day(), &situation));
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
                Holder::Body(body) => {
                    self.rules.institution.standing_within(body, self.day(), &self.situation(case))
                }
                Holder::Kind(kind) => self.rules.institution.of_kind(kind, self.day()),
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

    /// The mandates of interest that cover the whole situation and are in force there, none prevailing over them.
    pub fn covering(&mut self, case: CaseId, of_interest: impl Fn(&Mandate) -> bool) -> Vec<&'t Mandate> {
        let (division, situation) = (self.division(), self.situation(case));
        let named = self.rules.institution.mandates().filter(|(_, mandate)| of_interest(mandate));
        let covering = named.filter(|(_, mandate)| situation.is_subset(&mandate.region));
        let whole = covering.filter(|(id, _)| situation.is_subset(&division.supported_by(*id, &situation)));
        whole.map(|(_, mandate)| mandate).collect()
    }
}

impl Rules<'_> {
    /// How these rules call a performer.
    pub(super) fn role(&self, performer: &Performer) -> EcoString {
        match performer {
            Performer::Lead => "lead".into(),
            Performer::Support(_) => "support".into(),
            Performer::Superior(of) => ecow::eco_format!("superior of {}", self.role(of)),
            Performer::Reporter => REPORTER.into(),
            Performer::Body(body) | Performer::Serving(body) => self.name(*body),
            Performer::Kind(kind) | Performer::KindServing(kind) => kind_word(*kind),
        }
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
