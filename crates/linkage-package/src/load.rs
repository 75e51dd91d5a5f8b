//! Reads a package: its manifest, its rule files, the packages that it uses, its calendar.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ecow::EcoString;

use super::Manifest;
use super::reading::Reading;
use super::revision::unpack;
use linkage_analysis::checks::Levels;
use linkage_calendar::{Calendar, CalendarFault};
use linkage_parallel::in_order;
use linkage_syntax::{Keyword, Parsed, parse};
use linkage_text::{Source, SourceId, Sources, Span};

/// No rule file that people write comes near this; what is larger is refused before it is read.
const LARGEST_FILE: u64 = 256 << 20;

/// No package that people write has so many rule files.
const MOST_FILES: usize = 20_000;

/// The name of a manifest.
pub(super) const MANIFEST: &str = "linkage.yaml";

/// A package as read, before its names are resolved.
#[derive(Debug)]
pub struct Package {
    /// Its name: of the manifest, else of the folder or file.
    pub name: String,
    /// Its title for people.
    pub title: Option<String>,
    /// Where it was read from, as the user named it.
    pub path: PathBuf,
    /// All texts.
    pub sources: Sources,
    /// The rule files, those of used packages first.
    pub files: Vec<(SourceId, Parsed)>,
    /// The calendar that deadlines are counted by.
    pub calendar: Calendar,
    /// The text of the calendar; none where the package brings none.
    pub calendar_text: Option<String>,
    /// How grave findings are in it.
    pub levels: Levels,
    /// The amendments that it is read with, as if they were adopted, in this order.
    pub adopted: Vec<EcoString>,
    /// A hash of all texts with their names: it tells whether two packages say the same to the letter.
    pub hash: String,
}

/// Why a package can't be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The path does not exist.
    #[error("{path}: no such file or folder")]
    NotFound {
        /// The path.
        path: PathBuf,
    },
    /// The system refuses to read.
    #[error("{path}: {error}")]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The file is too large to be meant.
    #[error("{path}: {bytes} bytes are too many")]
    TooLarge {
        /// The path.
        path: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// The folder has too many rule files.
    #[error("{path}: more than {limit} rule files")]
    TooMany {
        /// The folder.
        path: PathBuf,
        /// How many are read at most.
        limit: usize,
    },
    /// Git can't give the revision.
    #[error("{path}: {message}")]
    Revision {
        /// What was asked for.
        path: PathBuf,
        /// What git says.
        message: String,
    },
    /// The text is not UTF-8.
    #[error("{path}: line {line} is not UTF-8")]
    NotUtf8 {
        /// The path.
        path: PathBuf,
        /// The first line that is not.
        line: usize,
    },
    /// There is no rule file.
    #[error("{path}: no .linkage file")]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// The manifest can't be understood.
    #[error("{path}: {message}")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What the YAML reader says.
        message: String,
    },
    /// The manifest asks for a later language.
    #[error("{path}: language {language} is not known")]
    Language {
        /// The manifest.
        path: PathBuf,
        /// What it asks for.
        language: u32,
    },
    /// The manifest sets a level for findings that there are none of.
    #[error("{path}: no finding is called `{key}`")]
    Level {
        /// The manifest.
        path: PathBuf,
        /// What it says instead of a code, a name or the letter of a family.
        key: String,
    },
    /// The calendar can't be understood.
    #[error("{path}: {} fault(s)", faults.len())]
    Calendar {
        /// The calendar.
        path: PathBuf,
        /// What is wrong.
        faults: Vec<CalendarFault>,
    },
    /// A `use` names a package that can't be read.
    #[error("`use` of a package that can't be read: {error}")]
    Used {
        /// The name of the file with the clause.
        file: String,
        /// The line of the clause.
        line: usize,
        /// Why.
        error: Box<LoadError>,
    },
}

/// Reads the package at a path: a folder, a single rule file, or either in a revision of git (`REVISION:PATH`).
///
/// # Errors
/// A file is missing, unreadable, not text, or the manifest or calendar can't be understood. Syntax
/// errors in rule files are no errors here: they are kept with the file.
pub fn load(path: &Path) -> Result<Package, LoadError> {
    let Some(unpacked) = unpack(path) else { return load_folder(path) };
    let unpacked = unpacked?;
    let mut package = load_folder(&unpacked.path).map_err(|error| match error {
        LoadError::NotFound { .. } => LoadError::NotFound { path: path.into() },
        other => other,
    })?;
    package.sources.rename(|name| unpacked.shown(name));
    package.path = path.into();
    Ok(package)
}

fn load_folder(path: &Path) -> Result<Package, LoadError> {
    load_again(path, &mut Reading::default())
}

/// Reads a folder or a file after an earlier reading: what still says the same in the same place is not parsed again.
///
/// # Errors
/// As for [`load`].
pub(super) fn load_again(path: &Path, reading: &mut Reading) -> Result<Package, LoadError> {
    reading.roots.clear();
    let mut reader =
        Reader { sources: Sources::default(), files: Vec::new(), seen: BTreeSet::new(), reading };
    let manifest = reader.package(path, path)?;
    if reader.files.is_empty() {
        return Err(LoadError::Empty { path: path.into() });
    }
    let mut levels = Levels::default();
    for (key, level) in &manifest.levels {
        if !levels.set(key, *level) {
            return Err(LoadError::Level { path: path.join(MANIFEST), key: key.clone() });
        }
    }
    let (calendar, calendar_text) = match manifest.calendar.as_ref() {
        Some(calendar) => {
            let calendar = path.join(calendar);
            reader.reading.roots.push(calendar.clone());
            let (calendar, text) = calendar_at(&calendar)?;
            (calendar, Some(text))
        }
        None => (Calendar::standard(), None),
    };
    let hash = content_hash(&reader.sources);
    let Reader { sources, files, .. } = reader;
    Ok(Package {
        name: manifest.name,
        title: manifest.title,
        path: path.into(),
        sources,
        files,
        calendar,
        calendar_text,
        levels,
        adopted: Vec::new(),
        hash,
    })
}

/// Reads a text file: a scenario, a calendar, a rule file.
///
/// # Errors
/// It is missing, unreadable, too large, or not UTF-8.
pub fn read_text(path: &Path) -> Result<String, LoadError> {
    String::from_utf8(read_bytes(path)?).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        LoadError::NotUtf8 { path: path.into(), line: good.split(|byte| *byte == b'\n').count() }
    })
}

/// Reads a file that need not be text: a table.
///
/// # Errors
/// It is missing, unreadable, or too large.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, LoadError> {
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => LoadError::NotFound { path: path.into() },
        _ => LoadError::Unreadable { path: path.into(), error },
    };
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.len() > LARGEST_FILE {
        return Err(LoadError::TooLarge { path: path.into(), bytes: metadata.len() });
    }
    #[expect(clippy::disallowed_methods, reason = "this is the room that reads files")]
    std::fs::read(path).map_err(unreadable)
}

impl Package {
    /// A package of one text that is in no file: what an editor holds, or a test.
    pub fn of_text(name: &str, text: &str) -> Self {
        let mut sources = Sources::default();
        let id = sources.add(Source::new(name, text));
        let parsed = parse(id, text);
        let hash = content_hash(&sources);
        Self {
            name: name.into(),
            title: None,
            path: name.into(),
            sources,
            files: vec![(id, parsed)],
            calendar: Calendar::standard(),
            calendar_text: None,
            levels: Levels::default(),
            adopted: Vec::new(),
            hash,
        }
    }
}

struct Reader<'r> {
    reading: &'r mut Reading,
    sources: Sources,
    files: Vec<(SourceId, Parsed)>,
    /// The packages that are read or being read: a package that is used twice, or by itself, is read once.
    seen: BTreeSet<PathBuf>,
}

impl Reader<'_> {
    /// Reads a package and, before its own files, those of the packages that it uses.
    fn package(&mut self, path: &Path, shown: &Path) -> Result<Manifest, LoadError> {
        self.reading.roots.push(path.into());
        let whole = path.canonicalize().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => LoadError::NotFound { path: shown.into() },
            _ => LoadError::Unreadable { path: shown.into(), error },
        })?;
        if !self.seen.insert(whole) {
            return Ok(Manifest::default());
        }
        let (manifest, paths) =
            (if path.is_dir() { manifest(path)? } else { Manifest::default() }, rule_files(path)?);
        let mut own = Vec::new();
        for file in paths {
            let text = read_text(&file)?;
            own.push((self.sources.add(Source::new(file.display().to_string(), text)), file));
        }
        let parsed = self.parsed(&own);
        for ((_, file), parsed) in own.iter().zip(&parsed) {
            for (used, span) in uses(parsed) {
                self.used(file, &used, span)?;
            }
        }
        let own: Vec<_> = own.into_iter().map(|(id, _)| id).zip(parsed).collect();
        self.files.extend(own);
        Ok(Manifest { name: if manifest.name.is_empty() { stem(path) } else { manifest.name }, ..manifest })
    }

    /// The trees of these files, the known ones from the earlier reading.
    fn parsed(&mut self, own: &[(SourceId, PathBuf)]) -> Vec<Parsed> {
        let (sources, known) = (&self.sources, &mut self.reading.known);
        let known: Vec<Option<Parsed>> =
            own.iter().map(|(id, _)| known.take(*id, &sources.get(*id).text)).collect();
        let unknown: Vec<SourceId> =
            own.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|((id, _), _)| *id).collect();
        let mut fresh = in_order(&unknown, |id| parse(*id, &sources.get(*id).text)).into_iter();
        known.into_iter().filter_map(|known| known.or_else(|| fresh.next())).collect()
    }

    fn used(&mut self, file: &Path, used: &str, span: Span) -> Result<(), LoadError> {
        let folder = file.parent().unwrap_or(Path::new(""));
        let target = folder.join(used);
        self.package(&target, &target).map(drop).map_err(|error| LoadError::Used {
            file: file.display().to_string(),
            line: self.sources.get(span.source).position(span.start).line,
            error: Box::new(error),
        })
    }
}

/// The paths that a file's `use` clauses name, relative to the file.
fn uses(parsed: &Parsed) -> Vec<(String, Span)> {
    let uses = parsed.file.declarations.iter().filter(|clause| clause.keyword == Keyword::Use);
    uses.filter_map(|clause| Some((clause.title()?.to_string(), clause.span))).collect()
}

fn manifest(folder: &Path) -> Result<Manifest, LoadError> {
    let path = folder.join(MANIFEST);
    if !path.exists() {
        return Ok(Manifest::default());
    }
    let text = read_text(&path)?;
    let manifest: Manifest = serde_yaml::from_str(&text)
        .map_err(|error| LoadError::Manifest { path: path.clone(), message: error.to_string() })?;
    match manifest.language {
        None | Some(1) => Ok(manifest),
        Some(language) => Err(LoadError::Language { path, language }),
    }
}

/// Reads and understands a calendar.
fn calendar_at(path: &Path) -> Result<(Calendar, String), LoadError> {
    let text = read_text(path)?;
    let calendar = Calendar::from_yaml(&text);
    let calendar = calendar.map_err(|faults| LoadError::Calendar { path: path.into(), faults })?;
    Ok((calendar, text))
}

/// The rule files of a folder and its subfolders, sorted by path; a file is its own. A folder with a
/// manifest of its own is another package.
///
/// # Errors
/// The path does not exist or can't be read, or there are too many files.
pub fn rule_files(folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
    if !folder.exists() {
        return Err(LoadError::NotFound { path: folder.into() });
    }
    if !folder.is_dir() {
        return Ok(vec![folder.into()]);
    }
    let mut files = files_below(folder, &["linkage"], |inner| !inner.join(MANIFEST).exists())?;
    files.sort();
    Ok(files)
}

/// The files of a folder and of those of its subfolders that are looked into, by the ends of their names.
fn files_below(
    folder: &Path,
    extensions: &[&str],
    look_into: impl Fn(&Path) -> bool,
) -> Result<Vec<PathBuf>, LoadError> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        let unreadable = |error| LoadError::Unreadable { path: at.clone(), error };
        #[expect(clippy::disallowed_methods, reason = "this is the room that reads files")]
        let entries = std::fs::read_dir(&at).map_err(unreadable)?;
        for entry in entries {
            let entry = entry.map_err(unreadable)?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(unreadable)?);
            let wanted = || path.extension().is_some_and(|own| extensions.iter().any(|it| own == *it));
            // Links are not followed: they could lead in circles or out of the package.
            if kind.is_dir() && look_into(&path) {
                folders.push(path);
            } else if kind.is_file() && wanted() {
                files.push(path);
            }
            if files.len() > MOST_FILES {
                return Err(LoadError::TooMany { path: folder.into(), limit: MOST_FILES });
            }
        }
    }
    Ok(files)
}

/// The scenario files at a path, sorted: the file itself; of a package those in its folder `scenarios` and below, of
/// any other folder those in it and below.
///
/// # Errors
/// The path does not exist or can't be read.
pub fn scenario_files(path: &Path) -> Result<Vec<PathBuf>, LoadError> {
    if path.is_file() {
        return Ok(vec![path.into()]);
    }
    let folder = if path.join(MANIFEST).exists() { path.join("scenarios") } else { path.into() };
    if !folder.exists() {
        return if path.exists() { Ok(Vec::new()) } else { Err(LoadError::NotFound { path: path.into() }) };
    }
    let mut files = files_below(&folder, &["yaml", "yml"], |_| true)?;
    files.sort();
    Ok(files)
}

fn stem(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.into());
    whole.file_stem().map_or_else(|| "package".into(), |stem| stem.to_string_lossy().into_owned())
}

pub(super) fn content_hash(sources: &Sources) -> String {
    let mut hasher = blake3::Hasher::new();
    for (_, source) in sources.iter() {
        // The file's own name, not the path by which this run came to it.
        let name = Path::new(&source.name).file_name().map(|name| name.to_string_lossy().into_owned());
        hasher.update(name.unwrap_or_default().as_bytes());
        hasher.update(&(source.text.len() as u64).to_le_bytes());
        hasher.update(source.text.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}
