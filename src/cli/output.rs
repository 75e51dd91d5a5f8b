//! Where output goes: standard output, standard error, files; in which language and with which colours.

use std::cell::RefCell;
use std::io::{IsTerminal, Write};
use std::path::Path;

use super::Color;
use linkage_package::LoadError;
use linkage_report::Terminal;
use linkage_text::Language;

/// How this run speaks.
pub(super) struct Output {
    pub language: Language,
    colour: bool,
    /// Why standard output could not be written first, if it could not.
    lost: RefCell<Option<std::io::Error>>,
}

impl Output {
    pub(super) fn new(language: Language, color: Color) -> Self {
        let colour = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => std::io::stdout().is_terminal() && environment("NO_COLOR").is_none(),
        };
        Self { language, colour, lost: RefCell::new(None) }
    }

    pub(super) fn terminal(&self) -> Terminal {
        let columns = environment("COLUMNS").and_then(|columns| columns.parse().ok());
        Terminal {
            language: self.language,
            colour: self.colour,
            width: columns.unwrap_or(100).clamp(40, 400),
        }
    }

    /// Writes to standard output; what could not be written is told at the [end](Output::status).
    pub(super) fn print(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            self.lost.borrow_mut().get_or_insert(error);
        }
    }

    /// Whether nobody gets what is printed any more.
    pub(super) fn is_lost(&self) -> bool {
        self.lost.borrow().is_some()
    }

    /// The status of the run: 2 where its output could not be written, as on a full disk. A reader that went away is no
    /// error: it has read what it wanted.
    pub(super) fn status(&self, status: u8) -> u8 {
        match &*self.lost.borrow() {
            Some(error) if error.kind() != std::io::ErrorKind::BrokenPipe => self.refuse(
                &format!(
                    "the output could not be written: {error}; what was to be done is done, only not told"
                ),
                &format!("输出无法写入：{error}；操作本身已完成，只是未能显示"),
            ),
            _ => status,
        }
    }

    /// Prints a text, or writes it to the file that is asked for.
    pub(super) fn deliver(&self, path: Option<&Path>, text: &str) -> Result<(), u8> {
        match path {
            Some(path) => self.write(path, text),
            None => {
                self.print(text);
                Ok(())
            }
        }
    }

    /// Writes a value as JSON to standard output.
    pub(super) fn json(&self, value: &impl serde::Serialize) {
        let json = serde_json::to_string_pretty(value).unwrap_or_default();
        self.print(&(json + "\n"));
    }

    /// Writes to standard error.
    #[expect(clippy::unused_self, reason = "as above")]
    pub(super) fn complain(&self, text: &str) {
        let mut err = std::io::stderr().lock();
        drop(err.write_all(text.as_bytes()).and_then(|()| err.flush()));
    }

    /// A plain error, and status 2.
    pub(super) fn refuse(&self, en: &str, zh: &str) -> u8 {
        let (word, text) = self.language.pick(("error", en), ("错误", zh));
        // What the user typed is in it: nothing of that is acted on by the terminal.
        self.complain(&format!("{word}: {}\n", linkage_report::visible(text)));
        2
    }

    /// An error of reading, and status 2.
    pub(super) fn unreadable(&self, error: &LoadError) -> u8 {
        let sentence = linkage_report::load_sentence(error, self.language);
        self.refuse(&sentence, &sentence)
    }

    /// Makes a folder, and those above it, if it is not there.
    pub(super) fn folder(&self, path: &Path) -> Result<(), u8> {
        std::fs::create_dir_all(path).map_err(|error| {
            let path = path.display();
            self.refuse(&format!("{path}: can't be made ({error})"), &format!("{path}：无法创建（{error}）"))
        })
    }

    /// Lets a file be written bit by bit, whole or not at all; `write` tells in words what went wrong.
    pub(super) fn stream(
        &self,
        path: &Path,
        write: impl FnOnce(&mut dyn Write) -> Result<(), String>,
    ) -> Result<(), u8> {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".new");
        let beside = path.with_file_name(name);
        let shown = |error: std::io::Error| {
            let path = path.display();
            self.language.pick(
                format!("{path}: can't be written ({error}); it is unchanged"),
                format!("{path}：无法写入（{error}），文件未改动"),
            )
        };
        let written = std::fs::File::create(&beside).map_err(shown).and_then(|file| {
            let mut out = std::io::BufWriter::new(file);
            write(&mut out)?;
            out.flush().and_then(|()| out.get_ref().sync_all()).map_err(shown)?;
            std::fs::rename(&beside, path).map_err(shown)
        });
        written.map_err(|sentence| {
            drop(std::fs::remove_file(&beside));
            self.refuse(&sentence, &sentence)
        })
    }

    /// Writes a file whole or not at all: to a neighbour first, which then takes its place.
    pub(super) fn write(&self, path: &Path, text: &str) -> Result<(), u8> {
        let refuse = |error: std::io::Error| {
            let path = path.display();
            self.refuse(
                &format!("{path}: can't be written ({error}); it is unchanged"),
                &format!("{path}：无法写入（{error}），文件未改动"),
            )
        };
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".new");
        let beside = path.with_file_name(name);
        #[expect(clippy::disallowed_methods, reason = "this is the room that writes files")]
        let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path));
        written.map_err(|error| {
            drop(std::fs::remove_file(&beside));
            refuse(error)
        })
    }
}

/// The language of the locale of the environment.
pub(super) fn language_of_locale() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(environment);
    locale.map_or(Language::En, |locale| Language::of_locale(&locale))
}

#[expect(clippy::disallowed_methods, reason = "this is the room that reads the environment")]
pub(super) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
