//! `backup`: a copy of a journal as it stands, while others go on writing.

use std::path::PathBuf;

use clap::Args;

use super::desk::{Place, unusable};
use super::output::Output;
use linkage_journal::store::{Journal, Sqlite};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file to write; it must not be there yet
    to: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let copied = arguments.place.path(output).and_then(|path| {
        let store = Sqlite::open(&path).map_err(|fault| unusable(&fault, output))?;
        store.backup(&arguments.to).map_err(|fault| unusable(&fault, output))?;
        let copy = Sqlite::open(&arguments.to).map_err(|fault| unusable(&fault, output))?;
        copy.head().map_err(|fault| unusable(&fault, output))
    });
    match copied {
        Ok(head) => {
            let (to, seq) = (arguments.to.display(), head.seq);
            output.print(&output.language.pick(
                format!("{to}: {seq} records, up to {}\n", head.hash),
                format!("{to}：{seq}条记录，至{}\n", head.hash),
            ));
            0
        }
        Err(status) => status,
    }
}
