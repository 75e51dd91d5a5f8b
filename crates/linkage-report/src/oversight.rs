//! Supervising and chairing, in words.

use super::names::Names;
use super::terminal::visible;
use super::told::{Told, reasons};
use linkage_case::Happening;

/// Tells who supervises a case, and what supervisors and chairs do.
pub(super) fn tell(names: &Names<'_>, procedure: &str, actor: &str, what: &Happening) -> Told {
    let say = |en: String, zh: String| names.say(en, zh);
    let step = |name: &str| names.step(procedure, name);
    match what {
        Happening::Supervised { supervisors } if supervisors.is_empty() => {
            Told::plain(say("nobody supervises it any more".into(), "不再有督办单位".into()))
        }
        Happening::Supervised { supervisors: by } => {
            let who = names.charged(by);
            reasons(names, Told::plain(say(format!("supervised by {who}"), format!("由{who}督办"))), by)
        }
        Happening::Urged { step: name, to, reason, .. } => {
            let (title, to, reason) = (step(name), names.bodies(to), visible(reason));
            Told::plain(say(
                format!("{title}: {actor} urges {to}: {reason}"),
                format!("{title}：{actor}催办{to}：{reason}"),
            ))
        }
        Happening::ReportCalled { to, reason } => {
            let (to, reason) = (names.bodies(to), visible(reason));
            Told::plain(say(
                format!("{actor} calls for a report of {to}: {reason}"),
                format!("{actor}要求{to}报告：{reason}"),
            ))
        }
        Happening::Convened { step: name, to, text, .. } => {
            let (title, to, text) = (step(name), names.bodies(to), visible(text));
            Told::plain(say(
                format!("{title}: {actor} convenes {to}: {text}"),
                format!("{title}：{actor}召集{to}：{text}"),
            ))
        }
        Happening::TieMet { step: name, chair, outcomes, .. } => {
            let (title, chair) = (step(name), names.body(chair));
            let outcomes: Vec<String> =
                outcomes.iter().map(|outcome| names.outcome(procedure, name, outcome)).collect();
            let outcomes = outcomes.join(names.language.pick(", ", "、"));
            Told::plain(say(
                format!("{title}: the voices are even ({outcomes}); {chair} decides"),
                format!("{title}：意见相持（{outcomes}），由{chair}裁定"),
            ))
        }
        _ => Told::plain(String::new()),
    }
}
