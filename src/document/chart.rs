//! A picture of numbers, and the words that stand for it.

use super::table::{Cell, Column, Table};
use super::whole;

/// A share with what belongs to it, in percent.
#[derive(Clone, Debug)]
pub struct Share {
    pub label: String,
    /// The share; none where it is not shown.
    pub share: Option<f64>,
    pub interval: Option<(f64, f64)>,
    /// What it is held against.
    pub reference: Option<f64>,
    /// What is said of it.
    pub says: String,
}

/// A row of values over time, in percent.
#[derive(Clone, Debug)]
pub struct Series {
    pub label: String,
    /// One for each point; none where there is nothing to show.
    pub values: Vec<Option<f64>>,
}

/// How much of something is done.
#[derive(Clone, Debug)]
pub struct Progress {
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
        shares: Vec<Share>,
    },
    /// How shares went over time, in percent.
    OverTime {
        /// The points, in order.
        points: Vec<String>,
        series: Vec<Series>,
    },
    /// How many there are of each thing by each other thing.
    Counts {
        /// What the rows are.
        of: &'static str,
        columns: Vec<String>,
        /// A label and a count for each column; none where nothing can be there.
        rows: Vec<(String, Vec<Option<u32>>)>,
    },
    /// How much is done of several things.
    Progress(Vec<Progress>),
}

/// A picture of numbers, with the words that stand for it where it cannot be seen.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What it shows, in a few words.
    pub title: String,
    pub picture: Picture,
    /// How to read it, in a sentence.
    pub reads: String,
}

/// How many rows of a chart its description says one by one.
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
                        .map_or_else(String::new, |(low, high)| format!("{} to {}", whole(low), whole(high)));
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
                let row = |thing: &Progress| {
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
