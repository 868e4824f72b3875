//! A table, and what stands in its cells.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveTime};

/// A cell of a table: typed, so that a spreadsheet gets true numbers and dates.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    Number(i64),
    /// A number with decimals; people are shown one of them.
    Decimal(f64),
    Date(NaiveDate),
    Time(NaiveTime),
    /// Nothing to show.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

impl From<Option<u32>> for Cell {
    fn from(number: Option<u32>) -> Self {
        number.map_or(Cell::Empty, |number| Cell::Number(i64::from(number)))
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Cell::Empty, Cell::Decimal)
    }
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    pub heading: Cow<'static, str>,
    /// Whether its cells stand to the right, as numbers do.
    pub right: bool,
}

impl Column {
    /// A column of words.
    pub fn text(heading: &'static str) -> Self {
        Self { heading: Cow::Borrowed(heading), right: false }
    }

    /// A column of numbers.
    pub fn number(heading: &'static str) -> Self {
        Self { heading: Cow::Borrowed(heading), right: true }
    }

    /// A column with a heading that comes from the data.
    pub fn named(heading: String, right: bool) -> Self {
        Self { heading: Cow::Owned(heading), right }
    }
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What it shows; where it is empty, the heading above says it.
    pub caption: String,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// How to read it, in a sentence; empty for records, which no person reads.
    pub reads: String,
}

impl Table {
    /// A table with these headings over columns of text.
    pub fn of<const N: usize>(headings: [&'static str; N], rows: impl Iterator<Item = Vec<Cell>>) -> Self {
        Self::new(headings.map(Column::text).to_vec(), rows.collect())
    }

    /// A table of these columns and rows.
    pub fn new(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Self {
        Self { columns, rows, ..Self::default() }
    }

    /// The same, with what it shows.
    pub fn captioned(self, caption: impl Into<String>) -> Self {
        Self { caption: caption.into(), ..self }
    }

    /// The same, without the columns in which nothing stands in any row.
    pub fn filled(mut self) -> Self {
        let stands = |cell: &Cell| match cell {
            Cell::Empty => false,
            Cell::Text(text) => !text.is_empty(),
            _ => true,
        };
        let kept: Vec<bool> = (0..self.columns.len())
            .map(|index| {
                self.rows.is_empty() || self.rows.iter().any(|row| row.get(index).is_some_and(stands))
            })
            .collect();
        let mut of_column = kept.iter();
        self.columns.retain(|_| of_column.next() != Some(&false));
        for row in &mut self.rows {
            let mut of_cell = kept.iter();
            row.retain(|_| of_cell.next() != Some(&false));
        }
        self
    }

    /// The same, with how to read it.
    pub fn read_as(self, reads: impl Into<String>) -> Self {
        Self { reads: reads.into(), ..self }
    }
}
