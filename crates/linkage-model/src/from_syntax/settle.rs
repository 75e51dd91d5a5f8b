//! Scope, resolutions, acceptances.

use std::collections::BTreeMap;

use super::super::{Acceptance, BodyId, Entity, Forum, Governance, MandateId, ModelError, Resolution};
use super::Resolver;
use super::names::head;
use linkage_regions::Region;
use linkage_syntax::{Clause, Keyword};
use linkage_text::Span;

impl Resolver<'_> {
    pub(super) fn settling(&mut self) {
        self.scope();
        for clause in self.of(Keyword::Resolve) {
            let clauses = clause.clauses();
            let (region, _) = self.declared_region(clauses, clause.span);
            let mut between = Vec::new();
            for inner in clauses.iter().filter(|inner| inner.keyword == Keyword::Between) {
                between.extend(self.find_all(Entity::Mandate, inner, MandateId));
            }
            let forums = self.forums(clauses);
            if forums.is_empty() {
                self.needed(clause, Keyword::Coordinator);
            }
            let basis = self.basis(clauses);
            self.it.resolutions.push(Resolution { head: head(clause), between, region, forums, basis });
        }
        self.governance();
        for clause in self.of(Keyword::Accept) {
            let acceptance = self.acceptance(clause);
            self.it.acceptances.push(acceptance);
        }
    }

    /// Several scopes claim all that each of them claims.
    fn scope(&mut self) {
        let mut claimed: Option<(Region, Span)> = None;
        let (mut said, mut first): (Vec<&Clause>, BTreeMap<Keyword, Span>) = (Vec::new(), BTreeMap::new());
        for clause in self.of(Keyword::Scope) {
            let clauses = clause.clauses();
            self.once(clauses);
            let (region, _) = self.declared_region(clauses, clause.span);
            let span = clause.keyword_span;
            self.it.scope.parts.push((region.clone(), span));
            claimed = Some(match claimed {
                Some((before, first)) => (before.union(&region), first),
                None => (region, span),
            });
            for inner in clauses {
                match inner.keyword {
                    Keyword::Fallback => {
                        let named = self.named_bodies(inner).pop();
                        let known = self.it.scope.fallback;
                        if let (Some((body, _)), Some((before, _))) = (named, known)
                            && body != before
                        {
                            said.push(inner);
                        } else {
                            self.it.scope.fallback = known.or(named);
                        }
                        first.entry(Keyword::Fallback).or_insert(inner.keyword_span);
                    }
                    Keyword::Forum => {
                        let forums = self.forums(inner.clauses());
                        let ways =
                            |of: &[(Forum, Span)]| of.iter().map(|(way, _)| way.clone()).collect::<Vec<_>>();
                        let known = first.contains_key(&Keyword::Forum);
                        if known && ways(&forums) != ways(&self.it.scope.forums) {
                            said.push(inner);
                        } else if !known {
                            self.it.scope.forums = forums;
                        }
                        first.entry(Keyword::Forum).or_insert(inner.keyword_span);
                    }
                    _ => {}
                }
            }
        }
        // A package has one of each: which of two counts would be a matter of their order.
        for clause in said {
            let (keyword, second) = (clause.keyword, clause.keyword_span);
            let Some(first) = first.get(&keyword).copied() else { continue };
            self.errors.push(ModelError::Repeated { keyword, first, second });
        }
        if let Some((region, span)) = claimed {
            self.it.scope.region = region;
            self.it.scope.span = Some(span);
        }
    }

    /// A package says once who governs it: which of two declarations counts would be a matter of their order.
    fn governance(&mut self) {
        let mut first: Option<Span> = None;
        for clause in self.of(Keyword::Governance) {
            if let Some(first) = first {
                let (keyword, second) = (Keyword::Governance, clause.keyword_span);
                self.errors.push(ModelError::Repeated { keyword, first, second });
                continue;
            }
            first = Some(clause.keyword_span);
            let mut governance = Governance { span: clause.keyword_span, ..Governance::default() };
            self.once(clause.clauses());
            for inner in clause.clauses() {
                let named = self.named_bodies(inner);
                match inner.keyword {
                    Keyword::Adopt => governance.adopt = named,
                    Keyword::Migrate => governance.migrate = named,
                    Keyword::Purge => governance.purge = named,
                    _ => {}
                }
            }
            self.it.governance = Some(governance);
        }
    }

    fn forums(&mut self, clauses: &[Clause]) -> Vec<(Forum, Span)> {
        let mut forums = Vec::new();
        for clause in clauses {
            let forum = match clause.keyword {
                Keyword::FirstReceiver => Forum::FirstReceiver,
                Keyword::Agree => Forum::Agree(clause.duration().map(|(duration, _)| duration)),
                Keyword::Superior => Forum::Superior,
                Keyword::Coordinator => match self.named_bodies(clause).pop() {
                    Some((body, _)) => Forum::Coordinator(body),
                    None => continue,
                },
                Keyword::Precedence => {
                    Forum::Precedence(self.named_bodies(clause).into_iter().map(|(body, _)| body).collect())
                }
                _ => continue,
            };
            forums.push((forum, clause.span));
        }
        forums
    }

    fn acceptance(&mut self, clause: &Clause) -> Acceptance {
        let mut acceptance = Acceptance {
            code: clause.name().map(|name| name.text.clone()).unwrap_or_default(),
            span: clause.keyword_span,
            on: Vec::new(),
            reason: None,
            by: None,
            until: None,
        };
        for inner in clause.clauses() {
            match inner.keyword {
                Keyword::On => acceptance.on.extend(inner.names().map(|name| (name.text.clone(), name.span))),
                Keyword::Reason => acceptance.reason = inner.title().cloned(),
                Keyword::By => {
                    acceptance.by = self.find_all(Entity::Body, inner, BodyId).pop().map(|(body, _)| body)
                }
                Keyword::Until => acceptance.until = inner.date().map(|(date, _)| date),
                _ => {}
            }
        }
        self.needed(clause, Keyword::Reason);
        acceptance
    }
}
