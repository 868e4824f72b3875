//! A document: what an answer looks like before it has a format. Typed blocks and cells.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveTime};

mod chart;
mod sheet;
mod table;
mod text;

pub use chart::{Chart, Picture, Progress, Series, Share};
pub use sheet::{CellInput, Sheet, SheetColumn};
pub use table::{Cell, Column, Table};
pub use text::{capitalised, is_invisible, plain, plain_in_place, steers, whole};

/// A piece of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading below the title.
    Heading(String),
    /// A heading below a heading.
    Subheading(String),
    Paragraph(String),
    /// Words to the left, what they label to the right, one paragraph each.
    Labelled(Vec<(String, Vec<String>)>),
    /// Facts, each with the place it comes from.
    Facts(Vec<(String, String)>),
    /// Numbered choices: what it is, and the command that does it, if one does.
    Choices(Vec<(String, Option<String>)>),
    Table(Table),
    Chart(Chart),
    /// Text that stands as it is, such as a line of a file.
    Verbatim(String),
    /// What the person at the keyboard may type next; of no use on a page that is handed over.
    Commands(String),
    /// Room to write on paper: what for, and how many lines.
    Room(String, u8),
    /// What follows begins on a page of its own.
    NewPage,
}

/// What happens to a calendar entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarEntryStatus {
    /// It takes place.
    Confirmed,
    Cancelled,
}

/// An entry of a calendar, in the school's local time.
#[derive(Clone, Debug)]
pub struct CalendarEntry {
    /// The same for ever, whatever else changes.
    pub uid: String,
    /// Raised when the entry changes.
    pub sequence: u32,
    pub date: NaiveDate,
    pub start: NaiveTime,
    pub end: NaiveTime,
    /// One line.
    pub summary: String,
    pub description: String,
    pub location: String,
    pub status: CalendarEntryStatus,
}

/// An answer in words, without a format.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The first line.
    pub title: String,
    /// Whom it is for, and whatever else stands below the title.
    pub face: Vec<String>,
    pub blocks: Vec<Block>,
    /// The answer as one flat table, for spreadsheets.
    pub records: Table,
    /// The sessions of the answer, for calendars.
    pub entries: Vec<CalendarEntry>,
    /// The sheets of the answer, where a workbook of it has more than its table.
    pub sheets: Vec<Sheet>,
    /// The day the answer was made for.
    pub made_on: NaiveDate,
}

impl Document {
    /// An answer in words and as one flat table, made for a day.
    pub fn new(title: impl Into<String>, blocks: Vec<Block>, records: Table, made_on: NaiveDate) -> Self {
        Self { title: title.into(), blocks, records, made_on, ..Self::default() }
    }

    /// For each block how it is read, where it is said beneath it: once beneath several that are read alike.
    pub fn readings(&self) -> Vec<&str> {
        fn reads(block: &Block) -> Option<&str> {
            match block {
                Block::Table(table) => Some(&table.reads),
                Block::Chart(chart) => Some(&chart.reads),
                _ => None,
            }
        }
        let mut next = "";
        let mut readings: Vec<&str> = Vec::new();
        for block in self.blocks.iter().rev() {
            let own = reads(block);
            readings.push(own.filter(|own| *own != next).unwrap_or(""));
            next = own.unwrap_or(next);
        }
        readings.reverse();
        readings
    }

    /// The document as one flat table: its records, or where it has none what its tables say, a row a cell.
    pub fn flat(&self) -> Cow<'_, Table> {
        if !self.records.columns.is_empty() {
            return Cow::Borrowed(&self.records);
        }
        let columns = ["section", "table", "row", "column", "value"].map(Column::text).to_vec();
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let (mut section, mut part) = ("", "");
        for block in &self.blocks {
            let table = match block {
                Block::Heading(words) => {
                    (section, part) = (words, words);
                    continue;
                }
                Block::Subheading(words) => {
                    part = words;
                    continue;
                }
                Block::Table(table) => Cow::Borrowed(table),
                Block::Chart(chart) => Cow::Owned(chart.table()),
                _ => continue,
            };
            let name = if table.caption.is_empty() { part } else { &table.caption };
            for cells in &table.rows {
                let label = cells.first().cloned().unwrap_or(Cell::Empty);
                let others = table.columns.iter().zip(cells).skip(1);
                for (column, cell) in others.filter(|(_, cell)| **cell != Cell::Empty) {
                    let heading = Cell::from(column.heading.as_ref());
                    rows.push(vec![section.into(), name.into(), label.clone(), heading, cell.clone()]);
                }
            }
        }
        Cow::Owned(Table::new(columns, rows))
    }

    /// The document as a part of another: its title a heading, its headings below that, and nothing of what is
    /// for the person at the keyboard only.
    pub fn into_section(self, heading: String) -> Vec<Block> {
        let below = |block: Block| match block {
            Block::Heading(words) => Some(Block::Subheading(words)),
            Block::Commands(_) => None,
            Block::Choices(choices) => {
                Some(Block::Choices(choices.into_iter().map(|(says, _)| (says, None)).collect()))
            }
            other => Some(other),
        };
        std::iter::once(Block::Heading(heading)).chain(self.blocks.into_iter().filter_map(below)).collect()
    }
}
