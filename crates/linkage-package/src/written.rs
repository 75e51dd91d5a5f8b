//! A package as one text: its files and its calendar to the letter, so that it can be kept with what was
//! decided by it. Where it lay is no part of it: the same rules are the same text wherever they are read from.

use std::path::Path;

use ecow::EcoString;
use serde::{Deserialize, Serialize};

use super::Package;
use super::load::content_hash;
use linkage_analysis::checks::Levels;
use linkage_calendar::Calendar;
use linkage_syntax::parse;
use linkage_text::{Source, Sources};

#[derive(Serialize, Deserialize)]
struct Written {
    name: String,
    title: Option<String>,
    calendar: Option<String>,
    files: Vec<(String, String)>,
    /// Without any, the text is as it was before there were amendments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    adopted: Vec<EcoString>,
}

impl Package {
    /// The package as one text.
    pub fn written(&self) -> String {
        let file = |source: &Source| (self.shown(&source.name), source.text.clone());
        let written = Written {
            name: self.name.clone(),
            title: self.title.clone(),
            calendar: self.calendar_text.clone(),
            files: self.files.iter().map(|(id, _)| file(self.sources.get(*id))).collect(),
            adopted: self.adopted.clone(),
        };
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// The package of such a text.
    ///
    /// # Errors
    /// The text is none, or its calendar can't be understood; why, in English.
    pub fn of_written(text: &str) -> Result<Self, String> {
        let written: Written = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let calendar = match &written.calendar {
            None => Calendar::standard(),
            Some(text) => Calendar::from_yaml(text)
                .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?,
        };
        let mut sources = Sources::default();
        let mut files = Vec::new();
        for (name, text) in written.files {
            let id = sources.add(Source::new(name, text.as_str()));
            files.push((id, parse(id, &text)));
        }
        let hash = content_hash(&sources);
        let package = Self {
            path: written.name.clone().into(),
            name: written.name,
            title: written.title,
            sources,
            files,
            calendar,
            calendar_text: written.calendar,
            levels: Levels::default(),
            adopted: Vec::new(),
            hash,
        };
        package.adopt(&written.adopted).map_err(|error| error.to_string())
    }

    /// The name of a file within the package; of one outside, its own.
    fn shown(&self, name: &str) -> String {
        let path = Path::new(name);
        let within = path.strip_prefix(&self.path).ok().filter(|within| within.file_name().is_some());
        let own = within.or_else(|| path.file_name().map(Path::new)).unwrap_or(path);
        own.to_string_lossy().replace('\\', "/")
    }
}
