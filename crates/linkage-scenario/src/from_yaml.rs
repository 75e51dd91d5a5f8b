//! From YAML to a scenario, or everything that is wrong with it.

use serde_yaml::Value;

use super::fault::{Fact, ScenarioFault};
use super::scenario::{ClosedAs, Expectation, ExpectedEscalation, ExpectedObligation, Scenario};
use super::value::Reader;
use linkage_case::{REPORTER, Status};
use linkage_text::yaml::{KeyReader, below};

const TOP: [&str; 10] =
    ["title", "rules", "procedure", "start", "facts", "reporter", "script", "until", "scheduled", "expect"];
const EXPECT: [&str; 10] =
    ["opened", "lead", "reason", "steps", "closed", "due", "escalations", "obligations", "gap", "overlap"];
const STATUS: [&str; 3] = ["open", "discharged", "breached"];

impl Scenario {
    /// Reads a scenario, or says everything that is wrong with it.
    pub fn from_yaml(text: &str) -> Result<Self, Vec<ScenarioFault>> {
        let mut reader = Reader::default();
        let value: Value = match serde_yaml::from_str(text) {
            Ok(value) => value,
            Err(error) => {
                reader.blame("", Fact::NotYaml(error.to_string()));
                return Err(reader.faults);
            }
        };
        match reader.scenario(&value) {
            Some(scenario) if reader.faults.is_empty() => Ok(scenario),
            _ => Err(reader.faults),
        }
    }
}

impl Reader {
    fn scenario(&mut self, value: &Value) -> Option<Scenario> {
        let keys = self.keys(value, "", &TOP)?;
        let start = self.needed(&keys, "", "start").and_then(|value| self.time(value, "start"));
        let facts = self.needed(&keys, "", "facts").map(|value| self.facts(value, "facts"));
        let script = self.script(keys.get("script").copied(), start);
        let until = keys.get("until").and_then(|value| self.when(value, "until"));
        if let (Some(start), Some(until)) = (start, until) {
            let last = script.last().map_or(Some(start), |line| line.at.on_the_clock(start));
            let end = until.on_the_clock(start);
            let text = keys.get("until").and_then(|value| value.as_str()).unwrap_or_default();
            if end < last {
                self.blame("until", Fact::OutOfOrder(text.into()));
            }
        }
        let reporter = match keys.get("reporter") {
            // Somebody reports, unless it is said that nobody does.
            None => Some(REPORTER.into()),
            Some(Value::Bool(false) | Value::Null) => None,
            Some(value) => self.text(value, "reporter"),
        };
        let expect = keys.get("expect").map(|value| self.expectation(value)).unwrap_or_default();
        Some(Scenario {
            title: self.optional_text(&keys, "", "title"),
            rules: self.optional_text(&keys, "", "rules"),
            procedure: self.optional_text(&keys, "", "procedure"),
            start: start?,
            facts: facts?,
            reporter,
            script,
            until,
            scheduled: self.truth(&keys, "", "scheduled").unwrap_or(false),
            expect,
        })
    }

    fn expectation(&mut self, value: &Value) -> Expectation {
        let path = "expect";
        let Some(keys) = self.keys(value, path, &EXPECT) else { return Expectation::default() };
        let lead = keys.get("lead").map(|value| match value {
            Value::Sequence(_) => self.names(value, "expect.lead"),
            _ => self.text(value, "expect.lead").into_iter().collect(),
        });
        let mut expect = Expectation {
            lead,
            steps: keys.get("steps").map(|value| self.names(value, "expect.steps")),
            opened: self.truth(&keys, path, "opened"),
            reason: self.optional_text(&keys, path, "reason"),
            gap: self.truth(&keys, path, "gap"),
            overlap: self.truth(&keys, path, "overlap"),
            ..Expectation::default()
        };
        if let Some(word) = self.optional_text(&keys, path, "closed") {
            expect.closed = ClosedAs::of_word(&word);
            if expect.closed.is_none() {
                self.blame("expect.closed", Fact::Choice(word.into(), &ClosedAs::WORDS));
            }
        }
        if let Some(value) = keys.get("due") {
            for (step, value) in self.entries(value, "expect.due").unwrap_or_default() {
                if let Some(due) = self.time(value, &below("expect.due", &step)) {
                    expect.due.insert(step.into(), due);
                }
            }
        }
        if let Some(value) = keys.get("escalations") {
            expect.escalations = Some(self.escalations(value));
        }
        if let Some(value) = keys.get("obligations") {
            expect.obligations = self.obligations(value);
        }
        expect
    }

    fn escalations(&mut self, value: &Value) -> Vec<ExpectedEscalation> {
        let mut escalations = Vec::new();
        for (at, entry) in self.list(Some(value), "expect.escalations").into_iter().enumerate() {
            let path = format!("expect.escalations[{at}]");
            let Some(keys) = self.keys(entry, &path, &["step", "to"]) else { continue };
            let (step, to) = (self.needed_text(&keys, &path, "step"), self.needed_text(&keys, &path, "to"));
            escalations.extend(step.zip(to).map(|(step, to)| ExpectedEscalation { step, to }));
        }
        escalations
    }

    fn obligations(&mut self, value: &Value) -> Vec<ExpectedObligation> {
        let mut obligations = Vec::new();
        for (at, entry) in self.list(Some(value), "expect.obligations").into_iter().enumerate() {
            let path = format!("expect.obligations[{at}]");
            let Some(keys) = self.keys(entry, &path, &["name", "status"]) else { continue };
            let name = self.needed_text(&keys, &path, "name");
            let Some(word) = self.needed_text(&keys, &path, "status") else { continue };
            let status = match word.as_str() {
                "open" => Status::Open,
                "discharged" => Status::Discharged,
                "breached" => Status::Breached,
                _ => {
                    self.blame(below(&path, "status"), Fact::Choice(word.into(), &STATUS));
                    continue;
                }
            };
            obligations.extend(name.map(|name| ExpectedObligation { name, status }));
        }
        obligations
    }
}
