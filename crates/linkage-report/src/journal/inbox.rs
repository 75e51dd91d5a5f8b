//! What waits for a body, by what is due first, with the working time that is left.

use std::fmt::Write;

use ecow::EcoString;
use jiff::Timestamp;
use serde::Serialize;

use super::super::names::Names;
use linkage_calendar::working_time_between;
use linkage_case::{Case, Facts};
use linkage_journal::engine::Kept;
use linkage_journal::store::{How, Work};
use linkage_text::Language;

/// One thing that waits.
#[derive(Debug, Serialize)]
pub struct Inbox {
    /// The step that waits, for whom, until when.
    #[serde(flatten)]
    pub work: Work,
    /// Minutes of working time until it is due; none if no time is set, 0 when it has passed.
    pub working_minutes_left: Option<u64>,
    /// The same by the clock.
    pub minutes_left: Option<u64>,
    /// Whether its time has passed.
    pub overdue: bool,
    /// What is known of the case but for its time: matter, place, severity and so on.
    pub facts: Facts,
    /// Who leads the case, or claims to.
    pub lead: Vec<EcoString>,
    /// Whether these only claim it.
    pub disputed: bool,
    /// Since when the clock of the case stands; none while it runs.
    pub clock_stands_since: Option<Timestamp>,
    /// When it runs again by itself, if the rules bound how long it may stand.
    pub clock_stands_until: Option<Timestamp>,
}

/// What waits, with what is left of its time at an instant; `case` is the one that it belongs to.
pub fn inbox(work: Work, kept: &Kept, now: Timestamp, case: Option<&Case>) -> Inbox {
    let institution = &kept.institution;
    let of_time = [institution.day_axis(), institution.time_axis()];
    let of_time = of_time.map(|axis| institution.space.dimensions[axis].name.clone());
    let mut facts = case.map(|case| Facts::clone(&case.facts)).unwrap_or_default();
    facts.retain(|name, _| !of_time.contains(name));
    let lead = case.and_then(|case| case.lead.as_ref());
    let disputed = lead.is_some_and(|lead| lead.dispute.is_some());
    let lead = lead.into_iter().flat_map(|lead| &lead.to).map(|charged| charged.body.clone()).collect();
    let stood = case.and_then(Case::suspended);
    let clock_stands_since = stood.map(|stood| stood.from);
    let clock_stands_until = stood.and_then(|stood| stood.until);
    let by_clock = |due: Timestamp| u64::try_from(due.duration_since(now).as_mins()).unwrap_or(0);
    Inbox {
        overdue: work.due.is_some_and(|due| due <= now),
        working_minutes_left: work.due.map(|due| working_time_between(now, due, &kept.calendar)),
        minutes_left: work.due.map(by_clock),
        work,
        facts,
        lead,
        disputed,
        clock_stands_since,
        clock_stands_until,
    }
}

/// One line a thing.
pub fn inbox_text(inbox: &Inbox, kept: &Kept, with_body: bool, language: Language) -> String {
    let names = Names { institution: &kept.institution, zone: kept.calendar.zone(), language };
    let Inbox {
        work,
        working_minutes_left,
        minutes_left,
        overdue,
        facts,
        lead,
        disputed,
        clock_stands_since,
        clock_stands_until,
    } = inbox;
    let due = work.due.map_or_else(|| "-".to_owned(), |due| names.end(due));
    let told = |minutes: u64| {
        let (hours, minutes) = (minutes / 60, minutes % 60);
        names.say(format!("{hours}h{minutes:02}m"), format!("{hours}时{minutes:02}分"))
    };
    let left = match (working_minutes_left, minutes_left) {
        _ if *overdue => language.pick("overdue", "逾期").to_owned(),
        // What is due before the next working time is in a hurry, and yet not late.
        (Some(0), Some(minutes)) => {
            let minutes = told(*minutes);
            names.say(format!("({minutes})"), format!("（{minutes}）"))
        }
        (Some(minutes), _) => told(*minutes),
        (None, _) => "-".to_owned(),
    };
    let how = match work.how {
        How::Charged => language.pick("to do", "待办"),
        How::Acknowledged => language.pick("acknowledged", "已签收"),
        How::Offered => language.pick("to be taken", "待接收"),
        How::Joint => language.pick("your word is awaited", "待表态"),
        How::Asked => language.pick("more time is asked of you", "待决定延期"),
        How::Told => language.pick("escalated to you", "已升级"),
        How::Supervises => language.pick("supervised by you", "由你督办"),
        How::Chairs => language.pick("chaired by you", "由你主持"),
        How::Decides => language.pick("several claim it: you say who has it", "管辖争议：由你指定"),
        How::Owes => language.pick("owed by you", "由你履行"),
    };
    let procedure = names.procedure(&work.procedure);
    let step = if work.step.is_empty() {
        language.pick("the case", "案件").to_owned()
    } else if work.how == How::Owes {
        names.owed(&work.step)
    } else {
        names.step(&work.procedure, &work.step)
    };
    let body = if with_body { format!("  {}", names.body(&work.body)) } else { String::new() };
    let mut out = String::new();
    let _ =
        writeln!(out, "{due:<16}  {left:>8}  {:<6} {step} ({procedure}){body}  {how}", work.case.to_string());
    let mut about: Vec<String> = Vec::new();
    if !facts.is_empty() {
        about.push(names.facts(facts));
    }
    if !lead.is_empty() {
        let lead = names.bodies(lead);
        about.push(if *disputed {
            names.say(format!("claimed by {lead}"), format!("牵头未定：{lead}"))
        } else {
            names.say(format!("led by {lead}"), format!("牵头：{lead}"))
        });
    }
    if let Some(since) = clock_stands_since {
        let since = names.instant(*since);
        let until = clock_stands_until.map(|until| names.end(until));
        let until = until.map_or(String::new(), |until| {
            names.say(format!(", until {until} at the latest"), format!("，至迟{until}"))
        });
        about.push(
            names
                .say(format!("the clock stands since {since}{until}"), format!("自{since}起中止计时{until}")),
        );
    }
    if !about.is_empty() {
        let _ = writeln!(out, "{:<16}  {:>8}         {}", "", "", about.join(language.pick("; ", "；")));
    }
    out
}
