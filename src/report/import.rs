//! What was taken in, in words.

use chrono::NaiveDate;
use serde::Serialize;

use super::counted;
use crate::diagnostic::Place;
use crate::document::{Block, Cell, Column, Document, Table};
use crate::load::terms::Terms;
use crate::school::calendar::half_term_name;
use crate::school::set_up::{Row, of};
use crate::school::{Id, School};

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

/// The sessions of each subject as a table.
pub fn sessions(school: &School, sessions: &[(Id, Vec<Row>)]) -> Table {
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
    Table { columns, rows: rows.collect() }
}

/// Half terms and closures as a table.
pub fn terms(terms: &Terms) -> Table {
    let half_terms =
        terms.half_terms.iter().zip(1..).map(|((from, to), number)| {
            vec![half_term_name(number).into(), Cell::Date(*from), Cell::Date(*to)]
        });
    let closures = terms.closures.iter().map(|closure| {
        vec![closure.reason.as_str().into(), Cell::Date(closure.from), Cell::Date(closure.to)]
    });
    let columns = ["what", "first day", "last day"].map(Column::text).to_vec();
    Table { columns, rows: half_terms.chain(closures).collect() }
}

/// What came of an import as a document; `table` is what was taken in, `what` a row of it is.
pub fn document(imported: &Imported, table: Table, what: &str, next: &str, made_on: NaiveDate) -> Document {
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
    let title = format!("{}: {}", imported.from, counted(table.rows.len(), what));
    Document { title, blocks, records: table, made_on, ..Document::default() }
}
