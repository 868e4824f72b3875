//! Drafts that a command left behind when it was killed: found by name, and removed when nobody holds them.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use crate::school::layout::{self, LOCK};

/// The drafts in a workspace, by their names in it with `/` between folders, in order.
fn drafts(root: &Path) -> Vec<String> {
    let mut found = in_folder(root, "");
    for folder in layout::FOLDERS {
        found.extend(in_folder(root, folder));
        for inner in names(&root.join(folder)) {
            found.extend(in_folder(root, &format!("{folder}/{inner}")));
        }
    }
    found.sort();
    found
}

fn in_folder(root: &Path, folder: &str) -> Vec<String> {
    let whole = |name: String| if folder.is_empty() { name } else { format!("{folder}/{name}") };
    names(&root.join(folder)).into_iter().filter(|name| layout::is_draft(name)).map(whole).collect()
}

fn names(folder: &Path) -> Vec<String> {
    #[allow(clippy::disallowed_methods, reason = "a folder is listed to be cleared")]
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// Removes the drafts of a workspace that no running command holds; returns what to say of it. The caller holds the lock.
pub(super) fn clear_workspace(root: &Path) -> Vec<String> {
    let gone = drafts(root).into_iter().filter(|name| clear(&root.join(name)));
    gone.map(|name| format!("{name}: removed, an earlier command was cut short and left it")).collect()
}

/// Removes the drafts in a folder that no running command holds.
pub(super) fn clear_folder(folder: &Path) {
    for name in names(folder).into_iter().filter(|name| layout::is_draft(name)) {
        clear(&folder.join(name));
    }
}

/// Removes a draft, a file or a folder, unless a running command holds it. Returns whether it is gone.
fn clear(path: &Path) -> bool {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_dir() => {
            // Held while it is removed: who makes the folder finds that it is to go, and makes another.
            let held = File::options().create(true).truncate(false).write(true).open(path.join(LOCK));
            let is_free = held.as_ref().is_ok_and(|held| held.try_lock().is_ok());
            if cfg!(windows) {
                drop(held);
            }
            is_free && fs::remove_dir_all(path).is_ok()
        }
        Ok(there) if there.is_file() => {
            let held = File::options().write(true).open(path);
            held.is_ok_and(|held| held.try_lock().is_ok() && fs::remove_file(path).is_ok())
        }
        _ => false,
    }
}

/// Holds a draft, by its file, so that no other command removes it. Returns false where one does so already.
pub(super) fn hold(file: &File, path: &Path) -> bool {
    match file.try_lock() {
        Ok(()) => path.exists(),
        Err(TryLockError::WouldBlock) => false,
        // Where the disk knows no locks, nobody removes it.
        Err(TryLockError::Error(_)) => true,
    }
}
