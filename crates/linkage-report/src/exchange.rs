//! What bodies draw from one another, owe one another and tell, in words.

use super::names::Names;
use super::terminal::visible;
use super::told::{Told, obligation};
use linkage_case::{Happening, OutOfReach};
use linkage_syntax::Keyword;
use linkage_text::Language;

/// Tells what was drawn, owed, told or published in a case.
pub(super) fn tell(names: &Names<'_>, actor: &str, what: &Happening) -> Told {
    let say = |en: String, zh: String| names.say(en, zh);
    match what {
        Happening::ObligationArisen { name, title, debtors, creditors, due, channel, basis, .. } => {
            let what = obligation(names, name, title.as_deref());
            let (from, to) = (names.bodies(debtors), names.bodies(creditors));
            let mut told = Told::plain(say(
                format!("{from} now owes {to}: {what}"),
                format!("{from}应向{to}履行：{what}"),
            ));
            if let Some(channel) = channel {
                let channel = names.channel(channel);
                told = told.with(say(format!("in return for {channel}"), format!("因使用渠道“{channel}”")));
            }
            if !basis.is_empty() {
                let cited = names.cited(basis);
                told = told.with(say(format!("on {cited}"), format!("依据{cited}")));
            }
            match due {
                Some(due) => told.with(names.due(due)),
                None => told,
            }
        }
        Happening::ObligationDischarged { name, late, .. } => {
            let name = names.owed(name);
            let late = if *late { names.language.pick(", late", "（逾期）") } else { "" };
            Told::plain(say(
                format!("{actor} has done what it owed: {name}{late}"),
                format!("{actor}已履行：{name}{late}"),
            ))
        }
        Happening::ObligationBreached { name, .. } => {
            let name = names.owed(name);
            Told::plain(say(format!("not done in time: {name}"), format!("逾期未履行：{name}")))
        }
        Happening::Drawn { .. } | Happening::NoChannel { .. } => drawn(names, what),
        Happening::Told { to, of, due } => {
            let to = names.bodies(to);
            let told = Told::plain(match of {
                Some(of) => {
                    let of = names.owed(of);
                    say(format!("{to} is told of the breach of {of}"), format!("告知{to}：{of}逾期未履行"))
                }
                None => say(format!("{to} is told"), format!("告知{to}")),
            });
            match due {
                Some(due) => told.with(names.due(due)),
                None => told,
            }
        }
        Happening::NobodyTold { role, of } => {
            let role = names.body(role);
            Told::plain(match of {
                Some(of) => {
                    let of = names.owed(of);
                    say(
                        format!("nobody is told of the breach of {of}: nobody answers to {role}"),
                        format!("{of}逾期未履行，无人可告知：没有主体对应“{role}”"),
                    )
                }
                None => say(
                    format!("nobody is told: nobody answers to {role}"),
                    format!("无人可告知：没有主体对应“{role}”"),
                ),
            })
        }
        Happening::Published { what, due, basis } => {
            let what = visible(what);
            let mut told = Told::plain(say(format!("to be published: {what}"), format!("应公开：{what}")));
            if !basis.is_empty() {
                let cited = names.cited(basis);
                told = told.with(say(format!("on {cited}"), format!("依据{cited}")));
            }
            match due {
                Some(due) => told.with(names.due(due)),
                None => told,
            }
        }
        _ => Told::plain(String::new()),
    }
}

/// Tells what was drawn through a channel, or why nothing came.
fn drawn(names: &Names<'_>, what: &Happening) -> Told {
    let say = |en: String, zh: String| names.say(en, zh);
    match what {
        Happening::Drawn { resource, channel, from, to, mode, purposes, basis, .. } => {
            let (resource, channel) = (names.resource(resource), names.channel(channel));
            let (from, to) = (names.bodies(from), names.body(to));
            let mut told = Told::plain(say(
                format!("{to} gets {resource} from {from} through {channel}"),
                format!("{to}经“{channel}”自{from}取得{resource}"),
            ));
            if let Some(mode) = mode {
                let known = Keyword::ALL.iter().find(|own| own.spelling(Language::En) == mode);
                let mode = known.map_or(mode.as_str(), |own| own.spelling(names.language)).replace('_', " ");
                told = told.with(say(format!("by {mode}"), format!("方式：{mode}")));
            }
            if !purposes.is_empty() {
                let purposes = visible(&purposes.join(names.language.pick(", ", "、")));
                told = told.with(say(format!("for {purposes}"), format!("目的：{purposes}")));
            }
            if !basis.is_empty() {
                let cited = names.cited(basis);
                told = told.with(say(format!("on {cited}"), format!("依据{cited}")));
            }
            told
        }
        Happening::NoChannel { resource, body, why, channels, .. } => {
            let (resource, body) = (names.resource(resource), names.body(body));
            let channels: Vec<String> = channels.iter().map(|name| names.channel(name)).collect();
            let channels = channels.join(names.language.pick(", ", "、"));
            Told::plain(match why {
                OutOfReach::NoChannel => say(
                    format!("no channel brings {resource} to {body}"),
                    format!("没有渠道使{body}取得{resource}"),
                ),
                OutOfReach::Unlawful => say(
                    format!(
                        "{body} may not get {resource}: {channels} has no basis in force or another purpose"
                    ),
                    format!("{body}不得取得{resource}：“{channels}”依据失效或目的不符"),
                ),
                OutOfReach::Closed => say(
                    format!("{body} can't get {resource} now: {channels} is not open at this hour"),
                    format!("{body}此时无法取得{resource}：“{channels}”不在开放时段"),
                ),
                OutOfReach::Elsewhere => say(
                    format!("{body} can't use {resource} here: it serves elsewhere"),
                    format!("{body}在此处不能使用{resource}：不在其可用区域"),
                ),
            })
        }
        _ => Told::plain(String::new()),
    }
}
