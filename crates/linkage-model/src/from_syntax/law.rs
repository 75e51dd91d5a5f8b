//! Laws: first what others cite, then, when bodies and powers are known, what their articles do.

use ecow::EcoString;

use super::super::{
    Article, Body, BodyId, Entity, Filling, Holder, Law, LawId, Modality, ModelError, Norm, PowerId, Rank,
};
use super::Resolver;
use super::bodies::between;
use super::names::head;
use linkage_syntax::{Clause, Keyword, Name, Part};

impl Resolver<'_> {
    /// Rank, dates and articles of every law, and the slots that they leave.
    pub(super) fn laws(&mut self) {
        for clause in self.of(Keyword::Law) {
            self.once(clause.clauses());
            let mut law = Law { head: head(clause), ..Law::default() };
            for inner in clause.clauses() {
                match inner.keyword {
                    Keyword::Rank => law.rank = inner.words().find_map(|word| Rank::of_keyword(word.keyword)),
                    Keyword::Issuer => {
                        law.issuer = inner.title().or(inner.name().map(|name| &name.text)).cloned();
                    }
                    Keyword::Number => law.number = inner.title().cloned(),
                    Keyword::From => law.from = inner.date(),
                    Keyword::Until => law.until = inner.date(),
                    Keyword::Replaces => law.replaces = self.find_all(Entity::Law, inner, LawId),
                    Keyword::Article => {
                        let article = article(inner);
                        if let Some(first) = law.articles.iter().find(|other| other.number == article.number)
                        {
                            self.errors.push(ModelError::Duplicate {
                                entity: Entity::Article,
                                name: article.number.clone(),
                                first: first.span,
                                second: article.span,
                            });
                        }
                        law.articles.push(article);
                    }
                    _ => {}
                }
            }
            if let (Some((from, at)), Some((until, end))) = (law.from, law.until)
                && until < from
            {
                self.errors.push(ModelError::EndsBeforeBegin { from: at, until: end });
            }
            self.it.laws.push(law);
            for slot in articles(clause).flat_map(Clause::clauses).filter(|c| c.keyword == Keyword::Slot) {
                self.it.bodies.push(Body { head: head(slot), is_slot: true, ..Body::default() });
            }
        }
    }

    /// What the articles grant, forbid, reserve and designate.
    pub(super) fn norms(&mut self) {
        for (index, clause) in self.of(Keyword::Law).enumerate() {
            for (at, of) in articles(clause).enumerate() {
                let number = number(of);
                for inner in of.clauses() {
                    let modality = match inner.keyword {
                        Keyword::Grant => Modality::Grant,
                        Keyword::Forbid => Modality::Forbid,
                        Keyword::Reserve => Modality::Reserve,
                        Keyword::Designate => {
                            self.designate(LawId::at(index), &number, inner);
                            continue;
                        }
                        _ => continue,
                    };
                    let norm = self.norm(modality, inner);
                    self.it.laws[index].articles[at].norms.push(norm);
                }
            }
        }
    }

    fn norm(&mut self, modality: Modality, clause: &Clause) -> Norm {
        let before: Vec<&Name> = clause
            .parts
            .iter()
            .take_while(|part| !matches!(part, Part::Word(word) if word.keyword == Keyword::GrantTo))
            .filter_map(|part| if let Part::Name(name) = part { Some(name) } else { None })
            .collect();
        let powers =
            before.into_iter().filter_map(|name| self.find(Entity::Power, name).map(PowerId)).collect();
        let holders: Vec<Holder> = self
            .holders(between(&clause.parts, Keyword::GrantTo, &[]))
            .into_iter()
            .map(|(holder, _)| holder)
            .collect();
        let region = self.region(clause.clauses());
        let amount = clause
            .clauses()
            .iter()
            .find(|inner| inner.keyword == Keyword::Amount)
            .map(|inner| self.amount(inner));
        Norm { modality, powers, holders, region, amount, span: clause.span }
    }

    /// `amount 200 to 1000 yuan`, `amount up_to 500 yuan`.
    fn amount(&mut self, clause: &Clause) -> (i64, i64) {
        let mut numbers = clause.parts.iter().filter_map(|part| match part {
            Part::Number(number, _) => Some(*number),
            _ => None,
        });
        match (numbers.next().unwrap_or(0), numbers.next()) {
            (most, None) => (0, most),
            (least, Some(most)) => {
                if most < least {
                    self.errors.push(ModelError::EmptyAmount { span: clause.span });
                }
                (least, most)
            }
        }
    }

    /// `designate SLOT as BODY`: the slot has its body while this law is in force.
    fn designate(&mut self, law: LawId, article: &EcoString, clause: &Clause) {
        let Some(name) = clause.name() else { return };
        let Some(slot) = self.find(Entity::Body, name) else { return };
        let declared = &self.it.bodies[slot as usize];
        if !declared.is_slot {
            let (entity, name, span) = (Entity::Slot, name.text.clone(), name.span);
            let other = Some((Entity::Body, declared.head.span));
            self.errors.push(ModelError::Unknown { entity, name, span, near: None, other });
            return;
        }
        let region = self.place_of_clause(clause);
        for part in between(&clause.parts, Keyword::As, &[]) {
            if let Part::Name(name) = part
                && let Some(body) = self.find(Entity::Body, name)
            {
                let filling = Filling {
                    body: BodyId(body),
                    law,
                    article: article.clone(),
                    region: region.clone(),
                    span: clause.span,
                };
                self.it.bodies[slot as usize].filled_by.push(filling);
            }
        }
    }
}

fn articles(law: &Clause) -> impl Iterator<Item = &Clause> {
    law.clauses().iter().filter(|clause| clause.keyword == Keyword::Article)
}

fn number(article: &Clause) -> EcoString {
    article
        .parts
        .iter()
        .find_map(|part| if let Part::Article(number, ..) = part { Some(number.clone()) } else { None })
        .unwrap_or_default()
}

fn article(clause: &Clause) -> Article {
    Article {
        number: number(clause),
        title: clause.title().cloned(),
        span: clause.keyword_span,
        norms: Vec::new(),
    }
}
