//! A folder of new files: all of them or none, and nothing that is there is replaced.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::atomic_file::{confirm, draft, parent, sync_folder};
use super::leftovers;
use crate::school::layout::{DRAFT, LOCK};

/// What a new file holds.
#[derive(Debug)]
pub enum NewFile {
    Bytes(Vec<u8>),
    /// What another file holds.
    CopyOf(PathBuf),
}

/// Writes a folder of new files: all of them or none. A folder that is there already keeps what is in
/// it, and no file of it is replaced.
///
/// # Errors
/// Where one of the files is there already, or the disk fails.
pub fn create(root: &Path, files: &[(String, NewFile)]) -> Result<()> {
    let there = |(name, _): &&(String, NewFile)| fs::symlink_metadata(root.join(name)).is_ok();
    if let Some((name, _)) = files.iter().find(there) {
        bail!("{}: {name} is there already; nothing was written", root.display());
    }
    let nothing = || format!("{}: nothing was written", root.display());
    if root.is_dir() {
        return fill(root, files).with_context(nothing);
    }
    let parent = parent(root);
    let write = || -> Result<()> {
        fs::create_dir_all(parent)?;
        let (draft, held) = held_folder(parent)?;
        fill(draft.path(), files)?;
        if cfg!(windows) {
            drop(held);
        }
        fs::rename(draft.path(), root)?;
        // It is where it belongs now: nothing is left to be removed.
        let _ = draft.keep();
        Ok(())
    };
    write().with_context(nothing)?;
    confirm([parent], &root.display().to_string())
}

/// A draft of a folder, after those of commands that were cut short are gone; held by the lock file in it, which stays in
/// the new folder as its own.
fn held_folder(parent: &Path) -> Result<(tempfile::TempDir, File)> {
    leftovers::clear_folder(parent);
    loop {
        let draft = tempfile::Builder::new().prefix(DRAFT.0).tempdir_in(parent)?;
        let path = draft.path().join(LOCK);
        match File::options().create(true).truncate(false).write(true).open(&path) {
            Ok(file) if leftovers::hold(&file, &path) => return Ok((draft, file)),
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            // Before it was held, another command took it for one that was left behind.
            _ => {}
        }
    }
}

/// Puts new files into a folder, the last one last; where one fails, those before it go again.
fn fill(root: &Path, files: &[(String, NewFile)]) -> Result<()> {
    let mut written: Vec<PathBuf> = Vec::new();
    for (name, new) in files {
        if let Err(error) = put(root, name, new, &mut written) {
            for path in &written {
                let _ = fs::remove_file(path);
            }
            return Err(error.context(format!("{name} cannot be written")));
        }
    }
    Ok(())
}

/// Puts one new file into a folder, and notes that it is there.
fn put(root: &Path, name: &str, new: &NewFile, written: &mut Vec<PathBuf>) -> Result<()> {
    let path = root.join(name);
    let folder = parent(&path);
    let is_link = |folder: &&Path| folder.starts_with(root) && *folder != root && folder.is_symlink();
    if let Some(link) = folder.ancestors().find(is_link) {
        bail!("{} is a link that leads out of the folder", link.display());
    }
    fs::create_dir_all(folder)?;
    let draft = match new {
        NewFile::Bytes(bytes) => draft(&path, bytes)?,
        NewFile::CopyOf(from) => {
            let draft = draft(&path, &[])?;
            #[allow(clippy::disallowed_methods, reason = "a file is copied")]
            std::io::copy(&mut File::open(from)?, &mut draft.as_file())?;
            draft.as_file().sync_all()?;
            draft
        }
    };
    draft.persist_noclobber(&path)?;
    written.push(path.clone());
    Ok(sync_folder(folder)?)
}

/// Every file of a folder and its folders, by its name with `/` between folders; links are followed. What
/// begins with a dot or `~` is left out.
///
/// # Errors
/// Where a folder cannot be read, or they lie too deep in one another.
pub fn all(root: &Path) -> Result<Vec<(String, NewFile)>> {
    let mut files = Vec::new();
    let mut folders = vec![(String::new(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        if depth > 16 {
            bail!("{folder}: folders lie too deep in one another; does a link lead back?");
        }
        #[allow(clippy::disallowed_methods, reason = "a folder is copied")]
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                bail!("{}: this name is no text, and cannot be copied", entry.path().display());
            };
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let there = match fs::metadata(root.join(&path)) {
                Ok(there) => there,
                // A link that leads nowhere.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error).with_context(|| format!("{path}: it cannot be read")),
            };
            if name.starts_with(['.', '~']) {
                continue;
            }
            if there.is_dir() {
                folders.push((path, depth + 1));
            } else if there.is_file() {
                files.push((path.clone(), NewFile::CopyOf(root.join(path))));
            }
        }
    }
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(files)
}
