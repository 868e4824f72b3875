//! Changing the records: the one place that locks a folder, refuses what would bring errors, and writes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Shell;
use super::needs::FilesNeeded;
use super::refusal::{ErrorsShown, say};
use super::usage::UsageError;
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::load::loaded::LoadedWorkspace;
use crate::school::School;
use crate::store::atomic_file::Unconfirmed;
use crate::store::journal;
use crate::store::lock::{self, Lock};
use crate::store::new_folder::{self, NewFile};
use crate::store::undo;

impl Shell {
    /// Makes a change from the records as they are while nobody else may change them, and writes it: all of it or none.
    /// Returns the school with the change made, and what is to be shown of it.
    ///
    /// # Errors
    /// Where another command holds the lock for long, the files that are needed have errors, the change would bring
    /// any, or the disk fails; nothing is written then.
    pub fn edit<A>(
        &self,
        needs: impl FnOnce(&School) -> Result<FilesNeeded>,
        make: impl FnOnce(&School) -> Result<Edit<A>>,
    ) -> Result<(School, A)> {
        let _lock = self.lock(&self.root)?;
        let read = self.read();
        let before = read.diagnostics.clone();
        let school = self.usable(read, needs)?;
        let edit = make(&school)?;
        let after = self.without_new_errors(edit.as_if(&self.root), &before)?;
        self.write_edit(&edit, false)?;
        Ok((after.context("the records cannot be read as they would be")?, edit.answer))
    }

    /// Reads the workspace with files as they would be; refuses errors that were not there before.
    fn without_new_errors(
        &self,
        files: BTreeMap<String, Option<Vec<u8>>>,
        before: &[Diagnostic],
    ) -> Result<Option<School>> {
        let LoadedWorkspace { school, diagnostics, .. } = self.as_if(files).read();
        let is_new = |diagnostic: &Diagnostic| diagnostic.is_error() && !before.contains(diagnostic);
        let wrong: Vec<Diagnostic> = diagnostics.into_iter().filter(is_new).collect();
        if wrong.is_empty() { Ok(school) } else { Err(self.refuse(&wrong, "nothing was written")) }
    }

    /// Makes a change of files in several folders, whatever else is wrong in them, and writes it where `writes`; it cannot
    /// be taken back.
    ///
    /// # Errors
    /// Where another command holds a lock for long, or the disk fails.
    pub fn edit_folders<A>(
        &self,
        folders: &[PathBuf],
        writes: bool,
        make: impl FnOnce() -> Result<Edit<A>>,
    ) -> Result<A> {
        let to_lock = folders.iter().filter(|_| writes);
        let _locks = to_lock.map(|root| self.lock(root)).collect::<Result<Vec<_>>>()?;
        let edit = make()?;
        if writes {
            self.write_edit(&edit, true)?;
            // What was taken out stays nowhere.
            folders.iter().filter(|_| !self.dry_run).try_for_each(|root| undo::forget(root))?;
        }
        Ok(edit.answer)
    }

    /// Takes the lock of the workspace in a folder; says what an earlier command had left half done.
    fn lock(&self, root: &Path) -> Result<Option<Lock>> {
        if self.dry_run {
            return Ok(None);
        }
        let lock = lock::lock(root)?;
        lock.cleared.iter().for_each(|says| self.say(says));
        Ok(Some(lock))
    }

    /// Writes the files of each folder, all of them or none; those of the folder that comes first, first. Unless it
    /// forgets, what the workspace's files held is kept.
    fn write_edit<A>(&self, edit: &Edit<A>, forgets: bool) -> Result<()> {
        if self.dry_run {
            let names: Vec<&str> = edit.changed().collect();
            if !names.is_empty() {
                self.say(&format!("Dry run: nothing was written. This would change {}.", names.join(", ")));
            }
            return Ok(());
        }
        for folder in edit.files.chunk_by(|(one, _), (other, _)| one.root == other.root) {
            let Some((first, _)) = folder.first() else { continue };
            let whole = |name: String| match first.is_in(&self.root) {
                true => name,
                false => first.root.join(name).display().to_string(),
            };
            if first.is_in(&self.root) && !forgets {
                undo::keep(&first.root, folder).context("nothing was written")?;
            }
            let names = journal::commit(&first.root, folder)?;
            self.written.borrow_mut().extend(names.into_iter().map(whole));
        }
        Ok(())
    }

    /// Refuses new files that would have errors.
    ///
    /// # Errors
    /// Where they would, which are shown.
    pub fn refuse_errors_of(&self, files: &[(String, NewFile)]) -> Result<()> {
        let bytes = |(name, new): &(String, NewFile)| match new {
            NewFile::Bytes(bytes) => Some((name.clone(), Some(bytes.clone()))),
            NewFile::CopyOf(_) => None,
        };
        self.without_new_errors(files.iter().filter_map(bytes).collect(), &[]).map(drop)
    }

    /// Writes a folder of new files, all of them or none.
    ///
    /// # Errors
    /// Where one of the files is there already, or the disk fails.
    pub fn create(&self, dir: &Path, files: &[(String, NewFile)]) -> Result<()> {
        if self.dry_run {
            return Ok(());
        }
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
