//! The set-up as the sheets of a workbook.

use chrono::{NaiveDate, NaiveTime};

use crate::document::{Cell, CellInput, Document, Sheet, SheetColumn};
use crate::school::layout::rows::{SetUpRow, SetUpRows, of};
use crate::school::layout::{self, ColumnType, RecordLayout};

/// The set-up as a document of sheets, empty ones too.
pub fn document(set_up: &SetUpRows, made_on: NaiveDate) -> Document {
    let sheets = layout::SET_UP.iter().map(|layout| sheet(layout, set_up.rows(layout))).collect();
    Document { title: "The school".to_owned(), sheets, made_on, ..Document::default() }
}

fn sheet(layout: &RecordLayout, rows: &[SetUpRow]) -> Sheet {
    // The programmed sessions have a sheet of their own.
    let is_shown =
        |column: &&layout::ColumnLayout| !(layout.sheet == layout::PHASE.sheet && column.name == "sessions");
    let columns: Vec<&layout::ColumnLayout> = layout.columns.iter().filter(is_shown).collect();
    let cells =
        |row: &SetUpRow| columns.iter().map(|column| cell(column.holds, of(row, column.name))).collect();
    Sheet {
        name: layout.sheet.to_owned(),
        columns: columns.iter().map(|column| self::column(column)).collect(),
        rows: rows.iter().map(cells).collect(),
        fill_in: true,
    }
}

/// A column of a sheet that is to be filled in.
pub(crate) fn column(column: &layout::ColumnLayout) -> SheetColumn {
    let takes = match column.holds {
        ColumnType::Text
        | ColumnType::Note
        | ColumnType::Code
        | ColumnType::Several
        | ColumnType::ListOf(_)
        | ColumnType::Guidance => CellInput::Words,
        ColumnType::Period => CellInput::From(layout::PERIODS.sheet, 0),
        ColumnType::Date => CellInput::Date,
        ColumnType::Time => CellInput::Time,
        ColumnType::Number => CellInput::Number,
        ColumnType::YesNo => CellInput::OneOf(vec!["yes".to_owned(), "no".to_owned()]),
        ColumnType::Words(words) => CellInput::OneOf(words.iter().map(|word| (*word).to_owned()).collect()),
        ColumnType::Staff | ColumnType::Teachers => CellInput::From(layout::STAFF.sheet, 0),
        ColumnType::Subject => CellInput::From(layout::SUBJECTS.sheet, 0),
        ColumnType::Class => CellInput::From(layout::CLASSES.sheet, 0),
        ColumnType::Phase => CellInput::From(layout::PHASE.sheet, 0),
    };
    let must = if column.required { " (needed)" } else { "" };
    SheetColumn { heading: column.name.to_owned(), help: format!("{}{must}", column.help), takes }
}

/// A value as a typed cell.
fn cell(holds: ColumnType, value: &str) -> Cell {
    let typed = match holds {
        ColumnType::Date => value.parse().ok().map(Cell::Date),
        ColumnType::Time => NaiveTime::parse_from_str(value, "%H:%M").ok().map(Cell::Time),
        ColumnType::Number => value.parse::<u32>().ok().map(|number| Cell::Number(i64::from(number))),
        _ => None,
    };
    typed.unwrap_or_else(|| value.into())
}
