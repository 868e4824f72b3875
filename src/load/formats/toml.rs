//! The form of TOML files: tables and values, every error shown, not only the first.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::record::RecordCell;
use super::source::Source;
use super::toml_table::{TomlEntry, TomlTable, TomlValue};
use crate::school::layout;
use crate::text::delimited::LONGEST_CELL;

/// Reads a file into its root table; every error of its syntax is shown.
pub fn read(source: &Source) -> TomlTable<'_> {
    let (root, errors) = DeTable::parse_recoverable(&source.text);
    for error in errors.iter().take(20) {
        let at = error.span().unwrap_or(0..0);
        let (_, value) = source.line_of(at.start).split_once('=').unwrap_or_default();
        let is_date = value.matches('/').count() == 2 || value.matches('.').count() == 2;
        let hint = match (is_date, value.contains(['“', '”', '‘', '’'])) {
            (true, _) => "write the date as 2027-01-04, or in quotes",
            (_, true) => "use straight quotes, as in \"text\"",
            _ => "see the line: a quote, bracket or `=` is amiss",
        };
        source.error(&at, error.message().to_owned(), hint);
    }
    let mut long = Vec::new();
    longest(root.get_ref(), &mut long);
    for at in long {
        let message = format!("this text is longer than {LONGEST_CELL} characters");
        let hint = "keep long texts in a file of their own, and link to it";
        source.error(&at, message, hint);
    }
    // What the root lacks is shown at the top of the file.
    let root = TomlTable { at: 0..0, ..table(source, root.get_ref(), root.span()) };
    if !source.file.starts_with("built-in/") {
        refuse_concerns(source, &root);
    }
    root
}

/// Refuses keys, values and notes that read as a safeguarding concern; of `phase.toml` the school's own route tells what
/// to do about them, and is looked through for none.
fn refuse_concerns(source: &Source, root: &TomlTable<'_>) {
    let is_route =
        |entry: &&TomlEntry<'_>| entry.key == "safeguarding" && *source.file == *layout::PHASE.file;
    let (route, others): (Vec<_>, Vec<_>) = root.entries.iter().partition(is_route);
    for entry in route {
        let TomlValue::Tables(tables) = &entry.value else { continue };
        let mut own = tables.iter().flat_map(|table| &table.entries);
        if let Some(TomlValue::Cells(lines)) =
            own.find(|entry| entry.key == "route").map(|entry| &entry.value)
        {
            source.diagnostics.learn_route(lines.iter().map(|line| line.text.to_string()).collect());
        }
    }
    others.into_iter().for_each(|entry| refuse_concerns_in(source, entry));
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        if let Some((before, note)) = line.split_once('#') {
            let from = start + before.len();
            source.refuse_concern(&(from..start + line.trim_end().len()), note);
        }
        start += line.len();
    }
}

fn refuse_concerns_in(source: &Source, entry: &TomlEntry<'_>) {
    source.refuse_concern(&entry.at, &entry.key);
    match &entry.value {
        TomlValue::Cells(cells) => {
            for cell in cells {
                source.refuse_concern(&cell.at, &cell.text);
            }
        }
        TomlValue::Tables(tables) => {
            let entries = tables.iter().flat_map(|table| &table.entries);
            entries.for_each(|entry| refuse_concerns_in(source, entry));
        }
    }
}

/// The places of the keys and texts that are longer than a cell may be.
fn longest(entries: &DeTable<'_>, found: &mut Vec<Range<usize>>) {
    for (key, item) in entries {
        if key.get_ref().len() > LONGEST_CELL {
            found.push(key.span());
        }
        longest_in(item, found);
    }
}

fn longest_in(item: &Spanned<DeValue<'_>>, found: &mut Vec<Range<usize>>) {
    match item.get_ref() {
        DeValue::String(text) if text.len() > LONGEST_CELL => found.push(item.span()),
        DeValue::Table(entries) => longest(entries, found),
        DeValue::Array(items) => items.iter().for_each(|item| longest_in(item, found)),
        _ => {}
    }
}

/// The beginning of a text that is longer than a cell may be, which has been reported; else the whole.
fn bounded(text: &str) -> &str {
    let ends = (0..=LONGEST_CELL.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..ends.unwrap_or(0)).unwrap_or_default()
}

fn table<'s>(source: &'s Source, entries: &DeTable<'_>, at: Range<usize>) -> TomlTable<'s> {
    let mut entries: Vec<TomlEntry<'s>> = entries
        .iter()
        .map(|(key, item)| TomlEntry {
            key: bounded(key.get_ref()).to_owned(),
            at: key.span(),
            value: value(source, item),
        })
        .collect();
    entries.sort_by_key(|entry| entry.at.start);
    let start = entries.iter().map(|entry| entry.at.start).min();
    TomlTable { source, at: if at.is_empty() { start.map_or(at, |start| start..start) } else { at }, entries }
}

fn value<'s>(source: &'s Source, item: &Spanned<DeValue<'_>>) -> TomlValue<'s> {
    let cell = |text: String| TomlValue::Cells(vec![RecordCell { text: text.into(), at: item.span() }]);
    match item.get_ref() {
        DeValue::String(text) => cell(bounded(text).trim().to_owned()),
        // Another base is left as it is written: no number is read from it.
        DeValue::Integer(number) if number.radix() != 10 => {
            cell(format!("a number of base {}: {}", number.radix(), number.as_str()))
        }
        DeValue::Integer(number) => cell(number.as_str().to_owned()),
        DeValue::Float(number) => cell(number.as_str().to_owned()),
        DeValue::Boolean(yes) => cell(if *yes { "yes" } else { "no" }.to_owned()),
        DeValue::Datetime(date) => cell(date.to_string()),
        DeValue::Table(entries) => TomlValue::Tables(vec![table(source, entries, item.span())]),
        DeValue::Array(items) => {
            let mut cells = Vec::new();
            let mut tables = Vec::new();
            for item in items.iter() {
                match value(source, item) {
                    TomlValue::Cells(more) => cells.extend(more),
                    TomlValue::Tables(more) => tables.extend(more),
                }
            }
            if tables.is_empty() { TomlValue::Cells(cells) } else { TomlValue::Tables(tables) }
        }
    }
}
