//! `explain`: the page of a finding or of a keyword, or the list of all.

use clap::Args;

use super::output::Output;
use linkage_analysis::checks::{self, CHECKS};
use linkage_syntax::{Keyword, keywords_spelled};
use linkage_text::did_you_mean;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The code or name of a finding (D002), or a keyword of the language (mandate, 职责)
    #[arg(required_unless_present_any = ["list", "keywords"])]
    code: Option<String>,
    /// List all findings
    #[arg(long)]
    list: bool,
    /// List what a rule file can hold
    #[arg(long, conflicts_with = "list")]
    keywords: bool,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    if arguments.keywords {
        output.print(&linkage_report::declarations(output.language));
        return 0;
    }
    let Some(code) = arguments.code.as_ref().filter(|_| !arguments.list) else {
        output.print(&linkage_report::catalogue(output.language));
        return 0;
    };
    if let Some(check) = checks::find(code) {
        output.print(&linkage_report::explain(check, output.language));
        return 0;
    }
    let keywords = keywords_spelled(code);
    if !keywords.is_empty() {
        let pages: Vec<String> =
            keywords.into_iter().map(|it| linkage_report::explain_keyword(it, output.language)).collect();
        output.print(&pages.join("\n"));
        return 0;
    }
    let names = CHECKS.iter().flat_map(|check| [check.code, check.name]);
    let spellings = Keyword::ALL.iter().map(|keyword| keyword.spelling(output.language));
    let names = names.chain(spellings);
    let near = did_you_mean(code, names);
    let (en, zh) = near.map_or_else(Default::default, |near| {
        (format!("; did you mean `{near}`?"), format!("；是否指“{near}”？"))
    });
    output.refuse(
        &format!(
            "neither a finding nor a keyword is named `{code}`{en}; `linkage explain --list` and `--keywords` list them"
        ),
        &format!("没有名为“{code}”的问题或关键词{zh}；用“linkage explain --list”和“--keywords”查看全部"),
    )
}
