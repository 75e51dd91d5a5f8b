//! Who performs a step, who is told on which rung, what is owed, what closing takes.

use ecow::EcoString;

use super::super::{
    BodyId, BodyKind, Closing, Condition, Content, Entity, Guarantee, NodeId, Owe, Performer, Rung, Upon,
};
use super::Resolver;
use super::bodies::{between, items};
use super::names::head;
use super::procedure::Places;
use super::resource::content;
use linkage_calendar::{Duration, Unit};
use linkage_syntax::{Clause, Keyword, Part};
use linkage_text::Span;

impl Resolver<'_> {
    pub(super) fn performers(&mut self, parts: &[Part]) -> Vec<(Performer, Span)> {
        items(parts).filter_map(|item| self.performer(item)).collect()
    }

    fn performer(&mut self, item: &[Part]) -> Option<(Performer, Span)> {
        let mut above = 0;
        let mut found: Option<Performer> = None;
        let mut serving = false;
        for part in item {
            match part {
                Part::Word(word) => match word.keyword {
                    Keyword::Superior => above += 1,
                    Keyword::Lead => found = Some(Performer::Lead),
                    Keyword::Support => found = Some(Performer::Support(None)),
                    Keyword::Reporter => found = Some(Performer::Reporter),
                    Keyword::Serving => serving = true,
                    keyword => {
                        if let Some(kind) = BodyKind::of_keyword(keyword) {
                            found = Some(match found {
                                Some(Performer::Support(None)) => Performer::Support(Some(kind)),
                                _ => Performer::Kind(kind),
                            });
                        }
                    }
                },
                Part::Name(name) => {
                    found = self.find(Entity::Body, name).map(|id| Performer::Body(BodyId(id)))
                }
                _ => {}
            }
        }
        let mut performer = match found? {
            Performer::Body(body) if serving => Performer::Serving(body),
            Performer::Kind(kind) if serving => Performer::KindServing(kind),
            other => other,
        };
        for _ in 0..above {
            performer = Performer::Superior(Box::new(performer));
        }
        let span = item.iter().filter_map(Part::span).reduce(Span::to)?;
        Some((performer, span))
    }

    pub(super) fn rungs(&mut self, clause: &Clause) -> Vec<Rung> {
        let mut rungs = Vec::new();
        for inner in clause.clauses() {
            let condition = match inner.keyword {
                Keyword::After => inner.parts.iter().find_map(|part| match part {
                    Part::Percent(share, _) => Some(Condition::Share(*share)),
                    Part::Duration(duration, ..) => Some(Condition::After(*duration)),
                    _ => None,
                }),
                Keyword::When => inner.expr().map(|expr| Condition::When(self.condition(expr))),
                _ if inner.has(Keyword::Timeout) => Some(Condition::Timeout),
                _ if inner.has(Keyword::Refusal) => Some(Condition::Refusal),
                _ => Some(Condition::Breach),
            };
            let takes_over = inner.has(Keyword::TakeOver);
            let before = if takes_over { Keyword::ByMeans } else { Keyword::To };
            let to = self.performer(between(&inner.parts, before, &[Keyword::Within]));
            let within = match between(&inner.parts, Keyword::Within, &[]) {
                [Part::Duration(duration, ..), ..] => Some(*duration),
                _ => None,
            };
            if let (Some(condition), Some((to, _))) = (condition, to) {
                let (title, span) = (inner.title().cloned(), inner.span);
                rungs.push(Rung { condition, to, takes_over, title, within, span });
            }
        }
        rungs
    }

    pub(super) fn owe(
        &mut self,
        clause: &Clause,
        places: &Places,
        here: Option<NodeId>,
        index: usize,
    ) -> Option<Owe> {
        let mut head = head(clause);
        let mut own = clause.parts.iter().take_while(|part| !is_word(part, Keyword::Giver));
        head.name = own
            .find_map(|part| if let Part::Name(name) = part { Some(name.text.clone()) } else { None })
            .unwrap_or_else(|| EcoString::from(format!("owe_{}", index + 1)));
        head.span = clause.keyword_span;
        let (debtor, _) = self.performer(between(&clause.parts, Keyword::Giver, &[Keyword::To]))?;
        let creditors = between(&clause.parts, Keyword::To, &[Keyword::Within]);
        let creditors = self.performers(creditors).into_iter().map(|(creditor, _)| creditor).collect();
        let upon = match between(&clause.parts, Keyword::Upon, &[Keyword::On]).first() {
            Some(Part::Word(word)) if word.keyword == Keyword::Open => Upon::Open,
            Some(Part::Name(name)) => match places.find(&name.text) {
                Some(node) => Upon::Node(node),
                None => {
                    self.unknown_among(Entity::Node, name, &places.heads);
                    Upon::Close
                }
            },
            Some(_) => Upon::Close,
            None => here.map_or(Upon::Close, Upon::Node),
        };
        let breach = clause.after(Keyword::Breach).and_then(|rest| self.performer(rest)).map(|(to, _)| to);
        Some(Owe {
            head,
            content: clause.words().find_map(|word| content(word.keyword)).unwrap_or(Content::Feedback),
            debtor,
            creditors,
            within: clause
                .duration()
                .map_or(Duration { amount: 0, unit: Unit::Day }, |(duration, _)| duration),
            upon,
            breach,
            basis: self.basis(clause.clauses()),
        })
    }

    pub(super) fn guarantee(&mut self, clause: &Clause) -> Guarantee {
        let holders: Vec<Part> =
            clause.parts.iter().take_while(|part| !is_word(part, Keyword::With)).cloned().collect();
        let gets = between(&clause.parts, Keyword::With, &[]);
        Guarantee {
            holders: self.holders(&holders),
            gets: gets
                .iter()
                .filter_map(|part| if let Part::Word(word) = part { Some(word.keyword) } else { None })
                .collect(),
            basis: self.basis(clause.clauses()),
            span: clause.span,
        }
    }

    pub(super) fn closing(&mut self, clause: &Clause, places: &Places) -> Closing {
        let mut closing = Closing { basis: self.basis(clause.clauses()), ..Closing::default() };
        for inner in clause.clauses() {
            let within = inner.duration().map(|(duration, _)| duration);
            match inner.keyword {
                Keyword::Tell => {
                    let told: Vec<Part> = inner
                        .parts
                        .iter()
                        .take_while(|part| !is_word(part, Keyword::Within))
                        .cloned()
                        .collect();
                    let told = self.performers(&told);
                    closing.tell.extend(told.into_iter().map(|(to, span)| (to, within, span)));
                }
                Keyword::Publish => {
                    let basis = self.basis(inner.clauses());
                    closing.publish.extend(inner.title().map(|title| (title.clone(), within, basis)));
                }
                Keyword::Needs => {
                    for name in inner.names() {
                        match places.find(&name.text) {
                            Some(node) => closing.needs.push((node, name.span)),
                            None => self.unknown_among(Entity::Node, name, &places.heads),
                        }
                    }
                }
                _ => {}
            }
        }
        closing
    }
}

fn is_word(part: &Part, keyword: Keyword) -> bool {
    matches!(part, Part::Word(word) if word.keyword == keyword)
}
