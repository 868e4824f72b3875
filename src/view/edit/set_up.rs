//! The set-up as the sheets of a workbook.

use chrono::{NaiveDate, NaiveTime};

use crate::document::{Cell, Document, Sheet, SheetColumn, Takes};
use crate::school::layout::rows::{Row, SetUpRows, of};
use crate::school::layout::{self, Holds, Layout};

/// The set-up as a document of sheets, empty ones too.
pub fn document(set_up: &SetUpRows, made_on: NaiveDate) -> Document {
    let sheets = layout::SET_UP.iter().map(|layout| sheet(layout, set_up.rows(layout))).collect();
    Document { title: "The school".to_owned(), sheets, made_on, ..Document::default() }
}

fn sheet(layout: &Layout, rows: &[Row]) -> Sheet {
    // The programmed sessions have a sheet of their own.
    let is_shown =
        |column: &&layout::Column| !(layout.sheet == layout::PHASE.sheet && column.name == "sessions");
    let columns: Vec<&layout::Column> = layout.columns.iter().filter(is_shown).collect();
    let cells = |row: &Row| columns.iter().map(|column| cell(column.holds, of(row, column.name))).collect();
    Sheet {
        name: layout.sheet.to_owned(),
        columns: columns.iter().map(|column| self::column(column)).collect(),
        rows: rows.iter().map(cells).collect(),
        fill_in: true,
    }
}

/// A column of a sheet that is to be filled in.
pub(crate) fn column(column: &layout::Column) -> SheetColumn {
    let takes = match column.holds {
        Holds::Text | Holds::Several => Takes::Words,
        Holds::Period => Takes::From(layout::PERIODS.sheet, 0),
        Holds::Date => Takes::Date,
        Holds::Time => Takes::Time,
        Holds::Number => Takes::Number,
        Holds::YesNo => Takes::OneOf(vec!["yes".to_owned(), "no".to_owned()]),
        Holds::Words(words) => Takes::OneOf(words().into_iter().map(str::to_owned).collect()),
        Holds::Staff | Holds::Teachers => Takes::From(layout::STAFF.sheet, 0),
        Holds::Subject => Takes::From(layout::SUBJECTS.sheet, 0),
        Holds::Class => Takes::From(layout::CLASSES.sheet, 0),
        Holds::Phase => Takes::From(layout::PHASE.sheet, 0),
    };
    let must = if column.required { " (needed)" } else { "" };
    SheetColumn { heading: column.name.to_owned(), help: format!("{}{must}", column.help), takes }
}

/// A value as a typed cell.
fn cell(holds: Holds, value: &str) -> Cell {
    let typed = match holds {
        Holds::Date => value.parse().ok().map(Cell::Date),
        Holds::Time => NaiveTime::parse_from_str(value, "%H:%M").ok().map(Cell::Time),
        Holds::Number => value.parse::<u32>().ok().map(|number| Cell::Number(i64::from(number))),
        _ => None,
    };
    typed.unwrap_or_else(|| value.into())
}
