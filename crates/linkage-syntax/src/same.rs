//! Whether two trees say the same, wherever it stands and in whichever language it is spelled.

use super::Keyword;
use super::tree::{Block, Clause, Comment, Expr, File, Operator, Part, Spelling};
use linkage_text::Span;

/// Whether two files have the same clauses and the same comments at the same clauses.
pub fn same(a: &File, b: &File) -> bool {
    bare(a) == bare(b)
}

/// The file without places, spellings and empty lines.
fn bare(file: &File) -> File {
    let mut file = file.clone();
    file.declarations.iter_mut().for_each(clause);
    comments(&mut file.trailing);
    file
}

fn comments(all: &mut [Comment]) {
    for comment in all {
        comment.spaced = false;
    }
}

fn clause(it: &mut Clause) {
    comments(&mut it.comments);
    it.spelling = Spelling::En;
    it.spaced = false;
    it.span = Span::default();
    it.keyword_span = Span::default();
    it.parts.iter_mut().for_each(part);
    // A comment between `article` and its number has no place in `第53条`, and is printed behind it.
    if it.keyword == Keyword::Article {
        let comments = it.parts.iter().take_while(|part| matches!(part, Part::Comment(_))).count();
        if let Some(number) = it.parts.get_mut(..=comments) {
            number.rotate_right(1);
        }
    }
    if let Some(block) = &mut it.block {
        let Block { clauses, trailing, .. } = &mut **block;
        clauses.iter_mut().for_each(clause);
        comments(trailing);
    }
}

fn part(it: &mut Part) {
    match it {
        Part::Word(word) => {
            word.spelling = Spelling::En;
            word.span = Span::default();
        }
        Part::Name(name) => name.span = Span::default(),
        Part::Duration(_, spelling, span) | Part::Article(_, spelling, span) => {
            *spelling = Spelling::En;
            *span = Span::default();
        }
        Part::Text(_, span)
        | Part::Number(_, span)
        | Part::Range(_, _, span)
        | Part::Percent(_, span)
        | Part::Date(_, span)
        | Part::Hours(_, _, span)
        | Part::Clock(_, span) => *span = Span::default(),
        Part::Symbol(_) | Part::Comment(_) => {}
        Part::Expr(inner) => expr(inner),
    }
}

fn expr(it: &mut Expr) {
    match it {
        Expr::And(all, spelling) | Expr::Or(all, spelling) => {
            *spelling = Spelling::En;
            all.iter_mut().for_each(expr);
        }
        Expr::Not(inner, spelling) => {
            *spelling = Spelling::En;
            expr(inner);
        }
        Expr::Compare(comparison) => {
            comparison.span = Span::default();
            part(&mut comparison.operand);
            comparison.values.iter_mut().for_each(part);
            if let Operator::Among(spelling) | Operator::AmongSet(spelling) = &mut comparison.operator {
                *spelling = Spelling::En;
            }
        }
    }
}
