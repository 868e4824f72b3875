//! What was taken in, in words.

use chrono::NaiveDate;
use serde::Serialize;

use super::counted;
use crate::diagnostic::Place;
use crate::document::{Block, Cell, Column, Document, Table};
use crate::school::Id;
use crate::school::School;
use crate::school::layout::{Row, of};

/// A file that was written, or would be.
#[derive(Debug, Serialize)]
pub struct Written {
    /// Its name in the workspace.
    pub file: String,
    /// How many rows it has.
    pub rows: usize,
    /// `new`, `replaced`, `added to` or `unchanged`.
    pub change: &'static str,
}

/// What was left out.
#[derive(Debug, Serialize)]
pub struct LeftOut {
    /// What, and why.
    pub says: String,
    /// Where it stands.
    pub at: Place,
}

/// What came of an import, as scripts read it.
#[derive(Debug, Serialize)]
pub struct Imported {
    /// `phase/import/1`.
    pub schema: &'static str,
    /// The file that was handed in.
    pub from: String,
    /// Whether nothing was written, because only a try was asked for.
    pub dry_run: bool,
    /// The files.
    pub written: Vec<Written>,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
}

/// What came of an import as a document; `sessions` are the rows of each subject.
pub fn document(
    school: &School,
    imported: &Imported,
    sessions: &[(Id, Vec<Row>)],
    next: &str,
    made_on: NaiveDate,
) -> Document {
    let columns = ["subject", "task", "date", "time", "classes"].map(Column::text).to_vec();
    let row = |subject: &Id, row: &Row| {
        let time = match (of(row, "period"), of(row, "start"), of(row, "end")) {
            ("", start, "") => start.to_owned(),
            ("", start, end) => format!("{start}-{end}"),
            (period, ..) => period.to_owned(),
        };
        vec![
            school.subject_name(subject).into(),
            of(row, "task").into(),
            of(row, "date").parse().map_or(of(row, "date").into(), Cell::Date),
            time.into(),
            of(row, "classes").replace(';', ", ").into(),
        ]
    };
    let rows = sessions.iter().flat_map(|(subject, rows)| rows.iter().map(move |each| row(subject, each)));
    let table = Table { columns, rows: rows.collect() };
    let mut blocks = Vec::new();
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table.clone()));
    }
    let written = imported.written.iter().map(|written| {
        let would = if imported.dry_run { "would be " } else { "" };
        format!("{}: {would}{} ({})", written.file, written.change, counted(written.rows, "row"))
    });
    let mut notes = vec![("Written".to_owned(), written.collect::<Vec<_>>())];
    if imported.dry_run {
        notes = vec![("A try".to_owned(), notes.into_iter().flat_map(|(_, written)| written).collect())];
    }
    let left_out = imported.left_out.iter().map(|left| format!("{} ({})", left.says, left.at));
    notes.push(("Left out".to_owned(), left_out.collect()));
    notes.retain(|(_, says)| !says.is_empty());
    blocks.push(Block::Labelled(notes));
    blocks.push(Block::Verbatim(format!("Next: {next}")));
    let title = match table.rows.len() {
        0 => format!("{}: term dates", imported.from),
        count => format!("{}: {}", imported.from, counted(count, "session")),
    };
    Document { title, blocks, records: table, made_on, ..Document::default() }
}
