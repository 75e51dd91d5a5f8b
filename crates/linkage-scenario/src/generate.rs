//! Scenarios made from runs: what the executor does with a situation is written down with what came of it, so that
//! a later change which makes it otherwise is seen.

use ecow::EcoString;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_yaml::{Mapping, Value};

use super::probe::{End, probe};
use super::story::Story;
use linkage_case::{Facts, Happening, Rules};
use linkage_flow::{Run, Spot, Way};
use linkage_model::{NodeKind, Procedure};

/// A case to be written down.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// The procedure; none where the triggers tell.
    pub procedure: Option<EcoString>,
    /// What is known when it is opened.
    pub facts: Facts,
    /// When.
    pub start: Timestamp,
    /// How its steps end.
    pub ends: Vec<End>,
}

/// How the steps of a run end, for [`probe`].
pub fn ends_of(procedure: &Procedure, run: &Run) -> Vec<End> {
    let ends = run.iter().filter_map(|stride| {
        let (Spot::Node(node), Some(way)) = (stride.at, stride.way) else { return None };
        let node = &procedure.nodes[node.index()];
        let NodeKind::Step(step) = &node.kind else { return None };
        let end = match way {
            Way::Outcome(index) => step.outcomes.get(index)?.head.name.clone(),
            Way::Timeout => "timeout".into(),
            Way::Refusal => "refusal".into(),
            _ => return None,
        };
        Some(End { step: node.head.name.clone(), end })
    });
    ends.collect()
}

/// Plays a draft; the case of a table with what came of it, and the story. None where no case was opened or the
/// run can't be gone through: then there is nothing to hold on to.
pub fn written(rules: &Rules<'_>, zone: &TimeZone, draft: &Draft) -> Option<(Value, Story)> {
    let story = probe(rules, draft.procedure.clone(), &draft.facts, draft.start, &draft.ends);
    let first = story.case?;
    let case = story.world.case(first)?;
    let clock = |at: Timestamp| zone.to_datetime(at).strftime("%Y-%m-%dT%H:%M").to_string();
    let mut table = Mapping::new();
    let mut put = |key: &str, value: Value| drop(table.insert(key.into(), value));
    put("title", draft.title.as_str().into());
    if let Some(procedure) = &draft.procedure {
        put("procedure", procedure.as_str().into());
    }
    put("start", clock(story.from).into());
    put("facts", serde_yaml::to_value(&draft.facts).ok()?);
    let mut script = Vec::new();
    for event in story.events().filter(|event| event.case == first) {
        let mut line = Mapping::new();
        let (act, step, outcome) = match &event.what {
            Happening::Completed { step, outcome, .. } | Happening::Voiced { step, outcome, .. } => {
                ("done", step, Some(outcome))
            }
            Happening::Refused { step, .. } => ("refuse", step, None),
            _ => continue,
        };
        let Some(by) = &event.by else { continue };
        line.insert("at".into(), clock(event.at).into());
        line.insert("as".into(), by.as_str().into());
        line.insert("do".into(), act.into());
        line.insert("step".into(), step.as_str().into());
        match outcome {
            Some(outcome) => line.insert("outcome".into(), outcome.as_str().into()),
            None => line.insert("reason".into(), "-".into()),
        };
        script.push(Value::Mapping(line));
    }
    if !script.is_empty() {
        put("script", Value::Sequence(script));
    }
    put("until", clock(story.until).into());
    let happened = || story.events().filter(|event| event.case == first).map(|event| &event.what);
    let mut expect = Mapping::new();
    expect.insert("gap".into(), happened().any(|what| matches!(what, Happening::GapMet { .. })).into());
    expect
        .insert("overlap".into(), happened().any(|what| matches!(what, Happening::OverlapMet { .. })).into());
    let leads = case.lead.iter().flat_map(|lead| &lead.to).map(|to| Value::from(to.body.as_str()));
    expect.insert("lead".into(), Value::Sequence(leads.collect()));
    let steps = happened().filter_map(|what| match what {
        Happening::Assigned { step, .. } => Some(Value::from(step.as_str())),
        _ => None,
    });
    let close = (!case.is_open()).then(|| Value::from("close"));
    expect.insert("steps".into(), Value::Sequence(steps.chain(close).collect()));
    put("expect", Value::Mapping(expect));
    Some((Value::Mapping(table), story))
}
