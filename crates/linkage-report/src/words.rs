//! A text in both languages at once: what is drawn or written for readers of either.

use super::terminal::visible;
use linkage_text::Language;

/// A text in English and in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Words {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

/// In which languages something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoken {
    /// In one.
    One(Language),
    /// In both; the reader switches between them.
    Both,
}

impl Words {
    /// Two texts that say the same; what would act on a screen is made visible.
    pub fn new(en: impl AsRef<str>, zh: impl AsRef<str>) -> Self {
        Self { en: visible(en.as_ref()), zh: visible(zh.as_ref()) }
    }

    /// What is said in each language.
    pub fn each(say: impl Fn(Language) -> String) -> Self {
        Self::new(say(Language::En), say(Language::Zh))
    }

    /// A text that is the same in both.
    pub fn same(text: impl AsRef<str>) -> Self {
        Self::new(&text, &text)
    }

    /// The text in a language.
    pub fn of(&self, language: Language) -> &str {
        language.pick(self.en.as_str(), self.zh.as_str())
    }

    /// Both texts, changed alike.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        Self::new(change(&self.en), change(&self.zh))
    }

    /// This, and another behind it.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self::new(format!("{}{}", self.en, other.en), format!("{}{}", self.zh, other.zh))
    }
}

impl Spoken {
    /// The languages.
    pub fn languages(self) -> &'static [Language] {
        match self {
            Self::One(Language::En) => &[Language::En],
            Self::One(Language::Zh) => &[Language::Zh],
            Self::Both => &[Language::En, Language::Zh],
        }
    }
}
