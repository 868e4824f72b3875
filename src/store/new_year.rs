//! The files of one academic year as the next one begins with them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use toml_edit::{DocumentMut, Item, Value};

use super::csv_editor::CsvTable;
use super::objectives::with_ends_of;

/// `phase.toml` with last year's folder named, and without programmed sessions on single dates; and how many
/// of those there were.
///
/// # Errors
/// Where the text is no TOML.
pub fn phase(text: &str, previous: &str) -> Result<(String, usize)> {
    let mut document: DocumentMut = text.parse()?;
    let mut dropped = 0;
    if let Some(Item::ArrayOfTables(phases)) = document.get_mut("phase") {
        for phase in phases.iter_mut() {
            let sessions = phase.get_mut("sessions").and_then(Item::as_array_mut);
            let Some(sessions) = sessions else { continue };
            let before = sessions.len();
            sessions.retain(|session| !session.as_str().is_some_and(names_a_year));
            dropped += before - sessions.len();
        }
    }
    let in_school = document.get("school").and_then(|school| school.get("previous")).is_some();
    if in_school {
        let school = document.get_mut("school").and_then(Item::as_table_like_mut).context("no school")?;
        school.insert("previous", toml_edit::value(previous));
        return Ok((with_ends_of(text, &document.to_string()), dropped));
    }
    if let Some(item) = document.get_mut("previous") {
        let decor = item.as_value().map(|value| value.decor().clone());
        let mut value = Value::from(previous);
        if let Some(decor) = decor {
            *value.decor_mut() = decor;
        }
        *item = Item::Value(value);
        return Ok((with_ends_of(text, &document.to_string()), dropped));
    }
    // Before the first table, which is where a key of the file as a whole must stand; its notes stay on top.
    let text = with_ends_of(text, &document.to_string());
    let is_table = |line: &str| line.trim_start().starts_with('[');
    let at: usize = text.split_inclusive('\n').take_while(|line| !is_table(line)).map(str::len).sum();
    let (head, rest) = text.split_at_checked(at).unwrap_or((text.as_str(), ""));
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Ok((format!("{head}previous = {}{end}{end}{rest}", Value::from(previous)), dropped))
}

/// A TOML file in whose tables each link is what `named` makes of it; none leaves it.
///
/// # Errors
/// Where the text is no TOML.
pub fn links(text: &str, named: impl Fn(&str) -> Option<String>) -> Result<String> {
    let mut document: DocumentMut = text.parse()?;
    for (_, item) in document.iter_mut() {
        rename_links(item, &named);
    }
    Ok(with_ends_of(text, &document.to_string()))
}

fn rename_links(item: &mut Item, named: &impl Fn(&str) -> Option<String>) {
    let Item::ArrayOfTables(tables) = item else { return };
    for table in tables.iter_mut() {
        for (key, item) in table.iter_mut() {
            let new = item.as_str().filter(|_| key.get() == "link").and_then(named);
            match (new, item.as_value_mut()) {
                (Some(new), Some(value)) => {
                    let decor = value.decor().clone();
                    *value = Value::from(new);
                    *value.decor_mut() = decor;
                }
                _ => rename_links(item, named),
            }
        }
    }
}

/// Whether a time is on a date of some year, rather than on a weekday: it has four digits in a row.
fn names_a_year(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

/// `availability.csv` without what holds on single dates; and how many rows that was.
pub fn availability(text: &str) -> (String, usize) {
    let mut table = CsvTable::of(text, &[]);
    let gone = table.retain(|_, cell| ["date", "from", "to"].iter().all(|name| cell(name).is_empty()));
    (table.into_text(), gone.len())
}

/// A file of rows with only those on some lines, counted from 1; and how many were left out.
pub fn with_only_lines(text: &str, kept: &BTreeSet<u32>) -> (String, usize) {
    let mut table = CsvTable::of(text, &[]);
    let gone = table.retain(|line, _| kept.contains(&line));
    (table.into_text(), gone.len())
}

/// `pupils.csv` with each pupil in the class and year group that a line, counted from 1, says; pupils on other
/// lines are left out.
pub fn pupils(text: &str, moved: &BTreeMap<u32, (String, String)>) -> (String, usize) {
    let mut table = CsvTable::of(text, &[]);
    let changes = moved
        .iter()
        .map(|(line, (class, year))| (*line, vec![("class", class.clone()), ("year_group", year.clone())]));
    table.change_lines(&changes.collect());
    let gone = table.retain(|line, _| moved.contains_key(&line));
    (table.into_text(), gone.len())
}
