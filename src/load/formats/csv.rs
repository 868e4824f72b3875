//! The form of CSV files: header, rows and cells, forgiving as spreadsheets need.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::record::{ColumnCell, Record, RecordCell, known};
use super::source::Source;
use super::values::ValueError;
use crate::privacy::concerns::ConcernCheck;
use crate::school::layout::ColumnLayout;
use crate::text::delimited::{self, CellFault, LONGEST_CELL};

/// The most rows that a set-up file or a schedule may have.
pub const MOST_ROWS: usize = 20_000;

/// The most columns that a file may have.
pub const MOST_COLUMNS: usize = 256;

/// Reads the rows of a file whose first row names its columns, in any order.
pub fn records<'s>(source: &'s Source, columns: &'static [ColumnLayout]) -> Vec<Record<'s>> {
    let whole = 0..source.text.len();
    records_within(source, &whole, delimited::delimiter(&source.text), columns)
}

/// Reads the rows of a part of a file: of a sheet, say.
pub fn records_within<'s>(
    source: &'s Source,
    part: &Range<usize>,
    delimiter: u8,
    columns: &'static [ColumnLayout],
) -> Vec<Record<'s>> {
    let mut reading = CsvRows::begin(source, part, delimiter, columns, MOST_ROWS);
    std::iter::from_fn(|| reading.as_mut()?.record()).collect()
}

/// The rows of a file, one after another: of a long one, each may be forgotten before the next is read.
pub struct CsvRows<'s> {
    source: &'s Source,
    rows: delimited::DelimitedRows<'s>,
    /// What stands under each heading: a column, nothing that is known, or no heading at all.
    heads: Vec<HeaderRow>,
    /// How many rows may still come.
    left: usize,
    most: usize,
    concern_check: Arc<ConcernCheck>,
}

#[derive(Clone, Copy, Debug)]
enum HeaderRow {
    Column(&'static ColumnLayout),
    Unknown,
    Nameless,
}

impl HeaderRow {
    fn is(self, column: &ColumnLayout) -> bool {
        matches!(self, HeaderRow::Column(named) if named.name == column.name)
    }
}

impl<'s> CsvRows<'s> {
    /// Reads the headings of a file; none, and an error, where it is empty.
    pub fn of(source: &'s Source, columns: &'static [ColumnLayout], most: usize) -> Option<Self> {
        let whole = 0..source.text.len();
        Self::begin(source, &whole, delimited::delimiter(&source.text), columns, most)
    }

    fn begin(
        source: &'s Source,
        part: &Range<usize>,
        delimiter: u8,
        columns: &'static [ColumnLayout],
        most: usize,
    ) -> Option<Self> {
        let rows = delimited::rows_within(&source.text, part, delimiter);
        let concern_check = source.diagnostics.concern_check();
        let mut reading = Self { source, rows, heads: Vec::new(), left: most, most, concern_check };
        let Some(head) = reading.row() else {
            let names: Vec<_> =
                columns.iter().filter(|column| column.required).map(|column| column.name).collect();
            let hint = format!("the first row names the columns: {}", names.join(", "));
            source.error(&(part.start..part.start), "the file is empty", &hint);
            return None;
        };
        if let Some((diagnostic, at)) = &head.fault {
            source.refuse(at, cell_fault(*diagnostic));
            return None;
        }
        refuse_concerns_in_notes(source, part);
        reading.heads = heads(source, &head, columns)?;
        Some(reading)
    }

    /// The next row that says something.
    fn row(&mut self) -> Option<delimited::DelimitedRow> {
        let text = self.source.text.as_str();
        self.rows.by_ref().find(|row| {
            let says = || text.get(row.at.clone()).unwrap_or_default();
            row.fault.is_some()
                || !(delimited::is_silent(text, row) || says().trim_start().starts_with("sep="))
        })
    }

    /// The next record; rows with broken quotes are shown and left out.
    pub fn record(&mut self) -> Option<Record<'s>> {
        loop {
            let row = self.row()?;
            if self.left == 0 {
                let message = format!("the file has more than {} rows", self.most);
                let hint = "keep one academic year of one school in a workspace";
                self.source.error(&row.at, message, hint);
                return None;
            }
            self.left -= 1;
            match &row.fault {
                Some((diagnostic, at)) => self.source.refuse(at, cell_fault(*diagnostic)),
                None => return Some(self.cells(row)),
            }
        }
    }

    fn cells(&self, row: delimited::DelimitedRow) -> Record<'s> {
        let mut cells: Vec<ColumnCell<'s>> = Vec::with_capacity(self.heads.len());
        let mut strays: Vec<(Cow<'s, str>, Range<usize>)> = Vec::new();
        for (index, at) in row.cells.into_iter().enumerate() {
            let value = delimited::value(self.source.text.get(at.clone()).unwrap_or_default());
            match self.heads.get(index) {
                Some(HeaderRow::Column(column)) => cells.push((column, RecordCell { text: value, at })),
                Some(HeaderRow::Unknown) => {}
                _ if value.is_empty() => {}
                _ => strays.push((value, at)),
            }
        }
        // Those to the right of the first follow from it.
        if let Some((value, at)) = strays.first() {
            let more = match strays.len() {
                1 => String::new(),
                count => format!(", and so do {} more to its right", count - 1),
            };
            let message = format!("`{value}` stands in a column without a name{more}");
            let hint = "a stray comma or semicolon? put text that holds one in quotes";
            self.source.error(at, message, hint);
        }
        // A row that ends early has empty cells to its right.
        for head in self.heads.iter().skip(cells.len()) {
            if let HeaderRow::Column(column) = head
                && cells.iter().all(|(filled, _)| filled.name != column.name)
            {
                cells.push((column, RecordCell { text: "".into(), at: row.at.end..row.at.end }));
            }
        }
        Record::new(self.source, row.at, cells, &self.concern_check)
    }
}

/// Refuses notes, the lines that begin with `#`, that read as a safeguarding concern.
fn refuse_concerns_in_notes(source: &Source, part: &Range<usize>) {
    let text = source.text.get(part.clone()).unwrap_or_default();
    let first = text.starts_with('#').then_some(0);
    for start in first.into_iter().chain(text.match_indices("\n#").map(|(at, _)| at + 1)) {
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let at = part.start + start..part.start + start + line.len();
        source.refuse_concern(&at, line);
    }
}

/// The columns that the headings name; none, and an error, where there are more than a file may have.
fn heads(
    source: &Source,
    head: &delimited::DelimitedRow,
    columns: &'static [ColumnLayout],
) -> Option<Vec<HeaderRow>> {
    let mut heads: Vec<HeaderRow> = Vec::new();
    if head.cells.len() > MOST_COLUMNS {
        let message = format!("the first row has {} columns", head.cells.len());
        let hint = format!("a file may have {MOST_COLUMNS}");
        source.error(&(head.at.start..head.at.start), message, &hint);
        return None;
    }
    for at in &head.cells {
        let written = delimited::value(source.text.get(at.clone()).unwrap_or_default());
        if written.is_empty() {
            heads.push(HeaderRow::Nameless);
            continue;
        }
        let named = known(source, at, &written, columns.iter().map(|column| (column.name, column)), "column");
        let is_there = |column: &ColumnLayout| heads.iter().any(|head| head.is(column));
        if named.is_some_and(is_there) {
            source.error(at, format!("the column `{written}` is there twice"), "keep one");
            heads.push(HeaderRow::Unknown);
        } else {
            heads.push(named.map_or(HeaderRow::Unknown, HeaderRow::Column));
        }
    }
    let missing =
        columns.iter().filter(|column| column.required && !heads.iter().any(|head| head.is(column)));
    for name in missing.map(|column| column.name) {
        source.error(&head.at, format!("the column `{name}` is missing"), "add it to the first row");
    }
    Some(heads)
}

/// What is said of a wrong cell.
pub fn cell_fault(diagnostic: CellFault) -> ValueError {
    match diagnostic {
        CellFault::Unclosed => ValueError::new(
            "this quote is never closed",
            "end the cell with a quote, or double a quote that is part of the text",
        ),
        CellFault::AfterClose => {
            ValueError::new("text stands after the closing quote", "double a quote that is part of the text")
        }
        CellFault::TooLong => ValueError::new(
            format!("this cell is longer than {LONGEST_CELL} characters"),
            "keep long texts in a file of their own, and link to it",
        ),
    }
}
