//! Citations of laws: an unknown law or article is no error here but a finding, with a page of its own.

use super::super::{Citation, Entity, LawId};
use super::Resolver;
use linkage_syntax::{Clause, Keyword, Part};

impl Resolver<'_> {
    /// The citations of all `basis` clauses among `clauses`.
    pub(super) fn basis(&self, clauses: &[Clause]) -> Vec<Citation> {
        clauses
            .iter()
            .filter(|clause| clause.keyword == Keyword::Basis)
            .flat_map(|clause| self.citations(&clause.parts))
            .collect()
    }

    /// `fpl art 53, art 54, wsl art 65`: an article belongs to the law named last.
    pub(super) fn citations(&self, parts: &[Part]) -> Vec<Citation> {
        let mut citations: Vec<Citation> = Vec::new();
        let mut bare = false;
        for part in parts {
            match part {
                Part::Name(name) => {
                    let law = self.look_up(Entity::Law, &name.text).map(LawId);
                    let (name, span) = (name.text.clone(), name.span);
                    citations.push(Citation { law, name, article: None, article_known: true, span });
                    bare = true;
                }
                Part::Article(number, _, span) => {
                    let Some(last) = citations.last() else { continue };
                    let law = last.law;
                    let article_known = law.is_none_or(|law| self.it[law].article(number).is_some());
                    let article = Some(number.clone());
                    let span = if bare { last.span.to(*span) } else { *span };
                    let citation = Citation { law, name: last.name.clone(), article, article_known, span };
                    // The first article fills the law's own citation, each further one is its own.
                    if bare {
                        citations.pop();
                        bare = false;
                    }
                    citations.push(citation);
                }
                _ => {}
            }
        }
        citations
    }
}
