//! Replacing a file: locked, checked against what was read, whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::text::{self, Encoding};

/// The file that marks a workspace as being written to.
const LOCK: &str = ".phase-lock";

/// While it lives, no other `phase` writes to the workspace.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Takes the workspace's lock.
///
/// # Errors
/// Where another `phase` holds it, or the folder cannot be written to.
pub fn lock(root: &Path) -> Result<Lock> {
    let path = root.join(LOCK);
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.with_context(|| format!("{}: the workspace cannot be written to", root.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: file }),
        Err(fs::TryLockError::WouldBlock) => {
            bail!("another phase is writing to {}: try again in a moment", root.display())
        }
        Err(fs::TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("{}: the workspace cannot be locked", root.display()))
        }
    }
}

/// A file of the workspace as it was before a change.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    /// Its name in the workspace.
    pub name: String,
    before: Option<Vec<u8>>,
    /// Its text; empty where there is no file yet.
    pub text: String,
    encoding: Encoding,
}

impl Draft {
    /// Reads a file that is to be changed. The caller holds the lock.
    ///
    /// # Errors
    /// Where it cannot be read, or is no text.
    pub fn open(root: &Path, name: &str) -> Result<Draft> {
        let path = root.join(name);
        let before = read(&path).with_context(|| format!("{name}: the file cannot be read"))?;
        let (text, encoding) = match &before {
            None => (String::new(), Encoding::Utf8),
            Some(bytes) => text::decode(bytes).with_context(|| format!("{name}: this is no text file"))?,
        };
        Ok(Draft { path, name: name.to_owned(), before, text, encoding })
    }

    /// Writes the new text: to a file beside it, flushed to the disk, then put in its place.
    ///
    /// # Errors
    /// Where somebody else has changed the file since, or the disk fails; the old file then stays.
    pub fn replace(&self, text: &str) -> Result<()> {
        let bytes = text::encode(text, self.encoding);
        if self.before.as_ref() == Some(&bytes) {
            return Ok(());
        }
        let target = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let folder = target.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).with_context(|| format!("{}: its folder cannot be made", self.name))?;
        self.write(&target, folder, &bytes)
            .with_context(|| format!("{}: not written, the old file is as it was", self.name))
    }

    fn write(&self, target: &Path, folder: &Path, bytes: &[u8]) -> Result<()> {
        let draft = draft(target, folder, bytes)?;
        if read(target)? != self.before {
            bail!("somebody else has changed it since it was read: look at it and try again");
        }
        persist(draft, target)?;
        sync_folder(folder)
    }
}

/// What a new file holds.
#[derive(Debug)]
pub enum New {
    /// These bytes.
    Bytes(Vec<u8>),
    /// What another file holds.
    CopyOf(PathBuf),
}

/// Writes a folder of new files: all of them or none. A folder that is there already keeps what is in
/// it, and no file of it is replaced.
///
/// # Errors
/// Where one of the files is there already, or the disk fails.
pub fn create(root: &Path, files: &[(String, New)]) -> Result<()> {
    let there = |(name, _): &&(String, New)| fs::symlink_metadata(root.join(name)).is_ok();
    if let Some((name, _)) = files.iter().find(there) {
        bail!("{}: {name} is there already; nothing was written", root.display());
    }
    let write = || -> Result<()> {
        if root.is_dir() {
            return fill(root, files);
        }
        let parent = match root.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent)?;
        let draft = tempfile::Builder::new().prefix(".phase-").tempdir_in(parent)?;
        fill(draft.path(), files)?;
        fs::rename(draft.path(), root)?;
        // It is where it belongs now: nothing is left to be cleared away.
        let _ = draft.keep();
        sync_folder(parent)
    };
    write().with_context(|| format!("{}: nothing was written", root.display()))
}

/// Puts new files into a folder, the last one last; where one fails, those before it go again.
fn fill(root: &Path, files: &[(String, New)]) -> Result<()> {
    let mut written: Vec<PathBuf> = Vec::new();
    for (name, new) in files {
        let path = root.join(name);
        let put = || -> Result<()> {
            let folder = path.parent().unwrap_or(root);
            fs::create_dir_all(folder)?;
            let draft = match new {
                New::Bytes(bytes) => draft(&path, folder, bytes)?,
                New::CopyOf(from) => {
                    let draft = draft(&path, folder, &[])?;
                    #[allow(clippy::disallowed_methods, reason = "a file is copied")]
                    std::io::copy(&mut File::open(from)?, &mut draft.as_file())?;
                    draft.as_file().sync_all()?;
                    draft
                }
            };
            draft.persist_noclobber(&path)?;
            sync_folder(folder)
        };
        if let Err(error) = put() {
            for path in &written {
                let _ = fs::remove_file(path);
            }
            return Err(error.context(format!("{name} cannot be written")));
        }
        written.push(path);
    }
    Ok(())
}

/// Every file of a folder and its folders, by its name with `/` between folders; links are followed. What
/// begins with a dot or `~` is left out.
///
/// # Errors
/// Where a folder cannot be read, or they lie too deep in one another.
pub fn all(root: &Path) -> Result<Vec<(String, New)>> {
    let mut files = Vec::new();
    let mut folders = vec![(String::new(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        if depth > 16 {
            bail!("{folder}: folders lie too deep in one another; does a link lead back?");
        }
        #[allow(clippy::disallowed_methods, reason = "a folder is copied")]
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let Ok(there) = fs::metadata(root.join(&path)) else { continue };
            if name.starts_with(['.', '~']) {
                continue;
            }
            if there.is_dir() {
                folders.push((path, depth + 1));
            } else if there.is_file() {
                files.push((path.clone(), New::CopyOf(root.join(path))));
            }
        }
    }
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(files)
}

/// A file beside the one to be replaced: with its mode, on the disk.
fn draft(target: &Path, folder: &Path, bytes: &[u8]) -> Result<tempfile::NamedTempFile> {
    let permissions = fs::metadata(target).ok().map(|metadata| metadata.permissions());
    if permissions.as_ref().is_some_and(Permissions::readonly) {
        bail!("the file is read-only");
    }
    let mut draft = tempfile::Builder::new().prefix(".phase-").suffix(".tmp").tempfile_in(folder)?;
    draft.write_all(bytes)?;
    if let Some(permissions) = permissions {
        draft.as_file().set_permissions(permissions)?;
    }
    draft.as_file().sync_all()?;
    Ok(draft)
}

/// Puts the new file in the old one's place. A program that holds the old one open (Excel) is waited
/// for a little, then named.
fn persist(mut draft: tempfile::NamedTempFile, target: &Path) -> Result<()> {
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
fn sync_folder(folder: &Path) -> Result<()> {
    #[allow(clippy::disallowed_methods, reason = "a folder is opened to be flushed to the disk")]
    let folder = File::open(folder)?;
    Ok(folder.sync_all()?)
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> Result<()> {
    Ok(())
}

/// Puts an answer in its place; the folder it lies in, which is still to be flushed to the disk, is returned.
fn place(path: &Path, bytes: &[u8]) -> Result<Option<PathBuf>> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = parent(&target);
    let write = || -> Result<Option<PathBuf>> {
        match fs::metadata(&target) {
            Ok(there) if there.is_dir() => bail!("this is a folder"),
            Ok(there) if !there.is_file() => {
                File::options().write(true).open(&target)?.write_all(bytes)?;
                Ok(None)
            }
            _ => {
                persist(draft(&target, folder, bytes)?, &target)?;
                Ok(Some(folder.to_owned()))
            }
        }
    };
    write().with_context(|| format!("{}: not written", path.display()))
}

/// How many files are written at a time: most of writing one is waiting for the disk.
const AT_A_TIME: usize = 4;

/// Writes answers to files of the user's choice, each whole or not at all; to a device or a pipe as they are.
///
/// # Errors
/// Where there is no such folder, or the disk fails; what was there before of the files concerned then stays.
pub fn write_outputs(files: &[(PathBuf, Vec<u8>)]) -> Result<()> {
    for (path, _) in files {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            bail!("{}: there is no folder {}; nothing was written", path.display(), folder.display());
        }
    }
    let each = files.len().div_ceil(AT_A_TIME).max(1);
    let write = |some: &[(PathBuf, Vec<u8>)]| -> Result<Vec<Option<PathBuf>>> {
        some.iter().map(|(path, bytes)| place(path, bytes)).collect()
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
    folders.iter().try_for_each(|folder| {
        sync_folder(folder).with_context(|| format!("{}: not written", folder.display()))
    })
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

/// Takes an answer of before away, where it is there.
///
/// # Errors
/// Where the disk fails.
pub fn remove_output(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{}: the file cannot be taken away", path.display()))
        }
        _ => Ok(()),
    }
}

/// The files that answers come from, as the disk knows them.
#[derive(Debug)]
pub struct Inputs {
    roots: Vec<PathBuf>,
    names: Vec<&'static str>,
    /// Files, there or not: in each root each of the names.
    files: Vec<(PathBuf, Option<Real>)>,
    /// Folders that hold nothing else.
    folders: Vec<PathBuf>,
}

impl Inputs {
    /// Those of workspaces: in each, files by their names, and whole folders.
    pub fn new(roots: &[PathBuf], names: Vec<&'static str>, folders: &[&str]) -> Self {
        let of_roots = |names: &[&str]| -> Vec<PathBuf> {
            roots.iter().flat_map(|root| names.iter().map(|name| root.join(name))).collect()
        };
        let files = of_roots(&names).into_iter().map(|path| (path.clone(), Real::of(&path))).collect();
        let folders = of_roots(folders).iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
        Self { roots: roots.to_vec(), names, files, folders }
    }

    /// Whether a path is one of them, there or not: one of the files, or anything in one of the folders;
    /// through links too.
    pub fn hold(&self, path: &Path) -> bool {
        let parent = parent(path);
        let real = Real::of(path);
        let known = |name: &str| self.names.iter().any(|known| known.eq_ignore_ascii_case(name));
        let within = |real: &Path| self.folders.iter().any(|folder| real.starts_with(folder));
        self.files.iter().any(|(file, there)| match (&real, there) {
            (Some(real), Some(there)) => real.is(there),
            _ => path == file,
        }) || path.file_name().and_then(|name| name.to_str()).is_some_and(known)
            && self.roots.iter().any(|root| is_same(parent, root))
            || real.is_some_and(|real| within(&real.path))
            || nearest(parent).is_some_and(|parent| within(&parent))
    }
}

/// The folder that is there, of those that a path would lie in.
fn nearest(folder: &Path) -> Option<PathBuf> {
    let above = folder.ancestors().map(|one| if one.as_os_str().is_empty() { Path::new(".") } else { one });
    above.filter_map(|one| fs::canonicalize(one).ok()).next()
}

/// Whether two names mean one file, there or not: as [`is_same`], or one name in one folder, however written.
pub fn is_one_file(a: &Path, b: &Path) -> bool {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    is_same(a, b) || name(a) == name(b) && is_same(parent(a), parent(b))
}

/// The folder that a path lies in.
fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Whether two names mean one file, through links too.
pub fn is_same(a: &Path, b: &Path) -> bool {
    match (Real::of(a), Real::of(b)) {
        (Some(left), Some(right)) => left.is(&right),
        _ => a == b,
    }
}

/// A file that is there, as the disk knows it.
#[derive(Debug)]
struct Real {
    path: PathBuf,
    /// The device and its number there, where the disk tells them.
    node: Option<(u64, u64)>,
}

impl Real {
    fn of(path: &Path) -> Option<Self> {
        let path = fs::canonicalize(path).ok()?;
        Some(Self { node: node(&path), path })
    }

    fn is(&self, other: &Self) -> bool {
        self.path == other.path || self.node.is_some() && self.node == other.node
    }
}

#[cfg(unix)]
fn node(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|there| (there.dev(), there.ino()))
}

#[cfg(not(unix))]
fn node(_path: &Path) -> Option<(u64, u64)> {
    None
}

fn read(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    #[allow(clippy::disallowed_methods, reason = "a file is read to be changed")]
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
