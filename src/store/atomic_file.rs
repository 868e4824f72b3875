//! One file replaced whole: a draft next to it, on the disk, then put in its place.

use std::fmt;
use std::fs::{self, File, Permissions};
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::NamedTempFile;

use super::leftovers;
use crate::school::layout::DRAFT;
use crate::text::encoding::{self, Encoding};

/// A file of the workspace as it was read to be changed.
#[derive(Debug)]
pub struct FileEdit {
    /// The folder of the workspace, or of another file.
    pub root: PathBuf,
    pub(super) path: PathBuf,
    /// Its name in the folder.
    pub name: String,
    pub(super) before: Option<Vec<u8>>,
    /// Its text; empty where there is no file yet.
    pub text: String,
    encoding: Encoding,
    /// What it is to hold whatever its new text is: bytes that were there before, or nothing at all.
    instead: Option<Option<Vec<u8>>>,
}

impl FileEdit {
    /// Reads a file that is to be changed. The caller holds the lock.
    ///
    /// # Errors
    /// Where it cannot be read, or is no text.
    pub fn open(root: &Path, name: &str) -> Result<FileEdit> {
        let path = root.join(name);
        let before = read(&path).with_context(|| format!("{name}: the file cannot be read"))?;
        let (text, encoding) = match &before {
            None => (String::new(), Encoding::Utf8),
            Some(bytes) => {
                encoding::decode(bytes).with_context(|| format!("{name}: this is no text file"))?
            }
        };
        Ok(FileEdit {
            root: root.to_owned(),
            path,
            name: name.to_owned(),
            before,
            text,
            encoding,
            instead: None,
        })
    }

    /// Whether it is a file of a folder.
    pub fn is_in(&self, root: &Path) -> bool {
        self.root == root
    }

    /// A file that is to hold again what it held before, to the byte; nothing for none at all. With its text then.
    ///
    /// # Errors
    /// As for [`FileEdit::open`].
    pub fn put_back(root: &Path, name: &str, bytes: Option<Vec<u8>>) -> Result<(Self, String)> {
        let text = match &bytes {
            Some(bytes) => {
                encoding::decode(bytes).with_context(|| format!("{name}: this is no text file"))?.0
            }
            None => String::new(),
        };
        Ok((Self { instead: Some(bytes), ..Self::open(root, name)? }, text))
    }

    /// What a file is to hold with a new text, in the encoding that it has, or nothing at all; none where that changes
    /// nothing.
    pub(super) fn new_content(&self, text: &str) -> Option<Option<Vec<u8>>> {
        let new = || Some(encoding::encode(text, self.encoding));
        let new = self.instead.clone().unwrap_or_else(new);
        let is_same = match (&self.before, &new) {
            (None, Some(bytes)) => bytes.is_empty(),
            (before, new) => before == new,
        };
        (!is_same).then_some(new)
    }

    /// What a file would hold: the bytes of a new text; nothing where it is to be gone.
    pub fn as_if(&self, text: &str) -> Option<Vec<u8>> {
        match &self.instead {
            Some(instead) => instead.clone(),
            None => Some(text.as_bytes().to_vec()),
        }
    }
}

/// A file was put in its place, and the disk did not say that it is safe there.
#[derive(Debug)]
pub struct Unconfirmed {
    names: String,
    error: std::io::Error,
}

impl fmt::Display for Unconfirmed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: written, but the disk could not confirm it ({}): check that it is there before you do this again",
            self.names, self.error
        )
    }
}

impl std::error::Error for Unconfirmed {}

/// Flushes folders to the disk after files were put into them.
///
/// # Errors
/// [`Unconfirmed`], with the names of the files, where the disk fails.
pub(super) fn confirm<'f>(folders: impl IntoIterator<Item = &'f Path>, names: &str) -> Result<()> {
    for folder in folders {
        sync_folder(folder).map_err(|error| Unconfirmed { names: names.to_owned(), error })?;
    }
    Ok(())
}

/// A draft next to the file that it is to replace: with that file's mode, on the disk, and held so that nobody takes it
/// for one that was left behind.
pub(super) fn draft(target: &Path, bytes: &[u8]) -> Result<NamedTempFile> {
    let folder = parent(target);
    let permissions = fs::metadata(target).ok().map(|metadata| metadata.permissions());
    if permissions.as_ref().is_some_and(Permissions::readonly) {
        bail!("the file is read-only");
    }
    let mut draft = new_draft(folder)?;
    draft.write_all(bytes)?;
    if let Some(permissions) = permissions {
        draft.as_file().set_permissions(permissions)?;
    }
    draft.as_file().sync_all()?;
    Ok(draft)
}

/// An empty draft in a folder, after those of commands that were cut short are gone from it.
pub(super) fn new_draft(folder: &Path) -> Result<NamedTempFile> {
    leftovers::clear_folder(folder);
    loop {
        let draft = tempfile::Builder::new().prefix(DRAFT.0).suffix(DRAFT.1).tempfile_in(folder)?;
        // Before it is held, another command may take it for one that was left behind.
        if leftovers::hold(draft.as_file(), draft.path()) {
            return Ok(draft);
        }
    }
}

/// Puts a draft in the place of a file; a link there is replaced. A program that holds the old one open (Excel) is waited
/// for a little, then named.
pub(super) fn persist(mut draft: NamedTempFile, target: &Path) -> Result<()> {
    for pause in [20, 100, 300, 0] {
        match draft.persist(target) {
            Ok(_) => return Ok(()),
            Err(error) if error.error.kind() == ErrorKind::PermissionDenied && cfg!(windows) && pause > 0 => {
                std::thread::sleep(std::time::Duration::from_millis(pause));
                draft = error.file;
            }
            Err(error) if error.error.kind() == ErrorKind::PermissionDenied => {
                return Err(error.error).context("is it open in Excel? close it there and try again");
            }
            Err(error) => return Err(error.error.into()),
        }
    }
    Ok(())
}

#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[allow(clippy::disallowed_methods, reason = "a folder is opened to be flushed to the disk")]
    let folder = File::open(folder)?;
    match folder.sync_all() {
        // Some network drives flush files only.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        flushed => flushed,
    }
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Whether a name stays inside the folder that it is a file of.
pub(super) fn is_inside(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// The folder that a path lies in.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A 64-bit FNV-1a digest and the length: enough to distinguish a file that was changed from one that was not.
pub(super) fn digest(bytes: &[u8]) -> String {
    let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}-{}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, fold), bytes.len())
}

/// A file's bytes; none where there is no such file.
pub(super) fn read(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    #[allow(clippy::disallowed_methods, reason = "a file is read to be changed")]
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
