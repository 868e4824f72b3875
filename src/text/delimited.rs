//! Rows of delimited text: where each cell stands. The `csv` crate writes cells; it reads neither a cell's place nor an
//! unclosed quote, and both are needed to name an error where it is and to change one row only.

use std::borrow::Cow;
use std::ops::Range;

use csv::{QuoteStyle, WriterBuilder};

/// The longest cell, in bytes of text: as long as one of Excel may be in characters (Microsoft, *Excel specifications and
/// limits*).
pub const LONGEST_CELL: usize = 32_767;

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellFault {
    /// A quote that opens a cell is never closed; the rest of the text is in the cell.
    Unclosed,
    /// Something stands between the closing quote and the end of the cell.
    AfterClose,
    /// It is longer than [`LONGEST_CELL`].
    TooLong,
}

/// A row of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DelimitedRow {
    /// The bytes of each cell, quotes included.
    pub cells: Vec<Range<usize>>,
    /// The bytes of the whole row, without its line end.
    pub at: Range<usize>,
    /// What is wrong with its first wrong cell, and where.
    pub fault: Option<(CellFault, Range<usize>)>,
}

/// The sign between the cells: the one of `,`, `;` and tab that the first row has most of.
pub fn delimiter(text: &str) -> u8 {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.trim_start().trim_start_matches('"').starts_with('#'))
        .unwrap_or_default();
    let count = |sign: u8| {
        let mut quoted = false;
        first
            .bytes()
            .filter(|byte| {
                quoted ^= *byte == b'"';
                !quoted && *byte == sign
            })
            .count()
    };
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// The rows of a text, blank ones included.
pub fn rows(text: &str, delimiter: u8) -> DelimitedRows<'_> {
    rows_within(text, &(0..text.len()), delimiter)
}

/// The rows of a part of a text; their places are those in the whole.
pub fn rows_within<'t>(text: &'t str, part: &Range<usize>, delimiter: u8) -> DelimitedRows<'t> {
    let text = text.get(..part.end).unwrap_or(text).as_bytes();
    DelimitedRows { text, next: part.start, delimiter, width: 0 }
}

/// An iterator over the rows of a text.
#[derive(Clone, Debug)]
pub struct DelimitedRows<'t> {
    text: &'t [u8],
    next: usize,
    delimiter: u8,
    /// How many cells the row before had.
    width: usize,
}

impl DelimitedRows<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.get(at).copied()
    }

    /// Whether the row that begins here begins with a bare `#`.
    fn is_note(&self, start: usize) -> bool {
        let first = (start..).map(|at| self.byte(at)).find(|byte| !matches!(byte, Some(b' ')));
        first == Some(Some(b'#'))
    }

    /// Where the cell that begins here ends, and what is wrong with it.
    fn cell_end(&self, start: usize) -> (usize, Option<CellFault>) {
        let mut at = start;
        let mut fault = None;
        if self.byte(at) == Some(b'"') {
            at += 1;
            loop {
                match (self.byte(at), self.byte(at + 1)) {
                    (None, _) => return (at, Some(CellFault::Unclosed)),
                    (Some(b'"'), Some(b'"')) => at += 2,
                    (Some(b'"'), _) => break,
                    _ => at += 1,
                }
            }
            at += 1;
            let rest = self.byte(at);
            if rest.is_some_and(|byte| byte != self.delimiter && byte != b'\r' && byte != b'\n') {
                fault = Some(CellFault::AfterClose);
            }
        }
        while self.byte(at).is_some_and(|byte| byte != self.delimiter && byte != b'\r' && byte != b'\n') {
            at += 1;
        }
        let is_long = at - start > LONGEST_CELL;
        (at, fault.or(is_long.then_some(CellFault::TooLong)))
    }
}

impl Iterator for DelimitedRows<'_> {
    type Item = DelimitedRow;

    fn next(&mut self) -> Option<DelimitedRow> {
        if self.next >= self.text.len() {
            return None;
        }
        let mut row =
            DelimitedRow { cells: Vec::with_capacity(self.width), at: self.next..self.next, fault: None };
        if self.is_note(self.next) {
            // A note ends with its line, whatever quotes are in it.
            let ends = |at: &usize| matches!(self.byte(*at), None | Some(b'\n' | b'\r'));
            let end = (self.next..).find(ends).unwrap_or(self.text.len());
            row.at.end = end;
            row.cells.push(row.at.clone());
            let pair = self.byte(end) == Some(b'\r') && self.byte(end + 1) == Some(b'\n');
            self.next = end + if pair { 2 } else { 1 };
            return Some(row);
        }
        loop {
            let start = self.next;
            let (end, fault) = self.cell_end(start);
            row.cells.push(start..end);
            row.at.end = end;
            row.fault = row.fault.or(fault.map(|fault| (fault, start..end)));
            self.next = end + 1;
            self.width = row.cells.len();
            match self.byte(end) {
                Some(byte) if byte == self.delimiter => {}
                Some(b'\r') if self.byte(end + 1) == Some(b'\n') => {
                    self.next = end + 2;
                    return Some(row);
                }
                _ => return Some(row),
            }
        }
    }
}

/// What a cell says: without its quotes, doubled ones single, without space around, and without the
/// `'` that keeps a spreadsheet from taking it for a formula.
pub fn value(raw: &str) -> Cow<'_, str> {
    match unquoted(raw) {
        Cow::Borrowed(text) => Cow::Borrowed(disarmed(text)),
        Cow::Owned(text) => Cow::Owned(disarmed(&text).to_owned()),
    }
}

fn disarmed(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_live(rest)).unwrap_or(text)
}

/// Whether a spreadsheet would take the text for a formula.
fn is_live(text: &str) -> bool {
    let bare = text.trim_start();
    bare.starts_with(['=', '+', '@']) || (bare.starts_with('-') && bare.parse::<f64>().is_err())
}

fn unquoted(raw: &str) -> Cow<'_, str> {
    let inner = raw.strip_prefix('"').map(|rest| rest.strip_suffix('"').unwrap_or(rest));
    match inner {
        Some(inner) if inner.contains("\"\"") => Cow::Owned(inner.replace("\"\"", "\"").trim().to_owned()),
        Some(inner) => Cow::Borrowed(inner.trim()),
        None => Cow::Borrowed(raw.trim()),
    }
}

/// Whether nothing is read from the row: all its cells are empty, or the first begins with `#`.
pub fn is_silent(text: &str, row: &DelimitedRow) -> bool {
    let value = |cell: &Range<usize>| value(text.get(cell.clone()).unwrap_or_default());
    row.cells.first().is_some_and(|cell| value(cell).starts_with('#'))
        || row.cells.iter().all(|cell| value(cell).is_empty())
}

/// A cell as it must be written: in quotes where it needs them, or where another spreadsheet may take a sign in it for the
/// end of the cell. Text that a spreadsheet would take for a formula gets a leading `'`.
pub fn quoted(value: &str, delimiter: u8) -> String {
    let value = if is_live(value) { Cow::Owned(format!("'{value}")) } else { Cow::Borrowed(value) };
    let may_be_misread = value.contains([',', ';']) || value.starts_with(['#', ' ']) || value.ends_with(' ');
    let style = if may_be_misread { QuoteStyle::Always } else { QuoteStyle::Necessary };
    let room = value.len() + 3;
    let mut writer = WriterBuilder::new()
        .delimiter(delimiter)
        .quote_style(style)
        .buffer_capacity(room)
        .from_writer(Vec::with_capacity(room));
    // Memory is always written to.
    let row = writer.write_record([&*value]).ok().and_then(|()| writer.into_inner().ok());
    let row = row.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    // An empty cell needs quotes only where it is a row of its own.
    if value.is_empty() { String::new() } else { row.trim_end_matches('\n').to_owned() }
}
