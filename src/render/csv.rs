//! A document's records as CSV: dates and times that spreadsheets know, no cell of data live.

use crate::document::{Cell, Document};
use crate::text::delimited::quoted;

/// Renders the records of a document, with a header row and CRLF line ends.
pub fn render(document: &Document) -> String {
    let table = document.flat();
    let mut text =
        line(table.columns.iter().map(|column| quoted(&crate::document::plain(&column.heading), b',')));
    for row in &table.rows {
        text.push_str(&line(row.iter().map(cell)));
    }
    text
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("{}\r\n", cells.collect::<Vec<_>>().join(","))
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => quoted(&crate::document::plain(text), b','),
        Cell::Number(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Date(date) => super::iso_date(*date),
        Cell::Time(time) => super::clock(*time),
        Cell::Empty => String::new(),
    }
}
