//! `graph`: a picture of the rules.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::clock::today;
use super::output::Output;
use super::who::not_understood;
use linkage_model::Institution;
use linkage_package::{load, understand};
use linkage_report::{PictureFormat, Subject};
use linkage_text::did_you_mean;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder of the package, or one rule file
    #[arg(default_value = ".")]
    path: PathBuf,
    /// What to draw: procedure:NAME, bodies, delegations, channels, obligations or matters
    #[arg(long, value_name = "WHAT")]
    of: String,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "svg")]
    format: Format,
    /// Write it to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Svg,
    Dot,
    Mermaid,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    // Pictures show what is declared: no day changes them.
    let analysis = match load(&arguments.path) {
        Ok(package) => understand(package, today()),
        Err(error) => return output.unreadable(&error),
    };
    if let Some(status) = not_understood(&analysis, output) {
        return status;
    }
    let institution = analysis.institution();
    let subject = match subject(institution, &arguments.of) {
        Ok(subject) => subject,
        Err((en, zh)) => return output.refuse(&en, &zh),
    };
    let format = match arguments.format {
        Format::Svg => PictureFormat::Svg,
        Format::Dot => PictureFormat::Dot,
        Format::Mermaid => PictureFormat::Mermaid,
    };
    let drawn = linkage_report::drawn(institution, subject, format, output.language);
    match &arguments.output {
        Some(path) => output.write(path, &drawn).err().unwrap_or(0),
        None => {
            output.print(&drawn);
            0
        }
    }
}

/// What a picture is asked of.
fn subject(institution: &Institution, text: &str) -> Result<Subject, (String, String)> {
    const PLAIN: [(&str, Subject); 5] = [
        ("bodies", Subject::Bodies),
        ("delegations", Subject::Delegations),
        ("channels", Subject::Channels),
        ("obligations", Subject::Obligations),
        ("matters", Subject::Matters),
    ];
    let Some(name) = text.strip_prefix("procedure:") else {
        let known = PLAIN.iter().find(|(name, _)| *name == text);
        return known.map(|(_, subject)| *subject).ok_or_else(|| {
            (
                format!("there is no picture of `{text}`; there is procedure:NAME, bodies, delegations, channels, obligations, matters"),
                format!("没有“{text}”的图；可用 procedure:名称、bodies、delegations、channels、obligations、matters"),
            )
        });
    };
    let mut titled =
        institution.procedures().filter(|(_, own)| own.head.name == name || own.head.label() == name);
    if let Some((id, _)) = titled.next() {
        return Ok(Subject::Procedure(id));
    }
    let known: Vec<&str> = institution.procedures.iter().map(|own| own.head.name.as_str()).collect();
    let (en, zh) = match did_you_mean(name, known.iter().copied()) {
        Some(near) => (format!("; did you mean `{near}`?"), format!("；是否指“{near}”？")),
        None => {
            let some = &known[..known.len().min(12)];
            (format!("; there is {}", some.join(", ")), format!("；现有{}", some.join("、")))
        }
    };
    Err((format!("no procedure is named `{name}`{en}"), format!("没有名为“{name}”的程序{zh}")))
}
