//! Rows of one file added or changed on the command line: what does not go with the rest is not written.

use anyhow::Result;

use super::Shell;
use crate::school::layout::RecordLayout;
use crate::school::layout::rows::SetUpRow;
use crate::store::atomic_file::FileEdit;
use crate::store::yearly_records::{with_change, with_rows};

/// Adds a row at the end of a file. The caller holds the lock.
pub(crate) fn add(shell: &Shell, layout: &RecordLayout, row: SetUpRow) -> Result<()> {
    put(shell, layout.file, |text| Ok(with_rows(text, layout, std::slice::from_ref(&row))))
}

/// Changes cells of the row of an id. The caller holds the lock.
pub(crate) fn change(shell: &Shell, layout: &RecordLayout, id: &str, values: &SetUpRow) -> Result<()> {
    put(shell, layout.file, |text| Ok(with_change(text, layout, id, values)))
}

/// Puts a new text in a file's place, unless it brings errors. The caller holds the lock.
pub(crate) fn put(shell: &Shell, name: &str, change: impl FnOnce(&str) -> Result<String>) -> Result<()> {
    let edit = FileEdit::open(shell.root(), name)?;
    let text = change(&edit.text)?;
    replace(shell, &[(edit, text)])
}

/// Puts new texts in the places of files, all of them or none, unless they bring errors together. The caller holds
/// the lock.
pub(crate) fn replace(shell: &Shell, changes: &[(FileEdit, String)]) -> Result<()> {
    let bytes = |(edit, text): &(FileEdit, String)| (edit.name.clone(), text.clone().into_bytes());
    shell.as_if(&changes.iter().map(bytes).collect()).refuse_faults(None, "nothing was written")?;
    shell.commit(changes)
}
