//! Gives a document its format.

pub mod csv;
pub mod diagnostic;
pub mod docx;
pub mod html;
pub mod ics;
pub mod json;
pub mod markdown;
mod svg_chart;
pub mod terminal;
pub mod text_chart;
pub mod text_table;
pub mod xlsx;
mod xlsx_chart;

use chrono::{NaiveDate, NaiveTime};

use crate::document::Cell;

/// A day as people read it in full: `14 January 2027`.
pub fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

fn iso_date(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// A cell as text that people read.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => crate::document::plain(text),
        Cell::Number(number) => number.to_string(),
        Cell::Decimal(number) => format!("{number:.1}"),
        Cell::Date(date) => date.format("%a %-d %b").to_string(),
        Cell::Time(time) => clock(*time),
        Cell::Empty => "-".to_owned(),
    }
}
