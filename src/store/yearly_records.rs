//! The records kept through the year: rows added at the end of their file, all else left as it was.

use std::collections::BTreeMap;

use super::csv_editor::CsvTable;
use crate::school::layout::RecordLayout;
use crate::school::layout::rows::SetUpRow;

/// The text of a file with rows added at its end; a new one gets a header with the columns that must be
/// there and those that are used.
pub fn with_rows(text: &str, layout: &RecordLayout, rows: &[SetUpRow]) -> String {
    let is_used = |name: &str| {
        rows.iter().any(|row| row.iter().any(|(column, value)| *column == name && !value.is_empty()))
    };
    let heads: Vec<&str> = layout
        .columns
        .iter()
        .filter(|column| column.required || is_used(column.name))
        .map(|column| column.name)
        .collect();
    let mut table = CsvTable::of(text, &heads);
    table.append(rows);
    table.into_text()
}

/// The text of a file with cells of the row of an id changed.
pub fn with_change(text: &str, layout: &RecordLayout, id: &str, values: &[(&str, String)]) -> String {
    let heads: Vec<&str> = layout.columns.iter().map(|column| column.name).collect();
    let mut table = CsvTable::of(text, &heads);
    table.change("id", id, values);
    table.into_text()
}

/// The text of a file with cells on some lines changed, counted from 1, and rows added at its end.
pub fn with_lines_and_rows(
    text: &str,
    layout: &RecordLayout,
    changes: &BTreeMap<u32, Vec<(&str, String)>>,
    rows: &[SetUpRow],
) -> String {
    if changes.is_empty() {
        return if rows.is_empty() { text.to_owned() } else { with_rows(text, layout, rows) };
    }
    let mut table = CsvTable::of(text, &[]);
    table.change_lines(changes);
    table.append(rows);
    table.into_text()
}

/// The text of `import.toml` with a mapping added: its columns by their headings.
pub fn with_mapping(
    text: &str,
    name: &str,
    sheet: Option<&str>,
    key: Option<&str>,
    columns: &[(String, String)],
) -> String {
    let quoted = |text: &str| toml_edit::Value::from(text).to_string();
    let mut added = String::new();
    if text.is_empty() {
        added.push_str("# How exports of the school's own system are read: what each column is.\n");
    } else if !text.ends_with('\n') {
        added.push('\n');
    }
    added.push_str(&format!("\n[[mapping]]\nname = {}\n", quoted(name)));
    for (word, value) in [("sheet", sheet), ("key", key)] {
        if let Some(value) = value {
            added.push_str(&format!("{word} = {}\n", quoted(value)));
        }
    }
    added.push_str("[mapping.columns]\n");
    for (heading, meaning) in columns {
        added.push_str(&format!("{} = {}\n", quoted(heading), quoted(meaning)));
    }
    format!("{text}{added}")
}
