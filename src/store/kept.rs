//! The records kept through the year: rows added at the end of their file, all else left as it was.

use std::path::Path;

use anyhow::Result;

use super::file::Draft;
use super::table::Table;
use crate::school::layout::Layout;
use crate::school::set_up::Row;

/// The text of a file with rows added at its end; a new one gets a header with the columns that must be
/// there and those that are used.
pub fn with_rows(text: &str, layout: &Layout, rows: &[Row]) -> String {
    let is_used = |name: &str| {
        rows.iter().any(|row| row.iter().any(|(column, value)| *column == name && !value.is_empty()))
    };
    let heads: Vec<&str> = layout
        .columns
        .iter()
        .filter(|column| column.required || is_used(column.name))
        .map(|column| column.name)
        .collect();
    let mut table = Table::of(text, &heads);
    table.append(rows);
    table.into_text()
}

/// The text of a file with cells of the row of an id changed.
pub fn with_change(text: &str, layout: &Layout, id: &str, values: &[(&str, String)]) -> String {
    let heads: Vec<&str> = layout.columns.iter().map(|column| column.name).collect();
    let mut table = Table::of(text, &heads);
    table.change("id", id, values);
    table.into_text()
}

/// Adds rows to a file. The caller holds the lock.
///
/// # Errors
/// Where the file has been changed by somebody else, or the disk fails; it then stays as it was.
pub fn append(root: &Path, name: &str, layout: &Layout, rows: &[Row]) -> Result<()> {
    let draft = Draft::open(root, name)?;
    draft.replace(&with_rows(&draft.text, layout, rows))
}
