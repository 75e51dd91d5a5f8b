//! What bodies draw from one another, owe one another and tell, in words.

use super::names::Names;
use super::terminal::visible;
use super::told::{Told, obligation};
use crate::case::Happening;

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
        Happening::Drawn { resource, channel, from, to, .. } => {
            let (resource, channel) = (names.resource(resource), names.channel(channel));
            let (from, to) = (names.bodies(from), names.body(to));
            Told::plain(say(
                format!("{to} gets {resource} from {from} through {channel}"),
                format!("{to}经“{channel}”自{from}取得{resource}"),
            ))
        }
        Happening::NoChannel { resource, body, .. } => {
            let (resource, body) = (names.resource(resource), names.body(body));
            Told::plain(say(
                format!("no channel brings {resource} to {body}"),
                format!("没有渠道使{body}取得{resource}"),
            ))
        }
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
        Happening::Published { what, due } => {
            let what = visible(what);
            let told = Told::plain(say(format!("to be published: {what}"), format!("应公开：{what}")));
            match due {
                Some(due) => told.with(names.due(due)),
                None => told,
            }
        }
        _ => Told::plain(String::new()),
    }
}
