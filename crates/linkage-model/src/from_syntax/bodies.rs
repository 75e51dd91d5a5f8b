//! Bodies and powers.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::super::{Body, BodyId, BodyKind, Entity, Holder, ModelError, Power, Succession};
use super::Resolver;
use super::names::head;
use super::region::periods;
use linkage_syntax::{Clause, Keyword, Name, Part, Symbol};
use linkage_text::Span;

impl Resolver<'_> {
    pub(super) fn bodies(&mut self) {
        for (index, clause) in self.of(Keyword::Body).enumerate() {
            self.once(clause.clauses());
            let mut body = Body { head: head(clause), ..Body::default() };
            for inner in clause.clauses() {
                match inner.keyword {
                    Keyword::Kind => {
                        body.kind = inner.words().find_map(|word| BodyKind::of_keyword(word.keyword))
                    }
                    Keyword::Under => body.under.extend(self.find_all(Entity::Body, inner, BodyId)),
                    Keyword::Serves => {
                        let names: Vec<&Name> = inner.names().collect();
                        body.serves
                            .extend(names.into_iter().filter_map(|name| self.node(Entity::Area, name)));
                    }
                    Keyword::Duty => {
                        body.duty = Some(periods(&inner.parts));
                        body.duty_span = Some(inner.span);
                    }
                    Keyword::Capacity => body.capacity = inner.number().map(|(number, _)| number),
                    Keyword::Succeeds => {
                        let since = inner.date().map(|(date, _)| date);
                        let region = self.place_of_clause(inner);
                        let old = self.find_all(Entity::Body, inner, BodyId);
                        body.succeeds.extend(old.into_iter().map(|(of, span)| Succession {
                            of,
                            since,
                            region: region.clone(),
                            span,
                        }));
                    }
                    _ => {}
                }
            }
            // The slots already stand behind the places of the declared bodies.
            self.it.bodies.insert(index, body);
        }
        let under: Vec<_> = self.it.bodies.iter().map(|body| body.under.clone()).collect();
        self.no_circle(&under);
        let old =
            |body: &Body| body.succeeds.iter().map(|succession| (succession.of, succession.span)).collect();
        let succeeded: Vec<Vec<_>> = self.it.bodies.iter().map(old).collect();
        self.no_circle(&succeeded);
        for (heir, olds) in (0..).map(BodyId).zip(&succeeded) {
            for (old, _) in olds {
                let heirs = &mut self.it.bodies[old.index()].heirs;
                if heirs.last() != Some(&heir) {
                    heirs.push(heir);
                }
            }
        }
        self.powers();
    }

    fn powers(&mut self) {
        for clause in self.of(Keyword::Power) {
            let mut power = Power { head: head(clause), ..Power::default() };
            for inner in clause.clauses() {
                match inner.keyword {
                    Keyword::Coercive => power.coercive = true,
                    Keyword::Liberty => (power.coercive, power.liberty) = (true, true),
                    Keyword::Penalty => power.penalty = true,
                    Keyword::Delegable => power.delegable = Some(true),
                    Keyword::Undelegable => power.delegable = Some(false),
                    Keyword::Holders => {
                        power
                            .holders
                            .extend(inner.words().filter_map(|word| BodyKind::of_keyword(word.keyword)));
                    }
                    _ => {}
                }
            }
            self.it.powers.push(power);
        }
    }

    /// Tells the first circle among links from body to body.
    fn no_circle(&mut self, links: &[Vec<(BodyId, Span)>]) {
        let mut done: BTreeMap<usize, bool> = BTreeMap::new();
        for start in 0..links.len() {
            let mut path: Vec<(usize, usize)> = vec![(start, 0)];
            while let Some((at, next)) = path.pop() {
                if done.get(&at) == Some(&true) {
                    continue;
                }
                done.insert(at, false);
                let Some((to, _)) = links[at].get(next) else {
                    done.insert(at, true);
                    continue;
                };
                path.push((at, next + 1));
                if let Some(from) = path.iter().position(|(on, _)| *on == to.index()) {
                    let circle: Vec<(EcoString, Span)> = path[from..]
                        .iter()
                        .map(|(on, next)| (self.it.bodies[*on].head.name.clone(), links[*on][next - 1].1))
                        .collect();
                    self.errors.push(ModelError::Circle { entity: Entity::Body, links: circle });
                    return;
                }
                path.push((to.index(), 0));
            }
        }
    }

    /// Bodies and kinds of body: `police_station, kind department`.
    pub(super) fn holders(&mut self, parts: &[Part]) -> Vec<(Holder, Span)> {
        let mut holders = Vec::new();
        for part in parts {
            match part {
                Part::Name(name) => {
                    let body = self.find(Entity::Body, name);
                    holders.extend(body.map(|body| (Holder::Body(BodyId(body)), name.span)));
                }
                Part::Word(word) => {
                    let kind = BodyKind::of_keyword(word.keyword);
                    holders.extend(kind.map(|kind| (Holder::Kind(kind), word.span)));
                }
                _ => {}
            }
        }
        holders
    }
}

/// The parts behind the first `start` up to the next keyword of `stops`.
pub(super) fn between<'p>(parts: &'p [Part], start: Keyword, stops: &[Keyword]) -> &'p [Part] {
    let is =
        |part: &Part, keywords: &[Keyword]| matches!(part, Part::Word(w) if keywords.contains(&w.keyword));
    let Some(from) = parts.iter().position(|part| is(part, &[start])) else {
        return &[];
    };
    let rest = &parts[from + 1..];
    &rest[..rest.iter().position(|part| is(part, stops)).unwrap_or(rest.len())]
}

/// The runs between the commas.
pub(super) fn items(parts: &[Part]) -> impl Iterator<Item = &[Part]> {
    parts.split(|part| matches!(part, Part::Symbol(Symbol::Comma))).filter(|run| !run.is_empty())
}

/// Names and texts as plain words: purposes, data fields.
pub(super) fn plain(clause: &Clause) -> Vec<EcoString> {
    clause
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Name(name) => Some(name.text.clone()),
            Part::Text(text, _) => Some(text.clone()),
            _ => None,
        })
        .collect()
}
