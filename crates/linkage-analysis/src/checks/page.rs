//! The page of a check: its sentences in both languages, and the text that `explain` prints.

use std::collections::BTreeMap;

use serde::Deserialize;

use linkage_text::Language;

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Both {
    /// The text in a language.
    pub fn in_language(&self, language: Language) -> &str {
        language.pick(&self.en, &self.zh)
    }
}

/// The page of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What heads the page.
    pub front: Front,
    /// The Markdown below.
    pub body: String,
}

/// The front matter of a page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Front {
    /// The finding in a few words.
    pub title: Both,
    /// The sentences; `{name}` stands for a fact.
    pub sentences: BTreeMap<String, Both>,
    /// The labels of places.
    #[serde(default)]
    pub labels: BTreeMap<String, Both>,
    /// What to do next.
    pub help: Both,
    /// The cause, in the words of the study.
    pub cause: Cause,
    /// Which of the study's four countermeasures removes it.
    pub countermeasure: Countermeasure,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $key:literal $en:literal $zh:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $key)] $variant,)*
        }

        impl $name {
            /// All of them, in the order of the study.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable key.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// In words.
            pub fn in_words(self, language: Language) -> &'static str {
                match self { $(Self::$variant => language.pick($en, $zh),)* }
            }
        }
    };
}

words! {
    /// Why linkage fails, in the words of the study.
    Cause {
        /// 法律依据不足
        LegalBasis "insufficient_legal_basis" "insufficient legal basis" "法律依据不足",
        /// 联动意识薄弱
        Consciousness "weak_consciousness" "weak consciousness of linkage" "联动意识薄弱",
        /// 权限有限
        Authority "limited_authority" "limited authority" "权限有限",
        /// 权责划分不清
        Division "unclear_division" "unclear division of powers" "权责划分不清",
        /// 部门利益
        SelfInterest "self_interest" "self-interest" "部门利益",
        /// 公众参与保障不足
        Guarantee "no_guarantee" "no guarantee for the public that takes part" "公众参与保障不足",
        /// 联动制度缺陷
        System "defective_system" "defective linkage system" "联动制度缺陷",
        /// 资源整合渠道不畅
        Channels "blocked_channels" "blocked channels for resources" "资源整合渠道不畅",
        /// 治理主体发展不均衡
        Balance "unbalanced_bodies" "unbalanced development of governing bodies" "治理主体发展不均衡",
    }
}

words! {
    /// What removes the causes, in the words of the study.
    Countermeasure {
        /// 完善法律法规
        Legislation "legislation" "laws and regulations, legal status of all bodies" "完善法律法规，明确多元主体法律地位",
        /// 加强顶层设计
        Design "top_level_design" "top-level design, wider linkage, better mode" "加强顶层设计，拓展联动领域，优化联动模式",
        /// 促进资源共享
        Sharing "resource_sharing" "resource sharing: open data, bought services, self-governance" "促进资源共享：开放数据、购买服务、社会自治",
        /// 提升社会力量
        Society "social_forces" "awareness and ability of social forces" "提升社会力量的意识与能力",
    }
}

impl Page {
    /// Reads a page.
    ///
    /// # Errors
    /// The front matter is missing or not as [`Front`] wants it: a defect of the page, which tests find.
    pub fn read(text: &str) -> Result<Self, String> {
        let rest = text.strip_prefix("---\n").ok_or("a page begins with `---`")?;
        let (front, body) = rest.split_once("\n---\n").ok_or("the front matter ends with `---`")?;
        let front = serde_yaml::from_str(front).map_err(|error| error.to_string())?;
        Ok(Self { front, body: body.trim().to_owned() })
    }

    /// The code blocks of the body that are marked with a word: `bad`, `good`.
    pub fn examples(&self, mark: &str) -> Vec<&str> {
        let fence = format!("```linkage {mark}\n");
        self.body.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
    }
}
