//! Tables of keys and values, whatever the form of their file.

use std::ops::Range;

use super::record::{Diagnostics, Record, RecordCell, known_column};
use super::source::Source;
use super::values::ValueError;
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
fn one_value(
    source: &Source,
    entry: &TomlEntry,
    values: &[RecordCell<'static>],
    diagnostics: &mut Diagnostics,
) {
    if values.len() != 1 {
        let wrong = ValueError::new(format!("`{}` takes one value", entry.key), "write it without brackets");
        diagnostics.error(source, &entry.at, wrong);
    }
}

/// Reports the keys that must be there and are not.
fn require(columns: &[ColumnLayout], record: &Record<'_>, diagnostics: &mut Diagnostics) {
    for name in columns.iter().filter(|column| column.required).map(|column| column.name) {
        if !record.has(name) {
            let wrong = ValueError::new(format!("`{name}` is missing"), "fill it in");
            diagnostics.error(record.source, &record.first_line(), wrong);
        }
        record.required(name, diagnostics);
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
        diagnostics: &mut Diagnostics,
    ) -> Record<'s> {
        let mut cells = Vec::new();
        for entry in &self.entries {
            match &entry.value {
                TomlValue::Cells(values) => {
                    let is_list = |column: &ColumnLayout| column.name == entry.key && column.is_list();
                    if !columns.iter().any(is_list) {
                        one_value(source, entry, values, diagnostics);
                    }
                    if tables.iter().any(|table| table.name == entry.key)
                        && !columns.iter().any(|column| column.name == entry.key)
                    {
                        let wrong = ValueError::new(
                            format!("`{}` must be a table", entry.key),
                            &format!("write it as [{}] or [[{}]]", entry.key, entry.key),
                        );
                        diagnostics.error(source, &entry.at, wrong);
                    } else if let Some(column) =
                        known_column(source, &entry.at, &entry.key, columns, "key", diagnostics)
                    {
                        let nothing = || RecordCell { text: "".into(), at: entry.at.clone() };
                        let values = if values.is_empty() { vec![nothing()] } else { values.clone() };
                        cells.extend(values.into_iter().map(|value| (column, value)));
                    }
                }
                TomlValue::Tables(_) => {
                    if columns.iter().any(|column| column.name == entry.key) {
                        let wrong = ValueError::new(
                            format!("`{}` must be a value, not a table", entry.key),
                            &format!("write it as {} = …", entry.key),
                        );
                        diagnostics.error(source, &entry.at, wrong);
                    } else {
                        let known = known_column(source, &entry.at, &entry.key, tables, "table", diagnostics);
                        if let Some(column) = known.filter(|column| column.name != entry.key) {
                            let message = format!("`{}` is written `{}`", entry.key, column.name);
                            diagnostics.error(
                                source,
                                &entry.at,
                                ValueError::new(message, "tables are written in small letters"),
                            );
                        }
                    }
                }
            }
        }
        let may_be_kept = !diagnostics.refuse_concerns(source, self.at.start, &cells);
        let record = Record { source, at: self.at.clone(), cells, may_be_kept };
        require(columns, &record, diagnostics);
        record
    }

    /// The one table under a key; a second is an error.
    pub fn only(&self, key: &str, source: &Source, diagnostics: &mut Diagnostics) -> Option<&TomlTable> {
        let tables = self.tables(key);
        for again in tables.iter().skip(1) {
            let wrong =
                ValueError::new(format!("the table `{key}` is there twice"), "keep one, in single brackets");
            diagnostics.error(source, &again.at, wrong);
        }
        tables.first()
    }

    /// Reports what is no single value, in a table whose keys are the user's own.
    pub fn values_only(&self, source: &Source, diagnostics: &mut Diagnostics) {
        for entry in &self.entries {
            match &entry.value {
                TomlValue::Cells(values) => one_value(source, entry, values, diagnostics),
                TomlValue::Tables(_) => {
                    let wrong = ValueError::new(
                        format!("`{}` must be a value, not a table", entry.key),
                        "write it as a key with a number",
                    );
                    diagnostics.error(source, &entry.at, wrong);
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
