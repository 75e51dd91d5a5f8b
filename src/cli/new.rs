//! `new`: a package to begin with, that passes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::output::Output;
use linkage_text::Language;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder to make; it may be there, if it is empty
    folder: PathBuf,
    /// What to begin with
    #[arg(long, value_name = "TEMPLATE", default_value = "town")]
    template: Template,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Template {
    /// Bodies, laws, mandates and a procedure with its scenario
    Town,
    /// A table of who leads what, without procedures
    Agency,
    /// One body and one mandate
    Empty,
}

impl Template {
    fn rules(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Town, Language::En) => include_str!("new/town.en.linkage"),
            (Self::Town, Language::Zh) => include_str!("new/town.zh.linkage"),
            (Self::Agency, Language::En) => include_str!("new/agency.en.linkage"),
            (Self::Agency, Language::Zh) => include_str!("new/agency.zh.linkage"),
            (Self::Empty, Language::En) => include_str!("new/empty.en.linkage"),
            (Self::Empty, Language::Zh) => include_str!("new/empty.zh.linkage"),
        }
    }

    /// A scenario that the procedure of the template passes.
    fn scenario(self, language: Language) -> Option<&'static str> {
        match self {
            Self::Town => {
                Some(language.pick(include_str!("new/town.en.yaml"), include_str!("new/town.zh.yaml")))
            }
            Self::Agency | Self::Empty => None,
        }
    }
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    make(arguments, output).map_or_else(|status| status, |()| 0)
}

fn make(arguments: &Arguments, output: &Output) -> Result<(), u8> {
    let (folder, language) = (&arguments.folder, output.language);
    let name = std::path::absolute(folder)
        .unwrap_or_else(|_| folder.clone())
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "rules".into());
    #[expect(clippy::disallowed_methods, reason = "a folder that holds something is not written into")]
    let holds_something = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if holds_something || folder.is_file() {
        let shown = folder.display();
        return Err(output.refuse(
            &format!("{shown} is there already and not empty; name another folder"),
            &format!("{shown}已存在且不为空；请换一个文件夹"),
        ));
    }
    let manifest = format!("name: {}\nlanguage: 1\n", serde_json::to_string(&name).unwrap_or(name));
    let mut files = vec![
        ("linkage.yaml", manifest),
        ("rules.linkage", arguments.template.rules(language).to_owned()),
        (".github/workflows/rules.yml", include_str!("new/workflow.yml").to_owned()),
    ];
    if let Some(scenario) = arguments.template.scenario(language) {
        files.push(("scenarios/first.yaml", scenario.to_owned()));
    }
    for (file, text) in &files {
        let path = folder.join(file);
        if let Some(parent) = path.parent() {
            output.folder(parent)?;
        }
        output.write(&path, text)?;
    }
    let shown = folder.display();
    let made: Vec<String> = files.iter().map(|(file, _)| format!("  {shown}/{file}")).collect();
    let made = made.join("\n");
    let next = match (arguments.template, language) {
        (Template::Town, Language::En) => format!("next: linkage check {shown}; linkage test {shown}\n"),
        (Template::Town, Language::Zh) => format!("接下来：linkage check {shown}；linkage test {shown}\n"),
        (_, Language::En) => format!("next: linkage check {shown}\n"),
        (_, Language::Zh) => format!("接下来：linkage check {shown}\n"),
    };
    output.print(&format!("{made}\n{next}"));
    Ok(())
}
