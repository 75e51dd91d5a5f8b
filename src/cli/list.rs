//! `list`: what a package declares, by name and title, so that commands and rules can name it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::output::Output;
use super::who::{Format, not_understood};
use linkage_model::{Head, Institution, NodeKind, Taxonomy};
use linkage_package::{Analysis, load, understand};
use linkage_report::visible;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What to list
    kind: Listed,
    /// The folder of the package, or one rule file
    #[arg(default_value = ".")]
    path: PathBuf,
    /// How to print the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Listed {
    Areas,
    Matters,
    Attributes,
    Laws,
    Bodies,
    Powers,
    Mandates,
    Resources,
    Channels,
    Procedures,
    Steps,
    Outcomes,
    Obligations,
    Amendments,
}

/// A declaration of a package.
#[derive(Debug, Serialize)]
struct ListedItem {
    /// What names it: nodes of trees by their path, steps behind their procedure, outcomes behind their step.
    name: String,
    /// Its title, where it has one.
    title: Option<String>,
    /// The file and the line where it is declared.
    file: String,
    line: usize,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let package = match load(&arguments.path) {
        Ok(package) => package,
        Err(error) => return output.unreadable(&error),
    };
    let analysis = understand(package, super::clock::today());
    if let Some(status) = not_understood(&analysis, output) {
        return status;
    }
    let items = listed(arguments.kind, &analysis);
    match arguments.format {
        Format::Json => output.json(&items),
        Format::Text if items.is_empty() => {
            output.print(output.language.pick("none is declared\n", "没有申明\n"));
        }
        Format::Text => {
            let width = items.iter().map(|item| item.name.width()).max().unwrap_or(0);
            for ListedItem { name, title, .. } in &items {
                let title = title.as_deref().map(visible).unwrap_or_default();
                let gap = " ".repeat(width - name.width());
                output.print(&format!("{}\n", format!("{name}{gap}  {title}").trim_end()));
            }
        }
    }
    0
}

fn listed(kind: Listed, analysis: &Analysis) -> Vec<ListedItem> {
    let institution = analysis.institution();
    let item = |name: String, head: &Head| {
        let source = analysis.package.sources.get(head.span.source);
        ListedItem {
            name,
            title: head.title.as_ref().map(ToString::to_string),
            file: source.name.clone(),
            line: source.position(head.span.start).line,
        }
    };
    let plain = |head: &Head| item(head.name.to_string(), head);
    let nodes = |taxonomy: &Taxonomy| -> Vec<ListedItem> {
        let nodes = taxonomy.tree.nodes().skip(1);
        nodes.map(|(node, _)| item(taxonomy.path(node), taxonomy.head(node))).collect()
    };
    match kind {
        Listed::Areas => nodes(&institution.areas),
        Listed::Matters => nodes(&institution.matters),
        Listed::Attributes => institution.attributes.iter().map(|it| plain(&it.head)).collect(),
        Listed::Laws => institution.laws.iter().map(|it| plain(&it.head)).collect(),
        Listed::Bodies => institution.bodies().map(|(_, it)| plain(&it.head)).collect(),
        Listed::Powers => institution.powers().map(|(_, it)| plain(&it.head)).collect(),
        Listed::Mandates => institution.mandates().map(|(_, it)| plain(&it.head)).collect(),
        Listed::Resources => institution.resources().map(|(_, it)| plain(&it.head)).collect(),
        Listed::Channels => institution.channels().map(|(_, it)| plain(&it.head)).collect(),
        Listed::Procedures => institution.procedures().map(|(_, it)| plain(&it.head)).collect(),
        Listed::Amendments => institution.amendments.iter().map(|it| plain(&it.head)).collect(),
        Listed::Steps => of_steps(institution, |step, head, _| vec![item(step, head)]),
        Listed::Outcomes => of_steps(institution, |step, _, node| {
            let outcomes = match node {
                NodeKind::Step(step) => &step.outcomes[..],
                _ => &[],
            };
            outcomes.iter().map(|it| item(format!("{step}.{}", it.head.name), &it.head)).collect()
        }),
        Listed::Obligations => institution
            .procedures()
            .flat_map(|(_, it)| it.owes.iter().map(|owe| (&it.head.name, &owe.head)))
            .map(|(procedure, head)| item(format!("{procedure}.{}", head.name), head))
            .collect(),
    }
}

fn of_steps(
    institution: &Institution,
    mut told: impl FnMut(String, &Head, &NodeKind) -> Vec<ListedItem>,
) -> Vec<ListedItem> {
    let procedures = institution.procedures();
    procedures
        .flat_map(|(_, procedure)| procedure.nodes.iter().map(move |node| (&procedure.head.name, node)))
        .flat_map(|(procedure, node)| told(format!("{procedure}.{}", node.head.name), &node.head, &node.kind))
        .collect()
}
