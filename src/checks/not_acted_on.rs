//! U001: clauses that are read and not yet acted on, so that nobody relies on them.

use std::collections::BTreeMap;

use super::{Check, Context, Fact, Finding};
use crate::syntax::Keyword;
use crate::text::{Severity, Span};

pub static CHECK: Check = Check {
    code: "U001",
    name: "not-acted-on",
    severity: Severity::Note,
    page: include_str!("not_acted_on.md"),
    run,
};

/// One finding a kind of clause, at the first place where it stands.
fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut by_keyword: BTreeMap<Keyword, Vec<Span>> = BTreeMap::new();
    for unacted in &context.institution().unacted {
        by_keyword.entry(unacted.keyword).or_default().push(unacted.span);
    }
    let finding = |(keyword, spans): (Keyword, Vec<Span>)| {
        let first = spans.first().copied().unwrap_or_default();
        Finding::new(&CHECK)
            .fact("keyword", Fact::Keyword(keyword))
            .fact("count", Fact::Number(spans.len()))
            .place(first, "clause")
    };
    by_keyword.into_iter().map(finding).collect()
}
