//! Mandates, what is passed on, and what is excluded.

use super::super::{
    BodyId, Entity, Exclusion, ExclusionId, Mandate, MandateId, ModelError, Passing, PassingMode, PowerId,
    Sharing,
};
use super::Resolver;
use super::names::head;
use linkage_syntax::{Clause, Keyword};
use linkage_text::Span;

impl<'f> Resolver<'f> {
    pub(super) fn authority(&mut self) {
        self.norms();
        for clause in self.of(Keyword::Mandate) {
            let mandate = self.mandate(clause);
            self.it.mandates.push(mandate);
        }
        for (clause, mode) in self.passing_clauses() {
            let passing = self.passing(clause, mode);
            self.it.passings.push(passing);
        }
        for clause in self.of(Keyword::Exclude) {
            let exclusion = self.exclusion(clause);
            self.it.exclusions.push(exclusion);
        }
    }

    fn mandate(&mut self, clause: &Clause) -> Mandate {
        let clauses = clause.clauses();
        self.once(clauses);
        let (region, region_span) = self.declared_region(clauses, clause.span);
        let mut mandate = Mandate {
            head: head(clause),
            leads: Vec::new(),
            supports: Vec::new(),
            supervisors: Vec::new(),
            reports: Vec::new(),
            region,
            region_span,
            basis: self.basis(clauses),
            powers: Vec::new(),
            own_sharing: Vec::new(),
            shares_with: Vec::new(),
            yields_to: Vec::new(),
            prevails_over: Vec::new(),
            overrides: Vec::new(),
            from: None,
            until: None,
        };
        for inner in clauses {
            match inner.keyword {
                Keyword::Lead => mandate.leads = self.find_all(Entity::Body, inner, BodyId),
                Keyword::Support => mandate.supports.extend(self.holders(&inner.parts)),
                Keyword::Supervise => {
                    let supervisors = self.find_all(Entity::Body, inner, BodyId);
                    let time = inner.duration().map(|(time, _)| time);
                    let reports = supervisors.iter().filter_map(|(body, _)| Some((*body, time?)));
                    mandate.reports.extend(reports);
                    mandate.supervisors.extend(supervisors);
                }
                Keyword::Power => mandate.powers.extend(self.find_all(Entity::Power, inner, PowerId)),
                Keyword::Joint => self.share(Sharing::Joint, inner, &mut mandate),
                Keyword::Parallel => self.share(Sharing::Parallel, inner, &mut mandate),
                Keyword::Subsidiary => self.share(Sharing::Subsidiary, inner, &mut mandate),
                Keyword::Yields => mandate.yields_to.extend(self.find_all(Entity::Mandate, inner, MandateId)),
                Keyword::Notwithstanding => {
                    self.prevail(inner, &mut mandate);
                }
                Keyword::From => mandate.from = inner.date().map(|(date, _)| date),
                Keyword::Until => mandate.until = inner.date().map(|(date, _)| date),
                _ => {}
            }
        }
        self.ordered(clauses);
        mandate
    }

    /// `notwithstanding` names mandates, and exclusions that bind its bodies.
    fn prevail(&mut self, clause: &Clause, mandate: &mut Mandate) {
        for name in clause.names() {
            let excluded = self.look_up(Entity::Exclusion, &name.text).map(ExclusionId);
            match excluded.filter(|_| self.look_up(Entity::Mandate, &name.text).is_none()) {
                Some(exclusion) => mandate.overrides.push((exclusion, name.span)),
                None => {
                    let other = self.find(Entity::Mandate, name).map(MandateId);
                    mandate.prevails_over.extend(other.map(|other| (other, name.span)));
                }
            }
        }
    }

    /// `joint` shares among the bodies named here, `joint with m` with another mandate.
    fn share(&mut self, sharing: Sharing, clause: &Clause, mandate: &mut Mandate) {
        let with = self.find_all(Entity::Mandate, clause, MandateId);
        if clause.names().next().is_none() {
            mandate.own_sharing.push((sharing, clause.span));
        }
        mandate.shares_with.extend(with.into_iter().map(|(with, span)| (sharing, with, span)));
    }

    fn passing_clauses(&self) -> Vec<(&'f Clause, PassingMode)> {
        self.declarations
            .iter()
            .filter_map(|clause| match clause.keyword {
                Keyword::Transfer => Some((*clause, PassingMode::Transfer)),
                Keyword::Entrust => Some((*clause, PassingMode::Entrust)),
                _ => None,
            })
            .collect()
    }

    fn exclusion(&mut self, clause: &Clause) -> Exclusion {
        let clauses = clause.clauses();
        let (region, _) = self.declared_region(clauses, clause.span);
        let mut exclusion = Exclusion {
            head: head(clause),
            bodies: Vec::new(),
            powers: Vec::new(),
            region,
            basis: self.basis(clauses),
        };
        for inner in clauses {
            match inner.keyword {
                Keyword::Body => exclusion.bodies.extend(self.holders(&inner.parts)),
                Keyword::Power => exclusion.powers.extend(self.find_all(Entity::Power, inner, PowerId)),
                _ => {}
            }
        }
        self.needed(clause, Keyword::Body);
        exclusion
    }

    /// A clause without which a declaration says nothing.
    pub(super) fn needed(&mut self, clause: &Clause, keyword: Keyword) {
        if !clause.clauses().iter().any(|inner| inner.keyword == keyword) {
            let head = head(clause);
            self.errors.push(ModelError::Missing { keyword, name: head.name, span: head.span });
        }
    }

    /// `from` and `until` in this order.
    fn ordered(&mut self, clauses: &[Clause]) {
        let date = |keyword| clauses.iter().find(|c| c.keyword == keyword).and_then(Clause::date);
        if let (Some((from, at)), Some((until, end))) = (date(Keyword::From), date(Keyword::Until))
            && until < from
        {
            self.errors.push(ModelError::EndsBeforeBegin { from: at, until: end });
        }
    }

    fn passing(&mut self, clause: &Clause, mode: PassingMode) -> Passing {
        let clauses = clause.clauses();
        self.once(clauses);
        let (region, _) = self.declared_region(clauses, clause.span);
        let mut passing = Passing {
            head: head(clause),
            mode,
            givers: Vec::new(),
            receivers: Vec::new(),
            powers: Vec::new(),
            region,
            basis: self.basis(clauses),
            from: None,
            until: None,
            onward: false,
        };
        for inner in clauses {
            match inner.keyword {
                Keyword::Giver => passing.givers.extend(self.find_all(Entity::Body, inner, BodyId)),
                Keyword::To => passing.receivers.extend(self.find_all(Entity::Body, inner, BodyId)),
                Keyword::Power => passing.powers.extend(self.find_all(Entity::Power, inner, PowerId)),
                Keyword::From => passing.from = inner.date().map(|(date, _)| date),
                Keyword::Until => passing.until = inner.date().map(|(date, _)| date),
                Keyword::Onward => passing.onward = true,
                _ => {}
            }
        }
        for keyword in [Keyword::Giver, Keyword::To, Keyword::Power] {
            self.needed(clause, keyword);
        }
        self.ordered(clauses);
        passing
    }

    /// The names of a clause as bodies, with their places.
    pub(super) fn named_bodies(&mut self, clause: &Clause) -> Vec<(BodyId, Span)> {
        self.find_all(Entity::Body, clause, BodyId)
    }
}
