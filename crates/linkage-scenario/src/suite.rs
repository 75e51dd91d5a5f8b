//! Tables of cases: one file, one beginning, many variants. What a case does not say it has from the one above.
//!
//! ```yaml
//! rules: ..
//! start: 2026-11-23T09:00
//! facts: { area: grid_01 }
//! cases:
//!   - { title: night, facts: { time: 22:30 }, cases: [ … ] }
//! ```

use ecow::EcoString;
use serde_yaml::{Mapping, Value};

use super::fault::{Fact, ScenarioFault, Wanted};
use super::scenario::Scenario;

/// Deeper no table that people write is nested.
const DEEPEST: usize = 20;

/// One case of a table, or the only one of a file.
#[derive(Debug)]
pub struct Entry {
    /// The titles from the top of the file down.
    pub titles: Vec<EcoString>,
    /// Why it is not to be run, if so.
    pub skip: Option<EcoString>,
    /// The scenario, or what is wrong with it; paths are those of the file.
    pub scenario: Result<Box<Scenario>, Vec<ScenarioFault>>,
}

/// The cases of a file, in its order.
///
/// # Errors
/// The text is not YAML, or the table is no table.
pub fn entries(text: &str) -> Result<Vec<Entry>, Vec<ScenarioFault>> {
    let blame = |path: &str, fact: Fact| vec![ScenarioFault { path: path.into(), fact }];
    let value: Value =
        serde_yaml::from_str(text).map_err(|error| blame("", Fact::NotYaml(error.to_string())))?;
    let Value::Mapping(top) = value else { return Err(blame("", Fact::Shape(Wanted::Mapping))) };
    let mut found = Vec::new();
    let mut faults = Vec::new();
    unfold(&top, "", &[], &mut found, &mut faults);
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn unfold(
    case: &Mapping,
    path: &str,
    titles: &[EcoString],
    found: &mut Vec<Entry>,
    faults: &mut Vec<ScenarioFault>,
) {
    let mut case = case.clone();
    let mut titles = titles.to_vec();
    titles.extend(case.get("title").and_then(Value::as_str).map(EcoString::from));
    let Some(cases) = case.remove("cases") else {
        found.push(entry(case, path, titles));
        return;
    };
    let Value::Sequence(cases) = cases else {
        faults.push(ScenarioFault { path: below(path, "cases"), fact: Fact::Shape(Wanted::List) });
        return;
    };
    case.remove("title");
    for (at, inner) in cases.iter().enumerate() {
        let path = format!("{}[{at}]", below(path, "cases"));
        match inner {
            Value::Mapping(inner) if path.matches("cases[").count() <= DEEPEST => {
                unfold(&merged(&case, inner), &path, &titles, found, faults);
            }
            _ => faults.push(ScenarioFault { path, fact: Fact::Shape(Wanted::Mapping) }),
        }
    }
}

/// What the outer case says, with what the inner says instead or beside it.
fn merged(outer: &Mapping, inner: &Mapping) -> Mapping {
    let mut all = outer.clone();
    for (key, value) in inner {
        let both = match (all.get(key), value) {
            (Some(Value::Mapping(before)), Value::Mapping(own)) => Value::Mapping(merged(before, own)),
            _ => value.clone(),
        };
        all.insert(key.clone(), both);
    }
    all
}

fn entry(mut case: Mapping, path: &str, titles: Vec<EcoString>) -> Entry {
    let skip = case.remove("skip").and_then(|value| match value {
        Value::Bool(false) | Value::Null => None,
        Value::String(reason) => Some(reason.into()),
        _ => Some(EcoString::new()),
    });
    let text = serde_yaml::to_string(&Value::Mapping(case)).unwrap_or_default();
    let scenario = Scenario::from_yaml(&text).map(Box::new).map_err(|faults| {
        let within = |fault: ScenarioFault| ScenarioFault { path: below(path, &fault.path), ..fault };
        faults.into_iter().map(within).collect()
    });
    Entry { titles, skip, scenario }
}

fn below(path: &str, key: &str) -> String {
    match (path, key) {
        ("", key) => key.into(),
        (path, "") => path.into(),
        (path, key) => format!("{path}.{key}"),
    }
}
