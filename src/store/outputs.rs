//! Answers written to files of the user's choice, each whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::atomic_file::{confirm, draft, parent, persist};

/// How many files are written at a time: most of writing one is waiting for the disk.
const AT_A_TIME: usize = 4;

/// What is done about a link that has the name of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPolicy {
    /// It was named by the user: what it leads to is replaced.
    Follow,
    /// It lies in a folder of outputs: refused.
    Refuse,
}

/// Writes answers to files, each whole or not at all; to a device or a pipe as they are.
///
/// # Errors
/// Where there is no such folder, a link is refused, or the disk fails; what was there before of the files concerned then
/// stays.
pub fn write_outputs(files: &[(PathBuf, Vec<u8>)], links: LinkPolicy) -> Result<()> {
    for (path, _) in files {
        let folder = parent(path);
        if !folder.is_dir() {
            bail!("{}: there is no folder {}; nothing was written", path.display(), folder.display());
        }
        if path.is_dir() {
            bail!("{}: this is a folder; nothing was written: name a file in it", path.display());
        }
        if links == LinkPolicy::Refuse && path.is_symlink() {
            bail!(
                "{}: this is a link that leads out of the folder; nothing was written: remove it, or choose another folder",
                path.display()
            );
        }
    }
    let each = files.len().div_ceil(AT_A_TIME).max(1);
    let write = |some: &[(PathBuf, Vec<u8>)]| -> Result<Vec<Option<PathBuf>>> {
        some.iter().map(|(path, bytes)| place(path, bytes, links)).collect()
    };
    let written = std::thread::scope(|scope| {
        let parts: Vec<_> = files.chunks(each).map(|some| scope.spawn(move || write(some))).collect();
        parts
            .into_iter()
            .map(|part| part.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
            .collect::<Result<Vec<_>>>()
    })?;
    // Mostly it is one folder, and flushing it once is enough.
    let folders: BTreeSet<PathBuf> = written.into_iter().flatten().flatten().collect();
    let names: Vec<String> = files.iter().map(|(path, _)| path.display().to_string()).collect();
    confirm(folders.iter().map(PathBuf::as_path), &names.join(", "))
}

/// Puts an answer in its place; the folder it lies in, which is still to be flushed to the disk, is returned.
fn place(path: &Path, bytes: &[u8], links: LinkPolicy) -> Result<Option<PathBuf>> {
    let target = match links {
        LinkPolicy::Follow => fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
        LinkPolicy::Refuse => path.to_owned(),
    };
    let write = || -> Result<Option<PathBuf>> {
        match fs::metadata(&target) {
            Ok(there) if !there.is_file() && links == LinkPolicy::Follow => {
                File::options().write(true).open(&target)?.write_all(bytes)?;
                Ok(None)
            }
            _ => {
                persist(draft(&target, bytes)?, &target)?;
                Ok(Some(parent(&target).to_owned()))
            }
        }
    };
    write().with_context(|| format!("{}: not written", path.display()))
}

/// Makes a folder for answers, and those above it, where they are not there.
///
/// # Errors
/// Where something else has the name, or the disk fails.
pub fn make_folder(path: &Path) -> Result<()> {
    if path.exists() && !path.is_dir() {
        bail!("{}: this is a file: name a folder, such as notices", path.display());
    }
    fs::create_dir_all(path).with_context(|| format!("{}: the folder cannot be made", path.display()))
}

/// Removes an answer of before, where it is there.
///
/// # Errors
/// Where the disk fails.
pub fn remove_output(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{}: the file cannot be removed", path.display()))
        }
        _ => Ok(()),
    }
}
