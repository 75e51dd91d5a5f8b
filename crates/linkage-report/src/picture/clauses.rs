//! The clauses of a procedure as lines of a picture, in both languages.

use super::performer;
use crate::fact::{fact_words, listed};
use crate::region::region_words;
use crate::words::Words;
use linkage_analysis::checks::Fact;
use linkage_calendar::Duration;
use linkage_model::{
    Condition, Content, Holder, Institution, Lead, Outcome, Owe, PowerId, Procedure, Quorum, ResourceId,
    Rung, Step, Target, Trigger,
};
use linkage_regions::Region;
use linkage_text::Language;

/// A fact in both languages.
pub(crate) fn named(institution: &Institution, fact: &Fact) -> Words {
    Words::each(|language| fact_words(institution, fact, language))
}

pub(super) fn region(institution: &Institution, region: &Region) -> Words {
    Words::each(|language| region_words(institution, region, language, 1))
}

pub(super) fn within(duration: Duration) -> Words {
    Words::new(format!("within {duration}"), format!("{}内", duration.in_words(Language::Zh)))
}

pub(super) fn trigger(institution: &Institution, trigger: &Trigger) -> Words {
    match trigger {
        Trigger::Report(reported) => {
            let it = region(institution, reported);
            Words::new(format!("report of {}", it.en), format!("报告：{}", it.zh))
        }
        Trigger::Event(event) => Words::new(format!("event {event}"), format!("事件：{event}")),
        Trigger::Schedule(schedule) => Words::each(|language| schedule.spelled(language).into()),
        Trigger::Count(count) => {
            let (it, number, time) = (region(institution, &count.region), count.number, count.within);
            Words::new(
                format!("{number} cases of {} within {time}", it.en),
                format!("{}内{}达{number}件", time.in_words(Language::Zh), it.zh),
            )
        }
        Trigger::Request(holders, asked) => {
            let (who, it) = (holders_words(institution, holders), region(institution, asked));
            if asked.complement().is_empty() {
                return Words::new(format!("request of {}", who.en), format!("{}请求", who.zh));
            }
            Words::new(format!("request of {}: {}", who.en, it.en), format!("{}请求：{}", who.zh, it.zh))
        }
    }
}

pub(super) fn holders_words(institution: &Institution, holders: &[Holder]) -> Words {
    let one = |holder: &Holder, language: Language| match holder {
        Holder::Body(body) => fact_words(institution, &Fact::Body(*body), language),
        Holder::Kind(kind) => kind.keyword().spelling(language).to_owned(),
    };
    Words::each(|language| listed(holders.iter().map(|holder| one(holder, language)).collect(), language))
}

pub(super) fn lead(institution: &Institution, procedure: &Procedure) -> Option<Words> {
    let words = match &procedure.lead.as_ref()?.0 {
        Lead::ByMandate => Words::new("whoever leads by mandate", "按职责牵头"),
        Lead::Performer(by) => performer(institution, by),
    };
    Some(Words::new("lead: ", "牵头：").and(&words))
}

pub(super) fn rung(institution: &Institution, rung: &Rung) -> Words {
    let condition = match &rung.condition {
        Condition::After(time) => {
            Words::new(format!("after {time}"), format!("{}后", time.in_words(Language::Zh)))
        }
        Condition::Share(share) => Words::new(format!("after {share}%"), format!("期限过{share}%")),
        Condition::Timeout => Words::new("on timeout", "超时"),
        Condition::Refusal => Words::new("on refusal", "拒绝"),
        Condition::Breach => Words::new("on breach", "违约"),
        Condition::When(region) => self::region(institution, region),
    };
    let to = performer(institution, &rung.to);
    let within = rung.within.map(within).map(|within| Words::same(" ").and(&within)).unwrap_or_default();
    let takes_over =
        if rung.takes_over { Words::new(" (may take over)", "（可接办）") } else { Words::default() };
    Words::new(format!("▲ {} → {}", condition.en, to.en), format!("▲ {} → {}", condition.zh, to.zh))
        .and(&within)
        .and(&takes_over)
}

pub(super) fn owe(institution: &Institution, owe: &Owe) -> Words {
    let creditors: Vec<Words> = owe.creditors.iter().map(|it| performer(institution, it)).collect();
    let to = Words::each(|language| {
        listed(creditors.iter().map(|it| it.of(language).to_owned()).collect(), language)
    });
    let (from, what) = (performer(institution, &owe.debtor), content(owe.content));
    Words::new(
        format!("◆ {} owes {} to {}", from.en, what.en, to.en),
        format!("◆ {}向{}：{}", from.zh, to.zh, what.zh),
    )
    .and(&Words::same(" "))
    .and(&within(owe.within))
}

pub(super) fn content(content: Content) -> Words {
    Words::each(|language| content.keyword().spelling(language).to_owned())
}

pub(super) fn powers(institution: &Institution, powers: &[PowerId]) -> Words {
    named(institution, &Fact::Powers(powers.to_vec()))
}

pub(super) fn resources(institution: &Institution, resources: &[ResourceId]) -> Words {
    Words::each(|language| {
        let one = |resource: &ResourceId| fact_words(institution, &Fact::Resource(*resource), language);
        listed(resources.iter().map(one).collect(), language)
    })
}

/// Who performs a step beside the first, and how many must agree.
pub(super) fn others(institution: &Institution, step: &Step) -> Option<Words> {
    let others: Vec<Words> =
        step.by.iter().skip(1).chain(&step.with).map(|(it, _)| performer(institution, it)).collect();
    if others.is_empty() {
        return None;
    }
    let names = Words::each(|language| {
        listed(others.iter().map(|it| it.of(language).to_owned()).collect(), language)
    });
    let quorum = match step.joint {
        None => Words::default(),
        Some((Quorum::All, _)) => Words::new(" (all must agree)", "（须一致）"),
        Some((Quorum::Majority, _)) => Words::new(" (majority)", "（过半数）"),
        Some((Quorum::Number(count), _)) => {
            Words::new(format!(" ({count} must agree)"), format!("（{count}方同意）"))
        }
    };
    Some(Words::new("with ", "会同").and(&names).and(&quorum))
}

/// An outcome that leads up the ladder, or to the step itself: no edge shows it.
pub(super) fn outcome_that_stays(outcome: &Outcome, is_itself: bool) -> Option<Words> {
    let name = Words::new(&outcome.head.name, outcome.head.label());
    match outcome.target {
        Some(Target::Escalate) => Some(name.and(&Words::new(" → escalate", " → 升级"))),
        None => Some(name.and(&Words::new(" → nowhere", " → 未规定去向"))),
        Some(_) if is_itself => Some(name.and(&Words::new(" → again", " → 重做"))),
        Some(_) => None,
    }
}
