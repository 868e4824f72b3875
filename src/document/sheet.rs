//! A sheet of a workbook.

use super::table::{Cell, Column, Table};

/// What a column of a sheet takes.
#[derive(Clone, Debug)]
pub enum CellInput {
    Words,
    Date,
    Time,
    Number,
    OneOf(Vec<String>),
    /// One of the cells of a column (counted from 0) of another sheet; others may be typed.
    From(&'static str, u16),
}

/// A column of a workbook's sheet.
#[derive(Clone, Debug)]
pub struct SheetColumn {
    pub heading: String,
    /// What it is for; shown beneath the heading.
    pub help: String,
    pub takes: CellInput,
}

/// A sheet of a workbook.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its name, at most 31 characters.
    pub name: String,
    pub columns: Vec<SheetColumn>,
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
            Some(Cell::Date(_)) => CellInput::Date,
            Some(Cell::Time(_)) => CellInput::Time,
            Some(Cell::Number(_) | Cell::Decimal(_)) => CellInput::Number,
            _ => CellInput::Words,
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
