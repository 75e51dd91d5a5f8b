//! `purge`: erase who a person is, where the time to keep it has passed or on request.

use clap::Args;

use super::desk::{Place, body, current, failed};
use super::output::Output;
use linkage_journal::engine::JournalRight;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Erase who is behind these handles, whatever the time [default: all whose time has passed]
    #[arg(long, value_name = "HANDLE", value_delimiter = ',')]
    handle: Vec<String>,
    /// The body that decides to erase before the time has passed
    #[arg(long = "as", value_name = "BODY", requires = "handle")]
    by: Option<String>,
    /// Only tell who would be erased
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    purged(arguments, output).unwrap_or_else(|status| status)
}

fn purged(arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let mut engine = arguments.place.open(output)?;
    let kept = current(&mut engine, output)?;
    let now = arguments.place.now_in(&engine, Some(&kept), output)?;
    let today = kept.rules().day(now);
    // What has had its time goes by itself; before that, somebody answers for it.
    let by = arguments.by.as_ref().map(|by| body(by, &kept, output)).transpose()?;
    if !arguments.handle.is_empty() && !arguments.dry_run {
        let by = by.clone().unwrap_or_default();
        let may = engine.permit(JournalRight::Purge, &by, now);
        may.map_err(|failure| failed(&failure, None, "", output))?;
    }
    let handles: Vec<ecow::EcoString> = arguments.handle.iter().map(Into::into).collect();
    let erased = engine.purge(&handles, today, by.as_ref(), now, arguments.dry_run);
    let erased = erased.map_err(|failure| failed(&failure, None, "", output))?;
    for handle in &erased {
        output.print(&format!("{handle}\n"));
    }
    let count = erased.len();
    output.print(&if arguments.dry_run {
        output.language.pick(format!("{count} would be erased\n"), format!("将删除{count}人的信息\n"))
    } else {
        let (en, zh) = ("erased; the journal stays whole", "人的信息；日志保持完好");
        output.language.pick(format!("{count} {en}\n"), format!("已删除{count}{zh}\n"))
    });
    Ok(0)
}
