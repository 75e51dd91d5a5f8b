//! `fmt`: bring rule files to their canonical form.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Lang;
use super::output::Output;
use linkage_package::{read_text, rule_files};
use linkage_syntax::{FormatError, Keywords, format};
use linkage_text::{Language, Source, Sources};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folders or rule files; `-` reads standard input and writes to standard output
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Change nothing; exit with status 1 if a file is not in canonical form
    #[arg(long)]
    check: bool,
    /// Spell all keywords in this language
    #[arg(long, value_name = "LANG")]
    keywords: Option<Lang>,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let keywords = match arguments.keywords {
        None => Keywords::Kept,
        Some(Lang::En) => Keywords::All(Language::En),
        Some(Lang::Zh) => Keywords::All(Language::Zh),
    };
    let mut status = 0;
    for path in &arguments.paths {
        if path.as_os_str() == "-" {
            status = status.max(standard_input(keywords, arguments.check, output));
            continue;
        }
        match rule_files(path) {
            Ok(files) => {
                for file in files {
                    status = status.max(one(&file, keywords, arguments.check, output));
                }
            }
            Err(error) => status = output.unreadable(&error),
        }
    }
    status
}

fn standard_input(keywords: Keywords, check: bool, output: &Output) -> u8 {
    let mut text = String::new();
    if let Err(error) = std::io::stdin().read_to_string(&mut text) {
        return output.refuse(&format!("standard input: {error}"), &format!("标准输入：{error}"));
    }
    match formatted("-", &text, keywords, output) {
        Ok(formatted) if check => u8::from(formatted != text),
        Ok(formatted) => {
            output.print(&formatted);
            0
        }
        Err(status) => status,
    }
}

fn one(file: &Path, keywords: Keywords, check: bool, output: &Output) -> u8 {
    let text = match read_text(file) {
        Ok(text) => text,
        Err(error) => return output.unreadable(&error),
    };
    let formatted = match formatted(&file.display().to_string(), &text, keywords, output) {
        Ok(formatted) => formatted,
        Err(status) => return status,
    };
    if formatted == text {
        return 0;
    }
    let shown = file.display();
    if check {
        output.print(&match output.language {
            Language::En => format!("{shown}: not in canonical form\n"),
            Language::Zh => format!("{shown}：不是规范格式\n"),
        });
        return 1;
    }
    match output.write(file, &formatted) {
        Ok(()) => {
            output.print(&match output.language {
                Language::En => format!("{shown}: formatted\n"),
                Language::Zh => format!("{shown}：已排版\n"),
            });
            0
        }
        Err(status) => status,
    }
}

fn formatted(name: &str, text: &str, keywords: Keywords, output: &Output) -> Result<String, u8> {
    format(text, keywords).map_err(|error| match error {
        FormatError::Syntax(errors) => {
            let mut sources = Sources::default();
            sources.add(Source::new(name, text));
            for error in &errors {
                let diagnostic = linkage_report::syntax_words(error, text, output.language);
                output.complain(&format!("{}\n", output.terminal().render(&sources, &diagnostic)));
            }
            output.refuse(
                &format!("{name}: has errors and is left as it is"),
                &format!("{name}：有错误，未作改动"),
            )
        }
        FormatError::Changed => output.refuse(
            &format!("{name}: the formatted text would not say the same; the file is left as it is. This is a defect of the formatter: please report it with the file"),
            &format!("{name}：排版结果与原文含义不同，文件未改动。这是排版程序的缺陷，请连同文件报告"),
        ),
    })
}
