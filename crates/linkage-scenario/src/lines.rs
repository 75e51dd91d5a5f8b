//! Reading the script: who does what when.

use ecow::{EcoString, eco_format};
use serde_yaml::Value;

use super::fault::Fact;
use super::scenario::{Line, When};
use super::value::Reader;
use linkage_calendar::Duration;
use linkage_case::{CaseId, Cited, Order, REPORTER};
use linkage_text::did_you_mean;
use linkage_text::yaml::{KeyReader, Keys, below};

/// What can be done.
pub(super) const ACTS: [&str; 20] = [
    "open",
    "ack",
    "done",
    "refuse",
    "hand_over",
    "note",
    "fact",
    "discharge",
    "take",
    "designate",
    "reopen",
    "suspend",
    "resume",
    "extend",
    "deny",
    "supersede",
    "urge",
    "call_report",
    "convene",
    "event",
];
/// The keys that every line may have.
const COMMON: [&str; 5] = ["at", "as", "do", "case", "refused"];
/// The case that a script speaks of unless it names another: the one that the scenario opens.
const FIRST: CaseId = CaseId(1);

impl Reader {
    pub fn script(&mut self, value: Option<&Value>, start: Option<jiff::civil::DateTime>) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut before = start;
        for (at, entry) in self.list(value, "script").into_iter().enumerate() {
            let path = format!("script[{at}]");
            let Some(line) = self.line(entry, &path) else { continue };
            if let Some(start) = start {
                let clock = line.at.on_the_clock(start);
                self.in_order(entry, &path, start, before, clock);
                before = before.max(clock);
            }
            lines.push(line);
        }
        lines
    }

    fn in_order(
        &mut self,
        entry: &Value,
        path: &str,
        start: jiff::civil::DateTime,
        before: Option<jiff::civil::DateTime>,
        clock: Option<jiff::civil::DateTime>,
    ) {
        let text = entry.get("at").and_then(Value::as_str).unwrap_or_default().to_owned();
        match clock {
            None => self.blame(below(path, "at"), Fact::Moment(text)),
            Some(clock) if clock < start => self.blame(below(path, "at"), Fact::BeforeStart(text)),
            Some(clock) if Some(clock) < before => self.blame(below(path, "at"), Fact::OutOfOrder(text)),
            Some(_) => {}
        }
    }

    fn line(&mut self, entry: &Value, path: &str) -> Option<Line> {
        // What may be written depends on what is done, so that is read first.
        let word = entry.get("do").and_then(Value::as_str).unwrap_or_default();
        let act = ACTS.into_iter().find(|act| *act == word);
        let own: &[&'static str] = match act {
            Some("ack" | "take" | "reopen") => &["step"],
            Some("done") => &["step", "outcome"],
            Some("refuse" | "deny" | "urge") => &["step", "reason"],
            Some("hand_over") => &["step", "to", "reason"],
            Some("designate") => &["step", "to"],
            Some("call_report") => &["reason"],
            Some("convene") => &["step", "text"],
            Some("note") => &["text"],
            Some("fact") => &["facts"],
            Some("discharge") => &["obligation"],
            Some("suspend") => &["reason", "basis"],
            Some("resume") => &[],
            Some("extend") => &["step", "more", "reason", "basis"],
            Some("supersede") => &["step", "within", "reason", "basis"],
            Some("event") => &["event", "facts"],
            Some("open") => &["procedure", "facts"],
            _ => &["step", "outcome", "reason", "to", "text", "facts", "obligation", "event"],
        };
        let known: Vec<&'static str> = COMMON.iter().chain(own).copied().collect();
        let keys = self.keys(entry, path, &known)?;
        let at = self.needed(&keys, path, "at").and_then(|value| self.when(value, &below(path, "at")));
        let by = self.needed_text(&keys, path, "as");
        let refused = self.truth(&keys, path, "refused").unwrap_or(false);
        let case = self.case(&keys, path).unwrap_or(FIRST);
        let Some(act) = act else {
            if let Some(word) = self.needed_text(&keys, path, "do") {
                let near = did_you_mean(&word, ACTS);
                let near = ACTS.into_iter().find(|act| Some(*act) == near);
                self.blame(below(path, "do"), Fact::UnknownAct(word.into(), near));
            }
            return None;
        };
        let order = match act {
            "open" => self.opening(by.as_ref(), &keys, path),
            _ => self.order(act, case, &keys, path),
        };
        let at: When = at?;
        Some(Line { at, by: by?, order: order?, refused })
    }

    fn order(&mut self, act: &str, case: CaseId, keys: &Keys<'_>, path: &str) -> Option<Order> {
        let step = self.optional_text(keys, path, "step");
        Some(match act {
            "ack" => Order::Ack { case, step },
            "take" => Order::Take { case, step },
            "reopen" => Order::Reopen { case, step },
            "done" => Order::Done { case, step, outcome: self.needed_text(keys, path, "outcome")? },
            "refuse" => {
                let reason = self.optional_text(keys, path, "reason").unwrap_or_default();
                Order::Refuse { case, step, reason }
            }
            "hand_over" => {
                let reason = self.optional_text(keys, path, "reason").unwrap_or_default();
                Order::HandOver { case, step, to: self.needed_text(keys, path, "to")?, reason }
            }
            "designate" => Order::Designate { case, step, to: self.needed_text(keys, path, "to")? },
            "urge" => Order::Urge { case, step, reason: self.needed_text(keys, path, "reason")? },
            "call_report" => Order::CallReport { case, reason: self.needed_text(keys, path, "reason")? },
            "convene" => Order::Convene { case, step, text: self.needed_text(keys, path, "text")? },
            "note" => Order::Note { case, text: self.needed_text(keys, path, "text")? },
            "suspend" => {
                let (reason, basis) = (self.needed_text(keys, path, "reason")?, self.basis(keys, path));
                Order::Suspend { case, reason, basis }
            }
            "resume" => Order::Resume { case },
            "extend" => {
                let more = self.optional_text(keys, path, "more").map(|text| in_english(&text));
                let (reason, basis) = (self.needed_text(keys, path, "reason")?, self.basis(keys, path));
                Order::Extend { case, step, more, reason, basis }
            }
            "deny" => Order::Deny { case, step, reason: self.needed_text(keys, path, "reason")? },
            "supersede" => {
                let within = in_english(&self.needed_text(keys, path, "within")?);
                let (reason, basis) = (self.needed_text(keys, path, "reason")?, self.basis(keys, path));
                Order::Supersede { case, step, within, reason, basis }
            }
            "discharge" => Order::Discharge { case, obligation: self.needed_text(keys, path, "obligation")? },
            "fact" => {
                let value = self.needed(keys, path, "facts")?;
                Order::Fact { case, facts: self.facts(value, &below(path, "facts")) }
            }
            _ => {
                let facts = keys.get("facts").map(|value| self.facts(value, &below(path, "facts")));
                let event = self.needed_text(keys, path, "event")?;
                Order::Raise { event, case: Some(case), facts: facts.unwrap_or_default() }
            }
        })
    }

    /// Another case is opened.
    fn opening(&mut self, by: Option<&EcoString>, keys: &Keys<'_>, path: &str) -> Option<Order> {
        let facts = self.needed(keys, path, "facts")?;
        let facts = self.facts(facts, &below(path, "facts"));
        let procedure = self.optional_text(keys, path, "procedure");
        let reporter = by.filter(|by| *by == REPORTER).cloned();
        Some(Order::Open { procedure, facts, reporter })
    }

    /// One law, or a list of them.
    fn basis(&mut self, keys: &Keys<'_>, path: &str) -> Vec<Cited> {
        let path = below(path, "basis");
        let texts = match keys.get("basis") {
            None => Vec::new(),
            Some(value @ Value::Sequence(_)) => self.names(value, &path),
            Some(value) => self.text(value, &path).into_iter().collect(),
        };
        texts.iter().map(|text| Cited::read(text)).collect()
    }
}

/// An amount of time as commands keep it; what can't be read is left for the rules to refuse.
fn in_english(text: &EcoString) -> EcoString {
    Duration::read_words(text).map_or_else(|| text.clone(), |duration| eco_format!("{duration}"))
}
