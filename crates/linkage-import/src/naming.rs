//! Names for what a table calls by titles: each title one name, each name one title.

use std::collections::{BTreeMap, BTreeSet};

use linkage_syntax::keywords::reserved;

/// The names of one kind of thing.
#[derive(Debug, Clone, Default)]
pub(super) struct Naming {
    by_title: BTreeMap<String, String>,
    taken: BTreeSet<String>,
}

impl Naming {
    /// The name of a title, the same whenever it is asked for.
    pub fn of(&mut self, title: &str) -> String {
        if let Some(name) = self.by_title.get(title) {
            return name.clone();
        }
        let plain = identifier(title);
        let numbered = (2..).map(|number| format!("{plain}_{number}"));
        let name = std::iter::once(plain.clone()).chain(numbered).find(|name| !self.taken.contains(name));
        let name = name.unwrap_or(plain);
        self.taken.insert(name.clone());
        self.by_title.insert(title.into(), name.clone());
        name
    }
}

/// The letters and digits of a title, with `_` for all else; a name begins with a letter and is no keyword.
fn identifier(title: &str) -> String {
    let mut name = String::new();
    for letter in title.chars() {
        match letter {
            letter if letter.is_alphanumeric() => name.push(letter),
            _ if name.ends_with('_') || name.is_empty() => {}
            _ => name.push('_'),
        }
    }
    let name = name.trim_end_matches('_').to_owned();
    let begins = name.chars().next().is_some_and(char::is_alphabetic);
    if begins && reserved(&name).is_none() { name } else { format!("n_{name}") }
}
