//! The form of workbooks: every sheet as rows of text in one `Source`, so that what reads CSV reads a
//! sheet, and an error is shown by sheet and cell. Bounded before anything is laid out in memory.

use std::io::Cursor;
use std::ops::Range;

use calamine::{Reader, Xlsx};

use super::csv::records_within;
use super::diagnostics::Diagnostics;
use super::record::{ColumnCell, Record, RecordCell};
use super::source::Source;
use super::toml_table::{TomlEntry, TomlTable, TomlValue};
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::formats::xlsx_cells::{CellReader, MOST_CELLS, lay_out, refusal, refuse_unreadable};
use crate::school::layout::{self, RecordLayout, RecordLocation};
use crate::text::delimited;

/// A workbook as text, and the bytes of each of its sheets.
#[derive(Debug)]
pub struct Workbook {
    pub source: Source,
    sheets: Vec<(String, Range<usize>)>,
    /// The sheets that are not read.
    others: Vec<String>,
}

/// Reads the sheets of a workbook that are wanted, by name; cells that cannot be read are shown.
///
/// # Errors
/// A diagnostic where it is no workbook, has a password, or is larger than what is read.
pub fn read(
    file: &str,
    bytes: Vec<u8>,
    wanted: &[&str],
    diagnostics: &Diagnostics,
) -> Result<Workbook, Box<Diagnostic>> {
    refuse_unreadable(file, &bytes)?;
    let broken =
        |_| refusal(file, "this is no workbook that can be read", "open it in Excel and save it again");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut text = String::new();
    let mut sheets: Vec<(String, Range<usize>)> = Vec::new();
    let mut cells = CellReader { file, left: MOST_CELLS, size: 0, wrong: 0, diagnostics };
    let is_wanted = |name: &String| wanted.iter().any(|wanted| name.trim().eq_ignore_ascii_case(wanted));
    let (names, others): (Vec<String>, Vec<String>) = book.sheet_names().into_iter().partition(is_wanted);
    for name in names {
        // A chart's sheet has no cells.
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
        if sheets.iter().any(|(other, _)| other.trim().eq_ignore_ascii_case(name.trim())) {
            let message = format!("two sheets are called {}", name.trim());
            return Err(refusal(file, &message, "keep one of them"));
        }
        let start = text.len();
        lay_out(&cells.sheet(&name, &mut reader)?, &mut text);
        sheets.push((name, start..text.len()));
    }
    let begins: Vec<(String, usize)> = sheets.iter().map(|(name, at)| (name.clone(), at.start)).collect();
    let source = Source::of_sheets(file, text, &begins).with(diagnostics);
    Ok(Workbook { source, sheets, others })
}

/// Reads one sheet of a workbook: the one that is named, else the first.
///
/// # Errors
/// As [`read`]; and where there is no such sheet.
pub fn read_one(
    file: &str,
    bytes: Vec<u8>,
    sheet: Option<&str>,
    diagnostics: &Diagnostics,
) -> Result<(Workbook, String), Box<Diagnostic>> {
    let empty = read(file, bytes.clone(), &[], diagnostics)?;
    let found = match sheet {
        Some(wanted) => empty.others.iter().find(|name| name.trim().eq_ignore_ascii_case(wanted.trim())),
        None => empty.others.first(),
    };
    let Some(found) = found else {
        let message = match sheet {
            Some(wanted) => format!("it has no sheet `{wanted}`"),
            None => "it has no sheet".to_owned(),
        };
        let hint = format!("its sheets are {}", empty.others.join(", "));
        return Err(Box::new(Diagnostic::of_file(Severity::Error, file, message, hint)));
    };
    Ok((read(file, bytes, &[found], diagnostics)?, found.clone()))
}

impl Workbook {
    /// The bytes of a sheet.
    fn sheet(&self, name: &str) -> Option<&Range<usize>> {
        let alike = |sheet: &str| sheet.trim().eq_ignore_ascii_case(name);
        self.sheets.iter().find(|(sheet, _)| alike(sheet)).map(|(_, at)| at)
    }

    /// The rows of a sheet by that name; none where there is no such sheet.
    pub fn rows_of(&self, sheet: &str, columns: &'static [layout::ColumnLayout]) -> Option<Vec<Record<'_>>> {
        self.sheet(sheet).map(|at| records_within(&self.source, at, b',', columns))
    }

    /// The bytes of all sheets that were read.
    pub fn whole(&self) -> Range<usize> {
        0..self.source.text.len()
    }

    /// The names of the sheets that are not read.
    pub fn others(&self) -> &[String] {
        &self.others
    }

    /// Whether a sheet has rows beneath its headings.
    pub fn has_rows(&self, layout: &RecordLayout) -> bool {
        let text = &self.source.text;
        self.sheet(layout.sheet).is_some_and(|at| {
            delimited::rows_within(text, at, b',')
                .filter(|row| !delimited::is_silent(text, row))
                .nth(1)
                .is_some()
        })
    }

    /// The rows of a sheet; none where there is no such sheet, or nothing in it.
    pub fn records(&self, layout: &RecordLayout) -> Vec<Record<'_>> {
        match self.sheet(layout.sheet) {
            Some(at) if self.has_rows(layout) => records_within(&self.source, at, b',', layout.columns),
            _ => Vec::new(),
        }
    }

    /// Whether the sheet School has keys of a TOML file.
    pub fn has_keys(&self, file: &str) -> bool {
        let records = self.records(&layout::SCHOOL);
        records.iter().any(|record| record.text("table").is_some_and(|table| home(&table) == file))
    }

    /// What would be the tables of a TOML file: those of the sheets that belong to it, and the keys of
    /// the sheet School.
    pub fn tables(&self, file: &str) -> TomlTable<'_> {
        let at = self.sheet(layout::SCHOOL.sheet).map_or(0, |at| at.start);
        let mut root = TomlTable { source: &self.source, entries: Vec::new(), at: at..at };
        for record in self.records(&layout::SCHOOL) {
            self.key(&mut root, &record, file);
        }
        for layout in layout::SET_UP.iter().filter(|layout| layout.file == file) {
            let records = self.records(layout);
            match layout.home {
                RecordLocation::Tables(key) if !records.is_empty() => {
                    let tables = records.into_iter().map(row_table).collect();
                    root.entries.push(TomlEntry {
                        key: key.to_owned(),
                        at: at..at,
                        value: TomlValue::Tables(tables),
                    });
                }
                RecordLocation::Values(key) => values(&mut root, key, &records),
                _ => {}
            }
        }
        root
    }

    /// Puts a row of the sheet School into its table.
    fn key<'s>(&'s self, root: &mut TomlTable<'s>, record: &Record<'_>, file: &str) {
        let cells = ["table", "setting", "value"]
            .map(|name| record.required(name).cloned().map(RecordCell::into_owned));
        let [Some(table), Some(setting), Some(value)] = cells else { return };
        let name = table.text.trim().to_lowercase();
        if home(&name) != file {
            return;
        }
        let path: Vec<&str> = if name == "calendar" { Vec::new() } else { name.split('.').collect() };
        let mut under = &mut *root;
        for part in path {
            let index = under.entries.iter().position(|entry| entry.key == part).unwrap_or_else(|| {
                let empty = TomlTable { source: &self.source, entries: Vec::new(), at: record.at.clone() };
                let value = TomlValue::Tables(vec![empty]);
                under.entries.push(TomlEntry { key: part.to_owned(), at: table.at.clone(), value });
                under.entries.len() - 1
            });
            let Some(TomlEntry { value: TomlValue::Tables(tables), .. }) = under.entries.get_mut(index)
            else {
                return;
            };
            let Some(first) = tables.first_mut() else { return };
            under = first;
        }
        let key = setting.text.trim().to_owned();
        if under.entries.iter().any(|entry| entry.key.eq_ignore_ascii_case(&key)) {
            record.error(&setting.at, format!("`{name}` has `{key}` twice"), "keep one of the two rows");
            return;
        }
        under.entries.push(TomlEntry { key, at: setting.at, value: TomlValue::Cells(vec![value]) });
    }
}

/// The file that a table of the sheet School belongs to.
fn home(table: &str) -> &'static str {
    if table.trim().eq_ignore_ascii_case("calendar") { layout::HALF_TERMS.file } else { layout::SCHOOL.file }
}

/// A row as a table: its columns are the keys.
fn row_table(record: Record<'_>) -> TomlTable<'_> {
    let entry = |(column, cell): ColumnCell<'_>| {
        let at = cell.at.clone();
        TomlEntry { key: column.name.to_owned(), at, value: TomlValue::Cells(vec![cell.into_owned()]) }
    };
    TomlTable {
        source: record.source,
        entries: record.cells.into_iter().map(entry).collect(),
        at: record.at.clone(),
    }
}

/// Adds the rows of a sheet to a key of the tables whose id their first column names.
fn values(root: &mut TomlTable<'_>, key: &str, records: &[Record<'_>]) {
    let mut tables: Vec<&mut TomlTable<'_>> = root
        .entries
        .iter_mut()
        .filter(|entry| entry.key == "phase")
        .flat_map(|entry| match &mut entry.value {
            TomlValue::Tables(tables) => tables.as_mut_slice(),
            TomlValue::Cells(_) => &mut [],
        })
        .collect();
    for record in records {
        let Some(phase) = record.required("phase") else { continue };
        let Some(value) = record.required(key) else { continue };
        let is_meant = |table: &&mut TomlTable<'_>| {
            table.pairs().any(|(name, _, cell)| {
                (name == "id" || name == "name") && cell.text.eq_ignore_ascii_case(&phase.text)
            })
        };
        let Some(table) = tables.iter_mut().find(|table| is_meant(table)) else {
            record.error(
                &phase.at,
                format!("no phase in the sheet Phase has the id `{}`", phase.text),
                "write the id of one of its rows",
            );
            continue;
        };
        match table.entries.iter_mut().find(|entry| entry.key == key) {
            Some(TomlEntry { value: TomlValue::Cells(cells), .. }) => cells.push(value.clone().into_owned()),
            _ => table.entries.push(TomlEntry {
                key: key.to_owned(),
                at: value.at.clone(),
                value: TomlValue::Cells(vec![value.clone().into_owned()]),
            }),
        }
    }
}
