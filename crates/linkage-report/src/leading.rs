//! Who leads a case, and how it is settled where several claim it, in words.

use super::names::Names;
use super::told::{Told, reasons};
use linkage_case::{Charged, ForumKind, Happening, Mode, NoLead, Together, Unled};

/// Tells what happened to the lead of a case.
pub(super) fn tell(names: &Names<'_>, actor: &str, what: &Happening) -> Told {
    let say = |en: String, zh: String| names.say(en, zh);
    match what {
        Happening::Led { to, standby, together, .. } => led(names, to, standby, together),
        Happening::GapMet { because } if because.is_empty() => Told::plain(say(
            "a gap: no mandate names a lead for this situation".into(),
            "遇到空白：没有职责规定由谁牵头".into(),
        )),
        Happening::GapMet { because } => {
            let told = Told::plain(say(
                "a gap: nobody is left to lead this situation".into(),
                "遇到空白：没有可以牵头的主体".into(),
            ));
            because.iter().fold(told, |told, unled| told.with(unled_words(names, unled)))
        }
        Happening::OverlapMet { claims, resolution } => {
            let who = names.charged(claims);
            let told = Told::plain(say(
                format!("an overlap: {who} claim the lead, and no rule decides"),
                format!("遇到交叉：{who}均主张牵头，且没有规则裁断"),
            ));
            let told = reasons(names, told, claims);
            match resolution {
                Some(resolution) => {
                    let by = names.resolution(resolution);
                    told.with(say(format!("to be settled by {by}"), format!("由“{by}”解决")))
                }
                None => told.with(say(
                    "to be settled by the forum of the package".into(),
                    "按本机制的争议解决规则处理".into(),
                )),
            }
        }
        Happening::ForumOpened { forum, claimants, deciders, until, .. } => {
            let who = names.bodies(claimants);
            let sentence = match forum {
                ForumKind::FirstReceiver => say(
                    format!("forum: the first of {who} to take it keeps it"),
                    format!("解决途径：首接负责，{who}先接者负责"),
                ),
                ForumKind::Agree => {
                    say(format!("forum: {who} are to agree"), format!("解决途径：由{who}协商"))
                }
                ForumKind::Superior | ForumKind::Coordinator => {
                    let deciders = names.bodies(deciders);
                    say(
                        format!("forum: {deciders} is to designate one of {who}"),
                        format!("解决途径：由{deciders}在{who}中指定"),
                    )
                }
                ForumKind::Precedence => {
                    say("forum: the declared order decides".into(), "解决途径：按规定的先后顺序".into())
                }
            };
            let told = Told::plain(sentence);
            match until {
                Some(until) => told.with(names.due(until)),
                None => told,
            }
        }
        Happening::Proposed { to } => {
            let to = names.body(to);
            Told::plain(say(format!("{actor} proposes {to}"), format!("{actor}提议由{to}牵头")))
        }
        Happening::ForumEnded { .. } => Told::plain(say(
            "the time of this forum passed without an answer".into(),
            "该途径期满，未有结果".into(),
        )),
        Happening::NoForum { claimants, forum } => {
            let who = names.bodies(claimants);
            Told::plain(match forum {
                Some(ForumKind::Superior) => say(
                    format!("no forum: {who} have no common superior"),
                    format!("没有解决途径：{who}没有共同上级"),
                ),
                Some(_) => say(
                    format!("no forum: what the rules name can't settle it between {who}"),
                    format!("没有解决途径：规定的途径无法适用于{who}"),
                ),
                None => say(format!("no forum is left for {who}"), format!("{who}的解决途径已尽")),
            })
        }
        _ => Told::plain(String::new()),
    }
}

/// Why a mandate names nobody who leads, as `who` says it.
fn unled_words(names: &Names<'_>, unled: &Unled) -> String {
    let mandate = names.mandate(&unled.mandate);
    match &unled.why {
        NoLead::Excluded { bodies, by } => {
            let (who, by) = (names.bodies(bodies), names.exclusion(by));
            names.say(
                format!("not {who}: {mandate} names it, and {by} forbids it to act here"),
                format!("{who}虽由“{mandate}”列明，但“{by}”规定其不得在此办理"),
            )
        }
        NoLead::Unfilled { slots } => {
            let slots = names.bodies(slots);
            names.say(
                format!("{mandate} waits for {slots} to be named here"),
                format!("“{mandate}”在此等待指定{slots}"),
            )
        }
        NoLead::OutOfTime => {
            names.say(format!("{mandate} is not in force"), format!("“{mandate}”不在有效期内"))
        }
        NoLead::NoBasisInForce => {
            names.say(format!("the basis of {mandate} is not in force"), format!("“{mandate}”的依据无效"))
        }
        NoLead::NamesNobody => {
            names.say(format!("{mandate} names nobody to lead"), format!("“{mandate}”未列明牵头主体"))
        }
    }
}

fn led(names: &Names<'_>, to: &[Charged], standby: &[Charged], together: &[Together]) -> Told {
    let say = |en: String, zh: String| names.say(en, zh);
    let told =
        Told::plain(say(format!("led by {}", names.charged(to)), format!("牵头：{}", names.charged(to))));
    let told = reasons(names, told, to);
    if standby.is_empty() {
        return told;
    }
    let line = names.charged(standby);
    let told = told.with(say(format!("next in line: {line}"), format!("替补：{line}")));
    together.iter().fold(told, |told, group| {
        let who = names.bodies(&group.bodies);
        told.with(match group.mode {
            Mode::Joint { .. } => say(format!("of these {who} act together"), format!("其中{who}共同办理")),
            Mode::Any | Mode::Offered => {
                say(format!("of these each of {who} may act"), format!("其中{who}各自可以办理"))
            }
        })
    })
}
