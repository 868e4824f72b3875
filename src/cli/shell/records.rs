//! Changing the records: all of a change or none.

use std::path::Path;

use anyhow::Result;

use super::Shell;
use super::refusal::{ErrorsShown, say};
use super::usage::UsageError;
use crate::store::atomic_file::{FileEdit, Unconfirmed};
use crate::store::journal;
use crate::store::lock::{self, Lock};
use crate::store::new_folder::{self, NewFile};

impl Shell {
    /// Takes the lock of the workspace.
    ///
    /// # Errors
    /// Where another command holds it for long, or the disk fails.
    pub fn lock(&self) -> Result<Lock> {
        self.lock_of(&self.root)
    }

    /// Takes the lock of the workspace in a folder; says what an earlier command had left half done.
    ///
    /// # Errors
    /// As for [`Shell::lock`].
    pub fn lock_of(&self, root: &Path) -> Result<Lock> {
        let lock = lock::lock(root)?;
        lock.cleared.iter().for_each(|says| self.say(says));
        Ok(lock)
    }

    /// Writes new texts in the places of files of the workspace, all of them or none. The caller holds the lock.
    ///
    /// # Errors
    /// Where somebody else has changed one of them, or the disk fails.
    pub fn commit(&self, changes: &[(FileEdit, String)]) -> Result<()> {
        self.commit_to(&self.root, changes)
    }

    /// The same, for files in another folder.
    ///
    /// # Errors
    /// As for [`Shell::commit`].
    pub fn commit_to(&self, root: &Path, changes: &[(FileEdit, String)]) -> Result<()> {
        let names = journal::commit(root, changes)?;
        let whole = |name: String| {
            if root == self.root { name } else { root.join(name).display().to_string() }
        };
        self.written.borrow_mut().extend(names.into_iter().map(whole));
        Ok(())
    }

    /// Writes a folder of new files, all of them or none.
    ///
    /// # Errors
    /// Where one of the files is there already, or the disk fails.
    pub fn create(&self, dir: &Path, files: &[(String, NewFile)]) -> Result<()> {
        new_folder::create(dir, files)?;
        self.written.borrow_mut().push(dir.display().to_string());
        Ok(())
    }

    /// What went wrong, and which files of records had been written by then: whoever does it again would add to them
    /// twice.
    pub(crate) fn with_what_was_written(&self, error: anyhow::Error) -> anyhow::Error {
        let mut written = self.written.borrow().clone();
        written.sort();
        written.dedup();
        if written.is_empty() || error.is::<Unconfirmed>() {
            return error;
        }
        let says = format!("{} had already been written: check before you do this again", written.join(", "));
        if error.is::<ErrorsShown>() {
            say(&says);
            return error;
        }
        let says = format!("{error:#}; {says}");
        if error.is::<UsageError>() { UsageError(says).into() } else { anyhow::Error::msg(says) }
    }
}
