//! What is wrong with a scenario, said to the person who can mend it.

use super::fault::{Fact, ScenarioFault, Wanted};
use linkage_text::Language;
use linkage_text::yaml::located;

impl ScenarioFault {
    /// The fault in one or two sentences: where, what, and what to write instead.
    pub fn sentence(&self, language: Language) -> String {
        located(&self.path, self.fact.sentence(language), language)
    }
}

impl Fact {
    fn sentence(&self, language: Language) -> String {
        let (en, zh) = match self {
            Self::NotYaml(reason) => (format!("not YAML: {reason}"), format!("不是 YAML：{reason}")),
            Self::Shape(wanted) => (
                format!("{} is wanted here", wanted.name(Language::En)),
                format!("此处应为{}", wanted.name(Language::Zh)),
            ),
            Self::UnknownKey(Some(near)) => (
                format!("no such key here; did you mean `{near}`?"),
                format!("此处没有这个键；是否想写 `{near}`？"),
            ),
            Self::UnknownKey(None) => ("no such key here".into(), "此处没有这个键".into()),
            Self::Missing => ("this key is needed".into(), "必须写明".into()),
            Self::Time(text) => (
                format!("`{text}` is no time; write it such as 2026-11-23T09:10"),
                format!("`{text}` 不是时间；请写成 2026-11-23T09:10 这样"),
            ),
            Self::Moment(text) => (
                format!("`{text}` is no time; write 2026-11-23T09:10, or +20m, +3h, +2d after the start"),
                format!("`{text}` 不是时间；请写 2026-11-23T09:10，或者开始之后的 +20m、+3h、+2d"),
            ),
            Self::BeforeStart(text) => {
                (format!("`{text}` lies before the start"), format!("`{text}` 早于开始时间"))
            }
            Self::OutOfOrder(text) => (
                format!("`{text}` lies before what stands above it; write the script in the order of time"),
                format!("`{text}` 早于上一行；请按时间先后写"),
            ),
            Self::UnknownAct(text, Some(near)) => (
                format!("nothing called `{text}` can be done; did you mean `{near}`?"),
                format!("没有 `{text}` 这个动作；是否想写 `{near}`？"),
            ),
            Self::UnknownAct(text, None) => (
                format!(
                    "nothing called `{text}` can be done; write one of {}",
                    super::lines::ACTS.join(", ")
                ),
                format!("没有 `{text}` 这个动作；请写 {} 之一", super::lines::ACTS.join("、")),
            ),
            Self::Choice(text, choices) => (
                format!("`{text}` is not possible here; write {}", choices.join(" or ")),
                format!("此处不能写 `{text}`；请写 {}", choices.join(" 或 ")),
            ),
            Self::CaseNumber(text) => (
                format!("`{text}` is not the number of a case; write it such as C2"),
                format!("`{text}` 不是案件编号；请写成 C2 这样"),
            ),
        };
        language.pick(en, zh)
    }
}

impl Wanted {
    fn name(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Self::Mapping => ("a block of keys with values", "由键和值组成的块"),
            Self::List => ("a list", "列表"),
            Self::Text => ("text", "文字"),
            Self::Truth => ("true or false", " true 或 false"),
            Self::FactValue => ("a name, a whole number, true or false", "名称、整数、true 或 false"),
        };
        language.pick(en, zh)
    }
}
