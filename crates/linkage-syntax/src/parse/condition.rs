//! Conditions: the flat run of terms that the grammar gives becomes a tree, `and` binding tighter than `or`.

use pest::iterators::Pair;

use super::super::grammar::{Rule, Shape, shape};
use super::super::{Comparison, Expr, Keyword, Operator, Part, Spelling};
use super::build::Builder;

/// The tree of an `expr` pair.
pub(super) fn condition(builder: &mut Builder<'_>, pair: Pair<'_, Rule>) -> Option<Expr> {
    let mut alternatives: Vec<Expr> = Vec::new();
    let mut conjunction: Vec<Expr> = Vec::new();
    let (mut and, mut or) = (Spelling::En, Spelling::En);
    let mut negations: Vec<Spelling> = Vec::new();
    for inner in pair.into_inner() {
        match shape(inner.as_rule()) {
            Shape::Keyword(Keyword::And) => and = spelling(inner.as_str()),
            Shape::Keyword(Keyword::Or) => {
                or = spelling(inner.as_str());
                alternatives.extend(joined(std::mem::take(&mut conjunction), and));
            }
            Shape::Keyword(Keyword::Not) => negations.push(spelling(inner.as_str())),
            Shape::Comment => builder.hold(&inner),
            _ => {
                let term = if inner.as_rule() == Rule::group {
                    group(builder, inner)
                } else {
                    comparison(builder, inner).map(Expr::Compare)
                };
                let term = negations
                    .drain(..)
                    .rev()
                    .fold(term, |term, not| term.map(|term| Expr::Not(Box::new(term), not)));
                conjunction.extend(term);
            }
        }
    }
    alternatives.extend(joined(conjunction, and));
    if alternatives.len() > 1 { Some(Expr::Or(alternatives, or)) } else { alternatives.pop() }
}

fn joined(mut all: Vec<Expr>, spelling: Spelling) -> Option<Expr> {
    if all.len() > 1 { Some(Expr::And(all, spelling)) } else { all.pop() }
}

fn group(builder: &mut Builder<'_>, pair: Pair<'_, Rule>) -> Option<Expr> {
    let mut found = None;
    for inner in pair.into_inner() {
        match shape(inner.as_rule()) {
            Shape::Comment => builder.hold(&inner),
            _ => found = condition(builder, inner),
        }
    }
    found
}

fn comparison(builder: &mut Builder<'_>, pair: Pair<'_, Rule>) -> Option<Comparison> {
    let mut operand = None;
    let mut operator = Operator::Holds;
    let mut values = Vec::new();
    let span = builder.trimmed(&pair);
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::COMMENT => builder.hold(&inner),
            Rule::operator => operator = sign(inner.as_str().trim_end()),
            Rule::kw_among => operator = Operator::Among(spelling(inner.as_str())),
            Rule::set => {
                let word = match operator {
                    Operator::Among(word) => word,
                    _ => Spelling::En,
                };
                if inner.as_str().starts_with(['{', '｛']) {
                    operator = Operator::AmongSet(word);
                }
                for value in inner.into_inner() {
                    match value.as_rule() {
                        Rule::COMMENT => builder.hold(&value),
                        Rule::comma => {}
                        _ => values.extend(builder.part(&value)),
                    }
                }
            }
            _ => {
                let part = builder.part(&inner);
                if operand.is_none() { operand = part } else { values.extend(part) }
            }
        }
    }
    operand.map(|operand: Part| Comparison { operand, operator, values, span })
}

fn sign(text: &str) -> Operator {
    match text {
        "<" | "＜" => Operator::Less,
        "<=" | "≤" => Operator::AtMost,
        ">" | "＞" => Operator::Greater,
        ">=" | "≥" => Operator::AtLeast,
        "!=" | "≠" => Operator::Unequal,
        _ => Operator::Equal,
    }
}

/// The language of a keyword as it is spelled: no English one begins with a Chinese letter.
pub(super) fn spelling(text: &str) -> Spelling {
    if text.as_bytes().first().is_some_and(u8::is_ascii) { Spelling::En } else { Spelling::Zh }
}
