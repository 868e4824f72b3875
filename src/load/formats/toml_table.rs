//! Tables of keys and values, whatever the form of their file.

use std::ops::Range;

use super::record::{Record, RecordCell, known};
use super::source::Source;
use crate::school::layout::{ColumnLayout, TableLayout};

/// A table: its entries in the order of the file.
#[derive(Debug)]
pub struct TomlTable<'s> {
    pub source: &'s Source,
    pub entries: Vec<TomlEntry<'s>>,
    pub at: Range<usize>,
}

/// A key and what stands under it.
#[derive(Debug)]
pub struct TomlEntry<'s> {
    pub key: String,
    pub at: Range<usize>,
    pub value: TomlValue<'s>,
}

/// What stands under a key.
#[derive(Debug)]
pub enum TomlValue<'s> {
    /// A value, or several of a list.
    Cells(Vec<RecordCell<'static>>),
    Tables(Vec<TomlTable<'s>>),
}

/// Reports the keys that must be there and are not.
fn require(columns: &[ColumnLayout], record: &Record<'_>) {
    for name in columns.iter().filter(|column| column.required).map(|column| column.name) {
        if !record.has(name) {
            record.error(&record.first_line(), format!("`{name}` is missing"), "fill it in");
        }
        record.required(name);
    }
}

impl<'s> TomlTable<'s> {
    /// Where what is missing is shown: at the top.
    pub fn first(&self) -> Range<usize> {
        self.at.start..self.at.start
    }

    /// Says what is wrong at some bytes.
    pub fn error(&self, at: &Range<usize>, message: impl Into<String>, hint: &str) {
        self.source.error(at, message, hint);
    }

    /// The tables under a key: one for `[key]`, several for `[[key]]`.
    pub fn tables(&self, key: &str) -> &[TomlTable<'s>] {
        self.entries.iter().find(|entry| entry.key == key).map_or(&[], |entry| match &entry.value {
            TomlValue::Tables(tables) => tables.as_slice(),
            TomlValue::Cells(_) => &[],
        })
    }

    /// The tables under a key as records.
    pub fn records(&self, key: &str, layout: impl Into<TableLayout>) -> Vec<Record<'s>> {
        let layout = layout.into();
        self.tables(key).iter().map(|table| table.record(layout)).collect()
    }

    /// The table as a record: the keys that hold values, checked against those of the layout, as are the tables in it.
    pub fn record(&self, layout: impl Into<TableLayout>) -> Record<'s> {
        let layout = layout.into();
        let mut cells = Vec::new();
        for entry in &self.entries {
            let column = layout.keys.iter().find(|column| column.name == entry.key);
            let table = layout.tables.iter().find(|table| table.name == entry.key);
            let key = &entry.key;
            match &entry.value {
                TomlValue::Cells(values) => {
                    if !column.is_some_and(ColumnLayout::is_list) {
                        self.one_value(entry, values);
                    }
                    if table.is_some() && column.is_none() {
                        let hint = format!("write it as [{key}] or [[{key}]]");
                        self.error(&entry.at, format!("`{key}` must be a table"), &hint);
                        continue;
                    }
                    let columns = layout.keys.iter().map(|column| (column.name, column));
                    if let Some(column) = known(self.source, &entry.at, key, columns, "key") {
                        let nothing = || RecordCell { text: "".into(), at: entry.at.clone() };
                        let values = if values.is_empty() { vec![nothing()] } else { values.clone() };
                        cells.extend(values.into_iter().map(|value| (column, value)));
                    }
                }
                TomlValue::Tables(_) if column.is_some() => {
                    let message = format!("`{key}` must be a value, not a table");
                    self.error(&entry.at, message, &format!("write it as {key} = …"));
                }
                TomlValue::Tables(_) => {
                    let tables = layout.tables.iter().map(|table| (table.name, table.name));
                    let name = known(self.source, &entry.at, key, tables, "table");
                    if let Some(name) = name.filter(|name| name != key) {
                        let message = format!("`{key}` is written `{name}`");
                        self.error(&entry.at, message, "tables are written in small letters");
                    }
                }
            }
        }
        let check = self.source.diagnostics.concern_check();
        let record = Record::new(self.source, self.at.clone(), cells, &check);
        require(layout.keys, &record);
        record
    }

    /// The one table under a key; a second is an error.
    pub fn only(&self, key: &str) -> Option<&TomlTable<'s>> {
        let tables = self.tables(key);
        for again in tables.iter().skip(1) {
            self.error(
                &again.at,
                format!("the table `{key}` is there twice"),
                "keep one, in single brackets",
            );
        }
        tables.first()
    }

    /// Reports a list, or nothing, where one value is wanted.
    fn one_value(&self, entry: &TomlEntry<'_>, values: &[RecordCell<'static>]) {
        if values.len() != 1 {
            self.error(&entry.at, format!("`{}` takes one value", entry.key), "write it without brackets");
        }
    }

    /// Reports what is no single value, in a table whose keys are the user's own.
    pub fn values_only(&self) {
        for entry in &self.entries {
            match &entry.value {
                TomlValue::Cells(values) => self.one_value(entry, values),
                TomlValue::Tables(_) => {
                    let message = format!("`{}` must be a value, not a table", entry.key);
                    self.error(&entry.at, message, "write it as a key with a number");
                }
            }
        }
    }

    /// The keys that hold values, for a table whose keys are the user's own.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &Range<usize>, &RecordCell<'static>)> {
        self.entries.iter().filter_map(|entry| match &entry.value {
            TomlValue::Cells(cells) => cells.first().map(|cell| (entry.key.as_str(), &entry.at, cell)),
            TomlValue::Tables(_) => None,
        })
    }
}
