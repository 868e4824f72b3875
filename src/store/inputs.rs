//! The files that answers come from, so that no answer is written over one of them.

use std::fs;
use std::path::{Path, PathBuf};

use super::atomic_file::parent;

/// The files that answers come from, as the disk knows them.
#[derive(Debug)]
pub struct InputFiles {
    roots: Vec<PathBuf>,
    names: Vec<&'static str>,
    /// Files, there or not: in each root each of the names.
    files: Vec<(PathBuf, Option<FileOnDisk>)>,
    /// Folders that hold nothing else.
    folders: Vec<PathBuf>,
}

impl InputFiles {
    /// Those of workspaces: in each, files by their names, and whole folders.
    pub fn new(roots: &[PathBuf], names: Vec<&'static str>, folders: &[&str]) -> Self {
        let of_roots = |names: &[&str]| -> Vec<PathBuf> {
            roots.iter().flat_map(|root| names.iter().map(|name| root.join(name))).collect()
        };
        let files = of_roots(&names).into_iter().map(|path| (path.clone(), FileOnDisk::of(&path))).collect();
        let folders = of_roots(folders).iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
        Self { roots: roots.to_vec(), names, files, folders }
    }

    /// Whether a path is one of them, there or not: one of the files, or anything in one of the folders;
    /// through links too.
    pub fn hold(&self, path: &Path) -> bool {
        let parent = parent(path);
        let real = FileOnDisk::of(path);
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

/// Whether two names mean one file, through links too.
pub fn is_same(a: &Path, b: &Path) -> bool {
    match (FileOnDisk::of(a), FileOnDisk::of(b)) {
        (Some(left), Some(right)) => left.is(&right),
        _ => a == b,
    }
}

/// Whether other people who use this computer can read a file, where the system knows who can.
pub fn others_can_read(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).is_ok_and(|there| there.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// A file that is there, as the disk knows it.
#[derive(Debug)]
struct FileOnDisk {
    path: PathBuf,
    /// The device and its number there, where the disk says them.
    node: Option<(u64, u64)>,
}

impl FileOnDisk {
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
