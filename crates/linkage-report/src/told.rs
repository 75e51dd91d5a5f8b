//! A sentence about a case with its reasons below, and the phrases that several such sentences share.

use super::names::Names;
use super::terminal::visible;
use linkage_case::{Charged, RuleName};

/// A sentence and the lines that explain it.
pub(super) struct Told {
    pub sentence: String,
    pub details: Vec<String>,
}

impl Told {
    pub(super) fn plain(sentence: String) -> Self {
        Self { sentence, details: Vec::new() }
    }

    pub(super) fn with(mut self, detail: String) -> Self {
        self.details.push(detail);
        self
    }
}

/// One line a body with its reason, unless it is simply named by the rule.
pub(super) fn reasons(names: &Names<'_>, told: Told, charged: &[Charged]) -> Told {
    let several = charged.len() > 1;
    charged.iter().fold(told, |told, one| {
        let why = names.why(&one.why);
        told.with(if several { format!("{}{}{why}", names.body(&one.body), names.colon()) } else { why })
    })
}

pub(super) fn obligation(names: &Names<'_>, name: &str, title: Option<&str>) -> String {
    match title {
        Some(title) => match names.language {
            linkage_text::Language::En => format!("{name} \"{}\"", visible(title)),
            linkage_text::Language::Zh => visible(title),
        },
        None => name.to_owned(),
    }
}

pub(super) fn solved_word(names: &Names<'_>, solved: Option<bool>) -> &'static str {
    match solved {
        Some(true) => names.language.pick("solved", "已解决"),
        Some(false) => names.language.pick("unsolved", "未解决"),
        None => names.language.pick("whether it is solved is not said", "未说明是否解决"),
    }
}

pub(super) fn rule_words(names: &Names<'_>, rule: &RuleName) -> String {
    match rule {
        RuleName::Law(name) => names.law(name),
        RuleName::Mandate(name) => names.mandate(name),
    }
}

/// A sentence without reasons.
pub(super) fn told(sentence: String) -> Told {
    Told::plain(sentence)
}
