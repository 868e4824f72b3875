//! A document: what an answer looks like before it has a format. Typed blocks and cells.

use chrono::{NaiveDate, NaiveTime};

/// A cell of a table: typed, so that a spreadsheet gets true numbers and dates.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A number with decimals; people are shown one of them.
    Decimal(f64),
    /// A day.
    Date(NaiveDate),
    /// A time of day.
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
    /// Its heading.
    pub heading: &'static str,
    /// Whether its cells stand to the right, as numbers do.
    pub right: bool,
}

impl Column {
    /// A column of words.
    pub fn text(heading: &'static str) -> Self {
        Self { heading, right: false }
    }

    /// A column of numbers.
    pub fn number(heading: &'static str) -> Self {
        Self { heading, right: true }
    }
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A share with what belongs to it, in percent.
#[derive(Clone, Debug)]
pub struct Share {
    /// Whose it is.
    pub label: String,
    /// The share; none where it is not shown.
    pub share: Option<f64>,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
    /// What it is held against.
    pub reference: Option<f64>,
    /// What is said of it.
    pub says: String,
}

/// A row of values over time, in percent.
#[derive(Clone, Debug)]
pub struct Series {
    /// What they are.
    pub label: String,
    /// One for each point; none where there is nothing to show.
    pub values: Vec<Option<f64>>,
}

/// A picture of numbers between 0 and 100.
#[derive(Clone, Debug)]
pub enum Chart {
    /// Shares, each with its interval and its reference.
    Shares(Vec<Share>),
    /// How shares went over time.
    OverTime {
        /// The points, in order.
        points: Vec<String>,
        /// What went over them.
        series: Vec<Series>,
    },
}

impl Chart {
    /// What the chart shows, as a table.
    pub fn table(&self) -> Table {
        let percent =
            |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::Number(value.round() as i64));
        match self {
            Chart::Shares(shares) => Table {
                columns: vec![
                    Column::text(""),
                    Column::number("percent"),
                    Column::text("interval"),
                    Column::number("path"),
                    Column::text("what it says"),
                ],
                rows: shares
                    .iter()
                    .map(|share| {
                        let interval = share
                            .interval
                            .map_or_else(String::new, |(low, high)| format!("{low:.0} to {high:.0}"));
                        vec![
                            share.label.as_str().into(),
                            percent(share.share),
                            interval.into(),
                            percent(share.reference),
                            share.says.as_str().into(),
                        ]
                    })
                    .collect(),
            },
            Chart::OverTime { points, series } => Table {
                columns: ["", "point", "percent"].map(Column::text).to_vec(),
                rows: series
                    .iter()
                    .flat_map(|one| {
                        points.iter().zip(&one.values).map(|(point, value)| {
                            vec![one.label.as_str().into(), point.as_str().into(), percent(*value)]
                        })
                    })
                    .collect(),
            },
        }
    }
}

/// A piece of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading below the title.
    Heading(String),
    /// Running text.
    Paragraph(String),
    /// Words to the left, what they label to the right, one paragraph each.
    Labelled(Vec<(String, Vec<String>)>),
    /// Facts, each with the place it comes from.
    Facts(Vec<(String, String)>),
    /// Numbered choices: what it is, and the command that does it, if one does.
    Choices(Vec<(String, Option<String>)>),
    /// A table.
    Table(Table),
    /// A picture of numbers.
    Chart(Chart),
    /// Text that stands as it is, such as a command line or a line of a file.
    Verbatim(String),
}

/// What becomes of a calendar entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryStatus {
    /// It takes place.
    Confirmed,
    /// It is called off.
    Cancelled,
}

/// An entry of a calendar, in the school's local time.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The same for ever, whatever else changes.
    pub uid: String,
    /// Raised when the entry changes.
    pub sequence: u32,
    /// The day.
    pub date: NaiveDate,
    /// When it begins.
    pub start: NaiveTime,
    /// When it ends.
    pub end: NaiveTime,
    /// One line.
    pub summary: String,
    /// More lines.
    pub description: String,
    /// Where.
    pub location: String,
    /// Whether it takes place.
    pub status: EntryStatus,
}

/// What a column of a sheet takes.
#[derive(Clone, Debug)]
pub enum Takes {
    /// Words.
    Words,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A number.
    Number,
    /// One of these.
    OneOf(Vec<String>),
    /// One of the cells of a column (counted from 0) of another sheet; others may be typed.
    From(&'static str, u16),
}

/// A column of a workbook's sheet.
#[derive(Clone, Debug)]
pub struct SheetColumn {
    /// Its heading.
    pub heading: String,
    /// What it is for; shown beneath the heading.
    pub help: String,
    /// What it takes.
    pub takes: Takes,
}

/// A sheet of a workbook.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its name, at most 31 characters.
    pub name: String,
    /// Its columns.
    pub columns: Vec<SheetColumn>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether people fill it in: it then has help, lists and room.
    pub fill_in: bool,
}

impl Sheet {
    /// A table as a sheet.
    pub fn of_table(name: &str, table: &Table) -> Self {
        let takes = |index: usize| match table
            .rows
            .iter()
            .filter_map(|row| row.get(index))
            .find(|cell| !matches!(cell, Cell::Empty))
        {
            Some(Cell::Date(_)) => Takes::Date,
            Some(Cell::Time(_)) => Takes::Time,
            Some(Cell::Number(_) | Cell::Decimal(_)) => Takes::Number,
            _ => Takes::Words,
        };
        let column = |(index, column): (usize, &Column)| SheetColumn {
            heading: column.heading.to_owned(),
            help: String::new(),
            takes: takes(index),
        };
        Self {
            name: name.to_owned(),
            columns: table.columns.iter().enumerate().map(column).collect(),
            rows: table.rows.clone(),
            fill_in: false,
        }
    }
}

/// An answer in words, without a format.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The first line.
    pub title: String,
    /// What follows.
    pub blocks: Vec<Block>,
    /// The answer as one flat table, for spreadsheets.
    pub records: Table,
    /// The sessions of the answer, for calendars.
    pub entries: Vec<Entry>,
    /// The sheets of the answer, where a workbook of it has more than its table.
    pub sheets: Vec<Sheet>,
    /// The day the answer was made for.
    pub made_on: NaiveDate,
}

/// The text without anything that could steer a terminal or turn the reading direction:
/// control characters and direction marks become the replacement character, line ends a space.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if steers(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// A text with a capital at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// Whether a character steers what shows it instead of being shown.
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// As [`plain`], but every replacement is as many bytes long as what it replaces, so that byte
/// positions stay right.
pub fn plain_in_place(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            plain.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            plain.push(c);
        }
    }
    plain
}
