//! `completions` and `man`: made from the same description of the commands as the help.

use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::output::Output;

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// For which shell
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder to write the pages to
    folder: PathBuf,
}

pub(super) fn completions(arguments: &Completions, output: &Output) -> u8 {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "linkage", &mut text);
    output.print(&String::from_utf8_lossy(&text));
    0
}

pub(super) fn man(arguments: &Man, output: &Output) -> u8 {
    if let Err(status) = output.folder(&arguments.folder) {
        return status;
    }
    let mut whole = super::Arguments::command();
    whole.build();
    let mut waiting = vec![whole];
    while let Some(command) = waiting.pop() {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        let mut page = Vec::new();
        if let Err(error) = clap_mangen::Man::new(command.clone()).render(&mut page) {
            return output.refuse(&format!("{name}: {error}"), &format!("{name}：{error}"));
        }
        let path = arguments.folder.join(format!("{name}.1"));
        if let Err(status) = output.write(&path, &String::from_utf8_lossy(&page)) {
            return status;
        }
        waiting.extend(command.get_subcommands().filter(|own| own.get_name() != "help").cloned());
    }
    0
}
