//! `export`: a journal as lines of JSON.

use std::path::PathBuf;

use clap::Args;

use super::desk::{Place, unusable};
use super::output::Output;
use crate::report;
use crate::store::{Sqlite, export};

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
    let wrote = |out: &mut dyn std::io::Write| export(&store, arguments.persons, out).map(drop);
    let done = match &arguments.output {
        None => {
            wrote(&mut std::io::stdout().lock()).map_err(|fault| report::line_fault(&fault, output.language))
        }
        Some(path) => {
            return output
                .stream(path, |out| wrote(out).map_err(|fault| report::line_fault(&fault, output.language)))
                .map(|()| 0);
        }
    };
    done.map_err(|sentence| output.refuse(&sentence, &sentence)).map(|()| 0)
}
