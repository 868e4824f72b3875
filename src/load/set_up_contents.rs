//! The set-up as it is written, form aside: what turns files into the workbook and back.

use super::formats::toml_table::{TomlTable, TomlValue};
use super::formats::values;
use super::formats::{Diagnostics, Folder, Record};
use super::set_up_files::SetUpFiles;
use crate::diagnostic::Diagnostic;
use crate::load::formats::times;
use crate::school::layout::rows::{SetUpRow, SetUpRows};
use crate::school::layout::{self, ColumnType, RecordLocation};

/// The records of a workspace's set-up as they are written. What their values mean is not looked at here: the workspace
/// has been checked.
///
/// # Errors
/// Where a file cannot be read, or has lost its form.
pub fn contents(folder: &Folder) -> Result<SetUpRows, Vec<Diagnostic>> {
    let folder = &folder.with(&Diagnostics::default());
    let set_up = set_up(folder);
    let found = folder.diagnostics.sorted().into_iter();
    let errors: Vec<Diagnostic> = found.filter(Diagnostic::is_error).collect();
    if errors.is_empty() { Ok(set_up) } else { Err(errors) }
}

fn set_up(folder: &Folder) -> SetUpRows {
    let sources = SetUpFiles::read(folder);
    let mut set_up = SetUpRows::default();
    for layout in layout::SET_UP {
        match layout.home {
            RecordLocation::Rows => {
                for record in sources.records(layout) {
                    set_up.add(layout, row(layout.columns, &record));
                }
            }
            RecordLocation::Tables(key) => {
                let Some(root) = sources.tables(layout.file) else { continue };
                for table in root.tables(key) {
                    let record = table.record(layout);
                    for session in record.list("sessions") {
                        let phase = record.text("id").unwrap_or_default();
                        set_up.add(
                            &layout::SESSIONS,
                            [("phase", phase), ("sessions", session.text.into_owned())],
                        );
                    }
                    let row =
                        row(layout.columns, &record).into_iter().filter(|(name, _)| *name != "sessions");
                    set_up.add(layout, row);
                }
            }
            RecordLocation::Values(_) => {}
            RecordLocation::Keys => {
                for (file, top) in [(layout::SCHOOL.file, "school"), (layout::HALF_TERMS.file, "calendar")] {
                    let Some(root) = sources.tables(file) else { continue };
                    keys(&mut set_up, file, "", top, &root);
                }
            }
        }
    }
    set_up
}

/// A record's cells, each in the one way that its column is written.
pub(super) fn row(columns: &[layout::ColumnLayout], record: &Record<'_>) -> SetUpRow {
    let written = |column: &layout::ColumnLayout| {
        let cells = record.list(column.name);
        let text = match column.holds {
            ColumnType::Several | ColumnType::Teachers => {
                cells.iter().map(|cell| &*cell.text).collect::<Vec<_>>().join(";")
            }
            _ => record.text(column.name).unwrap_or_default(),
        };
        (column.name, plainest(column.holds, text))
    };
    columns.iter().map(written).collect()
}

/// A value in the one way that is written: dates as 2027-01-14, times as 13:15.
fn plainest(holds: ColumnType, text: String) -> String {
    let read = match holds {
        ColumnType::Date => times::date(&text).map(|date| date.to_string()).ok(),
        ColumnType::Time => times::time(&text).map(|time| time.format("%H:%M").to_string()).ok(),
        ColumnType::YesNo => values::yes_no(&text).map(|yes| if yes { "yes" } else { "no" }.to_owned()).ok(),
        _ => None,
    };
    read.unwrap_or(text)
}

/// The keys of a table that are no records of their own, and those of the tables in it.
fn keys(set_up: &mut SetUpRows, file: &str, path: &str, top: &str, table: &TomlTable<'_>) {
    let is_record = |key: &str| {
        path.is_empty()
            && layout::SET_UP.iter().any(|layout| {
                layout.file == file && matches!(layout.home, RecordLocation::Tables(other) if other == key)
            })
    };
    for entry in table.entries.iter().filter(|entry| !is_record(&entry.key)) {
        match &entry.value {
            TomlValue::Cells(cells) => {
                let value = cells.iter().map(|cell| &*cell.text).collect::<Vec<_>>().join(";");
                let table = if path.is_empty() { top } else { path };
                let row = [("table", table.to_owned()), ("setting", entry.key.clone()), ("value", value)];
                set_up.add(&layout::SCHOOL, row);
            }
            TomlValue::Tables(tables) => {
                let path = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
                for table in tables {
                    keys(set_up, file, &path, top, table);
                }
            }
        }
    }
}
