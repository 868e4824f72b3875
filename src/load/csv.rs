//! The form of CSV files: header, rows and cells, forgiving as spreadsheets need.

use std::ops::Range;

use super::form::Wrong;
use super::record::{Cell, Faults, Record, known_column};
use super::source::Source;
use crate::rows::{self, QuoteFault};
use crate::school::layout::Column;

/// The most rows that a set-up file or a schedule may have.
pub const MOST_ROWS: usize = 20_000;

/// Reads the rows of a file whose first row names its columns, in any order.
pub fn records<'s>(source: &'s Source, columns: &'static [Column], faults: &mut Faults) -> Vec<Record<'s>> {
    let whole = 0..source.text.len();
    records_within(source, &whole, rows::delimiter(&source.text), columns, faults)
}

/// Reads the rows of a part of a file: of a sheet, say.
pub fn records_within<'s>(
    source: &'s Source,
    part: &Range<usize>,
    delimiter: u8,
    columns: &'static [Column],
    faults: &mut Faults,
) -> Vec<Record<'s>> {
    let text = source.text.as_str();
    let slice = |at: &Range<usize>| text.get(at.clone()).unwrap_or_default();
    let mut rows = rows::rows_within(text, part, delimiter).filter(|row| {
        row.fault.is_some() || !(rows::is_silent(text, row) || slice(&row.at).trim().starts_with("sep="))
    });
    let Some(head) = rows.next() else {
        let names: Vec<_> =
            columns.iter().filter(|column| column.required).map(|column| column.name).collect();
        let hint = format!("the first row names the columns: {}", names.join(", "));
        faults.error(source, &(part.start..part.start), Wrong::new("the file is empty", &hint));
        return Vec::new();
    };
    let mut heads: Vec<Option<&'static str>> = Vec::new();
    for at in &head.cells {
        let written = rows::value(slice(at));
        let mut name = None;
        if !written.is_empty() {
            name = known_column(source, at, &written, columns, "column", faults);
            if name.is_some() && heads.contains(&name) {
                faults.error(
                    source,
                    at,
                    Wrong::new(format!("the column `{written}` is there twice"), "keep one"),
                );
                name = None;
            }
        }
        heads.push(name);
    }
    let missing = columns.iter().filter(|column| column.required && !heads.contains(&Some(column.name)));
    for name in missing.map(|column| column.name) {
        faults.error(
            source,
            &head.at,
            Wrong::new(format!("the column `{name}` is missing"), "add it to the first row"),
        );
    }
    let mut records = Vec::new();
    for (number, row) in rows.enumerate() {
        if number == MOST_ROWS {
            let message = format!("the file has more than {MOST_ROWS} rows");
            let hint = "keep one academic year of one school in a workspace";
            faults.error(source, &row.at, Wrong::new(message, hint));
            break;
        }
        if let Some((fault, at)) = &row.fault {
            faults.error(source, at, quote_fault(*fault));
            continue;
        }
        let mut cells: Vec<(&'static str, Vec<Cell>)> = Vec::with_capacity(heads.len());
        for (index, at) in row.cells.iter().enumerate() {
            let value = rows::value(slice(at));
            match heads.get(index) {
                Some(Some(name)) => {
                    cells.push((name, vec![Cell { text: value.into_owned(), at: at.clone() }]));
                }
                Some(None) if head.cells.get(index).is_some_and(|head| !slice(head).trim().is_empty()) => {}
                _ if value.is_empty() => {}
                _ => {
                    let message = format!("`{value}` stands in a column without a name");
                    faults.error(
                        source,
                        at,
                        Wrong::new(message, "a stray comma or semicolon? put text that holds one in quotes"),
                    );
                }
            }
        }
        // A row that ends early has empty cells to its right.
        for name in heads.iter().skip(row.cells.len()).flatten() {
            cells.push((name, vec![Cell { text: String::new(), at: row.at.end..row.at.end }]));
        }
        records.push(Record { source, at: row.at, cells });
    }
    records
}

fn quote_fault(fault: QuoteFault) -> Wrong {
    match fault {
        QuoteFault::Unclosed => Wrong::new(
            "this quote is never closed",
            "end the cell with a quote, or double a quote that is part of the text",
        ),
        QuoteFault::AfterClose => {
            Wrong::new("text stands after the closing quote", "double a quote that is part of the text")
        }
    }
}
