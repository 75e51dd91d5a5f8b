//! Events as short lines, to be read in snapshots.

use ecow::EcoString;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::{Charged, Due, Event, Happening, Timed, Why};

/// One event: when, which case, who, what.
pub fn line(event: &Event, zone: &TimeZone) -> String {
    let at = clock(event.at, zone);
    let by = event.by.as_ref().map(|by| format!(" {by}:")).unwrap_or_default();
    format!("{at} {}{by} {}", event.case, what(&event.what, zone))
}

fn clock(at: Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(at).strftime("%m-%d %H:%M").to_string()
}

fn due(due: Option<&Due>, zone: &TimeZone) -> String {
    due.map(|due| format!(" due {}", clock(due.at, zone))).unwrap_or_default()
}

fn names(names: &[EcoString]) -> String {
    names.join(", ")
}

fn charged(all: &[Charged]) -> String {
    let one = |charged: &Charged| format!("{} ({})", charged.body, why(&charged.why));
    all.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn why(why: &Why) -> String {
    match why {
        Why::Named => "named".into(),
        Why::StandsFor { named } => format!("for {named}"),
        Why::Serves { area } => format!("serves {}", area.as_deref().unwrap_or("all")),
        Why::Kind { kind } => format!("kind {kind}"),
        Why::Mandate { mandate, basis, overrides, sharing } => {
            let mut parts = vec![mandate.to_string()];
            for cited in basis {
                let article = cited.article.as_deref().unwrap_or_default();
                parts.push(format!("{} {article}", cited.law).trim_end().into());
            }
            parts.extend(
                overrides.iter().map(|loser| format!("over {} by {:?}", loser.mandate, loser.reason)),
            );
            parts.extend(sharing.map(|sharing| format!("{sharing:?}")));
            parts.join(", ")
        }
        Why::Claims { mandate, .. } => format!("claims by {mandate}"),
        Why::Precedence { resolution } => format!("precedence {}", resolution.as_deref().unwrap_or("")),
        Why::FirstReceiver { resolution } => format!("first {}", resolution.as_deref().unwrap_or("receiver")),
        Why::Agreed => "agreed".into(),
        Why::Designated { by } => format!("designated by {by}"),
        Why::Supports { by } => format!("supports by {by}"),
        Why::Superior { of } => format!("superior of {}", names(of)),
        Why::Reported => "reported".into(),
        Why::Supervises { by } => format!("supervises by {by}"),
        Why::Chairs => "chairs".into(),
        Why::HandedOver { by } => format!("from {by}"),
        Why::Took => "took".into(),
        Why::Fallback { cause } => format!("fallback: {cause:?}"),
    }
}

fn what(what: &Happening, zone: &TimeZone) -> String {
    match what {
        Happening::Opened { procedure, because, due: whole, .. } => match because {
            crate::Cause::Report => format!("opened {procedure}{}", due(whole.as_ref(), zone)),
            other => format!("opened {procedure} {}", serde_json::to_string(other).expect("writes")),
        },
        Happening::Led { to, standby, .. } if standby.is_empty() => format!("led by {}", charged(to)),
        Happening::Led { to, standby, .. } => format!("led by {}, then {}", charged(to), charged(standby)),
        Happening::OverlapMet { claims, resolution } => {
            format!("overlap: {} {}", charged(claims), resolution.as_deref().unwrap_or("")).trim_end().into()
        }
        Happening::ForumOpened { forum, claimants, deciders, until, .. } => {
            let deciders =
                if deciders.is_empty() { String::new() } else { format!(" by {}", names(deciders)) };
            format!("forum {forum:?} of {}{deciders}{}", names(claimants), due(until.as_ref(), zone))
        }
        Happening::Assigned { step, to, with, due: own, mode, .. } => {
            let with = if with.is_empty() { String::new() } else { format!(" with {}", names(with)) };
            let mode = if *mode == crate::Mode::Any { String::new() } else { format!(" {mode:?}") };
            format!("assigned {step} to {}{with}{mode}{}", charged(to), due(own.as_ref(), zone))
        }
        Happening::Reassigned { step, to, .. } => format!("reassigned {step} to {}", charged(to)),
        Happening::Completed { step, outcome, late, .. } => {
            format!("done {step}: {outcome}{}", if *late { ", late" } else { "" })
        }
        Happening::TimedOut { what, .. } => match what {
            Timed::Case => "timed out".into(),
            Timed::Step { step, .. } => format!("timed out {step}"),
            Timed::Rung { step, rung, .. } => format!("timed out {step} rung {}", rung.number),
            Timed::Block { block } => format!("timed out block {block}"),
            Timed::Call { node, .. } => format!("timed out call {node}"),
        },
        Happening::Escalated { step, rung, to, does, due: own, holds, .. } => {
            let of = step.as_ref().map(|step| format!(" {step}")).unwrap_or_default();
            let does = does.as_ref().map(|does| format!(" \"{does}\"")).unwrap_or_default();
            let holds = if *holds { ", who has it" } else { "" };
            format!(
                "escalated{of} rung {} to {}{does}{holds}{}",
                rung.number,
                charged(to),
                due(own.as_ref(), zone)
            )
        }
        Happening::ObligationArisen { name, content, debtors, creditors, due: own, channel, .. } => {
            let channel = channel.as_ref().map(|name| format!(" by channel {name}")).unwrap_or_default();
            let (from, to) = (names(debtors), names(creditors));
            format!("owed {name}: {content:?} from {from} to {to}{channel}{}", due(own.as_ref(), zone))
        }
        Happening::Closed { solved, told, obligations, basis, unmet } => {
            let basis: Vec<&str> = basis.iter().map(|cited| cited.law.as_str()).collect();
            let solved = match solved {
                Some(true) => "closed solved",
                Some(false) => "closed unsolved",
                None => "closed",
            };
            let parts = [
                ("told", names(told)),
                ("owed", names(obligations)),
                ("basis", basis.join(", ")),
                ("unmet", names(unmet)),
            ];
            let parts = parts.iter().filter(|(_, list)| !list.is_empty());
            parts.fold(solved.to_owned(), |text, (word, list)| format!("{text}; {word} {list}"))
        }
        Happening::Told { to, of, due: own } => {
            let of = of.as_ref().map(|of| format!(" of {of}")).unwrap_or_default();
            format!("told {}{of}{}", names(to), due(own.as_ref(), zone))
        }
        Happening::BlockEntered { block, branches, due: own } => {
            format!("entered {block}: {}{}", names(branches), due(own.as_ref(), zone))
        }
        Happening::Called { node, procedure, due: own, .. } => {
            format!("called {procedure} at {node}{}", due(own.as_ref(), zone))
        }
        Happening::NoForum { claimants, forum } => format!("no forum {forum:?} of {}", names(claimants)),
        Happening::Withdrawn { step, ended, .. } => format!("withdrawn {step}: {ended:?}"),
        Happening::Refused { step, reason, .. } => format!("refused {step}: {reason}"),
        Happening::HandedOver { step, to, reason, back, .. } => {
            format!("handed {step} {} to {to}: {reason}", if *back { "back" } else { "over" })
        }
        Happening::ObligationBreached { name, .. } => format!("breached {name}"),
        Happening::ObligationDischarged { name, late, .. } => {
            format!("discharged {name}{}", if *late { ", late" } else { "" })
        }
        other => short(other),
    }
}

/// The other events: their name and what they hold, without what is empty.
fn short(what: &Happening) -> String {
    let value = serde_json::to_value(what).expect("writes");
    let mut parts = vec![value["event"].as_str().unwrap_or_default().replace('_', " ")];
    for (key, value) in value.as_object().into_iter().flatten() {
        let known = matches!(key.as_str(), "event" | "number" | "rule_days");
        let nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !known && !nothing && *value != serde_json::Value::Bool(false) {
            parts.push(value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        }
    }
    parts.join(" ")
}
