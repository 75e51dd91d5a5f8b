//! `verify`: whether a journal is whole, and where it is not.

use std::path::{Path, PathBuf};

use clap::Args;

use super::desk::{Place, failed, rules, unusable};
use super::output::Output;
use super::who::Format;
use linkage_journal::engine::{Failure, Kept};
use linkage_journal::store::{Flaw, Hash, Journal, Sqlite, make_rows, verify};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// An end that was noted earlier: the journal must still hold it
    #[arg(long, value_name = "RECORD:HASH", value_parser = end)]
    end: Option<(u64, Hash)>,
    /// Make the lists again that follow from the records; records are never changed
    #[arg(long)]
    mend: bool,
    /// With --mend: put the text of these rules back, if the journal has lost it
    #[arg(long, value_name = "PATH", requires = "mend")]
    rules: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

fn end(text: &str) -> Result<(u64, Hash), String> {
    let parts = text.split_once(':');
    let read = parts.and_then(|(seq, hash)| Some((seq.parse().ok()?, hash.parse().ok()?)));
    read.ok_or_else(|| "write RECORD:HASH as `verify` prints it".to_owned())
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    verified(arguments, output).unwrap_or_else(|status| status)
}

fn verified(arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let unusable = |fault| unusable(&fault, output);
    let mut store = Sqlite::open(&arguments.place.path(output)?).map_err(unusable)?;
    let lost = arguments.rules.as_ref().map(|path| lost(path, &store, output)).transpose()?;
    if arguments.mend {
        store.begin().map_err(unusable)?;
        let mut made = make_rows(&mut store);
        if let Some((kept, text)) = &lost {
            made = made.and_then(|()| store.keep(&kept.hash, &kept.name, text));
        }
        let made = made.and_then(|()| store.commit());
        if made.is_err() {
            store.abort();
        }
        made.map_err(unusable)?;
    }
    let health = verify(&store, arguments.end).map_err(unusable)?;
    match arguments.format {
        Format::Json => output.json(&serde_json::json!({ "schema_version": 1, "health": health })),
        Format::Text => output.print(&linkage_report::verified(&health, output.language)),
    }
    Ok(u8::from(!health.flaws.is_empty()))
}

/// The rules of a package, with their text, if the journal needs it.
fn lost(path: &Path, store: &Sqlite, output: &Output) -> Result<(Kept, String), u8> {
    let text = rules(path, &super::amended::Amended::default(), output)?;
    let kept = Kept::of_text(&text).map_err(|fault| failed(&Failure::Rules(fault), None, "", output))?;
    let flaws = verify(store, None).map_err(|fault| unusable(&fault, output))?.flaws;
    if flaws.iter().any(|flaw| matches!(flaw, Flaw::Rules { hash } if *hash == kept.hash)) {
        return Ok((kept, text));
    }
    let (path, hash) = (path.display(), &kept.hash);
    Err(output.refuse(
        &format!("{path}: the journal has lost no rules of this text ({hash}); nothing was done"),
        &format!("{path}：日志并未缺失该文本的规则（{hash}）；未作任何操作"),
    ))
}
