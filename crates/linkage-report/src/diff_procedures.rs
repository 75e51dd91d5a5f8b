//! What changes in procedures, in words.

use schemars::JsonSchema;
use serde::Serialize;

use super::region::region_words;
use linkage_analysis::compare::{Aspect, Detail, ProcedureChange, Word};
use linkage_model::Institution;
use linkage_regions::Region;
use linkage_text::Language;

/// A procedure that is new, gone or has changed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProcedureReport {
    /// Its name.
    pub procedure: String,
    /// `new`, `gone` or `changed`.
    pub state: &'static str,
    /// What differs.
    pub details: Vec<DetailReport>,
}

/// One detail that differs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DetailReport {
    /// What it is about.
    pub aspect: String,
    /// What it was; none where there was nothing.
    pub before: Option<String>,
    /// What it is; none where there is nothing any more.
    pub after: Option<String>,
}

pub(super) fn report(institution: &Institution, it: &ProcedureChange, language: Language) -> ProcedureReport {
    let details = it.details.iter().map(|(of, before, after)| DetailReport {
        aspect: aspect(of, language),
        before: before.as_ref().map(|detail| words(institution, detail, language)),
        after: after.as_ref().map(|detail| words(institution, detail, language)),
    });
    ProcedureReport {
        procedure: it.procedure.to_string(),
        state: match (it.before, it.after) {
            (true, true) => "changed",
            (true, false) => "gone",
            _ => "new",
        },
        details: details.collect(),
    }
}

fn aspect(aspect: &Aspect, language: Language) -> String {
    let (en, zh) = match aspect {
        Aspect::CaseDeadline => ("deadline".into(), "总时限".into()),
        Aspect::Lead => ("lead".into(), "牵头".into()),
        Aspect::Support => ("support".into(), "配合".into()),
        Aspect::Supervision => ("supervision".into(), "督办".into()),
        Aspect::Events => ("started by events".into(), "触发事件".into()),
        Aspect::Occasions => {
            ("started by the calendar, by count, upon request".into(), "定期、计数、请求启动".into())
        }
        Aspect::Chair(None) => ("chair".into(), "主持".into()),
        Aspect::Chair(Some(node)) => (format!("chair of {node}"), format!("{node}的主持")),
        Aspect::Triggers => ("started by reports of".into(), "触发情形".into()),
        Aspect::Node(name) => (format!("step {name}"), format!("步骤{name}")),
        Aspect::Deadline(name) => (format!("deadline of {name}"), format!("{name}的时限")),
        Aspect::Performer(name) => (format!("performer of {name}"), format!("{name}的承办")),
        Aspect::Partners(name) => (format!("partners in {name}"), format!("{name}的会同")),
        Aspect::Powers(name) => (format!("powers that {name} needs"), format!("{name}所需职权")),
        Aspect::Resources(name) => (format!("resources that {name} uses"), format!("{name}所用资源")),
        Aspect::Outcomes(name) => (format!("outcomes of {name}"), format!("{name}的结果")),
        Aspect::Emits(name) => (format!("events that {name} raises"), format!("{name}发出的事件")),
        Aspect::Ladder(None) => ("ladder".into(), "升级阶梯".into()),
        Aspect::Ladder(Some(name)) => (format!("ladder of {name}"), format!("{name}的升级阶梯")),
        Aspect::Obligation(name) => (format!("obligation {name}"), format!("互惠义务{name}")),
        Aspect::Guarantees => ("guarantees".into(), "保障".into()),
        Aspect::Closing => ("closing".into(), "办结要求".into()),
    };
    language.pick(en, zh)
}

fn words(institution: &Institution, detail: &Detail, language: Language) -> String {
    match detail {
        Detail::There => language.pick("there", "有").into(),
        Detail::Time(time) => time.in_words(language),
        Detail::Items(items) => {
            let item =
                |words: &Vec<Word>| words.iter().map(|it| word(it, language)).collect::<Vec<_>>().join(" ");
            items.iter().map(item).collect::<Vec<_>>().join(language.pick(", ", "、"))
        }
        Detail::Region(cuboids) => {
            let region = Region::from_cuboids(&institution.space, cuboids.iter().cloned());
            region_words(institution, &region, language, 4)
        }
    }
}

fn word(word: &Word, language: Language) -> String {
    match word {
        Word::Name(name) => name.to_string(),
        Word::Keyword(keyword) => keyword.spelling(language).into(),
        Word::Time(time) => time.in_words(language),
        Word::Percent(percent) => format!("{percent}%"),
        Word::Arrow => "→".into(),
    }
}
