//! Situations in YAML, of a file or of standard input: facts by name, and perhaps the procedure; one, or a list.

use std::io::Read;
use std::path::Path;

use ecow::EcoString;
use serde_yaml::Value;

use super::output::Output;
use super::titles;
use linkage_case::{Fact, Facts};
use linkage_journal::engine::Kept;
use linkage_model::Institution;
use linkage_package::read_text;

/// What a case is opened with.
#[derive(Debug, Clone)]
pub(super) struct Situation {
    /// The procedure, where it is named.
    pub procedure: Option<EcoString>,
    /// What is known.
    pub facts: Facts,
}

impl Situation {
    /// The same, with what another says where this one says nothing.
    pub(super) fn over(self, other: &Self) -> Self {
        let mut facts = other.facts.clone();
        facts.extend(self.facts);
        Self { procedure: self.procedure.or_else(|| other.procedure.clone()), facts }
    }

    /// The same, by the names that the rules use.
    pub(super) fn by_name(self, institution: &Institution) -> Self {
        let procedure = self.procedure.map(|text| titles::procedure(&text, institution));
        Self { procedure, facts: titles::facts(self.facts, institution) }
    }
}

/// What is wrong with a situation.
enum Wrong {
    /// It is no facts by name.
    NoFacts,
    /// The value of a fact is of no kind that facts have.
    Value(String),
}

/// Reads them (`-`: standard input); nothing is opened if one of them can't be read.
pub(super) fn situations(path: &Path, kept: &Kept, output: &Output) -> Result<Vec<Situation>, u8> {
    let text = if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(|error| {
            output.refuse(&format!("standard input: {error}"), &format!("标准输入：{error}"))
        })?;
        text
    } else {
        read_text(path).map_err(|error| output.unreadable(&error))?
    };
    let shown = path.display();
    let refuse = |en: String, zh: String| {
        output.refuse(
            &format!("{shown}: {en}; write facts by name, such as `matter: hazard.fire`"),
            &format!("{shown}：{zh}；请按“名称: 值”写明事实，例如matter: hazard.fire"),
        )
    };
    let value: Value =
        serde_yaml::from_str(&text).map_err(|error| refuse(error.to_string(), error.to_string()))?;
    let all = match value {
        Value::Sequence(all) => all,
        one => vec![one],
    };
    // An attribute of the rules may have the name.
    let names_procedure = kept.institution.space.find("procedure").is_none();
    let read = |(at, value): (usize, Value)| {
        situation(value, names_procedure).map_err(|wrong| match wrong {
            Wrong::NoFacts => refuse(format!("[{at}] holds no facts"), format!("[{at}]没有事实")),
            Wrong::Value(name) => refuse(
                format!("[{at}] `{name}` is neither a text nor a whole number nor true or false"),
                format!("[{at}]“{name}”不是文字、整数或true、false"),
            ),
        })
    };
    all.into_iter().enumerate().map(read).collect()
}

fn situation(value: Value, names_procedure: bool) -> Result<Situation, Wrong> {
    let Value::Mapping(keys) = value else { return Err(Wrong::NoFacts) };
    let mut read = Situation { procedure: None, facts: Facts::new() };
    for (name, value) in keys {
        let name = name.as_str().ok_or(Wrong::NoFacts)?.to_owned();
        let fact = match value {
            Value::String(text) if names_procedure && name == "procedure" => {
                read.procedure = Some(text.trim().into());
                continue;
            }
            Value::Bool(truth) => Fact::Truth(truth),
            Value::Number(number) => match number.as_i64() {
                Some(number) => Fact::Number(number),
                None => return Err(Wrong::Value(name)),
            },
            Value::String(text) => Fact::Text(text.trim().into()),
            _ => return Err(Wrong::Value(name)),
        };
        read.facts.insert(name.into(), fact);
    }
    Ok(read)
}
