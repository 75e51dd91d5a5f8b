//! A package as it stood in a revision of git: `REVISION:PATH`, as git itself writes it.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::LoadError;

/// The rule files of a revision, unpacked where they can be read.
pub(super) struct Unpacked {
    /// Gone when this is dropped.
    folder: tempfile::TempDir,
    /// The package within the folder.
    pub path: PathBuf,
    /// What stands in names instead of the folder: `REVISION:`.
    pub prefix: String,
}

/// Unpacks what `REVISION:PATH` names; none where the path is an ordinary one.
///
/// # Errors
/// Git does not know the revision, or has no rule files in it.
pub(super) fn unpack(shown: &Path) -> Option<Result<Unpacked, LoadError>> {
    let text = shown.to_str()?;
    let (revision, path) = text.split_once(':')?;
    // A drive letter, or a file whose name has a colon, is no revision.
    (revision.len() > 1 && !revision.starts_with('-') && !shown.exists()).then(|| at(shown, revision, path))
}

fn at(shown: &Path, revision: &str, path: &str) -> Result<Unpacked, LoadError> {
    let fault = |message: String| LoadError::Revision { path: shown.into(), message };
    let git = |arguments: &[&str]| {
        let output =
            Command::new("git").args(arguments).output().map_err(|error| fault(error.to_string()))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(fault(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
    };
    // As git has it: from the top of the working tree, wherever the user stands.
    let here = git(&["rev-parse", "--show-prefix"])?;
    let within = Path::new(String::from_utf8_lossy(&here).trim()).join(path);
    let top = git(&["rev-parse", "--show-toplevel"])?;
    let top = String::from_utf8_lossy(&top).trim().to_owned();
    // Git refuses to pack a pattern that meets no file, and a package need not have a manifest.
    let names = git(&["-C", &top, "ls-tree", "-r", "--name-only", revision])?;
    let names = String::from_utf8_lossy(&names).into_owned();
    let endings = [(".linkage", "*.linkage"), (".yaml", "*.yaml")];
    // A name with other than plain letters is quoted.
    let there = |ending: &str| names.lines().any(|name| name.trim_end_matches('"').ends_with(ending));
    let files: Vec<&str> =
        endings.into_iter().filter(|(ending, _)| there(ending)).map(|(_, pattern)| pattern).collect();
    if files.is_empty() {
        return Err(fault(format!("{revision} has no rule files")));
    }
    let tar = git(&[&["-C", &top, "archive", "--format=tar", revision, "--"], files.as_slice()].concat())?;
    let folder = tempfile::tempdir().map_err(|error| fault(error.to_string()))?;
    tar::Archive::new(tar.as_slice()).unpack(folder.path()).map_err(|error| fault(error.to_string()))?;
    let path = folder.path().join(within);
    Ok(Unpacked { folder, path, prefix: format!("{revision}:") })
}

impl Unpacked {
    /// A name as the user would write it.
    pub fn shown(&self, name: &str) -> String {
        let within = Path::new(name).strip_prefix(self.folder.path());
        within.map_or_else(|_| name.to_owned(), |within| format!("{}{}", self.prefix, within.display()))
    }
}
