//! A package read as if amendments were adopted.

use ecow::EcoString;
use jiff::civil::Date;

use super::Package;
use linkage_syntax::{Clause, Keyword};
use linkage_text::did_you_mean;

/// An amendment that the package does not draft.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no amendment is named `{name}`")]
pub struct UnknownAmendment {
    /// The name that was asked for.
    pub name: EcoString,
    /// The nearest name.
    pub near: Option<EcoString>,
    /// All names, in the order of the text.
    pub all: Vec<EcoString>,
}

impl Package {
    /// The names of the amendments that it drafts, in the order of the text.
    pub fn amendments(&self) -> impl Iterator<Item = &EcoString> {
        self.drafts().filter_map(|clause| Some(&clause.name()?.text))
    }

    /// Reads it as if these amendments were adopted, in this order. An adopted amendment makes another package:
    /// the hash tells them apart.
    ///
    /// # Errors
    /// It drafts no amendment of such a name.
    pub fn adopt(mut self, names: &[EcoString]) -> Result<Self, UnknownAmendment> {
        for name in names {
            if !self.amendments().any(|it| it == name) {
                let near = did_you_mean(name, self.amendments().map(EcoString::as_str)).map(EcoString::from);
                let all = self.amendments().cloned().collect();
                return Err(UnknownAmendment { name: name.clone(), near, all });
            }
        }
        if !names.is_empty() {
            let mut hasher = blake3::Hasher::new();
            for text in std::iter::once(self.hash.as_str()).chain(names.iter().map(EcoString::as_str)) {
                hasher.update(text.as_bytes()).update(b"\n");
            }
            self.hash = hasher.finalize().to_hex().to_string();
        }
        self.adopted = names.to_vec();
        Ok(self)
    }

    /// The first day on which all amendments that it is read with are in effect; none where none says a day.
    pub fn in_effect_from(&self) -> Option<Date> {
        let adopted =
            self.drafts().filter(|it| it.name().is_some_and(|name| self.adopted.contains(&name.text)));
        let from = adopted.flat_map(Clause::clauses).filter(|it| it.keyword == Keyword::From);
        from.filter_map(Clause::date).map(|(date, _)| date).max()
    }

    fn drafts(&self) -> impl Iterator<Item = &Clause> {
        let declarations = self.files.iter().flat_map(|(_, parsed)| &parsed.file.declarations);
        declarations.filter(|clause| clause.keyword == Keyword::Amendment)
    }
}
