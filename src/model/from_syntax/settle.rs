//! Scope, resolutions, acceptances; and the names in what is to be proved.

use super::super::{Acceptance, BodyId, Entity, Forum, MandateId, Resolution};
use super::Resolver;
use super::names::head;
use super::region::is_region;
use crate::space::Region;
use crate::syntax::{Clause, Keyword, Name, Part};
use crate::text::Span;

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
        for clause in self.of(Keyword::Accept) {
            let acceptance = self.acceptance(clause);
            self.it.acceptances.push(acceptance);
        }
        for clause in self.of(Keyword::Require) {
            self.names_of_property(clause);
            self.unacted(clause.keyword, clause.keyword_span);
        }
    }

    /// Several scopes claim all that each of them claims.
    fn scope(&mut self) {
        let mut claimed: Option<(Region, Span)> = None;
        for clause in self.of(Keyword::Scope) {
            let clauses = clause.clauses();
            self.once(clauses);
            let (region, _) = self.declared_region(clauses, clause.span);
            let span = clause.keyword_span;
            claimed = Some(match claimed {
                Some((before, first)) => (before.union(&region), first),
                None => (region, span),
            });
            for inner in clauses {
                match inner.keyword {
                    Keyword::Fallback => self.it.scope.fallback = self.named_bodies(inner).pop(),
                    Keyword::Forum => self.it.scope.forums = self.forums(inner.clauses()),
                    _ => {}
                }
            }
        }
        if let Some((region, span)) = claimed {
            self.it.scope.region = region;
            self.it.scope.span = Some(span);
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

    /// The names of a property have to stand for something even before the property is proved.
    fn names_of_property(&mut self, clause: &Clause) {
        if clause.clauses().iter().any(|inner| is_region(inner.keyword)) {
            self.region(clause.clauses());
        }
        let mut before = None;
        for part in &clause.parts {
            if let Part::Name(name) = part {
                let entity = match before {
                    Some(Keyword::Every) => Some(Entity::Matter),
                    Some(Keyword::Power) => Some(Entity::Power),
                    Some(Keyword::Uses) => Some(Entity::Resource),
                    Some(Keyword::Only | Keyword::ByMeans) => Some(Entity::Body),
                    Some(Keyword::Step | Keyword::Passes) => {
                        self.node_of_any_procedure(name);
                        None
                    }
                    Some(Keyword::No) if self.it.matters.find(&name.text).is_empty() => {
                        Some(Entity::Procedure)
                    }
                    _ => None,
                };
                match entity {
                    Some(Entity::Matter) => drop(self.node(Entity::Matter, name)),
                    Some(entity) => drop(self.find(entity, name)),
                    None => {}
                }
            }
            before = if let Part::Word(word) = part { Some(word.keyword) } else { None };
        }
    }

    /// A step named as `step` or `procedure.step`.
    fn node_of_any_procedure(&mut self, name: &Name) {
        let (procedure, node) = name.text.rsplit_once('.').unwrap_or(("", &name.text));
        let found = self.it.procedures.iter().any(|of| {
            (procedure.is_empty() || of.head.name == procedure)
                && of.nodes.iter().any(|it| it.head.name == node)
        });
        if !found {
            let names = self.it.procedures.iter().flat_map(|of| of.nodes.iter().map(|it| &it.head));
            let names: Vec<_> = names.cloned().collect();
            self.unknown_among(Entity::Node, name, &names);
        }
    }
}
