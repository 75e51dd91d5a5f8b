//! `certify`: check a certificate that `check --certificate` wrote.

use std::path::PathBuf;

use clap::Args;

use super::output::Output;
use linkage_certify::{Certificate, check};
use linkage_package::read_text;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The certificate
    file: PathBuf,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let text = match read_text(&arguments.file) {
        Ok(text) => text,
        Err(error) => return output.unreadable(&error),
    };
    let paper: Certificate = match serde_json::from_str(&text) {
        Ok(paper) => paper,
        Err(error) => {
            let path = arguments.file.display();
            return output.refuse(
                &format!("{path}: not a certificate ({error})"),
                &format!("{path}：不是核验文件（{error}）"),
            );
        }
    };
    let faults = check(&paper);
    output.print(&linkage_report::certified(&paper, &faults, output.language));
    u8::from(!faults.is_empty())
}
