//! `explain`: the page of a finding, or the list of all.

use clap::Args;

use super::output::Output;
use linkage_analysis::checks::{self, CHECKS};
use linkage_text::did_you_mean;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The code or name of a finding
    #[arg(required_unless_present = "list")]
    code: Option<String>,
    /// List all findings
    #[arg(long)]
    list: bool,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let Some(code) = arguments.code.as_ref().filter(|_| !arguments.list) else {
        output.print(&linkage_report::catalogue(output.language));
        return 0;
    };
    if let Some(check) = checks::find(code) {
        output.print(&linkage_report::explain(check, output.language));
        return 0;
    }
    let names = CHECKS.iter().flat_map(|check| [check.code, check.name]);
    let near = did_you_mean(code, names);
    let (en, zh) = near.map_or_else(Default::default, |near| {
        (format!("; did you mean `{near}`?"), format!("；是否指“{near}”？"))
    });
    output.refuse(
        &format!("no finding has the code or name `{code}`{en}; `linkage explain --list` lists them"),
        &format!("没有编号或名称为“{code}”的问题{zh}；用“linkage explain --list”查看全部"),
    )
}
