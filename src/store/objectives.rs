//! `objectives.toml` changed in one place: every note, and the order, stay.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use toml_edit::{DocumentMut, Item, Value};

/// The text in which a milestone says the day on which it was done; objective and criterion counted from 0.
///
/// # Errors
/// Where the text is no TOML, or has no such criterion.
pub fn with_milestone(text: &str, objective: usize, criterion: usize, done: NaiveDate) -> Result<String> {
    let mut document: DocumentMut = text.parse()?;
    let item = nth(document.get_mut("objective"), objective)
        .and_then(|objective| nth(objective.get_mut("criterion"), criterion))
        .and_then(|criterion| criterion.get_mut("milestone"))
        .context("there is no such milestone")?;
    let old = item.as_value().map(|value| value.decor().clone());
    let day: toml_edit::Datetime = done.to_string().parse()?;
    let mut new = Value::from(day);
    if let Some(decor) = old {
        *new.decor_mut() = decor;
    }
    *item = Item::Value(new);
    Ok(with_ends_of(text, &document.to_string()))
}

/// The text with only those objectives that these say, counted from 0; the notes before the first of them
/// stay.
///
/// # Errors
/// Where the text is no TOML.
pub fn with_only(text: &str, kept: &[usize]) -> Result<String> {
    let mut document: DocumentMut = text.parse()?;
    match document.get_mut("objective") {
        Some(Item::ArrayOfTables(tables)) => {
            for index in (0..tables.len()).rev().filter(|index| !kept.contains(index)) {
                tables.remove(index);
            }
        }
        Some(Item::Value(Value::Array(tables))) => {
            for index in (0..tables.len()).rev().filter(|index| !kept.contains(index)) {
                tables.remove(index);
            }
        }
        Some(Item::Table(_)) if !kept.contains(&0) => {
            document.remove("objective");
        }
        _ => {}
    }
    Ok(with_ends_of(text, &document.to_string()))
}

/// A text with the line ends of the one that it was made from: `toml_edit` writes its own.
pub(super) fn with_ends_of(before: &str, after: &str) -> String {
    let is_windows = before.contains("\r\n");
    if is_windows { after.replace("\r\n", "\n").replace('\n', "\r\n") } else { after.to_owned() }
}

/// The table with that place under a key, however the list of them is written.
fn nth(item: Option<&mut Item>, index: usize) -> Option<&mut dyn toml_edit::TableLike> {
    match item? {
        Item::ArrayOfTables(tables) => {
            tables.get_mut(index).map(|table| table as &mut dyn toml_edit::TableLike)
        }
        // What is no table among them is none of them.
        Item::Value(Value::Array(tables)) => tables
            .iter_mut()
            .filter_map(Value::as_inline_table_mut)
            .nth(index)
            .map(|table| table as &mut dyn toml_edit::TableLike),
        Item::Table(table) if index == 0 => Some(table as &mut dyn toml_edit::TableLike),
        Item::Value(Value::InlineTable(table)) if index == 0 => Some(table as &mut dyn toml_edit::TableLike),
        _ => None,
    }
}
