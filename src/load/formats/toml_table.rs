//! Tables of keys and values, whatever the form of their file.

use std::ops::Range;

use super::record::{Record, RecordCell, known_column};
use super::source::Source;
use crate::school::layout::ColumnLayout;

/// A table: its entries in the order of the file.
#[derive(Debug, Default)]
pub struct TomlTable {
    pub entries: Vec<TomlEntry>,
    pub at: Range<usize>,
}

/// A key and what stands under it.
#[derive(Debug)]
pub struct TomlEntry {
    pub key: String,
    pub at: Range<usize>,
    pub value: TomlValue,
}

/// What stands under a key.
#[derive(Debug)]
pub enum TomlValue {
    /// A value, or several of a list.
    Cells(Vec<RecordCell<'static>>),
    Tables(Vec<TomlTable>),
}

/// Reports a list, or nothing, where one value is wanted.
fn one_value(source: &Source, entry: &TomlEntry, values: &[RecordCell<'static>]) {
    if values.len() != 1 {
        source.error(&entry.at, format!("`{}` takes one value", entry.key), "write it without brackets");
    }
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

impl TomlTable {
    /// Where what is missing is shown: at the top.
    pub fn first(&self) -> Range<usize> {
        self.at.start..self.at.start
    }

    /// The tables under a key: one for `[key]`, several for `[[key]]`.
    pub fn tables(&self, key: &str) -> &[TomlTable] {
        self.entries.iter().find(|entry| entry.key == key).map_or(&[], |entry| match &entry.value {
            TomlValue::Tables(tables) => tables.as_slice(),
            TomlValue::Cells(_) => &[],
        })
    }

    /// The table as a record: the keys that hold values, checked against those known. Keys that
    /// hold tables are checked against `tables`.
    pub fn record<'s>(
        &self,
        source: &'s Source,
        columns: &'static [ColumnLayout],
        tables: &'static [ColumnLayout],
    ) -> Record<'s> {
        let mut cells = Vec::new();
        for entry in &self.entries {
            match &entry.value {
                TomlValue::Cells(values) => {
                    let is_list = |column: &ColumnLayout| column.name == entry.key && column.is_list();
                    if !columns.iter().any(is_list) {
                        one_value(source, entry, values);
                    }
                    if tables.iter().any(|table| table.name == entry.key)
                        && !columns.iter().any(|column| column.name == entry.key)
                    {
                        source.error(
                            &entry.at,
                            format!("`{}` must be a table", entry.key),
                            &format!("write it as [{}] or [[{}]]", entry.key, entry.key),
                        );
                    } else if let Some(column) = known_column(source, &entry.at, &entry.key, columns, "key") {
                        let nothing = || RecordCell { text: "".into(), at: entry.at.clone() };
                        let values = if values.is_empty() { vec![nothing()] } else { values.clone() };
                        cells.extend(values.into_iter().map(|value| (column, value)));
                    }
                }
                TomlValue::Tables(_) => {
                    if columns.iter().any(|column| column.name == entry.key) {
                        source.error(
                            &entry.at,
                            format!("`{}` must be a value, not a table", entry.key),
                            &format!("write it as {} = …", entry.key),
                        );
                    } else {
                        let known = known_column(source, &entry.at, &entry.key, tables, "table");
                        if let Some(column) = known.filter(|column| column.name != entry.key) {
                            let message = format!("`{}` is written `{}`", entry.key, column.name);
                            source.error(&entry.at, message, "tables are written in small letters");
                        }
                    }
                }
            }
        }
        let record = Record::new(source, self.at.clone(), cells, &source.diagnostics.concern_check());
        require(columns, &record);
        record
    }

    /// The one table under a key; a second is an error.
    pub fn only(&self, key: &str, source: &Source) -> Option<&TomlTable> {
        let tables = self.tables(key);
        for again in tables.iter().skip(1) {
            source.error(
                &again.at,
                format!("the table `{key}` is there twice"),
                "keep one, in single brackets",
            );
        }
        tables.first()
    }

    /// Reports what is no single value, in a table whose keys are the user's own.
    pub fn values_only(&self, source: &Source) {
        for entry in &self.entries {
            match &entry.value {
                TomlValue::Cells(values) => one_value(source, entry, values),
                TomlValue::Tables(_) => {
                    source.error(
                        &entry.at,
                        format!("`{}` must be a value, not a table", entry.key),
                        "write it as a key with a number",
                    );
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
