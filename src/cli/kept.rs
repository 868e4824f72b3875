//! Rows of one file added or changed on the command line: what does not go with the rest is not written.

use std::collections::BTreeMap;

use anyhow::Result;

use super::shell::Shell;
use crate::school::layout::Layout;
use crate::school::set_up::Row;
use crate::store::file::Draft;
use crate::store::kept::{with_change, with_rows};

/// Adds a row at the end of a file. The caller holds the lock.
pub(super) fn add(shell: &Shell, layout: &Layout, row: Row) -> Result<()> {
    put(shell, layout.file, |text| Ok(with_rows(text, layout, std::slice::from_ref(&row))))
}

/// Changes cells of the row of an id. The caller holds the lock.
pub(super) fn change(shell: &Shell, layout: &Layout, id: &str, values: &Row) -> Result<()> {
    put(shell, layout.file, |text| Ok(with_change(text, layout, id, values)))
}

/// Puts a new text in a file's place, unless it brings faults. The caller holds the lock.
pub(super) fn put(shell: &Shell, name: &str, change: impl FnOnce(&str) -> Result<String>) -> Result<()> {
    let draft = Draft::open(shell.root(), name)?;
    let text = change(&draft.text)?;
    let then = BTreeMap::from([(name.to_owned(), text.clone().into_bytes())]);
    shell.as_if(&then).refuse_faults(None, "nothing was written")?;
    draft.replace(&text)
}
