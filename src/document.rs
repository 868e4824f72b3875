//! A document: what an answer looks like before it has a format. Typed blocks and cells.

use std::borrow::Cow;

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
    /// A table of these columns and rows.
    pub fn new(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Self {
        Self { columns, rows, ..Self::default() }
    }

    /// The same, with what it shows.
    pub fn captioned(self, caption: impl Into<String>) -> Self {
        Self { caption: caption.into(), ..self }
    }

    /// The same, with how to read it.
    pub fn read_as(self, reads: impl Into<String>) -> Self {
        Self { reads: reads.into(), ..self }
    }
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

/// How much of something is done.
#[derive(Clone, Debug)]
pub struct Done {
    /// What it is.
    pub label: String,
    /// How many of its parts are done.
    pub met: u32,
    /// How many parts it has that are shown.
    pub of: u32,
    /// What is said of it.
    pub says: String,
}

/// What a chart shows.
#[derive(Clone, Debug)]
pub enum Picture {
    /// Shares between 0 and 100 percent, each with its interval and what it is held against.
    Shares {
        /// What they are held against: `path`, or the other group.
        against: String,
        /// The shares.
        shares: Vec<Share>,
    },
    /// How shares went over time, in percent.
    OverTime {
        /// The points, in order.
        points: Vec<String>,
        /// What went over them.
        series: Vec<Series>,
    },
    /// How many there are of each thing by each other thing.
    Counts {
        /// What the rows are.
        of: &'static str,
        /// What the columns are.
        columns: Vec<String>,
        /// A label and a count for each column; none where nothing can be there.
        rows: Vec<(String, Vec<Option<u32>>)>,
    },
    /// How much is done of several things.
    Progress(Vec<Done>),
}

/// A picture of numbers, with the words that stand for it where it cannot be seen.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What it shows, in a few words.
    pub title: String,
    /// The picture.
    pub picture: Picture,
    /// How to read it, in a sentence.
    pub reads: String,
}

/// How many rows of a chart its description tells one by one.
const DESCRIBED: usize = 12;

impl Chart {
    /// What the chart shows in words, for those who do not see it: row by row, as its table has it.
    pub fn describes(&self) -> String {
        let table = self.table();
        let row = |row: &Vec<Cell>| {
            let cells = row.iter().zip(&table.columns).filter_map(|(cell, column)| {
                let text = match cell {
                    Cell::Empty => return None,
                    Cell::Text(text) => text.clone(),
                    Cell::Number(number) => number.to_string(),
                    Cell::Decimal(number) => format!("{number:.1}"),
                    Cell::Date(date) => date.to_string(),
                    Cell::Time(time) => time.to_string(),
                };
                Some(if column.heading.is_empty() { text } else { format!("{} {text}", column.heading) })
            });
            cells.collect::<Vec<_>>().join(", ")
        };
        let mut rows: Vec<String> = table.rows.iter().take(DESCRIBED).map(row).collect();
        if table.rows.len() > DESCRIBED {
            rows.push(format!("and {} more", table.rows.len() - DESCRIBED));
        }
        format!("{}. {}.", self.title, rows.join("; "))
    }

    /// What the chart shows, as a table.
    pub fn table(&self) -> Table {
        let percent =
            |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::Number(value.round() as i64));
        let (columns, rows): (Vec<Column>, Vec<Vec<Cell>>) = match &self.picture {
            Picture::Shares { against, shares } => {
                let mut columns = ["", "percent", "interval"].map(Column::text).to_vec();
                columns.push(Column::named(against.clone(), true));
                columns.push(Column::text("what it says"));
                let row = |share: &Share| {
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
                };
                (columns, shares.iter().map(row).collect())
            }
            Picture::OverTime { points, series } => {
                let columns = std::iter::once(Column::text(""))
                    .chain(points.iter().map(|point| Column::named(point.clone(), true)));
                let row = |one: &Series| {
                    let values = one.values.iter().map(|value| percent(*value));
                    std::iter::once(Cell::from(one.label.as_str())).chain(values).collect()
                };
                (columns.collect(), series.iter().map(row).collect())
            }
            Picture::Counts { of, columns, rows } => {
                let columns = std::iter::once(Column::text(of))
                    .chain(columns.iter().map(|name| Column::named(name.clone(), true)));
                let row = |(label, counts): &(String, Vec<Option<u32>>)| {
                    let counts = counts.iter().map(|count| Cell::from(*count));
                    std::iter::once(Cell::from(label.as_str())).chain(counts).collect()
                };
                (columns.collect(), rows.iter().map(row).collect())
            }
            Picture::Progress(things) => {
                let columns = vec![
                    Column::text(""),
                    Column::number("met"),
                    Column::number("of"),
                    Column::text("what it says"),
                ];
                let row = |thing: &Done| {
                    vec![
                        thing.label.as_str().into(),
                        Cell::Number(i64::from(thing.met)),
                        Cell::Number(i64::from(thing.of)),
                        thing.says.as_str().into(),
                    ]
                };
                (columns, things.iter().map(row).collect())
            }
        };
        Table::new(columns, rows).captioned(self.title.as_str()).read_as(self.reads.as_str())
    }
}

/// A piece of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading below the title.
    Heading(String),
    /// A heading below a heading.
    Subheading(String),
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
    /// Text that stands as it is, such as a line of a file.
    Verbatim(String),
    /// What the person at the keyboard may type next; of no use on a page that is handed over.
    Commands(String),
    /// Room to write on paper: what for, and how many lines.
    Room(String, u8),
    /// What follows begins on a page of its own.
    NewPage,
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
            heading: column.heading.to_string(),
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
    /// Whom it is for, and whatever else stands below the title.
    pub face: Vec<String>,
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

impl Document {
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
            | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
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
