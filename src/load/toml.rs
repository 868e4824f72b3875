//! The form of TOML files: tables and values, every fault told, not only the first.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::form::Wrong;
use super::record::{Cell, Column, Faults, Record, known_column};
use super::source::Source;

/// A table: its entries in the order of the file.
#[derive(Debug, Default)]
pub struct Table {
    entries: Vec<Entry>,
    at: Range<usize>,
}

#[derive(Debug)]
struct Entry {
    key: String,
    at: Range<usize>,
    value: Value,
}

#[derive(Debug)]
enum Value {
    Cells(Vec<Cell>),
    Tables(Vec<Table>),
}

/// Reads a file into its root table; every fault of its syntax is told.
pub fn read(source: &Source, faults: &mut Faults) -> Table {
    let (root, errors) = DeTable::parse_recoverable(&source.text);
    for error in errors.iter().take(20) {
        let at = error.span().unwrap_or(0..0);
        let (_, value) = source.line_of(at.start).split_once('=').unwrap_or_default();
        let hint = match value.matches('/').count() {
            2 => "write the date as 2027-01-04, or in quotes",
            _ => "see the line: a quote, bracket or `=` is amiss",
        };
        faults.error(source, &at, Wrong::new(error.message().to_owned(), hint));
    }
    // What the root lacks is told at the top of the file.
    Table { at: 0..0, ..table(root.get_ref(), root.span()) }
}

fn table(entries: &DeTable<'_>, at: Range<usize>) -> Table {
    let mut entries: Vec<Entry> = entries
        .iter()
        .map(|(key, item)| Entry { key: key.get_ref().to_string(), at: key.span(), value: value(item) })
        .collect();
    entries.sort_by_key(|entry| entry.at.start);
    let start = entries.iter().map(|entry| entry.at.start).min();
    Table { at: if at.is_empty() { start.map_or(at, |start| start..start) } else { at }, entries }
}

fn value(item: &Spanned<DeValue<'_>>) -> Value {
    let cell = |text: String| Value::Cells(vec![Cell { text, at: item.span() }]);
    match item.get_ref() {
        DeValue::String(text) => cell(text.trim().to_owned()),
        // Another base is left as it is written: no number is read from it.
        DeValue::Integer(number) if number.radix() != 10 => {
            cell(format!("a number of base {}: {}", number.radix(), number.as_str()))
        }
        DeValue::Integer(number) => cell(number.as_str().to_owned()),
        DeValue::Float(number) => cell(number.as_str().to_owned()),
        DeValue::Boolean(yes) => cell(if *yes { "yes" } else { "no" }.to_owned()),
        DeValue::Datetime(date) => cell(date.to_string()),
        DeValue::Table(entries) => Value::Tables(vec![table(entries, item.span())]),
        DeValue::Array(items) => {
            let mut cells = Vec::new();
            let mut tables = Vec::new();
            for item in items.iter() {
                match value(item) {
                    Value::Cells(more) => cells.extend(more),
                    Value::Tables(more) => tables.extend(more),
                }
            }
            if tables.is_empty() { Value::Cells(cells) } else { Value::Tables(tables) }
        }
    }
}

/// The keys that take a list.
const LISTS: &[&str] =
    &["year_groups", "sessions", "weekdays", "allows", "period", "periods", "classes", "staff"];

/// Tells of a list, or of nothing, where one value is wanted.
fn one_value(source: &Source, entry: &Entry, values: &[Cell], faults: &mut Faults) {
    if values.len() != 1 && !LISTS.contains(&entry.key.as_str()) {
        let wrong = Wrong::new(format!("`{}` takes one value", entry.key), "write it without brackets");
        faults.error(source, &entry.at, wrong);
    }
}

impl Table {
    /// The tables under a key: one for `[key]`, several for `[[key]]`.
    pub fn tables(&self, key: &str) -> &[Table] {
        self.entries.iter().find(|entry| entry.key == key).map_or(&[], |entry| match &entry.value {
            Value::Tables(tables) => tables.as_slice(),
            Value::Cells(_) => &[],
        })
    }

    /// The table as a record: the keys that hold values, checked against those known. Keys that
    /// hold tables are checked against `tables`.
    pub fn record<'s>(
        &self,
        source: &'s Source,
        columns: &'static [Column],
        tables: &'static [Column],
        faults: &mut Faults,
    ) -> Record<'s> {
        let mut cells = Vec::new();
        for entry in &self.entries {
            match &entry.value {
                Value::Cells(values) => {
                    one_value(source, entry, values, faults);
                    if tables.iter().any(|(name, _)| *name == entry.key)
                        && !columns.iter().any(|(name, _)| *name == entry.key)
                    {
                        let wrong = Wrong::new(
                            format!("`{}` must be a table", entry.key),
                            &format!("write it as [{}] or [[{}]]", entry.key, entry.key),
                        );
                        faults.error(source, &entry.at, wrong);
                    } else if let Some(name) =
                        known_column(source, &entry.at, &entry.key, columns, "key", faults)
                    {
                        cells.push((name, values.clone()));
                    }
                }
                Value::Tables(_) => {
                    if columns.iter().any(|(name, _)| *name == entry.key) {
                        let wrong = Wrong::new(
                            format!("`{}` must be a value, not a table", entry.key),
                            &format!("write it as {} = …", entry.key),
                        );
                        faults.error(source, &entry.at, wrong);
                    } else {
                        known_column(source, &entry.at, &entry.key, tables, "table", faults);
                    }
                }
            }
        }
        let record = Record { source, at: self.at.clone(), cells };
        for (name, _) in columns.iter().filter(|(_, required)| *required) {
            if record.cells.iter().all(|(column, _)| column != name) {
                let wrong = Wrong::new(format!("`{name}` is missing"), "fill it in");
                faults.error(source, &record.first_line(), wrong);
            }
            record.required(name, faults);
        }
        record
    }

    /// The one table under a key; a second is told of.
    pub fn only(&self, key: &str, source: &Source, faults: &mut Faults) -> Option<&Table> {
        let tables = self.tables(key);
        for again in tables.iter().skip(1) {
            let wrong =
                Wrong::new(format!("the table `{key}` is there twice"), "keep one, in single brackets");
            faults.error(source, &again.at, wrong);
        }
        tables.first()
    }

    /// Tells of what is no single value, in a table whose keys are the user's own.
    pub fn values_only(&self, source: &Source, faults: &mut Faults) {
        for entry in &self.entries {
            match &entry.value {
                Value::Cells(values) => one_value(source, entry, values, faults),
                Value::Tables(_) => {
                    let wrong = Wrong::new(
                        format!("`{}` must be a value, not a table", entry.key),
                        "write it as a key with a number",
                    );
                    faults.error(source, &entry.at, wrong);
                }
            }
        }
    }

    /// The keys that hold values, for a table whose keys are the user's own.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &Range<usize>, &Cell)> {
        self.entries.iter().filter_map(|entry| match &entry.value {
            Value::Cells(cells) => cells.first().map(|cell| (entry.key.as_str(), &entry.at, cell)),
            Value::Tables(_) => None,
        })
    }
}
