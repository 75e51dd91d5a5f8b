//! What real cases met of a finding and what it cost them, in words.

use linkage_analysis::checks::{Cost, Practice, Spent};
use linkage_text::Language;

/// What a finding cost; nothing where no case falls under it.
pub(super) fn cost_words(cost: &Cost, language: Language) -> Option<String> {
    let Cost { cases, possible, named, spent } = cost;
    let listed = named.join(language.pick(", ", "、"));
    let listed =
        if *cases > named.len() { format!("{listed}{}", language.pick(", …", "等")) } else { listed };
    match (cases, possible, language) {
        (0, 0, _) => None,
        (0, _, Language::En) => Some(format!("{} may fall under it", counted(*possible, "case"))),
        (0, _, Language::Zh) => Some(format!("可能涉及{possible}件")),
        (_, _, Language::En) => {
            let more = if *possible > 0 { format!(", and {possible} more may") } else { String::new() };
            let falls = if *cases == 1 { "falls" } else { "fall" };
            let spent = spent_words(spent, language);
            Some(format!("{} {falls} under it ({listed}){more}: {spent}", counted(*cases, "case")))
        }
        (_, _, Language::Zh) => {
            let more = if *possible > 0 { format!("，另可能涉及{possible}件") } else { String::new() };
            Some(format!("涉及{cases}件（{listed}）{more}：{}", spent_words(spent, language)))
        }
    }
}

/// Time late, escalations and hand-backs.
pub(super) fn spent_words(spent: &Spent, language: Language) -> String {
    let (late, working) = (duration(spent.late, language), duration(spent.late_working, language));
    match (spent.late, language) {
        (0, Language::En) => format!(
            "nothing late, {}, {}",
            counted(spent.escalations, "escalation"),
            counted(spent.hand_backs, "hand-back")
        ),
        (0, Language::Zh) => format!("未超期，升级{}次，退回移送{}次", spent.escalations, spent.hand_backs),
        (_, Language::En) => format!(
            "{late} late ({working} of working time), {}, {}",
            counted(spent.escalations, "escalation"),
            counted(spent.hand_backs, "hand-back")
        ),
        (_, Language::Zh) => format!(
            "超期{late}（其中工作时间{working}），升级{}次，退回移送{}次",
            spent.escalations, spent.hand_backs
        ),
    }
}

/// What the journal holds, in sentences.
pub(super) fn practice_words(practice: &Practice, language: Language) -> String {
    let Practice { cases, other_rules, unplaced, touched, from, until, spent, .. } = practice;
    let (Some(from), Some(until)) = (from, until) else {
        return language.pick("The journal holds no cases.", "日志中没有案件。").to_owned();
    };
    let spent = spent_words(spent, language);
    let mut words = language.pick(
        format!(
            "The journal holds {} from {from} to {until}; {touched} of them under an error or a warning. In all: {spent}.",
            counted(*cases, "case")
        ),
        format!("日志中有{from}至{until}的案件{cases}件，其中{touched}件涉及错误或警告。合计：{spent}。"),
    );
    if *other_rules > 0 {
        words += &language.pick(
            format!(" {} under other rules than these, matched by names.", were(*other_rules)),
            format!("其中{other_rules}件适用其他版本的规则，按名称对应。"),
        );
    }
    if *unplaced > 0 {
        words += &language.pick(
            format!(
                " {} facts that these rules don't know; of them only steps are matched.",
                state(*unplaced)
            ),
            format!("其中{unplaced}件含本规则未知的事实，仅按步骤对应。"),
        );
    }
    words
}

/// Hours and minutes.
pub(super) fn duration(minutes: u64, language: Language) -> String {
    let (hours, left) = (super::finding::thousands(&(minutes / 60).to_string()), minutes % 60);
    match (minutes / 60, left, language) {
        (0, _, Language::En) => format!("{left} min"),
        (0, _, Language::Zh) => format!("{left}分钟"),
        (_, 0, Language::En) => format!("{hours} h"),
        (_, 0, Language::Zh) => format!("{hours}小时"),
        (_, _, Language::En) => format!("{hours} h {left} min"),
        (_, _, Language::Zh) => format!("{hours}小时{left}分钟"),
    }
}

fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

fn were(count: usize) -> String {
    if count == 1 { "1 was".to_owned() } else { format!("{count} were") }
}

fn state(count: usize) -> String {
    if count == 1 { "1 states".to_owned() } else { format!("{count} state") }
}
