//! The set-up as text: whole files with notes, and rows added to files that are there.

use anyhow::Result;
use chrono::NaiveDate;

use super::csv_editor::CsvTable;
use crate::school::AcademicYear;
use crate::school::layout::rows::{SetUpRow, SetUpRows, of};
use crate::school::layout::{self, ColumnType, RecordLayout, RecordLocation};
use crate::text::delimited::quoted;

/// The set-up as files: the name and text of each that has something in it.
pub fn files(set_up: &SetUpRows) -> Vec<(&'static str, String)> {
    let mut files = Vec::new();
    for name in layout::FILES {
        let text = match layout::SET_UP.iter().find(|layout| layout.file == *name && is_rows(layout)) {
            Some(layout) => csv(layout, set_up.rows(layout)),
            None => toml(name, set_up),
        };
        if !text.is_empty() {
            files.push((*name, text));
        }
    }
    files
}

fn is_rows(layout: &RecordLayout) -> bool {
    matches!(layout.home, RecordLocation::Rows)
}

/// A CSV file: what it is and what its columns mean, then its rows; empty where there are none.
fn csv(layout: &RecordLayout, rows: &[SetUpRow]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let is_used = |column: &&layout::ColumnLayout| rows.iter().any(|row| !of(row, column.name).is_empty());
    let shown: Vec<&layout::ColumnLayout> =
        layout.columns.iter().filter(|column| column.required || is_used(column)).collect();
    let means = |column: &layout::ColumnLayout| format!("{}: {}", column.name, column.help);
    let others: Vec<String> = layout
        .columns
        .iter()
        .filter(|column| shown.iter().all(|shown| shown.name != column.name))
        .map(means)
        .collect();
    let mut text = note(&format!("{}.", layout.about));
    text.push_str(&note(&shown.iter().map(|column| means(column)).collect::<Vec<_>>().join("; ")));
    if !others.is_empty() {
        text.push_str(&note(&format!("You may add columns. {}", others.join("; "))));
    }
    text.push_str(&lines(&shown, rows));
    text
}

/// Rows as CSV, with those of the columns that are needed or used.
pub fn rows(columns: &[layout::ColumnLayout], rows: &[SetUpRow]) -> String {
    let is_used = |column: &&layout::ColumnLayout| rows.iter().any(|row| !of(row, column.name).is_empty());
    let shown: Vec<&layout::ColumnLayout> =
        columns.iter().filter(|column| column.required || is_used(column)).collect();
    lines(&shown, rows)
}

fn lines(columns: &[&layout::ColumnLayout], rows: &[SetUpRow]) -> String {
    let mut text = columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",");
    text.push('\n');
    for row in rows {
        let cells: Vec<String> = columns.iter().map(|column| quoted(of(row, column.name), b',')).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// Lines that are not read, at most 100 characters each. No quote is in them, and no separator that
/// would be taken for the file's.
fn note(text: &str) -> String {
    let mut lines = String::new();
    let mut line = String::from("#");
    for word in text.split(' ') {
        if line.len() + word.len() + 1 > 100 {
            lines.push_str(&line);
            lines.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    lines.push_str(&line);
    lines.push('\n');
    lines
}

/// A TOML file: its keys, then its tables.
fn toml(name: &str, set_up: &SetUpRows) -> String {
    let is_calendar = name == layout::HALF_TERMS.file;
    let keys = |row: &&SetUpRow| (of(row, "table") == "calendar") == is_calendar;
    let keys: Vec<&SetUpRow> = set_up.rows(&layout::SCHOOL).iter().filter(keys).collect();
    let layouts: Vec<&RecordLayout> = layout::SET_UP.iter().filter(|layout| layout.file == name).collect();
    let mut text = String::new();
    let mut tables: Vec<&str> = Vec::new();
    for row in &keys {
        if !tables.contains(&of(row, "table")) {
            tables.push(of(row, "table"));
        }
    }
    // The school first, its further choices last.
    tables.sort_by_key(|table| !matches!(*table, "calendar" | "school"));
    let (first, rest): (Vec<&str>, Vec<&str>) =
        tables.into_iter().partition(|table| matches!(*table, "calendar" | "school"));
    text.push_str(&key_tables(&first, &keys));
    for layout in layouts {
        let RecordLocation::Tables(key) = layout.home else { continue };
        let rows = set_up.rows(layout);
        if !rows.is_empty() {
            text.push('\n');
            text.push_str(&note(&format!("{}.", layout.about)));
        }
        for (index, row) in rows.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            text.push_str(&table(set_up, key, layout, row, index == 0));
        }
    }
    text.push_str(&key_tables(&rest, &keys));
    if text.is_empty() {
        return text;
    }
    let about = if is_calendar { "The academic year" } else { "The school and its choices" };
    format!("{}{text}", note(&format!("{about}. Lines that begin with # are not read.")))
}

/// One table of several; with notes on its keys, where it is the first.
fn table(set_up: &SetUpRows, key: &str, layout: &RecordLayout, row: &SetUpRow, notes: bool) -> String {
    let mut text = format!("[[{key}]]\n");
    for column in layout.columns {
        let value = of(row, column.name);
        let value = match (column.name, value.is_empty()) {
            ("sessions", _) => sessions(set_up, of(row, "id")),
            (_, true) => continue,
            _ => toml_value(column.holds, value),
        };
        let help = if notes { format!("  # {}", column.help) } else { String::new() };
        text.push_str(&format!("{} = {value}{help}\n", column.name));
    }
    text
}

/// The text of a file with rows added at its end, all else as it was. `year` is for a calendar that is
/// not there yet.
///
/// # Errors
/// Where a TOML file is none.
pub fn with_rows(text: &str, layout: &RecordLayout, rows: &[SetUpRow], year: AcademicYear) -> Result<String> {
    let RecordLocation::Tables(key) = layout.home else {
        let columns: Vec<&str> = layout.columns.iter().map(|column| column.name).collect();
        let mut table = CsvTable::of(text, &columns);
        table.append(rows);
        return Ok(table.into_text());
    };
    let mut text = apart(text, key)?;
    if text.trim().is_empty() {
        text = format!("academic_year = {}\n", basic(&year.to_string()));
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if !text.ends_with('\n') {
        text.push_str(end);
    }
    for row in rows {
        let table = format!("\n{}", table(&SetUpRows::default(), key, layout, row, false));
        text.push_str(&table.replace('\n', end));
    }
    Ok(text)
}

/// The text of a TOML file with the tables of a key written apart, not in one list.
fn apart(text: &str, key: &str) -> Result<String> {
    let mut document: toml_edit::DocumentMut = text.parse()?;
    if document.get(key).is_none_or(|item| !item.is_array()) {
        return Ok(text.to_owned());
    }
    if let Some(tables) = document.remove(key).and_then(|item| item.into_array_of_tables().ok()) {
        document.insert(key, toml_edit::Item::ArrayOfTables(tables));
    }
    Ok(document.to_string())
}

/// The text of a file of rows in which the row whose `key` column says `id` has these values, all else
/// as it was; none where there is no such row.
pub fn with_values(text: &str, key: &str, id: &str, values: &SetUpRow) -> Option<String> {
    let mut table = CsvTable::of(text, &[]);
    table.change(key, id, values).then(|| table.into_text())
}

/// The text of a TOML file without the tables of a key, all else as it was; the notes that stood in them
/// stand at its end.
///
/// # Errors
/// Where it is no TOML.
pub fn without(text: &str, key: &str) -> Result<String> {
    let mut document: toml_edit::DocumentMut = text.parse()?;
    document.remove(key);
    let mut without = document.to_string();
    let kept: Vec<String> = without.lines().map(|line| line.trim().to_owned()).collect();
    let notes = text.lines().map(str::trim).filter(|line| line.starts_with('#'));
    for note in notes.filter(|note| kept.iter().all(|line| line != note)) {
        without.push_str(&format!("\n{note}"));
    }
    if !without.ends_with('\n') {
        without.push('\n');
    }
    Ok(without)
}

/// The programmed sessions of a phase, as a list.
fn sessions(set_up: &SetUpRows, phase: &str) -> String {
    let rows = set_up.rows(&layout::SESSIONS).iter().filter(|row| of(row, "phase") == phase);
    format!("[{}]", rows.map(|row| basic(of(row, "sessions"))).collect::<Vec<_>>().join(", "))
}

/// Tables of keys and single values.
fn key_tables(tables: &[&str], keys: &[&SetUpRow]) -> String {
    let mut text = String::new();
    for table in tables {
        if *table != "calendar" {
            let path: Vec<String> = table.split('.').map(key).collect();
            text.push_str(&format!("\n[{}]\n", path.join(".")));
        }
        for row in keys.iter().filter(|row| of(row, "table") == *table) {
            let value = of(row, "value");
            let is_number = value.parse::<u32>().is_ok_and(|number| number.to_string() == value);
            let value = if is_number { value.to_owned() } else { basic(value) };
            text.push_str(&format!("{} = {value}\n", key(of(row, "setting"))));
        }
    }
    text
}

/// A key: bare where it may be.
fn key(name: &str) -> String {
    let is_bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if is_bare { name.to_owned() } else { basic(name) }
}

fn toml_value(holds: ColumnType, value: &str) -> String {
    match holds {
        ColumnType::Several => {
            let parts: Vec<String> = value.split(';').map(|part| basic(part.trim())).collect();
            format!("[{}]", parts.join(", "))
        }
        ColumnType::Date if value.parse::<NaiveDate>().is_ok() => value.to_owned(),
        ColumnType::Number if value.parse::<u32>().is_ok_and(|number| number.to_string() == value) => {
            value.to_owned()
        }
        ColumnType::YesNo => (value == "yes").to_string(),
        _ => basic(value),
    }
}

/// A TOML basic string.
fn basic(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
