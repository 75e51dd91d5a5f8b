//! `export`: a journal as lines of JSON.

use std::path::PathBuf;

use clap::Args;

use super::desk::{Place, unusable};
use super::output::Output;
use linkage_journal::store::{Sqlite, export};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Write to a file, whole or not at all [default: standard output]
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// With who is behind the handles: personal data
    #[arg(long)]
    persons: bool,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    exported(arguments, output).unwrap_or_else(|status| status)
}

fn exported(arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let store = Sqlite::open(&arguments.place.path(output)?).map_err(|fault| unusable(&fault, output))?;
    let mut all = true;
    let mut wrote = |out: &mut dyn std::io::Write| {
        all = export(&store, arguments.persons, out)
            .map_err(|fault| linkage_report::line_fault(&fault, output.language))?;
        Ok(())
    };
    match &arguments.output {
        None => wrote(&mut std::io::stdout().lock())
            .map_err(|sentence: String| output.refuse(&sentence, &sentence))?,
        Some(path) => output.stream(path, wrote)?,
    }
    if !all {
        output.complain(output.language.pick(
            "warning: rules or persons that are gone, altered or damaged were left out; `verify` tells more, and `verify --mend --rules PACKAGE` puts rules back\n",
            "警告：缺失、被改动或损坏的规则或个人信息未导出；可用“verify”查看，用“verify --mend --rules 规则包”补回规则\n",
        ));
    }
    Ok(0)
}
